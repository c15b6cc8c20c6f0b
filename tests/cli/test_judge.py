"""A coder's decisions on the examples' ledger: at once, through reruns and new reports, undone, listed, checked."""

import csv
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from attested.cli import main as main_module
from attested.cli.main import group
from attested.errors import AttestedError
from attested.ledger.sqlite import SqliteStore

ROOT = Path(__file__).parents[2]
JUNE_3, JUNE_6 = "2025-06-03", "2025-06-06"


class Desk:
    """Commands on one ledger."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger

    def says(self, *words: str, code: int = 0) -> str:
        found = CliRunner().invoke(group, [*words, "-l", str(self.ledger)], catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found.stdout

    def complains(self, *words: str) -> str:
        """What goes to standard error, or the words of the error."""
        found = CliRunner().invoke(group, [*words, "-l", str(self.ledger)])
        return str(found.exception) if isinstance(found.exception, AttestedError) else found.stderr

    def judge(self, *words: str) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = json.loads(self.says("judge", *words, "--by", "anna", "--json"))
        return made

    def incidents(self) -> dict[str, Any]:
        return {row["id"]: row for row in json.loads(self.says("show", "incidents"))}

    def on(self, day: str) -> str:
        [found] = [id for id, row in self.incidents().items() if row["date"]["start"] == day]
        return found

    def export(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.says("export"))
        return found

    def rerun(self, *inputs: Path) -> None:
        self.says("run", *map(str, inputs or (ROOT / "examples" / "reports",)), "--processes", "1", "-q")


@pytest.fixture
def desk(example_run: Any, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copy(example_run[0], tmp_path / "l.db")))


def content(desk: Desk) -> dict[str, Any]:
    """The export without what tells of runs."""
    found = desk.export()
    del found["attested"]
    return found


def test_a_merge_is_obeyed_at_once_and_after_a_rerun_and_its_undoing_gives_back_what_was(desk: Desk) -> None:
    before, (first, second) = content(desk), (desk.on(JUNE_3), desk.on(JUNE_6))
    [made] = desk.judge("merge", second, first, "--note", "one salvo")
    assert made["about"] == [first], "the id with most mentions stays"
    assert (made["by"], made["note"], made["state"]) == ("anna", "one salvo", "stands")
    assert first in made["before"]
    assert second in made["before"]
    merged = content(desk)
    row = desk.incidents()[first]
    assert row["judged"]
    assert second not in desk.incidents()
    said = " ".join(desk.says("explain", first).split())
    assert f"merged: anna decided on {made['at'][:10]} that these are one incident: one salvo" in said
    desk.rerun()
    assert content(desk) == merged
    desk.judge("undo", made["id"])
    after = content(desk)
    assert [j["state"] for j in after.pop("judgements")] == [f"undone by {desk_last(desk)}", "stands"]
    assert before.pop("judgements") == []
    assert after == before, "with every id"


def desk_last(desk: Desk) -> str:
    last: str = desk.export()["judgements"][-1]["id"]
    return last


def test_a_merged_id_leads_on_and_says_so_in_one_line(desk: Desk) -> None:
    first, second = desk.on(JUNE_3), desk.on(JUNE_6)
    desk.judge("merge", first, second)
    line = f"attested: {second} is now {first}: they were merged\n"
    for command in (["explain", second], ["history", second], ["lineage", second], ["audit", second[:8]]):
        assert desk.complains(*command) == line
    assert json.loads(desk.says("history", second, "--json"))["id"] == first
    assert [row["about"] for row in json.loads(desk.says("audit", second))] == [[first]]
    assert desk.judge("correct", second, "killed=3")[0]["about"] == [first]


def test_reports_split_off_are_another_incident_and_stay_so(desk: Desk) -> None:
    first = desk.on(JUNE_3)
    report = desk.incidents()[first]["reports"][-1]
    [made] = desk.judge("split", first, report, "--note", "another station")
    own, other = made["about"]
    assert own == first
    rows = desk.incidents()
    assert rows[other]["reports"] == [report]
    assert report not in rows[first]["reports"]
    desk.rerun()
    assert desk.incidents() == rows
    [kept] = desk.judge("split", own, desk.on(JUNE_6))
    assert kept["decision"] == "kept apart incidents"
    claim = rows[other]["claims"][0]
    assert "is no mention of" in desk.complains("judge", "split", own, claim)
    assert "that is all of" in desk.complains("judge", "split", other, claim)


def test_a_corrected_value_wins_and_what_reports_say_stays_told(desk: Desk) -> None:
    id = desk.on("2025-03-11")
    values = ("killed=20/21/23", "date=2025-03-10", "place=Maiduguri", "perp=Boko Haram", "type=grenade")
    made = desk.judge("correct", id, *values, "--note", "hospital list")
    assert [row["decision"] for row in made] == [
        "corrected killed", "corrected date", "corrected place", "corrected perpetrator_alleged", "corrected type"
    ]  # fmt: skip
    assert made[0]["before"] == "19 (19 to 23)"
    for _ in range(2):
        row = desk.incidents()[id]
        assert [row["killed"][part] for part in ("low", "best", "high")] == [20, 21, 23]
        assert row["killed"]["why"].startswith("anna decided on ")
        assert ": hospital list; the reports: 19 (" in row["killed"]["why"]
        assert (row["date"]["start"], row["place"]["name"], row["type"]) == (
            "2025-03-10",
            "Maiduguri",
            "Grenade",
        )
        assert [value["actor"] for value in row["perpetrator_alleged"]] == ["Boko Haram"]
        assert [value["value"] for value in row["corroboration"]["killed"]] == ["19", "23"]
        assert set(row["corrected"]) == {"killed", "date", "place", "perpetrator_alleged", "type"}
        desk.rerun()
    claims = {c["id"]: c for c in desk.export()["claims"]}
    states = {
        claims[c]["superseded_by"] for c in desk.incidents()[id]["claims"] if claims[c]["field"] == "killed"
    }
    assert states == {made[0]["id"]}
    early = json.loads(desk.says("show", "incidents", "--as-of", "2025-03-20"))
    assert [row["killed"]["best"] for row in early if row["id"] == id] == [19], "nobody had decided by then"
    told = json.loads(desk.says("history", id, "--json"))
    assert [j["right"] for j in told["decisions"]] == [
        "killed",
        "date",
        "place",
        "perpetrator_alleged",
        "type",
    ]
    shown = desk.says("history", id, "--table")
    assert "19 (19 to 23) → 20/21/23" in " ".join(shown.split())


def test_the_later_of_two_corrections_stands_until_it_is_undone(desk: Desk) -> None:
    id = desk.on(JUNE_3)
    desk.judge("correct", id, "killed=3")
    [second] = desk.judge("correct", id, "killed=4")
    assert second["before"] == "3"
    assert desk.incidents()[id]["killed"]["best"] == 4
    assert [row["state"] for row in json.loads(desk.says("audit"))] == [
        f"overruled by {second['id']}",
        "stands",
    ]
    desk.judge("undo", second["id"])
    assert desk.incidents()[id]["killed"]["best"] == 3
    assert "was undone already; to have it back" in desk.complains("judge", "undo", second["id"])


def test_what_a_decision_overrules_is_said(desk: Desk) -> None:
    first, second = desk.on(JUNE_3), desk.on(JUNE_6)
    [split] = desk.judge("split", first, second)
    [merge] = desk.judge("merge", first, second)
    assert merge["overrules"] == [split["id"]]
    said = desk.says("judge", "undo", merge["id"], "--by", "ben").splitlines()
    assert said[1:] == [
        f"{split['id']}  anna kept apart incidents: now stands",
        f"{merge['id']}  anna merged incidents: now undone by {said[0].split()[0]}",
    ]


def test_decisions_hold_for_new_reports(desk: Desk, tmp_path: Path) -> None:
    """A dispatch that was judged comes in again from another newsroom."""
    gone, kept = desk.on("2025-09-18"), desk.on("2025-03-11")
    reports = desk.incidents()[gone]["reports"]
    with SqliteStore(desk.ledger, read_only=True) as store:
        texts = {r.id: "\n\n".join(r.text[b.start : b.end] for b in r.body) for r in store.load().reports}
    n_before = desk.incidents()[kept]["n_reports"]
    desk.judge("reject", gone)
    desk.judge("correct", kept, "killed=21")
    new = tmp_path / "new"
    new.mkdir()
    for n, id in enumerate([*reports, *desk.incidents()[kept]["reports"][:1]]):
        (new / f"again{n}.txt").write_text("Gulf Mirror\n\n" + texts[id], encoding="utf-8")
    desk.rerun(new)
    rows = desk.incidents()
    assert not [id for id, row in rows.items() if row["date"]["start"] == "2025-09-18"]
    assert rows[kept]["killed"]["best"] == 21
    assert rows[kept]["n_reports"] == n_before + 1


def test_statements_are_merged_and_split_alike(desk: Desk) -> None:
    before = {row["id"]: row for row in json.loads(desk.says("show", "statements"))}
    first, second = sorted(before)[:2]
    [made] = desk.judge("merge", first, second)
    after = {row["id"] for row in json.loads(desk.says("show", "statements"))}
    assert after == set(before) - ({first, second} - set(made["about"]))
    desk.judge("undo", made["id"])
    assert {row["id"]: row for row in json.loads(desk.says("show", "statements"))} == before


def test_a_rejected_incident_is_gone_with_its_claims_marked_and_comes_back_under_its_id(desk: Desk) -> None:
    before, id = desk.incidents(), desk.on(JUNE_6)
    [made] = desk.judge("reject", id, "--note", "an exercise")
    assert set(desk.incidents()) == set(before) - {id}
    superseded = {c["superseded_by"] for c in desk.export()["claims"] if c["id"] in before[id]["claims"]}
    assert superseded == {made["id"]}
    assert "stands no longer" in desk.complains("explain", id)
    assert "that it is none: an exercise" in " ".join(desk.says("explain", before[id]["reports"][0]).split())
    desk.rerun()
    assert id not in desk.incidents()
    desk.judge("undo", made["id"])
    assert desk.incidents() == before


def _behind(incident: dict[str, Any]) -> set[str]:
    """The claims behind the figures of an incident's dead."""
    return {claim for value in incident["corroboration"]["killed"] for claim in value["claims"]}


