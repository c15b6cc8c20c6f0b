"""What the line classifier sees of a line: its own shape, its cue, its topic, and its neighbourhood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attested.reports.label import PROSE_WORDS, Label, line_key
from attested.reports.lines import Line

Features = NDArray[np.float32]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)\]]* +(?=[A-ZÀ-Þ\"“'‘(])")
_ADDRESS = re.compile(r"https?://|www\.|@\w|\.com\b", re.I)
_MARKS = re.compile(r"[|©»›•·→►▼✓/<>]")
_QUOTED = re.compile(r"[\"“”«»]|‘\w")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)(?:\s*(?:read|continue|more)\b.{0,20})?\s*\Z", re.I)
_PERSON = frozenset("you your yours we our us ours i my me".split())
_ORDERS = frozenset(
    "read click subscribe share follow sign join get see watch view enter please download check learn find"
    " contact support donate visit buy shop register submit load log send tell try discover explore".split()
)
_FUNCTION = frozenset(
    "the of and to in a that for was on with is as at by from he it his her has have be an are not who which"
    " their they been after this its would were had but she will".split()
)
# Prose lines this many lines apart belong to one cluster.
_CLUSTER_GAP = 3
_TIGHT_GAP = 2
_FAR_LINES = 50
_NEAR = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (3, 8)
_CUE_KINDS = (
    "stamp",
    "byline",
    "credit",
    "caption",
    "navigation",
    "related",
    "plea",
    "comment",
    "advert",
    "about",
)
OWN = (
    "words", "characters", "terminal", "colon", "ellipsis", "capitals", "capitalised", "digits", "commas",
    "sentences", "quoted", "opens_upper", "opens_lower", "short_words", "word_length", "marks", "address",
    "person", "order", "repeated", "topic", "is_prose",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *OWN,
    *(f"cue_{kind}" for kind in _CUE_KINDS),
    *(f"{name}{step:+d}" for step in _NEAR for name in ("words", "terminal", "is_prose", "cue", "topic")),
    *(f"{name}_{size}" for size in _WINDOWS for name in ("prose_before", "prose_after", "cues_before", "cues_after")),
    "place", "place_by_characters", "prose_above", "prose_below",
    *(f"{name}_{way}" for way in ("loose", "tight") for name in ("share", "inside", "before", "after")),
    "page_lines", "page_prose_share",
)  # fmt: skip


def line_features(lines: Sequence[Line], cues: Sequence[Label | None]) -> Features:
    """One row a line, one column a name in ``NAMES``; every value is about 0 to 8, none depends on language
    alone. ``cues`` are the labels that the lines' own words give."""
    words = [[word.lower() for word in _WORD.findall(line.text)] for line in lines]
    own = np.array([_own(line, row) for line, row in zip(lines, words, strict=True)], np.float32)
    own = own.reshape(len(lines), len(OWN))
    has_cue = np.array([cue is not None for cue in cues], np.float32)
    prose = (own[:, OWN.index("is_prose")] > 0) & (has_cue == 0)
    own[:, OWN.index("is_prose")] = prose
    own[:, OWN.index("repeated")] = _repeated(lines)
    sizes = np.array([len(line.text) for line in lines], np.float64)
    tight = _clusters(sizes, prose, _TIGHT_GAP)
    own[:, OWN.index("topic")] = _topics(words, prose, tight.inside())
    kinds = np.array(
        [[cue is not None and cue.kind == kind for kind in _CUE_KINDS] for cue in cues], np.float32
    ).reshape(len(lines), len(_CUE_KINDS))
    return np.hstack(
        [own, kinds, _near(own, has_cue), _windows(lines, prose, has_cue), _places(sizes, prose, tight)]
    )


def _own(line: Line, words: list[str]) -> list[float]:
    text = line.text
    n = max(1, len(words))
    letters = sum(map(str.isalpha, text)) or 1
    raw = _WORD.findall(text)
    quoted = _QUOTED.search(text) is not None
    return [
        np.log1p(line.n_words),
        np.log1p(len(text)),
        line.is_sentence,
        text.endswith(":"),
        _ELLIPSIS.search(text) is not None,
        sum(map(str.isupper, text)) / letters,
        sum(word[0].isupper() for word in raw) / n,
        sum(map(str.isdigit, text)) / len(text),
        np.log1p(text.count(",") + text.count("、")),
        np.log1p(len(_SENTENCE_END.findall(text))),
        quoted,
        text[0].isupper() or text[0] in "\"“‘'«",
        text[0].islower(),
        sum(len(word) <= 3 for word in words) / n,
        min(3.0, sum(map(len, words)) / n / 5),
        min(3, len(_MARKS.findall(text))),
        _ADDRESS.search(text) is not None,
        0.0 if quoted else min(1.0, 4 * sum(word in _PERSON for word in words) / n),
        bool(words) and words[0] in _ORDERS,
        0.0,
        0.0,
        line.n_words >= PROSE_WORDS and line.is_sentence,
    ]


