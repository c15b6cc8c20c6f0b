"""Small constructors for tests: ``report("Two died.")``, ``claim(report, killed=2, says="Two")``.

Everything is found by its words, so that a test never counts characters (see ``example_ledger``).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attested.ids import make_id
from attested.model import (
    Block,
    Claim,
    Mention,
    Outline,
    Page,
    Published,
    Quote,
    Report,
    Role,
    Saying,
    Span,
    Voice,
)
from attested.values import PartialDate, Score

OUTLET = Voice("outlet")


def page(text: str, *, input: str = "", **more: Any) -> Page:
    """A plain-text page; its input is named after its id."""
    id = more.pop("id", None) or make_id("pg", text)
    return Page(id=id, input=input or f"{id}.txt", kind="text", text=text, **more)


def report(text: str = "", *, body: str | None = None, **more: Any) -> Report:
    """A report whose body is the whole text, or the part of it given as ``body``."""
    id = more.pop("id", None) or make_id("rp", text)
    more.setdefault("page_id", make_id("pg", text))
    inside = text if body is None else body
    start = text.index(inside)
    return Report(id=id, text=text, body=(Block(start, start + len(inside), "body"),), **more)


def words(owner: Report | Page, text: str, *, nth: int = 0) -> Span:
    """The ``nth`` place where the report says ``text``."""
    start = owner.text.index(text)
    for _ in range(nth):
        start = owner.text.index(text, start + 1)
    return Span(start, start + len(text), text)


def sentence_of(owner: Report, span: Span) -> Span:
    """The sentence (ended by a full stop and a space, or a line end) around a span."""
    text = owner.text
    start = max(text.rfind(". ", 0, span.start) + 2, text.rfind("\n", 0, span.start) + 1, 0)
    ends = [i for i in (text.find(". ", span.end) + 1, text.find("\n", span.end)) if i > 0]
    end = min(ends, default=len(text))
    start = 0 if start == 1 else start
    return Span(start, end, text[start:end])


def mention(
    owner: Report, trigger: str, *, kind: str = "incident", type: str = "Attack", **more: Any
) -> Mention:
    """A mention at its trigger's words; ``roles`` maps names to words: ``roles={"weapon": "rockets"}``."""
    at = words(owner, trigger)
    roles = tuple(
        Role(name, words(owner, phrase), words(owner, phrase))
        for name, phrase in more.pop("roles", {}).items()
    )
    id = more.pop("id", None) or make_id("mn", owner.id, at.start, kind)
    found: Any = Mention(id, owner.id, kind, type, at, sentence_of(owner, at), roles, **more)  # type: ignore[arg-type]
    return found


def claim(
    owner: Report, about: Mention | str = "m1", *, says: str = "", by: Voice = OUTLET, **more: Any
) -> Claim:
    """A claim: the one keyword that is no field of Claim is its field and value (``killed=5``).

    ``says`` are the words; without them, the value as written.
    """
    own = {"id", "hedge", "polarity", "unit", "qualifier", "confidence", "method", "part_of"}
    [(field, value)] = [(k, v) for k, v in more.items() if k not in own]
    del more[field]
    at = words(owner, says or str(value))
    mention_id = about if isinstance(about, str) else about.id
    id = more.pop("id", None) or make_id("cl", owner.id, mention_id, field, at.start, value)
    return Claim(
        id, owner.id, mention_id, field, value, span=at, sentence=sentence_of(owner, at), voice=by, **more
    )


def voice(kind: str, name: str | None = None, cue: str | None = "said", **more: Any) -> Voice:
    """A voice: ``voice("named body", "the army")``."""
    made: Any = Voice(kind, name, cue, **more)  # type: ignore[arg-type]
    return made


def published(owner: Report, day: date | None, *, basis: str = "stamp", **more: Any) -> Published:
    """A settled publication date of one day; None leaves it unknown."""
    interval = PartialDate.day(day) if day else PartialDate()
    made: Any = Published(owner.id, interval, basis if day else "unknown", **more)  # type: ignore[arg-type]
    return made


def outline(
    owner: Report,
    *,
    quotes: tuple[Quote, ...] = (),
    sayings: tuple[Saying, ...] = (),
    vectors: Any = None,
) -> Outline:
    """An outline whose sentences end with a full stop and a space, or a line end."""
    sentences, at = [], 0
    while at < len(owner.text):
        found = sentence_of(owner, Span(at, at + 1))
        sentences.append(found)
        at = max(found.end, at + 1)
        while at < len(owner.text) and owner.text[at].isspace():
            at += 1
    return Outline(owner.id, tuple(sentences), quotes=quotes, sayings=sayings, vectors=vectors)


def quote(owner: Report, text: str, *, speaker: str | None = None) -> Quote:
    """A quotation at its words."""
    at = words(owner, text)
    return Quote(make_id("qt", owner.id, at.start), owner.id, at, speaker)


def saying(owner: Report, text: str, by: Voice, *, verb: str = "", **more: Any) -> Saying:
    """A saying at its words; ``verb`` is the predicate among them."""
    at = words(owner, text)
    predicate = None
    if verb:
        start = at.start + text.index(verb)
        predicate = Span(start, start + len(verb), verb)
    id = make_id("sy", owner.id, at.start, at.end, by.name)
    return Saying(id, owner.id, at, by, predicate=predicate, **more)


def sure(value: float = 1.0, detail: str = "") -> Score:
    """A score."""
    return Score(value, detail)
