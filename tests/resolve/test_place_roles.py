"""What a name stands for: the scene of a deed weighs, homes, hospitals, streets and persons do not."""

import pytest
from factory import claim, report
from located import named, resolver

from attested.model import Report
from attested.resolve.place_claims import report_contexts, resolve_claim_places
from attested.resolve.place_context import country_context
from attested.resolve.place_roles import is_care, role_weights
from attested.resolve.place_seats import find_seat


def seat_of(owner: Report, **labels: list[str]) -> str:
    outline = named(owner, **labels)
    context = country_context(owner, outline, gazetteer=resolver().gazetteer)
    found = find_seat(owner, outline, context, resolver())
    return found.place.name if found is not None and found.place is not None else ""


@pytest.mark.parametrize(
    ("text", "scene", "other"),
    [
        (
            "Two men were found dead in Memphis, Tennessee. The suspect, 30, of Nashville, fled.",
            "memphis",
            "nashville",
        ),
        ("A boy was shot in Memphis. He was flown to a hospital in Nashville.", "memphis", "nashville"),
        ("The shooting happened near Memphis, at the end of Nashville Avenue.", "memphis", "nashville"),
    ],
)
def test_a_scene_weighs_more_than_a_home_a_hospital_or_a_street(text: str, scene: str, other: str) -> None:
    owner = report(text)
    weights = role_weights(owner, named(owner, LOC=["Memphis", "Nashville"]))
    assert weights[scene] > 0 > weights[other]


def test_a_persons_name_is_no_town() -> None:
    owner = report("Police in Tennessee named the dead man as Joe Memphis. Memphis was shot in Nashville.")
    labels = {"PER": ["Joe Memphis"], "LOC": ["Tennessee", "Memphis", "Nashville"]}
    assert seat_of(owner, **labels) == "Nashville"


def test_the_town_whose_police_speaks_is_asked_where_no_other_is_named() -> None:
    owner = report(
        "A man was shot at his flat on Monday, Federal Way officials said. Federal Way police found him."
    )
    assert seat_of(owner) == "Federal Way"


def test_a_bare_name_is_the_largest_town_of_it_where_no_country_is_told() -> None:
    owner = report(
        "A man was shot in Trenton on Monday. Trenton’s mayor came.", headline="Man shot in Trenton"
    )
    assert seat_of(owner, LOC=["Trenton"]) == "Trenton"


def test_a_feast_in_the_headline_is_no_unknown_town() -> None:
    text = "INDIANAPOLIS, Ind. - A girl was shot at a flat in Indianapolis on New Year’s Eve. New Year is no feast now."
    owner = report(text, headline="Girl shot on New Year’s Eve")
    assert seat_of(owner, LOC=["INDIANAPOLIS", "Ind.", "Indianapolis", "New Year"]) == "Indianapolis"


def test_the_hospital_of_the_hurt_is_no_place_of_the_deed() -> None:
    text = "Two men of Memphis, Tennessee, were shot and taken to a hospital in Nashville."
    owner = report(text)
    row = claim(owner, place="a hospital in Nashville", says="a hospital in Nashville")
    outlines = {owner.id: named(owner, LOC=["Memphis", "Tennessee", "Nashville"])}
    contexts = report_contexts([owner.id], {owner.id: owner}, outlines, resolver().gazetteer)
    found = resolve_claim_places([row], [owner], outlines, resolver=resolver(), contexts=contexts)[row.id]
    assert found.place is None
    assert "were taken" in found.why
    assert not is_care("A rocket hit a hospital in Idlib.", "a hospital in Idlib", 13)


def test_a_name_with_an_age_is_a_person() -> None:
    text = "A man was shot in Nashville, Tennessee. {} Memphis was well liked, and Memphis had sons."
    for told in ("The dead man is Memphis, 27, police said.", "The 27-year-old Joe Memphis was hit twice."):
        assert seat_of(report(text.format(told)), LOC=["Memphis", "Nashville", "Tennessee"]) == "Nashville"
    assert role_weights(report("A 27-year-old Memphis man fled."), named(report("x")))["memphis"] == 0.0


def test_the_west_side_of_a_headline_is_no_town() -> None:
    owner = report("A man was shot in Chicago on Friday.", headline="Man shot at West Side party")
    assert seat_of(owner, LOC=["Chicago"]) == "Chicago"
