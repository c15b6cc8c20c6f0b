"""What our gold of incidents says of the confidences of a ledger of news_clusters."""

from __future__ import annotations

from collections.abc import Iterator

from attested.evaluation.confidence import Asked, asked
from attested.evaluation.incidents_files import Gold, GoldIncident
from attested.evaluation.incidents_pairs import Pairing, Placed
from attested.incidents.confidence import Confidences
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.views.fusing import fuse_context

_COUNTRY = 5  # UCDP GED where_prec: from here on no town is said


def asked_of_clusters(ledger: Ledger, gold: Gold, pairing: Pairing) -> Iterator[Asked]:
    """Values of the incidents that stand for one of ours; of all, whether they do; whether their mentions are of one.

    What lies in no stretch is extra in the reports coded whole, and unknown elsewhere.
    """
    confidences = Confidences(fuse_context(ledger), ledger.stories)
    by_id = {one.id: one for one in gold.incidents}
    for placed in pairing.placed:
        fate = pairing.fate(placed)
        is_known = fate != "either" and (fate != "unlisted" or not gold.scope.isdisjoint(placed.reports))
        right = _values_right(by_id[placed.of or ""], placed.fused) if fate == "paired" else {}
        right |= {"incident": fate == "paired" if is_known else None, "merge": _is_pure(placed)}
        yield from asked(placed.reports[0], confidences.questions(placed.fused), right)


def _values_right(gold: GoldIncident, ours: FusedIncident) -> dict[str, bool | None]:
    """Field -> whether the value is right as it is written; None where the words give the coder none."""
    day, place = ours.date, ours.place
    return {
        "killed": _same(ours.killed, gold.killed),
        "injured": _same(ours.injured, gold.injured),
        "date": day.start <= gold.day.start and gold.day.end <= day.end
        if day.start and day.end and gold.day.start and gold.day.end
        else None,
        "place": place is not None and place.country in gold.countries,
        "type": ours.type in gold.types,
    }


def _same(ours: object, gold: object) -> bool:
    return (getattr(ours, "best", None) or 0) == (getattr(gold, "best", None) or 0)


def _is_pure(placed: Placed) -> bool | None:
    """Whether the mentions that lie in stretches all lie in those of one; None where fewer than two do."""
    listed = [one for one in placed.stretches if one is not None]
    return len({one.of for one in listed}) == 1 if len(listed) > 1 else None
