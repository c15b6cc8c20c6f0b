"""Runs of narrated words that two reports have in common, wherever they stand (the tiles of METER, Clough 2002).

A rewrite reorders and rewords, so few of its sentences align, but phrases of the dispatch stay. Two newsrooms at
one briefing share quotations, which do not count here, and next to no narration.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from attested.lineage.wording import TILE, Run, WordedSentence, Wording, runs_of

FAR_DAYS = 30
"""Rewrites come out within days; a run of words that reports share over a month is a formula."""
MIN_FAMILIES = 3
"""Texts, copies counted once, that must have the run over such a time."""
MANY_FAMILIES = 8
"""Texts that must have it when their dates are near or unknown."""


def n_covered(wording: Wording, other: Wording, formulas: frozenset[Run] = frozenset()) -> int:
    """Return how many narrated words of a report stand in runs that the other narrates too."""
    shared = (wording.narrated_runs & other.narrated_runs) - formulas
    return sum(n_covered_in(sentence, shared) for sentence in wording.sentences) if shared else 0


def shared_runs(wording: Wording, sentence: int, other: Wording) -> frozenset[Run]:
    """Return the runs of one sentence that ``other`` narrates too."""
    return frozenset(runs_of(wording.sentences[sentence])) & other.narrated_runs


def find_formulas(
    pairs: Iterable[tuple[Wording, Wording]], family_of: Mapping[str, str], days: Mapping[str, date]
) -> frozenset[Run]:
    """Return the runs among what these pairs share that too many texts have to show a rewrite.

    ``family_of`` gives copies of one text one name, ``days`` the publication days that are known.
    """
    holders: defaultdict[Run, set[str]] = defaultdict(set)
    for left, right in pairs:
        for run in left.narrated_runs & right.narrated_runs:
            holders[run].update((left.report_id, right.report_id))
    return frozenset(run for run, ids in holders.items() if _is_formula(ids, family_of, days))


def _is_formula(ids: set[str], family_of: Mapping[str, str], days: Mapping[str, date]) -> bool:
    if len(ids) < MIN_FAMILIES:
        return False
    n_families = len({family_of.get(report_id, report_id) for report_id in ids})
    if n_families >= MANY_FAMILIES:
        return True
    known = [days[report_id] for report_id in ids if report_id in days]
    return n_families >= MIN_FAMILIES and bool(known) and (max(known) - min(known)).days > FAR_DAYS


def n_covered_in(sentence: WordedSentence, runs: frozenset[Run]) -> int:
    """Return how many words of a sentence stand in these runs."""
    end = n = 0
    for i in range(len(sentence.narrated) - TILE + 1):
        if sentence.narrated[i : i + TILE] in runs:
            n += i + TILE - max(i, end)
            end = i + TILE
    return n
