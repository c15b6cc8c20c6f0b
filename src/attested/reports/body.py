"""A page's lines labelled and parted into its stories; the main one first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attested.errors import SetAside
from attested.model import Page
from attested.reports.furniture import body_probabilities
from attested.reports.label import BODY, PROSE_WORDS, Label, label_by_cue
from attested.reports.lines import Line, find_lines
from attested.reports.shapes import find_dateline
from attested.reports.story import Item, find_items, settle_labels

# A live blog of a whole day has some 2,000 lines; far beyond that stand lists and logs.
MAX_LINES = 10_000
# Each story on a page names all the page's lines, so their number is bounded; a weekly digest has some fifty.
MAX_STORIES = 100
# Chosen on furniture_zyte: the line is the story's at this probability.
BODY_PROBABILITY = 0.35
# A cue found by a line's words alone loses to a classifier that is as sure as this.
_OVERRULED = 0.93
_WEAK_CUES = frozenset(("navigation", "related", "plea", "advert", "about", "comment"))
# Kinds that a line's own words tell even inside what an HTML extractor took for the body.
_TOLD_IN_BODY = frozenset(("credit", "byline", "stamp", "comment", "plea"))
_MAX_TOLD_WORDS = 45


@dataclass(frozen=True)
class LabelledPage:
    """Lines, each one's first label, and the stories: an item with its lines' settled labels."""

    lines: tuple[Line, ...]
    first: tuple[Label, ...]
    stories: tuple[tuple[Item, list[Label]], ...]

    def n_body_words(self, which: int) -> int:
        """How many words the body of a story has."""
        item, labels = self.stories[which]
        return sum(
            line.n_words
            for line, label in zip(self.lines[item.first : item.last], labels, strict=True)
            if label.kind == BODY
        )


def label_page(page: Page) -> LabelledPage:
    """The page's lines, labelled; whatever language they are in and however short the stories are.

    Raises SetAside for a page of more than ``MAX_LINES`` lines or ``MAX_STORIES`` stories."""
    lines = find_lines(page.text, page.blocks)
    if len(lines) > MAX_LINES:
        raise SetAside(
            f"holds {len(lines):,} lines, more than a page of news does (limit {MAX_LINES:,}): split it"
        )
    first = tuple(_from_hints(lines) if page.blocks else label_lines(lines))
    items = find_items(lines, first)
    if len(items) > MAX_STORIES:
        raise SetAside(
            f"holds {len(items):,} stories, more than a page of news does (limit {MAX_STORIES}): split it"
        )
    return LabelledPage(lines, first, tuple((item, settle_labels(lines, first, item)) for item in items))


def label_lines(lines: Sequence[Line]) -> list[Label]:
    """The first label of each line of plain text: its cue, unless the classifier is sure that it is told;
    else body or not by the classifier."""
    cues = [label_by_cue(line) for line in lines]
    chances = body_probabilities(lines, cues)
    labels = [_chosen(line, cue, float(p)) for line, cue, p in zip(lines, cues, chances, strict=True)]
    if any(label.kind == BODY for label in labels):
        return labels
    return [_by_shape(line, label) for line, label in zip(lines, labels, strict=True)]


def _by_shape(line: Line, label: Label) -> Label:
    """For a page where the classifier sees no story: any full paragraph without a cue may be one."""
    if label.kind == "other" and line.is_sentence and line.n_words >= PROSE_WORDS:
        return Label(BODY, "a full paragraph on a page without a surer one", label.p_body)
    return label


def _chosen(line: Line, cue: Label | None, p_body: float) -> Label:
    if cue is not None and not (cue.kind in _WEAK_CUES and p_body >= _OVERRULED):
        return Label(cue.kind, cue.why, p_body)
    if p_body >= BODY_PROBABILITY or (find_dateline(line.text) and line.is_sentence):
        return Label(BODY, f"reads like a story's line ({p_body:.2f})", p_body)
    return Label("other", f"reads unlike a story's line ({p_body:.2f})", p_body)


def _from_hints(lines: Sequence[Line]) -> list[Label]:
    return [_hinted(line, label_by_cue(line)) for line in lines]


def _hinted(line: Line, cue: Label | None) -> Label:
    """A line's label where the page's reader has judged already."""
    if line.hint == BODY:
        if cue and cue.kind in _TOLD_IN_BODY and line.n_words <= _MAX_TOLD_WORDS:
            return cue
        return Label(BODY, line.why, 1.0)
    if line.hint != "other":
        return Label(line.hint, line.why)
    return cue or Label("other", "left out by the extractor")
