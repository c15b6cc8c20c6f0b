"""Quotations damaged by a spinner: told from the words themselves, in reports that are already known as spun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attested.lineage.stopwords import stopwords
from attested.model import Quote
from attested.text.folding import fold_words

TWO_OBJECT_VERBS = frozenset(
    "accord afford allow allot allocate ask assign assure award bear bet bid bring buy call cause charge cost deal "
    "deny do envy feed find fine forgive forbid gain get give grant guarantee hand keep lead leave lend loan make "
    "offer order owe pass pay permit play pose present promise quote read refuse render save secure sell send serve "
    "show slip spare strike take teach tell throw tip toss vote win wish write yield".split()
)
"""English verbs that take two bare objects (Levin 1993, sections 2.1 to 2.3 and 29.3, the frequent ones)."""
MAX_HEADING_WORDS = 8
MAX_LENGTH_GAP = 1
"""Content words by which a quoted heading and the quotation it was taken from may differ in number."""
REACH = 600
"""Characters below a heading within which the quotation that it was taken from stands."""

_TWO_OBJECTS = re.compile(
    r"(?P<verb>[A-Za-z]{3,}) (?P<inserted>\[[^\]]{2,40}\]) "
    r"(?P<second>(?:the|an?|no|more|some|any) (?!way|same|day|time)\w+)"
)
_TIMES = frozenset("last next this every each".split())


def find_damage(text: str) -> str | None:
    """Return why a spun report's quotation must have been altered, or None.

    Spinners leave quotation marks alone but stumble over editors' brackets inside them: what follows is
    "start [the army] the greatest trouble", a second object on a verb that takes none.
    """
    for match in _TWO_OBJECTS.finditer(text):
        verb = match["verb"].lower()
        if verb in stopwords() or verb in _TIMES or _may_take_two(verb):
            continue
        return (
            f"the report is machine-spun, and beside the bracketed insertion its words are no English construction: "
            f"“{match.group()}” (“{verb}” takes no second object); the original wording is not in the pile"
        )
    return None


def heading_without_quotation(quote: Quote, own: Sequence[Quote], text: str) -> tuple[str, str] | None:
    """Return the quotation that a spun report's quoted heading was taken from and why, or None.

    A heading in quotation marks repeats words quoted below it. When none of its content words stands in any
    other quotation of the report, but a quotation of its length does stand below, the heading was spun and
    the quotation was not.
    """
    words = _content(quote.span.text)
    if not words or not _is_heading(quote, text):
        return None
    others = [other for other in own if other.id != quote.id]
    if any(words & _content(other.span.text) for other in others):
        return None
    below = (o for o in others if quote.span.end <= o.span.start < quote.span.end + REACH)
    for other in below:
        if abs(len(_content(other.span.text)) - len(words)) <= MAX_LENGTH_GAP:
            return other.id, (
                f"the report is machine-spun, and this quoted heading shares no word with its quotations: it stands "
                f"over “{other.span.text}”"
            )
    return None


def _may_take_two(verb: str) -> bool:
    stems = {
        verb,
        verb.removesuffix("s"),
        verb.removesuffix("es"),
        verb.removesuffix("d"),
        verb.removesuffix("ed"),
    }
    stems |= {verb.removesuffix("ing"), verb.removesuffix("ing") + "e"}
    irregular = {
        "gave": "give",
        "given": "give",
        "told": "tell",
        "sent": "send",
        "paid": "pay",
        "brought": "bring",
    }
    return bool((stems | {irregular.get(verb, "")}) & TWO_OBJECT_VERBS)


def _is_heading(quote: Quote, text: str) -> bool:
    """Whether a quotation is a line of its own, short, and without a sentence's end."""
    start = text.rfind("\n", 0, quote.span.start) + 1
    end = text.find("\n", quote.span.end)
    line = text[start : end if end >= 0 else len(text)].strip()
    inner = quote.span.text.strip()
    n_words = len(inner.split())
    return (
        n_words <= MAX_HEADING_WORDS
        and len(line) <= len(inner) + 2
        and inner[-1:] not in {".", "!", "?", ","}
    )


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in fold_words(text) if word not in stopwords())
