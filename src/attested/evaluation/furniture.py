"""Page furniture: the body of saved pages, from their HTML and from their text alone.

Gold: ``ground-truth.json`` (page -> articleBody) beside ``*.html.gz`` (scrapinghub article-extraction-benchmark).
HTML is scored as there: 4-word shingles, each page weighing the same. The plain-text task takes the page's
visible text, labels its lines by the gold body, and counts characters of lines, all pages pooled.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trafilatura import extract

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Tally, mean_interval
from attested.model import Page
from attested.pages.decode import decode
from attested.pages.html import declared_encoding
from attested.pages.read import find_inputs, read_page
from attested.reports.body import label_page
from attested.reports.label import BODY
from attested.reports.language import find_language
from attested.settings import PageSettings

TRUTH = "*ground-truth*.json"
_SUFFIX = ".html.gz"
_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 4
# A line of fewer words must be a whole gold line, one of up to eight must stand in the body word for word,
# and of a longer one half of its shingles must.
_WHOLE_WORDS, _EXACT_WORDS, _SHARED = 4, 8, 0.5
# Enough for every page of the set: here all of it is measured, whatever a run would set aside.
_SETTINGS = PageSettings(max_page_bytes=50_000_000, max_text_characters=5_000_000, min_body_words=0)


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page as we read it, its gold body, and what trafilatura makes of the same HTML."""

    page: Page
    body: str
    theirs: str


def evaluate(folder: Path) -> Figures:
    """Character and line F1 of the plain-text labeller, and body F1 on HTML of ours and of trafilatura's own
    output, on every page below ``folder`` that has gold. Raises InputError if there is none."""
    gold = read_gold(folder)
    counted = [_plain_tallies(item) for item in gold]
    english = [
        tallies for item, tallies in zip(gold, counted, strict=True) if find_language(item.body) == "en"
    ]
    ours = [_shingle_tally(item.body, _html_body(item.page)) for item in gold]
    theirs = [_shingle_tally(item.body, item.theirs) for item in gold]
    figures = (
        Figure.f1("plain_char_F1", [characters for characters, _ in counted], "all pages, whatever language"),
        Figure.f1("plain_char_F1_english", [characters for characters, _ in english]),
        Figure.f1("plain_line_F1", [lines for _, lines in counted]),
        _page_mean("html_F1", ours),
        _page_mean("html_F1_trafilatura", theirs),
    )
    return Figures("furniture_zyte", figures, tuple(item.page.input for item in gold))


def read_gold(folder: Path) -> list[GoldPage]:
    """Pages with gold below ``folder``, sorted by file name. Raises InputError if there is none."""
    bodies: dict[str, str] = {}
    for path in find_gold(folder, TRUTH, skip=""):
        truth = json.loads(path.read_text(encoding="utf-8"))
        bodies |= {key: value["articleBody"] for key, value in truth.items()}
    gold = []
    for path in find_gold(folder, f"*{_SUFFIX}", skip=""):
        if (body := bodies.get(path.name.removesuffix(_SUFFIX))) is not None:
            gold.append(_gold_page(path, body))
    if not gold:
        raise InputError(f"{folder}: no page named *{_SUFFIX} has its gold in a file like {TRUTH}")
    return gold


def _gold_page(path: Path, body: str) -> GoldPage:
    (raw,) = find_inputs([str(path)])
    data = raw.load(_SETTINGS)
    markup = decode(data, declared_encoding(data))
    theirs = extract(markup, include_comments=False) or ""
    return GoldPage(replace(read_page(raw, _SETTINGS), input=path.name), body, theirs)


def _html_body(page: Page) -> str:
    """The body that a run would take from the page."""
    labelled = label_page(page)
    if not labelled.stories:
        return ""
    best = max(range(len(labelled.stories)), key=labelled.n_body_words)
    item, labels = labelled.stories[best]
    part = labelled.lines[item.first : item.last]
    return "\n".join(line.text for line, label in zip(part, labels, strict=True) if label.kind == BODY)


def _plain_tallies(gold: GoldPage) -> tuple[Tally, Tally]:
    """Characters and lines of the page's text, without its HTML: found and gold body."""
    labelled = label_page(Page(gold.page.id, gold.page.input, "text", gold.page.text))
    found = set()
    if labelled.stories:
        item, labels = labelled.stories[max(range(len(labelled.stories)), key=labelled.n_body_words)]
        found = {item.first + i for i, label in enumerate(labels) if label.kind == BODY}
    is_gold = gold_lines([line.text for line in labelled.lines], gold.body)
    characters = lines = Tally()
    for line, truth in zip(labelled.lines, is_gold, strict=True):
        ours = line.index in found
        one = Tally(ours and truth, ours and not truth, truth and not ours)
        n = line.end - line.start
        lines += one
        characters += Tally(one.tp * n, one.fp * n, one.fn * n)
    return characters, lines


def gold_lines(lines: Sequence[str], body: str) -> list[bool]:
    """For each line whether it belongs to the gold body."""
    key = _key(body)
    whole = {_key(line) for line in body.split("\n")} - {""}
    known = set(_shingles(key))
    return [_is_gold(_key(line), whole, f" {key} ", known) for line in lines]


def _is_gold(key: str, whole: set[str], joined: str, known: set[tuple[str, ...]]) -> bool:
    n_words = key.count(" ") + 1 if key else 0
    if key in whole:
        return True
    if n_words < _WHOLE_WORDS:
        return False
    if n_words < _EXACT_WORDS:
        return f" {key} " in joined
    own = _shingles(key)
    return sum(n for shingle, n in own.items() if shingle in known) >= _SHARED * sum(own.values())


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    last = max(1, len(words) - _SHINGLE_WORDS + 1) if words else 0
    return Counter(tuple(words[i : i + _SHINGLE_WORDS]) for i in range(last))


def _shingle_tally(gold: str, found: str) -> Tally:
    truth, ours = _shingles(gold), _shingles(found)
    hits = sum((truth & ours).values())
    return Tally(hits, sum(ours.values()) - hits, sum(truth.values()) - hits)


def _page_mean(name: str, tallies: Sequence[Tally]) -> Figure:
    """F1 of mean precision and mean recall over pages, as the benchmark's own scorer has it; the interval is
    that of the mean F1 of pages."""
    precision = sum(tally.precision for tally in tallies) / len(tallies)
    recall = sum(tally.recall for tally in tallies) / len(tallies)
    value = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    interval = mean_interval([tally.f1 for tally in tallies])
    return Figure(name, value, interval, len(tallies), f"P {precision:.4f} R {recall:.4f}; 4-word shingles")
