import random

import pytest
from factory import claim, report
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import DataError
from attested.ids import make_id
from attested.model import Name, Outline, Quote, Report, Span, Story, Voice
from attested.resolve.actor_junk import names_nobody
from attested.resolve.actor_names import (
    clean_body,
    clean_person,
    find_definitions,
    is_acronym,
    known_actors,
    known_by_key,
    name_key,
    parse_actor_words,
    person_parts,
    sound_key,
)
from attested.resolve.actors import Actors, resolve_actors
from attested.values import Actor


def outline(owner: Report, **labels: str) -> Outline:
    """Names of a report by label: ``PER="Ana Ruiz;Ruiz"``, every place where they stand."""
    names = []
    for label, texts in labels.items():
        for text in texts.split(";"):
            at = owner.text.find(text)
            while at >= 0:
                names.append(Name(at, at + len(text), text, label))
                at = owner.text.find(text, at + len(text))
    return Outline(owner.id, sentences=(), names=tuple(sorted(names, key=lambda n: n.start)))


def resolved(*pairs: tuple[Report, Outline], stories: tuple[Story, ...] = ()) -> Actors:
    return resolve_actors([r for r, _ in pairs], {r.id: o for r, o in pairs}, stories=stories)


def one(text: str, **labels: str) -> Actors:
    owner = report(text)
    return resolved((owner, outline(owner, **labels)))


def names_of(actor: Actor | None) -> set[str]:
    return set() if actor is None else {actor.name, *actor.aliases}


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Defence Minister Ibrahim Kasongo", "Ibrahim Kasongo"),
        ("Gen. Luis Ortega's", "Luis Ortega"),
        ("Peruvian President Rosa Quispe", "Rosa Quispe"),
        ("Mr. Okonkwo", "Okonkwo"),
        ("Jordan Smith", "Jordan Smith"),
        ("Ortega", "Ortega"),
        ("", ""),
    ],
)
def test_titles_are_no_part_of_a_name(written: str, clean: str) -> None:
    assert clean_person(written) == clean


@pytest.mark.parametrize(
    ("name", "given_names", "surname"),
    [
        ("Hamid al-Rashidi", ("hamid",), "rashidi"),
        ("Karim bin Yusuf", ("karim",), "yusuf"),
        ("bin Yusuf", (), "yusuf"),
        ("James “Buck” Turner", ("james", "buck"), "turner"),
        ("Turner Jr.", (), "turner"),
    ],
)
def test_parts_of_a_name(name: str, given_names: tuple[str, ...], surname: str) -> None:
    assert person_parts(name) == (given_names, surname)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qasem", "Kassim"),
        ("Suleiman", "Sulayman"),
        ("Hizbullah", "Hezbollah"),
        ("Ghazi", "Gazi"),
        ("Yusuf", "Yousef"),
    ],
)
def test_romanisations_sound_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(("one", "other"), [("Ortega", "Ordaz"), ("Miller", "Keller"), ("Hassan", "Hammad")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize("text", ["PMF", "M23", "U.N.", "M-19", "FARC"])
def test_acronyms(text: str) -> None:
    assert is_acronym(text)


@pytest.mark.parametrize("text", ["Pmf", "A", "1989", "ANKARA!", "GOVERNMENT"])
def test_no_acronyms(text: str) -> None:
    assert not is_acronym(text)


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("the Northern River Front (NRF) said", "Northern River Front", "NRF"),
        ("Union for the Defence of Peasants (“UDP”)", "Union for the Defence of Peasants", "UDP"),
        ("Ejercito de Liberacion del Sur (ELS)", "Ejercito de Liberacion del Sur", "ELS"),
    ],
)
def test_definitions(text: str, full: str, short: str) -> None:
    assert [(f, s) for _, f, s in find_definitions(text)] == [(full, short)]


@pytest.mark.parametrize(
    "text", ["the new road (NRF)", "General Ortega (Colombia)", "a Front (2019)", "Big Bad Wolf (XYZ)"]
)
def test_no_definitions(text: str) -> None:
    assert list(find_definitions(text)) == []


def test_a_surname_is_the_person_fully_named_in_the_report() -> None:
    actors = one("Interior Minister Rosa Quispe spoke. Quispe left early.", PER="Rosa Quispe;Quispe")
    assert [(a.name, a.aliases, a.kind) for a in actors.actors] == [("Rosa Quispe", ("Quispe",), "person")]


