"""The door of the room: one pass over the reports in order of time, each joining the nearest story or opening one.

Copies of one text are placed as one. A story is looked up through its rarest terms, so placing a report costs
the same in a pile of a hundred and of a million.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from attested.ids import make_id
from attested.lineage.origins import trace_origins
from attested.model import Derivation, Outline, Published, Report, Story
from attested.settings import StorySettings
from attested.stories.terms import Terms, count_terms, likeness, rarest, unit, weigh

HALF_LIKENESS = 0.17
"""Cosine that scores .5. On news_clusters .14 to .20 give the same B-cubed F1 (.91); on gva, where stories are
single shootings, .20 parts look-alikes better (F1 .86 against .84), but a report kept out of its story can never
be merged into its incident, while a look-alike let in still can be kept apart there."""
FAR_WINDOWS = 6
"""Beyond the window a story may still go on, up to this many windows, if the words are closer; beyond that only
if it tells nothing fresh."""
LIKENESS_PER_WINDOW = 0.045
"""Cosine that each further window of silence costs (.015 to .045 differ by .01 on either set)."""
FAR_LIKENESS = 0.33
"""Cosine from which a report that tells nothing fresh (no "on Tuesday" in its lead) is of a story beyond that: the
affair came back, or its stamp is an aggregator's. On news_clusters .33 to .37 give F1 .923 to .926, without it
.914 (looked at while choosing). A fresh report of a look-alike opens a story of its own."""
LEAD_SENTENCES = 3
UNDATED_LIKENESS = 0.28
"""Cosine that a report without any date needs: as near as the nearer half of one story's pairs."""
MAX_DATE_DAYS = 31
"""A published interval wider than this says too little to stretch its story's dates."""
N_KEYS = 24
"""Terms per report through which stories are looked up."""
MAX_POSTINGS = 400
"""Stories looked at per term, the latest first; a term in more of them says little."""
MAX_SCORED = 32
"""Stories compared in full per report, those that share most keys first."""
TIE = 0.02
"""Cosines nearer than this are a tie, which the vectors break."""

MENTIONED_DAYS = 4
"""How long before a story's reports its days lie that an undated report may name ("on October 1")."""

_FRESH_FORMS = frozenset({"weekday", "relative-day"})

_Days = tuple[date, date]
_MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Family:
    """Reports of one text, placed together."""

    reports: tuple[str, ...]
    terms: Terms
    days: _Days | None
    vector: Any
    mentioned: tuple[_MonthDay, ...] = ()
    is_fresh: bool = True


@dataclass(slots=True)
class _Cluster:
    """A story in the making: the sum of its families' terms and vectors, and the days it spans."""

    families: list[_Family] = field(default_factory=list)
    total: dict[str, float] = field(default_factory=dict)
    squared: float = 0.0
    days: _Days | None = None
    vector: Any = None

    def add(self, family: _Family) -> None:
        self.families.append(family)
        # |a + b|² = |a|² + 2ab + |b|²: the cost of adding does not grow with the story.
        self.squared += 2 * likeness(family.terms, self.total) + likeness(family.terms, family.terms)
        for term, weight in family.terms.items():
            self.total[term] = self.total.get(term, 0.0) + weight
        self.days = _spanned(self.days, family.days)
        if family.vector is not None:
            self.vector = family.vector if self.vector is None else self.vector + family.vector

    def cosine(self, family: _Family) -> float:
        """How like the story a family is, in terms."""
        return likeness(family.terms, self.total) / math.sqrt(self.squared) if self.squared > 0 else 0.0


