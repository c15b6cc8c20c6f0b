"""An attribution as found in one sentence, and the spans of its source, cue and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.model import Hedge, Span
from attested.reading.tokens import Sentence, Token, base

_OPEN_MARKS = "\"“‘„«'`"
_CLOSE_MARKS = "\"”’»'"


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in one sentence. ``head`` is the cue's word, ``source`` the head word of its source.

    ``source`` is None for a voice nobody names ("it is believed"). ``is_negated`` marks "did not say".
    """

    head: int
    source: int | None
    source_span: Span | None
    cue: Span
    content: tuple[Span, ...]
    hedge: Hedge
    kind: str
    is_negated: bool = False
    is_speech: bool = True


def source_span(sentence: Sentence, source: int, cue: Token, after: int = 0) -> Span:
    """The whole noun phrase of a source, without the cue's own clause and nothing before offset ``after``."""
    below = {i for i in sentence.subtree(source) if sentence.tokens[i].start >= after}
    if cue.i in below and cue.i != source:
        top = cue.i
        while sentence.tokens[top].head != source and sentence.tokens[top].head >= 0:
            top = sentence.tokens[top].head
        below -= set(sentence.subtree(top))
    first, last = _run(below, source)
    tokens = sentence.tokens
    while last > source and tokens[last].upos == "PUNCT":
        last -= 1
    while first < source and (
        tokens[first].upos == "PUNCT" or tokens[first].deprel in {"case", "cc", "mark"}
    ):
        first += 1
    return sentence.words(first, last)


def cue_span(sentence: Sentence, verb: Token) -> Span:
    """The verb with the auxiliaries, negation and adverbs that stand right before it, and its particle."""
    first = last = verb.i
    light = {t.i for t in sentence.dependents(verb.i, "aux", "advmod", "aux:pass")}
    while first - 1 in light:
        first -= 1
    while (
        first < verb.i
        and base(sentence.tokens[first].deprel) == "advmod"
        and sentence.tokens[first].upos != "PART"
    ):
        first += 1
    if any(t.i == last + 1 for t in sentence.dependents(verb.i, "compound:prt")):
        last += 1
    return sentence.words(first, last)


def content_spans(sentence: Sentence, kept: set[int], source: Span | None) -> tuple[Span, ...]:
    """Runs of tokens as spans, trimmed of commas, with the quotation marks that belong to them."""
    tokens = sentence.tokens
    if source is not None:
        kept = {i for i in kept if not (source.start <= tokens[i].start < source.end)}
    found = []
    for first, last in _runs(sorted(kept)):
        while first <= last and tokens[first].upos == "PUNCT" and tokens[first].text not in _OPEN_MARKS + "(":
            first += 1
        while (
            last >= first and tokens[last].upos == "PUNCT" and tokens[last].text not in _CLOSE_MARKS + ")!?"
        ):
            last -= 1
        if first <= last and any(t.upos != "PUNCT" for t in tokens[first : last + 1]):
            found.append(sentence.words(first, last))
    return tuple(found)


def _run(kept: set[int], i: int) -> tuple[int, int]:
    """The unbroken run of indexes around ``i``."""
    first = last = i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    return first, last


def _runs(indexes: list[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of sorted indexes; a lone punctuation gap does not break one (see ``_spans``)."""
    start = previous = None
    for i in indexes:
        if start is None or previous is None or i > previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = i
        previous = i
    if start is not None and previous is not None:
        yield start, previous
