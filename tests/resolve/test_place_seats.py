"""The town or country that a report is about, asked where an incident's own words name no place."""

from factory import report
from located import named, resolver

from attested.model import Report, Span
from attested.resolve.place_context import country_context
from attested.resolve.place_seats import find_seat
from attested.resolve.places import PlaceLink


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


def test_a_capital_that_stands_for_its_government_is_no_seat() -> None:
    text = "Washington blamed Tehran, and Washington sent ships. The men were killed in Basra, and Basra mourned."
    found = seat(report(text), LOC=["Washington", "Tehran", "Basra"])
    assert found is not None
    assert found.place is not None
    assert found.place.name == "Basrah"
    inside = seat(report("A bomb went off in Tehran. People in Tehran fled."), LOC=["Tehran"])
    assert inside is not None
    assert inside.place is not None
    assert inside.place.name == "Tehran"


def test_the_county_or_the_state_stands_in_where_no_town_is_named() -> None:
    owner = report("A boy was shot in Navarro County, Texas. The Navarro County sheriff asked for help.")
    found = seat(owner, LOC=["Navarro County", "Texas"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.precision) == ("Navarro County", 4)
    state = seat(report("Two were shot in rural Texas. Texas mourned."), LOC=["Texas"])
    assert state is not None
    assert state.place is not None
    assert (state.place.name, state.place.kind) == ("Texas", "admin1")


def test_towns_that_lie_together_give_the_one_named_most_less_exactly() -> None:
    owner = report(
        "Police in Burbank, in Glendale and in Pasadena, California, looked for the men. Burbank was calm."
    )
    found = seat(owner, LOC=["Burbank", "Glendale", "Pasadena", "California"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Burbank", "California")
    assert found.place.precision == 3


def test_an_unknown_town_in_the_dateline_is_the_seat_in_its_state() -> None:
    text = "QUILLBY, Mo. (AP) - A man was shot in Quillby on Friday. People in Quillby found him."
    found = seat(report(text, dateline=Span(0, 17, text[:17])), LOC=["Quillby"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1, found.place.lat) == ("Quillby", "Missouri", None)
    assert "no gazetteer" in found.why


def test_a_datelines_town_is_no_seat_of_what_the_headline_puts_in_an_unknown_one() -> None:
    text = "QUETTA - Rebels denied the attack in Zarghunkhel in Pakistan. They called Zarghunkhel their home."
    owner = report(text, headline="Rebels deny Zarghunkhel attack", dateline=Span(0, 6, "QUETTA"))
    found = seat(owner, LOC=["QUETTA", "Zarghunkhel", "Pakistan"])
    assert found is None or found.place is None or found.place.name != "Quetta"


def test_a_large_town_needs_no_state_in_a_dateline() -> None:
    text = "DALLAS - Four men were shot at a shop at Singleton and Hampton on Thursday, police said."
    found = seat(report(text, dateline=Span(0, 6, "DALLAS")), LOC=["DALLAS", "Singleton", "Hampton"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Dallas", "Texas")


def test_a_town_that_nobody_tagged_is_the_scene_where_its_state_is_told() -> None:
    text = (
        "BILLINGS, Mont. - A woman was shot at a home in Roundup on Sunday. She was taken to Billings. "
        "Her sister, who was in Roundup too, was not hurt. The shooting was the first in Roundup."
    )
    found = seat(report(text, dateline=Span(0, 15, text[:15])), LOC=["BILLINGS", "Mont.", "Billings"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Roundup", "Montana")


def test_a_county_hospital_is_of_no_town() -> None:
    found = seat(
        report("He died at Henry County Hospital in Illinois."), LOC=["Henry County Hospital", "Illinois"]
    )
    assert found is not None
    assert found.place is not None
    assert found.place.name == "Illinois"


def test_a_state_named_in_the_text_settles_the_town() -> None:
    owner = report(
        "A man was shot in Trenton on Monday. The Illinois State Police were called, an Illinois paper writes."
    )
    found = seat(owner, LOC=["Trenton"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Trenton", "Illinois")


def test_two_small_towns_of_one_state_do_not_outweigh_the_large_one() -> None:
    owner = report(
        "A man was shot in Trenton, in America, on Monday. Trenton's mayor came to Trenton's market."
    )
    found = seat(owner, LOC=["Trenton"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Trenton", "New Jersey")


def test_a_city_named_after_another_state_is_no_word_for_that_state() -> None:
    owner = report("Two were shot in Kansas City. Kansas City police ask for calls to 816-555-0134.")
    found = seat(owner, LOC=["Kansas City"])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Kansas City", "Missouri")
