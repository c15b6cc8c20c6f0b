"""Bytes to text: the encoding settled, line ends made alike, control characters blanked one for one."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from attested.errors import SetAside

_MAGIC = (
    (b"%PDF", "a PDF; save the page as text or HTML"),
    (b"PK\x03\x04", "a zip archive or an office file; unpack it or save it as text"),
    (b"\xd0\xcf\x11\xe0", "an old office file; save it as text"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "compressed (gzip) but not named .gz; unpack it first"),
    (b"SQLite format 3", "a database; export its reports as JSON lines"),
    (b"{\\rtf", "an RTF file; save it as text"),
    (b"WARC/", "a web archive (WARC); extract its pages as HTML first"),
)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD_BYTES = 65_536
# Text holds next to no control bytes: with one in fifty it is a binary file whose head is legible.
_MAX_CONTROL_SHARE = 0.02
# Text that is mostly ASCII is Western, and its other bytes are dashes, quotation marks and accents.
_MAX_WESTERN_SHARE = 0.2
_ASCII = bytes(range(128))
_CONTROLS = {i: " " for i in range(32) if chr(i) not in "\t\n\f"} | {0x7F: " ", 0xFEFF: " "}
_CONTROL_BYTES = bytes(i for i in range(32) if i not in b"\t\n\r\f\x1b")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF8_PAIR = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a page's bytes: UTF-8 if it is that, else its byte-order mark, else what it declares, else
    what the bytes look like. Raises SetAside for bytes that are no text, saying what they are."""
    for mark, what in _MAGIC:
        if data.startswith(mark):
            raise SetAside(f"is {what}")
    for bom, name in _BOMS:
        if data.startswith(bom):
            return clean(data.decode(name, "replace"))
    if (text := _as_utf8(data)) is None:
        text = _as_wide(data) or _as_declared(data, declared) or _as_detected(data)
    return clean(text)


def clean(text: str) -> str:
    """Line ends as ``\\n``; control characters and byte-order marks blanked one for one, so offsets hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return _SURROGATE.sub("\ufffd", text)


def _as_utf8(data: bytes) -> str | None:
    """UTF-8, also when a few bytes of it are damaged; None when it is something else."""
    if _is_binary(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    return text if len(_UTF8_PAIR.findall(data)) > 2 * text.count("\ufffd") else None


def _is_binary(data: bytes) -> bool:
    head = data[:_HEAD_BYTES]
    return len(head) - len(head.translate(None, _CONTROL_BYTES)) > _MAX_CONTROL_SHARE * len(head)


def _as_wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by its zero bytes. Raises SetAside for other bytes that are no text."""
    if not _is_binary(data):
        return None
    head = data[:_HEAD_BYTES]
    odd, even = head[1::2].count(0), head[::2].count(0)
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > len(head) * 0.3 and others < len(head) * 0.05:
            return data.decode(name, "replace")
    raise SetAside("is not text: it looks like a binary file. Save the page as text or HTML.")


def _as_declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    # Browsers read a page that says Latin-1 as Windows-1252, and so must we: its quotation marks live there.
    name = "cp1252" if declared.lower() in ("iso-8859-1", "latin-1", "ascii", "us-ascii") else declared
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _as_detected(data: bytes) -> str:
    head = data[:_HEAD_BYTES]
    if len(head.translate(None, _ASCII)) < _MAX_WESTERN_SHARE * len(head):
        return data.decode("cp1252", "replace")
    best = from_bytes(head).best()
    name = best.encoding if best else "cp1252"
    return data.decode(name, "replace")
