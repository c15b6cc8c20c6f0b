"""Two reports side by side: what one added to the other, cut and changed, by sentence and by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from attested.lineage.align import Alignment
from attested.lineage.relation import Relation, Relations
from attested.lineage.wording import WordedSentence
from attested.settings import Settings
from attested.text.folding import WORD, fold_word
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
    for group in (*facts.origins, *facts.stories):
        if not {first, second}.isdisjoint(group.reports):
            near.update(group.reports)
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


def _matched(alignment: Alignment) -> Iterator[tuple[list[int], list[int]]]:
    """Sentences that correspond: one to one, or several neighbours to one that an editor made of them."""
    by_left: dict[int, set[int]] = {}
    for pair in (*alignment.pairs, *alignment.parts):
        by_left.setdefault(pair.left, set()).add(pair.right)
    while by_left:
        i, rights = by_left.popitem()
        lefts = {i, *(k for k, other in by_left.items() if other & rights)}
        for k in lefts - {i}:
            rights = rights | by_left.pop(k)
        # What lies far apart in either report was not joined by an editor.
        for side in (lefts, rights):
            if max(side) - min(side) >= len(side):
                lefts, rights = {i}, {min(rights)}
                break
        yield sorted(lefts), sorted(rights)


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
    if any(character.isdigit() for word in changed for character in word):
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
    blocks = Indel.opcodes(*keys).as_matching_blocks()
    for block in blocks:
        if block.a > cut_from:
            pieces.append(DiffPiece(_stretch(first, ours[cut_from : block.a]), "cut"))
        if block.b > added_from:
            pieces.append(DiffPiece(_stretch(second, theirs[added_from : block.b]), "added"))
        cut_from, added_from = block.a + block.size, block.b + block.size
        if block.size:
            pieces.append(DiffPiece(_stretch(second, theirs[block.b : added_from]), "same"))
    return tuple(pieces)


def _stretch(text: str, words: Sequence[object]) -> str:
    """The text from the first to the last of these matches, with the quotation mark or stop that holds them."""
    start, end = words[0].start(), words[-1].end()  # type: ignore[attr-defined]
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
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
