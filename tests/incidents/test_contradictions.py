"""What is a disagreement and what is none: updates, parts, vague words, nights, wordings, sides; marked by us."""

from dataclasses import replace
from datetime import date

import pytest
from factory import claim, mention, report, voice
from world import BIU, MONDAY, YOLA, world

from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import Contradiction, FusedIncident, FusedValue
from attested.model import Claim, Incident, Mention, Report, Voice
from attested.values import Actor, Place

TUESDAY, WEDNESDAY = date(2025, 3, 11), date(2025, 3, 12)
POLICE, MAYOR = voice("named body", "police"), voice("named person", "Ana Ruel")
TRADERS = voice("witness", "Traders")


def told(text: str, type: str = "Attack", at: str = "attack") -> tuple[Report, Mention]:
    owner = report(text)
    return owner, mention(owner, at, type=type)


def fused(
    rows: list[Claim], *reports: tuple[Report, Mention], actors: tuple[Actor, ...] = (), **more: object
) -> FusedIncident:
    context = world([r for r, _ in reports], [m for _, m in reports], rows, **more)  # type: ignore[arg-type]
    links = {c.id: a.id for c in rows for a in actors if str(c.value) in (a.name, *a.aliases)}
    context = replace(context, actors=actors, resolved=replace(context.resolved, actors=links))
    return fuse_incident(context, Incident("in_1", reports[0][1].type, tuple(m.id for _, m in reports)))


def shown(incident: FusedIncident, field: str) -> list[str]:
    return [v.value for c in incident.contradictions if c.field == field for v in c.values]


# --- the dead and the hurt ------------------------------------------------------------------------------------


def counted(
    first: tuple[str, int],
    second: tuple[str, int],
    *,
    by: tuple[Voice | None, Voice | None] = (None, None),
    days: tuple[date, date] = (MONDAY, MONDAY),
    field: str = "killed",
    unit: str = "people",
) -> list[str]:
    """The figures shown as disputed between two reports, each told in a sentence of its own."""
    made = [told(f"The attack on the mill left {words} so.") for words, _ in (first, second)]
    voices = [{"by": v} if v else {} for v in by]
    rows = [
        claim(owner, about, says=words, unit=unit, **{field: value}, **voiced)  # type: ignore[arg-type]
        for (owner, about), (words, value), voiced in zip(made, (first, second), voices, strict=True)
    ]
    out_on = {owner.id: day for (owner, _), day in zip(made, days, strict=True)}
    return shown(fused(rows, *made, out_on=out_on), field)


def test_two_stated_figures_of_one_day_are_disputed() -> None:
    assert counted(("five people", 5), ("nine people", 9)) == ["5", "9"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("several people", 2), ("nine people", 9)),
        (("a farmer", 1), ("nine people", 9)),
        (("two children", 2), ("nine people", 9)),
        (("five of them", 5), ("nine people", 9)),
        (("six monks", 6), ("six monks and two cooks", 8)),
        (("four soldiers", 4), ("nine rebels", 9)),
        (("five people", 5), ("two dead and seven wounded", 9)),
    ],
    ids=["vague", "somebody", "children", "part", "listed", "other side", "both fates"],
)
def test_vague_words_and_parts_dispute_nothing(first: tuple[str, int], second: tuple[str, int]) -> None:
    assert counted(first, second) == []


def test_children_and_women_together_are_no_part() -> None:
    assert counted(("three children and two women", 5), ("nine villagers", 9)) == ["5", "9"]


@pytest.mark.parametrize("words", ["nine people dead since Friday", "nine people dead in 17 shootings"])
def test_a_sum_over_many_deeds_disputes_nothing(words: str) -> None:
    assert counted(("five people", 5), (words, 9)) == []


def test_a_later_higher_toll_is_an_update_and_a_later_lower_one_is_none() -> None:
    five, nine = ("five people", 5), ("nine people", 9)
    assert counted(five, nine, days=(MONDAY, TUESDAY)) == []
    assert counted(five, nine, days=(TUESDAY, MONDAY)) == ["5", "9"]
    assert counted(five, nine, days=(TUESDAY, MONDAY), field="injured") == []


def test_a_higher_toll_by_another_side_is_no_update() -> None:
    five, nine, days = ("five people", 5), ("nine people", 9), (MONDAY, TUESDAY)
    assert counted(five, nine, by=(POLICE, MAYOR), days=days) == []
    assert counted(five, nine, by=(POLICE, TRADERS), days=days) == ["5", "9"]