def _repeated(lines: Sequence[Line]) -> list[float]:
    counts = Counter(line_key(line.text) for line in lines)
    return [float(np.log1p(counts[line_key(line.text)] - 1)) for line in lines]


def _topics(words: list[list[str]], prose: NDArray[np.bool_], inside: NDArray[np.bool_]) -> list[float]:
    """How much of a line's content is shared with the prose of the page's largest cluster: what a teaser for
    another story and a plea lack."""
    content = [{word for word in row if len(word) > 3 and word not in _FUNCTION} for row in words]
    is_told = prose & inside
    spread = Counter(word for row, told in zip(content, is_told, strict=True) if told for word in row)
    return [
        sum(spread[word] > told for word in row) / len(row) if row else 0.0
        for row, told in zip(content, is_told, strict=True)
    ]


def _near(own: Features, has_cue: NDArray[np.float32]) -> Features:
    columns = [OWN.index(name) for name in ("words", "terminal", "is_prose")]
    base = np.column_stack([own[:, columns], has_cue, own[:, OWN.index("topic")]])
    return np.hstack([_shifted(base, step) for step in _NEAR])


def _shifted(rows: Any, step: int) -> Any:
    """Row i is row i + step of ``rows``; -1 beyond the page's ends."""
    moved = np.full_like(rows, -1)
    n = len(rows)
    if abs(step) < n:
        if step > 0:
            moved[: n - step] = rows[step:]
        else:
            moved[-step:] = rows[: n + step]
    return moved


def _windows(lines: Sequence[Line], prose: NDArray[np.bool_], has_cue: NDArray[np.float32]) -> Features:
    sizes = [len(line.text) if is_prose else 0 for line, is_prose in zip(lines, prose, strict=True)]
    characters = np.array([0, *accumulate(sizes)], np.float64)
    cues = np.array([0, *accumulate(has_cue)], np.float64)
    n = len(lines)
    at = np.arange(n)
    columns = []
    for size in _WINDOWS:
        low, high = np.maximum(at - size, 0), np.minimum(at + 1 + size, n)
        columns += [
            np.log1p(characters[at] - characters[low]),
            np.log1p(characters[high] - characters[at + 1]),
            (cues[at] - cues[low]) / size,
            (cues[high] - cues[at + 1]) / size,
        ]
    return np.column_stack(columns).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Runs of prose lines no further than a gap apart: each line's share of the page's prose, and the
    largest run's first and last line."""

    share: NDArray[np.float64]
    first: int
    last: int

    def inside(self) -> NDArray[np.bool_]:
        at = np.arange(len(self.share))
        inside: NDArray[np.bool_] = (at >= self.first) & (at <= self.last)
        return inside


def _clusters(sizes: NDArray[np.float64], prose: NDArray[np.bool_], gap: int) -> _Clusters:
    where = np.flatnonzero(prose)
    n = len(sizes)
    share = np.zeros(n)
    if not len(where):
        return _Clusters(share, n, -1)
    total = float(sizes[where].sum())
    runs = np.split(where, np.flatnonzero(np.diff(where) > gap) + 1)
    weights = [float(sizes[run].sum()) / total for run in runs]
    for run, weight in zip(runs, weights, strict=True):
        share[run[0] : run[-1] + 1] = weight
    best = runs[int(np.argmax(weights))]
    return _Clusters(share, int(best[0]), int(best[-1]))


def _places(sizes: NDArray[np.float64], prose: NDArray[np.bool_], tight: _Clusters) -> Features:
    """Where a line stands: in the page, from the nearest prose, and to the page's largest clusters of prose."""
    n = len(sizes)
    at = np.arange(n)
    where = np.flatnonzero(prose)
    above, below = np.full(n, n), np.full(n, n)
    if len(where):
        next_at = np.searchsorted(where, at)
        above = at - np.where(next_at > 0, where[np.maximum(next_at - 1, 0)], -n)
        below = np.where(next_at < len(where), where[np.minimum(next_at, len(where) - 1)], 2 * n) - at
    columns = [at / max(1, n - 1), np.cumsum(sizes) / sizes.sum(), _far(above), _far(below)]
    for clusters in (_clusters(sizes, prose, _CLUSTER_GAP), tight):
        columns += [clusters.share, clusters.inside(), _far(clusters.first - at), _far(at - clusters.last)]
    columns += [np.full(n, np.log1p(n)), np.full(n, sizes[where].sum() / sizes.sum())]
    return np.column_stack(columns).astype(np.float32)


def _far(distance: Any) -> Any:
    """A distance in lines, on a scale where the first few count most; 0 where it is not ahead."""
    return np.log1p(np.clip(distance, 0, _FAR_LINES))
