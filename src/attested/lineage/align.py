"""Sentence alignment of two reports: equal words first, then near-equal ones, then vectors for the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from attested.lineage.stopwords import stopwords
from attested.lineage.tiles import n_covered_in, shared_runs
from attested.lineage.wording import WordedSentence, Wording, runs_of
from attested.model import Passage
from attested.settings import LineageSettings

MIN_EXACT_WORDS = 4
"""Shorter equal sentences ("He was arrested.") are shared by chance."""
MIN_FUZZY_WORDS = 7
"""A fragment such as "the U.S." is near everything by characters (TEXT.md section 2)."""
SPUN_RATIO = 55.0
"""Character ratio that a sentence keeps when a quarter of its words is replaced (measured: median 74)."""
SPUN_STOP_RATIO = 85.0
"""Of the stop-words alone in such a pair: the spinner leaves them, another newsroom's sentence has others."""
SKELETON_CONTAINED = 0.10
"""From this much shared stop-word skeleton the looser ratio is tried; unrelated pairs share none. A copy with a
quarter of its words replaced and a few put in keeps .18 and more."""
SPUN_SHARE = 0.5
"""Share of one of the reports that the looser ratio must align: a spinner takes a text whole, while the formulas
of two police reports ("was shot in the leg and taken to ... in good condition") made up .44 at most (gva)."""
MIN_COSINE = 0.95
"""Of the reader's vectors: random sentences of news lie at .73 (one pair in 10,000 above .93), two newsrooms'
accounts of one fact below .945, sentences that an editor reworded above .96."""
MIN_COSINE_RATIO = 65.0
"""Character ratio after sorting the words: copied sentences keep most words, accounts of one fact below 55."""
MIN_MERGED = 0.7
"""Share of a sentence's 3-grams found in one sentence of the other report that was split or joined."""
MIN_PART = 0.4
"""Share of a sentence's narrated words in runs that the other report has, from which it is that one's in part."""
_GRAM = 3


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Sentence ``left`` of one report beside ``right`` of the other; ``ratio`` 0..100 in characters."""

    left: int
    right: int
    ratio: float
    how: str


@dataclass(frozen=True)
class Alignment:
    """The aligned sentences of two reports and how much of each one's narration they make up."""

    left: Wording
    right: Wording
    pairs: tuple[AlignedPair, ...]

    @property
    def left_share(self) -> float:
        """Share of the left report's narrated words that is aligned."""
        return _share(self.left, {pair.left for pair in self.pairs})

    @property
    def right_share(self) -> float:
        """Share of the right report's narrated words that is aligned."""
        return _share(self.right, {pair.right for pair in self.pairs})

    @property
    def n_words(self) -> int:
        """Narrated words aligned, counted on the side that has fewer of them."""
        left = sum(self.left.sentences[i].weight for i in {p.left for p in self.pairs})
        right = sum(self.right.sentences[i].weight for i in {p.right for p in self.pairs})
        return min(left, right)

    @property
    def n_narrated(self) -> int:
        """Aligned pairs that are not mostly quotation."""
        return sum(1 for p in self.pairs if self.left.sentences[p.left].weight)

    @property
    def likeness(self) -> float:
        """Mean character ratio of the aligned narrated sentences, weighted by words; 0..1."""
        weights = [self.left.sentences[p.left].weight for p in self.pairs]
        total = sum(weights)
        return (
            sum(w * p.ratio for w, p in zip(weights, self.pairs, strict=True)) / total / 100 if total else 0.0
        )

    @property
    def aligned_words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of the aligned sentences of each report, in the order of its text."""
        sides = ((self.left, {p.left for p in self.pairs}), (self.right, {p.right for p in self.pairs}))
        left, right = (
            tuple(word for i in sorted(used) for word in wording.sentences[i].words)
            for wording, used in sides
        )
        return left, right

    @cached_property
    def parts(self) -> tuple[AlignedPair, ...]:
        """Of the sentences left over, those that share much of their narration with one of the other report."""
        return tuple(_part_pairs(self))

    def turned(self) -> Alignment:
        """The same alignment with the sides changed."""
        pairs = (replace(pair, left=pair.right, right=pair.left) for pair in self.pairs)
        return Alignment(self.right, self.left, tuple(sorted(pairs, key=lambda p: (p.left, p.right))))

    def passages(self, *, left_is_child: bool) -> tuple[Passage, ...]:
        """The aligned sentences as page offsets, in the child's order."""
        spans = []
        for pair in (*self.pairs, *self.parts):
            a, b = self.left.sentences[pair.left], self.right.sentences[pair.right]
            child, parent = (a, b) if left_is_child else (b, a)
            spans.append(Passage(child.start, child.end, parent.start, parent.end))
        return tuple(sorted(spans, key=lambda p: (p.child_start, p.parent_start)))


