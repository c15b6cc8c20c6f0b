"""Claims -> an incident's shown values: the one function behind every view, of today or of any day.

Nothing here is stored as truth: the same claims give the same values, fewer claims (``as_of``) give the
values known then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from attested.incidents.context import FuseContext
from attested.incidents.contradictions import fields_apart, find_contradictions
from attested.incidents.corrections import corrected
from attested.incidents.counts import fuse_count, standing
from attested.incidents.fused import COUNTS, Contradiction, FusedIncident, FusedValue
from attested.incidents.perpetrators import FIELDS as PERPETRATORS
from attested.incidents.perpetrators import is_empty, named_in, who_says
from attested.incidents.profile import content_words
from attested.incidents.tolls import Figure, figures_of
from attested.incidents.untold import untold_day
from attested.mentions.days import DAY_NEARBY
from attested.model import Claim, Incident
from attested.resolve.place_seats import is_town_seat, seat_share
from attested.resolve.places import PlaceLink
from attested.text.normalise import fold
from attested.values import PartialDate, Place

__all__ = ["Contradiction", "FusedIncident", "FusedValue", "fuse_incident", "fuse_incidents"]

_SITE_PRECISION = 2
_IS_AGED = re.compile(r"\byears?-old\b", re.IGNORECASE)  # a person, whatever town is told of him
_DIVISIONS = frozenset({"admin1", "admin2"})
_SURE_SEAT = 0.6  # of all that a report names; gva train: such a town in the state told is mostly the city
# Fields whose values are phrases for one thing rather than names.
_PHRASES = frozenset({"target", "victims"})
# ACLED sub-event type -> PLOVER root (EXPORTS: most violence is ASSAULT).
_PLOVER = {
    "Peaceful protest": "PROTEST", "Protest with intervention": "PROTEST", "Violent demonstration": "PROTEST",
    "Mob violence": "PROTEST", "Arrests": "COERCE", "Looting/property destruction": "COERCE",
    "Agreement": "AGREE", "Government regains territory": "ASSAULT", "Disrupted weapons use": "COERCE",
}  # fmt: skip


def fuse_incidents(context: FuseContext) -> list[FusedIncident]:
    """All incidents, earliest day first, undated last."""
    fused = [fuse_incident(context, incident) for incident in context.incidents]
    return sorted(fused, key=lambda f: (f.date.start is None, f.date.start, f.date.end, f.id))


def fuse_incident(context: FuseContext, incident: Incident) -> FusedIncident:
    """One incident's values with what each rests on; a value that a person gave it wins."""
    found = corrected(_told_by_claims(context, incident), context.corrections.get(incident.id, ()))
    plover = _PLOVER.get(found.type, "ASSAULT")
    return found if found.plover == plover else replace(found, plover=plover)


def _told_by_claims(context: FuseContext, incident: Incident) -> FusedIncident:
    """One incident's values as its claims tell them."""
    claims = context.claims_of(incident.mention_ids)
    by_field: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_field[claim.field].append(claim)
    blaming = (c for c in claims if c.field in PERPETRATORS)
    said = who_says(c for c in blaming if not is_empty(c, context.sentence_of(c)))
    by_field.update(zip(PERPETRATORS, (said.alleged, said.claimed, said.denied), strict=True))
    date, date_why = fuse_date(context, incident.mention_ids, by_field["date"])
    reports = context.reports_of(incident.mention_ids)
    place, place_why = fuse_place(context, [*by_field["place"], *by_field["target"]], reports)
    figures = {field: standing(context, figures_of(claims, field)) for field in COUNTS}
    counts = {field: fuse_count(context, rows) for field, rows in figures.items()}
    values = {
        field: fuse_values(context, by_field[field])
        for field in ("weapon", "target", "victims", "effect", *PERPETRATORS)
    }
    return FusedIncident(
        id=incident.id,
        type=incident.type,
        plover=_PLOVER.get(incident.type, "ASSAULT"),
        date=date,
        place=place,
        killed=counts["killed"],
        injured=counts["injured"],
        abducted=counts["abducted"],
        missing=counts["missing"],
        reports=reports,
        n_reports=len(reports),
        n_origins=context.n_origins(reports),
        contradictions=find_contradictions(context, incident.type, by_field, figures, values),
        apart=fields_apart(context, by_field, figures),
        claims=tuple(claims),
        headline=_headline(context, incident),
        why_merged=incident.why_merged,
        date_why=date_why,
        place_why=place_why,
        told=_told(context, by_field, figures),
        corrections=(),
        **values,
    )


