"""Two reports side by side: what one added to the other, cut and changed, by sentence and by value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from attested.lineage.align import Alignment
from attested.lineage.relation import Relation, Relations
from attested.lineage.wording import WordedSentence
from attested.settings import Settings
from attested.text.folding import WORD, fold_word
from attested.text.numbers import find_numbers
from attested.views.evidence import claim_value, outlet_words
from attested.views.facts import Facts

Mark = Literal["same", "added", "cut"]
ChangeKind = Literal["quotation changed", "number changed", "words changed", "added", "cut", "same"]
_ORDER: tuple[ChangeKind, ...] = (
    "quotation changed",
    "number changed",
    "words changed",
    "added",
    "cut",
    "same",
)
_OPENERS = "\"'“‘([$€£"
_LOOSE = frozenset({"within", "part"})
MIN_LIKENESS = 0.45
"""Share of words in common from which two sentences are shown as one that was changed."""


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A stretch of words that both have, or only the second ("added"), or only the first ("cut")."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence of either report beside its like in the other; ``start`` is its offset in the page."""

    kind: ChangeKind
    pieces: tuple[DiffPiece, ...]
    first_start: int | None
    second_start: int | None


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A field of an incident or statement on which the two reports' claims differ."""

    about: str
    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in two reports; ``kind`` and ``why`` say what they are to one another."""

    first: str
    second: str
    first_words: str
    second_words: str
    kind: str
    parent: str | None
    why: str
    first_share: float
    second_share: float
    values: tuple[ValueChange, ...]
    changes: tuple[Change, ...]

    def n(self, kind: ChangeKind) -> int:
        """How many sentences are of this kind."""
        return sum(1 for change in self.changes if change.kind == kind)


def difference(facts: Facts, first: str, second: str) -> Difference:
    """Compare the reports of two ids. Changed quotations and numbers come first, then the order of the text."""
    relation = _relation(facts, first, second)
    alignment = relation.alignment
    if alignment.left.report_id != first:
        alignment = alignment.turned()
    return Difference(
        first,
        second,
        _named(facts, first),
        _named(facts, second),
        relation.kind,
        {"left": first, "right": second, "unseen": "a dispatch that nobody saved"}.get(relation.parent or ""),
        relation.why,
        round(alignment.left_share, 3),
        round(alignment.right_share, 3),
        tuple(_values(facts, first, second)),
        tuple(sorted(_changes(facts, alignment), key=_place)),
    )


def _relation(facts: Facts, first: str, second: str) -> Relation:
    """What the two are to one another, beside the reports of their families and stories: what is standing or a
    formula shows only there, and the whole ledger would take long."""
    near = {first, second}
    groups = (*(origin.reports for origin in facts.origins), *(story.reports for story in facts.stories))
    for group in groups:
        if first in group or second in group:
            near.update(group)
    reports = [facts.reports[report] for report in sorted(near)]
    outlines = {o.report_id: o for o in facts.ledger.outlines if o.report_id in near}
    return Relations(reports, outlines, facts.origins, Settings().lineage).of(first, second)


def _named(facts: Facts, report: str) -> str:
    return f"{outlet_words(facts, report)}: “{facts.reports[report].headline or 'no headline'}”"


def _place(change: Change) -> tuple[int, int]:
    start = change.second_start if change.second_start is not None else change.first_start
    return _ORDER.index(change.kind), start or 0


def _changes(facts: Facts, alignment: Alignment) -> Iterator[Change]:
    left, right = alignment.left, alignment.right
    ours, theirs = facts.reports[left.report_id].text, facts.reports[right.report_id].text
    used_left, used_right = set(), set()
    for first, second in _matched(alignment):
        a, b = ([wording.sentences[i] for i in side] for wording, side in ((left, first), (right, second)))
        pieces = diff_words(ours[a[0].start : a[-1].end], theirs[b[0].start : b[-1].end])
        if _likeness(pieces) < MIN_LIKENESS:
            continue
        used_left |= set(first)
        used_right |= set(second)
        yield Change(_kind(pieces, a, b), pieces, a[0].start, b[0].start)
    for i, sentence in enumerate(left.sentences):
        if i not in used_left:
            text = ours[sentence.start : sentence.end]
            yield Change("cut", (DiffPiece(text, "cut"),), sentence.start, None)
    for j, sentence in enumerate(right.sentences):
        if j not in used_right:
            text = theirs[sentence.start : sentence.end]
            yield Change("added", (DiffPiece(text, "added"),), None, sentence.start)


def _matched(alignment: Alignment) -> list[tuple[list[int], list[int]]]:
    """Sentences that correspond: one to one, or neighbours to the one that an editor made of them.

    The surest pairs come first; a weaker one joins them only beside them.
    """
    pairs = (*alignment.pairs, *alignment.parts)
    ranked = sorted(pairs, key=lambda p: (p.how in _LOOSE, -p.ratio, p.left, p.right))
    of_left: dict[int, tuple[list[int], list[int]]] = {}
    of_right: dict[int, tuple[list[int], list[int]]] = {}
    groups: list[tuple[list[int], list[int]]] = []
    for pair in ranked:
        group = of_left.get(pair.left) or of_right.get(pair.right)
        if group is None:
            group = ([], [])
            groups.append(group)
        elif not (_is_beside(group[0], pair.left) and _is_beside(group[1], pair.right)):
            continue
        if of_left.get(pair.left, group) is group and of_right.get(pair.right, group) is group:
            _put(group[0], pair.left)
            _put(group[1], pair.right)
            of_left[pair.left] = of_right[pair.right] = group
    return [group for group in groups if group[0]]


def _is_beside(places: Sequence[int], place: int) -> bool:
    """Whether a sentence is one of these or the next one before or after them."""
    return min(places) - 1 <= place <= max(places) + 1


def _put(places: list[int], place: int) -> None:
    if place not in places:
        places.append(place)
        places.sort()


def _likeness(pieces: Sequence[DiffPiece]) -> float:
    """The share of the words of both sides that are the same."""
    n = {"same": 0, "added": 0, "cut": 0}
    for piece in pieces:
        n[piece.mark] += len(WORD.findall(piece.text)) * (2 if piece.mark == "same" else 1)
    return n["same"] / max(1, sum(n.values()))


def _kind(
    pieces: Sequence[DiffPiece], left: Sequence[WordedSentence], right: Sequence[WordedSentence]
) -> ChangeKind:
    changed = [word for piece in pieces if piece.mark != "same" for word in WORD.findall(piece.text)]
    if not changed:
        return "same"
    if _quoted(left) != _quoted(right):
        return "quotation changed"
    if any(piece.mark != "same" and find_numbers(piece.text) for piece in pieces):
        return "number changed"
    return "words changed"


def _quoted(sentences: Sequence[WordedSentence]) -> list[str]:
    """The words inside quotation marks."""
    return [w for s in sentences for w, told in zip(s.words, s.narrated, strict=True) if not told]


def diff_words(first: str, second: str) -> tuple[DiffPiece, ...]:
    """The second text with what it added to the first, and what it cut where that stood; case and accents count
    for nothing."""
    ours, theirs = list(WORD.finditer(first)), list(WORD.finditer(second))
    keys = [[fold_word(m.group()) for m in side] for side in (ours, theirs)]
    pieces: list[DiffPiece] = []
    cut_from = added_from = 0
    for block in Indel.opcodes(*keys).as_matching_blocks():
        if block.a > cut_from:
            pieces.append(DiffPiece(_stretch(first, ours, cut_from, block.a), "cut"))
        if block.b > added_from:
            pieces.append(DiffPiece(_stretch(second, theirs, added_from, block.b), "added"))
        cut_from, added_from = block.a + block.size, block.b + block.size
        if block.size:
            pieces.append(DiffPiece(_stretch(second, theirs, block.b, added_from), "same"))
    return tuple(pieces)


def _stretch(text: str, words: Sequence[re.Match[str]], first: int, last: int) -> str:
    """The text of these words with what opens before them and whatever stands up to the next blank or word."""
    start, end = words[first].start(), words[last - 1].end()
    low = words[first - 1].end() if first else 0
    high = words[last].start() if last < len(words) else len(text)
    while start > low and text[start - 1] in _OPENERS:
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return text[start:end]


def _values(facts: Facts, first: str, second: str) -> Iterator[ValueChange]:
    """Fields of the incidents and statements that both tell of, where their claims' values differ."""
    told: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for claim in facts.claims.values():
        if claim.report_id in (first, second) and (about := facts.about.get(claim.id)):
            sides = told.setdefault((about, claim.field), ({}, {}))
            sides[claim.report_id == second][claim_value(claim)] = None
    shared = {
        about for about, _ in told if all(any(told[k][s] for k in told if k[0] == about) for s in (0, 1))
    }
    for (about, field), (ours, theirs) in sorted(told.items()):
        if about in shared and set(ours) != set(theirs):
            yield ValueChange(about, field, tuple(ours), tuple(theirs))
