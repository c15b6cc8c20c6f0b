"""The names below are the contract of LEDGER-EXPORT.md: more may be added, none renamed."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import example_ledger as example
import pytest
from factory import claim, report

from attested.incidents.anchors import Finder
from attested.ledger.store import Ledger
from attested.model import Judgement
from attested.views.exports.csv import export_csv
from attested.views.exports.geojson import feature_collection
from attested.views.exports.json import export_json, export_jsonl, ledger_object
from attested.views.facts import Facts
from attested.views.flat import KINDS as FLAT_KINDS
from attested.views.rows import KINDS

SPAN = "start end text"
CONTRACT = {
    "pages": "id input key url kind status why",
    "reports": "id page outlet agency headline byline dateline language published body furniture",
    "derivations": "child parent agency kind score passages why",
    "origins": "id agency reports",
    "stories": "id headline reports",
    "incidents": "id type plover is_habitual date place killed injured weapon target victims perpetrator_alleged "
    "responsibility_claimed responsibility_denied reports n_reports n_origins contradictions claims judged",
    "statements": "id act mode speaker on_behalf_of addressee what date quotes reports n_reports n_origins "
    "contradictions claims",
    "trends": "id text value approximate direction period reports n_origins claims",
    "quotes": f"id report {SPAN} speaker same_as altered",
    "sayings": f"id report {SPAN} rest voice hedge same_as",
    "claims": f"id report about field value unit {SPAN} sentence voice hedge polarity confidence method superseded_by",
    "actors": "id name kind aliases country",
    "judgements": "id kind left right verdict value by at note supersedes",
}


@pytest.fixture(scope="module")
def ledger() -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(export_json(example.facts())))
    return read


def only(ledger: dict[str, Any], kind: str, id: str) -> dict[str, Any]:
    [row] = [row for row in ledger[kind] if row["id"] == id]
    found: dict[str, Any] = row
    return found


def test_every_name_of_the_contract_is_there(ledger: dict[str, Any]) -> None:
    assert set(ledger) == {"attested", *CONTRACT}
    assert {"version", "made_at", "settings"} <= set(ledger["attested"])
    for kind, names in CONTRACT.items():
        for row in ledger[kind]:
            assert set(names.split()) <= set(row), kind
    assert {"start", "end", "precision", "text", "basis", "evidence", "doubts", "candidates"} <= set(
        ledger["reports"][0]["published"]
    )
    assert {"value", "kind", "why_not", *SPAN.split()} <= set(
        only(ledger, "reports", "rp_copy")["published"]["candidates"][0]
    )


def test_spans_are_their_text(ledger: dict[str, Any]) -> None:
    texts = {r.id: r.text for r in example.REPORTS}
    for row in [*ledger["claims"], *ledger["quotes"], *ledger["sayings"]]:
        assert texts[row["report"]][row["start"] : row["end"]] == row["text"]
    for row in ledger["claims"]:
        sentence = row["sentence"]
        assert texts[row["report"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_unknown_is_null_never_zero(ledger: dict[str, Any]) -> None:
    mast = only(ledger, "incidents", "in_mast")
    assert (mast["killed"], mast["injured"], mast["place"]) == (None, None, None)
    assert (mast["date"]["start"], mast["date"]["end"], mast["date"]["precision"]) == (None, None, "unknown")
    assert only(ledger, "trends", "tr_posts")["value"] is None


def test_an_incident_row(ledger: dict[str, Any]) -> None:
    row = only(ledger, "incidents", "in_tibu")
    assert row["killed"] | {"why": ""} == {"low": 4, "best": 4, "high": 6, "approximate": False, "why": ""}
    assert row["place"]["country"] == "CO"
    assert row["target"] == [
        {"value": "a police post", "n_origins": 1, "degraded": False, "claims": ["cl_four"]}
    ]
    [blamed] = row["perpetrator_alleged"]
    assert (blamed["actor"], blamed["actor_id"], blamed["by"]["cue"]) == (
        "National Liberation Army",
        "ac_eln",
        "blamed",
    )
    [dispute] = row["contradictions"]
    assert [value["value"] for value in dispute["values"]] == ["4", "6"]
    assert set(row["claims"]) == {
        c.id for c in example.CLAIMS if c.mention_id in ("mn_wire", "mn_copy", "mn_othr")
    }


def test_an_incident_says_how_sure_it_is_and_why(ledger: dict[str, Any]) -> None:
    sure = only(ledger, "incidents", "in_tibu")["confidence"]
    assert sure.keys() == {
        "incident", "merge", "killed", "date", "place", "type", "perpetrator_alleged",
    }  # fmt: skip
    assert all(0 < row["value"] < 1 for row in sure.values())
    assert sure["killed"]["although"]
    alone = only(ledger, "incidents", "in_mast")["confidence"]
    assert alone["merge"] is None
    assert "killed" not in alone
    [flat] = [row for row in FLAT_KINDS["incidents"](example.facts()) if row["id"] == "in_tibu"]
    assert flat["sure"] == sure["incident"]["value"]
    assert flat["sure_killed"] == sure["killed"]["value"]
    assert flat["sure_injured"] is None


def test_claims_know_what_they_are_about(ledger: dict[str, Any]) -> None:
    assert only(ledger, "claims", "cl_six")["about"] == "in_tibu"
    assert only(ledger, "claims", "cl_doub")["about"] == "tr_posts"
    assert only(ledger, "claims", "cl_six")["voice"]["via"]["kind"] == "outlet"


def test_quotes_are_linked_and_altered(ledger: dict[str, Any]) -> None:
    rows = {row["report"]: row for row in ledger["quotes"]}
    assert rows["rp_wire"]["same_as"] == [rows["rp_copy"]["id"]]
    assert rows["rp_wire"]["altered"] is None
    assert rows["rp_spun"]["altered"]["from"] == rows["rp_wire"]["id"]


def test_a_lost_date_is_kept_with_its_reason(ledger: dict[str, Any]) -> None:
    published = only(ledger, "reports", "rp_copy")["published"]
    [lost] = published["candidates"]
    assert (lost["value"], lost["why_not"]) == ("2021-06-01", "after every other date of its family")
    assert published["doubts"]


def test_jsonl_holds_the_same_rows(ledger: dict[str, Any]) -> None:
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for line in export_jsonl(example.facts()):
        row = json.loads(line)
        found.setdefault(row.pop("row"), []).append(row)
    assert found.pop("attested") == [ledger["attested"]]
    assert found == {kind: ledger[kind] for kind in KINDS}


def test_a_judgement_shows() -> None:
    facts = example.facts()
    said = Finder({}, facts.claims, facts.reports).of_claim("cl_six")
    judged = Judgement(
        "jd_1", "claim", str(said), None, "negative", by="anna", at="2021-05-07", note="misread"
    )
    ledger = replace(facts.ledger, judgements=(judged,))
    found = ledger_object(example.fused_by_hand(Facts(ledger), facts.incidents))
    assert only(found, "incidents", "in_tibu")["judged"] is True
    assert only(found, "incidents", "in_drone")["judged"] is False
    assert only(found, "claims", "cl_six")["superseded_by"] == "jd_1"
    assert only(found, "claims", "cl_four")["superseded_by"] is None
    [row] = found["judgements"]
    assert (row["by"], row["note"], row["state"]) == ("anna", "misread", "stands")
    assert row["left"].endswith("killed=6 “At least six police officers”")


def test_claims_of_a_corrected_value_are_superseded() -> None:
    facts = example.facts()
    anchors = Finder(facts.mentions, facts.claims, facts.reports)
    judged = Judgement("jd_2", "value", str(anchors.of_mention("mn_wire")), "killed", "corrected", "5")
    found = ledger_object(Facts(replace(facts.ledger, judgements=(judged,))))
    tibu = only(found, "incidents", "in_tibu")
    assert (tibu["killed"]["best"], tibu["corrected"]) == (5, {"killed": "jd_2"})
    assert {c["id"] for c in found["claims"] if c["superseded_by"]} == {"cl_four", "cl_fou2", "cl_six"}


def test_as_of_leaves_out_later_reports_and_keeps_the_undated() -> None:
    facts = example.facts()
    early = Facts(facts.ledger, as_of=date(2021, 5, 3))
    assert set(early.reports) == {"rp_wire", "rp_spun"}
    assert set(early.claims) == {"cl_four", "cl_mond", "cl_tibu", "cl_blam", "cl_doub", "cl_told"}
    assert [origin.reports for origin in early.origins] == [("rp_wire", "rp_spun")]
    assert ledger_object(early)["attested"]["as_of"] == "2021-05-03"


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("kind", FLAT_KINDS)
def test_flat_rows_have_one_shape(kind: str) -> None:
    rows = list(FLAT_KINDS[kind](example.facts()))
    assert rows
    assert len({tuple(row) for row in rows}) == 1
    assert all(isinstance(cell, (str, int, float, type(None))) for row in rows for cell in row.values())


def test_an_outlet_with_two_copies_of_one_text_is_named_once() -> None:
    facts = example.facts()
    reports = tuple(replace(r, outlet="Valley News") for r in facts.ledger.reports)
    rows = FLAT_KINDS["origins"](Facts(replace(facts.ledger, reports=reports)))
    assert {(row["n_reports"], row["outlets"]) for row in rows} == {(3, "Valley News"), (1, "Valley News")}


def test_csv_incidents() -> None:
    heading, *rows = read_csv("".join(export_csv(example.facts())))
    assert [dict(zip(heading, row, strict=True))["killed_high"] for row in rows] == ["6", "", ""]
    assert list(export_csv(Facts(Ledger()))) == []


def test_a_spreadsheet_gets_no_formula() -> None:
    bad = report('=cmd|"/C calc"!A1 shot at +12 people, "two" died', id="rp_1", headline="@SUM(1)")
    facts = Facts(Ledger(reports=(bad,), claims=(claim(bad, target='=cmd|"/C calc"!A1', id="cl_1"),)))
    plain = "".join(export_csv(facts, kind="claims"))
    safe = "".join(export_csv(facts, kind="claims", for_spreadsheet=True))
    assert safe.startswith("\ufeff")
    [row] = read_csv(safe.lstrip("\ufeff"))[1:]
    assert not [cell for cell in row if cell.lstrip(" ")[:1] in tuple("=+@")]
    assert row[3] == '\'=cmd|"/C calc"!A1'
    assert read_csv(plain)[1][3] == '=cmd|"/C calc"!A1'


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    assert "-72.73" in "".join(export_csv(example.facts(), for_spreadsheet=True))
    assert "'-72.73" not in "".join(export_csv(example.facts(), for_spreadsheet=True))


def test_geojson_counts_what_it_cannot_draw() -> None:
    found = feature_collection(example.facts())
    assert found["without_place"] == {"n_incidents": 1, "incidents": ["in_mast"]}
    assert [feature["geometry"]["coordinates"] for feature in found["features"]] == [
        [-72.73, 8.64],
        [-70.76, 7.08],
    ]
    assert found["features"][1]["properties"]["place_precision"] == 4
