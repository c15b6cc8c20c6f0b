"""Standing sentences: what a site or an agency prints again and again, which is no evidence of copying.

Notices, sign-up boxes and background paragraphs ("Ties have been bitter since ...") stand in reports that share
nothing else; the sentences of a dispatch stand in reports that share most of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import median

from attested.lineage.wording import Wording

MIN_WORDS = 4
"""Shorter sentences carry no weight in alignment anyway."""
FAR_DAYS = 30
"""Copies come out within days; a sentence printed again after a month is standing, unless all else is, too."""
MANY = 4
"""Reports with the sentence from which it may be standing even if their dates are near or unknown."""
MOSTLY_SHARED = 0.5
SCARCELY_SHARED = 0.25
"""Median share of the holders' words that they have in common, below which the sentence is standing: the first
when their dates are far apart, the second when only their number speaks."""
MAX_HOLDERS = 12
"""Holders compared, the first by id; bounds the work on a notice that stands in every report."""

_Words = tuple[str, ...]


def without_standing(wordings: Mapping[str, Wording], days: Mapping[str, date]) -> dict[str, Wording]:
    """Return the wordings with standing sentences marked. ``days`` are publication days where known."""
    standing = find_standing(wordings.values(), days)
    if not standing:
        return dict(wordings)
    return {report_id: _marked(wording, standing) for report_id, wording in wordings.items()}


def find_standing(wordings: Iterable[Wording], days: Mapping[str, date]) -> frozenset[_Words]:
    """Return the words of the standing sentences of a pile."""
    by_id = {wording.report_id: wording for wording in wordings}
    holders: defaultdict[_Words, list[str]] = defaultdict(list)
    for report_id in sorted(by_id):
        for words in dict.fromkeys(s.words for s in by_id[report_id].sentences):
            if len(words) >= MIN_WORDS:
                holders[words].append(report_id)
    shares: dict[tuple[str, ...], float] = {}
    standing = set()
    for words, ids in holders.items():
        limit = _limit(ids, days)
        if limit:
            key = tuple(ids[:MAX_HOLDERS])
            if key not in shares:
                shares[key] = _common_share([by_id[report_id] for report_id in key])
            if shares[key] < limit:
                standing.add(words)
    return frozenset(standing)


def _limit(ids: Sequence[str], days: Mapping[str, date]) -> float:
    """The common share below which a sentence with these holders is standing; 0 if it cannot be."""
    if len(ids) < 2:
        return 0.0
    known = [days[report_id] for report_id in ids if report_id in days]
    if known and (max(known) - min(known)).days > FAR_DAYS:
        return MOSTLY_SHARED
    return SCARCELY_SHARED if len(ids) >= MANY else 0.0


def _common_share(wordings: Sequence[Wording]) -> float:
    """The median share of the reports' words that stand in sentences which at least half of them have."""
    counts = Counter(words for w in wordings for words in {s.words for s in w.sentences})
    needed = max(2, len(wordings) / 2)
    return median(
        sum(len(s.words) for s in wording.sentences if counts[s.words] >= needed) / len(wording.words)
        for wording in wordings
    )


def _marked(wording: Wording, standing: frozenset[_Words]) -> Wording:
    sentences = tuple(replace(s, is_standing=True) if s.words in standing else s for s in wording.sentences)
    return replace(wording, sentences=sentences)
