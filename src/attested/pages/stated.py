"""What an HTML page says of itself: rival titles, dates, authors, site, address; none is chosen here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_META = {
    "og:title": "og_title",
    "twitter:title": "og_title",
    "og:site_name": "site",
    "application-name": "site",
    "author": "author",
    "article:author": "author",
    "parsely-author": "author",
    "article:published_time": "published",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "pubdate": "published",
    "article:modified_time": "modified",
    "og:updated_time": "modified",
    "lastmod": "modified",
    "og:url": "url",
}
_JSONLD = {"headline": "jsonld_title", "datePublished": "published_jsonld", "dateModified": "modified_jsonld"}
# Longer than any headline or name: a value beyond it is a whole text put in the wrong place.
_MAX_CHARACTERS = 500
_MAX_JSONLD_CHARACTERS = 200_000
_SPACE = re.compile(r"\s+")


def find_stated(root: Any) -> dict[str, str]:
    """Stated facts by name; the first value of each name is kept, and a name not stated is absent.

    Names: title_tag, og_title, h1, jsonld_title, site, author, published, published_jsonld, time, modified,
    modified_jsonld, url.
    """
    stated: dict[str, str] = {}
    for name, value in _pairs(root):
        text = _SPACE.sub(" ", value).strip()
        if text and len(text) <= _MAX_CHARACTERS:
            stated.setdefault(name, text)
    return stated


def _pairs(root: Any) -> Iterator[tuple[str, str]]:
    for element in root.iter("title"):
        if element.getparent() is None or element.getparent().tag != "svg":
            yield "title_tag", element.text_content()
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if key := _META.get(name.lower()):
            yield key, element.get("content") or ""
    for element in root.iter("link"):
        if element.get("rel") == "canonical":
            yield "url", element.get("href") or ""
    for element in root.iter("h1"):
        yield "h1", element.text_content()
    for element in root.iter("time"):
        yield "time", element.get("datetime") or element.text_content()
    for element in root.iter("script"):
        if "ld+json" in (element.get("type") or ""):
            yield from _from_jsonld(element.text or "")


def _from_jsonld(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _MAX_JSONLD_CHARACTERS:
        return
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    stack = [value]
    while stack:
        node = stack.pop(0)
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            yield from _from_node(node)
            stack.extend(child for key, child in node.items() if key == "@graph")


def _from_node(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, key in _JSONLD.items():
        if isinstance(value := node.get(name), str):
            yield key, value
    if "headline" in node or "datePublished" in node:
        if author := _name(node.get("author")):
            yield "author", author
        if site := _name(node.get("publisher")):
            yield "site", site


def _name(value: Any) -> str:
    """The name of a JSON-LD person or body: a string, an object with a name, or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
