"""Claims' words to places: each phrase in its report's context, quarters of the report's town, towns nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from attested.model import Claim, Outline, Report, Story
from attested.resolve.gazetteer import LOOSE, Gazetteer
from attested.resolve.place_context import CountryContext, country_context, text_context
from attested.resolve.place_index import place_key
from attested.resolve.place_phrases import phrase_at, place_words
from attested.resolve.place_quarters import (
    Cities,
    apart,
    city_of,
    find_cities,
    has_namesakes,
    is_capital,
    is_great,
    stands_alone,
)
from attested.resolve.place_roles import is_care
from attested.resolve.place_seats import TOWN_PRECISION, at_home, is_town_seat, seat_share, unknown_town
from attested.resolve.places import NEAR, PlaceLink, PlaceResolver
from attested.values import Place, Score

_SENTENCE_FACTOR = 2.0  # a country named in the claim's own sentence counts for this many mentions more
_STORY_SHARE = 0.3  # the other reports of the story together, beside the claim's own
_FAR_KM = 100.0  # from its town no quarter lies so far
_LEAST_SEAT = 0.5  # of all that the report names; gva train: odd names are then mostly in the city
_UNKNOWN = 0.5  # of the link of a town that no gazetteer of ours has
_NAME = r"((?:(?:al|el)-)?[A-Z][\w’'-]+(?: (?:(?:de|del|la|al|el|of|the) )?[A-Z][\w’'-]+){0,3})"
_TOWN_OF = re.compile(rf"\b(?:town|village|city|hamlet|settlement) (?:of|called|named) {_NAME}")
_NAME_TOWN = re.compile(rf"{_NAME} (?:town|village|hamlet)\b")
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is known where one claim's place is looked for."""

    claim: Claim
    report: Report | None
    outline: Outline | None
    context: CountryContext
    seat: PlaceLink | None
    cities: Cities


def report_contexts(
    report_ids: Iterable[str],
    reports: Mapping[str, Report],
    outlines: Mapping[str, Outline],
    gazetteer: Gazetteer,
) -> dict[str, CountryContext]:
    """The context of each of these reports that there is, by its id."""
    return {
        i: country_context(reports[i], outlines.get(i), gazetteer=gazetteer)
        for i in sorted(set(report_ids) & reports.keys())
    }


def resolve_claim_places(
    claims: Sequence[Claim],
    reports: Sequence[Report],
    outlines: Mapping[str, Outline],
    stories: Sequence[Story] = (),
    *,
    resolver: PlaceResolver | None = None,
    contexts: Mapping[str, CountryContext] | None = None,
    seats: Mapping[str, PlaceLink] | None = None,
) -> dict[str, PlaceLink]:
    """A link for every claim of field "place", by the claim's id.

    Without a resolver the user's gazetteer is opened; ``contexts`` are those of reports that are known already,
    ``seats`` the towns that reports are about. Raises DataError when the gazetteer's index cannot be built.
    """
    wanted = [claim for claim in claims if claim.field == "place" and isinstance(claim.value, str)]
    if not wanted:
        return {}
    resolver = resolver or PlaceResolver(Gazetteer.open())
    by_id = {report.id: report for report in reports}
    needed = {claim.report_id for claim in wanted}
    together = {i: story.reports for story in stories for i in story.reports}
    needed |= {other for i in needed for other in together.get(i, ())}
    own = dict(contexts or {})
    own |= report_contexts(needed - own.keys(), by_id, outlines, resolver.gazetteer)
    links: dict[str, PlaceLink] = {}
    cities: dict[str, Cities] = {}
    for claim in wanted:
        of = claim.report_id
        context = _claim_context(claim, own, together.get(of, ()))
        if of not in cities:
            report = by_id.get(of)
            cities[of] = find_cities(report, own[of], resolver) if report and of in own else Cities()
        sight = _Sight(claim, by_id.get(of), outlines.get(of), context, (seats or {}).get(of), cities[of])
        links[claim.id] = _link(sight, resolver)
    return links


