"""Words that a decision names, and finding them again: by page and offsets, not by ids that a rerun may change.

An anchor reads ``pg_x#char=120,128 “bombed”`` (RFC 5147's fragment), that of a claim
``pg_x#char=96,97 killed=4 “four”``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from attested.model import Claim, Mention, Report, Span

_ANCHOR = re.compile(r"(\S+?)#char=(\d+),(\d+)(?: (\w+)=(.*?))?(?: “(.*)”)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words at a place in a page; ``field`` and ``value`` are set for what a claim says there."""

    page: str
    start: int
    end: int
    words: str = ""
    field: str = ""
    value: str = ""

    def __str__(self) -> str:
        """One line that ``read_anchor`` reads back."""
        said = f" {self.field}={self.value}" if self.field else ""
        quoted = f" “{self.words}”" if self.words else ""
        return f"{self.page}#char={self.start},{self.end}{said}{quoted}"


def read_anchor(line: str) -> Anchor | None:
    """The anchor of a line; None if it is none."""
    found = _ANCHOR.fullmatch(line)
    if found is None:
        return None
    page, start, end, field, value, words = found.groups()
    return Anchor(page, int(start), int(end), words or "", field or "", value or "")


def anchors_in(lines: str | None) -> list[Anchor]:
    """The anchors of a decision's side, one a line; what is no anchor is left out."""
    return [anchor for line in (lines or "").split("\n") if (anchor := read_anchor(line)) is not None]


class Finder:
    """Mentions and claims by their words' places, and back."""

    def __init__(
        self, mentions: Mapping[str, Mention], claims: Mapping[str, Claim], reports: Mapping[str, Report]
    ) -> None:
        self._mentions, self._claims = mentions, claims
        self._page_of = {report.id: report.page_id for report in reports.values()}

    @cached_property
    def _pages(self) -> frozenset[str]:
        return frozenset(self._page_of.values())

    @cached_property
    def _on_page(self) -> dict[tuple[str, str], list[Mention]]:
        """The mentions of a kind on a page."""
        found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in self._mentions.values():
            found[self._page_of.get(mention.report_id, ""), mention.kind].append(mention)
        return dict(found)

    @cached_property
    def _claims_on_page(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._claims.values():
            found[self._page_of.get(claim.report_id, "")].append(claim)
        return dict(found)

    def has(self, mention_id: str) -> bool:
        """Whether there is a mention of this id."""
        return mention_id in self._mentions

    def of_mention(self, mention_id: str) -> Anchor:
        """The anchor of a mention: its trigger."""
        mention = self._mentions[mention_id]
        return self._anchor(mention.report_id, mention.trigger)

    def of_claim(self, claim_id: str) -> Anchor:
        """The anchor of a claim: its words with its field and value."""
        claim = self._claims[claim_id]
        value = _one_line(str(claim.value))
        return replace(self._anchor(claim.report_id, claim.span), field=claim.field, value=value)

    def _anchor(self, report_id: str, span: Span) -> Anchor:
        return Anchor(self._page_of.get(report_id, ""), span.start, span.end, _one_line(span.text))

    def mention(self, anchor: Anchor, kind: str) -> str | None:
        """The mention with this trigger; else the one whose trigger overlaps it; None if no text fits any more.

        Of a page that is no longer there (its file has another name) the same words at the same place are meant, if
        they stand in one page alone.
        """
        if anchor.page not in self._pages:
            return self._elsewhere.get((kind, anchor.start, anchor.end, anchor.words))
        own = self._on_page.get((anchor.page, kind), ())
        exact = [m.id for m in own if (m.trigger.start, m.trigger.end) == (anchor.start, anchor.end)]
        if exact:
            return min(exact)
        near = [m for m in own if m.trigger.start < anchor.end and anchor.start < m.trigger.end]
        return min(near, key=lambda m: (abs(m.trigger.start - anchor.start), m.id)).id if near else None

    @cached_property
    def _elsewhere(self) -> dict[tuple[str, int, int, str], str]:
        """Mentions by kind, place and words of their triggers, as far as these are in one page alone."""
        found: dict[tuple[str, int, int, str], list[str]] = defaultdict(list)
        for id, m in self._mentions.items():
            found[m.kind, m.trigger.start, m.trigger.end, _one_line(m.trigger.text)].append(id)
        return {key: ids[0] for key, ids in found.items() if len(ids) == 1}

    def mentions(self, anchors: Iterable[Anchor], kind: str) -> list[str]:
        """The mentions that are still found, each once."""
        found = (self.mention(anchor, kind) for anchor in anchors)
        return list(dict.fromkeys(id for id in found if id is not None))

    def claim(self, anchor: Anchor) -> str | None:
        """The claim that says this value with these words; None if there is none any more."""
        if anchor.page in self._pages:
            return min(
                (c.id for c in self._claims_on_page.get(anchor.page, ()) if _says(c, anchor)), default=None
            )
        moved = [c for c in self._claims.values() if _says(c, anchor)]
        pages = {self._page_of.get(claim.report_id, "") for claim in moved}
        return min(claim.id for claim in moved) if len(pages) == 1 else None


def _says(claim: Claim, anchor: Anchor) -> bool:
    """Whether a claim gives this value by words at this place."""
    place = claim.span.start, claim.span.end, claim.field
    return place == (anchor.start, anchor.end, anchor.field) and _one_line(str(claim.value)) == anchor.value


def _one_line(text: str) -> str:
    """The text on one line, without the marks that end an anchor's words."""
    return " ".join(text.split()).replace("“", '"').replace("”", '"')
