"""Trains the reader's weights on the CPU: ``python -m reader.train --data ../../shared/data --out DIR``.

Every epoch is saved; started again with the same --out it goes on where it stopped. bf16 where the processor
has it (AMX), fixed seeds; figures differ a little between processors.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import compress
from pathlib import Path
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor

from attested.reading.encoder import Reader
from attested.reading.subwords import Subwords
from reader import corpora
from reader.attributions import read_marks, with_marks
from reader.batches import Batch, Item, NameSwapper, as_batch, grouped, with_shape_noise
from reader.deeds import read_deeds, with_deeds
from reader.examples import IGNORED, Labels, Row, as_rows
from reader.measure import DevSets, measure
from reader.network import WIDTH, Encoder, ReaderNetwork, mean_vector, wheel_folder

SEED = 13
# Weights of the losses; head and relation have 1. The vector's loss is small in itself (1 - cosine).
LOSS = {"upos": 0.5, "xpos": 0.5, "ner": 1.0, "world": 0.7, "entity": 0.5, "vector": 4.0, "pairs": 10.0}
LOSS |= {"cues": 2.0, "parts": 1.0, "deeds": 2.0, "statuses": 0.3, "roles": 1.0}
ENCODER_RATE, HEAD_RATE, WARM_UP, LAST_RATE = 2e-4, 1e-3, 0.06, 0.02
# ner_worldwide is twice the treebanks together: each epoch sees one part of it. Plain text likewise.
WORLD_PARTS, PLAIN_PER_EPOCH = 3, 5000
# Plain sentences kept for measuring the vectors.
N_PLAIN_DEV = 400


@dataclass(frozen=True)
class Options:
    """The command line: data and output folders, epochs in the plan, minutes at most, threads, batch size."""

    data: Path
    out: Path
    epochs: int
    minutes: float
    threads: int
    subwords: int


@dataclass(frozen=True)
class TrainingSets:
    """Items by corpus, and the teacher's vectors that they point into.

    Every epoch sees ``core`` and ``marked`` (sentences with our own marks), and a part of the others.
    """

    core: list[Item]
    marked: list[Item]
    world: list[Item]
    plain: list[Item]
    vectors: Tensor

    def epoch(self, n: int) -> list[Item]:
        """What epoch ``n`` sees."""
        rng = random.Random(f"{SEED}-sample-{n}")
        part = [item for i, item in enumerate(self.world) if i % WORLD_PARTS == n % WORLD_PARTS]
        return [
            *self.core,
            *self.marked,
            *part,
            *rng.sample(self.plain, min(PLAIN_PER_EPOCH, len(self.plain))),
        ]


def load_examples(data: Path) -> dict[str, list[corpora.Example]]:
    """All training and development examples by corpus."""
    ewt, uner, gum = data / "ud_ewt", data / "uner_ewt", data / "ud_gum_ccby"
    plain = corpora.plain_sentences(data)
    random.Random(SEED).shuffle(plain)
    marks, deeds = read_marks(), read_deeds()
    keyed = {
        "gum": corpora.gum(_one(gum, "*train*.conllu")),
        "world": corpora.worldwide(data / "ner_worldwide", held_out=False),
        "ecb": [
            row for row in corpora.event_sentences(data / "ecbplus") if row[0] in marks or row[0] in deeds
        ],
        "muc": [row for row in corpora.terror_reports(data / "muc4") if row[0] in deeds],
    }
    for name in ("ecb", "muc"):
        keyed[f"{name}_dev"] = [row for row in keyed[name] if corpora.is_held_out(row[0][0])]
        keyed[name] = [row for row in keyed[name] if not corpora.is_held_out(row[0][0])]
    keyed = {name: with_deeds(rows, deeds, _heads) for name, rows in keyed.items()}
    return {
        "ewt": corpora.english_web(_one(ewt, "*train*.conllu"), _one(uner, "*train*.iob2")),
        **{name: with_marks(rows, marks, _heads) for name, rows in keyed.items()},
        "re3d": corpora.re3d(data / "re3d"),
        "plain": plain[N_PLAIN_DEV:],
        "web_dev": corpora.english_web(_one(ewt, "*dev*.conllu"), _one(uner, "*dev*.iob2")),
        "gum_dev": [example for _, example in corpora.gum(_one(gum, "*dev*.conllu"))],
        "world_dev": [e for _, e in corpora.worldwide(data / "ner_worldwide", held_out=True)],
        "plain_dev": plain[:N_PLAIN_DEV],
    }


def _is_marked(item: Item) -> bool:
    return item.row.example.said is not None or item.row.example.done is not None


def _heads(sentences: Sequence[Sequence[str]]) -> list[list[int]]:
    """The shipped reader's parse of each sentence: it tells which word of a cue stands for it."""
    return [[token.head for token in sentence.tokens] for sentence in Reader().read_words(sentences)]


def _one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise SystemExit(f"{folder}: one file {pattern} was expected, there are {len(found)}")
    return found[0]


