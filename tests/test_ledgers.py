"""The synthetic ledgers that the desk is tested and measured on are ledgers as a run writes them."""

from pathlib import Path

import pytest

import desk as bench_desk
from attested.all_reports import merge_of, merged
from attested.decisions.desk import Desk
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.views.facts import Facts
from hostile import LINKS, LONG_LINE, PHRASES, hostile_ledger
from ledger_file import TABLES
from ledgers import Made, index, write_ledger


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> tuple[Path, Made]:
    path = tmp_path_factory.mktemp("small") / "small.db"
    return path, write_ledger(path, incidents=300)


@pytest.fixture(scope="module")
def ledger(small) -> Ledger:
    with SqliteStore(small[0], read_only=True) as store:
        return store.load()


def test_the_same_is_made_again(small, tmp_path):
    write_ledger(tmp_path / "again.db", incidents=300)
    with SqliteStore(tmp_path / "again.db") as again, SqliteStore(small[0]) as store:
        assert again.load() == store.load()


def test_it_has_as_many_incidents_as_asked(small, ledger):
    assert small[1].incidents == len(ledger.incidents) == 300
    assert small[1].claims == len(ledger.claims)


def test_it_has_as_many_claims_as_asked(tmp_path):
    made = write_ledger(tmp_path / "claims.db", claims=2_000)
    assert 2_000 <= made.claims < 2_500


def test_nothing_asked_or_a_file_there_is_refused(small, tmp_path):
    with pytest.raises(ValueError, match="how many"):
        write_ledger(tmp_path / "none.db")
    with pytest.raises(FileExistsError):
        write_ledger(small[0], incidents=3)


def test_rows_are_written_as_the_store_writes_them(ledger, small):
    lists = {
        "page": ledger.pages,
        "outline": ledger.outlines,
        "mention": ledger.mentions,
        "claim": ledger.claims,
    }
    lists |= {"derivation": ledger.derivations, "incident": ledger.incidents, "given": ledger.given}
    with SqliteStore(small[0], read_only=True) as store:
        for name, values in lists.items():
            table = TABLES[name]
            found = [row[: len(table.columns)] for row in store._all(table.select())]
            assert sorted(found, key=repr) == sorted(map(table.row, values), key=repr), name


def test_words_stand_where_they_are_said_to(ledger):
    texts = {report.id: report.text for report in ledger.reports}
    for claim in ledger.claims:
        assert texts[claim.report_id][claim.span.start : claim.span.end] == claim.span.text
    for mention in ledger.mentions:
        for span in (mention.trigger, mention.sentence):
            assert texts[mention.report_id][span.start : span.end] == span.text
    for outline in ledger.outlines:
        for row in (*outline.quotes, *outline.sayings):
            assert texts[row.report_id][row.span.start : row.span.end] == row.span.text


def test_every_view_has_rows(ledger):
    facts = Facts(ledger)
    assert facts.statements
    assert facts.trends
    assert facts.sayings
    assert facts.quotes
    assert facts.set_aside
    assert facts.spun
    assert any(link.altered_from for link in facts.quote_links.values())
    assert {row.kind for row in facts.derivations} == {
        "republished",
        "identical",
        "excerpt",
        "rewrite",
        "spun",
    }
    fields = {found.field for row in facts.incidents for found in row.contradictions}
    assert {"killed", "perpetrator"} <= fields


def test_places_and_days_are_known_more_or_less(ledger):
    incidents = Facts(ledger).incidents
    assert {"day", "month", "unknown"} <= {row.date.precision for row in incidents}
    assert {1, 4, 5, 6} <= {row.place.precision for row in incidents if row.place}
    assert any(row.place is None for row in incidents)
    assert any(row.place and row.place.lat is None for row in incidents)
    assert len({row.place.country for row in incidents if row.place}) > 30


def test_a_run_would_merge_nothing_anew(ledger):
    """What merging kept is as a run would have kept it: mentions are as they were, incidents and ids stay."""
    again = merged(ledger, merge_of(ledger)).incidents
    assert [(i.id, i.type, i.mention_ids) for i in again] == [
        (i.id, i.type, i.mention_ids) for i in ledger.incidents
    ]


def test_each_mention_has_its_matches(ledger):
    pairs = {(row.mention_id, other) for row in ledger.kept for other, _, _ in row.pairs()}
    assert pairs
    assert pairs == {(other, one) for one, other in pairs}


def test_a_decision_changes_what_it_names_alone(small, ledger, tmp_path):
    path = tmp_path / "decided.db"
    path.write_bytes(small[0].read_bytes())
    one, other = sorted(ledger.incidents, key=lambda row: -len(row.mention_ids))[:2]
    with SqliteStore(path) as store:
        Desk(store).merge([one.id, other.id], by="a test")
        after = {row.id: row for row in store.load().incidents}
    changed = {row.id for row in ledger.incidents if after.get(row.id) != row}
    assert changed == {one.id, other.id}
    assert len(after) == len(ledger.incidents) - 1


def test_hostile_pages_come_back_as_they_are(tmp_path):
    hostile_ledger(tmp_path / "hostile.db")
    with SqliteStore(tmp_path / "hostile.db") as store:
        ledger = store.load()
    assert set(PHRASES) <= {report.outlet for report in ledger.reports} | {r.byline for r in ledger.reports}
    assert set(LINKS) == {page.url for page in ledger.pages if page.url}
    assert max(len(line) for page in ledger.pages for line in page.text.splitlines()) >= LONG_LINE
    facts = Facts(ledger)
    assert len(facts.incidents) == len(PHRASES)
    told = {value.value for row in facts.incidents for value in row.target}
    assert any("<script>" in value for value in told)
    assert facts.statements
    assert facts.trends


def test_the_desk_is_measured_on_every_sort_of_page(small, tmp_path, capsys):
    path = tmp_path / "measured.db"
    path.write_bytes(small[0].read_bytes())
    index(path)
    bench_desk.main([str(path), "--n", "1", "--decisions", "2"])
    rows = capsys.readouterr().out.splitlines()[2:-1]
    sorts = {row[:34].partition(",")[0].partition(" ")[0].strip() for row in rows}
    assert {"incident", "table", "search", "map", "trends", "report", "story", "decision", "waiting"} <= sorts
    wrong = [row for row in rows if "answered" in row]
    assert not wrong
