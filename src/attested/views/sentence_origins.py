"""Where each sentence of a report comes from: copied, altered, shared through an unsaved dispatch, added, its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from attested.model import Derivation, Passage, Report, Span
from attested.text.folding import fold_words
from attested.views.facts import Facts

_MOST = 0.5  # of a sentence: what an aligned passage must cover to be where it comes from

What = Literal["copied", "altered", "shared", "added", "not told", "own"]


@dataclass(frozen=True, slots=True)
class SentenceOrigin:
    """One sentence. ``report`` has it too, from ``report_start`` on in its page; ``taken_by`` others made from this.

    "shared": both have it from a dispatch that nobody saved; "not told": the report goes back to such a dispatch and
    nothing shows what that said; "added": what it was made from does not say it; "own": it was made from nothing.
    """

    start: int
    end: int
    what: What
    report: str | None = None
    report_start: int = 0
    taken_by: int = 0


def sentence_origins(facts: Facts, report: Report) -> tuple[SentenceOrigin, ...]:
    """Every sentence of a report's body, in the order of its text."""
    outline = next((o for o in facts.ledger.outlines if o.report_id == report.id), None)
    sentences = outline.sentences if outline else ()
    made_from = facts.made_from.get(report.id, ())
    taken = _taken_by(facts, report, sentences)
    found: dict[int, tuple[Derivation, Passage]] = {}
    for edge in sorted(made_from, key=_by_worth):
        if edge.parent is not None:
            for passage in edge.passages:
                for number in _covered(sentences, passage.child_start, passage.child_end):
                    found.setdefault(number, (edge, passage))
    without = _of_no_other(made_from)
    return tuple(
        _found(facts, report, at, *found[number], taken[number])
        if number in found
        else SentenceOrigin(at.start, at.end, without, taken_by=taken[number])
        for number, at in enumerate(sentences)
    )


def _by_worth(edge: Derivation) -> tuple[bool, float, str]:
    """What a report was made from before who shares a dispatch with it, the surest first."""
    return edge.is_sibling, -edge.score.value, edge.parent or ""


def _taken_by(facts: Facts, report: Report, sentences: Sequence[Span]) -> Counter[int]:
    """Number of a sentence -> how many reports were made from this one and have it."""
    taken: Counter[int] = Counter()
    for edge in facts.derivations:
        if edge.parent == report.id and not edge.is_sibling:
            spans = ((p.parent_start, p.parent_end) for p in edge.passages)
            taken.update({number for start, end in spans for number in _covered(sentences, start, end)})
    return taken


def _covered(sentences: Sequence[Span], start: int, end: int) -> Iterator[int]:
    """Numbers of the sentences that lie in a stretch for the most part."""
    first = bisect_right(sentences, start, key=lambda s: s.end)
    for number in range(first, bisect_left(sentences, end, key=lambda s: s.start)):
        at = sentences[number]
        if min(at.end, end) - max(at.start, start) >= _MOST * (at.end - at.start):
            yield number


def _of_no_other(made_from: Sequence[Derivation]) -> What:
    """What a sentence is that stands in no aligned passage."""
    if not made_from:
        return "own"
    return "added" if any(edge.parent and not edge.is_sibling for edge in made_from) else "not told"


def _found(
    facts: Facts, report: Report, at: Span, edge: Derivation, passage: Passage, taken_by: int
) -> SentenceOrigin:
    parent = facts.reports[str(edge.parent)]
    what: What = "shared" if edge.is_sibling else _changed(report, parent, passage)
    return SentenceOrigin(at.start, at.end, what, parent.id, passage.parent_start, taken_by)


def _changed(report: Report, parent: Report, passage: Passage) -> What:
    """Whether a passage has its parent's words, case and accents aside."""
    ours = fold_words(report.text[passage.child_start : passage.child_end])
    theirs = fold_words(parent.text[passage.parent_start : passage.parent_end])
    return "copied" if ours == theirs else "altered"
