"""What kind of copy an aligned pair is: identical, republished, excerpt, rewrite, spun, or none at all."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from attested.lineage.align import Alignment
from attested.lineage.swaps import Swaps, find_swaps
from attested.lineage.tiles import n_covered
from attested.lineage.wording import TILE, Run
from attested.model import DerivationKind
from attested.settings import LineageSettings
from attested.values import Score

COPIES = frozenset({"identical", "republished", "excerpt"})
"""Kinds of copy that carry a text on rather than rewrite it."""
MIN_WORDS = 40
"""Narrated words in common: about two sentences. Fewer is a police phrase or a standing paragraph."""
MIN_SENTENCES = 2
"""Narrated sentences in common; one shared sentence is as often a standing one."""
SAME_WORDS = 0.975
"""Share of words kept in order from which two texts are one text (a caption or an updated stamp differs)."""
NEARLY_WHOLE = 0.93
"""Share of each report that is aligned when they are one text; sentence splitting and captions cost the rest."""
NEARLY_ALL = 0.8
"""Share of a report from which it counts as taken over whole (METER's "wholly derived" allows cuts)."""
LIGHT_EDIT = 0.9
"""Mean character ratio of aligned sentences; below it somebody rewrote them."""
ENOUGH_IN_RUNS = ((20, 0.115), (15, 0.22))
"""Narrated words in runs that both reports have, and their share of one of them (settled on gate/lineage: of 164
pairs there that share only quotations or an affair one has 33 words and .11, the next .09, and the shorter ones no
more than 11 words; of 33 rewrites six lie below)."""
MIN_EXCHANGES = 4
"""Different words exchanged in a spun copy. Editors exchange a few too, but among many other edits."""
FEW_EXCHANGES = 3
"""Enough where nothing else at all was changed."""
MIN_EXCHANGE_RATE = 0.015
MIN_EXCHANGE_PURITY = 0.5
MIN_EXCHANGE_SPREAD = 0.12
"""Exchanged words per content word; share of all edits; share of sentences touched. Of 4,616 aligned pairs of gva,
news_clusters, syndication and polnear two have three exchanges or more, at a purity of .31 and .14. Of copies made by
our spinner (evaluation/spinner.py) of texts looked at for nothing else 98 % are known at 5 % of words replaced and
99 % or more at 10 to 30 %, with no false one."""
_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of copy, how sure, and the words exchanged if it is spun. No direction yet."""

    kind: DerivationKind
    score: Score
    swaps: Swaps


def classify(alignment: Alignment, settings: LineageSettings) -> Verdict | None:
    """Return what the aligned sentences show, or None when they do not show a derivation."""
    swaps = find_swaps(alignment)
    most = max(alignment.left_share, alignment.right_share)
    is_enough = _is_enough(alignment, settings, most)
    if is_enough and _is_spun(swaps):
        return Verdict("spun", _spun_score(alignment, swaps), swaps)
    if _is_one_text(alignment):
        return Verdict("identical", Score(1.0, "the same words in the same order"), swaps)
    if not is_enough:
        return None
    return Verdict(_kind(alignment, most), _score(alignment, most), swaps)


def classify_runs(alignment: Alignment, formulas: frozenset[Run]) -> Verdict | None:
    """Return what the runs of words in common show where too few sentences align: a rewrite, or None.

    ``formulas`` are runs that many reports have ("was pronounced dead at the scene"), which show nothing.
    """
    left = n_covered(alignment.left, alignment.right, formulas)
    right = n_covered(alignment.right, alignment.left, formulas)
    shares = [n / max(1, wording.weight) for n, wording in ((left, alignment.left), (right, alignment.right))]
    if not any(min(left, right) >= n and max(shares) >= share for n, share in ENOUGH_IN_RUNS):
        return None
    detail = (
        f"{min(left, right)} narrated words in runs of {TILE} and more stand in both: {shares[0]:.0%} of one report, "
        f"{shares[1]:.0%} of the other"
    )
    return Verdict("rewrite", Score(round(max(shares), 3), detail), find_swaps(alignment))


def _is_one_text(alignment: Alignment) -> bool:
    left, right = alignment.left.words, alignment.right.words
    if left == right:
        return bool(left)
    if min(alignment.left_share, alignment.right_share) < NEARLY_WHOLE:
        return False
    left, right = alignment.aligned_words
    return Indel.normalized_similarity(left, right, score_cutoff=SAME_WORDS) >= SAME_WORDS


def _is_enough(alignment: Alignment, settings: LineageSettings, most: float) -> bool:
    return (
        most >= settings.min_shared
        and alignment.n_words >= MIN_WORDS
        and alignment.n_narrated >= MIN_SENTENCES
    )


def _is_spun(swaps: Swaps) -> bool:
    return (
        len(set(swaps.exchanged)) >= (MIN_EXCHANGES if swaps.n_other_edits else FEW_EXCHANGES)
        and swaps.rate >= MIN_EXCHANGE_RATE
        and swaps.purity >= MIN_EXCHANGE_PURITY
        and swaps.spread >= MIN_EXCHANGE_SPREAD
    )


def _kind(alignment: Alignment, most: float) -> DerivationKind:
    least = min(alignment.left_share, alignment.right_share)
    if alignment.likeness < LIGHT_EDIT:
        return "rewrite"
    if least >= NEARLY_ALL:
        return "republished"
    return "excerpt" if most >= NEARLY_ALL else "rewrite"


def _score(alignment: Alignment, most: float) -> Score:
    aligned = alignment.n_narrated
    detail = (
        f"{aligned} narrated sentences in common ({alignment.n_words} words): "
        f"{alignment.left_share:.0%} of one report, {alignment.right_share:.0%} of the other, "
        f"{alignment.likeness:.0%} alike letter by letter"
    )
    quoted = len(alignment.pairs) - aligned
    if quoted:
        detail += f"; {quoted} that {'is' if quoted == 1 else 'are'} quotation or standing text not counted"
    return Score(round(min(1.0, most * alignment.likeness), 3), detail)


def _spun_score(alignment: Alignment, swaps: Swaps) -> Score:
    shown = dict.fromkeys(swaps.exchanged)
    examples = ", ".join(f"“{' '.join(a)}” / “{' '.join(b)}”" for a, b in list(shown)[:_EXAMPLES])
    detail = (
        f"{len(swaps.exchanged)} words exchanged for others in {swaps.n_touched} of {swaps.n_sentences} "
        f"aligned sentences and little else changed ({examples})"
    )
    if swaps.n_quoted_sentences and swaps.n_quoted_touched < swaps.n_touched:
        untouched = swaps.n_quoted_sentences - swaps.n_quoted_touched
        detail += f"; {untouched} of {swaps.n_quoted_sentences} quotations untouched"
    most = max(alignment.left_share, alignment.right_share)
    return Score(round(min(1.0, most * swaps.purity), 3), detail)
