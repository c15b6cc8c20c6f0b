from dataclasses import replace
from datetime import date, timedelta

import pytest
from example_ledger import fused_by_hand
from factory import claim, mention, outline, published, quote, report, saying, voice

from attested.incidents.statements import FusedStatement
from attested.ledger.store import Ledger
from attested.model import (
    Claim,
    Derivation,
    Incident,
    Mention,
    Origin,
    Outline,
    Report,
    Saying,
    Span,
    Statement,
    Story,
    Voice,
)
from attested.values import PartialDate, Score
from attested.views import sayings as sayings_module
from attested.views.explain import explain
from attested.views.facts import Facts
from attested.views.sayings import saying_words, sayings_alike
from attested.views.voices import Utterance, voice_rows

MINISTER = voice("named person", "Ines Duarte")
POLICE = voice("named body", "police")
TALKS = "the talks with the port union would resume in May"


def facts_with(
    *outlines: Outline,
    reports: tuple[Report, ...],
    claims: tuple[Claim, ...] = (),
    mentions: tuple[Mention, ...] = (),
    families: tuple[tuple[Report, ...], ...] = (),
    one_story: bool = True,
    as_of: date | None = None,
) -> Facts:
    """Facts over reports of one story (or of one each), published on the first days of May."""
    stories = [reports] if one_story else [(r,) for r in reports]
    families = families or tuple((r,) for r in reports)
    return Facts(
        Ledger(
            reports=reports,
            outlines=outlines,
            claims=claims,
            mentions=mentions,
            published={r.id: published(r, date(2024, 5, 1) + timedelta(i)) for i, r in enumerate(reports)},
            origins=tuple(Origin(f"or_{i}", tuple(r.id for r in rows)) for i, rows in enumerate(families)),
            stories=tuple(Story(f"sy_{i}", "", tuple(r.id for r in rows)) for i, rows in enumerate(stories)),
        ),
        as_of=as_of,
    )


def said_in(*texts: str, by: Voice = MINISTER, **more: object) -> Facts:
    """A report for each text, whose whole words are what the voice says."""
    reports = tuple(report(f"{text} ({i})", id=f"rp_{i}") for i, text in enumerate(texts))
    outlines = [outline(r, sayings=(saying(r, text, by),)) for r, text in zip(reports, texts, strict=True)]
    return facts_with(*outlines, reports=reports, **more)  # type: ignore[arg-type]


def sayings_of(facts: Facts) -> list[Utterance]:
    return [one for row in voice_rows(facts) for one in row.said if one.kind == "saying"]


def test_a_saying_is_a_row_of_its_voice() -> None:
    [row] = voice_rows(said_in(TALKS))
    assert (row.name, row.kind, row.n("saying")) == ("Ines Duarte", "named person", 1)
    [one] = row.said
    assert (one.words, one.what, one.when, one.hedges) == (TALKS, "said", "2024-05-01", ("reported",))


def test_copies_of_a_saying_are_one_row_and_count_once() -> None:
    copies = said_in(TALKS, TALKS, "talks with the port union would resume in May or so")
    families = ((copies.ledger.reports[0], copies.ledger.reports[1]), (copies.ledger.reports[2],))
    facts = said_in(TALKS, TALKS, "talks with the port union would resume in May or so", families=families)
    [one] = sayings_of(facts)
    assert (one.words, len(one.reports), one.n_origins) == (TALKS, 3, 2)
    assert [len(same) for _, same in sayings_alike(facts)] == [2, 2, 2]


@pytest.mark.parametrize(
    "other",
    [
        "the talks with the port union would not resume in May",
        "the talks with the port union would resume in June",
        "all 12 talks with the port union would resume in May",
        "the strike of the pilots would end in May",
    ],
)
def test_other_words_numbers_months_or_a_denial_are_another_saying(other: str) -> None:
    first = TALKS.replace("the talks", "all 11 talks") if "12" in other else TALKS
    assert len(sayings_of(said_in(first, other))) == 2


def test_short_sayings_are_one_only_if_all_their_words_are_the_same() -> None:
    assert len(sayings_of(said_in("the bridge was safe", "the road was safe"))) == 2
    assert len(sayings_of(said_in("they did it", "They did it"))) == 1


def test_a_body_says_the_same_twice_only_in_one_story_and_a_person_in_two() -> None:
    words = "two drivers were hurt and had been taken to the county hospital by helicopter"
    assert len(sayings_of(said_in(words, words, by=POLICE, one_story=False))) == 2
    assert len(sayings_of(said_in(words, words, by=POLICE))) == 1
    assert len(sayings_of(said_in(words, words, one_story=False))) == 1


def test_many_sayings_of_one_voice_are_grouped_without_comparing_all(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"convoy {i} of the harvest fund reached village {i + 5000} at last" for i in range(600)]
    facts, compared = said_in(*words, *words), []
    real = sayings_module._likeness
    monkeypatch.setattr(sayings_module, "_likeness", lambda a, b: compared.append(a) or real(a, b))
    assert [len(one.reports) for one in sayings_of(facts)] == [2] * 600
    assert len(compared) < 100 * 1200


RAID = "Gunmen raided the mill at Oro and burned two lorries, police said."