def _told(
    context: FuseContext, by_field: Mapping[str, Sequence[Claim]], figures: Mapping[str, Sequence[Figure]]
) -> dict[str, tuple[FusedValue, ...]]:
    """Every figure, day and place with who stands behind it, the best backed first."""
    groups: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for field, rows in figures.items():
        for figure in rows:
            groups[field][str(figure.value)] += figure.claims
    for claim in by_field.get("date", ()):
        anchored = context.resolved.dates.get(claim.id)
        if anchored is not None and anchored.date.is_known:
            groups["date"][anchored.date.iso()].append(claim)
    for claim in by_field.get("place", ()):
        link = context.resolved.places.get(claim.id)
        if link is not None and link.place is not None:
            groups["place"][link.place.name].append(claim)
    return {field: _ranked(context, values) for field, values in groups.items()}


def _ranked(context: FuseContext, values: Mapping[str, Sequence[Claim]]) -> tuple[FusedValue, ...]:
    rows = [context.fused_value(value, claims) for value, claims in values.items()]
    return tuple(sorted(rows, key=lambda v: (-v.n_origins, v.value)))


def fuse_values(context: FuseContext, claims: Sequence[Claim]) -> tuple[FusedValue, ...]:
    """Distinct values of a field, most origins first.

    Names of one actor are one value; so are phrases of which one says less ("the base", "the air base at X").
    """
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_value_key(context, claim)].append(claim)
    rows = [_fused_value(context, key, rows) for key, rows in _without_lesser(groups).items()]
    return tuple(sorted(rows, key=lambda v: (-v.n_origins, v.value, v.claims)))


def _without_lesser(groups: dict[str, list[Claim]]) -> dict[str, list[Claim]]:
    """Phrases whose words are all in a longer one joined to it; the longest words are shown."""
    kept: dict[str, list[Claim]] = {}
    words = {key: content_words([key]) for key in groups}
    for key in sorted(groups, key=lambda k: (-len(words[k]), k)):
        rows = groups[key]
        fuller = [k for k in kept if words[key] and words[key] < words[k] and rows[0].field in _PHRASES]
        kept.setdefault(fuller[0] if fuller else key, []).extend(rows)
    return kept


def _value_key(context: FuseContext, claim: Claim) -> str:
    actor = context.resolved.actors.get(claim.id)
    if actor is not None and claim.field not in {"target", "victims"}:
        return actor
    words = [w for w in fold(named_in(claim)).split() if w not in {"the", "a", "an"}]
    return " ".join(words)


def _fused_value(context: FuseContext, key: str, claims: Sequence[Claim]) -> FusedValue:
    actor = next((a for c in claims if (a := context.resolved.actors.get(c.id)) == key), None)
    name = context.actor_names.get(actor) if actor else None
    return context.fused_value(name or named_in(claims[0]), claims, actor)


def fuse_date(
    context: FuseContext, mention_ids: Iterable[str], claims: Sequence[Claim]
) -> tuple[PartialDate, str]:
    """The finest interval that most origins' claims allow, and why; ``untold_day`` if none is told.

    A day told nearby counts only where no report tells one with the incident itself: by itself, or inside the month or
    year that is told.
    """
    anchored = [(c, context.resolved.dates[c.id]) for c in claims if c.id in context.resolved.dates]
    told = [(c, a) for c, a in anchored if a.date.is_known]
    known = [(c, a) for c, a in told if c.unit != DAY_NEARBY] or told
    if known:
        weights = {day: _date_weight(context, day, known) for day in {a.date for _, a in known}}
        _, best = max(known, key=lambda row: (*weights[row[1].date], row[0].id))
        agreeing = [a.date for _, a in known if a.date.meets(best.date)]
        date = best.date
        for other in agreeing:
            date = date.narrowed(other) if other.n_days < date.n_days else date
        days = [a for _, a in told if a.date.n_days == 1]
        inside = [a for a in days if date.n_days > 1 and a.date.meets(date)]
        if inside:
            return date.narrowed(inside[0].date), inside[0].why
        return date, best.why
    return untold_day(context, mention_ids)


def _date_weight(
    context: FuseContext, date: PartialDate, known: Sequence[tuple[Claim, object]]
) -> tuple[int, int, int]:
    """Origins whose claims meet this date, exactness, earliness."""
    meeting = [c for c, _ in known if date.meets(context.resolved.dates[c.id].date)]
    assert date.start is not None
    return context.backing.count(meeting), -date.n_days, -date.start.toordinal()