def teacher_vectors(rows: list[Row], cache: Path) -> Tensor:
    """The wheel's own sentence vectors of the rows; those computed before are kept in ``cache``."""
    keys = [hashlib.sha1(repr(row.pieces.ids).encode()).hexdigest() for row in rows]
    known: dict[str, int] = {}
    vectors = torch.zeros(0, WIDTH)
    if cache.exists():
        stored: dict[str, Any] = torch.load(cache)
        known, vectors = {key: i for i, key in enumerate(stored["keys"])}, cast(Tensor, stored["vectors"])
    new = {key: row for key, row in zip(keys, rows, strict=True) if key not in known}
    if new:
        vectors = torch.cat([vectors, _taught(list(new.values()))])
        known |= {key: len(known) + n for n, key in enumerate(new)}
        torch.save({"keys": list(known), "vectors": vectors}, cache)
    return vectors[[known[key] for key in keys]]


def _taught(rows: list[Row]) -> Tensor:
    encoder = Encoder().load_wheel().eval()
    vectors = torch.zeros(len(rows), WIDTH)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for group in grouped([Item(row, i) for i, row in enumerate(rows)], 3200, None):
            ids, mask, shape, _ = inputs_of(group)
            top = encoder(ids, mask, torch.zeros_like(shape))[-1].float()
            vectors[[item.teacher for item in group]] = F.normalize(mean_vector(top, mask), dim=-1)
    return vectors


