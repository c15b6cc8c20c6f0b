"""Figures on the development sets while training: percentages, gold words and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from attested.reading.labels import best_labels, spans_of
from attested.reading.trees import best_heads
from reader.batches import Batch, Item, as_batch, grouped
from reader.examples import PARTS, ROLES, UNKNOWN, WORLD_TYPES, Labels
from reader.network import ReaderNetwork, combined_names

_BATCH = 2400
SCORED_NAMES = frozenset(("PER", "LOC", "ORG"))
# Weights of the newswire name head that are tried: none, some, all.
SHARES = (0.0, 0.25, 0.5, 1.0)
# Every n-th newswire sentence is measured while training; the whole set is measured after export.
_WORLD_STEP = 2
# How many sentences of each set the vectors are compared on (all their pairs).
_N_VECTORS = 900


@dataclass(frozen=True)
class DevSets:
    """What is measured: parsed and named sentences, newswire names, our marks, the teacher's vectors of all."""

    web: list[Item]
    mentions: list[Item]
    world: list[Item]
    ecb: list[Item]
    muc: list[Item]
    vectors: Tensor


@dataclass(frozen=True)
class Passed:
    """One batch that has gone through the network."""

    items: Sequence[Item]
    batch: Batch
    out: dict[str, Tensor]


@torch.no_grad()
def measure(network: ReaderNetwork, sets: DevSets, labels: Labels) -> dict[str, float]:
    """Accuracies and F1 in per cent, and how the vectors agree with the teacher's."""
    network.eval()
    web = list(_passed(network, sets.web, sets.vectors))
    world = list(_passed(network, sets.world[::_WORLD_STEP], sets.vectors))
    figures = _parse_figures(network, web)
    for share in SHARES:
        figures[f"uner_f1@{share}"] = _name_f1(web, labels, share)
        figures[f"world_f1@{share}"] = _name_f1(world, labels, share)
    figures["mention_f1"] = _mention_f1(list(_passed(network, sets.mentions, sets.vectors)))
    for name, items in (("ecb", sets.ecb), ("muc", sets.muc)):
        passed = list(_passed(network, items, sets.vectors))
        figures |= _voice_figures(network, passed) if name == "ecb" else {}
        figures |= {f"{name}_{key}": value for key, value in _deed_figures(network, passed).items()}
    figures |= _vector_figures([*web, *world])
    network.train()
    return {name: round(value, 2) for name, value in figures.items()}


def _passed(network: ReaderNetwork, items: Sequence[Item], vectors: Tensor) -> Iterator[Passed]:
    for group in grouped(items, _BATCH, None):
        batch = as_batch(group, vectors)
        with torch.autocast("cpu", torch.bfloat16):
            out = {name: value.float() for name, value in network(*batch.inputs).items()}
        yield Passed(group, batch, out)


def _parse_figures(network: ReaderNetwork, passed: list[Passed]) -> dict[str, float]:
    right = {"upos": 0, "xpos": 0, "uas": 0, "las": 0}
    total = 0
    for one in passed:
        targets, words = one.batch.targets, one.batch.words
        heads = torch.zeros_like(words, dtype=torch.long)
        for i, item in enumerate(one.items):
            n = len(item.row.example.words)
            heads[i, :n] = torch.from_numpy(best_heads(one.out["arc"][i, :n, : n + 1].numpy()).copy())
        relations = network.relation_scores(one.out["words"], heads).argmax(-1)
        attached = (heads == targets["head"]) & words
        right["uas"] += int(attached.sum())
        right["las"] += int((attached & (relations == targets["relation"])).sum())
        for task in ("upos", "xpos"):
            right[task] += int(((one.out[task].argmax(-1) == targets[task]) & words).sum())
        total += int(words.sum())
    return {task: 100 * n / total for task, n in right.items()}


def _name_f1(passed: list[Passed], labels: Labels, share: float) -> float:
    hits = found = gold = 0
    for one in passed:
        scores = combined_names(one.out["ner"], one.out["world"], labels, share).numpy()
        for i, item in enumerate(one.items):
            truth = _gold_names(item)
            if truth is None:
                continue
            mine = spans_of(best_labels(scores[i, : len(item.row.example.words)], labels.ner))
            ours = {s for s in mine if s[2] in SCORED_NAMES}
            hits, found, gold = hits + len(ours & truth), found + len(ours), gold + len(truth)
    return _f1(hits, found, gold)


