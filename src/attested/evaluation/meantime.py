"""Certainty and polarity: MEANTIME (CAT XML). How sure a report is of each thing told, if it holds, if it is to come.

Each mention has a certainty (CERTAIN, PROBABLE, POSSIBLE), a polarity (POS, NEG) and a time (FUTURE,
NON_FUTURE), as its source sees it, or UNDERSPECIFIED where the annotator found that the words commit to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from lxml import etree

from attested.evaluation.cat import anchors, parse_cat
from attested.evaluation.detokenise import Offsets, detokenise
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import INTERVAL_PERCENT, N_RESAMPLES, SEED, Figure, Figures, Interval, Share
from attested.model import Block, Hedge, MentionStatus, Report, Voice
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading, Sentence, Token
from attested.speech.clauses import is_definite
from attested.speech.cues import hedge_table
from attested.speech.hedging import Polarity, find_hedge
from attested.speech.status import status_of
from attested.speech.voices import Attribution, attribute, attribution_of
from attested.text.lemmas import lemmas

PATTERN = "*.xml"
UNDERSPECIFIED = "UNDERSPECIFIED"
# Hedges under which the source itself is sure; who the source is, is another question.
_SURE: frozenset[Hedge] = frozenset({"fact", "reported", "claimed", "alleged", "denied"})
# Obligation, like a condition, says nothing of whether the thing will be.
_DUTIES = frozenset({"should", "must", "ought"})
# Verbs that foretell, of those whose status is "feared"; the others ("warn", "risk") only hold a thing possible.
_FORETELLING = frozenset({"expect", "predict", "forecast", "anticipate", "foresee"})
_UNREAL: frozenset[MentionStatus] = frozenset({"planned", "feared", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """What the set says of a mention, in its own words; ``time`` is empty where it says nothing."""

    certainty: str
    polarity: str
    time: str = ""

    @property
    def both(self) -> tuple[str, str]:
        """Certainty and polarity together."""
        return self.certainty, self.polarity

    @property
    def is_stated(self) -> bool:
        """Whether the annotator found that the words commit to something."""
        return UNDERSPECIFIED not in self.both


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A mention of something done: the offsets of its words and what is said of it."""

    words: tuple[tuple[int, int], ...]
    gold: Factuality


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A rebuilt text, a line for each sentence, with the mentions marked in it."""

    name: str
    text: str
    mentions: tuple[MarkedMention, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gold says of a mention, and what we say."""

    gold: Factuality
    ours: Factuality


def evaluate(folder: Path) -> Figures:
    """Accuracy and macro-F1 of certainty, polarity and time on every mention below ``folder`` that has the first two.

    ``all`` counts UNDERSPECIFIED as a value like the others; ``stated`` leaves out the mentions that have it, about
    which the annotators differ (one has it for most of what is planned, another never). "majority" is what
    always answering the commonest value gets. Macro-F1 is over the values that the gold has. A report that is
    annotated twice is read once. Raises InputError if there is no file of the set, or one that is none of it.
    """
    texts = read_texts(folder)
    reader = Reader()
    judged = [judge(text, reader.read(text.text, _lines(text.text))) for text in texts]
    stated = [[one for one in row if one.gold.is_stated] for row in judged]
    timed = [[one for one in row if one.gold.time not in {"", UNDERSPECIFIED}] for row in judged]
    return Figures(
        "meantime",
        (
            *_figures("joint", judged, _both, suffix=" all", has_f1=False),
            *_figures("joint", stated, _both, suffix=" stated", has_f1=False),
            *_figures("certainty", judged, _certainty, suffix=" all"),
            *_figures("certainty", stated, _certainty, suffix=" stated"),
            *_figures("polarity", judged, _polarity, suffix=" all"),
            *_figures("polarity", stated, _polarity, suffix=" stated"),
            *_figures("time", timed, _time),
        ),
        tuple(text.name for text in texts),
    )


def _both(one: Factuality) -> str:
    return "/".join(one.both)


def _certainty(one: Factuality) -> str:
    return one.certainty


