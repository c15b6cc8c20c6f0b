"""PLV: sentences with a marked actor and target and the PLOVER root of what the one does to the other.

Besides the reader of acts, the shipped chain is measured: whether the ledger has a statement of a sentence's act.

A set is a TSV with the columns ``sentence_id``, ``marked_sentence`` (the actor between ``<s>`` and ``</s>``, the
target between ``<t>`` and ``</t>``; either may be missing), ``gold_root`` and ``gold_penta`` (1 words of
cooperation, 2 deeds of cooperation, 3 words of conflict, 4 deeds of conflict). Nothing is trained on it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import INTERVAL_PERCENT, N_RESAMPLES, SEED, Figure, Figures, Share, Tally
from attested.mentions.act_frames import FINER
from attested.mentions.act_parties import main_deed, party_span
from attested.mentions.act_paths import head_in
from attested.mentions.act_roots import Told, act_between
from attested.mentions.statements import find_statements
from attested.model import Block, Report, Span
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading, Sentence
from attested.speech.voices import attribute

# The set's quad classes ("penta") by root. Unlike the PLOVER manual it counts all yielding as a deed.
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "1"),
    **dict.fromkeys(("AID", "COOPERATE", "YIELD"), "2"),
    **dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), "3"),
    **dict.fromkeys(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"), "4"),
}
N_FOLDS = 5
_COLUMNS = ("sentence_id", "marked_sentence", "gold_root", "gold_penta")
_MARK = re.compile(r"<(/?)([st])>")
# The set keeps CAMEO's YIELD whole and its family 19 (blockades, occupied ground) and cyber attacks with ASSAULT,
# where PLOVER has CONCEDE and RETREAT, and COERCE.
_YIELD = frozenset({"CONCEDE", "RETREAT"})
_OF_ASSAULT = FINER["COERCE"] | {"cyber"}
# Roots of deeds that the ledger has as incidents; of COERCE only what is decreed is a statement.
_INCIDENTS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
# Which fold a sentence is in goes by its id. Of the first four, errors were read while the table of acts was
# written; the sentences of the last were never looked at.
_UNREAD = N_FOLDS


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its marked spans and its labels."""

    id: str
    text: str
    actor: Span | None
    target: Span | None
    root: str
    quad: str

    @property
    def fold(self) -> int:
        """The fold it is in, from 1."""
        return int(hashlib.sha1(self.id.encode()).hexdigest(), 16) % N_FOLDS + 1


@dataclass(frozen=True, slots=True)
class Judged:
    """What we say of a sentence: the root of the marked pair ("" for none), and how our own parties overlap.

    ``stated`` are the roots of the ledger's statements whose speaker is the marked actor.
    """

    gold: Marked
    root: str
    actor: Tally
    target: Tally
    stated: frozenset[str] = frozenset()


def evaluate(folder: Path) -> Figures:
    """Root and quad class of the marked pair; overlap of the actor and target that we find by ourselves.

    Raises InputError if no file is there or one is not as described.
    """
    paths = find_gold(folder, "*.tsv")
    reader = Reader()
    judged = [_judge(reader, row) for path in paths for row in read_rows(path)]
    roots = _shares(judged)
    figures = [
        Figure.share("root_accuracy", roots),
        _macro_f1(judged),
        Figure.share("quad_accuracy", [Share(int(QUADS.get(j.root) == j.gold.quad), 1) for j in judged]),
        Figure.f1("actor_overlap_f1", [j.actor for j in judged], "words; the pair is not given"),
        Figure.f1("target_overlap_f1", [j.target for j in judged], "words; the pair is not given"),
        *_statements(judged),
        *_folds(judged),
    ]
    return Figures("plv", tuple(figures), tuple(path.name for path in paths))


