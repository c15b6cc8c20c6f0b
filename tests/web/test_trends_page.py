"""Trends of a list over the index: the same rules and numbers as over fused incidents, each a link to its rows."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from desk_client import desk
from shown_world import ROWS, fill

from attested.ledger.shown import Query, ShownRows
from attested.ledger.sqlite import SqliteStore
from attested.views.facts import Facts
from attested.views.trend_listed import listed_trends
from attested.views.trend_table import trend_table
from attested.web.filters import query_of


@pytest.fixture(name="client")
def fixture_client(example_run):
    return desk(example_run[0])


@pytest.fixture(name="shown", scope="module")
def fixture_shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShownRows]:
    with SqliteStore(tmp_path_factory.mktemp("trends") / "l.db") as store:
        fill(store, ROWS)
        yield store.shown


def weekly(n: int) -> list[date]:
    return [date.fromordinal(date(2024, 5, 26).toordinal() - 7 * i) for i in range(n)][::-1]


def test_types_and_countries_are_those_of_attested_trends(example_run: tuple[Path, object], client) -> None:
    with SqliteStore(example_run[0], read_only=True) as store:
        table = trend_table(Facts(store.load(vectors=False)))
    listed = client.get("/api/trends").json()
    assert listed["end"] == str(table.end)
    for by in ("all", "type", "country", "admin1"):
        expected = {
            row.name if by != "admin1" else row.name.partition(",")[0]: row
            for row in table.rows
            if row.by == by and row.name != "no place told"
        }
        found = {row["name"]: row for row in listed["rows"] if row["by"] == by}
        assert found.keys() == expected.keys()
        for name, row in found.items():
            assert row["n"] == len(expected[name].incidents)
            assert sum(n for _, n, _ in map(_values, row["periods"])) == sum(
                map(len, expected[name].periods.values())
            )
            for window in ("four_weeks", "fifty_two_weeks"):
                change = getattr(expected[name], window)
                assert (row[window]["last"], row[window]["before"], row[window]["verdict"]) == (
                    change.last, change.before, change.verdict,
                )  # fmt: skip


def _values(period: object) -> list[object]:
    return list(period.values()) if isinstance(period, dict) else list(period)  # type: ignore[call-overload]


def test_every_change_is_compared_where_reports_reach_back(shown: ShownRows) -> None:
    covered = listed_trends(shown, Query(), weekly(120), by="week", most=5)
    short = listed_trends(shown, Query(), weekly(5), by="week", most=5)
    whole = covered.rows[0].four_weeks
    assert whole is not None
    assert whole.last + whole.before > 20
    assert whole.verdict != "not covered"
    assert short.rows[0].four_weeks is not None
    assert short.rows[0].four_weeks.verdict == "not covered"
    assert covered.n_judged > short.n_judged == 0


def test_a_filter_narrows_and_its_own_days_hide_nothing_of_before(shown: ShownRows) -> None:
    asked = Query(country="NG", since=date(2024, 5, 1), until=date(2024, 5, 5))
    found = listed_trends(shown, asked, weekly(120), by="week", most=5)
    assert found.end == date(2024, 5, 5)
    assert {row.name for row in found.rows if row.by == "country"} == {"Nigeria"}
    assert found.rows[0].four_weeks is not None
    assert found.rows[0].four_weeks.before > 0
    assert found.rows[0].n == shown.totals(Query(country="NG")).n


@pytest.mark.parametrize("by", ["week", "month"])
def test_every_number_leads_to_as_many_rows(client, example_run: tuple[Path, object], by: str) -> None:
    html = client.get("/trends", params={"by": by}).text
    links = re.findall(r'<a href="(/\?[^"]+)">([\d,]+)</a>', html)
    bars = re.findall(r'<a href="(/\?[^"]+)" tabindex="-1"><title>[^<]*: (\w+) incident', html)
    words = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
    assert links
    assert bars
    with SqliteStore(example_run[0], read_only=True) as store:
        for href, n in [*links, *((href, words.get(n, n)) for href, n in bars)]:
            asked = dict(parse_qsl(urlsplit(unescape(href)).query))
            assert store.shown.totals(query_of(asked)).n == int(n.replace(",", "")), href


def test_the_page_warns_of_actors_and_has_no_style(client) -> None:
    html = client.get("/trends").text
    assert "The first actor named is not the perpetrator" in html
    assert "style=" not in html
    assert 'aria-current="page"' in html


def test_the_file_has_the_rows_of_the_json(client) -> None:
    rows = client.get("/api/trends?country=CO").json()["rows"]
    listed = list(csv.DictReader(io.StringIO(client.get("/trends?country=CO&format=csv").text)))
    assert [(row["by"], row["name"], row["n"]) for row in rows] == [
        (row["by"], row["name"], int(row["incidents"])) for row in listed
    ]
    assert {row["name"] for row in listed if row["by"] == "country"} == {"Colombia"}


@pytest.mark.parametrize("asked", ["by=decade", "until=soon", "until=0001-01-01", "until=9999-12-31"])
def test_a_wrong_address_is_explained(client, asked: str) -> None:
    for path in ("/trends", "/api/trends"):
        answer = client.get(f"{path}?{asked}")
        assert answer.status_code == 400
        assert asked.partition("=")[2] in answer.text


@pytest.mark.parametrize("day", ["0004-01-01", "9998-12-31"])
@pytest.mark.parametrize("by", ["week", "month"])
def test_the_first_and_the_last_day_are_answered(client, day: str, by: str) -> None:
    assert client.get(f"/trends?by={by}&until={day}").status_code == 200


def test_nothing_found_is_no_fault(client) -> None:
    assert client.get("/trends?country=ZZ").status_code == 200
    assert client.get("/trends?kind=statement&by=month").status_code == 200
