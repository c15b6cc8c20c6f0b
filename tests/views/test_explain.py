from typing import Any

import example_ledger as example
import pytest
from factory import claim, outline, quote, report, words

from attested import codec
from attested.errors import InputError
from attested.ledger.store import Ledger
from attested.model import Span
from attested.views.evidence import claim_value, mark, sentences_of
from attested.views.explain import explain
from attested.views.facts import Facts
from attested.views.overview import counts, set_aside_reasons, summary_line
from attested.views.quotations import distinct_quotes

TEXT = "Rebels shot four\npeople in  Jos."


def spans(*said: tuple[str, str]) -> list[tuple[Span, str]]:
    owner = report(TEXT)
    return [(words(owner, text), field) for text, field in said]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], [("Rebels shot four people in Jos.", "")]),
        ([("four", "killed")], [("Rebels shot ", ""), ("four", "killed"), (" people in Jos.", "")]),
        (
            [("four\npeople", "victims"), ("four", "killed")],
            [("Rebels shot ", ""), ("four", "victims killed"), (" people", "victims"), (" in Jos.", "")],
        ),
        (
            [("Rebels", "actor"), ("Jos.", "place")],
            [("Rebels", "actor"), (" shot four people in ", ""), ("Jos.", "place")],
        ),
    ],
)
def test_a_sentence_is_cut_at_its_marks(said: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    pieces = mark(Span(0, len(TEXT), TEXT), spans(*said))
    assert [(piece.text, " ".join(piece.fields)) for piece in pieces] == expected


def test_words_outside_the_sentence_are_not_marked() -> None:
    pieces = mark(Span(0, 6, "Rebels"), [(Span(20, 25, "x"), "place"), (Span(4, 9, "ls sh"), "actor")])
    assert [(piece.text, piece.fields) for piece in pieces] == [("Rebe", ()), ("ls", ("actor",))]


def test_a_copied_sentence_is_shown_once() -> None:
    facts = example.facts()
    four = [facts.claims["cl_four"], facts.claims["cl_fou2"]]
    [found] = sentences_of(facts, four)
    assert (found.report, found.also) == ("rp_wire", ("rp_copy",))


def test_a_claim_that_is_its_whole_sentence_is_not_marked() -> None:
    said = report("Raids are frequent here.", id="rp_1")
    whole = claim(said, text="Raids are frequent here", id="cl_1")
    [found] = sentences_of(Facts(Ledger(reports=(said,))), [whole])
    assert [piece.fields for piece in found.sentence] == [()]
    assert found.claims == ()


def test_the_same_words_are_quoted_once_whatever_marks_end_them() -> None:
    one = report("“We will pay!” he said.", id="rp_1")
    two = report("He said: “We will pay.”", id="rp_2")
    first, second = quote(one, "We will pay!"), quote(two, "We will pay.")
    facts = Facts(
        Ledger(reports=(one, two), outlines=(outline(one, quotes=(first,)), outline(two, quotes=(second,))))
    )
    assert distinct_quotes(facts, [first.id, second.id, "qt_gone"]) == [(first, ("rp_1", "rp_2"))]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"killed": 2, "qualifier": "at least", "unit": "people"}, "at least 2"),
        ({"weapon_count": 3, "unit": "rocket"}, "3 (rocket)"),
        ({"killed": 2, "part_of": "cl_x"}, "2, a part"),
        ({"killed": 0, "polarity": "negative"}, "0"),
        ({"weapon": "drone", "polarity": "negative"}, "not: drone"),
        ({"speaker": "the mayor", "polarity": "negative"}, "the mayor"),
        ({"responsibility_denied": "the rebels", "polarity": "negative"}, "the rebels"),
    ],
)
def test_a_claims_value_in_words(made: dict[str, Any], said: str) -> None:
    assert claim_value(claim(report("Two died in the raid."), says="Two", **made)) == said


def test_every_value_of_an_incident_has_its_words() -> None:
    found = explain(example.facts(), "in_tibu")
    values = {value.field: value for value in found.values}
    assert list(values)[:3] == ["date", "place", "killed"]
    assert values["killed"].value == "4 (4 to 6)"
    assert values["killed"].disagreement == "4 (one origin) against 6 (one origin): the mayor says more"
    assert {evidence.claim for value in found.values for evidence in value.evidence} == {
        c.id for c in example.facts().incidents[0].claims if c.id != "cl_fou2"
    }, "a copy stands under its first"
    assert values["killed"].evidence[0].also == ("Valley News (Andes Press) [cl_fou2]",)
    monday = next(e for e in values["date"].evidence if e.claim == "cl_mond")
    assert monday.meaning.startswith("“Monday” → 3 May 2021 (the last Monday")
    assert [piece.text for piece in monday.sentence if piece.fields] == ["Monday"]
    assert values["killed"].sure.startswith("how sure: 0.")
    assert "although" in values["killed"].sure
    assert {label: words[:9] for label, words in found.about if label.endswith("?")} == {
        "an incident?": "how sure:",
        "all one?": "how sure:",
    }
    assert ("merged", "same town and day") in found.why
    assert [label for label, _ in found.why if label.startswith("origin")] == [
        "origin or_othr",
        "origin or_wire",
    ]


def test_a_report_tells_its_lost_dates_and_its_copies() -> None:
    found = explain(example.facts(), "rp_copy")
    why = dict(found.why)
    assert why["date not taken (stamp)"] == "2021-06-01: after every other date of its family"
    assert why["made from"].startswith("republished of rp_wire (Andes Press), 0.99")


@pytest.mark.parametrize(
    "id", ["in_mast", "sm_vow", "tr_posts", "rp_othr", "cl_six", "or_wire", "st_tibu", example.vow.id]
)
def test_every_kind_of_row_is_explained_and_survives_json(id: str) -> None:
    found = explain(example.facts(), id)
    assert found.id == id
    assert codec.decode(type(found), codec.encode(found)) == found


def test_the_first_letters_of_an_id_are_enough() -> None:
    assert explain(example.facts(), "in_m").id == "in_mast"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [("in_", "begins 3 ids"), ("in_tibo", "did you mean in_tibu"), ("zzz", "attested show")],
)
def test_a_wrong_id_says_what_to_type(wanted: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        explain(example.facts(), wanted)


def test_the_summary() -> None:
    facts = example.facts()
    assert summary_line(facts) == (
        "Five pages, four reports from two origins, one story: three incidents, one statement and one disagreement."
    )
    assert counts(facts)["pages_set_aside"] == 1
    assert set_aside_reasons(facts) == {"no story on the page": 1}
