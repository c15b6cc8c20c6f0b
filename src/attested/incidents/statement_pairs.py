"""Pairs of mentions that may be one statement, and how surely they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from attested.incidents.alignment import Alignment
from attested.incidents.statement_profile import StatementProfile
from attested.model import Mention

# Acts that two newsrooms may name differently for one statement; others only match themselves.
_FAMILIES = (
    frozenset({"AGREE", "SUPPORT"}),
    frozenset({"ACCUSE", "REJECT"}),
    frozenset({"CONCEDE", "RETREAT"}),
    frozenset({"COERCE", "SANCTION"}),
)
# Matters at least this alike (rapidfuzz token-set ratio, 0..100) are one matter.
_ALIKE = 60.0
# Days that "on Thursday" and a late report of it may lie apart.
SLACK_DAYS = 1
# In one report a government and its minister may speak in sentences this many characters apart.
_NEARBY = 600
# What one verb for the deed ("will not tolerate") adds to a pair: more than a likeness of 60 in other words.
_SAME_VERB = 0.15
# Within one block of a large story each mention is compared with so many that follow it in the order of reports.
_MAX_COMPARED = 60


def candidate_pairs(profiles: Sequence[StatementProfile]) -> list[tuple[int, int]]:
    """Pairs worth comparing: of one story, with a speaker, side, addressee or quotation in common."""
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, p in enumerate(profiles):
        keys = {("speaker", p.speaker), ("side", p.side or ""), *(("quote", q) for q in p.quotes)}
        keys |= {("addressee", a) for a in p.addressees}
        for kind, value in keys:
            if value:
                blocks[(p.story if kind != "quote" else "", kind, value)].append(i)
    pairs = {pair for block in blocks.values() for pair in _pairs(block)}
    return sorted(pairs)


def _pairs(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, i in enumerate(block):
        for j in block[at + 1 : at + 1 + _MAX_COMPARED]:
            yield i, j


def compare_statements(
    a: StatementProfile, b: StatementProfile, alignment: Alignment, kin: set[frozenset[str]]
) -> tuple[float, str] | None:
    """How surely two mentions are one statement, 0..1, and why; None if they are not."""
    one, other = a.mention, b.mention
    if not _compatible(one, other):
        return None
    if alignment.covers(one.report_id, one.trigger.start, other.report_id, other.trigger.start):
        return 1.0, "one copied passage"
    if a.quotes & b.quotes and one.type == other.type:
        return 0.95, "one quotation"
    if a.stated.is_known and b.stated.is_known and not a.stated.meets(b.stated, SLACK_DAYS):
        return None
    alike = fuzz.token_set_ratio(a.topic, b.topic) if a.topic and b.topic else 0.0
    same_word = bool(a.trigger & b.trigger)
    if a.speaker == b.speaker and (alike >= _ALIKE or same_word or bool(a.addressees & b.addressees)):
        return 0.6 + alike / 400, "same speaker, same matter"
    if (
        a.side is not None
        and a.side == b.side
        and (a.is_state or b.is_state)
        and _one_side(a, b, alike, same_word)
    ):
        return 0.4 + (_SAME_VERB if same_word else 0.0) + alike / 400, "same state, same matter"
    related = frozenset((one.report_id, other.report_id)) in kin
    if related and a.addressees & b.addressees and one.type == other.type:
        return 0.4, "rewritten from one another, same act against the same"
    return None


def _one_side(a: StatementProfile, b: StatementProfile, alike: float, same_word: bool) -> bool:
    """Whether a state's words and its people's are one statement."""
    if a.mention.report_id == b.mention.report_id:
        near = abs(a.mention.trigger.start - b.mention.trigger.start) <= _NEARBY
        return (near and (a.person is None) != (b.person is None)) or alike >= _ALIKE or same_word
    return alike >= _ALIKE or same_word


def _compatible(one: Mention, other: Mention) -> bool:
    """Whether two acts may be one: the same root and no other mode, or roots of one family."""
    if one.type == other.type:
        return not (one.mode and other.mode) or one.mode == other.mode
    return any({one.type, other.type} <= family for family in _FAMILIES)