def test_a_figure_that_is_set_against_another_is_no_update() -> None:
    wanted = ("nine people, more than the police admitted", 9)
    assert counted(("five people", 5), wanted, days=(MONDAY, TUESDAY)) == ["5", "9"]


def test_the_outcome_names_the_latest_report() -> None:
    one, other = told("The attack left nine people dead."), told("The attack left five people dead, no more.")
    rows = [
        claim(*one, killed=9, says="nine people", unit="people"),
        claim(*other, killed=5, says="five people", unit="people"),
    ]
    [found] = fused(rows, one, other, out_on={one[0].id: MONDAY, other[0].id: TUESDAY}).contradictions
    assert found.why == "killed: 5 against 9; the latest report says 5"


def test_another_voice_in_one_report_disputes_the_whole() -> None:
    one = told("The attack killed nine people, police said. The mayor spoke of five people killed.")
    own = claim(*one, killed=9, says="nine people", unit="people", by=POLICE)
    other = claim(*one, killed=5, says="five people", unit="people", by=MAYOR)
    assert shown(fused([own, other], one), "killed") == ["5", "9"]
    assert shown(fused([own, replace(other, voice=POLICE)], one), "killed") == []
    hit = replace(other, unit="people, hit")
    assert shown(fused([own, hit], one), "killed") == []


def test_a_figure_far_from_three_others_is_of_something_else() -> None:
    reports = [told(f"The attack of {n} left {n} people dead.") for n in (80, 82, 84, 2)]
    rows = [
        claim(owner, about, killed=n, says=f"{n} people", unit="people")
        for (owner, about), n in zip(reports, (80, 82, 84, 2), strict=True)
    ]
    assert shown(fused(rows, *reports), "killed") == ["80", "82", "84"]


# --- days and places ------------------------------------------------------------------------------------------


def dated(
    first: tuple[str, date], second: tuple[str, date], also: tuple[str, date] | None = None
) -> list[str]:
    """The days shown as disputed; ``also`` is told by the second report too."""
    extra = f" It was {also[0]} as well." if also else ""
    one, other = told(f"The attack came {first[0]}."), told(f"An attack was made {second[0]}.{extra}")
    rows = [claim(*one, date=first[0]), claim(*other, date=second[0])]
    days = {rows[0].id: first[1], rows[1].id: second[1]}
    if also:
        rows.append(claim(*other, date=also[0]))
        days[rows[2].id] = also[1]
    return shown(fused(rows, one, other, days=days), "date")


def test_two_days_by_two_reports_are_disputed() -> None:
    assert dated(("on Monday", MONDAY), ("on Wednesday", WEDNESDAY)) == ["2025-03-10", "2025-03-12"]
    assert dated(("on Monday morning", MONDAY), ("on Tuesday night", TUESDAY)) == ["2025-03-10", "2025-03-11"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("late Monday night", MONDAY), ("early Tuesday", TUESDAY)),
        (("around 11 p.m. Monday", MONDAY), ("overnight", TUESDAY)),
        (("on Monday", MONDAY), ("yesterday", TUESDAY)),
    ],
    ids=["one night", "overnight", "counted from a report's day"],
)
def test_one_night_is_one_day(first: tuple[str, date], second: tuple[str, date]) -> None:
    assert dated(first, second) == []


def test_a_report_that_tells_both_days_disputes_neither() -> None:
    also = ("on Monday", MONDAY)
    assert dated(("on Monday", MONDAY), ("on Wednesday", WEDNESDAY), also) == []


def placed(first: str, second: str, at: Place = YOLA) -> list[str]:
    one, other = told(f"The attack struck {first}."), told(f"An attack struck {second}.")
    rows = [claim(*one, place=first), claim(*other, place=second)]
    return shown(fused(rows, one, other, places={rows[0].id: BIU, rows[1].id: at}), "place")


def test_towns_far_apart_are_disputed_unless_a_report_names_both() -> None:
    assert placed("Biu", "Yola") == ["Biu", "Yola"]
    assert placed("Biu", "Yola, a day from Biu") == []


# --- who did it -----------------------------------------------------------------------------------------------

REBELS = Actor("ac_1", "Front of the Marsh", "armed group", ("FM",))
RIVALS = Actor("ac_2", "Sons of the Ford", "armed group")
LEADER = Actor("ac_3", "Teodor Brask", "person")
ACTORS = (REBELS, RIVALS, LEADER)