def test_a_wrong_claim_counts_no_more_but_stays(desk: Desk) -> None:
    id = desk.on(JUNE_3)
    claims = {c["id"]: c for c in desk.export()["claims"] if c["about"] == id}
    three = [c["id"] for c in claims.values() if c["field"] == "killed" and c["value"] == 3]
    assert set(three) <= _behind(desk.incidents()[id])
    desk.judge("reject", *three, "--note", "misread")
    assert not set(three) & _behind(desk.incidents()[id])
    after = {c["id"]: c for c in desk.export()["claims"]}
    assert all(after[c]["superseded_by"] and after[c]["about"] == id for c in three)
    said = " ".join(desk.says("explain", three[0]).split())
    assert "superseded: rejected claim killed = 3" in said
    assert "decided: rejected claim killed = 3" in " ".join(desk.says("explain", id).split())


def test_confirmed_and_bulk_decisions_are_listed(desk: Desk) -> None:
    ids = sorted(desk.incidents())[:2]
    desk.says("judge", "confirm", *ids, "--by", "ben")
    rows = json.loads(desk.says("audit"))
    assert [(row["decision"], row["by"], row["about"]) for row in rows] == [
        ("confirmed incident", "ben", [id]) for id in ids
    ]
    assert [json.loads(desk.says("audit", id))[0]["about"] for id in ids] == [[id] for id in ids]
    assert "2 decisions" in desk.says("audit", "--table")
    assert all(desk.incidents()[id]["judged"] for id in ids)