def cluster_stories(
    reports: Sequence[Report],
    outlines: Mapping[str, Outline],
    derivations: Sequence[Derivation],
    published: Mapping[str, Published],
    settings: StorySettings,
) -> list[Story]:
    """Return the stories, sorted by id; every report is in exactly one.

    Reports of one text are one story whatever their stamps say. Others share a story when their words, names
    and dates are near: up to ``settings.window_days`` apart at ``settings.min_score``, a few windows further
    when their words are closer still, any time if it tells nothing fresh. A report without a date needs closer
    words too.
    """
    families = _families(reports, outlines, derivations, published)
    clusters: list[_Cluster] = []
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for family in sorted((f for f in families if f.days), key=_placing_order):
        _place(family, clusters, keys, settings)
    undated = {f.reports[0]: f for f in families if not f.days}
    # The surest first: each makes its story clearer for those that follow.
    sureness = {first: _best_cosine(family, clusters, keys) for first, family in undated.items()}
    for first in sorted(undated, key=lambda first: (-sureness[first], first)):
        _place(undated[first], clusters, keys, settings)
    by_id = {report.id: report for report in reports}
    return sorted((_story(cluster, by_id) for cluster in clusters), key=lambda story: story.id)


def score(cosine: float) -> float:
    """Return a cosine of terms as a score between 0 and 1, .5 where one story begins."""
    return cosine / (cosine + HALF_LIKENESS) if cosine > 0 else 0.0


def _families(
    reports: Sequence[Report],
    outlines: Mapping[str, Outline],
    derivations: Sequence[Derivation],
    published: Mapping[str, Published],
) -> list[_Family]:
    counts = {report.id: count_terms(report, outlines.get(report.id)) for report in reports}
    found_in = Counter[str](term for terms in counts.values() for term in terms)
    weights = {report_id: weigh(terms, found_in, len(counts)) for report_id, terms in counts.items()}
    families = []
    for origin in trace_origins(reports, derivations):
        members = sorted(origin.reports)
        total: Counter[str] = Counter()
        for report_id in members:
            total.update(weights[report_id])
        vectors = [v for m in members if (v := _theme(outlines.get(m))) is not None]
        families.append(
            _Family(
                tuple(members),
                unit(total),
                _earliest([published[m] for m in members if m in published]),
                _scaled(sum(vectors[1:], vectors[0])) if vectors else None,
                _mentioned(outlines.get(m) for m in members),
                any(_is_fresh(outlines.get(m)) for m in members),
            )
        )
    return families


def _mentioned(outlines: Iterable[Outline | None]) -> tuple[_MonthDay, ...]:
    """The days that reports name by month and day alone."""
    times = (time for outline in outlines if outline is not None for time in outline.times)
    return tuple(sorted({(t.data["month"], t.data["day"]) for t in times if t.form == "month-day"}))


def _is_fresh(outline: Outline | None) -> bool:
    """Whether a report's lead tells of a day near its own ("on Tuesday", "today"); without an outline perhaps."""
    if outline is None or not outline.sentences:
        return True
    end = outline.sentences[:LEAD_SENTENCES][-1].end
    return any(t.form in _FRESH_FORMS and t.span.start < end for t in outline.times)


def _theme(outline: Outline | None) -> Any:
    """The sentences' mean vector, each weighted by its nearness to the plain mean (USTORY's theme)."""
    if outline is None or outline.vectors is None or not len(outline.vectors):
        return None
    vectors = np.asarray(outline.vectors, dtype=np.float32)
    nearness = np.clip(vectors @ _scaled(vectors.mean(axis=0)), 0.0, None)
    return _scaled(nearness @ vectors)


def _scaled(vector: Any) -> Any:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _earliest(dates: Sequence[Published]) -> _Days | None:
    """The first known interval of a family: copies come later, and aggregators stamp them later still."""
    known = [
        (p.interval.start, p.interval.end) for p in dates if p.interval.start and p.interval.end is not None
    ]
    return min(known, default=None)


def _placing_order(family: _Family) -> tuple[date, str]:
    return family.days[0] if family.days else date.max, family.reports[0]


def _place(
    family: _Family, clusters: list[_Cluster], keys: defaultdict[str, list[int]], settings: StorySettings
) -> None:
    """Add a family to its nearest story, or to a new one."""
    at = _nearest(family, clusters, keys, settings)
    if at is None:
        at = len(clusters)
        clusters.append(_Cluster())
    clusters[at].add(family)
    for term in rarest(family.terms, N_KEYS):
        if not keys[term] or keys[term][-1] != at:
            keys[term].append(at)


