"""CAT XML, the format of MEANTIME and ECB+: tokens, mentions that name them, chains of mentions."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from lxml import etree

from attested.errors import InputError


def parse_cat(path: Path, gold_set: str, *needed: str) -> etree._Element:
    """The root of a CAT file of a gold set. Raises InputError if it is no XML or lacks one of the ``needed`` tags."""
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not CAT XML: {error}") from error
    if missing := [tag for tag in needed if root.find(tag) is None]:
        raise InputError(f"{path}: not CAT XML: no <{missing[0]}> in it; give the folder of {gold_set}")
    return root


def anchors(mention: etree._Element, path: Path, known: Container[str]) -> list[str]:
    """The ids of a mention's tokens. Raises InputError if the file has no token of such an id."""
    found = [anchor.get("t_id", "") for anchor in mention.iterfind("token_anchor")]
    if lost := [key for key in found if key not in known]:
        raise InputError(f"{path}: mention {mention.get('m_id')} names token {lost[0]}, which is not there")
    return found
