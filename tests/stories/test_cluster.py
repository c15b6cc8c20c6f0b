from datetime import date, timedelta

import numpy as np
import pytest
from factory import published, report
from hypothesis import given, settings
from hypothesis import strategies as st

from attested.model import Derivation, Outline, Published, Report, Span, TimeExpression
from attested.settings import StorySettings
from attested.stories.cluster import cluster_stories, score
from attested.values import PartialDate, Score

DAY = date(2025, 6, 3)
FERRY = (
    "A ferry with sixty passengers sank off Lumo island in heavy seas and the coast guard found nine survivors.",
    "Coast guard boats searched the waters around Lumo island for passengers of the ferry that sank in heavy seas.",
    "The owner of the ferry that sank off Lumo was arrested after survivors told the coast guard of missing vests.",
)
MINE = (
    "Gunmen on motorcycles raided a gold mine at Bani, burned two trucks and killed nine miners before dawn.",
    "The gold mine at Bani stayed shut after gunmen on motorcycles killed miners there, the army said.",
)


def pile(*texts: str) -> list[Report]:
    return [report(text, id=f"r{n}") for n, text in enumerate(texts)]


def stories(reports: list[Report], dates: list[date | None], **more: object) -> set[tuple[str, ...]]:
    stamped = {r.id: published(r, day) for r, day in zip(reports, dates, strict=True)}
    found = cluster_stories(reports, {}, more.pop("derivations", []), stamped, StorySettings())
    return {story.reports for story in found}


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def test_reports_of_one_affair_are_one_story() -> None:
    reports = pile(*FERRY, *MINE)
    dates = [DAY, after(1), after(2), DAY, after(1)]
    assert stories(reports, dates) == {("r0", "r1", "r2"), ("r3", "r4")}


@pytest.mark.parametrize(("days", "n"), [(0, 1), (9, 1), (200, 2)])
def test_time_parts_look_alikes(days: int, n: int) -> None:
    assert len(stories(pile(FERRY[0], FERRY[1]), [DAY, after(days)])) == n


@pytest.mark.parametrize(("form", "n"), [("year", 1), ("weekday", 2), ("relative-day", 2)])
def test_a_late_report_is_of_an_old_affair_unless_it_tells_of_a_fresh_one(form: str, n: int) -> None:
    reports = pile(FERRY[0], FERRY[1])
    said = TimeExpression(Span(0, 3), form, "published", {"weekday": 2})
    outlines = {"r1": Outline("r1", (Span(0, len(reports[1].text), reports[1].text),), times=(said,))}
    stamped = {r.id: published(r, day) for r, day in zip(reports, (DAY, after(200)), strict=True)}
    assert len(cluster_stories(reports, outlines, [], stamped, StorySettings())) == n


def test_a_story_goes_on_as_long_as_reports_follow_each_other() -> None:
    reports = pile(*[FERRY[0]] * 6)
    assert len(stories(reports, [after(9 * n) for n in range(6)])) == 1


@pytest.mark.parametrize(("day", "n"), [(DAY, 1), (None, 2)])
def test_an_undated_report_needs_closer_words(day: date | None, n: int) -> None:
    reports = pile(
        FERRY[0],
        "The schools closed early because of heavy rain, and a passenger of the island bus walked home.",
    )
    assert len(stories(reports, [DAY, day])) == n


@pytest.mark.parametrize(("day", "n"), [(2, 1), (3, 1), (14, 2)])
def test_a_day_named_without_its_year_dates_an_undated_report(day: int, n: int) -> None:
    reports = pile(
        FERRY[0],
        "The schools closed early because of heavy rain, and a passenger of the island bus walked home.",
    )
    said = TimeExpression(Span(0, 3), "month-day", "published", {"month": 6, "day": day})
    outlines = {"r1": Outline("r1", (Span(0, len(reports[1].text), reports[1].text),), times=(said,))}
    found = cluster_stories(reports, outlines, [], {"r0": published(reports[0], DAY)}, StorySettings())
    assert len(found) == n


def test_copies_are_one_story_whatever_their_stamps() -> None:
    reports = pile(FERRY[0], FERRY[1])
    copy = Derivation("r1", "r0", "republished", Score(1.0))
    assert stories(reports, [DAY, after(400)], derivations=[copy]) == {("r0", "r1")}


def test_a_wide_date_does_not_stretch_a_story() -> None:
    reports = pile(FERRY[0], FERRY[1], FERRY[2])
    year = Published("r1", PartialDate.year(2025), "text")
    stamped = {"r0": published(reports[0], DAY), "r1": year, "r2": published(reports[2], date(2025, 12, 1))}
    found = cluster_stories(reports, {}, [], stamped, StorySettings())
    assert not any({"r0", "r2"} <= set(story.reports) for story in found)


def test_vectors_break_a_tie() -> None:
    texts = ["Ferry Lumo sank.", "Ferry Lumo sank.", "Ferry Lumo sank."]
    reports = pile(*texts)
    rows = {"r0": [1.0, 0.0], "r1": [0.0, 1.0], "r2": [0.1, 1.0]}
    outlines = {
        r.id: Outline(r.id, (Span(0, len(r.text), r.text),), vectors=np.array([rows[r.id]], dtype=np.float16))
        for r in reports
    }
    stamped = {
        "r0": published(reports[0], DAY),
        "r1": published(reports[1], after(130)),
        "r2": published(reports[2], after(65)),
    }
    # r2 lies as far from either by date, and says the same; its vector is that of r1.
    settings = StorySettings(window_days=66)
    found = {s.reports for s in cluster_stories(reports, outlines, [], stamped, settings)}
    assert found == {("r0", "r1", "r2")} or ("r1", "r2") in found


def test_a_story_is_headed_by_its_most_central_report() -> None:
    reports = [report(text, id=f"r{n}", headline=f"Headline {n}") for n, text in enumerate(FERRY)]
    [story] = cluster_stories(reports, {}, [], {r.id: published(r, DAY) for r in reports}, StorySettings())
    assert story.headline in {"Headline 0", "Headline 1", "Headline 2"}


def test_no_reports_no_stories() -> None:
    assert cluster_stories([], {}, [], {}, StorySettings()) == []


def test_the_score_of_a_story_begins_at_a_half() -> None:
    assert score(0.0) == score(-0.1) == 0.0
    assert score(0.1) < 0.5 < score(0.3) < 1.0


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_reading_changes_nothing(order: list[int]) -> None:
    reports = pile(*FERRY, *MINE)
    stamped = {r.id: published(r, after(n % 3)) for n, r in enumerate(reports)}
    first = cluster_stories(reports, {}, [], stamped, StorySettings())
    again = cluster_stories([reports[i] for i in order], {}, [], stamped, StorySettings())
    assert first == again
    assert sorted(i for story in first for i in story.reports) == [r.id for r in reports]
