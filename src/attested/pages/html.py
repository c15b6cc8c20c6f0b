"""HTML to a page: our own lines with offsets, trafilatura's judgement of which of them are the body."""

from __future__ import annotations

import html as entities
import logging
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import bare_extraction

from attested.errors import SetAside
from attested.model import Block
from attested.pages.linear import BODY_OR_OTHER, HtmlLine, linearise
from attested.pages.stated import find_stated

# A news page has 1,000 to 5,000 tags; far beyond that the tree would cost seconds and hundreds of megabytes.
MAX_TAGS = 60_000
# Characters of text beyond which no extractor is asked: no report is near it, and it would take seconds.
MAX_EXTRACTED = 1_000_000
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# None of these can run past the next "<", so that cutting tags out is linear in whatever bytes come.
_MARK = re.compile(r"<!--|</?([a-zA-Z][\w:-]*)[^<>]*>|<[!?/][^<>]*>")
_BREAKING = frozenset(
    "p div li ul ol tr td th table h1 h2 h3 h4 h5 h6 br section article header footer title body".split()
)
_UNSEEN = {name: re.compile(rf"</{name}", re.I) for name in ("script", "style", "noscript", "template")}
_COMMENT_END = re.compile(r"(?<=-->)|\Z")
_SPACES = re.compile(r"[ \t\f\v]+")
_WORD = re.compile(r"\w+")
# The page's title is not its story, though extractors often keep it.
_TITLE_TAG = "<h1>"
# Up to this many words, a line is body only if it is a whole paragraph of the extractor's, not part of one.
_SHORT_WORDS = 4

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's head names, or None."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read_html(markup: str) -> tuple[str, tuple[Block, ...], dict[str, str]]:
    """The page's visible text, its labelled lines, and what it states of itself.

    A page with more tags than ``MAX_TAGS`` is stripped to plain text, without blocks, and says so under
    ``stated["note"]``. Raises SetAside when no text is left.
    """
    n_tags = markup.count("<")
    if n_tags > MAX_TAGS:
        return _stripped(markup), (), {"note": f"{n_tags:,} tags: read as plain text, without its structure"}
    root = _parsed(markup)
    if root is None:
        return _stripped(markup), (), {"note": "the HTML could not be parsed: read as plain text"}
    lines = linearise(root)
    if not lines:
        return _stripped(markup), (), {"note": "its tree holds no text: read as plain text"}
    stated = find_stated(root)
    is_body = _body_lines(lines, _extracted(root) if lines[-1].end <= MAX_EXTRACTED else [])
    blocks = tuple(
        Block(line.start, line.end, "body", "trafilatura")
        if body and line.why != _TITLE_TAG
        else Block(line.start, line.end, line.kind or BODY_OR_OTHER, line.why)
        for line, body in zip(lines, is_body, strict=True)
    )
    return "\n".join(line.text for line in lines), blocks, stated


def _parsed(markup: str) -> Any:
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(_DECLARATION.sub("", markup), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _stripped(markup: str) -> str:
    """The page's text by cutting its tags out: linear, whatever the markup."""
    text = entities.unescape("".join(_text_pieces(markup)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    kept = "\n".join(line for line in lines if line)
    if not kept:
        raise SetAside("holds no visible text: the page may need scripts to show its story")
    return kept


def _text_pieces(markup: str) -> Iterator[str]:
    at = 0
    while (mark := _MARK.search(markup, at)) is not None:
        yield markup[at : mark.start()].replace("\n", " ")
        name = (mark.group(1) or "").lower()
        at = mark.end()
        if mark.group() == "<!--":
            at = _found(_COMMENT_END, markup, at)
        elif name in _UNSEEN and not mark.group().startswith("</"):
            at = _found(_UNSEEN[name], markup, at)
        elif name in _BREAKING:
            yield "\n"
    yield markup[at:]


def _found(ending: re.Pattern[str], markup: str, start: int) -> int:
    """Where ``ending`` begins at or after ``start``; the end of the markup when it never comes."""
    found = ending.search(markup, start)
    return len(markup) if found is None else found.start()


def _extracted(root: Any) -> list[str]:
    """The paragraphs that trafilatura takes for the body; none when it finds none or fails."""
    try:
        found: Any = bare_extraction(root, include_comments=False)
    except Exception:  # a third party's parser on hostile input: any failure means "no judgement"
        return []
    if found is None or found.body is None:
        return []
    return [text for element in found.body.iter() for text in _texts(element)]


_PARAGRAPHS = frozenset(
    ("p", "head", "item", "cell", "quote", "code", "fw", "ab", "lb", "body", "list", "row")
)


def _texts(element: Any) -> list[str]:
    if element.tag not in _PARAGRAPHS:
        return []
    own = [element.text or ""]
    for child in element:
        if child.tag not in _PARAGRAPHS:
            own.append("".join(child.itertext()))
        else:
            own.append("\n")
        own.append(child.tail or "")
    return [line for line in "".join(own).split("\n") if line.strip()]


def _body_lines(lines: list[HtmlLine], paragraphs: list[str]) -> list[bool]:
    """For each line whether the extractor kept it: whole, or as a part of one of its paragraphs."""
    whole = {_key(paragraph) for paragraph in paragraphs} - {""}
    joined = f" {' '.join(_key(paragraph) for paragraph in paragraphs)} "
    return [_is_kept(_key(line.text), whole, joined) for line in lines]


def _is_kept(key: str, whole: set[str], joined: str) -> bool:
    if key in whole:
        return True
    return key.count(" ") >= _SHORT_WORDS and f" {key} " in joined


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