def test_a_surname_of_two_persons_is_nobodys() -> None:
    owner = report("Rosa Quispe met Pedro Quispe. Quispe left.")
    actors = resolved((owner, outline(owner, PER="Rosa Quispe;Pedro Quispe;Quispe")))
    assert {a.name for a in actors.actors} == {"Rosa Quispe", "Pedro Quispe"}
    assert actors.find("Quispe", owner.id) is None


def test_a_surname_finds_its_person_in_the_story_but_not_in_another() -> None:
    full, short, other = (
        report(text) for text in ("Hamid al-Rashidi spoke.", "Al-Rashidi spoke.", "Rashidi sang.")
    )
    pairs = [
        (r, outline(r, PER=text))
        for r, text in ((full, "Hamid al-Rashidi"), (short, "Al-Rashidi"), (other, "Rashidi"))
    ]
    stories = (Story("st_1", "", (full.id, short.id)), Story("st_2", "", (other.id,)))
    actors = resolved(*pairs, stories=stories)
    assert actors.find("Al-Rashidi", short.id) == actors.find("Hamid al-Rashidi", full.id)
    assert actors.find("Rashidi", other.id) != actors.find("Hamid al-Rashidi", full.id)


def test_spellings_of_one_name_are_one_person() -> None:
    texts = ("Yousef Karimi spoke.", "Yusuf Karimi spoke.", "Youssef Karimy spoke.")
    pairs = [(r, outline(r, PER=text.removesuffix(" spoke."))) for text in texts for r in [report(text)]]
    assert len(resolved(*pairs).actors) == 1


def test_different_people_with_one_surname_stay_apart() -> None:
    pairs = [
        (r, outline(r, PER=text))
        for text in ("John Reed", "Maria Reed", "Jane Rudd", "Hassan Ali", "Hosni Ali")
        for r in [report(text + " spoke.")]
    ]
    assert len(resolved(*pairs).actors) == 5


def test_known_bodies_come_under_one_name_with_the_aliases_seen() -> None:
    first = report("Colombia said the Revolutionary Armed Forces of Colombia had laid the mine.")
    second = report("In Colombia a FARC front and the ELN fought.")
    actors = resolved((first, outline(first)), (second, outline(second)))
    farc = actors.find("FARC", second.id)
    assert farc is not None
    assert names_of(farc) == {"Revolutionary Armed Forces of Colombia", "FARC"}
    assert (farc.kind, farc.country) == ("armed group", "CO")
    assert farc == actors.find("the Revolutionary Armed Forces of Colombia", first.id)


def test_initials_need_their_country_in_the_text() -> None:
    actors = one("The ADF said two of its soldiers were hurt in training near Darwin, Australia.")
    assert actors.find("ADF", "") is None
    congo = one("The ADF killed nine villagers in Congo's Ituri province.")
    assert [a.name for a in congo.actors if a.kind == "armed group"] == ["Allied Democratic Forces"]


def test_initials_mean_what_the_report_says() -> None:
    owner = report("The Peasant Mutual Fund (PMF) of Iraq met. The PMF voted.")
    actors = resolved((owner, outline(owner, ORG="Peasant Mutual Fund;PMF")))
    assert names_of(actors.find("PMF", owner.id)) == {"Peasant Mutual Fund", "PMF"}


def test_the_pronoun_who_is_no_health_agency() -> None:
    assert one("Who fired first? Officials who knew were silent.").actors == ()


def test_states_act_under_their_names_and_seats() -> None:
    actors = one(
        "Ankara denied it. Turkey has no troops there, Türkiye's ministry said. The Turkish government denied it."
    )
    (state,) = actors.actors
    assert (state.name, state.kind, state.country) == ("Turkey", "country", "TR")
    assert {"Ankara", "Turkish government"} <= set(state.aliases)


def test_a_capital_is_no_actor_where_it_is_a_place() -> None:
    assert one("A bomb went off in Ankara. Police near Ankara said so.").actors == ()


@pytest.mark.parametrize(
    "text",
    [
        "Quito has denied it.",
        "Quito had not yet answered.",
        "Quito denied it.",
        "It is unlikely, Quito says, to last.",
    ],
)
def test_a_seat_of_government_acts(text: str) -> None:
    assert [a.name for a in one(text).actors] == ["Ecuador"]


