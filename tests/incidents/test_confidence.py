"""How sure an incident is: the signs that its reports give, and what a person decided."""

from dataclasses import replace
from datetime import timedelta

from factory import claim, mention, report, voice
from world import BIU, MONDAY, YOLA, world

from attested.incidents.confidence import Confidences, least_sure
from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incident
from attested.incidents.judged import Decided
from attested.incidents.sureness import Confidence, Sure
from attested.model import Incident, Judgement, Mention, Story

POLICE = voice("named body", "the police")
FIRST = report("Rockets hit a home in Biu on Monday. Five people were killed, the police said. Five died.")
SECOND = report("Seven people were killed in Biu on Monday. Rockets may have hit them.")
A, B = mention(FIRST, "hit"), mention(SECOND, "killed")
FIVE = claim(FIRST, A, killed=5, says="Five people", by=POLICE)
AGAIN = claim(FIRST, A, killed=5, says="Five died")
SEVEN = claim(SECOND, B, killed=7, says="Seven people")
DAY, SAME_DAY = claim(FIRST, A, date="Monday"), claim(SECOND, B, date="Monday")
TOWN, SAME_TOWN = claim(FIRST, A, place="Biu"), claim(SECOND, B, place="Biu")
DAYS, PLACES = {DAY.id: MONDAY, SAME_DAY.id: MONDAY}, {TOWN.id: BIU, SAME_TOWN.id: BIU}
CLAIMS = [FIVE, AGAIN, SEVEN, DAY, SAME_DAY, TOWN, SAME_TOWN]


def signs(
    context: FuseContext, *mentions: Mention, stories: tuple[Story, ...] = ()
) -> dict[str, frozenset[str]]:
    """What is asked of an incident of these mentions, by field, with its signs."""
    incident = Incident("in_1", "Attack", tuple(m.id for m in mentions))
    context = replace(context, incidents=(*context.incidents, incident))
    found = Confidences(context, stories).questions(fuse_incident(context, incident))
    return {field: own for field, (_, own) in found}


def both(**more: object) -> dict[str, frozenset[str]]:
    context = world([FIRST, SECOND], [A, B], CLAIMS, days=DAYS, places=PLACES, **more)  # type: ignore[arg-type]
    return signs(context, A, B)


def test_a_value_tells_who_says_it_where_and_what_else_is_told() -> None:
    own = both()["killed"]
    assert {"it stands in a lead", "it is said more than once", "the reports disagree"} <= own
    assert "an official or a named person says so" in own
    assert "it is more than a few" in own


def test_only_what_has_a_value_is_asked() -> None:
    alone = signs(world([FIRST], [A], [FIVE]), A)
    assert alone.keys() == {"killed", "date", "type", "incident"}
    assert "no day is told: it is the day of the report" in alone["date"]
    assert "one sentence alone tells of it" in alone["incident"]


def test_a_day_tells_how_far_before_the_report_it_lies() -> None:
    assert "it is the very day of a report" in both()["date"]
    out_on = {r.id: MONDAY + timedelta(days=1) for r in (FIRST, SECOND)}
    assert "it is the day before a report" in both(out_on=out_on)["date"]
    late = {r.id: MONDAY + timedelta(days=40) for r in (FIRST, SECOND)}
    assert "it lies more than a month before the reports" in both(out_on=late)["date"]


def test_a_place_stands_beside_what_its_reports_are_about() -> None:
    assert "its reports name that town most" in both(seats={FIRST.id: BIU})["place"]
    other = both(seats={FIRST.id: YOLA, SECOND.id: YOLA})["place"]
    assert "its reports name another town more, in another province" in other
    assert "the province that it lies in is not named" in other


def test_a_number_that_nobody_states_is_reckoned() -> None:
    more = claim(FIRST, A, killed=2, says="Five died", unit="people, more")
    stated = signs(world([FIRST], [A], [FIVE]), A)["killed"]
    summed = signs(world([FIRST], [A], [FIVE, more]), A)["killed"]
    reckoned = {"no report states the number itself: it is reckoned", "some are told on top of others"}
    assert reckoned <= summed
    assert reckoned.isdisjoint(stated)


def test_one_mention_needs_no_merge_and_two_that_share_little_are_joined_by_little() -> None:
    assert "merge" not in signs(world([FIRST], [A], [FIVE]), A)
    assert "two parts of it are joined by little" in signs(world([FIRST, SECOND], [A, B]), A, B)["merge"]
    same = [FIVE, claim(SECOND, B, killed=5, says="Seven people"), DAY, SAME_DAY, TOWN, SAME_TOWN]
    firm = signs(world([FIRST, SECOND], [A, B], same, days=DAYS, places=PLACES), A, B)["merge"]
    assert "several reports tell of it" in firm
    assert "two parts of it are joined by little" not in firm


def test_a_merge_rests_on_what_its_mentions_tell_alike() -> None:
    same = [FIVE, claim(SECOND, B, killed=5, says="Seven people"), DAY, SAME_DAY, TOWN, SAME_TOWN]
    alike = signs(world([FIRST, SECOND], [A, B], same, days=DAYS, places=PLACES), A, B)["merge"]
    assert {"one number of killed is told more than once", "every two of its mentions are alike"} <= alike
    assert "a part of it is told without a day" not in alike
    rest = [FIVE, SEVEN, DAY, TOWN, SAME_TOWN]
    unlike = signs(world([FIRST, SECOND], [A, B], rest, days=DAYS, places=PLACES), A, B)["merge"]
    assert {"different numbers of killed are told of it", "a part of it is told without a day"} <= unlike


def test_a_second_incident_of_the_same_story_may_be_the_first_told_again() -> None:
    attack = mention(SECOND, "hit")
    context = world([FIRST, SECOND], [A, B, attack], CLAIMS, days=DAYS, places=PLACES)
    context = replace(context, incidents=(Incident("in_0", "Attack", (A.id, B.id)),))
    story = Story("st", "Rockets", (FIRST.id, SECOND.id))
    own = signs(context, attack, stories=(story,))["incident"]
    assert "its story tells more of another incident of its kind" in own


def test_what_a_person_gave_is_sure() -> None:
    context = world([FIRST], [A], [FIVE])
    incident = Incident("in_1", "Attack", (A.id,))
    context = replace(context, incidents=(incident,))
    given = Judgement("jd", "value", "in_1", "killed", "corrected", value="6", by="me", at="2025-03-11")
    fused = replace(fuse_incident(context, incident), corrections=(given,))
    assert Confidences(context).of(fused).values["killed"] == Sure(1.0, ("a person gave it",))


def test_what_a_person_confirmed_is_an_incident() -> None:
    context = world([FIRST], [A], [FIVE])
    incident = Incident("in_1", "Attack", (A.id,))
    judgement = Judgement("jd", "incident", A.id, None, "positive", by="me", at="2025-03-11")
    decided = Decided(confirmed={A.id: judgement})
    context = replace(context, incidents=(incident,), decided=decided)
    sure = Confidences(context).of(fuse_incident(context, incident))
    assert sure.incident == Sure(1.0, ("a person confirmed it",))
    assert sure.values["killed"].value < 1


def test_the_most_doubtful_comes_first() -> None:
    confidence = Confidence(Sure(0.8), Sure(0.4), {"killed": Sure(0.6), "date": Sure(0.9)})
    assert [name for name, _ in least_sure(confidence)] == ["merge", "killed", "incident", "date"]
