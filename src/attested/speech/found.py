"""An attribution as found in one sentence, and the spans of its source, cue and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.model import Hedge, Span
from attested.reading.tokens import Sentence

OPEN_MARKS = "\"“‘„«'`"
CLOSE_MARKS = "\"”’»'"


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in one sentence. ``head`` is the cue's word, ``source`` the head word of its source.

    ``source`` is None for a voice nobody names ("it is believed"); where its words are a relative pronoun
    (``source_span``), it is whom that stands for. ``is_negated`` marks "did not say"; ``via`` is the head word of the
    newsroom that quotes the source.
    """

    head: int
    source: int | None
    source_span: Span | None
    cue: Span
    content: tuple[Span, ...]
    hedge: Hedge
    is_negated: bool = False
    is_speech: bool = True
    via: int | None = None


def content_spans(sentence: Sentence, kept: set[int], source: Span | None) -> tuple[Span, ...]:
    """Runs of tokens as spans, trimmed of commas, with the quotation marks that belong to them."""
    tokens = sentence.tokens
    if source is not None:
        kept = {i for i in kept if not (source.start <= tokens[i].start < source.end)}
    found = []
    for first, last in _runs(sorted(kept)):
        while first <= last and tokens[first].upos == "PUNCT" and tokens[first].text not in OPEN_MARKS + "(":
            first += 1
        while last >= first and tokens[last].upos == "PUNCT" and tokens[last].text not in CLOSE_MARKS + ")!?":
            last -= 1
        if first <= last and any(t.upos != "PUNCT" for t in tokens[first : last + 1]):
            found.append(sentence.words(first, last))
    return tuple(found)


def _runs(indexes: list[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of sorted indexes."""
    start = previous = None
    for i in indexes:
        if start is None or previous is None or i > previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = i
        previous = i
    if start is not None and previous is not None:
        yield start, previous
