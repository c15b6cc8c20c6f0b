"""What speaks for and against an incident as a whole: that it is one to write down, and counted once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attested.incidents.fused import FusedIncident
from attested.incidents.told import Told
from attested.mentions.typing import VAGUE_TYPES
from attested.model import Mention

_SEVERAL = 3
_LIKE, _RATHER_LIKE = -1.0, -2.5  # log-odds of two incidents being one


def signs_of_incident(told: Told, fused: FusedIncident) -> Iterator[str]:
    """Signs that an incident is one, happened, and is counted once."""
    mentions = told.mentions_of(fused)
    yield from told.around(fused)
    yield f"it is taken for: {fused.type}"
    if len(mentions) >= _SEVERAL:
        yield "several sentences tell of it"
    if fused.n_origins > 1:
        yield "two or more independent origins tell of it"
    if any(told.is_in_lead(m.report_id, m.trigger.start) for m in mentions):
        yield "it stands in a lead"
    yield from _what_is_told(fused)
    yield from _what_speaks_against(told, fused, mentions)


def _what_is_told(fused: FusedIncident) -> Iterator[str]:
    fields = {c.field for c in fused.claims}
    if fused.date.n_days == 1:
        yield "its day is told"
    if "place" in fields:
        yield "its place is told"
    if fields & {"killed", "injured"}:
        yield "dead or injured are told"
    if "perpetrator_alleged" in fields:
        yield "who did it is told"
    if "target" in fields:
        yield "what was hit is told"
    if not fields & {"killed", "injured", "perpetrator_alleged", "target", "victims", "place", "date"}:
        yield "nothing is told of it but that it was"


def _what_speaks_against(told: Told, fused: FusedIncident, mentions: Sequence[Mention]) -> Iterator[str]:
    if any(m.type in told.uncounted_in.get(m.report_id, ()) for m in mentions):
        yield "its reports also tell of such a thing as planned, habitual or denied"
    if mentions and all(m.report_id in told.context.spun for m in mentions):
        yield "machine-spun text alone tells of it"
    if mentions and all(m.sentence.text.rstrip(" \"'”’").endswith("?") for m in mentions):
        yield "it is told in a question"
    if _is_like_another(told, fused):
        yield "its story tells more of another incident of its kind"
    nearest = told.nearest(fused)
    if nearest >= _LIKE:
        yield "its story has another incident that is nearly enough like it to be the same"
    elif nearest >= _RATHER_LIKE:
        yield "its story has another incident that is rather like it"


def _is_like_another(told: Told, fused: FusedIncident) -> bool:
    """Whether the reports of its stories tell more of another incident, of a type that may be the same."""
    return any(n > own and told.types[id] in {fused.type} | VAGUE_TYPES for id, n, own in told.beside(fused))
