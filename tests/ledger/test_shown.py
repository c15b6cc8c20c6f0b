"""Every filter, sort, count and bin of the index is what the same question over all rows in Python gives."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from shown_world import DAY, PLACES, ROWS, fill, row

from attested.errors import InputError
from attested.ledger.shown import Query, Shown, ShownRows
from attested.ledger.shown_index import BATCH_ROWS, Mark, Row
from attested.ledger.shown_query import SORTS, words_asked
from attested.ledger.sqlite import SqliteStore
from attested.values import PartialDate, Place
from attested.views.change import window


@pytest.fixture(name="shown", scope="module")
def fixture_shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShownRows]:
    with SqliteStore(tmp_path_factory.mktemp("shown") / "l.db") as store:
        fill(store, ROWS)
        yield store.shown


QUERIES = [
    Query(),
    Query(kind=""),
    Query(kind="trend"),
    Query(since=date(2024, 3, 1)),
    Query(until=date(2024, 3, 1), kind=""),
    Query(since=date(2024, 3, 4), until=date(2024, 3, 4)),
    Query(country="NG", admin1="Borno"),
    Query(place="Yola", since=date(2024, 2, 10)),
    Query(type="Grenade", kind=""),
    Query(actor="Ejército"),
    Query(ask="all one?"),
    Query(min_origins=2, disputed=True),
    Query(disputed=False, judged=True),
    Query(judged=False, dated=False),
    Query(dated=True, placed=False),
    Query(placed=True, doubtful=True),
    Query(doubtful=False),
    Query(mapped=False),
    Query(mapped=True, wide=True, kind=""),
    Query(wide=False, box=(10.0, 9.0, 13.0, 12.0)),
    Query(within=True, since=date(2024, 3, 1), until=date(2024, 3, 31)),
    Query(within=True, until=date(2024, 3, 31), kind=""),
    Query(wider="week"),
    Query(wider="day", since=date(2024, 3, 1), until=date(2024, 3, 31)),
    Query(box=(10.0, 9.0, 13.0, 12.0)),
    Query(box=(170.0, -20.0, -170.0, 0.0), kind=""),
    Query(ids=("in_0001", "in_0002", "in_none"), kind=""),
    Query(text="raid"),
    Query(text="RAID market", kind=""),
    Query(text="policia", country="NG"),
    Query(text="zur"),
    Query(text='"o\'neill"'),
    Query(text="in_0012", kind=""),
]


def holds(query: Query, one: Shown) -> bool:
    """The filter as a person would say it; searches are for one word at most of its words' beginnings."""
    found = one.date
    flags = {
        "disputed": bool(one.disputed), "judged": one.judged, "dated": found.is_known,
        "placed": one.place is not None, "doubtful": bool(one.asks),
        "mapped": one.place is not None and one.place.lat is not None,
        "wide": one.place is not None and one.place.precision >= 3,
    }  # fmt: skip
    return all(
        (
            query.kind in ("", one.kind),
            query.since is None or (found.end is not None and found.end >= query.since),
            query.until is None or (found.start is not None and found.start <= query.until),
            all(getattr(query, name) in ("", getattr(one.place, name, None)) for name in ("country", "admin1")),
            query.place in ("", getattr(one.place, "name", None)),
            query.type in ("", one.type),
            query.actor in ("", *one.actors),
            query.ask in ("", *(ask.ask for ask in one.asks)),
            one.n_origins >= query.min_origins,
            all(getattr(query, name) in (None, is_so) for name, is_so in flags.items()),
            not query.within or lies_within(found, query.since, query.until),
            not query.wider or (found.is_known and not lies_in_one(found, query.wider)),
            query.box is None or in_box(query.box, one.place),
            not query.ids or one.id in query.ids,
            says(one.text, query.text),
        )
    )  # fmt: skip


def lies_within(found: PartialDate, since: date | None, until: date | None) -> bool:
    if found.start is None or found.end is None:
        return False
    return (since is None or found.start >= since) and (until is None or found.end <= until)


def lies_in_one(found: PartialDate, by: str) -> bool:
    assert found.start is not None
    assert found.end is not None
    return starts(found.start)[by] == starts(found.end)[by]


def in_box(box: tuple[float, float, float, float], place: Place | None) -> bool:
    if place is None or place.lat is None or place.lon is None:
        return False
    west, south, east, north = box
    is_between = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return south <= place.lat <= north and is_between


FOLDED = {"policía": "policia", "zürich": "zurich", "café": "cafe", "naïve": "naive"}