def _polarity(one: Factuality) -> str:
    return one.polarity


def _time(one: Factuality) -> str:
    return one.time


# --- the set ------------------------------------------------------------------------------------------------


def read_texts(folder: Path) -> list[MarkedText]:
    """The texts below ``folder`` by file name, each once. Raises InputError as ``read_cat`` does."""
    paths: dict[str, Path] = {}
    for path in find_gold(folder, PATTERN, skip=""):
        paths.setdefault(path.name, path)
    return [read_cat(path) for _, path in sorted(paths.items())]


def read_cat(path: Path) -> MarkedText:
    """The text of a CAT file with its mentions. Raises InputError if it is no CAT file or names a word it lacks."""
    root = parse_cat(path, "MEANTIME", "token")
    text, words = _text_of(root)
    mentions = []
    for mention in root.iter("EVENT_MENTION"):
        certainty, polarity = mention.get("certainty"), mention.get("polarity")
        if not certainty or not polarity:  # annotated for its place in a chain only
            continue
        keys = anchors(mention, path, words)
        gold = Factuality(certainty, polarity, mention.get("time") or "")
        if keys:
            mentions.append(MarkedMention(tuple(words[key] for key in keys), gold))
    return MarkedText(path.name, text, tuple(mentions))


def _text_of(root: etree._Element) -> tuple[str, dict[str, Offsets]]:
    """The text, a line for each sentence, and where each token lies in it."""
    tokens = root.findall("token")
    sentences = [list(row) for _, row in groupby(tokens, key=lambda token: token.get("sentence"))]
    text, offsets = detokenise([token.text or "" for token in row] for row in sentences)
    places = (at for row in offsets for at in row)
    return text, {token.get("t_id", ""): at for token, at in zip(tokens, places, strict=True)}


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


# --- our answer ---------------------------------------------------------------------------------------------


def judge(text: MarkedText, reading: Reading) -> list[Judged]:
    """The gold and our answer for every mention of a text that was read."""
    report = Report("rp", "pg", text.text, tuple(Block(*line, "body") for line in _lines(text.text)))
    rows = attribute(report, reading)
    found = []
    for mention in text.mentions:
        at = mention.words[0][0]
        sentence, attributions = next(row for row in rows if row[0].start <= at < row[0].end)
        found.append(Judged(mention.gold, factuality(sentence, _head(sentence, mention), attributions)))
    return found


def _head(sentence: Sentence, mention: MarkedMention) -> Token:
    """The word of a mention that governs its others; of a copula the predicate, which heads the clause in UD."""
    words = [token for start, _ in mention.words if (token := sentence.token_at(start)) is not None]
    inside = {token.i for token in words}
    top = next((token for token in words if token.head not in inside), words[0])
    return sentence.tokens[top.head] if top.deprel == "cop" else top


def factuality(sentence: Sentence, token: Token, attributions: Sequence[Attribution]) -> Factuality:
    """What our hedge and status say of what a word names, in the set's words."""
    row = attribution_of(sentence.words(token.i, token.i), attributions)
    voice = row.voice if row is not None else Voice("outlet")
    hedge, polarity = find_hedge(sentence, token.i, voice, row)
    status, why = status_of(sentence, token.i)
    if token.upos in {"NOUN", "PROPN"} and is_definite(sentence, token) and status not in _UNREAL:
        hedge = "fact"  # "the raid" is there, whatever may follow from it; the hedge is of the claim about it
    return translate(hedge, polarity, status, why)


def translate(hedge: Hedge, polarity: Polarity, status: MentionStatus, why: str) -> Factuality:
    """A hedge, a polarity and a status in the words of the set.

    The set asks how sure the source is, not how far we trust it: what somebody says, claims or alleges is CERTAIN,
    what somebody suspects PROBABLE, what may be POSSIBLE. What is to come is as sure as its words: CERTAIN under
    "will", UNDERSPECIFIED where it is only wanted or intended (status planned, hedge below "alleged"), PROBABLE
    where it is foretold, POSSIBLE where it is feared or could be. A condition or a duty commits to nothing. As in
    FactBank, from which the set has its values, what is UNDERSPECIFIED has no polarity either.
    """
    certainty = _how_sure(hedge, status, why.rpartition(" ")[2].lower())
    sign = "NEG" if polarity == "negative" or status == "denied" else "POS"
    time = "FUTURE" if status in _UNREAL else "NON_FUTURE"
    return Factuality(certainty, UNDERSPECIFIED if certainty == UNDERSPECIFIED else sign, time)


