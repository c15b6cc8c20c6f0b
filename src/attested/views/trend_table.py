"""Incidents counted by week or month, type, place and actor, with their change over 4 and 52 weeks.

An incident is counted in a week, a month or a run of days only if all its days lie in it. What is known less exactly
is counted apart, not spread.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from attested.incidents.fused import FusedIncident
from attested.text.countries import countries
from attested.text.normalise import fold
from attested.values import PartialDate
from attested.views.change import Change, Window, change_in, published_days, window
from attested.views.facts import Facts
from attested.views.words import place_name

PeriodKind = Literal["week", "month"]
GroupKind = Literal["all", "type", "country", "admin1", "actor"]
GROUPS: tuple[GroupKind, ...] = ("all", "type", "country", "admin1", "actor")
FOUR_WEEKS, FIFTY_TWO_WEEKS = 28, 364  # days: every weekday as often in both runs
NO_PLACE, NO_ACTOR = "no place told", "nobody blamed"
Group = tuple[GroupKind, str]
_Named = tuple[Group, str, str | None]  # with the name to show and the key


@dataclass(frozen=True, slots=True)
class Toll:
    """Killed over several incidents: sums of their least, best and greatest figures. ``n_known`` incidents have one."""

    low: int
    best: int
    high: int
    n_known: int


@dataclass(frozen=True, slots=True)
class Period:
    """One week (ISO 8601, ``2025-W11``) or month (``2025-03``); ``n_reports`` were published in it."""

    name: str
    start: date
    end: date
    incidents: tuple[str, ...]
    killed: Toll | None
    n_reports: int


@dataclass(frozen=True, slots=True)
class Row:
    """The incidents of one type, place or actor, by id. ``periods`` are those with incidents.

    ``wider``: their days lie in more than one period; ``undated``: no day is known. ``key`` is the country, the
    first-level division or the actor's id.
    """

    by: GroupKind
    name: str
    key: str | None
    incidents: tuple[str, ...]
    periods: Mapping[str, tuple[str, ...]]
    wider: tuple[str, ...]
    undated: tuple[str, ...]
    killed: Toll | None
    four_weeks: Change | None
    fifty_two_weeks: Change | None


@dataclass(frozen=True, slots=True)
class TrendTable:
    """All rows, as reckoned on ``end``: the day asked for, or else the last on which a report was published.

    ``n_left_out`` incidents have fewer origins than asked for.
    """

    by: PeriodKind
    end: date | None
    first_report: date | None
    min_origins: int
    n_left_out: int
    four_weeks: Window | None
    fifty_two_weeks: Window | None
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]

    @property
    def n_judged(self) -> int:
        """How many pairs of counts were compared: chance alone makes LEVEL of them a change, at most."""
        changes = (c for row in self.rows for c in (row.four_weeks, row.fifty_two_weeks))
        return sum(c is not None and c.chance is not None for c in changes)


def trend_table(facts: Facts, *, by: PeriodKind = "week", min_origins: int = 1) -> TrendTable:
    """Counts of the incidents that at least ``min_origins`` independent origins tell of."""
    incidents = counted(facts, min_origins)
    published = published_days(facts)
    end = facts.as_of or max(published, default=None)
    windows = [window(days, end, published) if end else None for days in (FOUR_WEEKS, FIFTY_TWO_WEEKS)]
    return TrendTable(
        by=by,
        end=end,
        first_report=min(published, default=None),
        min_origins=min_origins,
        n_left_out=len(facts.incidents) - len(incidents),
        four_weeks=windows[0],
        fifty_two_weeks=windows[1],
        periods=tuple(_periods(by, incidents, published, end)),
        rows=tuple(_rows(by, incidents, windows)),
    )


def counted(facts: Facts, min_origins: int) -> list[FusedIncident]:
    """The incidents with so many origins."""
    return [incident for incident in facts.incidents if incident.n_origins >= min_origins]


def toll_of(incidents: Iterable[FusedIncident]) -> Toll | None:
    """Their killed, summed; None where nobody gives a figure."""
    known = [incident.killed for incident in incidents if incident.killed is not None]
    if not known:
        return None
    low, best, high = (sum(getattr(count, part) for count in known) for part in ("low", "best", "high"))
    return Toll(low, best, high, len(known))


def period_of(by: PeriodKind, interval: PartialDate) -> str | None:
    """The week or month that holds all days of an interval; None if none does."""
    if interval.start is None or interval.end is None:
        return None
    first, last = (_name(by, day) for day in (interval.start, interval.end))
    return first if first == last else None


def _name(by: PeriodKind, day: date) -> str:
    if by == "month":
        return f"{day.year}-{day.month:02d}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _bounds(by: PeriodKind, day: date) -> tuple[date, date]:
    """First and last day of the period in which a day lies."""
    if by == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _periods(
    by: PeriodKind, incidents: Sequence[FusedIncident], published: Sequence[date], end: date | None
) -> Iterator[Period]:
    """Every period from the first report to the end, those without incidents too, and others with incidents."""
    members: dict[str, list[FusedIncident]] = defaultdict(list)
    starts: set[date] = set()
    for incident in incidents:
        home = period_of(by, incident.date)
        if home is not None and incident.date.start is not None:
            members[home].append(incident)
            starts.add(_bounds(by, incident.date.start)[0])
    if published and end is not None:
        day = _bounds(by, published[0])[0]
        while day <= end:
            starts.add(day)
            day = _bounds(by, day)[1] + timedelta(days=1)
    n_reports = Counter(_name(by, day) for day in published)
    for start in sorted(starts):
        name = _name(by, start)
        ids = tuple(incident.id for incident in members[name])
        yield Period(name, start, _bounds(by, start)[1], ids, toll_of(members[name]), n_reports[name])


# --- rows -------------------------------------------------------------------------------------------------------------


def _rows(
    by: PeriodKind, incidents: Sequence[FusedIncident], windows: Sequence[Window | None]
) -> Iterator[Row]:
    """All incidents, then types, countries, divisions and actors, the largest first, what is not told last."""
    members: dict[Group, list[FusedIncident]] = defaultdict(list)
    names: dict[Group, Counter[str]] = defaultdict(Counter)
    keys: dict[Group, str | None] = {}
    members["all", ""] = list(incidents)
    names["all", ""]["all"] = 1
    for incident in incidents:
        of_type: _Named = ("type", incident.type), incident.type, None
        for group, name, key in (of_type, *places_of(incident), *_actors(incident)):
            members[group].append(incident)
            names[group][name] += 1
            keys[group] = key
    shown = {group: min(found, key=lambda name: (-found[name], name)) for group, found in names.items()}
    order = sorted(
        members,
        key=lambda g: (
            GROUPS.index(g[0]),
            shown[g] in (NO_PLACE, NO_ACTOR),
            -len(members[g]),
            shown[g],
            g[1],
        ),
    )
    for group in order:
        yield _row(by, group[0], shown[group], keys.get(group), members[group], windows)


def places_of(incident: FusedIncident) -> Iterator[_Named]:
    """Its country, or the sea it happened at; and its first-level division where that is known."""
    place = incident.place
    if place is None:
        yield ("country", ""), NO_PLACE, None
        return
    country = countries().get(place.country or "")
    name = country.name if country else place_name(place)
    yield ("country", place.country or fold(name)), name, place.country
    if place.country and place.admin1:
        where = f"{place.admin1}, {place.country}"
        yield ("admin1", where), where, place.admin1


def _actors(incident: FusedIncident) -> Iterator[_Named]:
    """Whoever is alleged to have done it, each once; not what machine-spun text alone says."""
    named = {v.actor or fold(v.value): v for v in incident.perpetrator_alleged if not v.degraded}
    if not named:
        yield ("actor", ""), NO_ACTOR, None
    for key, value in named.items():
        yield ("actor", key), value.value, value.actor


def _row(
    by: PeriodKind,
    kind: GroupKind,
    name: str,
    key: str | None,
    incidents: Sequence[FusedIncident],
    windows: Sequence[Window | None],
) -> Row:
    homes: dict[str, list[str]] = defaultdict(list)
    for incident in incidents:
        if (home := period_of(by, incident.date)) is not None:
            homes[home].append(incident.id)
    dated = {one for ids in homes.values() for one in ids}
    four_weeks, fifty_two_weeks = (change_in(w, incidents) if w else None for w in windows)
    return Row(
        by=kind,
        name=name,
        key=key,
        incidents=tuple(incident.id for incident in incidents),
        periods={home: tuple(homes[home]) for home in sorted(homes)},
        wider=tuple(i.id for i in incidents if i.date.is_known and i.id not in dated),
        undated=tuple(i.id for i in incidents if not i.date.is_known),
        killed=toll_of(incidents),
        four_weeks=four_weeks,
        fifty_two_weeks=fifty_two_weeks,
    )
