"""Learns what speaks for two mentions being of one incident: ``data/same_incident.toml`` from GVC and ECB+.

    PYTHONPATH=src:training python -m reader.same_incident ../shared/data src/attested/data/same_incident.toml

A logistic regression over all pairs of mentions of a pile that no veto keeps apart, drawn towards points set by hand:
what the pairs do not show keeps those. ECB+ gives its train topics only. Prints how sure folds by affair are, and how
often rightly.
"""

from __future__ import annotations

import math
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attested.evaluation import ecbplus, gvc
from attested.evaluation.chains import GoldReport, ledger_of, own_words, piles, read_all
from attested.evaluation.registry import find_gold
from attested.incidents.alignment import Alignment
from attested.incidents.links import Links
from attested.incidents.profile import Profile, make_profiles
from attested.incidents.signs import APART, signs_of
from attested.reading.tokens import Reading
from attested.views.fusing import fuse_context
from reader.logistic import as_toml

# The points that were set by hand before there was anything to learn from; 0 for what was not looked at then.
PRIOR = {
    "copied": 3.0,
    "same day": 2.0, "days agree": 0.8, "days overlap": 0.3, "days can agree": 0.2,
    "a day apart": -0.6, "one without a day, not as news": -1.0, "published together": 0.0,
    "same place": 1.5, "near place": 0.6, "perhaps the same place": 0.3, "place unknown": 0.0,
    "other place": -3.0, "other region": -2.0, "other place in a province": -0.5,
    "reports about one town": 0.0, "reports about other towns": 0.0,
    "same type": 1.0, "same vague type": 0.5, "a vague type": 0.1, "other type": -1.5,
    "same toll": 0.8, "nobody killed": 0.3, "near toll": -0.2, "other toll": -1.0, "dead in one only": -1.5,
    "same name": 3.0, "other names": -1.5,
    "same weapon": 0.5, "other weapon": -0.5,
    "a word of the target": 0.5, "same sort of people": 0.0, "same perpetrator": 0.5,
    "alike in words": 1.0, "unlike in words": -0.5,
    "one report": 0.2, "one report, undated": 0.9,
    "one story": 0.4, "both lead": 1.5, "two stories": 0.0,
}  # fmt: skip
PRIOR_BIAS = -2.5
# The weight of squared differences from the prior. Tried: 1, 3, 10, which differ by .003 of B-cubed on gva dev.
PENALTY = 3.0
_PENALTY_OF_BIAS = 0.05
FOLDS = 5
# Merged from these log-odds on: .62. From 0 to .5 nothing changes on gva dev but that wrong merges go from .005 to
# .002 of all; a wrong one is worse than a missed one.
AT_LEAST = 0.5
# Chains of GVC whose number opens so are of the affair's own shooting; others of deeds told in passing.
_OF_THE_AFFAIR = "2999"
_BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0)
_Array = NDArray[np.float64]


_HEAD = (
    "Are two mentions of one incident? Log-odds of each sign (incidents/signs.py), learnt from GVC and the train",
    "topics of ECB+ by training/reader/same_incident.py; what these do not show was set by hand.",
)


@dataclass(frozen=True)
class Pair:
    """Two mentions of a pile: the affair of the first, how often it has each sign, whether they are of one incident."""

    affair: str
    has: Mapping[str, int]
    is_same: bool


def piles_of(data: Path) -> Iterator[list[GoldReport]]:
    """The reports of GVC as one pile, and those of each train topic of ECB+."""
    yield gvc.read_reports(data / "gvc" / "dev.json")
    folder = data / "ecbplus"
    (table, *_), files = find_gold(folder, ecbplus.SENTENCES), find_gold(folder, "*_*.xml")
    train = [path for path in files if path.stem.partition("_")[0] not in ecbplus.DEV_TOPICS]
    yield from piles(ecbplus.read_reports(train, ecbplus.read_scored(table)))


def incidents_of(pile: Sequence[GoldReport], readings: Mapping[str, Reading]) -> dict[str, str]:
    """The gold incident of each mention of ours that holds a marked word.

    Chains whose words one mention of ours holds are of one incident: the sets keep a shot and a death apart.
    """
    chains: dict[str, list[str]] = defaultdict(list)
    for gold in pile:
        marked = [(start, end, m.chain) for m in gold.mentions for start, end in m.words]
        for mention, words in own_words(gold.report, readings[gold.report.id]):
            for start, end, chain in marked:
                if any(start <= word.start < end for word in words):
                    chains[mention.id].append(_incident(gold, chain, mention.id))
    links = Links[str]()
    for found in chains.values():
        for chain in found[1:]:
            links.join(found[0], chain)
    return {mention: links.home(found[0]) for mention, found in chains.items()}


