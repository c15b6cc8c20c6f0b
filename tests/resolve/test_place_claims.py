"""Claims' words to places beside the report's town: quarters with far namesakes, far towns, towns nobody knows."""

from factory import claim, report
from located import named, resolver

from attested.model import Claim, Report, Span
from attested.resolve.place_claims import report_contexts, resolve_claim_places
from attested.resolve.place_seats import find_seats
from attested.resolve.places import PlaceLink


def place_of(owner: Report, says: str, **labels: list[str]) -> PlaceLink:
    """The link of a claim that the report puts something at these words, its seat known."""
    row: Claim = claim(owner, place=says, says=says)
    outlines = {owner.id: named(owner, **labels)}
    contexts = report_contexts([owner.id], {owner.id: owner}, outlines, resolver().gazetteer)
    seats = find_seats({owner.id: owner}, outlines, contexts, resolver())
    return resolve_claim_places(
        [row], [owner], outlines, resolver=resolver(), contexts=contexts, seats=seats
    )[row.id]


def test_a_quarter_is_a_part_of_the_reports_town_and_no_far_namesake() -> None:
    owner = report(
        "A man was shot in Avondale on Friday, Cincinnati police said. Two others were hurt, and Cincinnati's mayor "
        "asked people in Cincinnati to call.",
        headline="One dead in Cincinnati shooting",
    )
    link = place_of(owner, "Avondale", LOC=["Avondale", "Cincinnati"])
    assert link.place is not None
    assert (link.place.name, link.place.admin1, link.place.precision) == ("Cincinnati", "Ohio", 2)
    assert "Avondale" in link.why
    assert [rival.admin1 for rival in link.rivals] == ["Arizona"]


def test_a_town_that_is_told_with_its_state_stays_where_it_is() -> None:
    owner = report(
        "A man was shot in Avondale, Arizona, on Friday. Cincinnati police want him, and Cincinnati's mayor asked "
        "people in Cincinnati to call."
    )
    link = place_of(owner, "Avondale", LOC=["Avondale", "Arizona", "Cincinnati"])
    assert link.place is not None
    assert (link.place.name, link.place.admin1) == ("Avondale", "Arizona")


def test_a_capitals_dateline_does_not_draw_a_far_town_to_it() -> None:
    text = (
        "KABUL - A bomb killed four people in Tarin Kowt on Sunday, officials in Kabul said. The Kabul government "
        "blamed the Taliban, whom it fights all over Afghanistan."
    )
    owner = report(text, dateline=Span(0, 5, "KABUL"))
    link = place_of(owner, "Tarin Kowt", LOC=["KABUL", "Tarin Kowt", "Kabul", "Afghanistan"])
    assert link.place is not None
    assert (link.place.name, link.place.precision) == ("Tarinkot", 1)


def test_a_name_that_one_place_alone_bears_is_no_quarter() -> None:
    text = (
        "MAIDUGURI, Nigeria - Gunmen killed six people in Mubi. A spokesman in Maiduguri told reporters of "
        "Maiduguri's papers that the army of Nigeria was on its way."
    )
    owner = report(text, dateline=Span(0, 18, text[:18]))
    link = place_of(owner, "Mubi", LOC=["MAIDUGURI", "Mubi", "Maiduguri", "Nigeria"])
    assert link.place is not None
    assert (link.place.name, link.place.admin1) == ("Mubi", "Adamawa")


def test_a_quarter_by_its_side_of_the_town_names_no_place() -> None:
    owner = report("Three men were shot on the South Side of Chicago. Chicago police found no one.")
    assert place_of(owner, "the South Side", LOC=["South Side", "Chicago"]).place is None
    whole = place_of(owner, "the South Side of Chicago", LOC=["South Side", "Chicago"])
    assert whole.place is not None
    assert whole.place.name == "Chicago"


