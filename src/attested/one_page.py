"""The stages that see one page at a time: page, reports, reading, mentions, claims.

What comes out depends on the page, the program and its settings alone: it is kept in the ledger, never done twice.
"""

from __future__ import annotations

import hashlib
import json
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attested.claims.assemble import Speech, make_claims
from attested.errors import AttestedError, SetAside
from attested.expressions.times import find_times
from attested.mentions.incidents import find_incidents
from attested.mentions.quotes import find_quotes
from attested.mentions.sayings import find_sayings
from attested.mentions.statements import find_statements
from attested.model import Claim, Mention, Name, Outline, Page, Report
from attested.pages.raw import RawPage
from attested.pages.read import read_page, set_aside
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading, Sentence
from attested.reports.find import find_reports
from attested.settings import Settings
from attested.speech.voices import attribute

# Where the code and the tables lie on which what is read from a page depends (tests/test_pipeline.py checks that
# none is missing). A page read by other code is read again.
PER_PAGE = (
    "pages", "reports", "reading", "expressions", "speech", "mentions", "claims", "text", "data",
    "model.py", "values.py", "ids.py", "errors.py", "settings.py", "one_page.py",
)  # fmt: skip
_LONGEST_ERROR = 200  # characters: some messages quote the page
_READ_BY_STAGES = (".py", ".tsv", ".toml", ".npz", ".json")  # suffixes; the weights name their own version


