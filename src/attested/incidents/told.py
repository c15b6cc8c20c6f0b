"""What a pile tells around an incident: which mentions it has, where in their reports, what else these tell."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from attested.incidents.context import FuseContext
from attested.incidents.fused import FusedIncident, FusedValue
from attested.incidents.joins import Joins
from attested.model import Claim, Mention, Story
from attested.resolve.place_seats import is_town_seat
from attested.values import Place

LEAD_SENTENCES = 3
"""Sentences of a body that are its lead, as ``mentions.again`` has it."""
_OFFICIAL = frozenset({"named body", "named person", "unnamed official"})
_DOUBTED = frozenset({"alleged", "suspected", "claimed", "possible"})
_MANY = 5  # incidents told in one report
# Log-odds of a weakest join: up to here it is weak, and from there on strong.
WEAK_JOIN, _STRONG = 1.5, 3.0
JOINED_BY_LITTLE = "two parts of it are joined by little"
_COMPARED = 4  # incidents, and mentions of each, that are compared to see whether one is told twice


class Told:
    """Answers about the incidents of one pile; made once, asked for each of them."""

    def __init__(self, context: FuseContext, stories: Sequence[Story]) -> None:
        self.context = context
        self.joins = Joins(context, stories)
        self._story_of = {report: story.id for story in stories for report in story.reports}
        self._joined: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._around: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    @cached_property
    def members(self) -> dict[str, tuple[Mention, ...]]:
        """Incident id -> its mentions in the order of their reports' texts."""
        known = self.context.mentions
        found = {i.id: [known[m] for m in i.mention_ids if m in known] for i in self.context.incidents}
        return {id: tuple(sorted(m, key=lambda m: (m.report_id, m.trigger))) for id, m in found.items()}

    @cached_property
    def types(self) -> dict[str, str]:
        """Incident id -> its type."""
        return {incident.id: incident.type for incident in self.context.incidents}

    @cached_property
    def incidents_in(self) -> dict[str, Counter[str]]:
        """Report id -> how many mentions of each incident it holds."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for id, mentions in self.members.items():
            for mention in mentions:
                found[mention.report_id][id] += 1
        return dict(found)

    @cached_property
    def incidents_of_story(self) -> dict[str, Counter[str]]:
        """Story id -> how many mentions of each incident its reports hold."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for report, counted in self.incidents_in.items():
            found[self._story_of.get(report, report)] += counted
        return dict(found)

    def beside(self, fused: FusedIncident) -> Iterator[tuple[str, int, int]]:
        """The incidents that its reports and their stories tell too: id, mentions there, and its own there."""
        stories = {self._story_of.get(report, report) for report in fused.reports}
        for counted in (self.incidents_of_story[s] for s in sorted(stories) if s in self.incidents_of_story):
            yield from ((id, n, counted[fused.id]) for id, n in counted.items() if id != fused.id)

    @cached_property
    def uncounted_in(self) -> dict[str, frozenset[str]]:
        """Report id -> types of the mentions that it tells as planned, feared, habitual or denied."""
        found: dict[str, set[str]] = defaultdict(set)
        for mention in self.context.mentions.values():
            if mention.kind == "incident" and mention.status != "happened":
                found[mention.report_id].add(mention.type)
        return {report: frozenset(types) for report, types in found.items()}

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {id: [s.start for s in outline.sentences] for id, outline in self.context.outlines.items()}

    def mentions_of(self, fused: FusedIncident) -> Sequence[Mention]:
        """The mentions of an incident, of its own reports alone."""
        return [m for m in self.members.get(fused.id, ()) if m.report_id in fused.reports]

    def claims_of(self, value: FusedValue) -> list[Claim]:
        """The claims of a value."""
        return [self.context.claims[id] for id in value.claims if id in self.context.claims]

    def is_in_lead(self, report_id: str, offset: int) -> bool:
        """Whether an offset lies in the first sentences of a report's body."""
        return bisect_right(self._starts.get(report_id, []), offset) <= LEAD_SENTENCES

    def is_with_deed(self, claim: Claim) -> bool:
        """Whether a claim's words stand in the sentence that tells what was done."""
        mention = self.context.mentions.get(claim.mention_id)
        return mention is not None and mention.sentence.start <= claim.span.start < mention.sentence.end

    # --- signs that any value may have --------------------------------------------------------------------------

    def around(self, fused: FusedIncident) -> tuple[str, ...]:
        """What the reports of an incident make of it."""
        key = (fused.id, fused.reports)
        if key not in self._around:
            self._around[key] = tuple(self._what_is_around(fused))
        return self._around[key]

    def _what_is_around(self, fused: FusedIncident) -> Iterator[str]:
        mentions = self.mentions_of(fused)
        told = [self.incidents_in[r] for r in fused.reports if r in self.incidents_in]
        others = max(map(len, told), default=1) - 1
        if not others:
            yield "its reports tell of no other incident"
        elif others >= _MANY:
            yield "its reports tell of many other incidents"
        if any(n >= counted[fused.id] for counted in told for id, n in counted.items() if id != fused.id):
            yield "a report tells as much of another incident, or more"
        if mentions and all(m.is_background for m in mentions):
            yield "it is told in passing, as history"
        if len(mentions) == 1:
            yield "one sentence alone tells of it"
        if len(fused.reports) > 1:
            yield from self.joined(fused)

    def joined(self, fused: FusedIncident) -> tuple[str, ...]:
        """How firmly the mentions of an incident hang together."""
        key = (fused.id, fused.reports)
        if key not in self._joined:
            self._joined[key] = tuple(self._how_joined(self.mentions_of(fused)))
        return self._joined[key]

    def towns(self, fused: FusedIncident) -> list[Place]:
        """The towns that its reports are about, one for each report that is about one."""
        seats = (self.context.resolved.seats.get(report) for report in fused.reports)
        return [s.place for s in seats if s is not None and s.place is not None and is_town_seat(s)]

    def nearest(self, fused: FusedIncident) -> float:
        """How like its story's other incidents an incident is: the best log-odds, of a few mentions of the largest."""
        largest = sorted(self.beside(fused), key=lambda row: (-row[1], row[0]))[:_COMPARED]
        others = [m for id, *_ in largest for m in self.members[id][:_COMPARED]]
        return self.joins.best(self.mentions_of(fused)[:_COMPARED], others)

    def _how_joined(self, mentions: Sequence[Mention]) -> Iterator[str]:
        weakest = self.joins.weakest(mentions)
        if weakest <= WEAK_JOIN:
            yield JOINED_BY_LITTLE
        elif weakest > _STRONG:
            yield "even its weakest join is strong"

    def behind(self, claims: Sequence[Claim], n_origins: int) -> Iterator[str]:
        """Who says a value, how often, and where."""
        if n_origins == 2:
            yield "two independent origins say so"
        elif n_origins > 2:
            yield "three or more independent origins say so"
        n_sentences = len({(c.report_id, c.sentence.start) for c in claims})
        if n_sentences > 1:
            yield "it is said more than once"
        if any(self.is_in_lead(c.report_id, c.span.start) for c in claims):
            yield "it stands in a lead"
        if claims and not any(map(self.is_with_deed, claims)):
            yield "the sentence that tells the deed does not say it"
        if any(c.voice.kind in _OFFICIAL for c in claims):
            yield "an official or a named person says so"
        if claims and all(c.hedge in _DOUBTED for c in claims):
            yield "it is told as alleged or possible"
        if claims and all(c.report_id in self.context.spun for c in claims):
            yield "machine-spun text alone says so"

    def besides(self, fused: FusedIncident, field: str, shown: Iterable[str]) -> Iterator[str]:
        """What is told beside the value that is shown."""
        rest = [v for v in fused.told.get(field, ()) if v.value not in set(shown)]
        if field in fused.apart:
            yield "the reports disagree"
        elif rest:
            yield "something else is told too"
        if len(rest) > 1:
            yield "several other values are told"
