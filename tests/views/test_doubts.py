"""What deserves a look comes with the most doubtful first, and is asked no more once somebody decided."""

from dataclasses import replace

import example_ledger as example
import pytest

from attested.incidents.anchors import Finder
from attested.incidents.confidence import Confidence, Sure
from attested.model import Judgement
from attested.views import doubts as doubts_module
from attested.views.doubts import Doubt, doubts
from attested.views.facts import Facts

SURE = {
    "in_tibu": Confidence(
        Sure(0.95), Sure(0.6, (), ("different numbers of killed are told of it",)), {"killed": Sure(0.92)}
    ),
    "in_drone": Confidence(Sure(0.97), None, {"date": Sure(0.3, (), ("no single day is told",)), "type": Sure(0.9)}),
    "in_mast": Confidence(Sure(0.4), None, {}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def fixture_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Facts, "confidence", lambda _, incident: SURE[incident.id])


def asked(found: list[Doubt]) -> list[tuple[str, str]]:
    return [(doubt.id, doubt.ask) for doubt in found]


def judged(
    kind: str, mention: str, verdict: str, right: str | None = None, value: str | None = None
) -> Facts:
    facts = example.facts()
    words = str(Finder(facts.mentions, facts.claims, facts.reports).of_mention(mention))
    judgement = Judgement("jd_1", kind, words, right, verdict, value, by="anna", at="2021-05-07")  # type: ignore[arg-type]
    found = Facts(replace(facts.ledger, judgements=(judgement,)))
    rows = found.incidents if kind == "value" else facts.incidents
    return example.fused_by_hand(found, rows)


def test_the_least_sure_comes_first_and_a_dispute_is_asked_however_sure() -> None:
    found = doubts(example.facts())
    assert asked(found) == [
        ("in_drone", "date"), ("in_mast", "an incident?"), ("in_tibu", "all one?"), ("in_tibu", "killed"),
    ]  # fmt: skip
    assert (found[0].shown, found[0].sure, found[0].why) == ("March 2021", 0.3, "no single day is told")
    assert found[2].shown == "three reports"
    assert found[3].why == "4 (one origin) against 6 (one origin): the mayor says more"


def test_a_dispute_about_what_is_not_asked_is_as_sure_as_the_merge() -> None:
    facts = example.facts()
    tibu, *_ = facts.incidents
    [killed] = tibu.contradictions
    disputed = replace(tibu, contradictions=(replace(killed, field="weapon"),))
    [weapon] = [d for d in doubts(example.fused_by_hand(facts, (disputed,))) if d.ask == "weapon"]
    assert (weapon.sure, weapon.shown) == (0.6, "unknown")


def test_what_somebody_confirmed_is_asked_no_more() -> None:
    found = doubts(judged("incident", "mn_wire", "positive"))
    assert {doubt.id for doubt in found} == {"in_drone", "in_mast"}


def test_what_was_joined_by_a_person_is_not_asked_whether_it_is_one() -> None:
    found = doubts(judged("same incident", "mn_wire", "positive"))
    assert ("in_tibu", "all one?") not in asked(found)
    assert ("in_tibu", "killed") in asked(found)


def test_a_given_value_is_not_asked() -> None:
    assert ("in_tibu", "killed") not in asked(doubts(judged("value", "mn_wire", "corrected", "killed", "5")))


def test_the_bar_is_where_values_were_measured_to_be_right() -> None:
    assert doubts_module.SURE_ENOUGH == 0.9
