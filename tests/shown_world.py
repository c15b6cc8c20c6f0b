"""Rows of an index of shown rows, alike each time, with every sort of day and place among them."""

import random
from datetime import date, timedelta
from typing import Any

from attested.ledger.shown import Ask, Shown
from attested.ledger.shown_index import Mark, Row
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger, RunSummary
from attested.model import Incident, Statement, Trend
from attested.values import Count, PartialDate, Place

DAY = date(2024, 1, 29)
FIRST = Mark(1, 0)
PLACES = (
    None,
    Place("Biu", "NG", 10.61, 12.19, "Borno", precision=1),
    Place("Yola", "NG", 9.21, 12.48, "Adamawa", precision=2),
    Place("Borno", "NG", 11.5, 13.0, "Borno", precision=4),
    Place("Suva", "FJ", -18.14, 178.44, "Central", precision=1),
    Place("Apia", "WS", -13.83, -171.77, precision=1),
    Place("the old ford", "CO", precision=2),
    Place("Gulf of Aden", None, 12.0, 48.0, precision=7),
)
TYPES = ("Attack", "Armed clash", "Grenade", "Arrests", "Air/drone strike")
ACTORS = ("Gunmen", "Army", "Ejército", "the “Lions”", "Ñandú Front")
WORDS = "bridge market policía raid Zürich O'Neill and near or not 12 café naïve الموصل Київ".split()


def interval(dice: random.Random) -> PartialDate:
    first = DAY + timedelta(days=dice.randrange(120))
    kind = dice.randrange(5)
    if kind == 0:
        return PartialDate()
    if kind == 1:
        return PartialDate.span(first, first + timedelta(days=dice.randrange(1, 40)))
    return PartialDate.month(first.year, first.month) if kind == 2 else PartialDate.day(first)


def row(n: int) -> Shown:
    dice = random.Random(n)
    best = dice.randrange(6)
    asks = [
        Ask(name, "", dice.randrange(90) / 100, "so")
        for name in ("killed", "date", "all one?")
        if dice.random() < 0.3
    ]
    kind: Any = dice.choices(("incident", "statement", "trend"), (8, 2, 1))[0]
    words = " ".join(dice.choices(WORDS, k=4))
    return Shown(
        id=f"in_{n:04}",
        kind=kind,
        type=dice.choice(TYPES),
        title=f"{dice.choice(TYPES)}, {words}",
        text=f"in_{n:04}\n{words}",
        date=interval(dice),
        place=dice.choice(PLACES),
        killed=dice.choice((None, Count(best, best + 1, best + 3))),
        n_reports=3,
        n_origins=dice.randrange(1, 4),
        disputed=dice.choice(((), (), ("killed",), ("date", "place"))),
        judged=dice.random() < 0.2,
        sure=dice.randrange(100) / 100,
        asks=tuple(asks),
        actors=tuple(dice.sample(ACTORS, dice.randrange(3))),
        first_reported=dice.choice((None, DAY)),
    )


ROWS = [row(n) for n in range(400)]


def fill(store: SqliteStore, rows: list[Shown], mark: Mark = FIRST) -> None:
    """Rows in the index, and in the ledger as far as the index asks for them."""
    kinds: dict[str, Any] = {"incident": Incident, "statement": Statement, "trend": Trend}
    made = {kind: [one.id for one in rows if one.kind == kind] for kind in kinds}
    store.save_cross(
        Ledger(
            incidents=tuple(Incident(id, "Attack", ()) for id in made["incident"]),
            statements=tuple(Statement(id, "SUPPORT", ()) for id in made["statement"]),
            trends=tuple(Trend(id, ()) for id in made["trend"]),
            summary=RunSummary("2025-01-01T00:00:00Z"),
        )
    )
    store.shown_index.write(list(map(Row.of, rows)), [], mark)
