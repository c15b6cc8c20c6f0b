"""Server time of the desk's pages on a ledger file, and what a decision waits while another process reads pages in.

usage: bench/desk.py LEDGER [--n 30] [--only WORDS] [--decisions 30] [--profile]

The ledger comes from ``bench/ledgers.py --index``. The desk is really served, by a process of its own on a copy of the
file, and asked over one connection: a page of its own each time. Milliseconds are those from the question to the last
byte of the answer; beside them is the processor time that the server took, which hardly depends on who else is on the
machine: a bar holds if that is within it (of a decision, if the waiting is).
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from urllib.parse import quote

from pile import KINDS, TARGETS

TOKEN = "a-token-for-measuring"
BARS = {
    "incident": 20.0,
    "table": 150.0,
    "search": 150.0,
    "map": 200.0,
    "trend": 200.0,
    "decision": 250.0,
}  # ms
COUNTRIES = (
    "NG CM ML NE BF TD SD SO KE MZ CD IQ SY YE AF PK IN MM TH PH CO MX HT VE UA LB LY EG TR US".split()
)
# Each is asked for with a value of its own every time, so that nothing is answered from what was kept of the last.
TABLES = {
    "table of a country": [f"country={code}" for code in COUNTRIES],
    "table, a page of all": [f"page={3 * n}" for n in range(2, 40)],
    "table of days": [
        f"since=2022-{1 + n % 12:02}-01&until=2023-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(40)
    ],
    "table of origins by toll": [f"origins={2 + n % 4}&sort=-killed&page={1 + n // 4}" for n in range(40)],
    "table of disputed by place": [f"disputed=yes&sort=place&country={code}" for code in COUNTRIES],
    "table of statements by title": [f"kind=statement&sort=title&page={n}" for n in range(1, 40)],
    "table without a place": [f"placed=no&page={n}" for n in range(1, 40)],
}
SEARCHES = {
    "search for a target": [f"q={quote(target)}" for target in TARGETS],
    "search for a beginning": [f"q={target[:3]}" for target in TARGETS],
    "search for a common word": [f"q=the&country={code}" for code in COUNTRIES],
    "search for three words": [
        f"q={quote(f'{kind[2]} {target}')}" for kind in KINDS for target in TARGETS[:6]
    ],
    "search for no such words": [f"q=none{n}" for n in range(40)],
}
# The first page has a table, a timeline and a map; a box is what the map's own links ask for.
MAPS = {
    "map of a box": [
        f"box={west},{south},{west + 60},{south + 30}"
        for west in range(-120, 120, 30)
        for south in (-30, 0, 20)
    ],
    "map of a month": [
        f"since=2023-{1 + n % 12:02}-01&until=2023-{1 + n % 12:02}-28&disputed={'yes' if n % 2 else 'no'}"
        for n in range(24)
    ],
    "map of a type": [f"type={quote(kind[0])}&mapped=yes" for kind in KINDS],
}
TRENDS = {
    "trends of all": [""],
    "trends of a country": [f"country={code}" for code in COUNTRIES],
    "trends of a search": [f"q={quote(target)}" for target in TARGETS],
}
LISTS = ("reports", "stories", "voices", "quotes", "pages", "queue", "api/ledger")


@dataclass(frozen=True, slots=True)
class Asked:
    """One sort of page: its name, which bar it has, and addresses that are asked in turn."""

    name: str
    bar: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one sort of page: of processor time for one, and as they were waited for; the worst status."""

    name: str
    bar: float | None
    n: int
    cpu: float
    median: float
    p95: float
    most: float
    kilobytes: float
    status: int

    @property
    def is_over(self) -> bool:
        """Whether there is such a page, and it takes longer than its bar."""
        taken = self.cpu or self.p95
        return self.bar is not None and self.status < 400 and taken > self.bar


