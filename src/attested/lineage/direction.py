"""Which of two aligned reports was made from the other: credit, dates, cuts, additions; with the reason."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from attested.lineage.align import Alignment
from attested.lineage.classify import COPIES, NEARLY_ALL, NEARLY_WHOLE, Verdict
from attested.lineage.spun import weigh_signs
from attested.lineage.wires import agencies, agency_key, credits_agency, is_the_agency
from attested.lineage.wording import Wording
from attested.model import Report

DOUBTED_DATE_KINDS = frozenset({"caption", "neighbour", "related", "text", "captured"})
"""Kinds of date candidate that do not speak of the report itself."""
MAX_LAG_DAYS = 30
"""Copies are made within days; a larger gap says that one of the two stamps is an aggregator's."""
MORE_BY = 1.1
"""How much longer a report must be for its extra words to count as what the other cut."""
_MIN_CAPTURE_GAP = 600  # seconds; a crawler fetches a list of pages within minutes
CLEARLY_SPUN = 1.5
"""Nats of evidence from which one of two texts is the spun one. Of 8,294 spun copies beside their originals (gva
and PolNeAR, 5 to 25 % of words replaced) none is turned round at this and four stay open; at 0 one is."""
MAX_PER_EXCHANGE = 2.0
"""Nats that one exchange may add, so that no single word decides."""
_CORRECTS = re.compile(
    r"^\W*(?:correct(?:ion|ed|s)|clarification|updated?)\b"
    r"|\b(?:this|an earlier) (?:version|story|report|article)\b.{0,60}\b(?:correct|updat|amend|misstat|wrong)",
    re.IGNORECASE | re.MULTILINE,
)
NATS_IF_CUT = 2.0
"""For the side that lacks sentences of the other: spinners leave sentences out."""
CUT_MORE = 0.02
"""Share of its narration by which one side must have more that the other lacks."""


@dataclass(frozen=True, slots=True)
class Direction:
    """``left_is_child`` and why; ``is_known`` False when only a tie-break decided.

    ``is_unseen`` says that both go back to a dispatch which is neither of them, ``agency`` whose it is if that is
    known; the child is then only shown under the other.
    """

    left_is_child: bool
    why: str
    is_known: bool = True
    is_unseen: bool = False
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two aligned reports with everything the choice of direction rests on."""

    left: Report
    right: Report
    alignment: Alignment
    verdict: Verdict


def find_direction(pair: Pair, frequency: Mapping[str, int], agency: str | None = None) -> Direction:
    """Return who was made from whom.

    ``frequency`` is the number of reports of the pile that use a word; ``agency`` the one that other copies of
    this text credit, if it is known.
    """
    return (
        _by_spinning(pair, frequency)
        or _by_version(pair)
        or _by_credit(pair)
        or _by_own_name(pair)
        or _by_common_dispatch(pair, agency)
        or _by_date(pair)
        or _by_cut(pair)
        or _by_capture(pair)
        or _by_tie_break(pair)
    )


def published_day(report: Report) -> date | None:
    """Return the one day that a report's own undoubted date candidates agree on, or None."""
    days = {
        candidate.value.start
        for candidate in report.candidates
        if candidate.why_not is None
        and candidate.value.precision == "day"
        and candidate.kind not in DOUBTED_DATE_KINDS
    }
    return days.pop() if len(days) == 1 else None


def _by_spinning(pair: Pair, frequency: Mapping[str, int]) -> Direction | None:
    """The spun side reads as spun, has the words that the pile uses less, the longer phrases, and sentences cut."""
    if pair.verdict.kind != "spun":
        return None
    signs = weigh_signs(pair.left, pair.alignment.left) - weigh_signs(pair.right, pair.alignment.right)
    words = sum(_odder(a, b, frequency) for a, b in dict.fromkeys(pair.verdict.swaps.exchanged))
    more = pair.alignment.left_share - pair.alignment.right_share
    cut = math.copysign(NATS_IF_CUT, more) if abs(more) > CUT_MORE else 0.0
    nats = signs + words + cut
    if abs(nats) < CLEARLY_SPUN:
        return None
    if signs * nats > 0 and abs(signs) > abs(words):
        return Direction(nats > 0, "its words are those that article spinners write")
    return Direction(nats > 0, "its exchanged words are the ones that other reports use less")


def _odder(left: Sequence[str], right: Sequence[str], frequency: Mapping[str, int]) -> float:
    """How much odder the left phrase is, in nats: the longer one ("go over" for "check"), else the rarer one."""
    if len(left) != len(right):
        return math.copysign(MAX_PER_EXCHANGE, len(left) - len(right))
    ours, theirs = (max(1, min(frequency.get(word, 0) for word in phrase)) for phrase in (left, right))
    return max(-MAX_PER_EXCHANGE, min(MAX_PER_EXCHANGE, math.log(theirs / ours)))


def _by_credit(pair: Pair) -> Direction | None:
    for left_is_child, child, parent in ((True, pair.left, pair.right), (False, pair.right, pair.left)):
        names = agencies(parent) if is_the_agency(parent) else (parent.outlet or "",)
        credited = next((name for name in names if credits_agency(child, name)), None)
        # The agency's own page may be stamped anew; a rewrite that went out before it used another dispatch.
        is_its_own = is_the_agency(parent) and pair.verdict.kind in COPIES
        is_later = is_its_own or not _is_earlier(child, parent)
        if credited and not credits_agency(parent, child.outlet or "") and is_later:
            words = child.credit_line.text if child.credit_line else child.agency
            return Direction(left_is_child, f"it credits {credited} (“{words}”)")
    return None


