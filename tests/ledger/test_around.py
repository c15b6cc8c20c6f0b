"""A part of a ledger shows a row as the whole ledger does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import example_ledger as example
import pytest
from factory import claim, mention, outline, page, published, report

from attested.incidents.anchors import Finder
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Incident, Judgement, Origin, Redirect, Story
from attested.views.explain import explain
from attested.views.facts import Facts
from attested.views.history import history

FAR_TEXT = "A bridge was blown up in Orsk. Nobody was hurt."


def two_affairs() -> Ledger:
    """The example and, of another affair, a report with an incident of its own."""
    near, far = example.ledger(), report(FAR_TEXT, id="rp_far")
    deed = mention(far, "blown up", id="mn_far")
    return replace(
        near,
        pages=(*near.pages, page(FAR_TEXT)),
        reports=(*near.reports, far),
        outlines=(*near.outlines, outline(far)),
        mentions=(*near.mentions, deed),
        claims=(*near.claims, claim(far, deed, place="Orsk", says="Orsk", id="cl_orsk")),
        published=near.published | {far.id: published(far, date(2021, 5, 4))},
        origins=(*near.origins, Origin("or_far", (far.id,))),
        stories=(*near.stories, Story("sy_far", "", (far.id,))),
        incidents=(*near.incidents, Incident("in_far", "Remote explosive/landmine/IED", (deed.id,))),
    )


KINDS = ("incidents", "statements", "trends", "reports", "claims", "origins", "stories")
IDS = [row.id for kind in KINDS for row in getattr(two_affairs(), kind)]


@pytest.fixture(name="store")
def fixture_store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "l.db") as store:
        save(store, two_affairs())
        yield store


def save(store: SqliteStore, ledger: Ledger) -> None:
    """Page by page, as a run does."""
    for one in ledger.pages:
        own = [row for row in ledger.reports if row.page_id == one.id]
        ids = {row.id for row in own}
        parts = (ledger.outlines, ledger.mentions, ledger.claims)
        store.save_page(one, own, *([row for row in rows if row.report_id in ids] for rows in parts))  # type: ignore[attr-defined]
    assert store.save_cross(ledger)


def judge(store: SqliteStore, mention_id: str, verdict: str = "positive", **more: str) -> None:
    facts = Facts(store.load())
    words = str(Finder(facts.mentions, facts.claims, facts.reports).of_mention(mention_id))
    kind = facts.mentions[mention_id].kind
    store.judge(Judgement(f"jd_{mention_id}", kind, words, None, verdict, by="anna", **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("id", IDS)
def test_a_row_is_explained_alike_from_its_part_and_from_the_whole(store: SqliteStore, id: str) -> None:
    judge(store, "mn_wire", note="seen")
    part, whole = store.load(around=id), store.load()
    assert explain(Facts(part), id) == explain(Facts(whole), id)
    assert len(part.reports) < len(whole.reports)


@pytest.mark.parametrize("id", [row.id for row in two_affairs().incidents])
def test_an_incidents_history_is_the_same(store: SqliteStore, id: str) -> None:
    assert history(store.load(around=id), id).row() == history(store.load(), id).row()


def test_only_what_is_near_is_read(store: SqliteStore) -> None:
    alone = store.load(around="cl_orsk")
    assert [row.id for row in (*alone.reports, *alone.incidents, *alone.claims)] == [
        "rp_far",
        "in_far",
        "cl_orsk",
    ]
    assert alone.kept == () == alone.given


def test_the_first_letters_of_an_id_and_an_id_that_leads_on_are_enough(store: SqliteStore) -> None:
    store.save_cross(replace(store.load(), redirects=(Redirect("in_gone", "in_tibu"),)))
    whole = {row.id for row in store.load(around="in_tibu").reports}
    assert {row.id for row in store.load(around="in_ti").reports} == whole
    assert {row.id for row in store.load(around="in_gone").reports} == whole


@pytest.mark.parametrize("id", ["in_", "in_nothing", "4.txt"])
def test_what_names_no_row_or_several_reads_the_whole(store: SqliteStore, id: str) -> None:
    assert len(store.load(around=id).reports) == len(two_affairs().reports)


def test_a_decision_on_a_page_that_is_gone_reads_the_whole(store: SqliteStore) -> None:
    store.judge(Judgement("jd_1", "incident", "pg_gone#char=1,4 “raid”", None, "negative"))
    assert len(store.load(around="in_far").reports) == len(two_affairs().reports)


def test_decisions_far_away_are_left_out_with_their_undoings(store: SqliteStore) -> None:
    judge(store, "mn_wire")
    store.judge(Judgement("jd_2", "undo", "jd_mn_wire", None, "unsure", supersedes="jd_mn_wire"))
    assert store.load(around="in_far").judgements == ()
    assert [j.id for j in store.load(around="rp_wire").judgements] == ["jd_mn_wire", "jd_2"]


def test_several_rows_are_read_at_once_and_what_is_no_row_is_left_out(store: SqliteStore) -> None:
    both = store.load(around=["in_far", "in_tibu", "Nobody"])
    alone = [{row.id for row in store.load(around=id).reports} for id in ("in_far", "in_tibu")]
    assert {row.id for row in both.reports} == alone[0] | alone[1]
    assert store.load(around=[]).reports == ()


def test_a_mention_and_a_decision_are_read_with_what_holds_them(store: SqliteStore) -> None:
    judge(store, "mn_far")
    assert {row.id for row in store.load(around="mn_far").incidents} == {"in_far"}
    assert {row.id for row in store.load(around=["jd_mn_far"]).incidents} == {"in_far"}


def test_a_chain_of_decisions_on_the_same_words_is_read_whole(store: SqliteStore) -> None:
    """What is one with what is one with a report's words bears on these too."""
    whole = store.load()
    finder = Finder({m.id: m for m in whole.mentions}, {}, {r.id: r for r in whole.reports})
    words = {id: str(finder.of_mention(id)) for id in ("mn_far", "mn_wire", "mn_copy")}
    for n, pair in enumerate((("mn_far", "mn_wire"), ("mn_wire", "mn_copy"))):
        left, right = (words[id] for id in pair)
        store.judge(Judgement(f"jd_{n}", "same incident", f"{left}\n{right}", None, "positive"))
    part = store.load(around="in_far")
    assert [j.id for j in part.judgements] == ["jd_0", "jd_1"]
    assert {"rp_far", "rp_wire", "rp_copy"} <= {row.id for row in part.reports}
