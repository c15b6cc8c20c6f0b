"""Spun copies that our own spinner makes of real reports: how many are found, and what is wrongly called spun."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Share
from attested.evaluation.spinner import SpinOptions, count_narrated, load_thesaurus, spin
from attested.lineage.derive import find_derivations
from attested.model import Block, Derivation, Report
from attested.settings import LineageSettings
from attested.text.folding import fold_words

LEVELS = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
"""Shares of the narration's words that are replaced, one pile for each."""
BAR_LEVELS = LEVELS[:-1]
"""The levels that the main figures are of; at three words in ten little more is left than the stop-words."""
MAX_TEXTS = 150
MIN_WORDS, MAX_WORDS = 150, 800
"""Texts taken, those of lowest hash, and their length in words outside quotations (which no spinner touches): a
report's, neither a brief nor a page of several."""
TWIN_SHARE = 0.5
"""Share of one original's word runs that another has, from which a copy of the one may be found under the other:
gva holds wire copies, and which of two a spinner worked from cannot be known."""
_RUN = 5
_ROWS, _ANNOTATED = "docs.*.jsonl", "*.ann"


@dataclass(frozen=True, slots=True)
class SpunPile:
    """Originals and one spun copy of each (by the original's id), with the share of words really replaced."""

    originals: tuple[Report, ...]
    copies: dict[str, Report]
    share: float

    @property
    def reports(self) -> list[Report]:
        """All reports of the pile."""
        return [*self.originals, *self.copies.values()]


@dataclass(frozen=True, slots=True)
class SpunScore:
    """Of one pile: which copies are found as spun from their original, which as derived from it at all.

    ``n_false`` counts the originals that are called spun, by what they are said to be spun from: "original",
    "nothing" (the flag without an original), or "copy" (the direction is wrong).
    """

    spun: tuple[bool, ...]
    derived: tuple[bool, ...]
    n_false: Counter[str]


def evaluate(folder: Path) -> Figures:
    """Recall of spun copies and originals called spun, over all levels to 25 %, then by level.

    ``folder`` holds gva (docs.*.jsonl) or PolNeAR (texts beside their annotations). Raises InputError if it holds
    neither, or WordNet is not installed.
    """
    texts, names = read_texts(folder)
    texts = pick(texts)
    scores = {}
    shares = {}
    for level in LEVELS:
        pile = make_pile(texts, SpinOptions(level))
        scores[level], shares[level] = (
            score(pile, find_derivations(pile.reports, {}, LineageSettings())),
            pile.share,
        )
    main = [scores[level] for level in BAR_LEVELS]
    figures = [_recall("spun_recall", main), _false("spun_false", main)]
    for level in LEVELS:
        suffix, found = f"_{100 * level:.0f}", [scores[level]]
        figures += [
            _recall(f"recall{suffix}", found, f"{shares[level]:.1%} of words replaced"),
            Figure.share(f"derived{suffix}", [Share(int(is_found), 1) for is_found in found[0].derived]),
            _false(f"false{suffix}", found),
        ]
    return Figures("spun", tuple(figures), names)


def read_texts(folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts below ``folder`` by name, and the files they are from. Raises InputError if there are none."""
    if any(folder.rglob(_ROWS)):
        paths = find_gold(folder, _ROWS)
        return {name: text for path in paths for name, text in _rows(path)}, tuple(p.name for p in paths)
    if not any(folder.rglob(_ANNOTATED)):
        raise InputError(
            f"{folder}: neither {_ROWS} (gva) nor texts with {_ANNOTATED} (PolNeAR) lie here or below"
        )
    paths = find_gold(folder, "*.txt")
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}, tuple(p.name for p in paths)


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield str(row["doc_id"]), str(row["content"])


def pick(texts: dict[str, str]) -> dict[str, str]:
    """Up to MAX_TEXTS different texts of a report's length, those whose names have the lowest hashes."""
    first = {text: name for name, text in sorted(texts.items(), reverse=True)}
    fitting = [name for text, name in first.items() if MIN_WORDS <= count_narrated(text) <= MAX_WORDS]
    return {name: texts[name] for name in sorted(fitting, key=_hash)[:MAX_TEXTS]}


def make_pile(texts: dict[str, str], options: SpinOptions) -> SpunPile:
    """The texts as reports with one spun copy of each. Raises InputError if WordNet is not installed."""
    thesaurus = load_thesaurus()
    originals = {name: _report(text) for name, text in texts.items()}
    spun = {name: spin(text, options, thesaurus, name) for name, text in texts.items()}
    copies = {originals[name].id: _report(one.text) for name, one in spun.items()}
    share = sum(one.share for one in spun.values()) / max(1, len(spun))
    return SpunPile(tuple({report.id: report for report in originals.values()}.values()), copies, share)


def score(pile: SpunPile, derivations: Sequence[Derivation]) -> SpunScore:
    """What of the pile is found and what is wrongly called spun."""
    by_id = {report.id: report for report in pile.originals}
    original_of = {copy.id: original for original, copy in pile.copies.items()}
    kinds: dict[str, str] = {}
    for d in derivations:
        original = original_of.get(d.child)
        if original and d.parent in by_id and _are_twins(by_id[original], by_id[d.parent]):
            kinds[original] = "spun" if "spun" in (d.kind, kinds.get(original)) else d.kind
    wrong = Counter(
        "nothing" if d.parent is None else "original" if d.parent in by_id else "copy"
        for d in derivations
        if d.kind == "spun" and d.child in by_id
    )
    spun = tuple(kinds.get(original) == "spun" for original in pile.copies)
    return SpunScore(spun, tuple(original in kinds for original in pile.copies), wrong)


def _are_twins(left: Report, right: Report) -> bool:
    """Whether they are one, or one is carried by the other in good part."""
    if left.id == right.id:
        return True
    ours, theirs = _runs(left.text), _runs(right.text)
    return len(ours & theirs) >= TWIN_SHARE * max(1, min(len(ours), len(theirs)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = fold_words(text)
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def _report(text: str) -> Report:
    report_id = _hash(text)
    return Report(id=report_id, page_id=report_id, text=text, body=(Block(0, len(text), "body"),))


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _recall(name: str, scores: Sequence[SpunScore], note: str = "") -> Figure:
    return Figure.share(name, [Share(int(is_found), 1) for one in scores for is_found in one.spun], note)


def _false(name: str, scores: Sequence[SpunScore]) -> Figure:
    """How many originals are called spun, and what from; a number, not a share."""
    counts: Counter[str] = sum((one.n_false for one in scores), Counter())
    n = sum(len(one.spun) for one in scores)
    note = ", ".join(f"{count} from {what}" for what, count in sorted(counts.items()))
    return Figure(name, float(counts.total()), n=n, note=note)
