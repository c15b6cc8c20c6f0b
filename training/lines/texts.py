"""Prose that may ship in weights: stories as paragraphs of sentences, and posts by readers.

Read from the gold folder's sets marked "ships: yes": GUM (CC BY genres), EWT, MUC-4, MEANTIME, RE3D (without
the EU delegation's folder) and ner_worldwide (weights only, credited). furniture_zyte is never read here.
"""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# EWT genres that read like a reader's post under a story.
_POST_GENRES = ("answers", "reviews", "email")
_NO_SPACE_BEFORE = re.compile(r" ([,.;:!?%)\]’”]|n't|'s|'re|'ve|'ll|'d|'m)(?=\W|$)")
_NO_SPACE_AFTER = re.compile(r"([(\[$“‘]) ")
_MUC_START = re.compile(r"^(?:DEV|TST\d)-MUC\d-\d{4}.*$", re.M)
_MUC_TAG = re.compile(r"\[(?:REPORT|TEXT|EDITORIAL REPORT|EXCERPTS?|COMMUNIQUE|ARTICLE)\] ?")
_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])")


@dataclass(frozen=True)
class Story:
    """A text of which sentences are kept apart, so that paragraphs can be cut anew."""

    sentences: tuple[str, ...]
    title: str = ""


def load_stories(gold: Path) -> list[Story]:
    """Every story of at least five sentences, in a fixed order."""
    cased = [*_conllu(gold / "ud_gum_ccby", ()), *_conllu(gold / "ud_ewt", _POST_GENRES)]
    cased += [*_meantime(gold / "meantime"), *_re3d(gold / "re3d"), *_worldwide(gold / "ner_worldwide")]
    stories = cased + list(_muc(gold / "muc4", _casing(cased)))
    return [story for story in stories if len(story.sentences) >= 5]


def load_posts(gold: Path) -> list[str]:
    """Readers' words: answers, reviews and mails of EWT, a few sentences each."""
    return [" ".join(story.sentences[:4]) for story in _conllu(gold / "ud_ewt", (), _POST_GENRES)]


def _conllu(folder: Path, without: tuple[str, ...], only: tuple[str, ...] = ()) -> Iterator[Story]:
    for path in sorted(folder.rglob("*.conllu")):
        for part in path.read_text(encoding="utf-8").split("# newdoc id = ")[1:]:
            genre = part.split("\n", 1)[0].removeprefix("GUM_").split("-")[0].split("_")[0]
            if genre in without or (only and genre not in only):
                continue
            yield Story(tuple(re.findall(r"^# text = (.+)$", part, re.M)))


def _meantime(folder: Path) -> Iterator[Story]:
    seen = set()
    for path in sorted(folder.rglob("*.xml")):
        if path.name in seen:
            continue
        seen.add(path.name)
        sentences: dict[int, list[str]] = defaultdict(list)
        for token in ET.parse(path).getroot().iter("token"):
            sentences[int(token.get("sentence", "0"))].append(token.text or "")
        texts = [_joined(words) for _, words in sorted(sentences.items())]
        yield Story(tuple(texts[2:]), texts[0] if texts else "")


def _re3d(folder: Path) -> Iterator[Story]:
    for path in sorted(folder.rglob("documents.json")):
        if "European Union" in path.parent.name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                record = json.loads(line)
                yield Story(tuple(_split(record["text"])), record.get("title") or "")


def _worldwide(folder: Path) -> Iterator[Story]:
    for path in sorted(folder.glob("*.tsv")):
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        sentences = [_joined([row.split("\t")[0] for row in block.splitlines() if row]) for block in blocks]
        yield Story(tuple(text for text in sentences if len(text.split()) > 4 and text[-1] in '.!?"”'))


def _muc(folder: Path, casing: dict[str, str]) -> Iterator[Story]:
    for path in sorted((folder / "corpora").rglob("*muc*")):
        for part in _MUC_START.split(path.read_text(encoding="latin-1"))[1:]:
            text = _MUC_TAG.sub("", re.sub(r"\s+", " ", part)).strip()
            yield Story(tuple(_recased(sentence, casing) for sentence in _split(text)))


def _casing(stories: list[Story]) -> dict[str, str]:
    """Lower-case word -> its commonest written form inside sentences."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for story in stories:
        for sentence in story.sentences:
            for word in sentence.split()[1:]:
                forms[word.lower()][word] += 1
    return {word: counts.most_common(1)[0][0] for word, counts in forms.items()}


def _recased(sentence: str, casing: dict[str, str]) -> str:
    words = [casing.get(word.lower(), word.capitalize()) for word in sentence.split()]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _joined(words: list[str]) -> str:
    text = _NO_SPACE_BEFORE.sub(r"\1", " ".join(words))
    quotes = 0
    parts = []
    for piece in re.split(r'( ?" ?)', _NO_SPACE_AFTER.sub(r"\1", text)):
        if piece.strip() == '"':
            parts.append(' "' if quotes % 2 == 0 else '" ')
            quotes += 1
        else:
            parts.append(piece)
    return re.sub(r" ([,.;])", r"\1", "".join(parts)).strip()


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def headline_of(story: Story, rng: random.Random) -> str:
    """The story's title, or one made of its first sentence's head, in a headline's case."""
    title = story.title or _clause(story.sentences[0], rng)
    style = rng.random()
    if style < 0.5:
        return " ".join(word[:1].upper() + word[1:] if len(word) > 3 else word for word in title.split())
    return title.upper() if style > 0.97 else title


def _clause(sentence: str, rng: random.Random) -> str:
    words = re.sub(r"^[A-Z ,]+ \(?[A-Z]*\)? ?(?:--|—) ", "", sentence).rstrip('.!?"”').split()
    return " ".join(words[: rng.randint(6, 13)]).rstrip(",;: ")
