from pathlib import Path

import pytest
from factory import claim, report
from hypothesis import given, settings
from hypothesis import strategies as st
from located import resolver

from attested.errors import DataError, InputError
from attested.evaluation.places import placed_in, read_gold
from attested.model import Name, Outline, Report, Span, Story
from attested.resolve.gazetteer import Gazetteer
from attested.resolve.place_claims import resolve_claim_places
from attested.resolve.place_context import CountryContext, country_context, text_context
from attested.resolve.place_phrases import parse_place_words, phrase_at
from attested.resolve.places import PlaceLink

SHARED = Path(__file__).parents[2].parent / "shared"
IRAQ = text_context("Iraq and Iraqi troops; Iraq; the U.S.")
COLOMBIA = text_context("Colombia, Colombian")
NIGERIA = text_context("Nigeria's Nigerian army in Nigeria")
AMERICA = text_context("the United States")
NOWHERE = CountryContext()


def link(phrase: str, context: CountryContext = IRAQ) -> PlaceLink:
    return resolver().resolve_place(phrase, context=context)


@pytest.mark.parametrize(
    ("phrase", "context", "name", "precision"),
    [
        ("Mosul", IRAQ, "Mosul", 1),
        ("the northern Iraqi city of Kirkuk", IRAQ, "Kirkuk", 1),
        ("Baghdad airport", IRAQ, "Baghdad International Airport", 1),
        ("Baghdad International Airport", IRAQ, "Baghdad International Airport", 1),
        ("Diyala province", IRAQ, "Diyala", 4),
        ("Diyala", IRAQ, "Diyala", 4),
        ("Iraq", IRAQ, "Iraq", 6),
        ("the Kurdish region", IRAQ, "Kurdistan Region", 5),
        ("Iraqi Kurdistan", IRAQ, "Kurdistan Region", 5),
        ("the Taji base", IRAQ, "Camp Taji", 1),
        ("Borno State", NIGERIA, "Borno", 4),
        ("the town of Chibok in Borno state", NIGERIA, "Chibok", 1),
        ("Maiduguri", NIGERIA, "Maiduguri", 1),
        ("Sambisa Forest", NIGERIA, "Sambisa Forest", 5),
        ("Cauca department", COLOMBIA, "Cauca", 4),
        ("Medellín's Comuna 13", COLOMBIA, "Comuna 13", 1),
        ("Columbus, Ohio", AMERICA, "Columbus", 1),
        ("Springfield, Mass.", AMERICA, "Springfield", 1),
        ("the Red Sea", IRAQ, "Red Sea", 7),
        ("off the coast of Nigeria", NIGERIA, "Nigeria", 7),
        ("on the border with Niger", NIGERIA, "Niger", 5),
        ("the Borno city of Maiduguri", NIGERIA, "Maiduguri", 1),
        ("in a camp in Jenin", NOWHERE, "Jenin", 1),
        ("a house on Mosul Avenue", IRAQ, None, 0),
        ("IN THE DEPARTMENT OF CAUCA", COLOMBIA, "Cauca", 4),
    ],
)
def test_places_as_written(phrase: str, context: CountryContext, name: str | None, precision: int) -> None:
    place = link(phrase, context).place
    assert (place and place.name, place.precision if place else 0) == (name, precision)


@pytest.mark.parametrize(
    ("phrase", "name", "relation", "precision"),
    [
        ("near Mosul", "Mosul", "near", 2),
        ("just outside Mosul", "Mosul", "outside", 2),
        ("on the outskirts of Mosul", "Mosul", "on the outskirts of", 2),
        ("a checkpoint south of Kirkuk", "Kirkuk", "south of", 2),
        ("an area 15 miles west of Samarra", "Samarra", "west of", 2),
        ("in Mosul", "Mosul", "", 1),
        ("eastern Mosul", "Mosul", "eastern", 1),
        ("western Iraq", "western Iraq", "western", 5),
        ("a house near Baghdad airport", "Baghdad International Airport", "near", 2),
    ],
)
def test_relations_are_kept(phrase: str, name: str, relation: str, precision: int) -> None:
    place = link(phrase).place
    assert place is not None
    assert (place.name, place.relation, place.precision) == (name, relation, precision)