def on_the_doer(*rows: tuple[str, str, Voice | None], **more: object) -> Contradiction | None:
    """The dispute on who did it: each row a field, the words and who says so, in a report of its own."""
    made = [told(f"The attack was by {words} as told {n}.") for n, (_, words, _) in enumerate(rows)]
    claims = [
        claim(owner, about, says=words, **{field: words}, **({"by": by} if by else {}), **more)  # type: ignore[arg-type]
        for (owner, about), (field, words, by) in zip(made, rows, strict=True)
    ]
    found = fused(claims, *made, actors=ACTORS).contradictions
    return next((c for c in found if c.field == "perpetrator"), None)


ALLEGED, CLAIMED, DENIED = "perpetrator_alleged", "responsibility_claimed", "responsibility_denied"


def values(found: Contradiction | None) -> list[str]:
    shown: tuple[FusedValue, ...] = found.values if found else ()
    return [v.value for v in shown]


def test_who_is_blamed_and_denies_it_stands_beside_who_claims_it() -> None:
    own = voice("named body", "Front of the Marsh", "denied")
    rivals = voice("named body", "Sons of the Ford", "claimed")
    found = on_the_doer(
        (ALLEGED, "Front of the Marsh", POLICE), (DENIED, "FM", own), (CLAIMED, "Sons of the Ford", rivals)
    )
    assert values(found) == [
        "Front of the Marsh (blamed)",
        "Front of the Marsh (denies it)",
        "Sons of the Ford (claims it)",
    ]


def test_a_denial_is_shown_where_nobody_is_said_to_accuse() -> None:
    own = voice("named body", "Front of the Marsh", "denied")
    assert values(on_the_doer((DENIED, "FM", own))) == ["Front of the Marsh (denies it)"]


@pytest.mark.parametrize("words", ["two men", "gunmen", "Teodor Brask", "rebels"])
def test_a_description_a_person_and_his_group_are_no_rivals(words: str) -> None:
    group = voice("named body", "Front of the Marsh", "claimed")
    assert on_the_doer((ALLEGED, words, POLICE), (CLAIMED, "Front of the Marsh", group)) is None


def test_a_group_that_claims_what_another_or_the_army_is_blamed_for_is_a_rival() -> None:
    group = voice("named body", "Front of the Marsh", "claimed")
    for words in ("Sons of the Ford", "soldiers"):
        found = on_the_doer((ALLEGED, words, POLICE), (CLAIMED, "Front of the Marsh", group))
        assert found is not None
        assert found.why == "one is blamed, another claims it"


def test_sides_are_set_against_each_other_only_where_both_are_accused() -> None:
    accused = (ALLEGED, "soldiers", voice("witness", "villagers", "suspect"))
    other = (ALLEGED, "rebels", voice("named body", "the army", "suspects"))
    found = on_the_doer(accused, other, hedge="suspected")
    assert values(found) == ["rebels (blamed)", "soldiers (blamed)"]
    assert on_the_doer(accused, (ALLEGED, "rebels", None), hedge="fact") is None


@pytest.mark.parametrize(
    "text",
    [
        "Police named a farmer over the attack, who was not allowed to own a gun.",
        "The names of a farmer and of others in the attack have not been released.",
    ],
)
def test_what_denies_nothing_is_no_denial(text: str) -> None:
    one = told(text)
    row = claim(*one, perpetrator_alleged="a farmer", polarity="negative", hedge="alleged", by=POLICE)
    assert fused([row], one).responsibility_denied == ()
    other = told("It was not a farmer; he did not make the attack.")
    row = claim(*other, perpetrator_alleged="a farmer", polarity="negative", hedge="alleged", by=POLICE)
    assert [v.value for v in fused([row], other).responsibility_denied] == ["a farmer"]


def test_neither_claimed_nor_denied_is_neither() -> None:
    one = told("The rebels neither claimed nor denied the attack.")
    own = voice("unnamed official", "rebels", "neither claimed nor denied")
    row = claim(*one, responsibility_denied="The rebels", by=own)
    assert fused([row], one).responsibility_denied == ()


def test_the_dead_and_who_did_it_come_first() -> None:
    one, other = told("The attack came Monday; five people."), told("The attack came Wednesday; nine people.")
    rows = [
        claim(*one, date="Monday"),
        claim(*other, date="Wednesday"),
        claim(*one, killed=5, says="five people", unit="people"),
        claim(*other, killed=9, says="nine people", unit="people"),
    ]
    found = fused(rows, one, other, days={rows[0].id: MONDAY, rows[1].id: WEDNESDAY})
    assert [c.field for c in found.contradictions] == ["killed", "date"]
    assert found.apart == {"killed", "date"}
