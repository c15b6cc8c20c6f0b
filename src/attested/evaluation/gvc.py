"""Incidents across reports: GVC, the Gun Violence Corpus (Vossen et al. 2018), chains of mentions of shootings.

A set is a JSON list of reports: ``doc_id``, ``incident`` (the affair), ``dct`` (its day of publication), ``sentences``
(lists of words, the first holding the day) and ``event_mentions`` (``sent``, ``start``, ``end``, ``chain``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attested.errors import InputError
from attested.evaluation.chains import (
    DEATH,
    GoldMention,
    GoldReport,
    Scheme,
    chain_figures,
    make_report,
    part_by_word,
    read_all,
)
from attested.evaluation.detokenise import detokenise
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figures
from attested.reading.tokens import Sentence, Token
from attested.text.lemmas import lemmas

REST = "0"
"""The chain under which the set files what speaks of none of its incidents."""
_INJURY = "injury"
# Words of the set's parts of a shooting that are no trigger of the program, or one of another part.
_PARTS = {
    DEATH: "murder homicide manslaughter fatal fatality deadly lethal deceased lifeless body corpse autopsy suicide "
    "mourn grieve funeral burial",
    _INJURY: "wound condition hospital hospitalize treat treatment surgery paralyze critical stable recover survive "
    "trauma",
    "firing": "shooting shoot shooter gunman gunshot gunfire shot fire discharge bullet shootout crossfire round open",
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}
_HIT = frozenset({"shoot", "hit", "strike"})
_KEYS = ("doc_id", "incident", "dct", "sentences", "event_mentions")
_MENTION_KEYS = ("sent", "start", "end", "chain")


def evaluate(folder: Path) -> Figures:
    """CoNLL F1 of incidents against chains, all reports below ``folder`` in one pile.

    What speaks of none of the set's incidents is a chain of its own in the main figures, as others report them. The
    weights of merging were learnt on this set too (``training/reader/same_incident.py``), which has no other split.
    Raises InputError if there is no file of the set or one is not as described.
    """
    paths = find_gold(folder, "*.json")
    golds = [gold for path in paths for gold in read_reports(path)]
    return Figures("gvc", chain_figures(golds, read_all(golds), SCHEME), tuple(path.name for path in paths))


def read_reports(path: Path) -> list[GoldReport]:
    """The reports of a file. Raises InputError if it is no list of them or a mention names a word that is not there."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    if not isinstance(rows, list):
        raise InputError(f"{path}: no list of reports; give the folder of GVC's {path.name}")
    return [_read(row, f"{path}, report {n}") for n, row in enumerate(rows, 1)]


def part_of_shooting(sentence: Sentence, word: Token) -> str:
    """The part of a shooting that a word tells, as the set's guide has them: firing, hit, injury, death, or all of it.

    "Shot" tells that somebody was hit, "shooting" does so with an object; "shots" tells of firing.
    """
    forms = {*lemmas(word.lower), word.lower.removesuffix("ly")}
    if (known := part_by_word(sentence, word)) in {DEATH, "injure"}:
        return _INJURY if known == "injure" else DEATH
    is_bare = word.lower == "shooting" and not sentence.dependents(word.i, "obj")
    if word.lower == "shot" or (word.upos in {"VERB", "ADJ"} and forms & _HIT and not is_bare):
        return "hit"
    return next((_PART_OF[form] for form in sorted(forms) if form in _PART_OF), "all of it")


SCHEME = Scheme(rest=REST, is_violence=True, part_of=part_of_shooting)


def _read(row: Any, where: str) -> GoldReport:
    _require(row, _KEYS, where, "a report")
    text, offsets = detokenise(row["sentences"][1:])
    mentions = []
    for mention in row["event_mentions"]:
        _require(mention, _MENTION_KEYS, where, "a mention")
        number, first, last = mention["sent"], mention["start"], mention["end"]
        if not 1 <= number <= len(offsets) or not first <= last < len(offsets[number - 1]):
            said = mention.get("text", f"{first} to {last} of sentence {number}")
            raise InputError(f"{where}: its mention {said!r} names words that are not there")
        words = tuple(offsets[number - 1][first : last + 1])
        mentions.append(GoldMention(words, str(mention["chain"])))
    lines = tuple((words[0][0], words[-1][1]) for words in offsets if words)
    report = make_report(row["doc_id"], text, lines, stated={"published": row["dct"]})
    return GoldReport(report, "gvc", str(row["incident"]), tuple(mentions), lines)


def _require(row: Any, keys: Sequence[str], where: str, what: str) -> None:
    if not isinstance(row, dict):
        raise InputError(f"{where}: {what} is no object; a report of GVC has {', '.join(_KEYS)}")
    if missing := [key for key in keys if key not in row]:
        raise InputError(f"{where}: no {missing[0]!r}; {what} of GVC has {', '.join(keys)}")
