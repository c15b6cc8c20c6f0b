"""Incidents side by side; the pages of statements and trends."""

from typing import Any

import pytest
from desk_client import desk
from lxml import html
from starlette.testclient import TestClient

from attested.ledger.sqlite import SqliteStore
from attested.views.facts import Facts
from attested.views.look_alikes import likenesses
from attested.views.words import shown_words


@pytest.fixture(scope="module", name="facts")
def fixture_facts(example_run: Any) -> Facts:
    with SqliteStore(example_run[0], read_only=True) as store:
        return Facts(store.load(vectors=False))


@pytest.fixture(scope="module", name="client")
def fixture_client(example_run: Any) -> TestClient:
    return desk(example_run[0])


def pair(facts: Facts) -> list[Any]:
    """Two attacks on one police station within four days."""
    return [i for i in facts.incidents if i.place and i.place.name == "Tibú"]


def test_values_stand_side_by_side_with_what_differs(client: TestClient, facts: Facts) -> None:
    one, other = pair(facts)
    page = html.document_fromstring(client.get(f"/compare?id={one.id}&id={other.id}").text)
    lines = {row.xpath("string(th)"): row.xpath("td") for row in page.xpath("//table/tbody/tr")}
    for field in ("type", "date", "place", "killed", "injured", "weapon"):
        cells = [" ".join(cell.text_content().split()) for cell in lines[field]]
        assert cells[:2] == [shown_words(one, field), shown_words(other, field)]
    said = {field: lines[field][2].xpath("string(span)") for field in lines if len(lines[field]) == 3}
    assert said["type"] == said["place"] == "the same"
    assert said["date"] == said["killed"] == "differs"
    assert "3 days apart" in lines["date"][2].text_content()
    assert said["perpetrator alleged"] == "told of one alone"


def test_what_speaks_for_and_against_is_that_of_merging(client: TestClient, facts: Facts) -> None:
    one, other = pair(facts)
    told = client.get(f"/api/compare?id={one.id}&id={other.id}").json()["pairs"]
    pairs = likenesses(facts, one, other)
    assert [pair["chance"] for pair in told] == [pair.chance for pair in pairs]
    assert told[0]["chance"] > told[-1]["chance"]
    assert told[-1]["vetoes"] == ["2025-06-03 is not 2025-06-06"]
    page = client.get(f"/compare?id={one.id}&id={other.id}").text
    assert "2025-06-03 is not 2025-06-06" in page
    assert all(why in page for why in told[0]["against"])


def test_three_are_compared_in_their_values_alone(client: TestClient, facts: Facts) -> None:
    ids = [incident.id for incident in facts.incidents[:3]]
    page = html.document_fromstring(client.get("/compare?" + "&".join(f"id={id}" for id in ids)).text)
    assert page.xpath("//thead//code/text()") == ids
    assert not page.xpath("//section[@aria-labelledby='likest']")


@pytest.mark.parametrize("query", ["", "id=in_4", "id={0}", "id={0}&id={0}"])
def test_fewer_than_two_are_refused(client: TestClient, facts: Facts, query: str) -> None:
    answer = client.get("/compare?" + query.format(facts.incidents[0].id))
    assert answer.status_code in (400, 404)


def test_every_statement_has_its_words_and_its_reports(client: TestClient, facts: Facts) -> None:
    for statement in facts.statements:
        page = html.document_fromstring(client.get(f"/statement/{statement.id}").text)
        words = page.xpath("string(//h1)")
        assert (statement.speaker or "An unnamed speaker") in words
        assert (statement.addressee or "") in words
        assert page.xpath("//ul[@class='evidence']//mark")
        linked = {link.rpartition("/")[2] for link in page.xpath("//ul[@class='roots']//a/@href")}
        assert set(statement.reports) <= linked
        told = client.get(f"/api/statement/{statement.id}").json()
        assert told["statement"]["n_origins"] == statement.n_origins
        assert [quote["id"] for quote in told["quotes"]] == list(statement.quotes)


def test_every_trend_has_its_words(client: TestClient, facts: Facts) -> None:
    assert facts.trends
    for trend in facts.trends:
        page = html.document_fromstring(client.get(f"/trend/{trend.id}").text)
        assert page.xpath("string(//h1)") == trend.text
        assert page.xpath("//ul[@class='evidence']/li")
        assert client.get(f"/api/trend/{trend.id}").json()["trend"]["value"] == trend.value