def _best_cosine(family: _Family, clusters: Sequence[_Cluster], keys: Mapping[str, list[int]]) -> float:
    return max((clusters[at].cosine(family) for at in _sharing(family, keys)), default=0.0)


def _spanned(ours: _Days | None, more: _Days | None) -> _Days | None:
    """Both spans together; one that is too wide to say much gives way to one that is not."""
    if ours is None or more is None:
        return ours or more
    narrow = [days for days in (ours, more) if (days[1] - days[0]).days <= MAX_DATE_DAYS]
    if len(narrow) == 1 and more in narrow:
        return more
    return (min(ours[0], more[0]), max(ours[1], more[1])) if len(narrow) == 2 else ours


def _nearest(
    family: _Family, clusters: Sequence[_Cluster], keys: Mapping[str, list[int]], settings: StorySettings
) -> int | None:
    """The place of the story that the family belongs to, or None for a new one."""
    scored = []
    for at in _sharing(family, keys):
        cosine = clusters[at].cosine(family)
        cost = _cost(family, clusters[at].days, settings)
        if cost is not None and score(cosine - cost) >= settings.min_score:
            scored.append((cosine - cost, at))
    if not scored:
        return None
    best = max(cosine for cosine, _ in scored)
    tied = [(cosine, at) for cosine, at in scored if cosine >= best - TIE]
    return max(tied, key=lambda row: (_vector_likeness(family, clusters[row[1]]), row[0], -row[1]))[1]


def _sharing(family: _Family, keys: Mapping[str, list[int]]) -> list[int]:
    """Places of the stories that share most of the family's rarest terms, in order of place."""
    weights: Counter[int] = Counter()
    for term in rarest(family.terms, N_KEYS):
        for at in keys.get(term, ())[-MAX_POSTINGS:]:
            weights[at] += family.terms[term]  # type: ignore[assignment]
    best = sorted(weights, key=lambda at: (-weights[at], at))[:MAX_SCORED]
    return sorted(best)


def _cost(family: _Family, theirs: _Days | None, settings: StorySettings) -> float | None:
    """What the dates take off the cosine; None when they rule the story out."""
    if family.days is None and theirs is not None and _speaks_of(family.mentioned, theirs):
        return 0.0
    if family.days is None or theirs is None:
        return UNDATED_LIKENESS - HALF_LIKENESS
    gap = max(0, (family.days[0] - theirs[1]).days, (theirs[0] - family.days[1]).days)
    windows = gap / settings.window_days
    if windows <= FAR_WINDOWS:
        return max(0.0, windows - 1.0) * LIKENESS_PER_WINDOW
    return None if family.is_fresh else FAR_LIKENESS - HALF_LIKENESS


def _speaks_of(mentioned: Sequence[_MonthDay], days: _Days) -> bool:
    """Whether a month and day that a report names without a year lies just before a story's days, or in them."""
    span = range(-MENTIONED_DAYS, (days[1] - days[0]).days + 1)
    if len(span) > MENTIONED_DAYS + MAX_DATE_DAYS:
        return False
    near = {((days[0] + timedelta(days=n)).month, (days[0] + timedelta(days=n)).day) for n in span}
    return not near.isdisjoint(mentioned)


def _vector_likeness(family: _Family, cluster: _Cluster) -> float:
    if family.vector is None or cluster.vector is None:
        return 0.0
    return float(family.vector @ _scaled(cluster.vector))


def _story(cluster: _Cluster, reports: Mapping[str, Report]) -> Story:
    """The story under the headline of the report that its terms describe best."""
    members = sorted(report_id for family in cluster.families for report_id in family.reports)
    central = max(
        cluster.families, key=lambda family: (likeness(family.terms, cluster.total), family.reports[0])
    )
    headline = next((reports[m].headline for m in (*central.reports, *members) if reports[m].headline), None)
    return Story(make_id("sto", cluster.families[0].reports[0]), headline or "", tuple(members))
