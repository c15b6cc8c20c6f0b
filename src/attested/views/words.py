"""Typed values as words for a reader; nothing here says more than the value does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attested.incidents.corrections import LISTS
from attested.incidents.fused import COUNTS, Contradiction, FusedIncident, FusedValue
from attested.incidents.sureness import Confidence, Sure
from attested.model import Hedge, Voice
from attested.values import Count, PartialDate, Place

UNKNOWN = "unknown"
_DOUBTED = frozenset({"alleged", "suspected", "possible"})
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# UCDP GED where_prec, in words a reader can use.
EXACTNESS = {
    2: "about",
    3: "district",
    4: "province",
    5: "region",
    6: "country only",
    7: "sea or air",
}


def day_words(day: date) -> str:
    """``28 September 2020``."""
    return f"{day.day} {day:%B %Y}"


def date_words(interval: PartialDate) -> str:
    """The interval as a reader would say it: ``March 2020``, ``between 6 and 13 April 2020``, ``unknown``."""
    start, end = interval.start, interval.end
    if start is None or end is None:
        return UNKNOWN
    if start == end:
        return day_words(start)
    if interval.precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    if interval.precision == "year" and start.year == end.year:
        return str(start.year)
    if interval.precision == "week" and interval.n_days == 7:
        return f"the week of {day_words(start)}"
    return f"between {_first_end(start, end)} and {day_words(end)}"


def _first_end(start: date, end: date) -> str:
    """The earlier day, less what it shares with the later one."""
    if (start.year, start.month) == (end.year, end.month):
        return str(start.day)
    return f"{start.day} {start:%B}" if start.year == end.year else day_words(start)


def iso_words(interval: PartialDate) -> str:
    """ISO 8601: ``2020-03-04``, ``2020-03`` (month), ``2020`` (year), ``start/end``; empty when unknown."""
    if interval.start is None or interval.end is None:
        return ""
    start = interval.start.isoformat()
    if interval.start == interval.end:
        return start
    if interval.precision == "month":
        return start[:7]
    return start[:4] if interval.precision == "year" else f"{start}/{interval.end.isoformat()}"


def count_words(count: Count | None) -> str:
    """``5``, ``about 5``, ``5 (3 to 7)``; empty when nobody says."""
    if count is None:
        return ""
    best = f"about {count.best}" if count.approximate else str(count.best)
    return best if count.low == count.high else f"{best} ({count.low} to {count.high})"


def place_name(place: Place) -> str:
    """The name with its relation, once: ``near Abuja``, ``north of Baghdad``."""
    is_said = place.name.casefold().startswith(place.relation.casefold())
    return place.name if is_said else f"{place.relation} {place.name}"


def place_words(place: Place | None) -> str:
    """``near Abuja, NG (about)``: relation, name, country, and how exactly when that is not exact."""
    if place is None:
        return UNKNOWN
    where = ", ".join(part for part in (place_name(place), place.country) if part)
    exactness = EXACTNESS.get(place.precision)
    return f"{where} ({exactness})" if exactness and not place.relation else where


def incident_title(incident: Any) -> str:
    """A fused incident in one line: ``Air/drone strike, near Abuja, NG, 3 May 2021``."""
    date, place = incident.date, incident.place
    where = place_words(place).split(" (")[0] if place else "place unknown"
    return f"{incident.type}, {where}, {date_words(date) if date.is_known else 'date unknown'}"


def voice_words(voice: Voice) -> str:
    """Who says it: ``police, via Example News``; the outlet itself is ``the report itself``."""
    name = voice.name or ("the report itself" if voice.kind == "outlet" else voice.kind)
    return f"{name}, via {voice_words(voice.via)}" if voice.via else name


def said_words(voice: Voice, hedge: Hedge) -> str:
    """A voice with the doubt of its words, if any: ``police (suspected)``."""
    return f"{voice_words(voice)} ({hedge})" if hedge in _DOUBTED else voice_words(voice)


def number_words(number: int, noun: str, plural: str | None = None) -> str:
    """``no reports``, ``one report``, ``twelve`` from eleven on as figures: ``12 reports``."""
    said = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{said} {noun if number == 1 else plural or noun + 's'}"


def backed_words(value: FusedValue) -> str:
    """How many origins stand behind a value: ``two origins``, or that only machine-spun text has it."""
    return backing_words(value.n_origins, value.degraded)


def backing_words(n_origins: int, degraded: bool) -> str:
    """``two origins``, or that only machine-spun text has it."""
    return "machine-spun text only" if degraded else number_words(n_origins, "origin")


def told_words(values: Sequence[FusedValue]) -> str:
    """``told: 19 (one origin), 23 (two origins)``; nothing for a single value."""
    each = ", ".join(f"{value.value} ({backed_words(value)})" for value in values)
    return f"told: {each}" if len(values) > 1 else ""


def shown_words(incident: FusedIncident, field: str) -> str:
    """What an incident shows for a field, in words."""
    value = getattr(incident, field)
    if field in LISTS:
        return "; ".join(one.value for one in value) or "unknown"
    words: dict[str, Callable[[Any], str]] = {
        "date": date_words, "place": place_words, **dict.fromkeys(COUNTS, count_words),
    }  # fmt: skip
    return words.get(field, str)(value) or "unknown"


def against_words(contradiction: Contradiction) -> str:
    """The sides of a disagreement: ``4 (two origins) against 6 (one origin): the mayor says more``."""
    sides = " against ".join(f"{v.value} ({backed_words(v)})" for v in contradiction.values)
    return f"{sides}: {contradiction.why}" if contradiction.why else sides


def listed(parts: Sequence[str], *, last: str = "and") -> str:
    """``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sure_words(sure: Sure) -> str:
    """``how sure: 0.82, because it stands in a lead, although something else is told too``."""
    reasons = [
        (f"because {listed(sure.because)}", sure.because),
        (f"although {listed(sure.although)}", sure.although),
    ]
    return ", ".join([f"how sure: {sure.value:.2f}", *(words for words, given in reasons if given)])


def incident_sure_words(confidence: Confidence) -> list[tuple[str, str]]:
    """How sure it is that an incident is one, and that what is told of it belongs together."""
    found = [("an incident?", sure_words(confidence.incident))]
    if confidence.merge is not None:
        found.append(("all one?", sure_words(confidence.merge)))
    return found
