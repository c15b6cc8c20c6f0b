"""A spinner of our own: machine-spun copies of known reports, to measure by how many of them are found."""

from __future__ import annotations

import os
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from attested.errors import InputError
from attested.lineage.stopwords import stopwords
from attested.text.folding import WORD, fold_word
from attested.text.numbers import number_words
from attested.text.quotemarks import find_quoted
from attested.text.sentences import split_sentences

WORDNET = Path("/usr/share/wordnet")
"""Where Debian's package wordnet-base (WordNet 3.0, the WordNet licence) puts its files."""
WORDNET_VARIABLE = "WNSEARCHDIR"
"""The variable by which WordNet's own programs are told of another place."""
MAX_SENSES = 2
"""Senses of a word whose synonyms are taken, commonest first: what later ones offer is seldom what was meant."""
CUT_SHARE = 0.1
"""Share of sentences left out; spun pages are shortened a little."""
REORDER_SHARE = 0.1
"""Share of sentences that change places with the next one."""
INSERT_SHARE = 0.1
"""Share of sentences that get a word put in, as a spun page has "has actually been" in one of ten or so."""
INSERTED = ("actually", "really", "certainly", "basically", "definitely", "also", "already", "currently")
MIN_LETTERS = 3
"""Of a word that is replaced; shorter ones are abbreviations and particles."""

_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_TYPES = {
    "1": "n",
    "2": "v",
    "3": "a",
    "4": "r",
    "5": "a",
}  # a sense key's numbers; 5 is a satellite adjective
# Endings and what stands in their place in the base form (morphy(7) of WordNet), by part of speech and form.
_ENDINGS: tuple[tuple[str, str, str, str], ...] = (
    *(("n", "s", a, b) for a, b in (("s", ""), ("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))),
    *(("n", "s", a, b) for a, b in (("zes", "z"), ("ies", "y"))),
    *(("v", "s", a, b) for a, b in (("s", ""), ("ies", "y"), ("es", "e"), ("es", ""))),
    *(("v", "ed", a, b) for a, b in (("ed", "e"), ("ed", ""), ("ied", "y"))),
    *(("v", "ing", a, b) for a, b in (("ing", "e"), ("ing", ""))),
)
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)?")
_AUXILIARY = re.compile(r"\b(?:has|have|had|is|are|was|were|will|would)(?= [a-z]{4,}\b)")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)\Z")
_CONSONANT_Y = re.compile(r"[^aeiou]y\Z")


@dataclass(frozen=True, slots=True)
class SpinOptions:
    """What the spinner does: the share of the narration's words that it replaces, and three further habits."""

    share: float
    inserts: bool = True
    cuts: bool = True
    reorders: bool = True
    seed: str = "attested"


@dataclass(frozen=True, slots=True)
class SpunText:
    """A spun copy, and the share of its narrated words that were really replaced."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Synonyms by base form and part of speech, how often each is used, and irregular forms."""

    synonyms: Mapping[tuple[str, str], tuple[str, ...]]
    uses: Mapping[tuple[str, str], int]
    base_of: Mapping[tuple[str, str], str]
    forms_of: Mapping[tuple[str, str], tuple[str, ...]]

    def find(self, word: str) -> tuple[str, ...]:
        """Return what may stand in the place of a word in lower case, in the same form; often nothing."""
        readings = [one for one in self._readings(word) if one[:2] in self.synonyms]
        if not readings:
            return ()
        base, kind, form = max(readings, key=lambda one: (self.uses.get(one[:2], 0), one))
        return tuple(self._inflected(synonym, kind, form) for synonym in self.synonyms[base, kind])

    def _readings(self, word: str) -> Iterator[tuple[str, str, str]]:
        """The base forms that a word may be of, with part of speech and form."""
        yield from ((word, kind, "") for kind in _FILES)
        for kind in "nv":
            if (base := self.base_of.get((word, kind))) is not None:
                yield base, kind, "s" if kind == "n" else _form(word)
        for kind, form, ending, instead in _ENDINGS:
            if word.endswith(ending):
                yield word.removesuffix(ending) + instead, kind, form

    def _inflected(self, synonym: str, kind: str, form: str) -> str:
        """A verb's first word and a noun's last one take the form."""
        if not form:
            return synonym
        words = synonym.split()
        at = 0 if kind == "v" else -1
        irregular = [f for f in self.forms_of.get((words[at], kind), ()) if kind == "n" or _form(f) == form]
        words[at] = (
            min(irregular, key=lambda f: (f.endswith("n"), f)) if irregular else _with(words[at], form)
        )
        return " ".join(words)


@dataclass(slots=True)
class _Piece:
    """A sentence, or several that one quotation spans, with where its words stand and which may be replaced."""

    text: str
    n_narrated: int = 0
    free: list[tuple[int, int]] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)


