"""Where the story begins and ends among a page's lines, what stands between, and further items below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attested.reports.label import BODY, PROSE_WORDS, Label, label_by_cue, line_key
from attested.reports.lines import Line
from attested.reports.shapes import find_dateline

# A headline is rarely shorter or longer than this, in words.
HEADLINE_WORDS = (4, 28)
# How many lines after a headline its byline, stamp or dateline may stand.
_HEAD_LINES = 3
# A run of prose this small beside the main story, cut off from it by furniture, is a teaser or a plea.
_ISLAND_SHARE = 0.2
_ISLAND_GAP = 3
_CROSSHEAD_WORDS = 9
# A further item stands below a story of at least so many body lines.
_MIN_LINES_ABOVE = 2
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
    return not text.endswith((".", ":", ";", ",")) or text.endswith(("...", "U.S.", "U.N.", "U.K."))


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
    body = [i for i, label in enumerate(own) if label.kind == BODY]
    if not body:
        return own
    main = _main_run(part, own, body)
    for i in body:
        if not main[0] <= i <= main[1]:
            own[i] = Label("other", "prose apart from the story", own[i].p_body)
    for i, label in enumerate(own):
        if label.kind == "other" and not label.why.startswith("prose"):
            own[i] = _placed(part, own, i, main)
    return own


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


def _is_cut(labels: Sequence[Label], left: int, right: int) -> bool:
    """Whether furniture between two body lines parts them: three lines, one of them of a breaking kind."""
    between = [label.kind for label in labels[left + 1 : right]]
    return len(between) >= _ISLAND_GAP and any(kind in _BREAKS for kind in between)


def _placed(lines: Sequence[Line], labels: Sequence[Label], i: int, main: tuple[int, int]) -> Label:
    """The label of a line without a kind, by where it stands."""
    line = lines[i]
    if i < main[0]:
        if is_headline_like(line) and _stands_over(labels, i, main[0]):
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
    """Whether no related or plea heading stands between a headline-like line and the story."""
    return not any(label.kind in ("related", "plea", "comment") for label in labels[i + 1 : first])


def label_by_shape(line: Line) -> Label:
    """Body or not by the line's own shape: ten words and a sentence's end, or a dateline, make prose."""
    if cue := label_by_cue(line):
        return cue
    if find_dateline(line.text) or (line.n_words >= PROSE_WORDS and line.is_sentence):
        return Label(BODY, "prose", 0.8)
    if line.is_sentence and line.n_words >= 3 and line.text[0] in "\"“‘'":
        return Label(BODY, "a quotation", 0.6)
    return Label("other", "no prose", 0.2)