def says(text: str, asked: str) -> bool:
    own = " ".join(FOLDED.get(word, word) for word in text.lower().split())
    return all(f" {word}" in f" {own}" for word in asked.lower().strip('"').split())


def in_order(query: Query) -> list[str]:
    keys: dict[str, Any] = {
        "date": lambda s: (s.date.start, s.date.end) if s.date.is_known else None,
        "killed": lambda s: s.killed.best if s.killed else None,
        "origins": lambda s: s.n_origins,
        "place": lambda s: s.place.name if s.place else None,
    }
    name = query.sort.removeprefix("-")
    key = keys.get(name, lambda s: getattr(s, name))
    found = [one for one in ROWS if holds(query, one)]
    known = sorted((one for one in found if key(one) is not None), key=lambda s: (key(s), s.id))
    rest = sorted((one for one in found if key(one) is None), key=lambda s: s.id)
    backwards = query.sort.startswith("-")
    return [one.id for part in (known, rest) for one in (reversed(part) if backwards else part)]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_filters_find_what_python_finds(shown: ShownRows, query: Query) -> None:
    wanted = in_order(query)
    assert shown.ids(query) == wanted
    assert [one.id for one in shown.page(query, 7, 3)] == wanted[3:10]
    assert 0 < len(wanted) < len(ROWS) or query.kind == ""


@pytest.mark.parametrize("sort", SORTS)
def test_sorts_end_with_what_is_not_known(shown: ShownRows, sort: str) -> None:
    query = Query(kind="", sort=sort)
    assert shown.ids(query) == in_order(query)


def test_rows_come_back_as_they_were_written(shown: ShownRows) -> None:
    assert shown.page(Query(kind="", sort="title"), len(ROWS)) == sorted(
        ROWS, key=lambda one: (one.title, one.id)
    )
    assert shown.get("in_0007") == ROWS[7]
    assert shown.get("in_none") is None


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_totals_and_facets_count_what_the_filter_holds(shown: ShownRows, query: Query) -> None:
    found = [one for one in ROWS if holds(query, one)]
    killed = [one.killed for one in found if one.killed]
    assert shown.totals(query) == (
        len(found),
        sum(not one.date.is_known for one in found),
        sum(one.place is None for one in found),
        sum(bool(one.disputed) for one in found),
        sum(one.judged for one in found),
        sum(count.low for count in killed),
        sum(count.best for count in killed),
        sum(count.high for count in killed),
    )
    countries = Counter(one.place.country for one in found if one.place and one.place.country)
    actors = Counter(name for one in found for name in one.actors)
    asks = Counter(ask.ask for one in found for ask in one.asks)
    for field, counted in (("country", countries), ("actor", actors), ("ask", asks)):
        most = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        assert shown.facets(query, field, 3) == most[:3]


def starts(day: date) -> dict[str, date]:
    return {
        "day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
    }  # fmt: skip


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_periods_hold_whole_intervals_alone(shown: ShownRows, query: Query, by: str) -> None:
    counted: Counter[date] = Counter()
    killed: Counter[date] = Counter()
    n_wider = 0
    for one in ROWS:
        if holds(query, one) and one.date.start and one.date.end:
            home = starts(one.date.start)[by]
            if home == starts(one.date.end)[by]:
                counted[home] += 1
                killed[home] += one.killed.best if one.killed else 0
            else:
                n_wider += 1
    assert shown.periods(query, by) == [(day, counted[day], killed[day]) for day in sorted(counted)]
    assert shown.n_wider(query, by) == n_wider


@pytest.mark.parametrize("by", ["day", "week", "month"])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_spans_are_the_intervals_in_no_period(shown: ShownRows, query: Query, by: str) -> None:
    wider = Counter(
        (one.date.start, one.date.end)
        for one in ROWS
        if holds(query, one) and one.date.is_known and not lies_in_one(one.date, by)
    )
    assert shown.spans(query, by) == [(*ends, wider[ends]) for ends in sorted(wider)]
    assert sum(span.n for span in shown.spans(query, by)) == shown.n_wider(query, by)


