"""What is compared of a mention: the town of its report says nothing of what is vaguely told of long ago."""

from datetime import date

import pytest
from factory import claim, mention, report
from world import BIU, world

from attested.incidents.profile import make_profiles
from attested.values import PartialDate

TOLD = report("A lorry drove into the market. The day is told here.")
ATTACK = mention(TOLD, "drove")
DAY = claim(TOLD, ATTACK, date="here", says="here")


@pytest.mark.parametrize(
    ("day", "has_town"),
    [
        (PartialDate.year(2023), False),
        (PartialDate.day(date(2023, 12, 19)), True),
        (PartialDate.month(2025, 3), True),
    ],
)
def test_what_is_vaguely_long_ago_may_have_been_in_another_town(day: PartialDate, has_town: bool) -> None:
    context = world([TOLD], [ATTACK], [DAY], days={DAY.id: day}, seats={TOLD.id: BIU})
    [profile] = make_profiles(context, {})
    assert profile.seat == ((BIU,) if has_town else ())


def test_a_word_for_what_came_of_a_deed_is_of_no_family() -> None:
    texts = [report("The raid was over."), report("The death was told.")]
    mentions = [mention(texts[0], "raid"), mention(texts[1], "death")]
    deeds = {p.mention.trigger.text: p.deeds for p in make_profiles(world(texts, mentions), {})}
    assert deeds == {"raid": frozenset({"attack"}), "death": frozenset()}
