"""Lists asked of the tables, against the same reckoned over the whole ledger."""

from datetime import date
from pathlib import Path

import pytest

from attested.errors import InputError
from attested.ledger import lists
from attested.ledger.lists import ReportQuery
from attested.ledger.sqlite import SqliteStore
from attested.views.facts import Facts


@pytest.fixture(scope="module")
def store(example_run: tuple[Path, object]):
    with SqliteStore(example_run[0], read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(store: SqliteStore) -> Facts:
    return Facts(store.load(vectors=False))


def listed(store: SqliteStore, **query: object) -> set[str]:
    n, found = store.ask(lists.reports_listed, ReportQuery(**query), 100)  # type: ignore[arg-type]
    assert n == len(found)
    return {row.id for row in found}


def test_all_reports_are_listed_the_newest_first_and_page_by_page(store, facts):
    n, found = store.ask(lists.reports_listed, ReportQuery(), 100)
    days = [facts.published(row.id).interval.start for row in found]
    assert {row.id for row in found} == set(facts.reports)
    assert n == len(found) == len(facts.reports)
    assert days == sorted(days, reverse=True)
    by_page = [store.ask(lists.reports_listed, ReportQuery(), 4, at)[1] for at in range(0, n, 4)]
    assert [row for page in by_page for row in page] == list(found)


def test_a_line_says_what_the_ledger_says(store, facts):
    told = {id: set() for id in facts.reports}
    for incident in facts.context.incidents:
        for report in facts.context.reports_of(incident.mention_ids):
            told[report].add(incident.id)
    for row in store.ask(lists.reports_listed, ReportQuery(), 100)[1]:
        report, settled, origin = facts.reports[row.id], facts.published(row.id), facts.origin_of[row.id]
        assert (row.headline, row.outlet, row.agency) == (report.headline, report.outlet, report.agency)
        assert (row.published, row.basis, row.doubts) == (settled.interval, settled.basis, settled.doubts)
        assert (row.origin, row.n_shared) == (origin.id, len(origin.reports))
        assert row.n_incidents == len(told[row.id])
        assert row.id in next(story for story in facts.stories if story.id == row.story).reports
        made = {"later version" if d.is_version else d.kind for d in facts.made_from.get(row.id, ())}
        assert set(row.made) == made
        assert row.page == facts.pages[report.page_id].input


def test_each_filter_keeps_the_reports_that_it_names(store, facts):
    reports = facts.reports.values()
    for outlet in {report.outlet for report in reports if report.outlet}:
        assert listed(store, outlet=outlet) == {r.id for r in reports if r.outlet == outlet}
    assert listed(store, agency="Meridian") == {r.id for r in reports if r.agency == "Meridian"} != set()
    for made in ("identical", "republished", "excerpt", "rewrite", "spun"):
        kept = {d.child for d in facts.derivations if d.kind == made and not d.is_version}
        assert listed(store, made=made) == kept != set()
    assert listed(store, made=lists.OWN) == set(facts.reports) - {d.child for d in facts.derivations}
    assert listed(store, made=lists.VERSION) == {d.child for d in facts.derivations if d.is_version}


def test_words_of_a_headline_are_found_in_any_order_and_wildcards_are_words(store, facts):
    wanted = {r.id for r in facts.reports.values() if "market" in r.headline and "Bomb" in r.headline}
    assert listed(store, text="MARKET bomb") >= wanted != set()
    assert not listed(store, text="mark_t")
    assert not listed(store, text="%")
    assert not listed(store, text="a\\")


def test_filters_together_keep_what_all_of_them_keep(store, facts):
    first, last = date(2025, 3, 12), date(2025, 3, 31)
    days = {id: facts.published(id).interval.start for id in facts.reports}
    month = {id for id, day in days.items() if day and first <= day <= last}
    assert listed(store, first=first, last=last) == month
    assert listed(store, first=first) == {id for id, day in days.items() if day and day >= first}
    both = month & {r.id for r in facts.reports.values() if r.agency == "Meridian"}
    assert listed(store, first=first, last=last, agency="Meridian") == both != month
    assert listed(store, last=last, text="e") == {
        id
        for id, day in days.items()
        if day and day <= last and "e" in (facts.reports[id].headline or "").lower()
    }


def test_no_known_way_of_making_is_refused(store):
    with pytest.raises(InputError, match="ask for one of: own text, identical"):
        listed(store, made="stolen")


def test_pages_set_aside_are_all_there_with_their_reasons(store, facts):
    pages = store.ask(lists.pages_aside, 100)
    assert {(p.id, p.why) for p in pages} == {(p.id, p.why) for p in facts.set_aside}
    assert [p.input for p in pages] == sorted(p.input for p in pages)
    assert sum(store.ask(lists.reasons_aside).values()) == len(facts.set_aside)
    assert store.ask(lists.count_read) == len(facts.pages) - len(facts.set_aside)


def test_outlets_are_counted(store, facts):
    counted = store.ask(lists.names_of, "outlet")
    assert sum(counted.values()) == sum(report.outlet is not None for report in facts.reports.values())
    assert list(counted.values()) == sorted(counted.values(), reverse=True)


def test_reports_of_a_run_that_has_not_ended_are_counted_apart(tmp_path: Path):
    from factory import page, report

    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(page("Two died."), [report("Two died.")])
        store.flush()
        assert store.ask(lists.count_unsettled) == 1
        assert store.ask(lists.reports_listed, ReportQuery(), 10) == (0, ())
