"""Where each sentence of a report comes from."""

from dataclasses import replace

from factory import outline, report, sure

from attested.ledger.store import Ledger
from attested.model import Derivation, Passage
from attested.views.facts import Facts
from attested.views.sentence_origins import sentence_origins

FIRST = "Two died in Biu. Soldiers shut the road. Nobody has claimed it."
SECOND = "TWO died in Biú. Troops shut the road. The market stays closed till May."
wire, late = report(FIRST, id="rp_wire"), report(SECOND, id="rp_late")
other = report(FIRST, id="rp_other")


def passages(*numbers: tuple[int, int]) -> tuple[Passage, ...]:
    """Sentences of the second report aligned with those of the first, by number."""
    ours, theirs = outline(late).sentences, outline(wire).sentences
    return tuple(Passage(ours[i].start, ours[i].end, theirs[j].start, theirs[j].end) for i, j in numbers)


REWRITE = Derivation("rp_late", "rp_wire", "rewrite", sure(0.8), passages=passages((0, 0), (1, 1)))


def told(report_id: str, *derivations: Derivation) -> list[tuple[str, str | None, int]]:
    reports = (wire, late, other)
    ledger = Ledger(reports=reports, outlines=tuple(map(outline, reports)), derivations=derivations)
    facts = Facts(ledger)
    return [(o.what, o.report, o.taken_by) for o in sentence_origins(facts, facts.reports[report_id])]


def test_a_sentence_is_copied_altered_or_added():
    assert told("rp_late", REWRITE) == [
        ("copied", "rp_wire", 0),
        ("altered", "rp_wire", 0),
        ("added", None, 0),
    ]


def test_a_sentence_knows_how_many_took_it():
    copied = Derivation("rp_other", "rp_wire", "excerpt", sure(1.0), passages=passages((0, 0)))
    assert told("rp_wire", REWRITE, copied) == [("own", None, 2), ("own", None, 1), ("own", None, 0)]


def test_what_two_have_from_an_unsaved_dispatch_is_shared_and_the_rest_is_not_told():
    beside = replace(REWRITE, is_sibling=True, agency="Andes Press")
    assert told("rp_late", beside) == [
        ("shared", "rp_wire", 0),
        ("shared", "rp_wire", 0),
        ("not told", None, 0),
    ]
    assert [taken for _, _, taken in told("rp_wire", beside)] == [0, 0, 0]
    unseen = Derivation("rp_late", None, "republished", sure(0.8), agency="Andes Press")
    assert {what for what, _, _ in told("rp_late", unseen)} == {"not told"}


def test_the_surest_of_several_parents_is_named():
    weaker = replace(REWRITE, parent="rp_other", score=sure(0.5))
    assert [report for _, report, _ in told("rp_late", weaker, REWRITE)] == ["rp_wire", "rp_wire", None]


def test_a_sentence_too_short_to_show_a_copy_is_copied_where_its_words_stand_in_the_parent():
    first = report("He wept. “We buried ten”, she said; the road is shut again.", id="rp_wire")
    late = report("We buried TEN. Ten, we. Again!", id="rp_late")
    edge = Derivation("rp_late", "rp_wire", "excerpt", sure(1.0))
    facts = Facts(
        Ledger(reports=(first, late), outlines=(outline(first), outline(late)), derivations=(edge,))
    )
    found = sentence_origins(facts, late)
    assert [o.what for o in found] == ["copied", "added", "copied"]
    assert [first.text[o.report_start :][:8] for o in found if o.report] == ["“We buri", "“We buri"]


def test_a_sentence_that_lineage_does_not_align_is_altered_where_one_is_like_it():
    first = report(
        "He wept. The strike that began in 2009 has shut two of the mines, officials say.", id="rp_wire"
    )
    late = report(
        "By the officials' count the strike begun in 2009 has shut two of the mines. She wept too.",
        id="rp_late",
    )
    edge = Derivation("rp_late", "rp_wire", "rewrite", sure(0.5))
    facts = Facts(
        Ledger(reports=(first, late), outlines=(outline(first), outline(late)), derivations=(edge,))
    )
    found = sentence_origins(facts, late)
    assert [o.what for o in found] == ["altered", "added"]
    assert first.text[found[0].report_start :].startswith("The strike")


def test_half_a_sentence_in_common_is_no_origin_of_it():
    at = outline(late).sentences[2]
    short = replace(REWRITE, passages=(Passage(at.start, at.start + (at.end - at.start) // 3, 0, 5),))
    assert told("rp_late", short)[2] == ("added", None, 0)
