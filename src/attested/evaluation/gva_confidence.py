"""What gva says of the confidences: for the ledger's incidents, and for each report's main one by its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attested.evaluation.confidence import Asked, asked
from attested.evaluation.gva_answers import Answer, match_incidents
from attested.evaluation.gva_files import GoldIncident
from attested.incidents.confidence import Confidences
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.text.normalise import fold
from attested.views.fusing import fuse_context

_DIVISIONS = frozenset({"admin1", "country"})


def asked_of_ledger(ledger: Ledger, answers: Sequence[Answer]) -> Iterator[Asked]:
    """Values of the incidents that stand for a record; of all that are some report's main one, whether they do.

    The merge is right if the reports whose main incident it is were filed under one record.
    """
    confidences = Confidences(fuse_context(ledger), ledger.stories)
    gold = {a.gold.incident.id: a.gold.incident for a in answers}
    record_of = {ours.id: gold[id] for id, ours in match_incidents(answers).items()}
    filed: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        if answer.shown is not None:
            filed[answer.shown.id].append(answer.gold.incident.id)
    for ours in {a.shown.id: a.shown for a in answers if a.shown is not None}.values():
        record = record_of.get(ours.id)
        right = values_right(record, ours) if record is not None else {}
        right |= {"incident": record is not None, "merge": _is_pure(filed[ours.id])}
        yield from asked(filed[ours.id][0], confidences.questions(ours), right)


def asked_of_reports(ledger: Ledger, answers: Iterable[Answer]) -> Iterator[Asked]:
    """Values of each report's main incident by its own words."""
    confidences = Confidences(fuse_context(ledger), ledger.stories)
    for answer in answers:
        if answer.told is not None:
            right = values_right(answer.gold.incident, answer.told)
            yield from asked(answer.gold.incident.id, confidences.questions(answer.told), right)


def values_right(gold: GoldIncident, ours: FusedIncident) -> dict[str, bool | None]:
    """Field -> whether the value is right as it is written."""
    return {
        "killed": ours.killed is not None and ours.killed.best == gold.killed,
        "injured": ours.injured is not None and ours.injured.best == gold.injured,
        "date": holds_day(ours, gold),
        "place": holds_place(ours, gold),
    }


def holds_day(ours: FusedIncident, gold: GoldIncident) -> bool:
    """Whether the day or interval holds the record's day."""
    start, end = ours.date.start, ours.date.end
    return start is not None and end is not None and start <= gold.day <= end


def holds_place(ours: FusedIncident, gold: GoldIncident) -> bool:
    """Whether the place is the record's city, or the state or country that it lies in."""
    place = ours.place
    if place is None or place.kind not in _DIVISIONS:
        return gold.is_in(place)
    return place.country == "US" and (place.kind == "country" or fold(place.name) == gold.state)


def _is_pure(records: Sequence[str]) -> bool | None:
    return len(set(records)) == 1 if len(records) > 1 else None