def read_rows(path: Path) -> Iterator[Marked]:
    """The sentences of a file. Raises InputError if a column is missing or a row has no mark or no known root."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise InputError(f"{path}: no column {missing[0]!r}; there must be {', '.join(_COLUMNS)}")
        for n, row in enumerate(rows, 2):
            if row["gold_root"] not in QUADS:
                raise InputError(
                    f"{path}:{n}: {row['gold_root']!r} is no root; there are {', '.join(sorted(QUADS))}"
                )
            yield _marked(row, f"{path}:{n}")


def _marked(row: dict[str, str], where: str) -> Marked:
    """A row with its marks taken out; the first of several marks of one party counts."""
    text, at, opened = "", 0, {}
    spans: dict[str, Span] = {}
    source = row["marked_sentence"]
    for mark in _MARK.finditer(source):
        text, at = text + source[at : mark.start()], mark.end()
        party = mark[2]
        if not mark[1]:
            opened[party] = len(text)
        elif party in opened:
            start = opened.pop(party)
            spans.setdefault(party, Span(start, len(text), text[start:]))
    if not spans or opened:
        raise InputError(f"{where}: the marks must be <s>actor</s> and <t>target</t>, one of them at least")
    text += source[at:]
    party_of = spans.get
    return Marked(row["sentence_id"], text, party_of("s"), party_of("t"), row["gold_root"], row["gold_penta"])


def _judge(reader: Reader, gold: Marked) -> Judged:
    """What we say of a sentence, with the pair given and without."""
    reading = reader.read(gold.text, [(0, len(gold.text))])
    sentence = _sentence(reading, gold)
    heads = [head_in(sentence, s.start, s.end) if s is not None else None for s in (gold.actor, gold.target)]
    deed = main_deed(sentence)
    actor = target = None
    if deed is not None and deed.actor is not None:
        actor = party_span(sentence, deed.actor, is_alone=deed.is_mutual)
    if deed is not None and deed.target is not None:
        target = party_span(sentence, deed.target)
    root = plv_root(act_between(sentence, *heads))
    parties = _overlap(sentence, gold.actor, actor), _overlap(sentence, gold.target, target)
    return Judged(gold, root, *parties, stated=frozenset(_stated(reading, gold)))


def _sentence(reading: Reading, gold: Marked) -> Sentence:
    """The sentence of the text that holds the actor; that of the target where no actor is marked."""
    marked, found = gold.actor or gold.target, reading.sentences
    return next((s for s in found if marked is not None and s.start <= marked.start < s.end), found[0])


def _stated(reading: Reading, gold: Marked) -> Iterator[str]:
    """Roots of the statements that the ledger would have of the text as a report, told of the marked actor."""
    report = Report(gold.id, gold.id, gold.text, (Block(0, len(gold.text), "body"),))
    for mention in find_statements(report, reading, attribute(report, reading)):
        speaker = next((r.span for r in mention.roles if r.name == "speaker"), mention.trigger)
        if gold.actor is not None and speaker.start < gold.actor.end and gold.actor.start < speaker.end:
            yield _set_root(mention.type)


def plv_root(told: Told) -> str:
    """A PLOVER root as the set has it."""
    return "ASSAULT" if told.mode in _OF_ASSAULT else _set_root(told.root)


def _set_root(root: str) -> str:
    return "YIELD" if root in _YIELD else root


def _overlap(sentence: Sentence, gold: Span | None, found: Span | None) -> Tally:
    """Words of the marked span that ours has, of ours alone, and missed."""
    truth, ours = (
        {t.i for t in sentence.tokens if span is not None and t.start < span.end and t.end > span.start}
        for span in (gold, found)
    )
    return Tally(len(truth & ours), len(ours - truth), len(truth - ours)) if gold else Tally()


def _shares(judged: Sequence[Judged]) -> list[Share]:
    return [Share(int(j.root == j.gold.root), 1) for j in judged]


def _statements(judged: Sequence[Judged]) -> Iterator[Figure]:
    """How many of the set's acts that are statements the ledger has, and how often its root is the set's.

    Errors were read in all folds but the last, which has figures of its own.
    """
    for name, rows in (
        ("", [j for j in judged if j.gold.fold != _UNREAD]),
        (f" fold {_UNREAD}", [j for j in judged if j.gold.fold == _UNREAD]),
    ):
        told = [j for j in rows if j.gold.actor is not None and j.gold.root not in _INCIDENTS]
        found = [j for j in rows if j.stated]
        right = [Share(int(j.gold.root in j.stated), 1) for j in told]
        yield Figure.share(f"statement_recall{name}", right, "actor and root; the ledger's statements")
        roots = [Share(int(j.gold.root in j.stated), 1) for j in found]
        yield Figure.share(f"statement_root{name}", roots, "where the ledger has a statement of the actor")


def _folds(judged: Sequence[Judged]) -> Iterator[Figure]:
    """Root accuracy of each fold, and how far the folds lie apart."""
    values = []
    for n in range(1, N_FOLDS + 1):
        shares = _shares([j for j in judged if j.gold.fold == n])
        note = "never read while the table was written" if n == _UNREAD else ""
        figure = Figure.share(f"root_accuracy fold {n}", shares, note)
        values += [figure.value] if shares else []
        yield figure
    spread = f"standard deviation; lowest {min(values):.4f}, highest {max(values):.4f}"
    yield Figure("root_accuracy fold_spread", float(np.std(values)), None, len(values), spread)


def _macro_f1(judged: Sequence[Judged]) -> Figure:
    """The mean F1 of the roots that the gold has, each counted alike, with its bootstrap interval."""
    roots = sorted({j.gold.root for j in judged})
    gold = np.array([roots.index(j.gold.root) for j in judged])
    found = np.array([roots.index(j.root) if j.root in roots else len(roots) for j in judged])
    draw = np.random.default_rng(SEED)
    drawn = (draw.integers(0, len(gold), len(gold)) for _ in range(N_RESAMPLES))
    tail = (100 - INTERVAL_PERCENT) / 2
    low, high = np.percentile([_mean_f1(gold[i], found[i], len(roots)) for i in drawn], [tail, 100 - tail])
    value = _mean_f1(gold, found, len(roots))
    return Figure("root_macro_f1", value, (float(low), float(high)), len(gold), f"{len(roots)} roots")


def _mean_f1(gold: NDArray[np.int64], found: NDArray[np.int64], n_roots: int) -> float:
    """The mean over the roots of 2 hits / (gold + found)."""
    hits, truth, ours = (
        np.bincount(which, minlength=n_roots + 1)[:n_roots] for which in (gold[gold == found], gold, found)
    )
    return float(np.mean(2 * hits / np.maximum(1, truth + ours)))
