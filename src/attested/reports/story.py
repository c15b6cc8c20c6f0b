"""Where the story begins and ends among a page's lines, what stands between, and further items below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from attested.reports.label import BODY, Label, line_key
from attested.reports.lines import Line
from attested.reports.shapes import find_dateline
from attested.reports.tables import caption_verbs

# A headline is rarely shorter or longer than this, in words.
HEADLINE_WORDS = (4, 28)
# How many lines after a headline its byline, stamp or dateline may stand.
_HEAD_LINES = 3
# A run of prose this small beside the main story, cut off from it by furniture, is a teaser or a plea.
_ISLAND_SHARE = 0.2
_ISLAND_GAP = 3
_CROSSHEAD_WORDS = 9
_OPEN_ENDS = ":,;-–—"
# Agencies set cross-heads between dashes.
_DASHED = re.compile(r"[-–—] ?\S.{0,60} ?[-–—]\Z")
# A further item stands below a story of at least so many body lines.
_MIN_LINES_ABOVE = 2
# Lines that may stand as headlines between a story's first line as labelled and its first sentence.
_HEADS = 4
_CAPTION_WORDS = (6, 40)
# The verb of a caption comes this soon; its subject is bare or has an article, never a pronoun.
_SUBJECT_WORDS = 6
_BEFORE_NOUNS = frozenset("a an the of in at on to for with by and his her its their no who".split())
_NO_SUBJECT = frozenset("he she we they i it you if when as but to that this there".split())
_REPORTING = frozenset("said says told according reported was were had will would could".split())
_HEAD_KINDS = ("byline", "stamp", "dateline", "credit", "caption", "plea", "navigation", "kicker")
# Words whose stop ends no sentence, and dots.
_STOPPED_WORDS = (
    "...", "U.S.", "U.N.", "U.K.", "D.C.", " Jan.", " Feb.", " Mar.", " Apr.", " Aug.", " Sept.", " Oct.", " Nov.",
    " Dec.", " St.", " Jr.",
)  # fmt: skip
# Words of a paragraph that may stand twice, and how many lines apart two captions of one picture are.
_REPEATED_WORDS = 8
_CAPTION_LINES = 2
_BREAKS = ("related", "plea", "advert", "comment", "navigation", "about")


@dataclass(frozen=True, slots=True)
class Item:
    """A story on a page: the indexes of its first line (its headline) and of the line after its last."""

    first: int
    last: int


def is_headline_like(line: Line) -> bool:
    """Whether a line has a headline's length and does not end as a sentence does."""
    low, high = HEADLINE_WORDS
    text = line.text
    if not low <= line.n_words <= high or not (text[0].isalnum() or text[0] in "'‘\"“$€£¡¿["):
        return False
    return not text.endswith((".", ":", ";", ",")) or text.endswith(_STOPPED_WORDS)