def _link(sight: _Sight, resolver: PlaceResolver) -> PlaceLink:
    """The phrase's own place, unless it is a town nobody knows or the name of a quarter."""
    phrase, at = _wider_phrase(sight), sight.claim.span.start
    if sight.report is not None and is_care(sight.report.text, phrase, at):
        why = f"“{phrase}” is where the hurt were taken"
        return PlaceLink(None, Score(0.0, why), why=why)
    people = _surnames(sight.outline) if sight.outline else frozenset[str]()
    link = resolver.resolve_place(phrase, context=sight.context, people=people)
    if unknown := _unknown_town(sight, link, people, resolver):
        return unknown
    for other in (_quarter_of, _part_of_seat, _namesake):
        if found := other(phrase, sight, link, resolver):
            return found
    return link


def _quarter_of(phrase: str, sight: _Sight, link: PlaceLink, resolver: PlaceResolver) -> PlaceLink | None:
    """The city instead of its quarter, or of a far namesake of it."""
    place, report = link.place, sight.report
    if place is None or report is None or place.precision > TOWN_PRECISION:
        return None
    parts = resolver.find_places(phrase)
    name = next(
        (p.text for p in parts if place_key(p.text) == place_key(place.name)), parts[0].text if parts else ""
    )
    if not name:
        return None
    found = city_of(place, name, report, sight.cities, sight.context, resolver) or _of_the_city(
        name, place, sight
    )
    if found is None:
        return None
    city, why = found
    return PlaceLink(city, Score(link.score.value, why), (place,), f"“{phrase}”: {why}")


def _of_the_city(name: str, place: Place, sight: _Sight) -> tuple[Place, str] | None:
    """The report's town, where its words have "the city's" before a name."""
    town = sight.seat.place if sight.seat is not None and is_town_seat(sight.seat) else None
    owned = re.search(rf"\bcity['’]s (?:[\w-]+ )?{re.escape(name)}\b", sight.claim.sentence.text)
    if town is None or owned is None or town.name == place.name:
        return None
    return replace(
        town, precision=max(NEAR, town.precision)
    ), f"{name} is told as the city’s, and that is {town.name}"


def _wider_phrase(sight: _Sight) -> str:
    """The claim's phrase, with the state or country that follows it in the text."""
    report, span, value = sight.report, sight.claim.span, str(sight.claim.value)
    if report is None or report.text[span.start : span.end] != value:
        return value
    start = span.start - len(_whole_name(report.text[: span.start], value, sight.context))
    return phrase_at(report.text, start, span.end)


def _whole_name(before: str, value: str, context: CountryContext) -> str:
    """The word before a phrase that the report's names put with it: "Port " before "Gibson"."""
    word = re.search(r"[A-Z][\w’'-]+ $", before)
    return word[0] if word and place_key(word[0] + value) in context.evidence.settled else ""


def _claim_context(claim: Claim, own: Mapping[str, CountryContext], story: Sequence[str]) -> CountryContext:
    """The report's context with the claim's own sentence heavier and its story's reports lighter."""
    others = sorted(i for i in story if i != claim.report_id and i in own)
    added = [(own[i], _STORY_SHARE / len(others)) for i in others]
    sentence = (text_context(claim.sentence.text), _SENTENCE_FACTOR)
    return own.get(claim.report_id, CountryContext()).joined([sentence, *added])


def _surnames(outline: Outline) -> frozenset[str]:
    """The last words of persons' names, but those that the report has as often for a place."""
    found = Counter(name.text.split()[-1] for name in outline.names if name.label == "PER")
    places = Counter(name.text.split()[-1] for name in outline.names if name.label == "LOC")
    return frozenset(word for word, n in found.items() if n > places[word])