@dataclass(frozen=True)
class PageResult:
    """A page and everything read from it alone; ``seconds`` by stage. A known page was not read again."""

    page: Page
    reports: tuple[Report, ...] = ()
    outlines: tuple[Outline, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    is_known: bool = False
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class PageWork:
    """Reads one page from bytes to claims, unless its id is known; may be sent to another process."""

    settings: Settings
    known: frozenset[str] = frozenset()

    def __call__(self, raw: RawPage) -> PageResult:
        """The page's result; what cannot be used is set aside with its reason."""
        clock = Clock()
        page: Page | None = None
        try:
            with clock("pages"):
                page = read_page(raw, self.settings.pages)
            if page.id in self.known:
                return PageResult(page, is_known=True, seconds=dict(clock.seconds))
            if page.status == "set aside":
                return PageResult(page, seconds=dict(clock.seconds))
            with clock("reports"):
                reports = find_reports(page, self.settings.pages)
            return self._read(page, reports, clock)
        except SetAside as reason:
            why = str(reason)
        except AttestedError:
            raise  # a broken table or weights file: no page can be read
        except Exception as error:  # broad on purpose: our fault on one page must not cost the others
            why = in_words(error)
        aside = replace(page, status="set aside", why=why) if page else set_aside(raw, why)
        return PageResult(aside, seconds=dict(clock.seconds))

    def _read(self, page: Page, reports: tuple[Report, ...], clock: Clock) -> PageResult:
        reader = shared_reader(self.settings.reading.batch_subwords)
        limit = self.settings.reading.max_sentences
        outlines: list[Outline] = []
        mentions: list[Mention] = []
        claims: list[Claim] = []
        for report in reports:
            with clock("reading"):
                blocks = [(block.start, block.end) for block in report.body]
                reading = reader.read(report.text, blocks, max_sentences=limit)
            if unread := unread_from(report, reading, limit):
                page = replace(page, why=unread)
            outline, found, made = read_report(report, reading, clock)
            outlines.append(outline)
            mentions += found
            claims += made
        return PageResult(
            page, reports, tuple(outlines), tuple(mentions), tuple(claims), seconds=dict(clock.seconds)
        )


def unread_from(report: Report, reading: Reading, limit: int) -> str | None:
    """What the limit on sentences left unread, in words; None if nothing."""
    if len(reading.sentences) < limit or not report.body:
        return None
    read, end = reading.sentences[-1].end, report.body[-1].end
    if not report.text[read:end].strip():
        return None
    return (
        f"only its first {limit} sentences were read; {end - read:,} characters were not "
        "(raise max_sentences under [reading] in the settings)"
    )


def method_version(settings: Settings) -> str:
    """What the rows of a page depend on besides the page: this program's stages, its weights and the settings."""
    chosen = json.dumps([asdict(settings.pages), asdict(settings.reading)], sort_keys=True)
    return f"{program_version()}/{Reader().version}/{_short_hash(chosen.encode())}"


@cache
def program_version(rooms: tuple[str, ...] = PER_PAGE) -> str:
    """A hash of the code and tables of these rooms, so that nobody has to count versions up."""
    package = resources.files("attested")
    files = sorted(found for name in rooms for found in _files_in(package / name, name))
    return _short_hash(*(part for name, data in files for part in (name.encode(), data)))


def _files_in(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for entry in place.iterdir():
            yield from _files_in(entry, f"{name}/{entry.name}")
    elif name.endswith(_READ_BY_STAGES):
        yield name, place.read_bytes()


def _short_hash(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def in_words(error: Exception) -> str:
    """An unexpected error for a person: what it was and where in the program."""
    calls = traceback.extract_tb(error.__traceback__)
    frames = [call for call in calls if __package__ in Path(call.filename).parts] or calls
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"an error in the program: {' '.join(what.split())[:_LONGEST_ERROR]}{where}; please report it"


def crashed(raw: RawPage) -> PageResult:
    """The result of a page that killed the process reading it."""
    why = "reading it stopped the process (out of memory, or a fault in a parser); the page was left out"
    return PageResult(set_aside(raw, why))


def read_report(
    report: Report, reading: Reading, clock: Clock
) -> tuple[Outline, tuple[Mention, ...], tuple[Claim, ...]]:
    """One report's outline, mentions and claims from its reading."""
    with clock("times"):
        times = {sentence.start: find_times(sentence) for sentence in reading.sentences}
    with clock("voices"):
        attributions = attribute(report, reading)
        quotes = find_quotes(report, reading, attributions)
        sayings = find_sayings(report, attributions)
    with clock("mentions"):
        mentions = (
            *find_incidents(report, reading, times),
            *find_statements(report, reading, attributions),
        )
    with clock("claims"):
        by_sentence = {s.start: rows for s, rows in attributions}
        claims = make_claims(report, mentions, Speech.of(report, reading, by_sentence))
    outline = Outline(
        report_id=report.id,
        sentences=tuple(sentence.span for sentence in reading.sentences),
        names=tuple(name for sentence in reading.sentences for name in find_names(sentence)),
        times=tuple(t for sentence in reading.sentences for t in times[sentence.start]),
        quotes=quotes,
        sayings=sayings,
        vectors=_vectors(reading),
    )
    return outline, mentions, claims


@cache
def shared_reader(batch_subwords: int) -> Reader:
    """One reader a process; its weights are loaded at the first page."""
    return Reader(batch_subwords=batch_subwords)


class Clock:
    """Seconds by stage; stages of one name add up."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def add(self, seconds: dict[str, float]) -> None:
        """Add another clock's seconds."""
        for stage, value in seconds.items():
            self.seconds[stage] += value

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start


def find_names(sentence: Sentence) -> Iterator[Name]:
    """Named entities of a sentence from its BIO labels."""
    first: int | None = None
    label = ""
    for token in (*sentence.tokens, None):
        goes_on = token is not None and first is not None and token.ner == f"I-{label}"
        if first is not None and not goes_on:
            last = token.i - 1 if token is not None else len(sentence.tokens) - 1
            span = sentence.words(first, last)
            yield Name(span.start, span.end, span.text, label)
            first = None
        if token is not None and first is None and token.ner != "O":
            first, label = token.i, token.ner[2:]


def _vectors(reading: Reading) -> NDArray[np.float16] | None:
    """The sentences' vectors as one small array; None if the reader gave none."""
    rows = [sentence.vector for sentence in reading.sentences]
    if not rows or any(row is None for row in rows):
        return None
    return np.asarray(rows, dtype=np.float16)
