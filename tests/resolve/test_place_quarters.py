"""Quarters and their namesakes give way to the city whose police, possessive or dateline the report has."""

import pytest
from factory import claim, report
from located import named, resolver

from attested.model import Report, Span
from attested.resolve.place_claims import report_contexts, resolve_claim_places
from attested.resolve.place_seats import find_seats
from attested.resolve.places import PlaceLink


def placed(owner: Report, says: str, *names: str) -> PlaceLink:
    """The link of a claim that the report puts something at these words."""
    row = claim(owner, place=says, says=says)
    outlines = {owner.id: named(owner, LOC=[says, *names])}
    contexts = report_contexts([owner.id], {owner.id: owner}, outlines, resolver().gazetteer)
    seats = find_seats({owner.id: owner}, outlines, contexts, resolver())
    return resolve_claim_places(
        [row], [owner], outlines, resolver=resolver(), contexts=contexts, seats=seats
    )[row.id]


@pytest.mark.parametrize(
    ("text", "says", "names", "city"),
    [
        ("Two men were shot in South Shore, Chicago police said.", "South Shore", ["Chicago"], "Chicago"),
        ("A girl was shot in Boston’s Dorchester on Monday.", "Dorchester", ["Boston"], "Boston"),
        ("A boy was shot in Roxbury. Boston police had no suspect.", "Roxbury", ["Boston"], "Boston"),
    ],
)
def test_a_quarter_or_its_namesake_is_shown_as_its_city(
    text: str, says: str, names: list[str], city: str
) -> None:
    link = placed(report(text), says, *names)
    assert link.place is not None
    assert (link.place.name, link.place.precision) == (city, 2)
    assert says in link.why


def test_a_quarter_so_called_is_the_datelines() -> None:
    text = "CHICAGO - Two men were shot in the Morgan Park neighborhood on Monday."
    link = placed(report(text, dateline=Span(0, 7, "CHICAGO")), "Morgan Park", "CHICAGO")
    assert link.place is not None
    assert link.place.name == "Chicago"


@pytest.mark.parametrize(
    ("text", "says", "names"),
    [
        ("A man was shot in Evanston. Evanston police and Chicago police came.", "Evanston", ["Chicago"]),
        ("A bomb went off in Taji. Baghdad police found four dead.", "Taji", ["Baghdad"]),
        (
            "Gunmen killed six people in Mubi, in the state of Adamawa. Maiduguri police sent men.",
            "Mubi",
            ["Adamawa", "Maiduguri"],
        ),
    ],
)
def test_a_town_with_a_police_near_a_capital_or_in_a_state_told_stays(
    text: str, says: str, names: list[str]
) -> None:
    link = placed(report(text), says, *names)
    assert link.place is not None
    assert link.place.name == says


def test_a_far_namesake_gives_way_to_the_dateline_of_a_local_report_and_to_no_agencys() -> None:
    text = "SALT LAKE CITY - A man was shot in a Capitol Hill flat on Monday."
    local = report(text, dateline=Span(0, 14, text[:14]))
    link = placed(local, "a Capitol Hill flat", "SALT LAKE CITY", "Capitol Hill")
    assert link.place is not None
    assert link.place.name == "Salt Lake City"
    assert "lies in" in link.why
    wire = report(text, dateline=Span(0, 14, text[:14]), agency="Reuters")
    assert "lies in" not in placed(wire, "a Capitol Hill flat", "SALT LAKE CITY", "Capitol Hill").why


def test_a_quarter_whose_name_a_foreign_city_bears_is_the_datelines() -> None:
    text = "NASHVILLE, Tenn. - A boy was shot dead in Bordeaux on Tuesday. The boy lived in Bordeaux."
    link = placed(report(text, dateline=Span(0, 16, text[:16])), "Bordeaux", "NASHVILLE", "Tenn.")
    assert link.place is not None
    assert link.place.name == "Nashville"


def test_what_stands_behind_block_of_is_a_street() -> None:
    text = "THORNTON, Colo. - A girl was shot in the 13000 block of Monaco Way. Thornton police came."
    link = placed(report(text, dateline=Span(0, 15, text[:15])), "the 13000 block of Monaco Way", "THORNTON")
    assert link.place is None or link.place.name == "Thornton"


@pytest.mark.parametrize(
    ("text", "says", "names"),
    [
        ("Cologne police said that men were also robbed in Hamburg.", "Hamburg", ["Cologne"]),
        (
            "A bomb went off in Nice on Monday. Crowds left Nice. Shops in Nice closed. Last year it was Brussels.",
            "Brussels",
            ["Nice"],
        ),
    ],
)
def test_a_far_great_city_is_no_quarter_of_the_town_that_a_report_is_about(
    text: str, says: str, names: list[str]
) -> None:
    link = placed(report(text), says, *names)
    assert link.place is not None
    assert link.place.name == says
