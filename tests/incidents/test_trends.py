"""Trends once each, only within a story."""

from dataclasses import replace

from factory import claim, mention, report
from world import world

from attested.incidents.trends import fuse_trends, merge_trends
from attested.model import Mention, Report, Story

A = report("It was one of around 30 attacks on convoys since May.")
B = report("The raid was one of about 30 attacks on convoys since May.")
C = report("There have been 12 attacks on schools this year.")


def trend(owner: Report) -> Mention:
    return mention(owner, "attacks", kind="trend", type="trend", status="habitual")


def merged(*owners: Report, story: bool = True) -> list[set[str]]:
    mentions = [trend(o) for o in owners]
    numbers = {A.id: 30, B.id: 30, C.id: 12}
    claims = [
        claim(o, m, number=numbers[o.id], says=str(numbers[o.id]))
        for o, m in zip(owners, mentions, strict=True)
    ]
    context = world(owners, mentions, claims)
    stories = [Story("st", "", tuple(o.id for o in owners))] if story else []
    found = merge_trends(context, stories, [])
    return [{context.mentions[m].report_id for m in t.mention_ids} for t in found]


def test_one_number_in_like_words_is_one_trend() -> None:
    assert merged(A, B) == [{A.id, B.id}]


def test_another_number_is_another_trend() -> None:
    assert sorted(map(sorted, merged(A, C))) == sorted([[A.id], [C.id]])


def test_trends_of_two_stories_are_not_compared() -> None:
    assert len(merged(A, B, story=False)) == 2


def test_a_fused_trend_has_its_number_and_origins() -> None:
    owner = trend(A)
    context = world([A], [owner], [claim(A, owner, number=30, says="30", qualifier="about")])
    context = replace(context, trends=merge_trends(context, [], []))
    [fused] = fuse_trends(context)
    assert (fused.value, fused.approximate, fused.n_origins) == (30, True, 1)
