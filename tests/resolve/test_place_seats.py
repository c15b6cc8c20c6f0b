"""The town or country that a report is about, asked where an incident's own words name no place."""

from functools import cache

from factory import report

from attested.model import Name, Outline, Report, Span
from attested.resolve.gazetteer import Gazetteer
from attested.resolve.place_context import country_context
from attested.resolve.place_seats import find_seat
from attested.resolve.places import PlaceLink, PlaceResolver


@cache
def resolver() -> PlaceResolver:
    return PlaceResolver(Gazetteer.open())


def named(owner: Report, **labels: list[str]) -> Outline:
    """An outline with every occurrence of these names, by label."""
    found = []
    for label, names in labels.items():
        for name in names:
            at = owner.text.find(name)
            while at >= 0:
                found.append(Name(at, at + len(name), name, label))
                at = owner.text.find(name, at + 1)
    return Outline(owner.id, (), names=tuple(sorted(found, key=lambda n: n.start)))


def seat(owner: Report, **labels: list[str]) -> PlaceLink | None:
    outline = named(owner, **labels)
    context = country_context(owner, outline, gazetteer=resolver().gazetteer)
    return find_seat(owner, outline, context, resolver())


def test_the_town_named_most_is_the_seat() -> None:
    owner = report(
        "Two men were shot in Maiduguri. Traders in Maiduguri, Nigeria, shut their stalls. One is from Kano."
    )
    found = seat(owner, LOC=["Maiduguri", "Nigeria", "Kano"])
    assert found is not None
    assert found.place is not None
    assert found.place.name == "Maiduguri"
    assert "names most" in found.why
    assert found.score.value <= 0.6


def test_a_town_stands_in_the_names_of_its_bodies() -> None:
    owner = report(
        "A man was shot on Elm Street. The Memphis Police Department is asking for help in Tennessee."
    )
    found = seat(owner, LOC=["Tennessee"], ORG=["Memphis Police Department"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Memphis", "Tennessee")


def test_a_capital_in_the_dateline_alone_is_no_seat() -> None:
    text = "ABUJA, Nigeria - Gunmen shot three farmers of a village in Nigeria, the Nigerian army said."
    owner = report(text, dateline=Span(0, 14, text[:14]))
    found = seat(owner, LOC=["ABUJA", "Nigeria"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.precision) == ("Nigeria", 6)


def test_no_seat_where_towns_share_a_report_and_no_country_is_named() -> None:
    owner = report("Shots were heard in Kano and in Lagos, in Jos and in Ibadan.")
    found = seat(owner, LOC=["Kano", "Lagos", "Jos", "Ibadan"])
    assert found is None or found.place is None or found.place.kind == "country"
    assert seat(report("Shots were heard at night.")) is None
