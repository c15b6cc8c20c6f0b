"""The facts at a report's head: headline among rivals, byline, dateline, and every date the page offers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attested.model import DateCandidate, Page, Span
from attested.reports.dates import MIDNIGHT, captured_on, date_in_address, find_dates, first_date
from attested.reports.label import BODY, Label, line_key
from attested.reports.lines import Line
from attested.reports.mastheads import masthead_name
from attested.reports.newsrooms import split_title
from attested.reports.shapes import find_byline, find_dateline, find_reporter, line_parts
from attested.reports.story import HEADLINE_WORDS
from attested.reports.tables import agencies

_STATED_TITLES = ("title", "h1", "og_title", "jsonld_title", "title_tag")
_STATED_DATES = ("published", "published_jsonld", "time", "modified", "modified_jsonld")
_WORD = re.compile(r"\w+")
# Shorter words are mostly function words and say nothing of the topic.
_CONTENT_LETTERS = 4
# A headline that shares nearly as many of its words with the body as the best one does is as good.
_NEARLY = 0.7
_GLUED_STAMP = re.compile(
    r"\s+(?:[|–—-] )?(?:Posted|Published|Updated|Created|Last updated)(?: on)?\s*:? .*\Z"
)
# The label of the line where a date stands -> the candidate's kind, and why it is plainly doubtful.
_KINDS: dict[str, tuple[str, str | None]] = {
    "stamp": ("stamp", None),
    "byline": ("stamp", None),
    "dateline": ("dateline", None),
    "headline": ("text", None),
    "caption": ("caption", "a caption's date is the picture's"),
    "related": ("related", "belongs to another report linked from the page"),
    "second-item": ("second-item", "belongs to another item on the page"),
    BODY: ("text", None),
}
_FURNITURE_DATE = ("text", "stands in the page's furniture")


def find_headline(stated: dict[str, str], lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """The report's headline: the first title that its container states and the page shows too, else any it
    states, else the first full headline above the story. None when there is none."""
    above = _headlines_above(lines, labels)
    titles = [bare_title(stated[key]) for key in _STATED_TITLES if stated.get(key)]
    shown = {line_key(title) for title in above}
    agreed = next((title for title in titles if line_key(title) in shown), None)
    return agreed or next(iter(titles), None) or next(iter(above), None)


def _headlines_above(lines: Sequence[Line], labels: Sequence[Label]) -> list[str]:
    """Headlines above the body: full ones first, then those that share the body's words, in the page's order.

    A list of other stories' headlines may stand above this one's, so order alone does not decide."""
    found = []
    for line, label in zip(lines, labels, strict=True):
        if label.kind == BODY:
            break
        if label.kind == "headline" and masthead_name(line.text) is None:
            found.append(bare_title(line.text))
    body = {
        word
        for line, label in zip(lines, labels, strict=True)
        if label.kind == BODY
        for word in _content(line.text)
    }
    shares = {title: len(body & _content(title)) / max(1, len(_content(title))) for title in found}
    enough = _NEARLY * max(shares.values(), default=0.0)
    return sorted(found, key=lambda title: (len(title.split()) < HEADLINE_WORDS[0], shares[title] < enough))


def _content(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if len(word) >= _CONTENT_LETTERS}


def bare_title(title: str) -> str:
    """A title without the site's name at its end and without a stamp glued to it."""
    title = _GLUED_STAMP.sub("", title.strip())
    return split_title(title)[0].rstrip(" |–—:»-")


def find_dateline_span(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Span | None:
    """The dateline as written, from its own line or the head of the story's first lines."""
    n_body = 0
    for line, label in zip(lines, labels, strict=True):
        if label.kind in (BODY, "dateline") and (found := find_dateline(line.text)):
            return Span(line.start, line.start + found.end, text[line.start : line.start + found.end])
        n_body += label.kind == BODY
        if n_body > 1:
            break
    return None


def find_writer(lines: Sequence[Line], labels: Sequence[Label], author: str | None) -> str | None:
    """Who wrote it: the byline, else the first reporter of the credit line, else the stated author."""
    ways = ((find_byline, "byline"), (_byline_beside, "stamp"), (find_reporter, "credit"))
    for find, kind in ways:
        for line, label in zip(lines, labels, strict=True):
            if label.kind == kind and (who := find(line.text)) and who not in agencies():
                return who
    return author or None


def _byline_beside(stamp: str) -> str | None:
    """The byline that stands beside a stamp, on one line with it."""
    return next((who for part in line_parts(stamp) if (who := find_byline(part))), None)


def find_candidates(page: Page, lines: Sequence[Line], labels: Sequence[Label]) -> tuple[DateCandidate, ...]:
    """Every date with a year that the page offers for its publication, none chosen; ``why_not`` is set on
    those that plainly are another thing's date."""
    found = list(_from_lines(page.text, lines, labels))
    for key in _STATED_DATES:
        if (stated := page.stated.get(key)) and (dated := first_date(stated)):
            why_not = "when it was changed, not when it was published" if key.startswith("modified") else None
            found.append(DateCandidate(dated[0], "metadata", None, why_not or _midnight(dated[1])))
    if captured := captured_on(page.stated.get("captured_at", "")):
        found.append(captured)
    if page.url and (value := date_in_address(page.url)):
        found.append(DateCandidate(value, "url"))
    return tuple(found)


def _from_lines(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[DateCandidate]:
    for line, label in zip(lines, labels, strict=True):
        kind, why_not = _KINDS.get(label.kind, _FURNITURE_DATE)
        head = find_dateline(line.text) if label.kind == BODY else None
        for value, span, clock in find_dates(text, line.start, line.end):
            if head is not None and span.end <= line.start + head.end:
                yield DateCandidate(value, "dateline", span, why_not)
            else:
                doubt = _midnight(clock) if kind == "stamp" else None
                yield DateCandidate(value, kind, span, why_not or doubt)


def _midnight(clock: str) -> str | None:
    """A stamp of midnight to the second is a machine's, made where the time was not known."""
    return "stamped 00:00: a machine's date, not a newsroom's" if clock in MIDNIGHT else None
