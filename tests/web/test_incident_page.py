"""The page of an incident: everything that is told of it with who says so, today and on any day before."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from desk_client import desk
from lxml import html
from starlette.testclient import TestClient

from attested.decisions.desk import Desk
from attested.incidents.fused import COUNTS, FusedIncident
from attested.ledger.sqlite import SqliteStore
from attested.views import rows
from attested.views.facts import Facts
from attested.views.history import history
from attested.views.listing import index_ledger
from attested.views.words import count_words, day_words
from hostile import PHRASES, hostile_ledger


@pytest.fixture(scope="module", name="facts")
def fixture_facts(example_run: Any) -> Facts:
    with SqliteStore(example_run[0], read_only=True) as store:
        return Facts(store.load(vectors=False))


@pytest.fixture(scope="module", name="client")
def fixture_client(example_run: Any) -> TestClient:
    return desk(example_run[0])


@pytest.fixture(scope="module", name="disputed")
def fixture_disputed(facts: Facts) -> FusedIncident:
    """The incident with most reports: disputed, copied, and put through a machine."""
    return max(facts.incidents, key=lambda incident: incident.n_reports)


def tree(client: TestClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_incident_is_shown_as_the_whole_ledger_shows_it(client: TestClient, facts: Facts) -> None:
    assert len(facts.incidents) > 4
    for incident in facts.incidents:
        told = client.get(f"/api/incident/{incident.id}").json()
        assert told["incident"] == json.loads(json.dumps(rows.incident_row(facts, incident), default=str))
        assert {claim["id"] for claim in told["claims"]} == {claim.id for claim in incident.claims}
        assert {report["id"] for report in told["reports"]} == set(incident.reports)


def test_it_is_shown_so_without_an_index_too(facts: Facts, example_run: Any, tmp_path: Path) -> None:
    bare = Path(shutil.copy(example_run[0], tmp_path / "bare.db"))
    with SqliteStore(bare) as store:
        store.shown_index.clear()
    for incident in facts.incidents:
        told = desk(bare).get(f"/api/incident/{incident.id}").json()["incident"]
        assert told == json.loads(json.dumps(rows.incident_row(facts, incident), default=str))


def test_what_nobody_tells_has_no_line(client: TestClient, facts: Facts) -> None:
    for incident in facts.incidents:
        page = tree(client, f"/incident/{incident.id}")
        for field in COUNTS:
            count = getattr(incident, field)
            lines = page.xpath(f"//tr[@id='value-{field}']")
            told = any(claim.field == field for claim in incident.claims)
            assert len(lines) == (1 if count or told else 0), (incident.id, field)
            if count:
                assert count_words(count) in text(lines[0])


def test_every_value_has_its_voices_with_links_to_their_words(
    client: TestClient, facts: Facts, disputed: FusedIncident
) -> None:
    page = tree(client, f"/incident/{disputed.id}")
    for field in ("date", "place", "killed", "weapon", "perpetrator_alleged"):
        [line] = page.xpath(f"//tr[@id='value-{field}']")
        links = line.xpath(".//ul[@class='holders']//a[contains(@href, '#cl_')]/@href")
        assert links, field
        for link in links:
            report, claim = re.fullmatch(r"/report/(rp_\w+)#(cl_\w+)", link).groups()
            assert facts.claims[claim].report_id == report
            assert facts.claims[claim].field == field


def test_copies_are_folded_under_their_origin(
    client: TestClient, facts: Facts, disputed: FusedIncident
) -> None:
    page = tree(client, f"/incident/{disputed.id}")
    [weapon] = page.xpath("//tr[@id='value-weapon']")
    first = weapon.xpath(".//ul[@class='holders'][1]/li[1]")[0]
    seen = {link.rpartition("#")[2] for link in first.xpath("./a/@href") if "#" in link}
    folded = {link.rpartition("#")[2] for link in first.xpath("./details//a/@href")}
    assert seen
    assert folded
    reports = {facts.claims[claim].report_id for claim in seen | folded}
    assert len({facts.origin_of[report].id for report in reports}) == 1
    assert not {facts.claims[claim].report_id for claim in seen} & {facts.claims[c].report_id for c in folded}


def test_machine_spun_text_is_marked_and_counts_as_none(
    client: TestClient, facts: Facts, disputed: FusedIncident
) -> None:
    assert facts.spun & set(disputed.reports)
    page = tree(client, f"/incident/{disputed.id}")
    assert "one report machine-spun" in text(page)
    for holder in page.xpath("//ul[@class='holders']/li"):
        links = holder.xpath(".//a[contains(@href, '#cl_')]/@href")
        reports = {facts.claims[link.rpartition("#")[2]].report_id for link in links}
        is_marked = "machine-spun, counts as none" in text(holder)
        assert is_marked == bool(reports & facts.spun), text(holder)


def test_a_disagreement_has_its_sides_with_the_words_marked(
    client: TestClient, disputed: FusedIncident
) -> None:
    page = tree(client, f"/incident/{disputed.id}")
    assert {found.field for found in disputed.contradictions} == {"killed", "target"}
    for found in disputed.contradictions:
        [panel] = page.xpath(f"//section[@id='dispute-{found.field}']")
        sides = panel.xpath(".//dl[@class='sides']/div")
        assert [side.xpath("string(dt)") for side in sides] == [value.value for value in found.values]
        for side, value in zip(sides, found.values, strict=True):
            assert side.xpath(".//mark"), value.value
            assert set(side.xpath(".//span[@class='kind']/text()")) == {found.field}
        assert page.xpath(f"//a[@href='#dispute-{found.field}']")


def test_each_distinct_sentence_stands_once_with_its_marks_named(
    client: TestClient, facts: Facts, disputed: FusedIncident
) -> None:
    page = tree(client, f"/incident/{disputed.id}")
    quoted = page.xpath("//ul[@class='evidence']/li")
    words = [text(one.xpath("./blockquote")[0]) for one in quoted]
    assert len(words) == len(set(words)) > 5
    sentences = {(claim.report_id, claim.sentence.start) for claim in facts.claims_in(disputed)}
    copies = sum(
        len(one.xpath("./details//a[starts-with(@href, '/report/') and not(contains(@href, '#'))]"))
        for one in quoted
    )
    assert len(quoted) + copies == len(sentences)
    for mark in page.xpath("//ul[@class='evidence']/li/blockquote[.//mark]"):
        assert mark.xpath(".//span[@class='kind']")


def test_a_day_shows_what_was_known_on_it(client: TestClient, facts: Facts, disputed: FusedIncident) -> None:
    steps = history(facts.ledger, disputed.id).steps
    assert len({count_words(step.incident.killed) for step in steps}) > 2
    for step in steps:
        page = tree(client, f"/incident/{disputed.id}?as_of={step.day}")
        assert count_words(step.incident.killed) in text(page.xpath("//tr[@id='value-killed']")[0])
        assert f"As known on {day_words(step.day)}" in text(page.xpath("//p[@role='note']")[0])
        assert page.xpath("//p[@role='note']/a/@href") == [f"/incident/{disputed.id}"]
        assert bool(page.xpath("//section[@class='dispute']")) == bool(step.incident.contradictions)


def test_the_slider_leads_to_its_day_without_scripts(client: TestClient, disputed: FusedIncident) -> None:
    page = tree(client, f"/incident/{disputed.id}")
    [slider] = page.xpath("//form[@class='as-of']//input[@type='range']")
    assert slider.get("value") == slider.get("max")
    days = page.xpath("//aside//ol/li/a/@href")
    for step, way in enumerate(days):
        answer = client.get(f"/incident/{disputed.id}?step={step}")
        assert answer.status_code == 303
        assert answer.headers["location"] == way
    assert days[-1] == f"/incident/{disputed.id}"


def test_a_day_before_anybody_told_of_it_is_said(client: TestClient, disputed: FusedIncident) -> None:
    answer = client.get(f"/incident/{disputed.id}?as_of=2001-01-01")
    assert answer.status_code == 404
    assert f"Nobody had told of {disputed.id} by 2001-01-01" in answer.text


def test_the_beginning_of_an_id_leads_to_its_page(client: TestClient, disputed: FusedIncident) -> None:
    answer = client.get(f"/incident/{disputed.id[:8]}?as_of=2025-03-12")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/incident/{disputed.id}?as_of=2025-03-12"


def test_a_statement_is_no_incident(client: TestClient, facts: Facts) -> None:
    assert client.get(f"/incident/{facts.statements[0].id}").status_code == 404


def test_the_history_tells_what_moved_on_each_day(
    client: TestClient, facts: Facts, disputed: FusedIncident
) -> None:
    told = history(facts.ledger, disputed.id)
    page = tree(client, f"/incident/{disputed.id}/history")
    lines = page.xpath("//table[@class='days']/tbody/tr")
    assert [text(line.xpath("./th")[0]) for line in lines] == [day_words(step.day) for step in told.steps]
    for line, step in zip(lines, told.steps, strict=True):
        assert (text(line.xpath("./td[2]")[0]) == "nothing") == (not step.has_moved)
    assert len(page.xpath("//svg//*[@class='dot']")) == 2 * len(told.steps)  # killed and injured
    assert client.get(f"/api/incident/{disputed.id}/history").json() == json.loads(json.dumps(told.row()))


def test_look_alikes_lead_to_a_comparison(client: TestClient, facts: Facts, disputed: FusedIncident) -> None:
    first, second = (i for i in facts.incidents if i.place and i.place.name == "Tibú")
    page = tree(client, f"/incident/{first.id}")
    [like] = page.xpath("//ul[@class='alike']/li")
    assert "3 days apart, the same place, the same sort; told in the same story" in text(like)
    [way] = like.xpath("./a[@class='button']/@href")
    assert way == f"/compare?id={first.id}&id={second.id}"
    assert client.get(way).status_code == 200
    alone = tree(client, f"/incident/{disputed.id}")  # its story tells of Damboa, four months before
    assert not alone.xpath("//ul[@class='alike']/li")


def test_hostile_pages_are_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    hostile_ledger(path)
    with SqliteStore(path) as store:
        ledger = store.load(vectors=False)
        index_ledger(store, ledger)
    client = desk(path)
    pages = [f"/incident/{row.id}{rest}" for row in ledger.incidents for rest in ("", "/history")]
    pages += [f"/statement/{row.id}" for row in ledger.statements] + [
        f"/trend/{row.id}" for row in ledger.trends
    ]
    assert len(pages) > len(PHRASES)
    for path_ in pages:
        answer = client.get(path_)
        assert answer.status_code == 200, path_
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", answer.text), path_
        page = html.document_fromstring(answer.text)
        assert not page.xpath(
            "//main//script | //main//img | //main//meta | //base | //*[@onload or @onerror or @style]"
        )
        assert not [
            link
            for link in page.xpath("//@href | //@src | //@action")
            if not link.startswith(("/", "#", "?"))
        ]


def test_what_people_decided_is_told_with_who_and_why(example_run: Any, tmp_path: Path) -> None:
    path = Path(shutil.copy(example_run[0], tmp_path / "decided.db"))
    with SqliteStore(path) as store:
        incidents = Facts(store.load(vectors=False)).incidents
        first, second = (i.id for i in incidents if i.place and i.place.name == "Tibú")
        Desk(store).merge([first, second], by="ben", note="one night")
        Desk(store).correct(first, ["killed=4"], by="anna", note="the hospital's list")
    page = tree(desk(path), f"/incident/{first}")
    assert "judged: merged; corrected killed, by ben and anna" in text(page)
    assert f"{second} was merged into this" in text(page)
    assert not page.xpath(f"//ul[@class='alike']//a[@href='/incident/{second}']")
    [killed] = page.xpath("//tr[@id='value-killed']")
    assert "given by anna" in text(killed)
    assert text(killed.xpath("./td[1]")[0]).startswith("4")
    assert "the hospital's list" in text(page.xpath("//section[@aria-labelledby='decided']")[0])
    assert desk(path).get(f"/incident/{second}").headers["location"] == f"/incident/{first}"