def find_items(lines: Sequence[Line], labels: Sequence[Label]) -> list[Item]:
    """The stories on a page in order. Every one after the first has a headline and, at once below it, a
    dateline, byline or stamp and then prose."""
    starts = [0]
    n_body = 0
    for i, label in enumerate(labels):
        if label.kind == BODY:
            n_body += 1
        elif n_body >= _MIN_LINES_ABOVE and _opens_item(lines, labels, i):
            starts.append(i)
            n_body = 0
    return [Item(first, last) for first, last in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _opens_item(lines: Sequence[Line], labels: Sequence[Label], i: int) -> bool:
    """Whether line ``i`` is the headline of a further story: a head line below it, then prose."""
    if labels[i].kind not in ("other", "headline", "related") or not is_headline_like(lines[i]):
        return False
    has_head = False
    for j in range(i + 1, min(i + 2 + _HEAD_LINES, len(lines))):
        kind = labels[j].kind
        if kind == BODY:
            return has_head or find_dateline(lines[j].text) is not None
        if kind in ("dateline", "byline", "stamp"):
            has_head = True
        elif kind != "caption" and line_key(lines[j].text) != line_key(lines[i].text):
            return False
    return False


def settle_labels(lines: Sequence[Line], labels: Sequence[Label], item: Item) -> list[Label]:
    """The labels of one item's lines, settled by their place: heads above the story, cross-heads and asides
    within it, islands of prose after it."""
    own = list(labels[item.first : item.last])
    part = lines[item.first : item.last]
    _mark_repeats(part, own)
    body = [i for i, label in enumerate(own) if label.kind == BODY]
    if not body:
        return own
    main = _main_run(part, own, body)
    main = _opening(part, own, main), main[1]
    for i in body:
        if not main[0] <= i <= main[1]:
            is_prose = part[i].is_sentence and not _asks_above(part, own, i)
            why = "prose apart from the story" if is_prose else "no sentence, apart from the story"
            own[i] = Label("other", why, own[i].p_body)
    if is_bare_caption(part[main[0]]) and main[0] < main[1]:
        own[main[0]] = Label("caption", "says in the present tense what a picture shows")
    for i, label in enumerate(own):
        if label.kind == "other" and not label.why.startswith("prose"):
            own[i] = _placed(part, own, i, main)
        elif label.kind == BODY and main[0] < i < main[1] and _is_crosshead(part[i - 1 : i + 2]):
            own[i] = Label("headline", "a cross-head within the story", label.p_body)
    return own


def _mark_repeats(lines: Sequence[Line], labels: list[Label]) -> None:
    """A paragraph that stands just twice, close together, captions a picture and its enlargement."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label.kind == BODY and line.n_words >= _REPEATED_WORDS:
            places[line_key(line.text)].append(i)
    for found in places.values():
        if len(found) == 2 and found[1] - found[0] <= _CAPTION_LINES:
            for i in found:
                labels[i] = Label("caption", "stands twice together, as captions do", labels[i].p_body)


def _is_crosshead(lines: Sequence[Line]) -> bool:
    """Whether the middle one of three lines is short and no sentence, between two paragraphs."""
    above, line, below = lines
    if _DASHED.match(line.text):
        return True
    return (
        line.n_words <= _CROSSHEAD_WORDS
        and not line.is_sentence
        and line.text[-1] not in _OPEN_ENDS
        and all(other.is_sentence and other.n_words > _CROSSHEAD_WORDS for other in (above, below))
    )


def _main_run(lines: Sequence[Line], labels: Sequence[Label], body: list[int]) -> tuple[int, int]:
    """First and last line of the story: the largest run of body lines with whatever runs join it."""
    runs: list[list[int]] = []
    for i in body:
        if runs and not _is_cut(labels, runs[-1][-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    sizes = [sum(lines[i].n_words for i in run) for run in runs]
    best = max(range(len(runs)), key=lambda k: (sizes[k], -k))
    first = last = best
    while last + 1 < len(runs) and sizes[last + 1] > _ISLAND_SHARE * sizes[best]:
        last += 1
    while first and sizes[first - 1] > _ISLAND_SHARE * sizes[best]:
        first -= 1
    return runs[first][0], runs[last][-1]


def _opening(lines: Sequence[Line], labels: Sequence[Label], main: tuple[int, int]) -> int:
    """The first line of a story that is a sentence or has a dateline: a headline stands over it, and what is no
    part of the story (the outlet, byline, stamp) may stand between."""
    told = [i for i in range(main[0], main[1] + 1) if labels[i].kind == BODY]
    for i in told[:_HEADS]:
        line = lines[i]
        is_told = line.is_sentence or find_dateline(line.text) or not is_headline_like(line)
        if is_told and not _asks_above(lines, labels, i):
            return i
    return main[0]


def _asks_above(lines: Sequence[Line], labels: Sequence[Label], i: int) -> bool:
    """Whether a line is the page's first headline though it ends as a question or in dots: nothing like a
    headline or a story above it, at most a byline or stamp between it and a longer paragraph."""
    line = lines[i]
    low, high = HEADLINE_WORDS
    is_one = low <= line.n_words <= high and line.text.rstrip("\"'”’").endswith(("?", "...", "…"))
    if not is_one or ". " in line.text or i >= _HEADS:
        return False
    if any(
        label.kind == BODY or is_headline_like(above) for above, label in zip(lines[:i], labels, strict=False)
    ):
        return False
    for below, label in zip(lines[i + 1 : i + 2 + _HEAD_LINES], labels[i + 1 :], strict=False):
        if label.kind not in _HEAD_KINDS:
            return below.n_words > line.n_words
    return False


def is_bare_caption(line: Line) -> bool:
    """Whether a sentence says what a picture shows: a subject of few words, then a verb of captions in the
    present tense, no speech and no reporting."""
    words = [word.strip(",.;:").lower() for word in line.text.split()]
    if not _CAPTION_WORDS[0] <= len(words) <= _CAPTION_WORDS[1] or any(mark in line.text for mark in '"“”?'):
        return False
    if _REPORTING.intersection(words) or words[0] in _NO_SUBJECT:
        return False
    if find_dateline(line.text):
        return False
    pairs = pairwise(words[:_SUBJECT_WORDS])
    return any(word in caption_verbs() and before not in _BEFORE_NOUNS for before, word in pairs)


def _is_cut(labels: Sequence[Label], left: int, right: int) -> bool:
    """Whether furniture between two body lines parts them: three lines, one of them of a breaking kind."""
    between = [label.kind for label in labels[left + 1 : right]]
    return len(between) >= _ISLAND_GAP and any(kind in _BREAKS for kind in between)


def _placed(lines: Sequence[Line], labels: Sequence[Label], i: int, main: tuple[int, int]) -> Label:
    """The label of a line without a kind, by where it stands."""
    line = lines[i]
    if i < main[0]:
        if (is_headline_like(line) or _asks_above(lines, labels, i)) and _stands_over(labels, i, main[0]):
            return Label("headline", "a headline's shape above the story")
        return Label("kicker" if line.n_words <= HEADLINE_WORDS[0] else "other", "stands above the story")
    if i > main[1]:
        return Label("related" if is_headline_like(line) else "navigation", "stands below the story")
    if line.is_sentence:
        return Label(BODY, "a sentence within the story", 0.5)
    if line.n_words <= _CROSSHEAD_WORDS:
        return Label("headline", "a cross-head within the story")
    return labels[i]


def _stands_over(labels: Sequence[Label], i: int, first: int) -> bool:
    """Whether no heading of related items or comments stands between a headline-like line and the story."""
    return not any(label.kind in ("related", "comment") for label in labels[i + 1 : first])
