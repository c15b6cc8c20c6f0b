"""Where a report turns from one item to the next: round-ups under headings, slugs or bullets, and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from attested.mentions.days import DAY_FORMS
from attested.model import Block, Report, TimeExpression
from attested.reading.tokens import Reading, Sentence
from attested.reports.shapes import find_dateline

_BULLET = re.compile(r"[•●▪■◆‣*]\s*|[–—-]\s+")
# "Riverton: bridge blown up": what a section is about, then what happened.
_TITLED = re.compile(r"[A-Z][\w'’ .-]{1,30}: \S")
_SLUG = re.compile(r"[A-Z][A-Z'’. -]{2,30}: \S")
_MIN_TITLED = 2  # one heading with a colon may be any heading
_HEAD_SENTENCES = 2  # of a section, in which its place is named


@dataclass(frozen=True, slots=True)
class Items:
    """For each sentence of a report the numbers of the sentences that open its item and its paragraph."""

    openings: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()

    def opening(self, number: int) -> int:
        """The number of the first sentence of the item that a sentence stands in."""
        return self.openings[number] if self.openings else 0

    def paragraph(self, number: int) -> int | None:
        """The number of the first sentence of its paragraph; None where paragraphs are not known."""
        return self.paragraphs[number] if self.paragraphs else None


def find_items(report: Report, reading: Reading, times: Mapping[int, Sequence[TimeExpression]]) -> Items:
    """Where the items and paragraphs of a report begin. What has no heading, slug or bullet is one item.

    A heading or bullet alone may stand in one long story: what it opens has a place and a day of its own.
    """
    starts = [block.start for block in report.body]
    blocks = [bisect_right(starts, sentence.start) - 1 for sentence in reading.sentences]
    first_of: dict[int, int] = {}
    for number, block in enumerate(blocks):
        first_of.setdefault(block, number)
    dated = {
        n for n, s in enumerate(reading.sentences) if any(t.form in DAY_FORMS for t in times.get(s.start, ()))
    }
    opens = set(_openings(report, reading.sentences, first_of, dated))
    openings = [0]
    for number in range(1, len(blocks)):
        openings.append(number if number in opens else openings[-1])
    return Items(tuple(openings[: len(blocks)]), tuple(first_of[block] for block in blocks))


def _openings(
    report: Report, sentences: Sequence[Sentence], first_of: Mapping[int, int], dated: Set[int]
) -> Iterator[int]:
    """The sentences that open an item, of those that open a paragraph; ``dated`` ones tell a day."""
    heads = [block for block in report.furniture if block.kind == "headline"]
    is_titled = sum(_opens(_TITLED, report, head) for head in heads) >= _MIN_TITLED
    slugged = [b for b, n in first_of.items() if b >= 0 and _is_slugged(report, report.body[b], sentences[n])]
    for block, number in first_of.items():
        if block < 1:
            continue
        over = [head for head in heads if report.body[block - 1].end <= head.start < report.body[block].start]
        has_day = not dated.isdisjoint(range(number, number + _HEAD_SENTENCES))
        is_set_off = bool(over) or _opens(_BULLET, report, report.body[block])
        if (
            block in slugged[1:]  # the first is the report's own dateline, wherever it stands
            or (is_titled and any(_opens(_TITLED, report, head) for head in over))
            or (is_set_off and has_day and _is_elsewhere(sentences, number))
        ):
            yield number


def _opens(pattern: re.Pattern[str], report: Report, block: Block) -> bool:
    return pattern.match(report.text, block.start, block.end) is not None


def _is_slugged(report: Report, block: Block, sentence: Sentence) -> bool:
    """Whether a paragraph begins as a dispatch does, or with a place in capitals and a colon."""
    first = sentence.tokens[0] if sentence.tokens else None
    is_place = first is not None and first.ner.endswith("LOC")
    has_dateline = find_dateline(report.text[block.start : block.end]) is not None
    return has_dateline or (is_place and _opens(_SLUG, report, block))


def _is_elsewhere(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether a section names a place at its head that the report has not named before."""
    before = {place for sentence in sentences[:number] for place in _places(sentence)}
    here = {place for sentence in sentences[number : number + _HEAD_SENTENCES] for place in _places(sentence)}
    return bool(here - before)


def _places(sentence: Sentence) -> Iterator[str]:
    return (token.lower for token in sentence.tokens if token.ner.endswith("LOC"))
