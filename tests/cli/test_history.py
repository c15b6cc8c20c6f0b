import json
from pathlib import Path
from typing import Any

import pytest
from terminal import flat, typed

from attested.cli.snippets import snippet


@pytest.fixture(scope="module")
def ledger(example_run: tuple[Path, Any]) -> str:
    """The examples' ledger."""
    return str(example_run[0])


@pytest.fixture(scope="module")
def biu(ledger: str) -> str:
    """The id of the bomb in the market of Biu."""
    rows = json.loads(typed("show", "incidents", "-l", ledger).output)
    [id] = [row["id"] for row in rows if row["killed"] and row["killed"]["high"] == 23]
    return str(id)


def test_the_course_of_a_toll(ledger: str, biu: str) -> None:
    said = flat(typed("history", biu, "-l", ledger, "--table").output)
    assert "killed about 14 (11 Mar) → 19 (12 Mar) → 19 (19 to 23) (13 Mar)" in said
    assert "12 MARCH 2025 three reports, no new origin; by now six reports of one origin" in said
    assert "killed about 14 → 19 the only figure, from 1 independent origin" in said
    assert "has risen to [19] after five of the wounded died" in said
    assert "police (“said”, reported) · Meridian News Agency (Meridian) rp_" in said
    assert "− 14 a later version replaced it (rp_" in said
    assert "+ 23 one report, one origin" in said
    assert "Traders in Biu (“say”, reported) · The Kanem Times rp_" in said
    assert "contradiction killed: 19 (one origin) against 23 (one origin)" in said


def test_a_day_of_copies_is_one_short_line(ledger: str, biu: str) -> None:
    last = typed("history", biu, "-l", ledger, "--table").output.rstrip().splitlines()[-1]
    assert last.startswith("14 MARCH 2025  copies only: The Kanem Times (republished) rp_")


def test_what_only_copies_say_again_is_one_paragraph(ledger: str, biu: str) -> None:
    said = flat(typed("history", biu, "-l", ledger, "--table").output)
    assert (
        "repeated no new origin; three more reports: date 11 March 2025; two more reports: place Biu" in said
    )


def test_words_that_several_values_rest_on_stand_once(ledger: str, biu: str) -> None:
    said = flat(typed("history", biu, "-l", ledger, "--table", "--as-of", "2025-03-11").output)
    assert said.count("killing [at least 14 people]") == 1
    assert "[31], police and hospital staff said.”" in said


@pytest.mark.parametrize("columns", [72, 80, 100])
def test_no_line_is_wider_than_the_terminal(ledger: str, biu: str, columns: int) -> None:
    for incident in json.loads(typed("show", "incidents", "-l", ledger).output):
        said = typed("history", incident["id"], "-l", ledger, "--table", columns=columns).output
        assert max(len(line.rstrip()) for line in said.splitlines()) <= columns


def test_it_is_json_when_piped(ledger: str, biu: str) -> None:
    found = json.loads(typed("history", biu[:6], "-l", ledger).output)
    assert found["id"] == biu
    assert [step["day"] for step in found["steps"]] == [f"2025-03-{day}" for day in (11, 12, 13, 14)]
    assert [step["has_moved"] for step in found["steps"]] == [True, True, True, False]
    moved = next(move for move in found["steps"][1]["moves"] if move["field"] == "killed")
    assert [moved[side]["best"] for side in ("before", "after")] == [14, 19]
    told = next(value for value in moved["values"] if value["value"] == "19")
    assert told["evidence"][0]["voice"] == "police"


def test_fields_may_be_asked_for_by_the_beginning_of_their_names(ledger: str, biu: str) -> None:
    found = json.loads(typed("history", biu, "-l", ledger, "--field", "resp", "--field", "origins").output)
    fields = {move["field"] for step in found["steps"] for move in step["moves"]}
    assert fields == {"responsibility_claimed", "n_origins"}
    said = typed("history", biu, "-l", ledger, "--table", "--field", "n_reports").output
    assert "reports moved on four days" in said
    assert "3 → 6" in said
    assert "the only figure" not in said
    said = typed("history", biu, "-l", ledger, "--table", "--field", "place").output
    assert "12 MARCH 2025  not moved: three reports" in said


def test_what_is_typed_wrong_is_told(ledger: str, biu: str) -> None:
    wrong = typed("history", biu, "-l", ledger, "--field", "kiled")
    assert wrong.exit_code == 2
    assert "no field 'kiled'; did you mean killed?" in wrong.output
    assert (
        "there are: n_reports, n_origins, date" in typed("history", biu, "-l", ledger, "--field", "zz").output
    )
    assert "cannot go together" in typed("history", biu, "-l", ledger, "--json", "--table").output
    assert "no incident 'nothing'" in str(typed("history", "nothing", "-l", ledger).exception)
    assert "takes a day such as" in str(typed("history", biu, "-l", ledger, "--as-of", "today").exception)


def test_a_long_sentence_is_cut_around_and_between_the_marked_words() -> None:
    pieces = [
        ("many words " * 9, False),
        ("ten", True),
        (" of them " * 30, False),
        ("two", True),
        (" at last.", False),
    ]
    text = "".join(f"[{part}]" if is_marked else part for part, is_marked in snippet(pieces))
    assert text.startswith("…many words many words")
    assert text.endswith("of them [two] at last.")
    assert "…" in text[40:]
    assert len(text) < 200