@pytest.mark.parametrize("field", ["", "type", "country", "actor"])
@pytest.mark.parametrize("query", QUERIES[:8], ids=str)
def test_runs_count_what_the_rule_of_trends_counts(shown: ShownRows, query: Query, field: str) -> None:
    compared = window(28, DAY + timedelta(days=70), [])
    counts: dict[str, Counter[str]] = {}
    for one in ROWS:
        if holds(query, one):
            country = one.place.country if one.place else None
            values = {"": [""], "type": [one.type], "country": [country], "actor": one.actors}[field]
            for value in values:
                counts.setdefault(value or "", Counter())[compared.run_of(one.date)] += 1
    expected = {
        value: (found["last"], found["before"], found["unsure"])
        for value, found in counts.items()
        if (value or not field) and found["last"] + found["before"] + found["unsure"]
    }
    found = shown.runs(query, field, compared.start, compared.middle, compared.end)
    assert {value: tuple(runs) for value, runs in found.items() if any(runs)} == expected


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("cell", [0.0, 0.5, 5.0])
def test_points_hold_every_row_with_coordinates_once(shown: ShownRows, query: Query, cell: float) -> None:
    found = [one for one in ROWS if holds(query, one) and one.place and one.place.lat is not None]
    points = shown.points(query, cell)
    assert sum(point.n for point in points) == len(found)
    by_id = {one.id: one for one in found}
    for point in points:
        assert (point.id is not None) == (point.n == 1)
        if point.id:
            assert by_id[point.id].place.lat == point.lat  # type: ignore[union-attr]
    wide = sum(one.place.precision >= 3 for one in found if one.place)
    assert sum(point.n for point in points if point.precision >= 3) == wide


def test_towns_are_binned_together_and_a_province_is_no_part_of_that(shown: ShownRows) -> None:
    points = shown.points(Query(country="NG", kind=""), 20.0)
    assert sorted((point.precision, point.place) for point in points) == [(2, None), (4, "Borno")]


HOSTILE = [
    '"', '""', "'", "AND", "OR", "NOT", "*", "a*", "NEAR(", "NEAR(a b, 3)", "text:raid", "-raid", "^raid", "(", ")",
    "{a b}", "raid AND", '"raid', 'raid"', "a+b", "\0", "raid\0", "\ud800", "🙂", "raid 🙂", "%", "_", ";--",
    "\u202eraid", "́", "𐍈", "x" * 10_000, "x " * 5_000, '"' * 10_000, "raid " * 2_000, "\\", "\n", "ⁿ", "٣",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_no_search_is_an_error(shown: ShownRows, text: str) -> None:
    query = Query(text=text, kind="")
    assert shown.totals(query).n == len(shown.page(query, 1_000)) <= len(ROWS)


def test_a_search_without_a_word_finds_nothing_and_an_empty_one_everything(shown: ShownRows) -> None:
    assert shown.totals(Query(text="🙂 ?!")).n == 0
    assert shown.totals(Query(text="  ", kind="")).n == len(ROWS)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("car bom", '"car" "bom"*'),
        ("car bomb ", '"car" "bomb"'),
        ('"car bomb" b', '"car bomb" "b"'),
        ('"car bo', '"car bo"'),
        ("NEAR(car", '"NEAR(car"*'),
    ],
)
def test_the_last_word_may_be_begun_only(typed: str, asked: str) -> None:
    assert words_asked(typed) == asked


@pytest.mark.parametrize(
    "ask",
    [
        lambda shown: shown.page(Query(sort="id; DROP TABLE shown")),
        lambda shown: shown.ids(Query(sort="")),
        lambda shown: shown.facets(Query(), "fingerprint"),
        lambda shown: shown.periods(Query(), "decade"),
        lambda shown: shown.n_wider(Query(), "n"),
    ],
)
def test_what_there_is_none_of_is_an_input_error_that_says_what_there_is(shown: ShownRows, ask: Any) -> None:
    with pytest.raises(InputError, match="there are: "):
        ask(shown)


# --- near ---------------------------------------------------------------------------------------------------------


def test_look_alikes_are_near_of_a_related_sort_and_the_nearest_come_first(tmp_path: Path) -> None:
    own = replace(row(1), id="in_own", kind="incident", type="Grenade", place=PLACES[1])
    own = replace(own, date=PartialDate.day(DAY))
    others = {
        "in_1_same": own,
        "in_2_next_day": replace(own, date=PartialDate.day(DAY + timedelta(days=1))),
        "in_3_vague": replace(own, type="Attack", date=PartialDate.day(DAY + timedelta(days=1))),
        "in_4_province": replace(own, place=PLACES[3]),
        "in_far_off": replace(own, place=PLACES[2]),
        "in_late": replace(own, date=PartialDate.day(DAY + timedelta(days=9))),
        "in_other_sort": replace(own, type="Air/drone strike"),
        "in_talks": replace(own, kind="statement"),
        "in_undated": replace(own, date=PartialDate()),
    }
    rows = [own, *(replace(other, id=id) for id, other in others.items())]
    with SqliteStore(tmp_path / "l.db") as store:
        fill(store, rows)
        near = store.shown.near("in_own", days=3, km=100.0)
        assert [one.id for one in near] == ["in_1_same", "in_2_next_day", "in_3_vague", "in_4_province"]
        assert store.shown.near("in_own", days=3, km=100.0, limit=1) == near[:1]
        assert store.shown.near("in_none") == []