def test_a_distance_moves_the_point() -> None:
    city, moved = link("Mosul").place, link("30 km south of Mosul").place
    assert city is not None
    assert moved is not None
    assert city.lat is not None
    assert moved.lat is not None
    assert city.lat - moved.lat == pytest.approx(0.27, abs=0.01)
    assert city.lon == moved.lon


def test_a_part_of_a_country_lies_on_that_side() -> None:
    north, south = link("northern Nigeria", NIGERIA).place, link("southern Nigeria", NIGERIA).place
    assert north is not None
    assert south is not None
    assert (north.lat or 0) > 9.5 > (south.lat or 90)
    assert north.country == south.country == "NG"


def test_between_two_places() -> None:
    place = link("on the road between Mosul and Kirkuk").place
    assert place is not None
    assert (place.precision, place.relation) == (5, "between")
    assert 35.4 < (place.lat or 0) < 36.4


def test_the_most_exact_name_is_meant_and_the_wider_ones_hold_it() -> None:
    place = link("Victoria Island in Lagos", NIGERIA).place
    assert place is not None
    assert place.country == "NG"
    names = [part.text for part in resolver().find_places("the Karrada district of Baghdad, Iraq")]
    assert names == ["Karrada", "Baghdad", "Iraq"]


def test_an_unknown_quarter_gives_its_city_less_exactly() -> None:
    place = link("Mosul's Zzyzqa district").place
    assert place is not None
    assert place.name == "Mosul"


def test_an_embassy_is_not_in_the_country_it_belongs_to() -> None:
    place = link("the Japanese embassy in Lima").place
    assert place is not None
    assert (place.name, place.country) == ("Lima", "PE")
    assert link("the French embassy").place is None


def test_the_capital_and_the_country_are_those_of_the_report() -> None:
    assert link("the capital", NIGERIA).place.name == "Abuja"  # type: ignore[union-attr]
    assert link("the country", COLOMBIA).place.country == "CO"  # type: ignore[union-attr]
    assert link("the north of the country", COLOMBIA).place.precision == 5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("phrase", "context"),
    [
        ("the scene", IRAQ),
        ("their homes", IRAQ),
        ("", IRAQ),
        ("Monday", IRAQ),
        ("Yambrosa", IRAQ),
        ("Swampscott", NIGERIA),  # a town of Massachusetts
        ("Las Palmas Viejas", NOWHERE),
    ],
)
def test_no_place_is_better_than_a_wrong_one(phrase: str, context: CountryContext) -> None:
    found = link(phrase, context)
    assert found.place is None
    assert found.score.value == 0
    assert found.why


def test_the_reports_country_decides_between_namesakes() -> None:
    tripoli = {
        code: link("Tripoli", text_context(land)).place for code, land in (("LY", "Libya"), ("LB", "Lebanon"))
    }
    assert {code: place.country for code, place in tripoli.items() if place} == {"LY": "LY", "LB": "LB"}


def test_a_well_known_city_abroad_needs_no_mention_of_its_country() -> None:
    place = link("Geneva").place
    assert place is not None
    assert place.country == "CH"


def test_rivals_and_reason_are_given() -> None:
    found = link("Córdoba", COLOMBIA)
    assert found.place is not None
    assert found.rivals
    assert "Colombia" in found.why
    assert 0 < found.score.value <= 1


@given(st.text(alphabet="abcABC ,.'’-ofnear NBIMS", max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_phrase_gives_a_link(phrase: str) -> None:
    found = link(phrase)
    assert 0 <= found.score.value <= 1
    assert found.place is None or 1 <= found.place.precision <= 7


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        ("a man was shot in Athens, Ga., on Monday", "Athens", "Athens, Ga."),
        ("in Athens, Georgia. Police", "Athens", "Athens, Georgia"),
        ("in Athens, police said", "Athens", "Athens"),
        ("in Athens, Rome and Paris", "Athens", "Athens"),
        ("in Fargo, N.D., and", "Fargo", "Fargo, N.D."),
    ],
)
def test_a_place_takes_the_state_that_follows_it(text: str, name: str, phrase: str) -> None:
    start = text.index(name)
    assert phrase_at(text, start, start + len(name)) == phrase


def outline_of(owner: Report, *places: str) -> Outline:
    names = [Name(i, i + len(place), place, "LOC") for place in places for i in [owner.text.index(place)]]
    return Outline(owner.id, sentences=(), names=tuple(names))