@cache
def load_thesaurus(folder: Path | None = None) -> Thesaurus:
    """Return WordNet's synonyms from ``folder``, else from $WNSEARCHDIR, else from where Debian puts them.

    Raises InputError that says what to install if the files are not there.
    """
    place = folder or Path(os.environ.get(WORDNET_VARIABLE) or WORDNET)
    if not (place / "index.verb").is_file():
        raise InputError(
            f"{place}: no WordNet here, and the spinner needs it; type apt-get install wordnet-base, "
            f"or set {WORDNET_VARIABLE} to the folder that holds index.verb"
        )
    base_of = {(form, kind): base for kind in "nv" for form, base in _exceptions(place, kind)}
    forms_of: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (form, kind), base in sorted(base_of.items()):
        forms_of[base, kind].append(form)
    synonyms = {
        (base, kind): words for kind in _FILES for base, words in _entries(place, kind, _members(place, kind))
    }
    return Thesaurus(synonyms, _uses(place), base_of, {key: tuple(forms) for key, forms in forms_of.items()})


def spin(text: str, options: SpinOptions, thesaurus: Thesaurus, name: str = "") -> SpunText:
    """Return a spun copy of ``text``: the same one for the same text, options and name.

    Words outside quotations are replaced by synonyms, one word by the same one throughout; names, numbers and
    stop-words stay.
    """
    draw = random.Random(f"{options.seed}:{options.share}:{name}")
    pieces, gaps = _pieces(text, thesaurus)
    if options.cuts:
        kept = [i for i in range(len(pieces)) if i == 0 or draw.random() >= CUT_SHARE]
        pieces, gaps = [pieces[i] for i in kept], [gaps[i] for i in kept]
    if options.reorders:
        _reorder(pieces, draw)
    share = _replace(pieces, options.share, thesaurus, draw)
    if options.inserts:
        for piece in pieces:
            _insert(piece, draw)
    return SpunText("".join(p.text + gap for p, gap in zip(pieces, gaps, strict=True)).strip(), share)


def count_narrated(text: str) -> int:
    """Return how many words of a text stand outside quotations."""
    quoted = sum(1 for span in find_quoted(text, 0, len(text)) for _ in WORD.finditer(span.text))
    return sum(1 for _ in WORD.finditer(text)) - quoted


def _pieces(text: str, thesaurus: Thesaurus) -> tuple[list[_Piece], list[str]]:
    """The text's pieces and what stands after each of them."""
    quoted = [(span.start, span.end) for span in find_quoted(text, 0, len(text))]
    spans = _joined(split_sentences(text), quoted)
    starts = {start for start, _ in split_sentences(text)}
    names = _names(text, starts)
    pieces = [_piece(text, span, quoted, starts, names, thesaurus) for span in spans]
    ends = [start for start, _ in spans[1:]] + [len(text)]
    return pieces, [text[end:following] for (_, end), following in zip(spans, ends, strict=True)]


