"""What somebody asks the desk to decide, as a form or a program says it, and what is missing in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from starlette.datastructures import FormData

from attested.decisions.seen import without_sign
from attested.errors import InputError

WHAT = ("merge", "split", "correct", "confirm", "reject", "undo")
MOST_AT_ONCE = 500
"""Ids: so many undone again are an address of 9 kB, well under the 64 kB that uvicorn reads."""
_MOST_NAME, _MOST_NOTE = 80, 2_000  # characters: more is no name, and no reason that anybody reads
_LISTS = ("ids", "parts", "values")


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision that is asked for; ``ids`` may carry what was seen of them (``decisions.seen``)."""

    what: str
    ids: tuple[str, ...]
    parts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    note: str = ""
    by: str = ""
    back: str = "/"

    @property
    def bare_ids(self) -> tuple[str, ...]:
        """The ids alone."""
        return tuple(map(without_sign, self.ids))

    def checked(self) -> Wish:
        """The wish if it can be carried out. Raises InputError saying what is missing, or leads elsewhere."""
        if self.what not in WHAT:
            raise InputError(f"nothing is decided by {self.what!r}; there are: {', '.join(WHAT)}")
        if not self.by:
            raise InputError("every decision has a name: type yours")
        if len(self.by) > _MOST_NAME or len(self.note) > _MOST_NOTE:
            raise InputError(f"a name has {_MOST_NAME} characters at most, a note {_MOST_NOTE:,}")
        if not self.ids:
            raise InputError("nothing is chosen: mark a row, or type its id")
        if len(self.ids) > MOST_AT_ONCE:
            raise InputError(f"{len(self.ids)} at once is too many; decide on {MOST_AT_ONCE} at most")
        if self.what == "correct" and (not self.values or len(self.ids) > 1):
            raise InputError("give one incident its values, such as 7 for killed")
        if self.what == "split" and not self.parts and len(self.ids) < 2:
            raise InputError("mark the reports or claims that tell of something else")
        if not is_own_path(self.back):
            raise InputError(f"{self.back!r} is no page of this desk to go back to")
        return self

    def on(self, ids: Iterable[str]) -> Wish:
        """The same about these ids."""
        return replace(self, ids=tuple(dict.fromkeys(ids)))


def is_own_path(path: str) -> bool:
    """Whether this is a path of the desk, which no browser can take for an address elsewhere."""
    if not path.isprintable() or "\\" in path or not path.startswith("/") or path.startswith("//"):
        return False
    try:
        parts = urlsplit(path)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def wish_of_form(form: FormData) -> Wish:
    """A form's wish. Beside the fields of ``Wish``, ``other`` are ids that were typed, ``field`` and ``to`` a value in
    two boxes; a button may be a whole decision: ``is`` a value, ``one_with`` or ``apart_from`` an id. Of what a form
    has for several decisions only what its decision needs counts."""
    given: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and value.strip():
            given.setdefault(name, []).append(value.strip())
    plain = Wish(
        given.get("what", [""])[0],
        _each_once(given.get("id", ())),
        note=" ".join(given.get("note", ())),
        by=_one_line(given.get("by", ())),
        back=given.get("back", ["/"])[0],
    )
    for button, what in (("one_with", "merge"), ("apart_from", "split")):
        if button in given:
            return replace(plain, what=what, ids=_each_once([*plain.ids, *given[button]]))
    if "is" in given:
        return replace(plain, what="correct", values=tuple(given["is"]))
    if plain.what == "merge":
        return replace(plain, ids=_each_once([*plain.ids, *_words_in(given, "other")]))
    if plain.what == "split":
        return replace(plain, parts=tuple(_words_in(given, "part")))
    if plain.what == "correct":
        typed = zip(given.get("field", ()), given.get("to", ()), strict=False)
        values = (*given.get("value", ()), *(f"{field}={to}" for field, to in typed))
        return replace(plain, values=values)
    return plain


def _words_in(given: Mapping[str, list[str]], name: str) -> list[str]:
    return [word for line in given.get(name, ()) for word in line.replace(",", " ").split()]


def wish_of_json(body: bytes) -> Wish:
    """A program's wish, ``{what, ids, parts, values, note, by}``. Raises InputError if it is none."""
    try:
        asked = json.loads(body)
        json.dumps(asked, ensure_ascii=False).encode()  # half a character cannot be kept
    except (ValueError, RecursionError) as error:
        raise InputError(f"that is no JSON ({error})") from error
    if not isinstance(asked, dict) or not asked.keys() <= {*_LISTS, "what", "note", "by"}:
        raise InputError("send an object with what, ids, parts, values, note and by, and nothing else")
    if any(not isinstance(asked.get(name, []), list) for name in _LISTS):
        raise InputError("ids, parts and values are lists")
    ids, parts, values = (tuple(map(str, asked.get(name, ()))) for name in _LISTS)
    what, note, by = (str(asked.get(name) or "") for name in ("what", "note", "by"))
    return Wish(what, _each_once(ids), parts, values, note, _one_line([by]))


def _each_once(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids in order; one that comes with and without what was seen of it counts with."""
    found: dict[str, str] = {}
    for id in ids:
        bare = without_sign(id)
        found[bare] = max(found.get(bare, ""), id, key=len)
    return tuple(found.values())


def _one_line(parts: Sequence[str]) -> str:
    """A name without what cannot be seen."""
    text = "".join(char if char.isprintable() else " " for char in " ".join(parts))
    return " ".join(text.split())