def _gold_names(item: Item) -> set[tuple[int, int, str]] | None:
    example = item.row.example
    if example.world:
        labels = ["O" if x == UNKNOWN else x for x in example.world]
        spans = {(a, b, WORLD_TYPES[kind]) for a, b, kind in spans_of(labels)}
    elif example.names:
        spans = set(spans_of(example.names))
    else:
        return None
    return {s for s in spans if s[2] in SCORED_NAMES}


def _mention_f1(passed: list[Passed]) -> float:
    hits = found = gold = 0
    for one in passed:
        mine, truth = one.out["entity"].argmax(-1), one.batch.targets["entity"]
        hits += int(((mine == truth) & (truth > 0)).sum())
        found += int(((mine > 0) & (truth >= 0)).sum())
        gold += int((truth > 0).sum())
    return _f1(hits, found, gold)


def _voice_figures(network: ReaderNetwork, passed: list[Passed]) -> dict[str, float]:
    """F1 of the words that head cues, and F1 of every part's words at the gold cues."""
    cues = [0, 0, 0]
    words = {part: [0, 0, 0] for part in PARTS[1:]}
    for one in passed:
        said = one.batch.said
        mine, truth = one.out["cues"].argmax(-1) == 1, said.cues == 1
        _count(cues, mine & (said.cues >= 0), truth)
        parts = network.part_scores(one.out["words"], said.row, said.cue).argmax(-1)
        for k, part in enumerate(PARTS[1:], 1):
            _count(words[part], (parts == k) & (said.parts >= 0), said.parts == k)
    return {"cue_f1": _f1(*cues), **{f"{part}_words_f1": _f1(*row) for part, row in words.items()}}


def _deed_figures(network: ReaderNetwork, passed: list[Passed]) -> dict[str, float]:
    """F1 of triggers with and without kind; at the gold triggers right statuses and F1 of every role's words."""
    deeds, typed, right, total = [0, 0, 0], [0, 0, 0], 0, 0
    words = {role: [0, 0, 0] for role in ROLES[1:]}
    for one in passed:
        done = one.batch.done
        mine = one.out["deeds"].argmax(-1) * (done.kinds >= 0)
        _count(deeds, mine > 0, done.kinds > 0)
        _count(typed, mine > 0, done.kinds > 0)
        typed[0] -= int(((mine > 0) & (done.kinds > 0) & (mine != done.kinds)).sum())
        if len(done.row):
            right += int((one.out["statuses"][done.row, done.head].argmax(-1) == done.status).sum())
            total += len(done.row)
            roles = network.role_scores(one.out["words"], done.row, done.head).argmax(-1)
            for k, role in enumerate(ROLES[1:], 1):
                _count(words[role], (roles == k) & (done.roles >= 0), done.roles == k)
    figures = {"deed_f1": _f1(*deeds), "deed_kind_f1": _f1(*typed), "status": 100 * right / max(1, total)}
    return figures | {f"{role}_words_f1": _f1(*row) for role, row in words.items()}


def _count(tally: list[int], mine: Tensor, truth: Tensor) -> None:
    """Adds hits, found and gold to the tally."""
    for k, found in enumerate((mine & truth, mine, truth)):
        tally[k] += int(found.sum())


def _f1(hits: int, found: int, gold: int) -> float:
    return 200 * hits / max(1, found + gold)


def _vector_figures(passed: list[Passed]) -> dict[str, float]:
    """Mean cosine with the teacher's vector, and Spearman's correlation of the cosines of all pairs."""
    mine = torch.cat([one.out["vector"] for one in passed])
    teacher = torch.cat([one.batch.teacher for one in passed])
    chosen = torch.linspace(0, len(mine) - 1, min(len(mine), 2 * _N_VECTORS)).long()
    mine, teacher = mine[chosen], teacher[chosen]
    upper = torch.triu_indices(len(mine), len(mine), 1)
    left, right = (mine @ mine.T)[upper[0], upper[1]], (teacher @ teacher.T)[upper[0], upper[1]]
    return {
        "vector_cosine": 100 * float((mine * teacher).sum(-1).mean()),
        "vector_spearman": 100 * spearman(left, right),
    }


def spearman(left: Tensor, right: Tensor) -> float:
    """Spearman's rank correlation (ties in the order they stand)."""
    ranks = [x.argsort().argsort().double() for x in (left, right)]
    return float(torch.corrcoef(torch.stack(ranks))[0, 1])
