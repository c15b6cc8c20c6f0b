"""Scores of coreference: MUC, B-cubed, CEAF-e, LEA and their CoNLL mean, with intervals over topics.

A clustering is a mapping mention -> cluster. The two that are compared may hold different mentions: as in the
reference scorer v8.01 (Pradhan et al. 2014) nothing is added or dropped, so that a mention which only one side has
("twinless") counts in that side's total and in no overlap.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attested.evaluation.pairing import best_pairing
from attested.evaluation.scorers import Figure, sums_interval

# Mention -> cluster.
Clusters = Mapping[Any, Hashable]
Scores = tuple[float, float, float]
# For every cluster of a side: what it earns, and the most it could.
_Credits = Iterator[tuple[float, float]]
_Array = NDArray[np.float64]


@dataclass(frozen=True)
class _Side:
    """One clustering, looked at both ways."""

    cluster_of: Clusters

    @cached_property
    def clusters(self) -> dict[Hashable, list[Hashable]]:
        """Each cluster's mentions."""
        found: dict[Hashable, list[Hashable]] = defaultdict(list)
        for mention, cluster in self.cluster_of.items():
            found[cluster].append(mention)
        return dict(found)

    def overlaps(self, members: Sequence[Hashable]) -> Counter[Hashable]:
        """How many of ``members`` each of this side's clusters holds."""
        return Counter(self.cluster_of[m] for m in members if m in self.cluster_of)


def muc(gold: Clusters, found: Clusters) -> Scores:
    """MUC precision, recall and F1 (Vilain et al. 1995): links kept; it sees no mention that stands alone."""
    return _scores(_muc, gold, found)


def b_cubed(gold: Clusters, found: Clusters) -> Scores:
    """B-cubed precision, recall and F1 (Bagga & Baldwin 1998): the mean overlap of each mention's clusters."""
    return _scores(_b_cubed, gold, found)


def ceaf_e(gold: Clusters, found: Clusters) -> Scores:
    """CEAF-e precision, recall and F1 (Luo 2005): clusters paired one to one, likeness of a pair its Dice (phi 4)."""
    return _scores(_ceaf_e, gold, found)


def lea(gold: Clusters, found: Clusters) -> Scores:
    """LEA precision, recall and F1 (Moosavi & Strube 2016): each cluster's share of links kept, by its size."""
    return _scores(_lea, gold, found)


def conll_f1(gold: Clusters, found: Clusters) -> float:
    """The mean F1 of MUC, B-cubed and CEAF-e."""
    return float(np.mean([score(gold, found)[2] for score in (muc, b_cubed, ceaf_e)]))


def without_singletons(clusters: Clusters) -> dict[Any, Hashable]:
    """The clustering without the mentions that stand alone."""
    sizes = Counter(clusters.values())
    return {mention: cluster for mention, cluster in clusters.items() if sizes[cluster] > 1}


# --- what each cluster earns ------------------------------------------------------------------------------------


def _muc(ours: _Side, theirs: _Side) -> _Credits:
    for members in ours.clusters.values():
        held = theirs.overlaps(members)
        n_pieces = len(held) + len(members) - sum(held.values())
        yield len(members) - n_pieces, len(members) - 1


def _b_cubed(ours: _Side, theirs: _Side) -> _Credits:
    for members in ours.clusters.values():
        yield sum(n * n for n in theirs.overlaps(members).values()) / len(members), len(members)


def _lea(ours: _Side, theirs: _Side) -> _Credits:
    for members in ours.clusters.values():
        held = theirs.overlaps(members)
        if len(members) == 1:  # a mention that stands alone has one link, to itself
            kept, n_links = float(any(len(theirs.clusters[c]) == 1 for c in held)), 1.0
        else:
            kept, n_links = sum(map(_n_links, held.values())), _n_links(len(members))
        yield len(members) * kept / n_links, len(members)


def _n_links(n_mentions: int) -> float:
    return n_mentions * (n_mentions - 1) / 2


def _ceaf_e(ours: _Side, theirs: _Side) -> _Credits:
    likeness = {
        mine: {
            other: 2 * n / (len(members) + len(theirs.clusters[other]))
            for other, n in theirs.overlaps(members).items()
        }
        for mine, members in ours.clusters.items()
    }
    paired = _paired(likeness)
    for mine in ours.clusters:
        yield likeness[mine].get(paired.get(mine), 0.0), 1


# --- clusters paired -----------------------------------------------------------------------------------------------


