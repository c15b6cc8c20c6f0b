"""The day of an incident that no report tells: the report's own, or a window before it."""

from dataclasses import replace

import pytest
from factory import mention, report, words
from world import MONDAY, world

from attested.incidents.untold import untold_day
from attested.model import Report, TimeExpression


def day_of(owner: Report, *forms: str, is_background: bool = False) -> tuple[bool, str]:
    """Whether the day is the report's own, and why; the report has times of these forms."""
    shot = mention(owner, "shot", is_background=is_background)
    context = world([owner], [shot])
    at = words(owner, "shot")
    times = tuple(TimeExpression(at, form, "published") for form in forms)
    context.outlines[owner.id] = replace(context.outlines[owner.id], times=times)  # type: ignore[index]
    found, why = untold_day(context, [shot.id])
    return (found.start, found.end) == (MONDAY, MONDAY), why


def test_news_without_any_day_is_of_its_report_s_day() -> None:
    own, why = day_of(report("A man was shot at a bar in Hull. He is in hospital."), "clock", "duration")
    assert own
    assert why.startswith("no day is told")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("A man was shot at a bar in Hull in May.", "month"),
        ("A man was shot at a bar in Hull. Police spoke on Friday.", "weekday"),
        ("A jury heard how a man was shot at a bar in Hull.", "clock"),
        ("A woman pleaded guilty: a man was shot at a bar in Hull.", "clock"),
    ],
)
def test_another_day_or_a_trial_leaves_the_day_open(text: str, form: str) -> None:
    own, why = day_of(report(text), form)
    assert not own
    assert "within the month before" in why


def test_history_is_not_of_the_report_s_day() -> None:
    own, _ = day_of(report("A man was shot at a bar in Hull."), is_background=True)
    assert not own