def raid_facts(text: str, *spans: tuple[str, str]) -> Facts:
    """A report of a raid with one saying by police and claims over the words given."""
    owner = report(text, id="rp_raid")
    deed = mention(owner, "raided", id="mn_raid")
    claims = tuple(claim(owner, deed, says=words, by=POLICE, **{field: words}) for field, words in spans)
    one = saying(owner, text.removesuffix(", police said."), POLICE, verb="raided")
    facts = facts_with(outline(owner, sayings=(one,)), reports=(owner,), claims=claims, mentions=(deed,))
    raid = Incident("in_raid", "Attack", (deed.id,))
    return Facts(replace(facts.ledger, incidents=(raid,)))


def test_what_claims_tell_is_no_saying_too() -> None:
    told = raid_facts(RAID, ("perpetrator_alleged", "Gunmen"), ("target", "the mill at Oro"))
    assert [one.kind for row in voice_rows(told) for one in row.said] == ["claim", "claim"]


def test_what_claims_tell_little_of_is() -> None:
    text = RAID.replace("burned two lorries", "left with the wages of the whole crew in a stolen ferry")
    assert len(sayings_of(raid_facts(text, ("target", "the mill at Oro")))) == 1


def test_claims_about_what_is_told_in_passing_do_not_tell_the_saying() -> None:
    facts = raid_facts(RAID, ("perpetrator_alleged", "Gunmen"), ("target", "the mill at Oro"))
    [first] = facts.ledger.outlines
    [one] = first.sayings
    fled = replace(one, predicate=Span(one.span.end - 1, one.span.end, "s"))
    ledger = replace(facts.ledger, outlines=(replace(first, sayings=(fled,)),))
    assert len(sayings_of(replace(facts, ledger=ledger))) == 1


def test_what_a_quotation_tells_is_no_saying_too() -> None:
    owner = report("Ines Duarte said the port was “a museum of bad cranes”, and that it would close.")
    sayings = (
        saying(owner, "the port was “a museum of bad cranes”", MINISTER),
        saying(owner, "it would close", MINISTER),
    )
    words = outline(
        owner, quotes=(quote(owner, "a museum of bad cranes", speaker="Ines Duarte"),), sayings=sayings
    )
    assert [one.words for one in sayings_of(facts_with(words, reports=(owner,)))] == ["it would close"]


def statement_facts(speaker: str) -> Facts:
    owner = report("Ines Duarte warned that the port would be shut, and said that the rain had stopped.")
    act = mention(owner, "warned", kind="statement", type="THREATEN")
    claims = (
        claim(owner, act, speaker=speaker, says="Ines Duarte"),
        claim(owner, act, what="the port would be shut"),
    )
    sayings = (
        saying(owner, "the port would be shut", MINISTER, verb="shut"),
        saying(owner, "the rain had stopped", MINISTER, verb="stopped"),
    )
    row = FusedStatement(
        "st_1", "THREATEN", "", speaker, None, None, "the port would be shut", PartialDate(), (), (owner.id,), 1, 1, (),
        claims,
    )  # fmt: skip
    facts = facts_with(outline(owner, sayings=sayings), reports=(owner,), claims=claims, mentions=(act,))
    vow = Statement("st_1", "THREATEN", (act.id,))
    return fused_by_hand(Facts(replace(facts.ledger, statements=(vow,))), (), (row,))


def test_what_a_statement_of_the_same_speaker_tells_is_no_saying_too() -> None:
    assert [one.words for one in sayings_of(statement_facts("Ines Duarte"))] == ["the rain had stopped"]
    assert len(sayings_of(statement_facts("Tom Reed"))) == 2


def test_nothing_of_a_later_report_is_told_as_of_an_earlier_day() -> None:
    [one] = sayings_of(said_in(TALKS, TALKS, as_of=date(2024, 5, 1)))
    assert one.reports == ("rp_0",)
    assert len(sayings_of(said_in(TALKS, TALKS, as_of=date(2024, 4, 30)))) == 0


def test_a_machines_words_for_what_another_report_tells_are_no_row() -> None:
    facts = said_in(TALKS, "the chats with the harbour guild would restart in May")
    assert len(sayings_of(facts)) == 2
    edge = Derivation("rp_1", "rp_0", "spun", Score(0.9))
    assert [
        one.words for one in sayings_of(replace(facts, ledger=replace(facts.ledger, derivations=(edge,))))
    ] == [TALKS]
    unseen = replace(edge, parent=None)
    rows = sayings_of(replace(facts, ledger=replace(facts.ledger, derivations=(unseen,))))
    assert [one.n_origins for one in rows] == [1, 0]


def test_words_on_both_sides_of_the_speaker_are_shown_in_order() -> None:
    owner = report("The ferry was full, the captain said, because a second boat was away.")
    captain = voice("unnamed official", "captain")
    main = saying(owner, "because a second boat was away", captain)
    first = saying(owner, "The ferry was full", captain).span
    assert saying_words(replace(main, rest=(first,))) == "The ferry was full … because a second boat was away"


def test_a_saying_can_be_explained() -> None:
    facts = said_in(TALKS, TALKS)
    one: Saying = next(iter(facts.sayings.values()))
    found = explain(facts, one.id)
    assert (found.kind, found.title) == ("saying", TALKS)
    about = dict(found.about)
    assert about["voice"] == "Ines Duarte (named person)"
    assert about["sentence"].startswith(TALKS)
    assert len([key for key, _ in found.about if key == "also in"]) == 1