@pytest.mark.parametrize("text", ["Paris was quiet.", "The Paris attacks shook us.", "Paris has been hit."])
def test_a_city_that_is_spoken_of_is_no_government(text: str) -> None:
    assert one(text).actors == ()


@pytest.mark.parametrize("tagged", ["Ministry of", "Friday", "President"])
def test_words_that_name_nobody(tagged: str) -> None:
    assert one("Ministry of Works, Friday, President", ORG=tagged).actors == ()


def test_a_second_surname_makes_no_second_person() -> None:
    (actor,) = one("Ana Ruiz Vega spoke. Ana Ruiz left.", PER="Ana Ruiz Vega;Ana Ruiz").actors
    assert names_of(actor) == {"Ana Ruiz Vega", "Ana Ruiz"}


@pytest.mark.parametrize("text", ["Peruvian army", "Peru's army"])
def test_bodies_that_every_state_has(text: str) -> None:
    owner = report(f"The {text} said two rebels were killed.")
    found = resolved((owner, outline(owner))).find(text, owner.id)
    assert found is not None
    assert (found.name, found.kind, found.country) == ("Peruvian army", "state forces", "PE")


def test_names_inside_a_phrase() -> None:
    owner = report("Interior Minister Rosa Quispe and the Shining Path in Peru.")
    actors = resolved((owner, outline(owner, PER="Rosa Quispe")))
    assert actors.find("Peru's interior minister, Rosa Quispe", owner.id) == actors.find(
        "Rosa Quispe", owner.id
    )
    assert actors.find("two Shining Path guerrillas", owner.id) is not None


@pytest.mark.parametrize("text", ["unknown gunmen", "Peru-backed militias", "villagers", "", "Police"])
def test_nobody_is_named(text: str) -> None:
    owner = report("Peru said the Shining Path in Peru had killed villagers.")
    assert resolved((owner, outline(owner))).find(text, owner.id) is None


def test_speakers_of_quotes_and_claims_count() -> None:
    owner = report("“We will not leave,” Hanoi said. Two died, the Ministry of Works said.")
    said = claim(owner, killed=2, says="Two", by=Voice("named body", name="Ministry of Works"))
    quote = Quote("qt_1", owner.id, Span(1, 19, owner.text[1:19]), speaker="Hanoi")
    actors = resolve_actors([owner], {}, [said], [quote])
    assert {a.name for a in actors.actors} == {"Vietnam", "Ministry of Works"}


@pytest.mark.parametrize("voice", ["A Works Ministry official", "Peru officials and experts"])
def test_an_unnamed_official_is_no_body(voice: str) -> None:
    owner = report(f"Two died. {voice} said so.")
    said = claim(owner, killed=2, says="Two", by=Voice("named body", name=voice))
    assert resolve_actors([owner], {}, [said], []).actors == ()


def test_the_newsroom_and_the_dateline_are_no_actors() -> None:
    text = "LIMA - The Andean Herald has learnt it, Rosa Quispe said."
    owner = report(text, outlet="Andean Herald", dateline=Span(0, 4, "LIMA"))
    actors = resolved((owner, outline(owner, ORG="Andean Herald;LIMA", PER="Rosa Quispe")))
    assert [a.name for a in actors.actors] == ["Rosa Quispe"]


def test_a_name_cut_at_a_nickname_is_whole_again() -> None:
    text = "Sheriff James “Buck” Turner spoke. Turner left."
    owner = report(text)
    names = (Name(8, 13, "James", "PER"), Name(15, 27, "Buck” Turner", "PER"), Name(35, 41, "Turner", "PER"))
    actors = resolve_actors([owner], {owner.id: Outline(owner.id, (), names)})
    assert [(a.name, a.aliases) for a in actors.actors] == [("James “Buck” Turner", ("Turner",))]


