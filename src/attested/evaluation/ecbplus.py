"""Events across reports: ECB+ (Cybulska & Vossen 2014), chains of mentions of all kinds of events, topic by topic.

A set is a folder with ``validated_sentences.csv`` (``Topic,File,Sentence Number``) and, below it, CAT XML files
``TOPIC_FILE.xml`` with tokens, ``Markables`` and ``Relations``. Each topic holds two affairs that look alike, told
apart by their files' names ("ecb", "ecbplus").
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Container, Sequence
from itertools import groupby
from pathlib import Path

from lxml import etree

from attested.errors import InputError
from attested.evaluation.cat import anchors, parse_cat
from attested.evaluation.chains import GoldMention, GoldReport, Scheme, chain_figures, make_report, read_all
from attested.evaluation.detokenise import Offsets, detokenise
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figures

DEV_TOPICS = ("2", "5", "12", "18", "21", "23", "34", "35")
"""The development topics of Cybulska & Vossen's split; where a folder has none of them, all its topics are read."""
SENTENCES = "validated_sentences.csv"
_COLUMNS = ("Topic", "File", "Sentence Number")
# ACTION_OCCURRENCE, NEG_ACTION_STATE ...; what is no event is TIME_, LOC_, HUMAN_PART_ ...
_EVENT = "ACTION_"

_Scored = dict[tuple[str, str], set[str]]


def evaluate(folder: Path) -> Figures:
    """CoNLL F1 of incidents against chains of events on the development topics below ``folder``, a pile for each.

    Only the validated sentences count, mentions without a chain as chains of one. Raises InputError if a file is
    missing or not as described.
    """
    (table, *_), files = find_gold(folder, SENTENCES), find_gold(folder, "*_*.xml")
    dev = [path for path in files if _name(path)[0] in DEV_TOPICS]
    golds = read_reports(dev or files, read_scored(table))
    return Figures(
        "ecbplus",
        chain_figures(golds, read_all(golds), Scheme()),
        tuple(sorted({g.topic for g in golds}, key=int)),
    )


def read_scored(path: Path) -> _Scored:
    """(Topic, file) -> numbers of its validated sentences. Raises InputError if a column is missing."""
    found: _Scored = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise InputError(f"{path}: no column {missing[0]!r}; there must be {', '.join(_COLUMNS)}")
        for row in rows:
            found[row["Topic"], row["File"]].add(row["Sentence Number"].strip())
    return found


def read_reports(paths: Sequence[Path], scored: _Scored) -> list[GoldReport]:
    """The reports of files of which a sentence is scored. Raises InputError as ``read_cat`` does."""
    return [read_cat(path, scored[_name(path)]) for path in paths if _name(path) in scored]


def _name(path: Path) -> tuple[str, str]:
    """Topic and file of a path: ``12_3ecb.xml`` is file 3ecb of topic 12."""
    topic, _, file = path.stem.partition("_")
    return topic, file


def read_cat(path: Path, scored: Container[str]) -> GoldReport:
    """The report of a CAT file, with the events of its ``scored`` sentences. Raises InputError if it is no CAT file."""
    root = parse_cat(path, "ECB+", "token", "Markables")
    tokens = root.findall("token")
    rows = [(number, list(row)) for number, row in groupby(tokens, key=lambda token: token.get("sentence"))]
    address = _address(rows[0][1])
    rows = rows[1:] if address else rows
    text, offsets = detokenise([[token.text or "" for token in row] for _, row in rows])
    words = {
        token.get("t_id", ""): (str(number), at)
        for (number, row), places in zip(rows, offsets, strict=True)
        for token, at in zip(row, places, strict=True)
    }
    topic, file = _name(path)
    lines = {str(number): (at[0][0], at[-1][1]) for (number, _), at in zip(rows, offsets, strict=True)}
    return GoldReport(
        make_report(path.stem, text, list(lines.values()), stated={}, url=address),
        topic,
        f"{topic} {file.lstrip('0123456789')}",
        tuple(_mentions(root, path, words, scored)),
        tuple(at for number, at in lines.items() if number in scored),
    )


def _address(row: Sequence[etree._Element]) -> str | None:
    """The address that a file of the set may open with, taken apart into words."""
    return "".join(t.text or "" for t in row) if (row[0].text or "").lower() == "http" else None


def _mentions(
    root: etree._Element, path: Path, words: dict[str, tuple[str, Offsets]], scored: Container[str]
) -> list[GoldMention]:
    topic, file = _name(path)
    chain_of: dict[str | None, str] = {}
    for relation in root.iterfind("Relations/*"):
        name = relation.get("note") or f"{file} {relation.get('r_id')}"  # within one report there is no note
        chain_of |= {mention.get("m_id"): name for mention in relation.iterfind("source")}
    found = []
    for markable in root.iterfind("Markables/*"):
        if _EVENT not in str(markable.tag):
            continue
        keys = anchors(markable, path, words)
        if keys and all(words[key][0] in scored for key in keys):
            chain = chain_of.get(markable.get("m_id")) or f"{file} alone {markable.get('m_id')}"
            found.append(GoldMention(tuple(words[key][1] for key in keys), f"{topic} {chain}"))
    return found
