"""Signs of a pair: other deeds and other targets speak against, and only where both reports tell them."""

from dataclasses import replace

from attested.incidents.profile import Profile
from attested.incidents.signs import Sign, signs_of
from attested.model import Span
from incidents.test_compare import attack


def found(a: Profile, b: Profile) -> dict[str, Sign]:
    return {sign.name: sign for sign in signs_of(a, b, aligned=False)}


def told(report_id: str, word: str = "", **more: frozenset[str]) -> Profile:
    bare = attack(report_id)
    return replace(bare, mention=replace(bare.mention, trigger=Span(0, 4, word)), **more)


def test_other_targets_and_other_deeds_speak_against_where_both_are_told() -> None:
    market = told("rp_a", "Raid", targets=frozenset({"market"}), deeds=frozenset({"attack"}))
    bank = told("rp_b", "riot", targets=frozenset({"bank"}), deeds=frozenset({"riot"}))
    signs = found(market, bank)
    assert signs["other deeds"].why == "“raid” is not “riot”"
    assert not signs["other targets"].is_ground
    assert not {"other targets", "other deeds"} & found(market, told("rp_b")).keys()


def test_one_word_of_the_target_and_one_family_of_deeds_are_enough() -> None:
    stall = told("rp_a", targets=frozenset({"market", "stall"}), deeds=frozenset({"attack", "shoot"}))
    market = told("rp_b", targets=frozenset({"market"}), deeds=frozenset({"attack"}))
    assert not {"other targets", "other deeds"} & found(stall, market).keys()