def _part_of_seat(phrase: str, sight: _Sight, link: PlaceLink, resolver: PlaceResolver) -> PlaceLink | None:
    """The report's town instead of a far namesake of its quarter, street or venue; None where nothing speaks for it.

    A report from a capital, and a name that only one place in the world bears, keep their far town.
    """
    place, seat = link.place, sight.seat
    if place is None or seat is None or seat.place is None or place.precision > TOWN_PRECISION:
        return None
    parts = resolver.find_places(phrase)
    town = seat.place
    if (
        len(parts) != 1
        or town.precision > TOWN_PRECISION
        or is_capital(town)
        or seat_share(seat) < _LEAST_SEAT
    ):
        return None
    km = apart(place, town)
    if km is None or km <= _FAR_KM or not stands_alone(place, parts[0].text, sight.context):
        return None
    if is_great(place, resolver) or not has_namesakes(parts[0].text, place, resolver):
        return None
    why = (
        f"a part of {town.name}, which the report is about: {place.name} {_of(place)}lies {km:.0f} km from it"
    )
    score = Score(round(seat.score.value, 3), why)
    return PlaceLink(
        replace(town, precision=max(NEAR, town.precision)), score, (place,), f"“{phrase}”: {why}"
    )


def _of(place: Place) -> str:
    return f"({place.admin1 or place.country}) " if place.admin1 or place.country else ""


def _unknown_town(
    sight: _Sight, link: PlaceLink, people: frozenset[str], resolver: PlaceResolver
) -> PlaceLink | None:
    """A town by the name as written where the words say that it is one, or a report about no town has it as a place."""
    if link.place is not None and link.place.precision <= TOWN_PRECISION:
        return None
    name = _said_town(sight) or _bare_name(sight, people)
    if not name or any(e.level < LOOSE for e in resolver.gazetteer.find(name) if link.place is None):
        return None
    place, why = unknown_town(name, link.place, _beside_dateline(sight))
    return PlaceLink(place, Score(_UNKNOWN, why), (), why)


def _namesake(phrase: str, sight: _Sight, link: PlaceLink, resolver: PlaceResolver) -> PlaceLink | None:
    """What is at the readers' home instead of a far namesake of it."""
    place, report, parts = link.place, sight.report, resolver.find_places(phrase)
    if place is None or report is None or len(parts) != 1:
        return None
    found = at_home(place, parts[0].text, report, sight.context, resolver)
    return PlaceLink(found[0], Score(_UNKNOWN, found[1]), (place,), found[1]) if found else None


def _beside_dateline(sight: _Sight) -> CountryContext:
    """The context without the dateline's town, where its country leads for it alone: a reporter sits there."""
    context, hub = sight.context, sight.cities.dateline
    if hub is None or hub.country != context.leading:
        return context
    own = sum(weight for _, _, weight, name in context.points if place_key(name) == place_key(hub.name))
    rows = [(code, weight - own if code == hub.country else weight) for code, weight in context.countries]
    return replace(context, countries=tuple(sorted(rows, key=lambda row: (-row[1], row[0]))))


def _said_town(sight: _Sight) -> str:
    """The name that the words call a town: "the town of Darwan", "Darwan village"."""
    span, value = sight.claim.span, str(sight.claim.value)
    before = ""
    if sight.report is not None and sight.report.text[span.start : span.end] == value:
        before = sight.report.text[max(0, span.start - 30) : span.start]
        value += sight.report.text[span.end : span.end + 12].partition("\n")[0]
    found = [*_TOWN_OF.finditer(before + value), *_NAME_TOWN.finditer(before + value)]
    inside = [
        m for m in found if m.end(1) > len(before) and m.start(1) < len(before) + len(str(sight.claim.value))
    ]
    return inside[0][1] if inside else ""


def _bare_name(sight: _Sight, people: frozenset[str]) -> str:
    """A phrase that is nothing but a name tagged as a place, in a report whose seat is no town."""
    name = _ARTICLE.sub("", str(sight.claim.value).partition(",")[0])
    if sight.outline is None or not re.fullmatch(_NAME, name) or name.split()[-1] in people:
        return ""
    last = name.split()[-1].lower()
    if last in place_words().never or last in place_words().kinds:
        return ""
    is_town = sight.seat is not None and is_town_seat(sight.seat)
    tagged = any(one.label == "LOC" and one.text == name for one in sight.outline.names)
    return name if tagged and not is_town else ""
