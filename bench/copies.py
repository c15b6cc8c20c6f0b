"""Copies of real texts with synthetic noise, each made from its number: the pile of ``bench/lineage.py``."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from attested.text.folding import fold_words

Ints = npt.NDArray[np.int64]

SEED = 7  # the constants below were chosen on copies of another seed
BATCH = 2_000  # copies made and handed over at once
MIN_WORDS, PASSAGE = 60, (60, 150)
NOISE = (0.0, 0.02, 0.05, 0.1, 0.2)
WHOLE, HALVED, INSIDE = range(3)
KINDS = (0.6, 0.2, 0.2)  # how often a copy is each of these
AROUND = (40, 80)  # other words around a passage that is set inside
RELATED = 16  # word 5-grams in common, or a run of twenty words: more than any set phrase has
ONE_HOST_IN = 10  # of the unrelated texts, whose words are set around passages; the others are copied


@dataclass(frozen=True, slots=True)
class Specs:
    """What copies are made of: which text, which of its words, how much of them replaced, and in which form."""

    source: Ints
    start: Ints
    stop: Ints
    noise: Ints
    kind: Ints

    def __len__(self) -> int:
        return len(self.source)


class Copies:
    """Copies of unrelated real texts, from what ``prepare`` wrote into a folder."""

    def __init__(self, folder: Path) -> None:
        stored = np.load(folder / "texts.npz")
        self._tokens, self._starts, self._n_hosts = stored["tokens"], stored["starts"], int(stored["n_hosts"])
        self._words: list[str] = (folder / "words.txt").read_text(encoding="utf-8").split("\n")

    @property
    def n_sources(self) -> int:
        """How many texts are copied."""
        return len(self._starts) - 1 - self._n_hosts

    @property
    def vocabulary(self) -> str:
        """Every word there is."""
        return " ".join(self._words)

    def specs(self, batch: int) -> Specs:
        """Of the copies numbered from ``batch * BATCH``."""
        return self._specs(np.random.default_rng([SEED, batch]))

    def all_specs(self, n: int) -> Specs:
        """Of the first ``n``."""
        parts = [self.specs(batch) for batch in range(-(-n // BATCH))]
        columns = zip(*((p.source, p.start, p.stop, p.noise, p.kind) for p in parts), strict=True)
        return Specs(*(np.concatenate(column)[:n] for column in columns))

    def words(self, batch: int) -> list[list[str]]:
        """The copies numbered from ``batch * BATCH``, as folded words."""
        return [fold_words(text) for text in self._texts(batch)]

    def _texts(self, batch: int) -> list[str]:
        random = np.random.default_rng([SEED, batch])
        specs = self._specs(random)
        lengths = specs.stop - specs.start
        ends = np.cumsum(lengths)
        at = np.repeat(self._starts[self._n_hosts + specs.source] + specs.start - (ends - lengths), lengths)
        ids = self._tokens[at + np.arange(ends[-1])]
        replaced = random.random(len(ids)) < np.repeat(np.array(NOISE)[specs.noise], lengths)
        ids[replaced] = random.integers(0, len(self._words), int(replaced.sum()))
        made = self._joined(ids, ends)
        for i in np.flatnonzero(specs.kind == INSIDE).tolist():
            before, after = self._others(random), self._others(random)
            made[i] = f"{before} {made[i]} {after}"
        return made

    def _specs(self, random: np.random.Generator) -> Specs:
        source = random.integers(0, self.n_sources, BATCH)
        kind = random.choice(len(KINDS), BATCH, p=KINDS)
        available = np.diff(self._starts)[self._n_hosts + source]
        length = np.minimum(random.integers(PASSAGE[0], PASSAGE[1] + 1, BATCH), available)
        start = (random.random(BATCH) * (available - length + 1)).astype(np.int64)
        stop = start + np.where(kind == HALVED, length // 2, length)
        return Specs(source, start, stop, random.integers(0, len(NOISE), BATCH), kind)

    def _others(self, random: np.random.Generator) -> str:
        """Words of a host in any order: in their own they would be copied too, and rightly join two families."""
        host = int(random.integers(self._n_hosts))
        n = int(random.integers(AROUND[0] // 2, AROUND[1] // 2 + 1))
        ids = self._tokens[random.integers(self._starts[host], self._starts[host + 1], n)]
        return " ".join(map(self._words.__getitem__, ids.tolist()))

    def _joined(self, ids: Ints, ends: Ints) -> list[str]:
        words = list(map(self._words.__getitem__, ids.tolist()))
        bounds = [0, *ends.tolist()]
        return [" ".join(words[a:b]) for a, b in pairwise(bounds)]


def prepare(source: Path, folder: Path) -> None:
    """Write the unrelated texts of a gold set as numbered words, hosts first."""
    texts = unrelated(_long_texts(source))
    numbers: dict[str, int] = {}
    tokens = [numbers.setdefault(word, len(numbers)) for text in texts for word in text]
    starts = np.cumsum([0, *map(len, texts)])
    np.savez(folder / "texts.npz", tokens=tokens, starts=starts, n_hosts=len(texts) // ONE_HOST_IN)
    (folder / "words.txt").write_text("\n".join(numbers), encoding="utf-8")


def _long_texts(source: Path) -> list[list[str]]:
    rows = [
        json.loads(line)
        for path in sorted(source.glob("docs.*.jsonl"))
        for line in path.open(encoding="utf-8")
    ]
    rows.sort(key=lambda row: sha256(str(row["doc_id"]).encode()).digest())
    texts = (row["content"].split() for row in rows)
    return [words for words in texts if len(words) >= MIN_WORDS]


def unrelated(texts: Iterable[list[str]]) -> list[list[str]]:
    """Leave out every text that has RELATED word 5-grams in common with one that is kept.

    Set phrases stay: what they join is joined wrongly. Site furniture goes, and so do real copies, which would be
    counted as wrong though they are right.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    kept: list[list[str]] = []
    for text in texts:
        grams = set(shingles(fold_words(" ".join(text))))
        met = Counter(holder for gram in grams for holder in holders.get(gram, ()))
        if not met or max(met.values()) < RELATED:
            for gram in grams:
                holders[gram].append(len(kept))
            kept.append(text)
    return kept


def shingles(words: Sequence[str]) -> list[str]:
    """Word 5-grams, as users of MinHash make them."""
    return [" ".join(words[i : i + 5]) for i in range(len(words) - 4)]
