"""The trained reader: text -> tokens, tags, parse, names, mention heads, who says what, vectors, in one pass.

Multi-task MiniLM (Wang et al. 2020) with a biaffine parser (Dozat & Manning 2017); docs/model-card.md tells
data, licences, figures and limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attested.reading.network import Analysis, Network
from attested.reading.stretches import Stretch, batched, cut_stretches
from attested.reading.subwords import Subwords
from attested.reading.tokens import Reading, Said, Sentence, Token
from attested.text.sentences import split_sentences
from attested.text.words import tokenise

WEIGHTS = Path(__file__).parent / "weights"
TOKENIZER = "tokenizer.json"
# How the later parts of a sentence too long to read at once hang on its first part (UD: side by side).
_SIDE_BY_SIDE = "parataxis"

Block = tuple[int, int]
_Parts = list[tuple[Stretch, Analysis]]


class Reader:
    """Reads with the shipped weights, or with those in the folder ``weights``; loaded at the first reading.

    ``batch_subwords`` bounds one run of the encoder (padding counted), ``n_threads`` its threads. May be sent
    to another process, which loads its own.
    """

    def __init__(
        self, weights: Path | None = None, *, batch_subwords: int = 1600, n_threads: int = 1
    ) -> None:
        self._folder = weights or WEIGHTS
        self._batch_subwords = batch_subwords
        self._n_threads = n_threads

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if not k.startswith("_loaded")}

    @cached_property
    def _loaded_network(self) -> Network:
        return Network(self._folder, self._n_threads)

    @cached_property
    def _loaded_subwords(self) -> Subwords:
        return Subwords(self._folder / TOKENIZER)

    @property
    def version(self) -> str:
        """The version that the weights give themselves. Raises DataError if they cannot be read."""
        return self._loaded_network.version

    def read(self, text: str, blocks: Sequence[Block], *, max_sentences: int = 400) -> Reading:
        """The reading of the stretches ``blocks`` of ``text``: at most ``max_sentences`` sentences, in order.

        Offsets are into ``text``. Raises DataError if the weights are missing or not in our format.
        """
        spans = [span for start, end in blocks for span in split_sentences(text, start, end)][:max_sentences]
        words = [tokenise(text, start, end) for start, end in spans]
        parts = self._analysed([[text[a:b] for a, b in row] for row in words])
        return Reading(
            tuple(
                Sentence(start, end, text[start:end], *_joined(text, row, found))
                for (start, end), row, found in zip(spans, words, parts, strict=True)
            )
        )

    def read_many(
        self, pages: Sequence[tuple[str, Sequence[Block]]], *, max_sentences: int = 400
    ) -> list[Reading]:
        """One reading for each (text, blocks), in order.

        A page makes its own batches: int8 activations are scaled over a batch, so a page that shared one
        would be read a little differently beside other neighbours.
        """
        return [self.read(text, blocks, max_sentences=max_sentences) for text, blocks in pages]

    def read_words(self, sentences: Sequence[Sequence[str]]) -> list[Sentence]:
        """Readings of sentences given as words (a treebank's), with offsets as if joined by blanks."""
        return [
            Sentence(0, len(text), text, *_joined(text, _offsets(words), found))
            for words, text, found in zip(
                sentences, map(" ".join, sentences), self._analysed(sentences), strict=True
            )
        ]

    def _analysed(self, sentences: Sequence[Sequence[str]]) -> list[_Parts]:
        """The parts of each sentence with what the network says of them, in the order of the text."""
        stretches = cut_stretches(sentences, self._loaded_subwords.encode(sentences))
        parts: list[_Parts] = [[] for _ in sentences]
        for batch in batched(stretches, self._batch_subwords):
            for stretch, analysis in zip(batch, self._loaded_network.analyse(batch), strict=True):
                parts[stretch.sentence].append((stretch, analysis))
        return [sorted(found, key=lambda part: part[0].first_word) for found in parts]


def _offsets(words: Sequence[str]) -> list[Block]:
    """Offsets of words joined by single blanks."""
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    return [(int(end) - len(word), int(end)) for word, end in zip(words, ends, strict=True)]


def _joined(
    text: str, words: Sequence[Block], parts: _Parts
) -> tuple[tuple[Token, ...], Any, tuple[Said, ...]]:
    """Tokens, vector and attributions of a sentence; roots of later parts hang on the root of the first."""
    tokens: list[Token] = []
    root = -1
    for stretch, found in parts:
        here = stretch.first_word
        for k in range(stretch.n_words):
            head, relation = found.heads[k], found.relations[k]
            if head >= 0:
                head += here
            elif root < 0:
                root = here + k
            else:
                head, relation = root, _SIDE_BY_SIDE
            tokens.append(_token(text, words[here + k], here + k, head, relation, found, k))
    said = tuple(one.moved(stretch.first_word) for stretch, found in parts for one in found.said)
    return tuple(tokens), _mean_vector(parts), said


def _token(text: str, word: Block, i: int, head: int, relation: str, found: Analysis, k: int) -> Token:
    start, end = word
    return Token(
        i,
        start,
        end,
        text[start:end],
        found.upos[k],
        found.xpos[k],
        head,
        relation,
        found.ner[k],
        found.entities[k],
    )


def _mean_vector(parts: _Parts) -> NDArray[np.float32] | None:
    """The parts' vectors averaged by their number of words, at length 1."""
    if len(parts) == 1:
        return parts[0][1].vector
    if not parts:
        return None
    weighted = np.sum([part.vector * stretch.n_words for stretch, part in parts], axis=0)
    return np.asarray(weighted / np.linalg.norm(weighted), dtype=np.float32)