def align(
    left: Wording, right: Wording, *, settings: LineageSettings, skeleton_contained: float = 0.0
) -> Alignment:
    """Return the aligned sentences of two reports, each sentence used once except where it was split."""
    strict = settings.sentence_ratio
    if skeleton_contained >= SKELETON_CONTAINED:
        loose = _aligned(left, right, floor=SPUN_RATIO, strict=strict)
        if max(loose.left_share, loose.right_share) >= SPUN_SHARE:
            return loose
    return _aligned(left, right, floor=strict, strict=strict)


def _aligned(left: Wording, right: Wording, *, floor: float, strict: float) -> Alignment:
    pairs = _equal_pairs(left, right)
    pairs += _near_pairs(left, right, *_free_sides(left, right, pairs), floor=floor, strict=strict)
    pairs += _merged_pairs(left, right, *_free_sides(left, right, pairs))
    pairs += _vector_pairs(left, right, *_free_sides(left, right, pairs))
    return Alignment(left, right, tuple(sorted(pairs, key=lambda p: (p.left, p.right))))


def _equal_pairs(left: Wording, right: Wording) -> list[AlignedPair]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, sentence in reversed(list(enumerate(right.sentences))):
        if len(sentence.words) >= MIN_EXACT_WORDS:
            places[sentence.words].append(j)
    return [
        AlignedPair(i, places[sentence.words].pop(), 100.0, "equal")
        for i, sentence in enumerate(left.sentences)
        if places.get(sentence.words)
    ]


def _near_pairs(
    left: Wording, right: Wording, free_left: list[int], free_right: list[int], *, floor: float, strict: float
) -> list[AlignedPair]:
    """One-to-one pairs by character ratio, best first."""
    if not free_left or not free_right:
        return []
    ratios = process.cdist(
        [left.sentences[i].text for i in free_left],
        [right.sentences[j].text for j in free_right],
        scorer=fuzz.ratio,
        score_cutoff=floor,
        dtype=np.float32,
    )
    found = []
    for a, b in zip(*np.nonzero(ratios), strict=True):
        one, other, ratio = left.sentences[free_left[a]], right.sentences[free_right[b]], float(ratios[a, b])
        if ratio >= strict or _has_same_skeleton(one, other):
            found.append((ratio, free_left[a], free_right[b]))
    return _best_first(found, "near")


def _has_same_skeleton(left: WordedSentence, right: WordedSentence) -> bool:
    ours, theirs = (tuple(w for w in s.words if w in stopwords()) for s in (left, right))
    return len(ours) >= MIN_EXACT_WORDS and 100 * Indel.normalized_similarity(ours, theirs) >= SPUN_STOP_RATIO


def _merged_pairs(
    left: Wording, right: Wording, free_left: list[int], free_right: list[int]
) -> list[AlignedPair]:
    """Sentences contained in a longer one of the other report (an editor joined two, or a splitter erred)."""
    return [
        *(AlignedPair(i, j, 100 * share, "within") for i, j, share in _held(left, free_left, right)),
        *(AlignedPair(i, j, 100 * share, "within") for j, i, share in _held(right, free_right, left)),
    ]