def test_places_of_a_report_are_settled_together() -> None:
    owner = report("A fire in Athens was seen from Atlanta and Macon. Georgia sent help.")
    context = country_context(
        owner, outline_of(owner, "Athens", "Atlanta", "Macon", "Georgia"), gazetteer=Gazetteer.open()
    )
    assert context.leading == "US"
    place = resolver().resolve_place("Athens", context=context).place
    assert place is not None
    assert place.admin1 == "Georgia"
    greek = report("A fire in Athens was seen from Piraeus. Greece sent help.")
    context = country_context(
        greek, outline_of(greek, "Athens", "Piraeus", "Greece"), gazetteer=Gazetteer.open()
    )
    assert resolver().resolve_place("Athens", context=context).place.country == "GR"  # type: ignore[union-attr]


def test_a_story_lends_its_country_to_a_report_that_names_none() -> None:
    bare = report("Gunmen attacked Hit at dawn, residents said.")
    other = country_context(report("Iraqi police in Iraq said so."))
    assert country_context(bare).leading is None
    assert country_context(bare, story=[other]).leading == "IQ"


def test_headline_and_dateline_count() -> None:
    text = "KANO, Nov 3 - A bomb went off in a market."
    owner = report(text, headline="Bomb kills five in Nigerian market", dateline=Span(0, 4, "KANO"))
    assert country_context(owner, gazetteer=Gazetteer.open()).leading == "NG"


def test_claims_are_resolved_by_their_report_and_story() -> None:
    first = report("Rockets hit a base near Balad. Iraqi officials in Iraq blamed no one.", id="rp_one")
    second = report("Rockets hit a base near Balad, residents said.", id="rp_two")
    claims = [
        claim(first, place="near Balad", says="near Balad"),
        claim(second, place="near Balad", says="near Balad"),
    ]
    story = Story("st_1", "Rockets", ("rp_one", "rp_two"))
    links = resolve_claim_places(claims, [first, second], {}, [story], resolver=resolver())
    assert set(links) == {c.id for c in claims}
    for found in links.values():
        assert found.place is not None
        assert (found.place.country, found.place.relation, found.place.precision) == ("IQ", "near", 2)
    back = resolve_claim_places(claims[::-1], [second, first], {}, [story], resolver=resolver())
    assert back == links


def test_claims_of_other_fields_are_left_alone() -> None:
    owner = report("Two died in Kirkuk.")
    assert resolve_claim_places([claim(owner, killed=2, says="Two")], [owner], {}) == {}


def test_the_vocabulary_is_refused_when_malformed() -> None:
    with pytest.raises(DataError):
        parse_place_words({"relations": {}})
    good = {
        "relations": {},
        "directions": {"up": [2, 0]},
        "kinds": {},
        "owned": {},
        "before": {},
        "never": {},
    }
    with pytest.raises(DataError, match="up"):
        parse_place_words(good)


GOLD = """<articles><article docid="7"><title>Storm in Ohio</title><text>A storm hit Dublin, Ohio, and Columbus.</text>
<toponyms><toponym><start>12</start><end>18</end><phrase>Dublin</phrase>
<gaztag geonameid="1"><lat>40.1</lat><lon>-83.1</lon></gaztag></toponym>
<toponym><start>30</start><end>38</end><phrase>Columbus</phrase></toponym></toponyms></article></articles>"""


def test_gold_texts_are_read_and_placed(tmp_path: Path) -> None:
    path = tmp_path / "lgl.xml"
    path.write_text(GOLD, encoding="utf-8")
    gold = next(read_gold(path))
    assert [(p.text, gold.text[p.start : p.end]) for p in gold.places] == [("Dublin", "Dublin")]
    placed = placed_in(gold, resolver())[0]
    assert placed.km is not None
    assert placed.km < 20


def test_gold_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lgl.xml"
    path.write_text("no xml", encoding="utf-8")
    with pytest.raises(InputError, match="XML"):
        list(read_gold(path))


def test_geoparse_holds_its_floor_on_a_sample() -> None:
    path = SHARED / "data" / "geoparse" / "GeoVirus.xml"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    placed = [p for gold in list(read_gold(path))[::6] for p in placed_in(gold, resolver())]
    near = sum(p.km is not None and p.km <= 161 for p in placed)
    assert near / len(placed) > 0.8
