"""Invented shootings: records are read, a report's main incident is chosen, and a small ledger is scored as by hand."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factory import claim, mention, page, published, report
from world import world

from attested.errors import InputError
from attested.evaluation.gva import evaluate, figures_of
from attested.evaluation.gva_answers import answers_of, main_incident, match_incidents
from attested.evaluation.gva_files import GoldIncident, GoldReport, city_key, read_gold
from attested.evaluation.scorers import Figures
from attested.incidents.context import Resolved
from attested.ledger.store import Ledger, RunSummary
from attested.model import Incident, Mention
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import PartialDate, Place, Score

TULSA = Place("Tulsa", "US", 36.15, -95.99, "Oklahoma", precision=1)
OMAHA = Place("Omaha", "US", 41.26, -95.94, "Nebraska", precision=1)
BAKERY, PIER = date(2016, 3, 5), date(2016, 3, 6)


def record(uri: str, **more: Any) -> dict[str, Any]:
    row = {
        "incident_uri": uri, "date": "March 5, 2016", "state": "Oklahoma", "city_or_county": "Tulsa",
        "locations": {"city": "http://dbpedia.org/resource/Tulsa,_Oklahoma"}, "num_killed": 1, "num_injured": 2,
    }  # fmt: skip
    return row | more


def doc(doc_id: str, uri: str, text: str, day: str = "2016-03-06") -> dict[str, str]:
    return {"doc_id": doc_id, "incident_id": uri, "title": "A shooting", "dct": day, "content": text}


def write(
    folder: Path, docs: Sequence[dict[str, Any]], records: Sequence[dict[str, Any]], split: str = "dev"
) -> Path:
    for name, rows in (("docs", docs), ("incidents", records)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.{split}.jsonl").write_text(lines + "\n", encoding="utf-8")
    return folder


# --- files --------------------------------------------------------------------------------------------------------


def test_reports_come_once_with_their_record_and_as_the_program_takes_them(tmp_path: Path) -> None:
    docs = [
        doc("d1", "7", "He was shot.\u2028Twice."),
        doc("d1", "8", "He was shot."),
        doc("d2", "8", "Shots."),
    ]
    write(tmp_path, docs, [record("7"), record("8", num_killed=0)])
    write(tmp_path, [doc("d9", "9", "Shots.")], [record("9")], split="train")
    gold, measured = read_gold(tmp_path)
    assert [(one.id, one.incident.id, one.incident.killed) for one in gold] == [
        ("d1", "7", 1),
        ("d2", "8", 0),
    ]
    assert gold[0].incident.day == BAKERY
    assert gold[0].row == {
        "id": "d1", "text": "He was shot.\u2028Twice.", "title": "A shooting", "published": "2016-03-06"
    }  # fmt: skip
    assert measured == ["docs.dev.jsonl", "incidents.dev.jsonl"]


@pytest.mark.parametrize(
    ("said", "linked", "cities"),
    [
        ("Pike (county)", None, {"pike county"}),
        ("Saint Paul (Apple Valley)", None, {"saint paul", "apple valley"}),
        ("Hermitage", "Nashville,_Tennessee", {"hermitage", "nashville"}),
        ("New York (Manhattan)", "New_York_City", {"new york", "manhattan"}),
    ],
)
def test_a_record_names_its_city_in_several_ways(
    tmp_path: Path, said: str, linked: str | None, cities: set[str]
) -> None:
    locations = {"city": f"http://dbpedia.org/resource/{linked}"} if linked else ""
    write(tmp_path, [doc("d1", "7", "Shots.")], [record("7", city_or_county=said, locations=locations)])
    [one] = read_gold(tmp_path)[0]
    assert one.incident.cities == cities


def test_cities_are_alike_however_they_are_written() -> None:
    assert city_key("St. Louis") == city_key("Saint Louis") == "saint louis"
    assert city_key("St Louis County") == "saint louis county"
    assert city_key("Ft. Worth") == city_key("City of Fort Worth") == "fort worth"
    assert city_key("Kansas City") != city_key("Kansas")


def test_the_state_must_be_right_and_is_no_city() -> None:
    gold = GoldIncident("7", BAKERY, "oklahoma", frozenset({"tulsa", "oklahoma"}), 1, 2)
    assert gold.is_in(TULSA)
    assert gold.is_in(Place("Tulsa", "US"))
    assert not gold.is_in(Place("Tulsa", "US", admin1="Texas"))
    assert not gold.is_in(Place("Oklahoma", "US", admin1="Oklahoma", kind="admin1"))
    assert not gold.is_in(OMAHA)
    assert not gold.is_in(None)


@pytest.mark.parametrize(
    ("text", "is_junk"),
    [
        ("Subscribe now. Your deadline is today, and a firewall guards your data.", True),
        ("The mayor opened a bakery.", True),
        ("Gunfire was heard at the bakery.", False),
        ("A baker DIED there.", False),
    ],
)
def test_junk_is_a_page_whose_text_never_tells_of_a_shooting(text: str, is_junk: bool) -> None:
    gold = GoldIncident("7", BAKERY, "oklahoma", frozenset({"tulsa"}), 1, 2)
    row = {"id": "d1", "text": text, "title": "Two shot dead", "published": "2016-03-06"}
    assert GoldReport("d1", gold, row).is_junk is is_junk


def test_a_broken_set_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"incidents\.\*\.jsonl"):
        read_gold(tmp_path)
    write(tmp_path, [doc("d1", "8", "Shots.")], [record("7")])
    with pytest.raises(InputError, match="line 1: there is no 'record of incident 8"):
        read_gold(tmp_path)
    for broken, complaint in (("\n{", "line 2: broken"), ("{}", "line 1: there is no 'doc_id'")):
        (tmp_path / "docs.dev.jsonl").write_text(broken, encoding="utf-8")
        with pytest.raises(InputError, match=complaint):
            read_gold(tmp_path)


# --- the main incident --------------------------------------------------------------------------------------------

LONG = report(
    "Guns fired at the pier. A baker was shot in Tulsa. Police recall a killing. Another killing followed."
)
ROBBERY = mention(LONG, "fired")
SHOT = mention(LONG, "shot")
KILLINGS = (
    mention(LONG, "killing", is_background=True),
    mention(LONG, "killing followed", is_background=True),
)


def choose(*told: Sequence[Mention], claims: Sequence[Any] = ()) -> int | None:
    """Which of the incidents, each given by its mentions, is the main one."""
    context = world([LONG], [m for rows in told for m in rows], claims)
    incidents = {Incident(str(n), "Attack", tuple(m.id for m in rows)): rows for n, rows in enumerate(told)}
    main = main_incident(context, incidents)
    return int(main.id) if main else None


def test_the_main_incident_is_the_one_told_most_as_news() -> None:
    assert choose([ROBBERY], KILLINGS) == 0
    assert choose(KILLINGS, [SHOT]) == 1
    assert choose(KILLINGS) == 0
    assert choose() is None


def test_among_equals_claims_decide_then_the_order_of_the_text() -> None:
    assert choose([SHOT], [ROBBERY]) == 1
    assert choose([SHOT], [ROBBERY], claims=[claim(LONG, SHOT, killed=1, says="A baker")]) == 0


# --- a small ledger -----------------------------------------------------------------------------------------------

FIRST = report("One man was killed and two were wounded in Tulsa on Saturday.", id="r1", page_id="p1")
SECOND = report("Three were wounded on Saturday.", id="r2", page_id="p2")
OTHER = report("A woman died at the pier on Sunday.", id="r3", page_id="p3")
IDLE = report("The gun was never found.", id="r4", page_id="p4")
M1, M2, M3 = mention(FIRST, "killed"), mention(SECOND, "wounded"), mention(OTHER, "died")
CLAIMS = {
    "k1": claim(FIRST, M1, killed=1, says="One man", id="k1"),
    "i1": claim(FIRST, M1, injured=2, says="two", id="i1"),
    "d1": claim(FIRST, M1, date="Saturday", id="d1"),
    "p1": claim(FIRST, M1, place="Tulsa", id="p1"),
    "i2": claim(SECOND, M2, injured=3, says="Three", id="i2"),
    "d2": claim(SECOND, M2, date="Saturday", id="d2"),
    "k3": claim(OTHER, M3, killed=1, says="A woman", id="k3"),
    "d3": claim(OTHER, M3, date="Sunday", id="d3"),
    "p3": claim(OTHER, M3, place="the pier", id="p3"),
}
DAYS = {"d1": BAKERY, "d2": BAKERY, "d3": PIER}
GOLD = {
    "bakery": GoldIncident("bakery", BAKERY, "oklahoma", frozenset({"tulsa"}), 1, 2),
    "pier": GoldIncident("pier", PIER, "nebraska", frozenset({"omaha"}), 0, 1),
}


def gold_report(number: int, incident: str, text: str) -> GoldReport:
    return GoldReport(
        f"g{number}", GOLD[incident], {"id": f"g{number}", "text": text, "title": "", "published": ""}
    )


REPORTS = [
    gold_report(1, "bakery", FIRST.text),
    gold_report(2, "bakery", SECOND.text),
    gold_report(3, "pier", OTHER.text),
    gold_report(4, "pier", IDLE.text),
    gold_report(5, "pier", "Shots!"),
    gold_report(6, "pier", "Please log in."),
]


@pytest.fixture
def ledger() -> Ledger:
    """Two incidents: both reports of the bakery in one, one report of the pier in the other; two pages not read."""
    reports = (FIRST, SECOND, OTHER, IDLE)
    context = world(reports, [M1, M2, M3], list(CLAIMS.values()))
    pages = [page(r.text, id=r.page_id, key=f"g{n}") for n, r in enumerate(reports, 1)]
    for n in (5, 6):
        pages.append(page("", id=f"p{n}", key=f"g{n}", status="set aside", why=f"has no story: {n} words"))
    return Ledger(
        pages=tuple(pages),
        reports=reports,
        outlines=tuple(context.outlines.values()),
        mentions=(M1, M2, M3),
        claims=tuple(CLAIMS.values()),
        published={r.id: published(r, PIER) for r in reports},
        origins=context.origins,
        incidents=(Incident("in1", "Attack", (M1.id, M2.id)), Incident("in2", "Attack", (M3.id,))),
        resolved=Resolved(
            {key: Anchored(PartialDate.day(day), "test") for key, day in DAYS.items()},
            {"p1": PlaceLink(TULSA, Score(1.0)), "p3": PlaceLink(OMAHA, Score(1.0))},
            {},
        ),
        summary=RunSummary(settings={"run": {"n_processes": 2}}, wall_seconds=2.0, n_new_reports=4),
    )


def test_a_report_answers_with_its_own_words_and_with_the_ledgers(ledger: Ledger) -> None:
    first, second, other, idle, unread, _ = answers_of(ledger, REPORTS)
    assert first.told is not None
    assert second.told is not None
    assert second.shown is first.shown
    assert second.told.killed is None
    assert second.told.place is None
    assert second.shown is not None
    assert second.shown.killed is not None
    assert (second.shown.killed.best, second.shown.place) == (1, TULSA)
    assert other.shown is not None
    assert other.shown.id == "in2"
    assert (idle.told, idle.shown, idle.aside) == (None, None, "")
    assert (unread.told, unread.aside) == (None, "has no story: 5 words")


def test_figures_are_those_counted_by_hand(ledger: Ledger) -> None:
    figures = Figures("gva", figures_of(ledger, REPORTS))
    n = {figure.name: figure.n for figure in figures.figures}
    assert n["killed"] == 5  # g6 is junk
    assert n["killed on all pages"] == 6
    # Killed: g1 says 1, which is right; g2 says nothing, where 1 died; g3 says 1, where none died.
    assert figures["killed"] == pytest.approx(1 / 5)
    # Injured: g1 is right; g2 says three, where two were.
    assert figures["injured"] == pytest.approx(1 / 5)
    assert figures["date"] == pytest.approx(3 / 5)
    assert figures["city"] == pytest.approx(2 / 5)
    assert figures["city in the ledger"] == pytest.approx(3 / 5)
    assert figures["date where there is an incident"] == 1.0
    assert figures["date on all pages"] == pytest.approx(3 / 6)
    assert figures["set aside"] == pytest.approx(1 / 5)
    assert figures["without an incident"] == pytest.approx(1 / 5)
    assert figures["reports a second"] == 2.0
    # g4 and g5 stand alone: precision 1, recall 1, 1 and three times 1/3.
    assert figures["b3_f1"] == pytest.approx(2 * 0.6 / 1.6)


def test_incidents_are_matched_one_to_one_and_the_rest_is_extra(ledger: Ledger) -> None:
    figures = Figures("gva", figures_of(ledger, REPORTS))
    assert figures["incidents found"] == 1.0
    assert figures["incidents with date right"] == 1.0
    assert figures["incidents with killed right"] == 0.5
    assert figures["incidents extra"] == 0.0
    # Filed the other way about, both of the ledger's incidents are of one record, and only one can be it.
    swapped = [gold_report(n, "bakery", "Shots.") for n in (1, 2, 3)]
    answers = answers_of(ledger, swapped)
    assert {key: found.id for key, found in match_incidents(answers).items()} == {"bakery": "in1"}
    again = {f.name: f for f in figures_of(ledger, swapped)}
    assert again["incidents extra"].value == 0.5
    assert again["incidents extra"].note == "1 are some report's main one, 0 no report's"


def test_the_note_says_how_many_tell_a_value_and_the_reasons_of_pages_set_aside(ledger: Ledger) -> None:
    notes = {figure.name: figure.note for figure in figures_of(ledger, REPORTS)}
    assert notes["killed"] == "told by 2, 1 of them rightly"
    assert notes["city"] == "told by 2, 2 of them rightly"
    assert notes["set aside"] == "1 has no story; 1 of 6 pages are junk and left out"


# --- the whole chain ----------------------------------------------------------------------------------------------


def test_the_shipped_chain_is_run_over_the_pile(tmp_path: Path) -> None:
    text = (
        "TULSA, Oklahoma -- Two men were killed and three women were wounded when a gunman opened fire on Saturday "
        "at a bakery in Tulsa, Oklahoma, police said.\n\nThe doors had just been opened for the morning, and a queue "
        "stood in the street. Nobody has been arrested, and the owner did not know the man."
    )
    junk = "Please log in to go on. You have read all the free pages of this month, and we would like you to stay."
    docs = [doc("d1", "7", text), doc("d2", "7", junk)]
    figures = evaluate(write(tmp_path, docs, [record("7", num_killed=2, num_injured=3)]))
    assert figures.measured == ("docs.dev.jsonl", "incidents.dev.jsonl")
    assert [figures[name] for name in ("killed", "injured", "date", "city")] == [1.0] * 4
    assert figures["killed on all pages"] == 0.5
    assert figures["reports a second"] > 0