def inputs_of(group: list[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The network's inputs alone, for items whose teacher vector is not known yet."""
    return as_batch([Item(item.row, None) for item in group], torch.zeros(1, WIDTH)).inputs


def losses(network: ReaderNetwork, batch: Batch) -> Tensor:
    """The weighted sum of every task's loss on one batch."""
    out = network(*batch.inputs)
    total = torch.zeros(())
    for task in ("upos", "xpos", "ner", "world", "entity"):
        total = total + LOSS[task] * _cross_entropy(out[task], batch.targets[task])
    if (batch.targets["head"] >= 0).any():
        reachable = torch.cat([torch.ones_like(batch.words[:, :1]), batch.words], 1)
        arcs = out["arc"].float().masked_fill(~reachable[:, None, :], -1e4)
        total = total + _cross_entropy(arcs, batch.targets["head"])
        scores = network.relation_scores(out["words"], batch.targets["head"].clamp(min=0))
        total = total + _cross_entropy(scores, batch.targets["relation"])
    total = total + _voice_loss(network, out, batch) + _deed_loss(network, out, batch)
    return total + _vector_loss(out["vector"], batch.teacher)


def _voice_loss(network: ReaderNetwork, out: dict[str, Tensor], batch: Batch) -> Tensor:
    """Which words are cues, and what every word is to each gold cue."""
    said = batch.said
    total = LOSS["cues"] * _cross_entropy(out["cues"], said.cues)
    if len(said.row):
        scores = network.part_scores(out["words"], said.row, said.cue)
        total = total + LOSS["parts"] * _cross_entropy(scores, said.parts)
    return total


def _deed_loss(network: ReaderNetwork, out: dict[str, Tensor], batch: Batch) -> Tensor:
    """Which words tell of what, whether it was done, and what every word is to each gold trigger."""
    done = batch.done
    total = LOSS["deeds"] * _cross_entropy(out["deeds"], done.kinds)
    if len(done.row):
        at = out["statuses"][done.row, done.head]
        total = total + LOSS["statuses"] * F.cross_entropy(at.float(), done.status)
        scores = network.role_scores(out["words"], done.row, done.head)
        total = total + LOSS["roles"] * _cross_entropy(scores, done.roles)
    return total


def _cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    if not (targets >= 0).any():
        return torch.zeros(())
    return F.cross_entropy(scores.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED)


def _vector_loss(vectors: Tensor, teacher: Tensor) -> Tensor:
    """How far the vectors are from the teacher's, and the cosines of all pairs from the teacher's."""
    taught = teacher.abs().sum(-1) > 0
    if not taught.any():
        return torch.zeros(())
    mine, theirs = vectors[taught], teacher[taught]
    away = 1 - (mine * theirs).sum(-1).mean()
    pairs = ((mine @ mine.T - theirs @ theirs.T) ** 2).mean()
    return LOSS["vector"] * away + LOSS["pairs"] * pairs


def optimiser(network: ReaderNetwork) -> torch.optim.AdamW:
    """AdamW; the encoder learns slower than the heads and the shapes, which start from nothing."""
    fresh, known = [], []
    for name, parameter in network.named_parameters():
        is_known = name.startswith("encoder.") and "shapes" not in name
        (known if is_known else fresh).append(parameter)
    groups = [{"params": known, "lr": ENCODER_RATE}, {"params": fresh, "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def rate(done: float) -> float:
    """The share of the full learning rate when ``done`` (0..1) of the plan is done: up, then down in a line."""
    return min(1.0, done / WARM_UP + 1e-3) * max(LAST_RATE, 1 - done)


class Trainer:
    """One run: what it trains on, where it stands, and its checkpoint."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.started = time.monotonic()
        self.subwords = Subwords(wheel_folder() / "tokenizer.json")
        examples = load_examples(options.data)
        self.labels = Labels.of([*examples["ewt"], *examples["gum"]])
        self.sets, self.dev = self._items(examples)
        self.swap = NameSwapper(
            [item.row for item in (*self.sets.core, *self.sets.marked, *self.sets.world)], self.subwords
        )
        torch.manual_seed(SEED)
        self.network = ReaderNetwork(self.labels)
        self.network.encoder.load_wheel()
        self.optimiser = optimiser(self.network)
        self.epoch = 0
        # Where this process took up the plan, and at which minute.
        self.begun: tuple[float, float] | None = None

    def _items(self, examples: dict[str, list[corpora.Example]]) -> tuple[TrainingSets, DevSets]:
        rows = {name: as_rows(rows, self.labels, self.subwords) for name, rows in examples.items()}
        flat = [row for part in rows.values() for row in part]
        vectors = teacher_vectors(flat, self.options.out / "teacher.pt")
        items: dict[str, list[Item]] = {}
        start = 0
        for name, part in rows.items():
            items[name] = [Item(row, start + i) for i, row in enumerate(part)]
            start += len(part)
        marked = [_is_marked(item) for item in items["world"]]
        training = TrainingSets(
            [*items["ewt"], *items["gum"], *items["re3d"]],
            [*items["ecb"], *items["muc"], *compress(items["world"], marked)],
            [item for item, is_marked in zip(items["world"], marked, strict=True) if not is_marked],
            items["plain"],
            vectors,
        )
        print({name: len(part) for name, part in items.items()}, flush=True)
        return training, DevSets(
            items["web_dev"],
            items["gum_dev"],
            items["world_dev"],
            items["ecb_dev"],
            items["muc_dev"],
            vectors,
        )

    @property
    def checkpoint(self) -> Path:
        """Where the run is kept after every epoch."""
        return self.options.out / "checkpoint.pt"

    def resume(self) -> None:
        """Goes back to the last epoch saved, if there is one."""
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, weights_only=False)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.epoch = state["epoch"]

    def save(self, figures: dict[str, float]) -> None:
        """Keeps the run, whole or not at all."""
        state: dict[str, Any] = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "epoch": self.epoch,
            "labels": asdict(self.labels),
            "figures": figures,
        }
        half = self.checkpoint.with_suffix(".half")
        torch.save(state, half)
        half.replace(self.checkpoint)

    def run(self) -> None:
        """All epochs that are left, or as many as there is time for."""
        self.resume()
        while self.epoch < self.options.epochs and self._minutes() < self.options.minutes:
            loss = self._one_epoch()
            self.epoch += 1
            figures = measure(self.network, self.dev, self.labels)
            self.save(figures)
            print(
                f"epoch {self.epoch} loss {loss:.3f} min {self._minutes():.1f} {json.dumps(figures)}",
                flush=True,
            )

    def _done(self, planned: float) -> float:
        """The share of the run that is done: of the plan, or of the time there is, whichever is more.

        So the learning rate has come down when the time is up, however busy the machine was.
        """
        if self.begun is None:
            self.begun = planned, self._minutes()
        share, minutes = self.begun
        timed = (self._minutes() - minutes) / max(1e-6, self.options.minutes - minutes)
        return max(planned, share + (1 - share) * timed)

    def _minutes(self) -> float:
        return (time.monotonic() - self.started) / 60

    def _one_epoch(self) -> float:
        rng = random.Random(f"{SEED}-{self.epoch}")
        torch.manual_seed(SEED + self.epoch)
        groups = grouped(self.sets.epoch(self.epoch), self.options.subwords, rng)
        total = 0.0
        for k, group in enumerate(groups):
            done = self._done((self.epoch + k / len(groups)) / self.options.epochs)
            if done >= 1:
                break
            for parameters, full in zip(self.optimiser.param_groups, (ENCODER_RATE, HEAD_RATE), strict=True):
                parameters["lr"] = full * rate(done)
            total += self._step([self._noised(item, rng) for item in group])
            if k % 100 == 0:
                print(f"  {k}/{len(groups)} min {self._minutes():.1f} loss {total / (k + 1):.3f}", flush=True)
        return total / len(groups)

    def _noised(self, item: Item, rng: random.Random) -> Item:
        item = self.swap(item, rng)
        row = item.row
        return Item(Row(row.example, with_shape_noise(row.pieces, rng), row.targets), item.teacher)

    def _step(self, group: list[Item]) -> float:
        batch = as_batch(group, self.sets.vectors)
        with torch.autocast("cpu", torch.bfloat16, enabled=_has_fast_bf16()):
            loss = losses(self.network, batch)
        if not loss.requires_grad:
            return 0.0
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        return float(loss.detach())


def _has_fast_bf16() -> bool:
    """Whether the processor multiplies bf16 in hardware; elsewhere bf16 is slower than float32."""
    info = Path("/proc/cpuinfo")
    return info.exists() and any(flag in info.read_text() for flag in ("amx_bf16", "avx512_bf16"))


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--subwords", type=int, default=1600)
    options = Options(**vars(parser.parse_args()))
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    Trainer(options).run()


if __name__ == "__main__":
    main()