# --- writing ------------------------------------------------------------------------------------------------------


def test_a_row_that_reflects_less_replaces_none_and_takes_none_out(tmp_path: Path) -> None:
    old, new = replace(ROWS[0], title="old"), replace(ROWS[0], title="new")
    with SqliteStore(tmp_path / "l.db") as store:
        fill(store, [new], Mark(1, 2))
        store.shown_index.write([Row.of(old)], [], Mark(1, 1))
        store.shown_index.write([], [old.id], Mark(1, 1))
        assert store.shown.get(new.id) == new
        store.shown_index.write([Row.of(old)], [], Mark(2, 0))
        assert store.shown.get(new.id) == old


def test_what_the_ledger_has_not_is_not_taken_in(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        fill(store, ROWS[:2])
        store.shown_index.write([Row.of(ROWS[3])], [], Mark(1, 0))
        assert store.shown.get(ROWS[3].id) is None


def test_an_emptied_index_holds_nothing_and_is_not_current(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        fill(store, ROWS[: BATCH_ROWS + 1])
        store.shown_index.begin(Mark(1, 0))
        assert not store.shown_index.is_current()
        store.shown_index.end(Mark(1, 0))
        assert store.shown_index.is_current()
        store.shown_index.clear()
        assert not store.shown_index.is_current()
        for name in ("", "_row", "_actor", "_ask", "_words"):
            assert store._connection.execute(f"SELECT count(*) FROM shown{name}").fetchone() == (0,), name


def test_readers_of_one_file_see_what_another_wrote(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with SqliteStore(path) as writer, SqliteStore(path, read_only=True) as reader:
        fill(writer, ROWS[:9])
        assert reader.shown.totals(Query(kind="")).n == 9
        writer.shown_index.write([Row.of(replace(ROWS[1], title="anew"))], [ROWS[2].id], Mark(2, 0))
        titles = {row.id: row.title for row in reader.shown.page(Query(kind="", sort="title"))}
        assert titles == {row.id: row.title for row in ROWS[:9] if row != ROWS[2]} | {ROWS[1].id: "anew"}
        assert reader.shown.facets(Query(kind=""), "actor") == writer.shown.facets(Query(kind=""), "actor")


def test_a_row_that_is_replaced_while_a_page_is_read_is_read_as_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, shown = tmp_path / "l.db", ShownRows._shown
    with SqliteStore(path) as writer, SqliteStore(path, read_only=True) as reader:
        fill(writer, ROWS[:9])

        def late(self: ShownRows, numbers: Any) -> list[Shown]:
            monkeypatch.setattr(ShownRows, "_shown", shown)
            writer.shown_index.write([Row.of(replace(ROWS[1], judged=not ROWS[1].judged))], [], Mark(2, 0))
            return shown(self, numbers)

        monkeypatch.setattr(ShownRows, "_shown", late)
        page = {row.id: row.judged for row in reader.shown.page(Query(kind=""))}
        assert page == {row.id: row.judged for row in ROWS[:9]} | {ROWS[1].id: not ROWS[1].judged}


def test_threads_share_what_one_of_them_read(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as writer:
        fill(writer, ROWS[:50])
    told = []

    def look() -> None:
        with SqliteStore(tmp_path / "l.db", read_only=True) as store:
            told.append((store.shown.totals(Query(kind="")).n, store.shown._latest))

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [n for n, _ in told] == [50] * 4
    assert len({id(latest) for _, latest in told}) == 1


def test_an_earlier_copy_of_the_file_is_read_as_it_is(tmp_path: Path) -> None:
    path, copy = tmp_path / "l.db", tmp_path / "copy.db"
    with SqliteStore(path) as store:
        fill(store, ROWS[:5])
    copy.write_bytes(path.read_bytes())
    with SqliteStore(path) as store:
        store.shown_index.write([Row.of(replace(ROWS[0], title="anew"))], [ROWS[1].id], Mark(2, 0))
        assert store.shown.totals(Query(kind="")).n == 4
    path.write_bytes(copy.read_bytes())
    with SqliteStore(path) as store:
        assert {row.id: row.title for row in store.shown.page(Query(kind=""))} == {
            r.id: r.title for r in ROWS[:5]
        }
