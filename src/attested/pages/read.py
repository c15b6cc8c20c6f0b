"""The doors of the room: ``find_inputs`` names the pages, ``read_page`` reads one and never raises."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from attested.errors import SetAside
from attested.ids import make_id
from attested.model import Block, Page
from attested.pages.decode import clean, decode
from attested.pages.html import declared_encoding, read_html
from attested.pages.inputs import find_inputs
from attested.pages.raw import UNKNOWN, RawPage
from attested.settings import PageSettings

__all__ = ["RawPage", "find_inputs", "read_page", "set_aside"]

_STATED_FIELDS = ("title", "outlet", "published", "author", "site", "captured_at")
_HTML_OPENINGS = ("<!doctype html", "<html", "<?xml", "<head", "<body")


def read_page(raw: RawPage, settings: PageSettings) -> Page:
    """The page that ``raw`` points to, as text; one that cannot be used has the status "set aside" and says
    why in ``Page.why``. Never raises on bad input."""
    try:
        page = _read(raw, settings)
    except SetAside as reason:
        return set_aside(raw, str(reason))
    limit = settings.max_text_characters
    if len(page.text) > limit:
        why = (
            f"holds {len(page.text):,} characters of text, more than one report does (limit {limit:,}): "
            "split it, or raise max_text_characters under [pages] in the settings"
        )
        return replace(page, text="", blocks=(), status="set aside", why=why)
    return page


def set_aside(raw: RawPage, why: str) -> Page:
    """The row of a page whose text could not be had. Its id holds the path as the user named it: two empty pages
    of one name in two folders are two."""
    return Page(make_id("pg", raw.input, why), raw.input, raw.kind or "text", "", status="set aside", why=why)


def _read(raw: RawPage, settings: PageSettings) -> Page:
    data = raw.load(settings)
    if not data.strip():
        raise SetAside("is empty")
    if raw.kind == "html":
        return _from_html(raw, decode(data, declared_encoding(data)))
    text = decode(data)
    if raw.kind in ("json", "jsonl"):
        return _from_record(raw, text)
    if raw.kind == UNKNOWN and "." in raw.name and not _opens_html(text):
        raise SetAside("is of a kind not read here: give .txt, .html, .jsonl or .json (also with .gz)")
    if _opens_html(text):
        return _from_html(raw, text)
    return Page(make_id("pg", raw.name, text), raw.input, "text", text)


def _opens_html(text: str) -> bool:
    return text[:512].lstrip().lower().startswith(_HTML_OPENINGS)


def _from_html(raw: RawPage, markup: str) -> Page:
    text, blocks, stated = read_html(markup)
    url = stated.get("url")
    return Page(make_id("pg", url or raw.name, text), raw.input, "html", text, None, url, stated, blocks)


def _from_record(raw: RawPage, text: str) -> Page:
    """One report from a JSON object: ``text`` or ``html`` needed, the other fields optional."""
    record = _parsed(raw, text)
    stated = {name: value for name in _STATED_FIELDS if (value := _field(record, name))}
    key, url = _field(record, "id"), _field(record, "url")
    body = _field(record, "text", is_text=True)
    blocks: tuple[Block, ...] = ()
    if not body.strip():
        if not (markup := _field(record, "html", is_text=True)).strip():
            raise SetAside(f"{_where(raw)} {_lack(record)}")
        body, blocks, own = read_html(clean(markup))
        stated = own | stated
        url = url or own.get("url", "")
    page_id = make_id("pg", key or url or raw.name, body)
    kind = "jsonl" if raw.line else "json"
    return Page(page_id, raw.input, kind, body, key or None, url or None, stated, blocks)


def _lack(record: dict[str, Any]) -> str:
    """Why a record without words cannot be read: its text is empty, or it has none under a name we know."""
    if empty := [name for name in ("text", "html") if name in record]:
        return f"has an empty {' and an empty '.join(empty)}"
    return f"has neither text nor html; its fields are: {', '.join(sorted(record)[:8]) or 'none'}"


def _parsed(raw: RawPage, text: str) -> dict[str, Any]:
    try:
        record = json.loads(text, strict=False)
    except RecursionError as error:
        raise SetAside(f"{_where(raw)} is nested too deep to be a report") from error
    except ValueError as error:
        cut = "; it seems cut off" if not text.rstrip().endswith("}") else ""
        raise SetAside(f"{_where(raw)} is not valid JSON{cut}: {error}") from error
    if isinstance(record, list):
        raise SetAside("holds a list: write one report a line instead (jq -c '.[]' FILE.json > FILE.jsonl)")
    if not isinstance(record, dict):
        raise SetAside(f"{_where(raw)} is not a JSON object with id and text")
    return record


def _where(raw: RawPage) -> str:
    return f"line {raw.line}" if raw.line else "the file"


def _field(record: dict[str, Any], name: str, *, is_text: bool = False) -> str:
    value = record.get(name)
    if isinstance(value, bool | None) or not isinstance(value, str | int | float):
        return ""
    text = clean(str(value))
    return text if is_text else text.strip()