def test_the_order_of_reports_does_not_matter() -> None:
    texts = [
        ("Yousef Karimi of the Taliban in Afghanistan spoke.", "Yousef Karimi"),
        ("Yusuf Karimi spoke. Karimi left.", "Yusuf Karimi;Karimi"),
        ("Kabul denied it; Karimi did not.", "Karimi"),
        ("Afghanistan said the Taleban lied. Yousef Karimi left.", "Yousef Karimi"),
    ]
    pairs = [(r, outline(r, PER=names)) for text, names in texts for r in [report(text)]]
    expected = resolved(*pairs)
    for seed in range(5):
        shuffled = random.Random(seed).sample(pairs, len(pairs))
        assert resolved(*shuffled).actors == expected.actors
    assert [a.id for a in expected.actors] == [make_id("ac", a.name) for a in expected.actors]


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert one("Peru said no.").find(text, "") is None or "peru" in name_key(text)
    assert isinstance(clean_body(text), str)
    assert isinstance(clean_person(text), str)


def test_the_curated_table_is_sound() -> None:
    assert len(known_actors()) > 250
    for actor in known_actors():
        assert actor.name not in actor.aliases
    clashes = {key: [a.name for a in actors] for key, actors in known_by_key().items() if len(actors) > 1}
    assert all(len({a.country for a in known_by_key()[key]}) > 1 for key in clashes), clashes


def test_the_vocabulary_is_refused_when_malformed() -> None:
    with pytest.raises(DataError):
        parse_actor_words({"titles": []})
    acts = {"words": [], "being": [], "helping": [], "nouns": []}
    bad = {"titles": [], "particles": [], "suffixes": [], "cut": {"words": []}, "acts": acts}
    bad["nobody"] = {"things": [], "operations": [], "offices": [], "alone": []}
    bad["forms"] = {"words": []}
    bad["state_bodies"] = {"army": "friends"}  # type: ignore[assignment]
    with pytest.raises(DataError, match="friends"):
        parse_actor_words(bad)


NOBODIES = [
    "Grad", "Kalashnikov", "Operation Northern Dawn", "Consular Affairs", "Public Finance Act", "Reuters",
    "Agence France-Presse", "Secretary General", "Authorities", "Investigators", "Borno State", "Harbour Papers",
    "Al Jazeera English", "CNN International",
]  # fmt: skip
BODIES = [
    "White Guard", "Ministry of Foreign Affairs", "Department of State", "ACLU", "Northern River Front", "Halden Corp",
    "Office of Tribal Affairs",
]  # fmt: skip


@pytest.mark.parametrize("name", NOBODIES)
def test_what_a_tagger_takes_for_a_body_and_is_none(name: str) -> None:
    assert names_nobody(name)


@pytest.mark.parametrize("name", BODIES)
def test_bodies_are_kept(name: str) -> None:
    assert not names_nobody(name)


SAME_BODY = [
    (
        "The Harbour Workers Union met. Later the Workers Union marched.",
        "Harbour Workers Union",
        "Workers Union",
    ),
    ("Halden Corp paid. Halden denied it.", "Halden Corp", "Halden"),
    ("The Harbour Workers Union met. The HWU marched.", "Harbour Workers Union", "HWU"),
]


@pytest.mark.parametrize(("text", "full", "short"), SAME_BODY)
def test_a_cut_name_is_the_longer_one_of_its_report(text: str, full: str, short: str) -> None:
    actors = one(text, ORG=f"{full};{short}").actors
    assert [names_of(a) >= {full, short} for a in actors] == [True]


def test_a_cut_name_with_two_longer_ones_stays_apart() -> None:
    text = "The Harbour Workers Union met the River Workers Union. The Workers Union marched."
    actors = one(text, ORG="Harbour Workers Union;River Workers Union;Workers Union").actors
    assert len(actors) == 3


def test_initials_without_a_space_are_the_same_person() -> None:
    actors = one("R. Okonkwo sang. R.Okonkwo left.", PER="R. Okonkwo;R.Okonkwo").actors
    assert len(actors) == 1


def test_an_office_tagged_as_a_person_is_a_body() -> None:
    actors = one("The Mayor's Office denied it.", PER="Mayor's Office").actors
    assert [a.kind for a in actors] == ["body"]


def test_a_body_before_a_plain_word_for_people_is_only_where_they_are_from() -> None:
    body = Actor("ac_1", "Harwick", "body")
    actors = Actors((body,), {("", name_key("Harwick")): body})
    assert actors.find("a Harwick man", "rp_1") is None
    assert actors.find("the Harwick spokesman", "rp_1") == body
