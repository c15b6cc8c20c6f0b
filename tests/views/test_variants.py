from dataclasses import replace
from datetime import date

import example_ledger as example

from attested.views.variants import quote_families
from attested.views.voices import voice_rows

VOW = "We will not leave our people alone,"


def test_a_quotation_is_shown_once_with_its_wordings() -> None:
    [family] = quote_families(example.facts())
    assert family.best.text == VOW
    assert set(family.best.reports) == {example.wire.id, example.copy.id}
    assert (family.n_reports, family.n_origins, family.best.n_origins) == (3, 1, 1)
    [spun] = family.variants
    assert spun.kinds == ("words changed",)
    assert spun.wording.n_origins == 0, "a machine is no origin"
    assert family.is_altered
    assert [(p.text, p.mark) for p in spun.pieces if p.mark != "same"] == [
        ("people alone,", "cut"),
        ("folks on your own,", "added"),
    ]


def test_a_quotation_is_found_by_its_words_or_its_id() -> None:
    facts = example.facts()
    assert len(quote_families(facts, "leave OUR people")) == 1
    assert len(quote_families(facts, example.vow_copy.id)) == 1
    assert quote_families(facts, "leave their people") == []


def test_the_same_words_in_two_mouths_are_told() -> None:
    facts = example.facts()
    outlines = tuple(
        replace(o, quotes=tuple(replace(q, speaker="Tom Reed") for q in o.quotes))
        if o.report_id == example.copy.id
        else o
        for o in facts.ledger.outlines
    )
    [family] = quote_families(replace(facts, ledger=replace(facts.ledger, outlines=outlines)))
    moved = [v for v in family.variants if "re-attributed" in v.kinds]
    assert [v.wording.speakers for v in moved] == [("Tom Reed",)]
    assert family.is_altered


def test_nothing_of_a_later_wording_is_told_as_of_an_earlier_day() -> None:
    spun_first = replace(example.facts(), as_of=date(2021, 5, 2))
    assert all(f.altered_why is None and not f.variants for f in quote_families(spun_first))


def test_a_voice_has_its_statements_quotations_and_claims() -> None:
    rows = {row.name: row for row in voice_rows(example.facts())}
    speaker = rows["Laura Paredes"]
    assert speaker.on_behalf_of == ("Colombia",)
    assert [(one.kind, one.what) for one in speaker.said] == [
        ("statement", "SUPPORT"),
        ("quotation", "quotation, altered"),
    ]
    toll = next(one for one in rows[example.ministry.name].said if one.what == "killed")
    assert (toll.words, toll.reports, toll.n_origins) == ("4", (example.wire.id, example.copy.id)[::-1], 1)
    assert toll.when == "2021-05-03"


def test_a_voice_is_found_by_name_and_by_whom_it_speaks_for() -> None:
    facts = example.facts()
    assert [row.name for row in voice_rows(facts, "paredes")] == ["Laura Paredes"]
    assert [row.name for row in voice_rows(facts, "Colombia")] == ["Laura Paredes"]
    assert voice_rows(facts, "nobody") == []


def test_the_outlet_is_no_voice() -> None:
    assert all(row.kind != "outlet" for row in voice_rows(example.facts()))
