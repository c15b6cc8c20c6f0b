"""The timeline of a list: every incident is in a bar, a range, a row or a count beside it, and each has its list."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_world import ROWS, fill

from attested.ledger.shown import Period, Query, ShownRows, Span
from attested.ledger.sqlite import SqliteStore
from attested.web.charts.bars import N_BARS, small_bars
from attested.web.charts.timeline import (
    MOST_BARS,
    MOST_ROWS,
    TimelinePicture,
    make_timeline,
    next_period,
    period_start,
    period_words,
    timeline_of_list,
    unit_for,
)
from attested.web.filters import query_of
from attested.web.render import _environment

FIGURE = '{% from "parts_timeline.html.j2" import timeline_figure %}{{ timeline_figure(t) }}'
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
BY = st.sampled_from(["day", "week", "month", "year"])


def drawn(timeline: TimelinePicture) -> str:
    return _environment().from_string(FIGURE).render(t=timeline)


@pytest.fixture(name="shown", scope="module")
def fixture_shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShownRows]:
    with SqliteStore(tmp_path_factory.mktemp("timeline") / "l.db") as store:
        fill(store, ROWS)
        yield store.shown


def rows_of(shown: ShownRows, href: str) -> int:
    return shown.totals(query_of(dict(parse_qsl(urlsplit(href).query)))).n


def told(words: str) -> int:
    numbers = "no one two three four five six seven eight nine ten".split()
    first = words.split()[0].replace(",", "")
    return int(first) if first.isdigit() else numbers.index(first)


# --- periods


@given(BY, DAYS)
def test_periods_follow_one_another_without_a_gap(by: str, day: date) -> None:
    start = period_start(by, day)
    after = next_period(by, start)
    assert start <= day < after
    assert period_start(by, after) == after
    assert period_start(by, after - timedelta(days=1)) == start


@pytest.mark.parametrize(
    ("by", "first", "said"),
    [
        ("week", date(2025, 3, 3), "the week of 3 March 2025"), ("month", date(2025, 3, 1), "March 2025"),
        ("year", date(2025, 1, 1), "2025"), ("day", date(2025, 3, 3), "3 March 2025"),
    ],
)  # fmt: skip
def test_periods_in_words(by: str, first: date, said: str) -> None:
    assert period_words(by, first) == said


@pytest.mark.parametrize(("days", "by"), [(40, "day"), (700, "week"), (3_000, "month"), (9_000, "year")])
def test_no_more_bars_than_can_be_seen(days: int, by: str) -> None:
    first = date(2001, 1, 1)
    months = [Period(period_start("month", first + timedelta(days=n)), 5, 0) for n in range(0, days, 31)]
    assert unit_for(months) == by


def test_a_stray_from_long_ago_is_a_link_and_does_not_squeeze_the_rest() -> None:
    weeks = [Period(date(2025, 1, 6) + timedelta(days=7 * n), 20, 3) for n in range(30)]
    found = make_timeline([Period(date(1985, 3, 4), 1, 9), *weeks], [], 0, {}, by="week")
    assert len(found.columns) == 30
    [aside] = found.asides
    assert aside.words == "one incident before 6 January 2025"
    assert "until=2025-01-05" in aside.href


# --- what is drawn


@settings(deadline=None)
@given(
    st.dictionaries(DAYS, st.tuples(st.integers(1, 900), st.integers(0, 400)), min_size=1, max_size=60), BY
)
def test_bars_lie_in_the_picture_and_grow_with_their_number(
    days: dict[date, tuple[int, int]], by: str
) -> None:
    starts = {period_start(by, day): numbers for day, numbers in days.items()}
    periods = [Period(start, *starts[start]) for start in sorted(starts)]
    found = make_timeline(periods, [], 0, {}, by=by)
    beside = sum(told(aside.words) for aside in found.asides)
    assert found.n_drawn + beside == sum(period.n for period in periods)
    for column in found.columns:
        assert 0 <= column.x <= column.x + column.width <= found.width + 1
        assert 0 <= column.y <= found.axis
        assert column.y + column.height == pytest.approx(found.axis, abs=0.2)
    tall = sorted(found.columns, key=lambda column: column.n)
    assert [c.height for c in tall] == sorted(c.height for c in tall)


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(1, 400), st.integers(1, 9)), max_size=40))
def test_ranges_of_one_lane_do_not_cover_one_another(spans: list[tuple[date, int, int]]) -> None:
    wide = [
        Span(first, first + timedelta(days=days), n) for first, days, n in {s[:2]: s for s in spans}.values()
    ]
    periods = [Period(date(1990, 1, 1), 5, 0), Period(date(2031, 1, 1), 5, 0)]
    found = make_timeline(periods, wide, 0, {}, by="year")
    beside = sum(told(aside.words) for aside in found.asides)
    assert found.n_drawn + beside == 10 + sum(span.n for span in wide)
    lanes: dict[float, list[tuple[float, float]]] = {}
    for one in found.ranges:
        assert one.y + 7 <= found.height
        lanes.setdefault(one.y, []).append((one.x, one.x + one.width))
    for lane in lanes.values():
        ordered = sorted(lane)
        assert all(a[1] <= b[0] + 2.5 for a, b in pairwise(ordered))


@pytest.mark.parametrize(
    "asked", [{}, {"kind": "all"}, {"country": "NG"}, {"since": "2024-02-01", "until": "2024-05-01"}]
)
def test_bars_ranges_and_what_lies_beside_are_the_whole_list(shown: ShownRows, asked: dict[str, str]) -> None:
    found = timeline_of_list(shown, query_of(asked), asked)
    totals = shown.totals(query_of(asked))
    assert found.columns
    assert found.n_drawn + sum(told(aside.words) for aside in found.asides) == totals.n
    for column in found.columns:
        assert rows_of(shown, column.href) == column.n
    for aside in found.asides:
        if "without a day" in aside.words:
            assert rows_of(shown, aside.href) == totals.n_undated


def test_ranges_lead_to_at_least_their_own(shown: ShownRows) -> None:
    found = timeline_of_list(shown, Query(), {})
    assert found.ranges
    assert all(rows_of(shown, one.href) >= one.n for one in found.ranges)


def test_few_incidents_have_a_row_each(shown: ShownRows) -> None:
    asked = {"place": "Yola", "disputed": "yes", "origins": "3"}
    found = timeline_of_list(shown, query_of(asked), asked)
    totals = shown.totals(query_of(asked))
    assert found.lanes is not None
    assert len(found.lanes.bars) == totals.n - totals.n_undated <= MOST_ROWS
    html = drawn(found)
    assert set(re.findall(r'href="/incident/(in_\w+)"', html)) == {bar.id for bar in found.lanes.bars}
    kinds = {row.id: row.date.n_days for row in shown.page(query_of(asked))}
    assert all(bar.is_day == (kinds[bar.id] == 1) for bar in found.lanes.bars)


def test_nothing_is_no_picture(shown: ShownRows) -> None:
    found = timeline_of_list(shown, Query(text="zebra"), {"q": "zebra"})
    assert "<svg" not in drawn(found)


def test_the_table_has_the_same_numbers_and_there_is_no_style(shown: ShownRows) -> None:
    found = timeline_of_list(shown, Query(), {})
    html = drawn(found)
    assert "style=" not in html
    cells = re.findall(r'<td class="n">([\d,]+)</td><td class="n">([\d,]+)</td>', html)
    assert [(int(n), int(k)) for n, k in cells] == [(c.n, c.killed) for c in reversed(found.columns)]


# --- small bars


@given(BY.filter(lambda by: by != "year"), DAYS)
def test_small_bars_are_the_last_periods_up_to_a_day(by: str, end: date) -> None:
    start = period_start(by, end)
    later, first = Period(next_period(by, start), 9, 0), Period(date(1980, 1, 1), 9, 0)
    found = small_bars([first, Period(start, 4, 0), later], end, by, {"country": "NG"})
    [bar] = found.bars
    assert found.most == 4
    assert bar.x > found.width * (N_BARS - 2) / N_BARS
    asked = query_of(dict(parse_qsl(urlsplit(bar.href).query)))
    assert (asked.country, asked.since, asked.within) == ("NG", start, True)
    assert MOST_BARS > N_BARS