def fuse_place(
    context: FuseContext, claims: Sequence[Claim], reports: Sequence[str] = ()
) -> tuple[Place | None, str]:
    """The most exact place in the country most origins give.

    What was hit counts as a place where none is told, or where it is a named site in the country told. Where the
    words for an incident name no place, or only a state or county, it is the town there that most of its reports are
    about.
    """
    links = [(c, link) for c in claims if (link := context.resolved.places.get(c.id)) and link.place]
    own = [row for row in links if row[0].field == "place"]
    country = _most(context, own or links, lambda link: link.place.country if link.place else None)
    sites = [row for row in links if row[0].field == "target" and _is_site(row[1], country)]
    sites = [row for row in sites if not _IS_AGED.search(row[0].span.text)]  # "Cy Dunn, 42-year-old, of Hull"
    inside = [
        row for row in (own + sites if own else links) if row[1].place and row[1].place.country == country
    ]
    if not inside:
        return _seat(context, reports)
    name = _most(context, _most_exact(inside), lambda link: link.place.name if link.place else None)
    rows = [row for row in inside if row[1].place and row[1].place.name == name]
    claim, link = min(rows, key=_surest)
    if link.place is not None and (finer := _town_in(context, link.place, reports)):
        return finer
    return link.place, link.why or f'"{claim.span.text}"'


def _surest(row: tuple[Claim, PlaceLink]) -> tuple[float, int, str, str]:
    """By score, then exactness, then words: claims' ids, which hold the pages' names, decide last."""
    claim, link = row
    return -link.score.value, link.place.precision if link.place else 0, claim.span.text, claim.id


def _town_in(context: FuseContext, wide: Place, reports: Sequence[str]) -> tuple[Place, str] | None:
    """The reports' town for an incident that they put in a state or county, if it lies there and is surely theirs."""
    if wide.kind not in _DIVISIONS or wide.admin1 is None:
        return None
    seat = _best_seat(context, reports)
    town = seat.place if seat is not None else None
    if seat is None or town is None or seat_share(seat) < _SURE_SEAT or not is_town_seat(seat):
        return None
    if (town.country, town.admin1) != (wide.country, wide.admin1):
        return None
    why = f"told of {wide.name}; {town.name} is the town there that the report names most"
    return replace(town, precision=max(town.precision, _SITE_PRECISION)), why


def _seat(context: FuseContext, reports: Sequence[str]) -> tuple[Place | None, str]:
    """The town that most origins of these reports are about."""
    seat = _best_seat(context, reports)
    return (seat.place, seat.why) if seat is not None else (None, "no place is told")


def _best_seat(context: FuseContext, reports: Sequence[str]) -> PlaceLink | None:
    """The seat of most origins of these reports; machine-spun text is asked where there is no other."""
    seats = context.resolved.seats
    asked = [r for r in context.sound(reports) or reports if r in seats]
    towns: dict[str, list[str]] = defaultdict(list)
    for report in asked:
        if (place := seats[report].place) is not None:
            towns[place.name].append(report)
    if not towns:
        return None
    name = min(towns, key=lambda n: (-context.n_origins(towns[n]), -len(towns[n]), n))
    return seats[max(towns[name], key=lambda r: (seats[r].score.value, r))]


def _is_site(link: PlaceLink, country: str | None) -> bool:
    """Whether a target's link is a place named exactly (UCDP where_prec 1 or 2) in this country."""
    return (
        link.place is not None and link.place.country == country and link.place.precision <= _SITE_PRECISION
    )


def _most_exact(rows: Sequence[tuple[Claim, PlaceLink]]) -> list[tuple[Claim, PlaceLink]]:
    """Rows within one step of the most exact precision."""
    finest = min(_exactness(link.place) for _, link in rows if link.place)
    return [row for row in rows if row[1].place and _exactness(row[1].place) <= finest + 1]


def _exactness(place: Place) -> int:
    """A place's precision; a town of which only the name is known is more exact than what it lies in."""
    return _SITE_PRECISION if place.lat is None and place.kind == "town" else place.precision


def _most(
    context: FuseContext,
    rows: Sequence[tuple[Claim, PlaceLink]],
    key: Callable[[PlaceLink], str | None],
) -> str | None:
    """The key with most origins behind it; ties go to the first in the alphabet."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim, link in rows:
        if (value := key(link)) is not None:
            claims[value].append(claim)
    return min(claims, key=lambda v: (-context.backing.count(claims[v]), v), default=None)


def _headline(context: FuseContext, incident: Incident) -> str:
    """The sentence of the mention that says most, from a report whose words are its own if there is one."""
    mentions = [context.mentions[m] for m in incident.mention_ids if m in context.mentions]
    fullest = max(
        mentions, key=lambda m: (m.report_id not in context.spun, len(m.roles), -m.trigger.start, m.id)
    )
    return fullest.sentence.text
