"""An HTML tree as lines of visible text, each with the kind of furniture its tags and classes promise."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

from attested.errors import DataError

BODY_OR_OTHER = "other"
_HIDDEN = frozenset(
    "script style noscript template svg head iframe object select textarea canvas audio video map math".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr img picture source button amp-img".split()
)
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ATTRIBUTES = ("class", "id", "role", "itemprop", "aria-label", "data-component")
# A wrapper this high in the page names a layout ("page-with-sidebar"), not what its text is.
_WRAPPERS = frozenset(("html", "body", "main", "article"))


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """One line of the page's text: where it stands, and the kind its element promises ("" when none)."""

    start: int
    end: int
    text: str
    kind: str
    why: str


class _Writer:
    """Collects text into lines; a line ends where a block element starts or ends."""

    def __init__(self) -> None:
        self.lines: list[HtmlLine] = []
        self.length = 0
        self._parts: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def end_line(self, label: tuple[str, str]) -> None:
        if not self._parts:
            return
        text = _SPACE.sub(" ", "".join(self._parts)).strip()
        self._parts.clear()
        if text:
            start = self.length
            self.length += len(text) + 1
            self.lines.append(HtmlLine(start, start + len(text), text, *label))


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, str]]:
    """Tag -> kind and class word -> kind. Raises DataError when the table breaks its form."""
    table = tomllib.loads((files("attested.data") / "furniture.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for kind, names in table["html"]["words"].items():
        for name in names:
            if words.setdefault(name, kind) != kind:
                raise DataError(f"furniture.toml: [html.words] {name!r} is under two kinds")
    return table["html"]["tags"], words


def linearise(root: Any) -> list[HtmlLine]:
    """The visible text below ``root``, line by line in the order of the page. Never recurses."""
    writer = _Writer()
    labels: list[tuple[str, str]] = [("", "")]
    hidden = 0
    for step, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            if step == "end" and not hidden:
                writer.add(element.tail)
            continue
        is_hidden = tag in _HIDDEN or _is_hidden(element)
        if step == "start":
            hidden += is_hidden
            if hidden:
                continue
            _open(writer, element, labels)
        else:
            if not hidden:
                _close(writer, element, labels)
            hidden -= is_hidden
            if not hidden and element is not root:
                if is_hidden and tag not in _INLINE and tag not in _HIDDEN:
                    writer.end_line(labels[-1])
                writer.add(element.tail)
    writer.end_line(labels[-1])
    return writer.lines


def _open(writer: _Writer, element: Any, labels: list[tuple[str, str]]) -> None:
    if element.tag not in _INLINE:
        writer.end_line(labels[-1])
        labels.append(_label(element) or labels[-1])
    writer.add(element.text)


def _close(writer: _Writer, element: Any, labels: list[tuple[str, str]]) -> None:
    if element.tag not in _INLINE:
        writer.end_line(labels[-1])
        labels.pop()
    elif element.tag in ("a", "button") and not element.tail and element.getnext() is not None:
        # Links side by side are parted by the style sheet, not by a space.
        writer.add(" ")


def _is_hidden(element: Any) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (
        style is not None and "none" in style and "display:none" in style.replace(" ", "").lower()
    )


def _label(element: Any) -> tuple[str, str] | None:
    """The kind an element's tag or class names, and which word named it; None when it names none."""
    tags, words = _vocabulary()
    if element.tag in tags:
        return tags[element.tag], f"<{element.tag}>"
    if element.tag in _WRAPPERS or not element.attrib:
        return None
    named = " ".join(value for name in _ATTRIBUTES if (value := element.get(name)))
    if not named:
        return None
    for name in _WORDS.findall(named.replace("_", "-").lower()):
        for word in (name, *name.split("-")):
            if kind := words.get(word):
                return kind, f"class {name!r}"
    return None