def _by_version(pair: Pair) -> Direction | None:
    """Of one address saved twice the later is the one saved later, the one that says it corrects, the longer."""
    left, right = pair.left, pair.right
    if not left.url or left.url != right.url:
        return None
    if found := _by_moment(pair, 0.0):
        return found
    corrects = [_CORRECTS.search(report.text) is not None for report in (left, right)]
    if corrects[0] != corrects[1]:
        return Direction(corrects[0], "one address, and it says that it corrects or updates")
    ours, theirs = _size(pair.alignment.left), _size(pair.alignment.right)
    return Direction(ours > theirs, "one address, and it says more") if ours != theirs else None


def _by_own_name(pair: Pair) -> Direction | None:
    """Whose own name stands in "told X" wrote it; a copy says "said" there, or leaves the name."""
    own = [_tells_its_own(report) for report in (pair.left, pair.right)]
    if own[0] == own[1]:
        return None
    return Direction(own[1], "the other's people were told it themselves")


def _tells_its_own(report: Report) -> bool:
    if not report.outlet:
        return False
    name = re.escape(report.outlet.removeprefix("The ").removeprefix("the "))
    return re.search(rf"\btold (?:the )?{name}\b", report.text, re.IGNORECASE) is not None


def _is_earlier(child: Report, parent: Report) -> bool:
    """Whether the days say that the child went out first: it credits another dispatch than this one."""
    ours, theirs = published_day(child), published_day(parent)
    return ours is not None and theirs is not None and 0 < (theirs - ours).days <= MAX_LAG_DAYS


def _by_date(pair: Pair) -> Direction | None:
    left, right = published_day(pair.left), published_day(pair.right)
    if left is None or right is None or not 0 < abs((left - right).days) <= MAX_LAG_DAYS:
        return None
    early, late = sorted((left, right))
    return Direction(left > right, f"it is dated {late}, the other {early}")


def _by_cut(pair: Pair) -> Direction | None:
    """A report wholly inside a longer one is the cut copy (unless dates or credits said otherwise)."""
    left, right = pair.alignment.left, pair.alignment.right
    shares = pair.alignment.left_share, pair.alignment.right_share
    for left_is_child, share, child, parent in (
        (True, shares[0], left, right),
        (False, shares[1], right, left),
    ):
        if share >= NEARLY_ALL and _size(parent) >= MORE_BY * _size(child):
            return Direction(
                left_is_child, f"{share:.0%} of its narration stands in the other, which goes on longer"
            )
    return None


def _by_capture(pair: Pair) -> Direction | None:
    """What was saved earlier was there earlier, if the two were not saved in one go."""
    return _by_moment(pair, _MIN_CAPTURE_GAP)


def _by_moment(pair: Pair, least: float) -> Direction | None:
    """By the moments of capture, if they lie more than so many seconds apart."""
    left, right = _captured(pair.left), _captured(pair.right)
    if left is None or right is None or abs((left - right).total_seconds()) <= least:
        return None
    early, late = sorted((left, right))
    return Direction(
        left > right, f"it was saved on {late:%Y-%m-%d %H:%M}, the other on {early:%Y-%m-%d %H:%M} UTC"
    )


def _captured(report: Report) -> datetime | None:
    moment = next((c.moment for c in report.candidates if c.kind == "captured" and c.moment), None)
    return datetime.fromisoformat(moment) if moment else None


def _by_tie_break(pair: Pair) -> Direction:
    """The longer report, then the smaller id, is shown as the parent; nothing is claimed by it."""
    left, right = pair.alignment.left, pair.alignment.right
    left_is_child = (-_size(left), left.report_id) > (-_size(right), right.report_id)
    return Direction(
        left_is_child, "nothing shows which came first: the fuller text is taken as parent", False
    )


def _size(wording: Wording) -> int:
    return len(wording.words)


def _by_common_dispatch(pair: Pair, agency: str | None) -> Direction | None:
    """Two outlets that carry one text, neither crediting the other, both have it from an agency's wire."""
    if is_the_agency(pair.left) or is_the_agency(pair.right):
        return None
    agency = same_agency(pair.left, pair.right) or agency
    shown = _by_date(pair) or _by_cut(pair) or _by_tie_break(pair)
    if agency:
        why = f"both go back to a dispatch of {agency} that is not in the pile"
        return Direction(shown.left_is_child, why, is_unseen=True, agency=agency)
    if is_one_outlet(pair.left, pair.right):
        return None
    credited = next((name for report in (pair.left, pair.right) for name in agencies(report)), None)
    if credited:
        why = f"one of them credits {credited}, whose dispatch is not in the pile"
        return Direction(shown.left_is_child, why, is_unseen=True, agency=credited)
    if pair.verdict.kind in COPIES and pair.left.outlet and pair.right.outlet:
        why = (
            "two outlets carry one text and neither credits the other: both have it from a dispatch or a release "
            "that is not in the pile"
        )
        return Direction(shown.left_is_child, why, is_unseen=True)
    return None


def is_version(child: Report, parent: Report, child_share: float) -> bool:
    """Whether a child is its parent saved again, or told anew by the same outlet; a cut or plain copy is neither.

    ``child_share`` is how much of the child stands in the parent.
    """
    if child.url and child.url == parent.url:
        return True
    return bool(child.outlet) and is_one_outlet(child, parent) and child_share < NEARLY_WHOLE


def is_one_outlet(left: Report, right: Report) -> bool:
    """Whether two reports are of one outlet (or of none that is known)."""
    return agency_key(left.outlet) == agency_key(right.outlet)


def same_agency(left: Report, right: Report) -> str | None:
    """Return the agency whose text both carry while neither is an agency itself, or None."""
    if is_the_agency(left) or is_the_agency(right):
        return None
    for one, other in ((left, right), (right, left)):
        for name in agencies(one):
            if credits_agency(other, name):
                return name
    return None
