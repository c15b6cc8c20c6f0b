"""The door of the room: ``find_reports`` takes a page apart into its news items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attested.errors import SetAside
from attested.ids import make_id
from attested.model import Block, Page, Report
from attested.reports import header, newsrooms
from attested.reports.label import BODY, Label, label_by_cue, line_key
from attested.reports.language import find_language
from attested.reports.lines import Line, find_lines
from attested.reports.story import Item, find_items, label_by_shape, settle_labels
from attested.settings import PageSettings

_SECOND_ITEM = Label("second-item", "another report on the same page")


def find_reports(page: Page, settings: PageSettings) -> tuple[Report, ...]:
    """The reports on a page, the main one first: each with its body lines, its furniture named line by line,
    and the facts at its head. Furniture is labelled, never cut: every non-blank line is in a block.

    Raises SetAside, with the reason, for a page that was set aside, one without a story of
    ``min_body_words``, and one that is not in English.
    """
    if page.status == "set aside":
        raise SetAside(page.why or "was set aside when it was read")
    lines = find_lines(page.text, page.blocks)
    first = [_label(line) for line in lines]
    found = []
    items = find_items(lines, first)
    for item in items:
        labels = settle_labels(lines, first, item)
        n_words = sum(lines[item.first + i].n_words for i, label in enumerate(labels) if label.kind == BODY)
        if n_words >= settings.min_body_words:
            found.append((item, labels))
    if not found:
        raise SetAside(_no_story(lines, first, settings))
    return tuple(_report(page, lines, first, found, i) for i in range(len(found)))


def _label(line: Line) -> Label:
    """A line's first label: from the page's reader where it has judged, else from the line itself."""
    if not line.hint:
        return label_by_shape(line)
    cue = label_by_cue(line)
    if line.hint == BODY:
        if cue and cue.kind in ("credit", "byline", "stamp", "comment", "plea") and line.n_words <= 45:
            return cue
        return Label(BODY, line.why, 0.9)
    if line.hint != "other":
        return Label(line.hint, line.why)
    return cue or Label("other", "left out by the extractor")


def _no_story(lines: Sequence[Line], labels: Sequence[Label], settings: PageSettings) -> str:
    n_words = sum(line.n_words for line, label in zip(lines, labels, strict=True) if label.kind == BODY)
    if not lines:
        return "holds no text"
    total = sum(line.n_words for line in lines)
    return (
        f"has no story: {n_words} of its {total} words read like one "
        f"(at least {settings.min_body_words} are needed; min_body_words under [pages])"
    )


def _report(
    page: Page,
    lines: Sequence[Line],
    first: Sequence[Label],
    found: Sequence[tuple[Item, list[Label]]],
    which: int,
) -> Report:
    item, own = found[which]
    labels = _page_labels(first, item, own, [other for k, (other, _) in enumerate(found) if k != which])
    part = lines[item.first : item.last]
    body_text = " ".join(line.text for line, label in zip(part, own, strict=True) if label.kind == BODY)
    language = find_language(body_text)
    if language != "en":
        raise SetAside(f"is not in English but in {language!r}, by its words")
    is_first = which == 0
    stated = page.stated if is_first else {k: v for k, v in page.stated.items() if k in ("outlet", "site")}
    headline = header.find_headline(page, part, own, is_first=is_first)
    credit = newsrooms.find_agency(page.text, part, own, stated.get("author", ""))
    scope = (lines, labels) if is_first else (part, own)
    blocks = _blocks(lines, labels, headline)
    return Report(
        id=make_id("rp", page.id, part[0].start),
        page_id=page.id,
        text=page.text,
        body=tuple(block for block in blocks if block.kind == BODY),
        furniture=tuple(block for block in blocks if block.kind != BODY),
        headline=headline,
        outlet=newsrooms.find_outlet(stated, page.url, *scope),
        agency=credit.agency if credit else None,
        byline=header.find_writer(part, own, stated.get("author")),
        dateline=header.find_dateline_span(page.text, part, own),
        credit_line=credit.span if credit else None,
        language=language,
        url=page.url,
        candidates=header.find_candidates(page if is_first else replace(page, stated={}, url=None), *scope),
    )


def _page_labels(
    first: Sequence[Label], item: Item, own: Sequence[Label], others: Sequence[Item]
) -> list[Label]:
    """Labels of all the page's lines as this report sees them: other items' lines are furniture to it."""
    labels = [label if label.kind != BODY else Label("other", "prose of no story") for label in first]
    for other in others:
        labels[other.first : other.last] = [_SECOND_ITEM] * (other.last - other.first)
    labels[item.first : item.last] = own
    if item.first:
        labels[: item.first] = [_SECOND_ITEM] * item.first
    return labels


def _blocks(lines: Sequence[Line], labels: Sequence[Label], headline: str | None) -> list[Block]:
    key = line_key(headline) if headline else None
    blocks = []
    for line, label in zip(lines, labels, strict=True):
        if label.kind not in (BODY, "second-item") and key and line_key(line.text) == key:
            label = Label("headline", "the report's headline")
        blocks.append(Block(line.start, line.end, label.kind, label.why))
    return blocks