def test_show_tells_what_people_did_and_lists_that_or_the_rest(desk: Desk) -> None:
    every = desk.incidents()
    first, second, *_ = every
    desk.judge("confirm", first)
    desk.judge("correct", first, "killed=3")
    desk.judge(
        "merge", second, sorted(every)[-1] if sorted(every)[-1] not in (first, second) else sorted(every)[0]
    )
    rows = list(csv.DictReader(desk.says("show", "--judged", "--csv").splitlines()))
    done = {row["id"]: row["judged"] for row in rows}
    assert done.pop(first) == "confirmed; corrected killed"
    assert list(done.values()) == ["merged"]
    rest = json.loads(desk.says("show", "--unjudged"))
    assert {row["id"] for row in rest} == desk.incidents().keys() - done.keys() - {first}
    assert "go with" in desk.complains("show", "reports", "--judged")


def test_the_queue_asks_no_more_what_was_confirmed(desk: Desk) -> None:
    found = json.loads(desk.says("queue", "-n", "0"))
    assert [row["sure"] for row in found] == sorted(row["sure"] for row in found)
    assert json.loads(desk.says("queue", "-n", "2")) == found[:2]
    desk.judge("confirm", found[0]["id"])
    assert found[0]["id"] not in {row["id"] for row in json.loads(desk.says("queue", "-n", "0"))}
    assert f"2 of {len(found)}" not in desk.says("queue", "-n", "2", "--table")