def _paired(likeness: Mapping[Hashable, Mapping[Hashable, float]]) -> dict[Hashable, Hashable]:
    """Row -> column of the pairing with the greatest sum; islands of rows and columns are paired by themselves."""
    found: dict[Hashable, Hashable] = {}
    for rows in _islands(likeness):
        columns = list(dict.fromkeys(c for r in rows for c in likeness[r]))
        values = np.array([[likeness[r].get(c, 0.0) for c in columns] for r in rows])
        found.update({rows[i]: columns[j] for i, j in best_pairing(values)})
    return found


def _islands(likeness: Mapping[Hashable, Mapping[Hashable, float]]) -> Iterator[list[Hashable]]:
    """Rows that share columns, directly or through others; rows without any are left out."""
    rows_of: dict[Hashable, list[Hashable]] = defaultdict(list)
    for row, columns in likeness.items():
        for column in columns:
            rows_of[column].append(row)
    seen: set[Hashable] = set()
    for first, columns in likeness.items():
        island, waiting = [], [first] if columns and first not in seen else []
        while waiting:
            if (row := waiting.pop()) not in seen:
                seen.add(row)
                island.append(row)
                waiting += [other for column in likeness[row] for other in rows_of[column]]
        if island:
            yield island


# --- figures ----------------------------------------------------------------------------------------------------

_METRICS: dict[str, Callable[[_Side, _Side], _Credits]] = {
    "muc": _muc,
    "b3": _b_cubed,
    "ceaf_e": _ceaf_e,
    "lea": _lea,
}
_OF_CONLL = 3  # the first three


def coreference_figures(
    gold: Clusters,
    found: Clusters,
    unit_of: Callable[[Any], Hashable],
    *,
    suffix: str = "",
    note: str = "",
) -> tuple[Figure, ...]:
    """CoNLL F1, then the F1 of each metric, each with its interval over units (topics) drawn with replacement.

    A cluster's credit is divided among the units of its mentions, so the scores of resampled units add up without
    clustering anew.
    """
    units = {m: unit_of(m) for m in (*gold, *found)}
    rows = np.concatenate([_rows(metric, gold, found, units) for metric in _METRICS.values()], axis=1)
    n = len(gold)
    f1s = _f1s(rows.sum(axis=0)[None])[0]
    low_high = sums_interval(rows, lambda sums: _f1s(sums)[:, :_OF_CONLL].mean(axis=1))
    figures = [Figure(f"conll_f1{suffix}", float(f1s[:_OF_CONLL].mean()), low_high, n, note)]
    for k, (name, metric) in enumerate(_METRICS.items()):
        precision, recall, f1 = _scores(metric, gold, found)
        interval = sums_interval(rows[:, 4 * k : 4 * k + 4], lambda sums: _f1s(sums)[:, 0])
        detail = f"P {precision:.4f} R {recall:.4f}"
        figures.append(Figure(f"{name}_f1{suffix}", f1, interval, n, detail))
    return tuple(figures)


def _scores(
    metric: Callable[[_Side, _Side], _Credits],
    gold: Clusters,
    found: Clusters,
) -> Scores:
    sums = _rows(metric, gold, found, dict.fromkeys((*gold, *found))).sum(axis=0)
    recall, precision = (float(sums[k] / sums[k + 1]) if sums[k + 1] else 0.0 for k in (0, 2))
    return precision, recall, float(_f1s(sums[None])[0, 0])


def _rows(
    metric: Callable[[_Side, _Side], _Credits],
    gold: Clusters,
    found: Clusters,
    units: Clusters,
) -> _Array:
    """A row for each unit: what its gold clusters earn and could (recall), what ours earn and could (precision)."""
    row_of = {unit: i for i, unit in enumerate(dict.fromkeys(units.values()))}
    rows = np.zeros((max(1, len(row_of)), 4))
    truth, ours = _Side(gold), _Side(found)
    for side, other, at in ((truth, ours, 0), (ours, truth, 2)):
        for members, credit in zip(side.clusters.values(), metric(side, other), strict=True):
            for mention in members:
                rows[row_of[units[mention]], at] += credit[0] / len(members)
                rows[row_of[units[mention]], at + 1] += credit[1] / len(members)
    return rows


def _f1s(sums: _Array) -> _Array:
    """The F1 of every four columns of sums; 0 where nothing is right."""
    right, there, kept, told = (sums[:, k::4] for k in range(4))
    recall = np.divide(right, there, out=np.zeros_like(right), where=there > 0)
    precision = np.divide(kept, told, out=np.zeros_like(kept), where=told > 0)
    both: _Array = precision + recall
    f1: _Array = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return f1
