"""From what a person types to the reports that are meant: an id or its first letters, a file, a page's own key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any

from attested.errors import InputError
from attested.ledger.store import Ledger
from attested.views.facts import Facts

_SHORTEST = 3  # characters of an id's beginning


def reports_named(facts: Facts, name: str) -> tuple[str, ...]:
    """The reports that belong to the row of this name; empty if there is none. Raises InputError if it is several."""
    groups = _groups(facts)
    meant = id_meant(groups, name)
    return groups[meant] if meant is not None else _of_page(facts, name)


def id_meant(ids: Collection[str], wanted: str) -> str | None:
    """This id, or the one that begins so; None if there is none. Raises InputError if several begin so."""
    if wanted in ids:
        return wanted
    begun = sorted(id for id in ids if len(wanted) >= _SHORTEST and id.startswith(wanted))
    if len(begun) > 1:
        raise InputError(f"{wanted!r} begins {len(begun)} ids: {', '.join(begun[:6])}; type more of one")
    return begun[0] if begun else None


def followed(ledger: Ledger, wanted: str) -> tuple[str, str]:
    """The id that an id (or its first letters) leads to now, and a line that says so; itself and "" if it stands."""
    rows: Iterable[Any] = (*ledger.incidents, *ledger.statements, *ledger.trends)
    led = {r.old: r.new for r in ledger.redirects}
    if not led or any(row.id.startswith(wanted) for row in rows):
        return wanted, ""
    old = id_meant(led, wanted)
    return (wanted, "") if old is None else (led[old], f"{old} is now {led[old]}: they were merged")


def no_row(ledger: Ledger, ids: Collection[str], wanted: str, what: str = "row") -> str:
    """What is wrong with an id that names nothing, and what to type next."""
    if any(given.id == wanted for given in ledger.given):
        return f"{wanted} stands no longer: nothing tells of it any more, or it was rejected; see: attested audit"
    near = get_close_matches(wanted, ids, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "list them with: attested show incidents"
    return f"no {what} {wanted!r} in this ledger; {hint}"


def find_report(facts: Facts, name: str) -> str:
    """The one report of this name. Raises InputError if there is none, or several."""
    found = reports_named(facts, name)
    if not found:
        raise InputError(f"no report is called {name!r}; list them with: attested show reports")
    if len(found) > 1:
        raise InputError(f"{name!r} is {len(found)} reports: {', '.join(found[:6])}; name one of them")
    return found[0]


def _groups(facts: Facts) -> dict[str, tuple[str, ...]]:
    rows: Iterable[tuple[str, tuple[str, ...]]] = (
        *((report, (report,)) for report in facts.reports),
        *((story.id, story.reports) for story in facts.stories),
        *((origin.id, origin.reports) for origin in facts.origins),
        *((row.id, facts.context.reports_of(row.mention_ids)) for row in facts.context.incidents),
        *((row.id, facts.context.reports_of(row.mention_ids)) for row in facts.context.statements),
    )
    return dict(rows)


def _of_page(facts: Facts, name: str) -> tuple[str, ...]:
    """Reports of the page with this key or address, or read from this file (its path, its name or how it begins)."""
    exact, begun = set(), set()
    for page in facts.pages.values():
        file = PurePath(page.input).name
        if name in (page.key, page.input, page.url, file) or file.rpartition(":")[0] == name:
            exact.add(page.id)
        elif file.startswith(name):
            begun.add(page.id)
    pages = exact or (begun if len(begun) == 1 else set())
    return tuple(report.id for report in facts.reports.values() if report.page_id in pages)