def _how_sure(hedge: Hedge, status: MentionStatus, word: str) -> str:
    """The certainty of a hedge and a status that ``word`` tells of."""
    if status == "hypothetical":
        is_open = word in hedge_table().status["hypothetical"]["marks"] | _DUTIES
        return UNDERSPECIFIED if is_open else "POSSIBLE"
    if status == "feared":
        return "POSSIBLE" if _FORETELLING.isdisjoint(lemmas(word)) else "PROBABLE"
    if hedge in _SURE:
        return "CERTAIN"
    if status == "planned":
        return UNDERSPECIFIED
    return "POSSIBLE" if hedge == "possible" else "PROBABLE"


# --- figures ------------------------------------------------------------------------------------------------


def _figures(
    name: str,
    judged: Sequence[Sequence[Judged]],
    value: Callable[[Factuality], str],
    *,
    suffix: str = "",
    has_f1: bool = True,
) -> Iterator[Figure]:
    """Accuracy, macro-F1 and the majority's accuracy of one value, with intervals over reports."""
    pairs = [[(value(one.gold), value(one.ours)) for one in row] for row in judged]
    counts = Counter(gold for row in pairs for gold, _ in row)
    common = min(counts, key=lambda key: (-counts[key], key), default="")
    yield Figure.share(f"{name}_accuracy{suffix}", [_share(row, lambda g, o: g == o) for row in pairs])
    if has_f1:
        yield macro_f1(f"{name}_macro_f1{suffix}", pairs)
    yield Figure.share(
        f"{name}_majority{suffix}",
        [_share(row, lambda g, _: g == common) for row in pairs],
        f"always {common}",
    )


def _share(pairs: Sequence[tuple[str, str]], is_right: Callable[[str, str], bool]) -> Share:
    return Share(sum(is_right(gold, ours) for gold, ours in pairs), len(pairs))


def macro_f1(name: str, pairs: Sequence[Sequence[tuple[str, str]]]) -> Figure:
    """The mean F1 of the gold's values over (gold, ours) pairs, a row for each report, with its 95% interval."""
    values = sorted({gold for row in pairs for gold, _ in row})
    counts = np.array([[_counts(row, value) for value in values] for row in pairs], dtype=np.float64)
    if not values:
        return Figure(name, 0.0, n=0)
    draw = np.random.default_rng(SEED)
    resampled = [
        _macro(counts[draw.integers(0, len(counts), len(counts))].sum(axis=0)) for _ in range(N_RESAMPLES)
    ]
    tail = (100 - INTERVAL_PERCENT) / 2
    low, high = np.percentile(resampled, [tail, 100 - tail])
    interval: Interval = (float(low), float(high))
    totals = counts.sum(axis=0)
    note = ", ".join(f"{value} {_macro(row[None]):.2f}" for value, row in zip(values, totals, strict=True))
    return Figure(name, _macro(totals), interval, sum(map(len, pairs)), note)


def _counts(pairs: Sequence[tuple[str, str]], value: str) -> tuple[int, int, int]:
    """How often a value is right, how often it is gold, how often it is ours."""
    right = sum(gold == ours == value for gold, ours in pairs)
    return right, sum(gold == value for gold, _ in pairs), sum(ours == value for _, ours in pairs)


def _macro(counts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """The mean F1 of rows of (right, gold, ours); of those that a resample has."""
    sums = counts[:, 1] + counts[:, 2]
    there = sums > 0
    return float(np.mean(2 * counts[there, 0] / sums[there])) if there.any() else 0.0