def _joined(sentences: Iterable[tuple[int, int]], quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences, those that stand in one quotation made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences:
        if joined and any(first < joined[-1][1] and start < last for first, last in quoted):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _names(text: str, starts: set[int]) -> frozenset[str]:
    """Words that are capitalised inside a sentence, folded: at its start they are names too."""
    found = WORD.finditer(text)
    return frozenset(
        fold_word(m.group()) for m in found if m.group()[0].isupper() and m.start() not in starts
    )


def _piece(
    text: str,
    span: tuple[int, int],
    quoted: Sequence[tuple[int, int]],
    starts: set[int],
    names: frozenset[str],
    thesaurus: Thesaurus,
) -> _Piece:
    piece = _Piece(text[slice(*span)])
    inside = [(first, last) for first, last in quoted if first < span[1] and span[0] < last]
    for match in WORD.finditer(text, *span):
        if any(first <= match.start() < last for first, last in inside):
            continue
        piece.n_narrated += 1
        at = match.start() - span[0], match.end() - span[0]
        if _may_change(match.group(), names, is_first=match.start() in starts) and thesaurus.find(
            match.group().lower()
        ):
            piece.free.append(at)
        if _AUXILIARY.match(text, match.start()):
            piece.slots.append(at[1])
    return piece


def _may_change(word: str, names: frozenset[str], *, is_first: bool) -> bool:
    lower = word.lower()
    if (
        len(word) < MIN_LETTERS
        or not _PLAIN.fullmatch(lower)
        or lower in stopwords()
        or lower in number_words()
    ):
        return False
    return word == lower or (is_first and word == lower.capitalize() and lower not in names)


def _reorder(pieces: list[_Piece], draw: random.Random) -> None:
    at = 1  # the first sentence says what happened and stays
    while at + 1 < len(pieces):
        if draw.random() < REORDER_SHARE:
            pieces[at], pieces[at + 1] = pieces[at + 1], pieces[at]
            at += 1
        at += 1


def _replace(pieces: Sequence[_Piece], share: float, thesaurus: Thesaurus, draw: random.Random) -> float:
    """Replace that share of the narrated words, or all that can be; return the share reached."""
    free = [(i, place) for i, piece in enumerate(pieces) for place in piece.free]
    n_narrated = sum(piece.n_narrated for piece in pieces)
    chosen = draw.sample(free, min(len(free), round(share * n_narrated)))
    instead: dict[str, str] = {}
    # From the last to the first, so that the places of those before stay right.
    for i, (start, end) in sorted(chosen, reverse=True):
        piece = pieces[i]
        word = piece.text[start:end]
        lower = word.lower()
        if lower not in instead:
            instead[lower] = draw.choice(thesaurus.find(lower))
        new = instead[lower] if word == lower else instead[lower].capitalize()
        piece.text = piece.text[:start] + new + piece.text[end:]
        piece.slots = [slot + len(new) - len(word) if slot > start else slot for slot in piece.slots]
    return len(chosen) / n_narrated if n_narrated else 0.0


def _insert(piece: _Piece, draw: random.Random) -> None:
    if draw.random() < INSERT_SHARE and piece.slots:
        at = draw.choice(piece.slots)
        piece.text = f"{piece.text[:at]} {draw.choice(INSERTED)}{piece.text[at:]}"


def _lines(place: Path, name: str) -> Iterator[str]:
    with (place / name).open(encoding="latin-1") as file:
        yield from (line for line in file if not line.startswith("  "))  # two spaces: the licence's text


def _exceptions(place: Path, kind: str) -> Iterator[tuple[str, str]]:
    for line in _lines(place, f"{_FILES[kind]}.exc"):
        form, base, *_ = line.split()
        if form != base:
            yield form, base


def _members(place: Path, kind: str) -> dict[str, tuple[str, ...]]:
    """The words of each synset, by its offset, as they are written in plain text."""
    found = {}
    for line in _lines(place, f"data.{_FILES[kind]}"):
        offset, _, _, count, *rest = line.split(" ")
        words = (word.partition("(")[0].replace("_", " ") for word in rest[: 2 * int(count, 16) : 2])
        found[offset] = tuple(word for word in words if _PLAIN.fullmatch(word))
    return found


def _entries(
    place: Path, kind: str, members: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each single word with what else stands in its commonest senses."""
    for line in _lines(place, f"index.{_FILES[kind]}"):
        word, _, n_senses, *rest = line.split()
        offsets = rest[-int(n_senses) :][:MAX_SENSES]
        synonyms = dict.fromkeys(other for offset in offsets for other in members[offset] if other != word)
        if synonyms and _PLAIN.fullmatch(word):
            yield word, tuple(synonyms)


def _uses(place: Path) -> dict[tuple[str, str], int]:
    """How often each word stands in WordNet's own tagged texts, by part of speech."""
    uses: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in _lines(place, "cntlist.rev"):
        key, _, count = line.split()
        word, _, sense = key.partition("%")
        uses[word, _TYPES[sense[0]]] += int(count)
    return dict(uses)


def _form(verb: str) -> str:
    """Which form an irregular form of a verb is; a participle counts as a past form."""
    return "ing" if verb.endswith("ing") else "s" if verb.endswith("s") else "ed"


def _with(word: str, form: str) -> str:
    """The regular form of a base form."""
    if form == "s":
        return _CONSONANT_Y.sub(lambda m: f"{m.group()[0]}ie", word) + (
            "es" if _SIBILANT.search(word) else "s"
        )
    if form == "ed":
        return _CONSONANT_Y.sub(lambda m: f"{m.group()[0]}ie", word).removesuffix("e") + "ed"
    return (word[:-1] if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) else word) + "ing"
