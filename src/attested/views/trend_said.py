"""What the texts themselves say of trends, each beside what the ledger counts in the same days, place and sort.

"Attacked 17 times since January" is a sum by the newsroom or by somebody it quotes, not over this pile: the two figures
stand side by side and neither corrects the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attested.incidents.fused import FusedIncident, FusedTrend
from attested.mentions.lexicon import PartOfSpeech, family_of, weapon_type
from attested.text.countries import countries, find_country_words
from attested.text.folding import fold_words
from attested.values import PartialDate
from attested.views.change import Change, change_in, published_days, window
from attested.views.facts import Facts
from attested.views.trend_table import Group, counted, places_of
from attested.views.words import iso_words

_PARTS: tuple[PartOfSpeech, ...] = ("noun", "verb")
_WHERE = frozenset("in across inside within throughout around".split())
_VIOLENT = "ASSAULT"  # the PLOVER root of incidents that "attacks", "killings" and the like sum up


@dataclass(frozen=True, slots=True)
class SaidTrend:
    """One statement of the texts. ``incidents`` are the ledger's own that lie wholly in its period, of its place and
    sort; ``change`` sets them beside as many days before; ``why_not`` says why nothing is set beside it.
    """

    id: str
    text: str
    value: int | None
    approximate: bool
    direction: str | None
    period: str
    reports: tuple[str, ...]
    n_origins: int
    place: str | None
    place_why: str | None
    type: str | None
    incidents: tuple[str, ...] | None
    change: Change | None
    why_not: str | None

    @property
    def verdict(self) -> str:
        """The two figures, or the two directions, in words."""
        if self.incidents is None:
            return self.why_not or ""
        n = len(self.incidents)
        is_more = self.value is not None and n > self.value
        beside = f"the ledger has {'more, ' if is_more else ''}{n} there in those days"
        if self.change is None or not self.direction:
            return beside
        if self.change.verdict == "not covered":
            return f"{beside}; the reports do not cover the days before"
        return f"{beside}, {self.change.before} in as many days before: {self.change.verdict}"


@dataclass(frozen=True, slots=True)
class _Where:
    """A row of places, and why a statement is taken to be about it."""

    group: Group
    name: str
    why: str


def said_trends(facts: Facts, *, min_origins: int = 1) -> list[SaidTrend]:
    """The texts' own statements, in the order of their periods."""
    beside = _Beside(facts, counted(facts, min_origins))
    return sorted((beside.said(trend) for trend in facts.trends), key=lambda said: (said.period, said.id))


class _Beside:
    """Finds what the ledger counts beside a statement."""

    def __init__(self, facts: Facts, incidents: Sequence[FusedIncident]) -> None:
        self._facts, self._incidents = facts, incidents
        self._published = published_days(facts)
        self._by_report: defaultdict[str, list[FusedIncident]] = defaultdict(list)
        for incident in facts.incidents:
            for report in incident.reports:
                self._by_report[report].append(incident)

    def said(self, trend: FusedTrend) -> SaidTrend:
        """The statement with the ledger's figures."""
        place, type_ = self._place(trend), self._type(trend)
        why_not = "it names no place, nor do its reports tell of one alone" if place is None else None
        if not trend.period.is_known:
            why_not = "it names no days"
        same = [i for i in self._incidents if place and _is_same(i, place.group, type_)]
        found = tuple(i.id for i in same if _is_within(i.date, trend.period))
        return SaidTrend(
            id=trend.id,
            text=trend.text,
            value=trend.value,
            approximate=trend.approximate,
            direction=trend.direction or None,
            period=iso_words(trend.period),
            reports=trend.reports,
            n_origins=trend.n_origins,
            place=place.name if place else None,
            place_why=place.why if place else None,
            type=type_,
            incidents=None if why_not else found,
            change=None if why_not else self._change(same, trend.period),
            why_not=why_not,
        )

    def _change(self, incidents: Sequence[FusedIncident], period: PartialDate) -> Change | None:
        """The period beside as many days before it."""
        return (
            change_in(window(period.n_days, period.end, self._published), incidents) if period.end else None
        )

    def _place(self, trend: FusedTrend) -> _Where | None:
        """A town or division that its words name, else a country, else the one place of which its reports tell."""
        words = {self._facts.sentence(claim).text for claim in trend.claims}
        told = [i for report in trend.reports for i in self._by_report[report]]
        named = _of_places_named(words, self._towns)
        if len(named) == 1:
            return named.pop()
        lands = {code for text in words for code in _countries_in(text)}
        if len(lands) == 1:
            [code] = lands
            return _Where(("country", code), countries()[code].name, "its words name it")
        for kind in ("admin1", "country"):
            beside = {
                _Where(group, name, "its reports tell of incidents there alone")
                for incident in told
                for group, name, key in places_of(incident)
                if group[0] == kind and key is not None
            }
            if len(beside) == 1:
                return beside.pop()
        return None

    @cached_property
    def _towns(self) -> dict[tuple[str, ...], set[_Where]]:
        """Folded words of the ledger's towns and first-level divisions, and the divisions that they mean."""
        found: defaultdict[tuple[str, ...], set[_Where]] = defaultdict(set)
        for incident in self._facts.incidents:
            for group, name, key in places_of(incident):
                if group[0] == "admin1" and incident.place is not None:
                    for words in (incident.place.name, key or ""):
                        found[tuple(fold_words(words))].add(_Where(group, name, f"its words name {words}"))
        return found

    def _type(self, trend: FusedTrend) -> str | None:
        """The sort of incident that its weapons, or else its own word ("shelling"), make of it; None for any."""
        weapons = {str(claim.value) for claim in trend.claims if claim.field == "weapon"}
        types = {weapon_type(name) for name in weapons if weapon_type(name) != name}
        if not types:
            mentions = {claim.mention_id for claim in trend.claims}
            triggers = {self._facts.mentions[m].trigger.text for m in mentions if m in self._facts.mentions}
            families = (
                family_of(word, part) for text in triggers for word in fold_words(text) for part in _PARTS
            )
            types = {family.type for family in families if family and family.type}
        return types.pop() if len(types) == 1 else None


def _of_places_named(texts: Iterable[str], towns: Mapping[tuple[str, ...], set[_Where]]) -> set[_Where]:
    """The divisions of the places that stand in the texts; a place's name within a longer one is not counted."""
    found: set[_Where] = set()
    longest = max(map(len, towns), default=0)
    for text in texts:
        words, at = fold_words(text), 0
        while at < len(words):
            sizes = range(min(longest, len(words) - at), 0, -1)
            n = next((n for n in sizes if tuple(words[at : at + n]) in towns), 0)
            found |= towns.get(tuple(words[at : at + n]), set())
            at += n or 1
    return found


def _countries_in(text: str) -> Iterator[str]:
    """Countries where the text puts something: "across Iraq", not "U.S. troops" or "against Iran"."""
    for word in find_country_words(text):
        before = fold_words(text[: word.span.start])[-1:]
        if word.kind == "name" and before and before[0] in _WHERE:
            yield word.code


def _is_same(incident: FusedIncident, group: Group, type_: str | None) -> bool:
    """Whether an incident is of a place and sort."""
    in_place = any(group == of for of, _, _ in places_of(incident))
    return in_place and (incident.type == type_ if type_ else incident.plover == _VIOLENT)


def _is_within(day: PartialDate, period: PartialDate) -> bool:
    if day.start is None or day.end is None or period.start is None or period.end is None:
        return False
    return period.start <= day.start and day.end <= period.end