def main(words: list[str]) -> int:
    """Exit code 0 if every page that there is is within its bar, 1 if not."""
    asked = _asked(words)
    pages = [page for page in what_is_asked(asked.ledger) if asked.only in page.name]
    with tempfile.TemporaryDirectory(prefix="attested-desk-") as folder:
        copy = Path(shutil.copy(asked.ledger, Path(folder) / "copy.db"))
        with served(copy, profile=asked.profile) as server:
            print(f"load of the machine: {os.getloadavg()[0]:.1f}")
            print(
                f"{'':34}{'n':>4}{'CPU ms':>9}{'median':>9}{'p95':>9}{'most':>9}{'kB':>7}{'bar':>7}",
                flush=True,
            )
            rows = [told(measure(server, page, asked.n)) for page in pages]
            if asked.decisions:
                rows += [told(row) for row in decisions(server, copy, asked.decisions)]
    missed = [row.name for row in rows if row.is_over]
    print(f"over its bar: {', '.join(missed)}" if missed else "every bar holds")
    return int(bool(missed))


def told(row: Measured) -> Measured:
    """The same, printed."""
    bar = "" if row.bar is None else f"{row.bar:.0f}"
    note = f"answered {row.status}" if row.status >= 400 else "OVER" if row.is_over else ""
    times = "".join(f"{value:>9.1f}" for value in (row.cpu, row.median, row.p95, row.most))
    print(f"{row.name:<34}{row.n:>4}{times}{row.kilobytes:>7.0f}{bar:>7} {note}", flush=True)
    return row


# --- what is asked ----------------------------------------------------------------------------------------------------


def what_is_asked(ledger: Path) -> list[Asked]:
    """The addresses, on rows of all sizes; always the same ones of one ledger."""
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as file:
        incidents = _by_size(file, "incident", "mention_ids")
        stories, reports = _by_size(file, "story", "reports"), _by_size(file, "report", "body")
        statements = _by_size(file, "statement", "mention_ids")
    pages = [
        Asked(f"incident, {name}", "incident", tuple(f"/incident/{id}" for id in ids))
        for name, ids in incidents.items()
    ]
    for bar, path, sorts in (
        ("table", "/", TABLES),
        ("search", "/", SEARCHES),
        ("map", "/", MAPS),
        ("trend", "/trends", TRENDS),
    ):
        pages += [
            Asked(name, bar, tuple(f"{path}?{query}" for query in asked)) for name, asked in sorts.items()
        ]
    for table, found in (("report", reports), ("story", stories), ("statement", statements)):
        pages += [
            Asked(f"{table}, {name}", "", tuple(f"/{table}/{id}" for id in ids))
            for name, ids in found.items()
        ]
    return [*pages, *(Asked(f"list: {path}", "", (f"/{path}",)) for path in LISTS)]


def _by_size(file: sqlite3.Connection, table: str, parts: str) -> dict[str, list[str]]:
    """Rows of one part, of as many as half the rows have at most, of as many as one in a hundred, and the largest."""
    sql = f"SELECT id, json_array_length({parts}) AS n FROM {table} ORDER BY n, id"
    rows = [id for id, _ in file.execute(sql)]
    ids = Random(0).sample
    half, hundredth = len(rows) // 2, max(1, len(rows) // 100)
    return {
        "small": ids(rows[:hundredth], min(40, hundredth)),
        "median": ids(rows[half - hundredth : half + hundredth], min(40, 2 * hundredth)),
        "large (1 %)": ids(rows[-hundredth:], min(40, hundredth)),
        "largest": rows[-1:],
    }