def _held(inner: Wording, free: list[int], outer: Wording) -> Iterator[tuple[int, int, float]]:
    """Each free sentence with the one of ``outer`` that holds most of its word 3-grams, if most of them."""
    known = frozenset(outer.words) if free else frozenset()
    likely = [i for i in free if _may_be_held(inner.sentences[i], known)]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, sentence in enumerate(outer.sentences if likely else ()):
        for gram in _grams(sentence):
            places[gram].append(at)
    for i in likely:
        grams = _grams(inner.sentences[i])
        counts = Counter(at for gram in grams for at in places.get(gram, ()))
        best = min(counts, key=lambda at: (-counts[at], at), default=None)
        if best is not None and counts[best] >= MIN_MERGED * len(grams):
            yield i, best, counts[best] / len(grams)


def _may_be_held(sentence: WordedSentence, known: frozenset[str]) -> bool:
    """Whether enough of a sentence's words are known: each that is not breaks a 3-gram at least."""
    n_missing = sum(word not in known for word in sentence.words)
    return n_missing <= (1 - MIN_MERGED) * (len(sentence.words) - _GRAM + 1)


def _part_pairs(alignment: Alignment) -> Iterator[AlignedPair]:
    """Each free sentence of the left report with the free one of the right that has most of its runs of words."""
    left, right = alignment.left, alignment.right
    free = set(_free(right, {pair.right for pair in alignment.pairs}))
    for i in _free(left, {pair.left for pair in alignment.pairs}):
        shared = shared_runs(left, i, right)
        narrated = left.sentences[i].n_narrated
        if not shared or n_covered_in(left.sentences[i], shared) < MIN_PART * narrated:
            continue
        counts = {j: len(shared & frozenset(runs_of(right.sentences[j]))) for j in sorted(free)}
        best = max(counts, key=lambda j: (counts[j], -j), default=None)
        if best is not None and counts[best]:
            free.discard(best)
            yield AlignedPair(i, best, 100 * n_covered_in(left.sentences[i], shared) / narrated, "part")


def _vector_pairs(
    left: Wording, right: Wording, free_left: list[int], free_right: list[int]
) -> list[AlignedPair]:
    """Reworded sentences, by cosine, only among those that nothing else aligned."""
    if left.vectors is None or right.vectors is None or not free_left or not free_right:
        return []
    cosines = (
        np.asarray(left.vectors, np.float32)[free_left] @ np.asarray(right.vectors, np.float32)[free_right].T
    )
    found = []
    for a, b in zip(*np.nonzero(cosines >= MIN_COSINE), strict=True):
        i, j = free_left[a], free_right[b]
        ratio = fuzz.token_sort_ratio(left.sentences[i].text, right.sentences[j].text)
        if ratio >= MIN_COSINE_RATIO:
            found.append((float(ratio), i, j))
    return _best_first(found, "meaning")


def _best_first(found: list[tuple[float, int, int]], how: str) -> list[AlignedPair]:
    pairs, used_left, used_right = [], set(), set()
    for ratio, i, j in sorted(found, key=lambda row: (-row[0], row[1], row[2])):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append(AlignedPair(i, j, ratio, how))
    return pairs


def _free_sides(left: Wording, right: Wording, pairs: list[AlignedPair]) -> tuple[list[int], list[int]]:
    return _free(left, {p.left for p in pairs}), _free(right, {p.right for p in pairs})


def _free(wording: Wording, used: set[int]) -> list[int]:
    return [i for i, s in enumerate(wording.sentences) if i not in used and len(s.words) >= MIN_FUZZY_WORDS]


def _grams(sentence: WordedSentence) -> frozenset[tuple[str, ...]]:
    words = sentence.words
    return frozenset(words[k : k + _GRAM] for k in range(len(words) - _GRAM + 1))


def _share(wording: Wording, used: set[int]) -> float:
    return sum(wording.sentences[i].weight for i in used) / wording.weight if wording.weight else 0.0
