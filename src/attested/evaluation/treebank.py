"""UD English Web Treebank: tags and parse on gold words, then words and sentences from raw text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Share, Tally, match_spans
from attested.reading.encoder import Reader
from attested.reading.tokens import Sentence
from attested.text.sentences import split_sentences
from attested.text.words import tokenise

PATTERN = "*ewt*.conllu"


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence of a treebank: its raw text, its words and their columns; ``begins`` a paragraph or not."""

    text: str
    words: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    begins: bool


def evaluate(folder: Path) -> Figures:
    """Figures on every EWT file below ``folder`` but a training split. Raises InputError if there is none."""
    paths = find_gold(folder, PATTERN)
    gold = [sentence for path in paths for sentence in read_treebank(path)]
    read = Reader().read_words([sentence.words for sentence in gold])
    figures = [
        Figure.share("UPOS", [_agreeing(g.upos, [t.upos for t in s.tokens]) for g, s in _both(gold, read)]),
        Figure.share("LAS", [_agreeing(_arcs(g), _found_arcs(s)) for g, s in _both(gold, read)]),
        Figure.share("UAS", [_agreeing(g.heads, [t.head for t in s.tokens]) for g, s in _both(gold, read)]),
        Figure.share("XPOS", [_agreeing(g.xpos, [t.xpos for t in s.tokens]) for g, s in _both(gold, read)]),
        Figure.f1("words", [word_tally(sentence) for sentence in gold], "from raw text, sentences given"),
        Figure.f1("sentences", [sentence_tally(p) for p in _paragraphs(gold)], "from raw paragraphs"),
    ]
    return Figures("ud_ewt", tuple(figures), tuple(path.name for path in paths))


def read_treebank(path: Path) -> Iterator[GoldSentence]:
    """Sentences of a CoNLL-U file; heads counted from 0, -1 for the root; ranges and empty nodes left out."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        rows = [c for c in (s.split("\t") for s in lines if not s.startswith("#")) if c[0].isdigit()]
        if not rows:
            continue
        columns = [tuple(column) for column in zip(*rows, strict=True)]
        text = next((s[9:] for s in lines if s.startswith("# text = ")), " ".join(columns[1]))
        begins = any(s.startswith(("# newpar", "# newdoc")) for s in lines)
        heads = tuple(int(head) - 1 for head in columns[6])
        yield GoldSentence(text, columns[1], columns[3], columns[4], heads, columns[7], begins)


def word_tally(gold: GoldSentence) -> Tally:
    """Words found in the sentence's raw text against the treebank's own."""
    return match_spans(_gold_spans(gold), tokenise(gold.text))


def sentence_tally(paragraph: list[GoldSentence]) -> Tally:
    """Sentences found in a paragraph (its sentences joined by blanks) against the treebank's own."""
    text = " ".join(sentence.text for sentence in paragraph)
    spans, start = [], 0
    for sentence in paragraph:
        spans.append((start, start + len(sentence.text)))
        start += len(sentence.text) + 1
    return match_spans(spans, split_sentences(text))


def _gold_spans(gold: GoldSentence) -> list[tuple[int, int]]:
    spans, start = [], 0
    for word in gold.words:
        start = max(start, gold.text.find(word, start))
        spans.append((start, start + len(word)))
        start += len(word)
    return spans


def _paragraphs(gold: list[GoldSentence]) -> list[list[GoldSentence]]:
    paragraphs: list[list[GoldSentence]] = []
    for sentence in gold:
        if sentence.begins or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def _both(gold: list[GoldSentence], read: list[Sentence]) -> Iterator[tuple[GoldSentence, Sentence]]:
    return zip(gold, read, strict=True)


def _arcs(gold: GoldSentence) -> list[tuple[int, str]]:
    return list(zip(gold.heads, gold.relations, strict=True))


def _found_arcs(sentence: Sentence) -> list[tuple[int, str]]:
    return [(token.head, token.deprel) for token in sentence.tokens]


def _agreeing(gold: Sequence[object], found: Sequence[object]) -> Share:
    return Share(sum(a == b for a, b in zip(gold, found, strict=True)), len(gold))
