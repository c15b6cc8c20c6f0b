"""Incidents that were nearly made one: they hold mentions that match, and something else keeps them apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from attested.incidents.anchors import anchors_in
from attested.incidents.judged import SAME, undone_by
from attested.ledger import judgements

# The matches of merging are one a line: the other mention, the points, a mark.
_MATCHES = """
  WITH match (one, other, points) AS (
    SELECT mention_id, substr(value, 1, instr(value, ' ') - 1), CAST(substr(value, instr(value, ' ') + 1) AS REAL)
    FROM kept, json_each('["' || replace(matches, char(10), '","') || '"]') WHERE matches <> '')
  SELECT one, other, points FROM match JOIN member AS a ON a.part = one JOIN member AS b ON b.part = other
  WHERE a.id <> b.id AND one > other"""
_HOLDER = """
  SELECT member.id, page_id, json_extract(trigger, '$.start'), json_extract(trigger, '$.end')
  FROM mention JOIN report ON report.id = report_id
  JOIN member ON part = mention.id JOIN incident ON incident.id = member.id
  WHERE mention.id = ?"""

_MOST = 2_000  # matches: nobody looks at more between two runs
Match = tuple[str, str, float]
_Place = tuple[str, int, int]  # a page and the offsets of a mention's trigger


def refused_matches(connection: sqlite3.Connection) -> list[Match]:
    """Two mentions that match, in two rows, with the points of the pair; the surest first, as many as may be looked at.

    Walks over all matches: 3 s on a ledger of a million claims.
    """
    return sorted(connection.execute(_MATCHES), key=lambda match: (-match[2], match))[:_MOST]


def near_merges(connection: sqlite3.Connection, matches: Iterable[Match]) -> list[tuple[str, str]]:
    """The pairs of incidents that hold these matches now, less those that a person keeps apart; each once."""
    apart = _kept_apart(connection)
    found: dict[tuple[str, str], None] = {}
    for mentions in matches:
        holders = [connection.execute(_HOLDER, (mention,)).fetchone() for mention in mentions[:2]]
        if None in holders:
            continue
        (one, *here), (other, *there) = holders
        sides = tuple(here), tuple(there)
        if one != other and not any(_divides(parted, *sides) for parted in apart):
            found.setdefault((min(one, other), max(one, other)))
    return list(found)


def _divides(parted: tuple[set[_Place], set[_Place]], here: object, there: object) -> bool:
    left, right = parted
    return (here in left and there in right) or (there in left and here in right)


def _kept_apart(connection: sqlite3.Connection) -> list[tuple[set[_Place], set[_Place]]]:
    """The two sides of each decision that keeps incidents apart."""
    made = judgements.read(connection)
    undone = undone_by(made)
    return [
        (_places(j.left), _places(j.right))
        for j in made
        if j.kind == f"{SAME}incident" and j.verdict == "negative" and j.id not in undone
    ]


def _places(lines: str | None) -> set[_Place]:
    return {(anchor.page, anchor.start, anchor.end) for anchor in anchors_in(lines)}
