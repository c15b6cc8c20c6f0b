"""Which values rest on which origin."""

from dataclasses import replace
from datetime import date

from factory import claim, mention, page, published, report, sure

from attested.ledger.store import Ledger
from attested.model import Derivation, Incident, Origin, Passage
from attested.views.facts import Facts
from attested.views.rests import brought, value_rows

FIRST = "Five people were killed in Biu. A market burned."
LATER = "Five people were killed in Biu. Nine goats died, and seven people were hurt."
OTHER = "Six people were killed in Biu, the mayor said."

first = report(FIRST, id="rp_first", outlet="Alpha")
copy = report(FIRST + " ", id="rp_copy", outlet="Beta")
later = report(LATER, id="rp_later", outlet="Gamma")
spun = report(FIRST.replace("burned", "smouldered"), id="rp_spun")
other = report(OTHER, id="rp_other", outlet="Delta")
REPORTS = (first, copy, later, spun, other)
mentions = tuple(mention(r, "killed", id=f"mn_{r.id}") for r in REPORTS)
killed = [
    claim(r, m, killed=n, says=word, id=f"cl_{r.id}")
    for r, m, n, word in zip(REPORTS, mentions, (5, 5, 5, 5, 6), ("Five",) * 4 + ("Six",), strict=True)
]
hurt = claim(later, mentions[2], injured=7, says="seven people", id="cl_hurt")
same = (Passage(0, 31, 0, 31),)
LEDGER = Ledger(
    pages=tuple(page(r.text, id=r.page_id) for r in REPORTS),
    reports=REPORTS,
    mentions=mentions,
    claims=(*killed, hurt),
    published={r.id: published(r, date(2025, 3, 1 + n)) for n, r in enumerate(REPORTS)},
    derivations=(
        Derivation(copy.id, first.id, "identical", sure(), passages=(Passage(0, 48, 0, 48),)),
        Derivation(later.id, first.id, "rewrite", sure(), passages=same),
        Derivation(spun.id, first.id, "spun", sure(), passages=same),
    ),
    origins=(
        Origin("or_first", (first.id, copy.id, later.id, spun.id)),
        Origin("or_other", (other.id,)),
    ),
    incidents=(Incident("in_biu", "Attack", tuple(m.id for m in mentions)),),
)


def rows(facts: Facts):
    return {(row.field, row.value): row for row in value_rows(facts, facts.incidents[0])}


def test_a_value_that_copies_repeat_rests_on_one_origin() -> None:
    found = rows(Facts(LEDGER))
    five = found["killed", "5"]
    assert five.n_origins == 1
    assert five.n_reports == 4
    assert five.is_copied
    held = five.by_origin["or_first"]
    assert held.spun == (spun.id,)
    assert held.n_written == 3
    assert held.claims[0] == "cl_rp_first", "the earliest report is shown first"
    assert set(found["killed", "6"].by_origin) == {"or_other"}
    assert not found["killed", "6"].is_copied


def test_what_a_rewrite_adds_is_its_own() -> None:
    seven = rows(Facts(LEDGER))["injured", "7"]
    assert seven.by_origin["or_first"].added == (later.id,)


def test_what_a_report_brought_is_what_nothing_above_it_tells() -> None:
    facts = Facts(LEDGER)
    found = brought(facts, value_rows(facts, facts.incidents[0]))
    told = {report: [(one.field, one.value) for one in ones] for report, ones in found.items()}
    assert told[first.id] == [("killed", "5")]
    assert told[copy.id] == told[spun.id] == []
    assert told[later.id] == [("injured", "7")]
    assert found[later.id][0].is_addition


def test_an_altered_value_says_what_it_stands_for() -> None:
    claims = tuple(replace(c, value=8) if c.report_id == spun.id else c for c in LEDGER.claims)
    facts = Facts(replace(LEDGER, claims=claims))
    found = brought(facts, value_rows(facts, facts.incidents[0]))
    assert [(one.value, one.instead) for one in found[spun.id]] == [("8", ("5",))]
    assert rows(facts)["killed", "8"].n_origins == 0


def test_what_is_not_known_yet_is_not_told() -> None:
    early = Facts(LEDGER, date(2025, 3, 1))
    five = rows(early)["killed", "5"]
    assert five.n_reports == 1
    assert set(rows(early)) == {("killed", "5")}
