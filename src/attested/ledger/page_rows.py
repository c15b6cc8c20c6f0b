"""A page's rows: how one is written that was read before, and its text, which lies in one row for all its reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from attested.ledger.tables import Table
from attested.model import Page, Report

PAGE = Table("page", Page, extra=("method",))
# What another method read from a page goes; the first statement of a page's rows.
FORGET = "DELETE FROM report WHERE page_id IN (SELECT id FROM page WHERE id = ? AND method <> ?)"
# Pages with one id are one page under two paths: the first path of the alphabet stands, in whatever order they came.
ADD_PAGE = (
    PAGE.insert.replace("INSERT OR IGNORE", "INSERT")
    + " ON CONFLICT (id) DO UPDATE SET input = min(input, excluded.input), "
    + ", ".join(
        f"{name} = iif(method = excluded.method AND status = 'read', {name}, excluded.{name})"
        for name in (*(c.name for c in PAGE.columns if c.name not in ("id", "input")), "method")
    )
)
SEE_PAGE = "UPDATE page SET input = ? WHERE id = ? AND input > ?"
# What was set aside under a path before, for whatever reason, is past once the path gives another page.
NO_LONGER_ASIDE = "DELETE FROM page WHERE input = ? AND status = 'set aside' AND id <> ?"


def without_text(report: Report, page: Page) -> Report:
    """The report less the page's text, which lies in the page's row."""
    return replace(report, text="") if report.text == page.text else report


def with_text(reports: Iterable[Report], pages: Iterable[Page]) -> Iterable[Report]:
    """The reports with their pages' texts."""
    texts = {page.id: page.text for page in pages}
    return (
        report if report.text else replace(report, text=texts.get(report.page_id, "")) for report in reports
    )
