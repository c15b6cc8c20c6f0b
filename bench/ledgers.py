"""Ledger files of synthetic piles, with all that a run would have stored: what the desk is tested and measured on.

usage: bench/ledgers.py FILE [--incidents 20000 | --claims 1000000] [--index]

Incidents and what is told of them are those of ``bench/pile.py``, printed by ``bench/press.py``. Nothing is merged:
which mention tells of which incident is known, and written as a run writes it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import pile
from attested.ledger.sqlite import SqliteStore
from attested.model import Derivation
from attested.text.countries import countries
from attested.values import Place
from attested.views.listing import index_ledger
from attested.views.lists import index_lists
from ledger_file import LedgerFile, Told
from pile import City, Happening
from press import Press, copied
from printed import Printed, Sentence, derivation

WORLD = (*pile.COUNTRIES, *"US GB FR RU CN BR AR AU ID JP ZA KE CA".split())
WEEKS = 156  # three years, so that a week has one 52 weeks before it
CLAIMS_AN_INCIDENT = 26  # measured at ZIPF: tells how wide a world so many claims need
FEW = 3.0  # ZIPF's place in a ledger by incidents: most have one report, so that tests have it in seconds
SET_ASIDE = 0.01  # of the reports, pages that cannot be used
KINDS_OF_COPY = ("republished", "republished", "identical", "excerpt", "rewrite", "spun")
# What a place is, by the city's number in its country: where_prec 4 and 5 are drawn as rings; a village that no
# gazetteer has is on no map.
SHAPES = {3: ("admin1", 4), 4: ("region", 5), 5: ("village", 1)}


@dataclass(frozen=True, slots=True)
class Made:
    """What a ledger file holds, and the seconds it took."""

    pages: int
    reports: int
    mentions: int
    claims: int
    incidents: int
    statements: int
    trends: int
    megabytes: float
    seconds: float


def write_ledger(path: Path, *, incidents: int = 0, claims: int = 0) -> Made:
    """A ledger of so many incidents, or of so many claims and the rest of the last one's; always the same.

    Raises ValueError if neither is given, FileExistsError if there is a file.
    """
    if not incidents and not claims:
        raise ValueError("say how many incidents or how many claims")
    file = LedgerFile(path)
    width = incidents or claims / CLAIMS_AN_INCIDENT
    world = World(Random(f"{pile.SEED}/{incidents}/{claims}"), width, pile.ZIPF if claims else FEW)
    for story in islice(world.stories(), incidents or None):
        file.add_story(story)
        if claims and file.counts["claim"] >= claims:
            break
    return made(path, file, world.press)


def made(path: Path, file: LedgerFile, press: Press) -> Made:
    """The ledger, closed, with what it holds."""
    counts = file.close(press.actors)
    names = [name for name in Made.__slots__ if name not in ("megabytes", "seconds")]
    rows = {name: counts[name[:-1]] for name in names}
    return Made(**rows, megabytes=path.stat().st_size / 1e6, seconds=time.monotonic() - file.began)


def index(path: Path) -> float:
    """Make the indexes that lists read, as a run does at its end; the seconds it took."""
    began = time.monotonic()
    with SqliteStore(path) as store:
        ledger = store.load(vectors=False)
        index_ledger(store, ledger)
        index_lists(store, ledger)
    return time.monotonic() - began


# --- what happens, and who tells it -----------------------------------------------------------------------------------


class World:
    """Cities over the world, what happens in them day by day, and the reports of it."""

    def __init__(self, random: Random, n_incidents: float, zipf: float) -> None:
        self.press = Press(random)
        self._random, self._cities = random, _cities(random, n_incidents)
        self._weights = list(accumulate(k**-zipf for k in range(1, pile.MOST_REPORTS + 1)))
        self._past: dict[str, list[Happening]] = defaultdict(list)  # by city
        self._week: dict[str, list[Happening]] = defaultdict(list)  # by country

    def stories(self) -> Iterator[Told]:
        """Stories without end, in the order of their incidents."""
        random, day, n = self._random, pile.FIRST_DAY, 0
        while True:
            for city in self._cities:
                if random.random() < city.rate:
                    for happening in pile.happen(random, city, day, n):
                        yield self._told(happening)
                        n += 1
            day += timedelta(days=1)

    def _told(self, happening: Happening) -> Told:
        random, found = self._random, list[Printed]()
        kin, roots = list[Derivation](), dict[str, str]()
        [size] = random.choices(range(1, pile.MOST_REPORTS + 1), cum_weights=self._weights)
        for out_on in sorted(
            happening.day + timedelta(days=random.choice((0, 1, 1, 1, 2, 2, 3, 5))) for _ in range(size)
        ):
            parent = random.choice(found) if found and random.random() < pile.COPY else None
            kind = random.choice(KINDS_OF_COPY)
            sentences = self._sentences(happening, parent, kind)
            report = self.press.report(happening, out_on, sentences)
            own = report.report.id
            if parent:
                kin.append(derivation(report, parent, kind))
            roots[own] = roots[parent.report.id] if parent else own
            found.append(report)
        self._remember(happening)
        return Told(tuple(found), tuple(kin), roots)

    def _sentences(self, happening: Happening, parent: Printed | None, kind: str) -> list[Sentence]:
        random, place = self._random, happening.city.place
        if parent and kind != "rewrite":
            return copied(parent, kind)
        week = [
            h
            for h in self._week[str(place.country)]
            if h.day >= happening.day - timedelta(days=pile.ROUND_UP_DAYS)
        ]
        beside = (
            random.sample(week, min(len(week), random.randint(1, 4)))
            if random.random() < pile.ROUND_UP
            else []
        )
        past = self._past[place.name] if random.random() < pile.BACKGROUND else []
        own = self.press.own_sentences(happening, beside, random.choice(past) if past else None, pile.AGAIN)
        return [parent.at[0][0], *own[1:]] if parent else own

    def _remember(self, happening: Happening) -> None:
        """Keep what round-ups and histories may tell later."""
        for rows in (self._past[happening.city.place.name], self._week[str(happening.city.place.country)]):
            rows.append(happening)
            del rows[:-30]


def _cities(random: Random, n_incidents: float) -> list[City]:
    """Cities in countries all over the world, the first of each the busiest; some are regions or unknown villages."""
    n = max(len(WORLD), round(n_incidents / (WEEKS * pile.INCIDENTS_A_WEEK)))
    found = []
    for i in range(n):
        nth, code = i // len(WORLD), WORLD[i % len(WORLD)]
        middle, own = countries()[code].place, Random(f"{pile.SEED}/{code}")
        groups = tuple(f"the {pile.name_of(own, 2)} {word}" for word in ("Front", "Brigades", "Army"))
        kind, precision = SHAPES.get((nth + i) % 8, ("city", 1))
        place = Place(
            pile.name_of(random, 3), code, _near(random, middle.lat, 60.0), _near(random, middle.lon, 178.0),
            f"{pile.name_of(own, 2)} Province", precision, kind=kind,
        )  # fmt: skip
        place = replace(place, lat=None, lon=None) if kind == "village" else place
        found.append(City(place, middle, groups, 2.0 / (nth + 1)))
    a_week = n_incidents / WEEKS / sum(city.rate for city in found)
    return [replace(city, rate=city.rate * a_week / 7) for city in found]


def _near(random: Random, degrees: float | None, most: float) -> float:
    return round(max(-most, min(most, (degrees or 0.0) + random.uniform(-3, 3))), 4)


def main(words: list[str]) -> int:
    """Make the file and say what it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--incidents", type=int, default=0)
    size.add_argument("--claims", type=int, default=0)
    parser.add_argument("--index", action="store_true", help="with the indexes of a run")
    asked = parser.parse_args(words)
    print(write_ledger(asked.file, incidents=asked.incidents, claims=asked.claims))
    if asked.index:
        print(f"indexed in {index(asked.file):.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
