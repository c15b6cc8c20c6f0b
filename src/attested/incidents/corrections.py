"""Values that a person gives an incident: how they are kept, and how they win over what was fused from claims.

Kept as text: ``7`` or ``5/7/9`` (low/best/high) for people, ISO 8601 for a day, month, year or run of days
(``2021-05-01/2021-05-09``), JSON for a place, names with ``;`` between them for the rest; ``unknown`` is no value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from attested import codec
from attested.incidents.fused import COUNTS, FusedIncident, FusedValue
from attested.incidents.judged import decided_words, with_note
from attested.model import Judgement
from attested.text.normalise import fold
from attested.values import Count, PartialDate, Place

UNKNOWN = "unknown"
LISTS = (
    "weapon", "target", "victims", "effect", "perpetrator_alleged", "responsibility_claimed",
    "responsibility_denied",
)  # fmt: skip
FIELDS = ("type", "date", "place", *COUNTS, *LISTS)
# The sub-event types of ACLED's codebook (2023).
TYPES = (
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    "Violent demonstration", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
    "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack",
    "Abduction/forced disappearance", "Agreement", "Arrests", "Change to group/activity",
    "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction",
    "Non-violent transfer of territory", "Other",
)  # fmt: skip
_COUNT = re.compile(r"(\d+)(?:/(\d+)/(\d+))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")


def count_of(text: str, why: str = "") -> Count | None:
    """A number of people, or low/best/high. Raises ValueError for anything else."""
    if text == UNKNOWN:
        return None
    found = _COUNT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no number")
    low, best, high = (int(part) if part else int(found[1]) for part in found.groups())
    return Count(low, best, high, False, why)


def date_of(text: str) -> PartialDate:
    """A day, month, year or run of days. Raises ValueError for anything else."""
    if text == UNKNOWN:
        return PartialDate()
    if found := _MONTH.fullmatch(text):
        return PartialDate.month(int(found[1]), int(found[2]))
    if _YEAR.fullmatch(text):
        return PartialDate.year(int(text))
    first, _, last = text.partition("/")
    return PartialDate.span(date.fromisoformat(first), date.fromisoformat(last or first))


def place_of(text: str) -> Place | None:
    """A place as JSON."""
    if text == UNKNOWN:
        return None
    return codec.decode(Place, json.loads(text))


def place_text(place: Place) -> str:
    """What ``place_of`` reads."""
    return json.dumps(codec.encode(place), ensure_ascii=False, sort_keys=True)


def names_of(text: str) -> tuple[str, ...]:
    """The names of a list, each once."""
    names = (name.strip() for name in text.split(";")) if text != UNKNOWN else ()
    return tuple(dict.fromkeys(name for name in names if name))


def corrected(incident: FusedIncident, judgements: Sequence[Judgement]) -> FusedIncident:
    """The incident with the values that people gave it, the last of each field; what the reports say stays told."""
    last = {j.right: j for j in judgements if j.right in FIELDS and j.value is not None}
    if not last:
        return incident
    changes: dict[str, Any] = {}
    for name, judgement in last.items():
        changes |= _change(incident, str(name), judgement)
    disputes = tuple(
        replace(c, why=f"{c.why}; {correction_words(last[c.field])}") if c.field in last else c
        for c in incident.contradictions
    )
    return replace(incident, **changes, contradictions=disputes, corrections=tuple(last.values()))


def correction_words(judgement: Judgement) -> str:
    """Who corrected a value, when, and the note."""
    return with_note(decided_words(judgement), judgement)


def _change(incident: FusedIncident, name: str, judgement: Judgement) -> dict[str, Any]:
    why, text = correction_words(judgement), str(judgement.value)
    if name in COUNTS:
        return {name: count_of(text, _beside(why, getattr(incident, name)))}
    if name in LISTS:
        return {name: _listed(getattr(incident, name), names_of(text))}
    read: Callable[[str], Any] = {"date": date_of, "place": place_of}.get(name, str)
    reason = {} if name == "type" else {f"{name}_why": why}
    return {name: read(text)} | reason


def _beside(why: str, told: Count | None) -> str:
    """The reason with the figure that the reports would have given."""
    return f"{why}; the reports: {told.best} ({told.why})" if told is not None else why


def _listed(told: Sequence[FusedValue], names: Sequence[str]) -> tuple[FusedValue, ...]:
    """The names given, each with the claims that say it too."""
    known = {fold(value.value): value for value in told}
    return tuple(known.get(fold(name)) or FusedValue(name, (), 0) for name in names)