# --- asking -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Server:
    """A served desk: its port and its process."""

    port: int
    process: int

    def cpu(self) -> float:
        """Milliseconds of processor time so far, to the nearest ten."""
        words = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return 1000 * (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(ledger: Path, *, profile: bool = False) -> Iterator[Server]:
    """A desk over a ledger, served by a process of its own; with ``profile`` its dearest functions are
    printed at the end."""
    wrapped = ("-m", "cProfile", "-s", "cumtime") if profile else ()
    command = [sys.executable, *wrapped, __file__, "--serve", str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        try:
            line = next(line for line in desk.stdout if "http://" in line)
            yield Server(int(line.partition("/?token")[0].rpartition(":")[2]), desk.pid)
        finally:
            desk.send_signal(signal.SIGINT)
            lines = desk.stdout.read().splitlines()
            if profile:
                print("\n".join(line for line in lines if "attested" in line or "ncalls" in line))


def serve_here(ledger: str) -> None:
    """Serve until interrupted."""
    from attested.web.guard import Access
    from attested.web.serve import serve

    with suppress(KeyboardInterrupt):
        serve(Path(ledger), Access(TOKEN), "127.0.0.1", 0, lambda words: print(words, flush=True))


def measure(server: Server, asked: Asked, n: int) -> Measured:
    """Ask for one sort of page, once to warm up and ``n`` times."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    ask(connection, "GET", asked.paths[-1])
    before = server.cpu()
    found = [ask(connection, "GET", path) for path in islice(cycle(asked.paths), n)]
    connection.close()
    return _summed(asked.name, BARS.get(asked.bar), found, server.cpu() - before)


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: str = ""
) -> tuple[float, int, int]:
    """Milliseconds to the whole answer, its length in bytes, its status."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"} if body else {}
    began = time.perf_counter()
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    length = len(answer.read())
    return 1000 * (time.perf_counter() - began), length, answer.status


def _summed(name: str, bar: float | None, found: Sequence[tuple[float, int, int]], cpu: float) -> Measured:
    times = sorted(taken for taken, _, _ in found)
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    size = statistics.median(length for _, length, _ in found) / 1000
    worst = max(status for _, _, status in found)
    return Measured(
        name, bar, len(times), cpu / len(times), statistics.median(times), p95, times[-1], size, worst
    )


# --- deciding while pages come in -------------------------------------------------------------------------------------


def decisions(server: Server, ledger: Path, n: int) -> list[Measured]:
    """Decisions while another process writes pages without a pause, into another ledger and then into this one: what
    they take, and how much longer they take then, which is what they wait for."""
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as file:
        ids = [id for (id,) in file.execute("SELECT id FROM incident ORDER BY id LIMIT ?", (2 * n + 1,))]
    _decide(server, ids[:1])
    with _reading_in(ledger.with_name("other.db")):
        beside, cpu = _decide(server, ids[1 : n + 1])
    with _reading_in(ledger):
        within, _ = _decide(server, ids[n + 1 :])
    usual = statistics.median(taken for taken, _, _ in beside)
    waits = [(max(0.0, taken - usual), length, status) for taken, length, status in within]
    return [
        _summed("decision", None, beside, cpu),
        _summed("waiting while pages are read in", BARS["decision"], waits, 0.0),
    ]


def _decide(server: Server, ids: Sequence[str]) -> tuple[list[tuple[float, int, int]], float]:
    """Confirm these incidents one after the other; what each took, and the server's processor time for all."""
    connection, began = http.client.HTTPConnection("127.0.0.1", server.port), server.cpu()
    wishes = [json.dumps({"what": "confirm", "ids": [id], "by": "bench"}) for id in ids]
    found = [ask(connection, "POST", "/api/decide", wish) for wish in wishes]
    connection.close()
    return found, server.cpu() - began


@contextmanager
def _reading_in(ledger: Path) -> Iterator[None]:
    """Another process writes new pages into the ledger as fast as it can."""
    with subprocess.Popen(
        [sys.executable, __file__, "--read-in", str(ledger)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        try:
            yield
        finally:
            process.terminate()


def read_in(ledger: str) -> None:
    """Write new pages without a pause until stopped, as a run that reads them does, but faster."""
    from attested.ledger.sqlite import SqliteStore
    from ledgers import World

    world = World(Random("read in"), 20_000, 1.5)
    with SqliteStore(ledger) as store:
        for number, story in enumerate(world.stories()):
            for printed in story.reports:
                page, outlines = printed.page, [printed.outline] if printed.outline else []
                store.save_page(
                    page, [printed.report], outlines, printed.mentions, printed.claims, method="read in"
                )
            if number == 10:
                print("begun", flush=True)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--n", type=int, default=30, help="times that each page is asked for")
    parser.add_argument("--only", default="", help="only the pages whose name holds this")
    parser.add_argument(
        "--decisions", type=int, default=0, help="decisions, as many again while pages are read in"
    )
    parser.add_argument("--profile", action="store_true", help="print the server's dearest functions")
    return parser.parse_args(words)


_WORKERS: dict[str, Callable[[str], None]] = {"--serve": serve_here, "--read-in": read_in}

if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if sys.argv[1] in _WORKERS:
        _WORKERS[sys.argv[1]](sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
