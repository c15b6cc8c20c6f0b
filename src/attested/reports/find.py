"""The door of the room: ``find_reports`` takes a page apart into its news items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attested.errors import SetAside
from attested.ids import make_id
from attested.model import Block, Page, Report
from attested.reports import header, newsrooms
from attested.reports.body import LabelledPage, label_page
from attested.reports.label import BODY, Label, line_key
from attested.reports.language import find_language
from attested.reports.lines import Line
from attested.settings import PageSettings

_SECOND_ITEM = Label("second-item", "another report on the same page")


def find_reports(page: Page, settings: PageSettings) -> tuple[Report, ...]:
    """The reports on a page, the first on it first: each with its body lines, its furniture named line by
    line, and the facts at its head. Furniture is labelled, never cut: every non-blank line is in a block.

    Raises SetAside, with the reason, for a page that was set aside, one without a story of
    ``min_body_words``, and one that is not in English.
    """
    if page.status == "set aside":
        raise SetAside(page.why or "was set aside when it was read")
    labelled = label_page(page)
    kept = [i for i in range(len(labelled.stories)) if labelled.n_body_words(i) >= settings.min_body_words]
    if not kept:
        raise SetAside(_no_story(labelled, settings))
    return tuple(_report(page, labelled, which, kept) for which in kept)


def _no_story(labelled: LabelledPage, settings: PageSettings) -> str:
    total = sum(line.n_words for line in labelled.lines)
    if not total:
        return "holds no words"
    most = max(labelled.n_body_words(i) for i in range(len(labelled.stories)))
    return (
        f"has no story: {most} of its {total} words read like one "
        f"(at least {settings.min_body_words} are needed; min_body_words under [pages] in the settings)"
    )


def _report(page: Page, labelled: LabelledPage, which: int, kept: Sequence[int]) -> Report:
    item, own = labelled.stories[which]
    part = labelled.lines[item.first : item.last]
    language = _language(part, own)
    is_first = which == kept[0]
    stated = page.stated if is_first else {}
    headline = header.find_headline(stated, part, own)
    labels = _page_labels(labelled, which, kept, headline)
    scope = (labelled.lines, labels) if is_first else (part, own)
    outlet = newsrooms.find_outlet(page.text, page.stated, page.url, *scope)
    credit = newsrooms.find_agency(page.text, part, own, stated.get("author", ""), outlet)
    if outlet is None and not (credit and credit.is_stranger):
        outlet = newsrooms.room_in_dateline(part, own)
    writer = header.find_writer(part, own, stated.get("author"))
    own_page = page if is_first else replace(page, stated={}, url=None)
    blocks = [
        Block(line.start, line.end, label.kind, label.why)
        for line, label in zip(labelled.lines, labels, strict=True)
    ]
    return Report(
        id=make_id("rp", page.id, part[0].start),
        page_id=page.id,
        text=page.text,
        body=tuple(block for block in blocks if block.kind == BODY),
        furniture=tuple(block for block in blocks if block.kind != BODY),
        headline=headline,
        outlet=outlet,
        agency=credit.agency if credit else None,
        byline=None if credit and writer == credit.agency else writer,
        dateline=header.find_dateline_span(page.text, part, own),
        credit_line=credit.span if credit else None,
        language=language,
        url=page.url,
        candidates=header.find_candidates(own_page, *scope),
    )


def _language(lines: Sequence[Line], labels: Sequence[Label]) -> str:
    """The body's language. Raises SetAside when it is not English, the one language that is read."""
    body = " ".join(line.text for line, label in zip(lines, labels, strict=True) if label.kind == BODY)
    language = find_language(body)
    if language != "en":
        raise SetAside(f"is not in English: by its words it is in {language!r} (ISO 639-1)")
    return language


def _page_labels(
    labelled: LabelledPage, which: int, kept: Sequence[int], headline: str | None
) -> list[Label]:
    """Labels of all the page's lines as one report sees them: the lines of other stories are furniture."""
    labels: list[Label] = []
    for i, (_, own) in enumerate(labelled.stories):
        if i == which:
            labels += own
        elif i in kept:
            labels += [_SECOND_ITEM] * len(own)
        else:
            labels += [_SECOND_ITEM if label.kind == BODY else label for label in own]
    key = line_key(headline) if headline else ""
    for i, line in enumerate(labelled.lines):
        if key and labels[i].kind not in (BODY, "second-item") and line_key(line.text) == key:
            labels[i] = Label("headline", "the report's headline")
    return labels