def _incident(gold: GoldReport, chain: str, mention_id: str) -> str:
    if gold.topic != "gvc":
        return chain
    if chain == gvc.REST:
        return mention_id
    return gold.affair if chain.startswith(_OF_THE_AFFAIR + gold.affair) else chain


def pairs_of(pile: Sequence[GoldReport]) -> Iterator[Pair]:
    """Every pair of a pile's mentions that no veto keeps apart and of which the set says whether they are one.

    What reports of two affairs tell is never one incident, marked or not.
    """
    readings = read_all(pile)
    incident = incidents_of(pile, readings)
    ledger = ledger_of(pile, readings)
    story_of = {report: story.id for story in ledger.stories for report in story.reports}
    affair = {gold.report.id: gold.affair for gold in pile}
    alignment = Alignment(ledger.derivations)
    for a, b in combinations(make_profiles(fuse_context(ledger), story_of), 2):
        x, y = a.mention, b.mention
        is_told = x.id in incident and y.id in incident
        if not is_told and affair[x.report_id] == affair[y.report_id]:
            continue
        has = signs_between(a, b, alignment)
        if APART not in has:
            yield Pair(affair[x.report_id], has, is_told and incident[x.id] == incident[y.id])


def signs_between(a: Profile, b: Profile, alignment: Alignment) -> dict[str, int]:
    """How often a pair has each sign."""
    x, y = a.mention, b.mention
    is_aligned = x.report_id != y.report_id and alignment.covers(
        x.report_id, x.trigger.start, y.report_id, y.trigger.start
    )
    return {sign.name: sign.times for sign in signs_of(a, b, is_aligned)}


def fit(pairs: Sequence[Pair]) -> _Array:
    """Weights of the signs in the prior's order, the bias last (Newton's method)."""
    x = np.array([[float(pair.has.get(name, 0)) for name in PRIOR] + [1.0] for pair in pairs])
    y = np.array([pair.is_same for pair in pairs], dtype=float)
    start = np.array([*PRIOR.values(), PRIOR_BIAS])
    penalty = np.array([PENALTY] * len(PRIOR) + [_PENALTY_OF_BIAS])
    w = start.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + penalty * (w - start)
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), slope)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def chance(pair: Pair, w: _Array) -> float:
    """How likely a pair is of one incident."""
    odds = float(w[-1]) + sum(float(w[i]) * pair.has.get(name, 0) for i, name in enumerate(PRIOR))
    return 1 / (1 + math.exp(-odds))


def cross_validate(pairs: Sequence[Pair]) -> None:
    """Prints, over ``FOLDS`` folds by affair, how many of the pairs said to be so likely are of one incident."""
    fold = [zlib.crc32(pair.affair.encode()) % FOLDS for pair in pairs]
    rows: list[tuple[float, bool]] = []
    for k in range(FOLDS):
        w = fit([pair for pair, f in zip(pairs, fold, strict=True) if f != k])
        rows += [(chance(pair, w), pair.is_same) for pair, f in zip(pairs, fold, strict=True) if f == k]
    for low, high in pairwise(_BANDS):
        held = [row for row in rows if low <= row[0] < high or row[0] == high == 1.0]
        if held:
            said, right = (float(np.mean([row[i] for row in held])) for i in (0, 1))
            print(f"{low:.2f} to {high:.2f}: said {said:.3f}, right {right:.3f}, of {len(held)} pairs")
    at = 1 / (1 + math.exp(-AT_LEAST))
    merged = [is_same for p, is_same in rows if p >= at]
    print(f"from {at:.2f} on: {np.mean(merged):.3f} right, {sum(merged) / sum(r[1] for r in rows):.3f} found")


def main(data: Path, table: Path) -> None:
    """Reads both sets, prints how well the folds do, writes the table."""
    pairs = [pair for pile in piles_of(data) for pair in pairs_of(pile)]
    print(f"{len(pairs)} pairs, {sum(pair.is_same for pair in pairs)} of one incident")
    cross_validate(pairs)
    table.write_text(as_toml(_HEAD, AT_LEAST, list(PRIOR), fit(pairs)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