def test_the_rest_of_a_quarters_name_is_not_looked_up_alone() -> None:
    owner = report("Twelve were hurt in West Adams. Los Angeles police closed a road in Los Angeles.")
    link = place_of(owner, "West Adams", LOC=["West Adams", "Los Angeles"])
    assert link.place is not None
    assert (link.place.name, link.place.precision) == ("Los Angeles", 2)


def test_a_persons_house_is_no_town_of_the_name() -> None:
    owner = report("Ann Collins heard shots at Collins' home in Memphis, Tennessee.")
    assert place_of(owner, "Collins' home", LOC=["Memphis", "Tennessee"], PER=["Ann Collins"]).place is None


def test_a_town_that_no_gazetteer_has_keeps_its_name_and_gets_the_country() -> None:
    owner = report(
        "A mine exploded in the town of Zarghunkhel on Sunday. Pakistan's police in Quetta said that Pakistan's "
        "army had left Quetta for it."
    )
    link = place_of(owner, "the town of Zarghunkhel", LOC=["Zarghunkhel", "Pakistan", "Quetta"])
    assert link.place is not None
    assert (link.place.name, link.place.country, link.place.precision) == ("Zarghunkhel", "PK", 6)
    assert (link.place.lat, link.place.lon, link.place.kind) == (None, None, "town")
    assert "no gazetteer" in link.why
    assert "Pakistan" in link.why


def test_an_unknown_town_takes_the_state_that_its_phrase_names() -> None:
    owner = report("A boy was shot in the Wyoming town of Quillby Gap, the sheriff said.")
    link = place_of(owner, "the Wyoming town of Quillby Gap", LOC=["Wyoming", "Quillby Gap"])
    assert link.place is not None
    assert (link.place.name, link.place.admin1, link.place.precision) == ("Quillby Gap", "Wyoming", 4)


def test_a_bare_unknown_name_is_a_town_only_where_no_town_is_the_seat() -> None:
    owner = report("Marines landed at Quewaya Norte. Bolivia and Bolivia's neighbours met.")
    link = place_of(owner, "Quewaya Norte", LOC=["Quewaya Norte", "Bolivia"])
    assert link.place is not None
    assert (link.place.name, link.place.country) == ("Quewaya Norte", "BO")
    local = report("A man was shot in Quillby Flats. Memphis police said that Memphis was safe.")
    assert place_of(local, "Quillby Flats", LOC=["Quillby Flats", "Memphis"]).place is None


def test_what_is_told_as_the_citys_is_in_the_reports_town() -> None:
    owner = report(
        "A Boston boy was shot in the city's Dorchester neighborhood. Boston mourns him, and Boston schools are shut."
    )
    link = place_of(owner, "the city's Dorchester neighborhood", LOC=["Boston", "Dorchester"])
    assert link.place is not None
    assert (link.place.name, link.place.precision) == ("Boston", 2)
    assert "Dorchester" in link.why


def test_a_village_that_nobody_knows_is_not_in_the_country_where_the_reporter_sits() -> None:
    text = (
        "KABUL - A mediator called on both sides in Nigeria to lay down their arms. He told reporters in Kabul that a "
        "raid on the village of Umm Darwan had shocked him. No talks are planned in Kabul."
    )
    owner = report(text, dateline=Span(0, 5, "KABUL"))
    link = place_of(owner, "the village of Umm Darwan", LOC=["KABUL", "Nigeria", "Kabul", "Umm Darwan"])
    assert link.place is not None
    assert (link.place.name, link.place.country) == ("Umm Darwan", "NG")


def test_a_village_that_nobody_knows_is_in_the_datelines_country_where_no_other_is_told() -> None:
    text = "KABUL - Gunmen raided the village of Umm Darwan on Sunday, officials in Kabul said."
    owner = report(text, dateline=Span(0, 5, "KABUL"))
    link = place_of(owner, "the village of Umm Darwan", LOC=["KABUL", "Kabul", "Umm Darwan"])
    assert link.place is not None
    assert link.place.country == "AF"