def test_the_queue_is_the_same_from_the_index_and_without_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("attested.views.doubts.doubts", None)
        listed = desk.says("queue", "-n", "0", "--json"), desk.says("queue", "--table")
    with SqliteStore(desk.ledger) as store:
        store.shown_index.clear()
    assert listed == (desk.says("queue", "-n", "0", "--json"), desk.says("queue", "--table"))


def test_what_was_decided_is_said_in_lines(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "carla")
    said = desk.says(
        "judge", "correct", desk.on(JUNE_3), "killed=4", "--note", "a  list\nof names"
    ).splitlines()
    assert said[0].split(maxsplit=1)[1] == "carla corrected killed"
    assert [line.split() for line in said[1:3]] == [["before", "2", "(2", "to", "3)"], ["after", "4"]]
    assert said[3].split(maxsplit=1)[1] == "a list of names"


def test_the_chain_is_checked(desk: Desk) -> None:
    assert json.loads(desk.says("audit", "verify", "--json")) == {"judgements": 0, "head": None}
    assert "nobody decided anything yet" in desk.says("audit", "verify")
    [made] = desk.judge("confirm", desk.on(JUNE_3))
    said = desk.says("audit", "verify")
    assert said.startswith("one decision, none changed")
    assert json.loads(desk.says("audit", "verify", "--json"))["head"] in said
    with sqlite3.connect(desk.ledger) as connection:
        connection.execute("DROP TRIGGER judgement_stays")
        connection.execute("UPDATE judgement SET \"by\" = 'mallory'")
    found = CliRunner().invoke(group, ["audit", "verify", "-l", str(desk.ledger)])
    assert found.exit_code == 1
    assert f"judgement {made['id']} was changed after it was made" in str(found.exception)


def test_a_decision_whose_report_is_gone_no_longer_fits_and_is_kept(desk: Desk) -> None:
    desk.judge("merge", desk.on(JUNE_3), desk.on(JUNE_6))
    with sqlite3.connect(desk.ledger) as connection:
        connection.execute("DELETE FROM claim")
        connection.execute("DELETE FROM mention")
    desk.rerun()
    [row] = json.loads(desk.says("audit"))
    assert row["state"] == "no longer fits"
    assert "“hit”" in row["words"] or len(row["words"]) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["merge", "ID"], "name two incidents or more"),
        (["merge", "ID", "in_nonsense"], "no row 'in_nonsense' in this ledger"),
        (["merge", "ID", "STATEMENT"], "an incident and a statement cannot be one"),
        (["merge", "ID", "REPORT"], "is no incident or statement"),
        (["split", "ID", "ID"], "kept apart from other incidents only"),
        (["correct", "STATEMENT", "killed=3"], "is no incident"),
        (["correct", "ID", "kiled=3"], "did you mean killed"),
        (["confirm", "CLAIM"], "confirm its incident"),
        (["undo", "jd_none"], "attested audit"),
    ],
)
def test_mistakes_say_what_to_type(
    words: list[str],
    said: str,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids = {"ID": desk.on(JUNE_3)}
    exported = desk.export()
    ids |= {"STATEMENT": exported["statements"][0]["id"], "REPORT": exported["reports"][0]["id"]}
    ids |= {"CLAIM": exported["claims"][0]["id"]}
    args = ["attested", "judge", *(ids.get(word, word) for word in words), "-l", str(desk.ledger)]
    monkeypatch.setattr(sys, "argv", args)
    with pytest.raises(SystemExit) as ended:
        main_module.main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert desk.export()["judgements"] == [], "nothing was decided"


def test_no_ledger_is_begun_by_a_decision(tmp_path: Path) -> None:
    found = CliRunner().invoke(group, ["judge", "reject", "in_x", "-l", str(tmp_path / "none.db")])
    assert "attested run" in str(found.exception)
    assert not (tmp_path / "none.db").exists()
