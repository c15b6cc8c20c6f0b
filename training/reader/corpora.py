"""The gold sets whose licences let the weights ship (../shared/data/README.md), as examples."""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attested.evaluation.muc4_files import message_report, split_messages
from attested.text.abbreviations import abbreviations
from attested.text.sentences import split_sentences
from attested.text.words import tokenise
from reader.examples import UNKNOWN, WORLD_TYPES, Example

# A sentence by its text and its number in it.
Key = tuple[str, int]

# One in this many texts of ner_worldwide is kept out of training, chosen by the hash of its name.
WORLD_HELD_OUT = 5
# What an entity type of GUM is called among names; other types (object, event...) are left unknown.
_GUM_NAMES = {"person": "PER", "place": "LOC", "organization": "ORG"}
_RE3D_NAMES = {"Person": "PER", "Location": "LOC", "Organisation": "ORG", "Nationality": "MISC"}
# re3d: annotators' confidence in an entity, 0..1; those near 0 are rejected suggestions.
_RE3D_CONFIDENCE = 0.5
_RE3D_LEFT_OUT = "Delegation of the European Union to Syria"
_TITLES = frozenset(
    [
        "president",
        "prime",
        "minister",
        "foreign",
        "secretary",
        "state",
        "vice",
        "ambassador",
        "general",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
        "king",
        "prince",
        "sheikh",
        "senator",
        "colonel",
        "captain",
        "envoy",
        "special",
        "spokesman",
        "spokesperson",
        "deputy",
        "defence",
        "defense",
        "leader",
        "chief",
        "commander",
        "former",
        "under",
        "assistant",
        "director",
    ]
)
_FUNCTION_WORDS = abbreviations()["opener"] | {"us", "me", "him", "them", "be", "was", "were", "are"}
_INSIDE_NAME = frozenset(["of", "the", "al", "el", "and", "for", "de", "bin", "ibn", "abu", "-", "–"])


def read_conllu(path: Path, corpus: str) -> Iterator[tuple[str, Example, list[str]]]:
    """(sentence id, example, MISC column) of each sentence of a CoNLL-U file; ranges and empty nodes skipped."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        sentence = next((s[12:] for s in lines if s.startswith("# sent_id = ")), "")
        rows = [c for c in (s.split("\t") for s in lines if not s.startswith("#")) if c[0].isdigit()]
        if not rows:
            continue
        columns = list(zip(*rows, strict=True))
        example = Example(
            corpus,
            list(columns[1]),
            upos=list(columns[3]),
            xpos=list(columns[4]),
            heads=[int(h) for h in columns[6]],
            relations=list(columns[7]),
        )
        yield sentence, example, list(columns[9])


def read_names(path: Path) -> dict[str, list[str]]:
    """BIO labels by sentence id of a UNER file; OTH is MISC, the stray label O-as-a-type is outside."""
    found: dict[str, list[str]] = {}
    sentence = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id = "):
            sentence = line[12:]
            found[sentence] = []
        elif line[:1].isdigit():
            label = line.split("\t")[2]
            found[sentence].append("O" if label in ("B-O", "I-O") else label.replace("OTH", "MISC"))
    return found


def english_web(treebank: Path, names: Path) -> list[Example]:
    """UD EWT with UNER's names where the two have the same words."""
    labels = read_names(names)
    examples = []
    for sentence, example, _ in read_conllu(treebank, "ewt"):
        row = labels.get(sentence, [])
        if len(row) == len(example.words):
            example.names.extend(row)
        examples.append(example)
    return examples


_BRACKET = re.compile(r"\([^()]*\)?|\d+(?:\[\d+/\d+\])?\)")


def gum(path: Path) -> list[tuple[Key, Example]]:
    """UD GUM with the entity type of the (outermost) mention each word heads, and names where that is clear."""
    examples: list[tuple[Key, Example]] = []
    numbers: Counter[str] = Counter()
    for sentence, example, misc in read_conllu(path, "gum"):
        mentions = list(_mentions(misc))
        example.entities.extend(_headed(example, mentions))
        example.names.extend(_gum_names(example, mentions))
        text = f"gum/{sentence.rpartition('-')[0]}"
        examples.append(((text, numbers[text]), example))
        numbers[text] += 1
    return examples


def _mentions(misc: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first, last, type) of each mention in the MISC column's bracket notation."""
    still_open: list[tuple[str, int, str]] = []
    for i, cell in enumerate(misc):
        entity = next((part[7:] for part in cell.split("|") if part.startswith("Entity=")), "")
        for bracket in _BRACKET.findall(entity):
            if bracket.startswith("("):
                group, kind = bracket.strip("()").split("-")[:2]
                if bracket.endswith(")"):
                    yield i, i, kind
                else:
                    still_open.append((group, i, kind))
            elif opened := next((o for o in reversed(still_open) if o[0] == bracket[:-1]), None):
                still_open.remove(opened)
                yield opened[1], i, opened[2]


def _head_of(example: Example, first: int, last: int) -> int | None:
    """The word of a stretch whose governor lies outside it."""
    inside = range(first, last + 1)
    return next((i for i in inside if example.heads[i] - 1 not in inside), None)


def _headed(example: Example, mentions: list[tuple[int, int, str]]) -> list[str]:
    labels, widest = [""] * len(example.words), [-1] * len(example.words)
    for first, last, kind in mentions:
        head = _head_of(example, first, last)
        if head is not None and last - first > widest[head]:
            labels[head], widest[head] = kind, last - first
    return labels


def _gum_names(example: Example, mentions: list[tuple[int, int, str]]) -> list[str]:
    """BIO labels from mentions headed by a proper noun; other proper nouns are unknown."""
    labels = [UNKNOWN if tag == "PROPN" else "O" for tag in example.upos]
    # The widest last: a name within a name is part of it.
    for first, last, kind in sorted(mentions, key=lambda m: m[1] - m[0]):
        head = _head_of(example, first, last)
        if head is None or example.upos[head] != "PROPN" or kind not in _GUM_NAMES:
            continue
        a = b = head
        while a > first and _joins(example, a - 1):
            a -= 1
        while b < last and _joins(example, b + 1):
            b += 1
        labels[a] = f"B-{_GUM_NAMES[kind]}"
        labels[a + 1 : b + 1] = [f"I-{_GUM_NAMES[kind]}"] * (b - a)
    return labels


def _joins(example: Example, i: int) -> bool:
    """Whether a word belongs to the name beside it."""
    return example.upos[i] == "PROPN" and example.relations[i].split(":")[0] in ("flat", "compound")


def is_held_out(name: str) -> bool:
    """Whether a text is kept for measuring, by the SHA-1 of its name (of ECB+: with "ecb/" before it)."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % WORLD_HELD_OUT == 0


def worldwide(folder: Path, held_out: bool) -> list[tuple[Key, Example]]:
    """Sentences of the English worldwide newswire set, its words cut as ours are."""
    paths = sorted(p for p in folder.rglob("*.tsv") if is_held_out(p.name) == held_out)
    return [
        ((f"world/{path.name}", at), example)
        for path in paths
        for at, example in enumerate(_world_text(path))
    ]


def event_sentences(folder: Path) -> list[tuple[Key, Example]]:
    """Sentences of ECB+, words cut as ours are; nothing else is annotated on them here."""
    found = []
    for path in sorted(folder.rglob("*.xml")):
        for at, row in enumerate(_token_sentences(path)):
            words = [token[a:b] for token in row for a, b in tokenise(token)]
            found.append(((f"ecb/{path.name}", at), Example("ecb", words)))
    return found


def _world_text(path: Path) -> Iterator[Example]:
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        word, _, label = line.strip().partition("\t")
        if not word and words:
            yield Example("world", words, world=labels)
            words, labels = [], []
        if not word or not label:
            continue
        pieces = [word[a:b] for a, b in tokenise(word)] or [word]
        known = label == "O" or label[2:] in WORLD_TYPES
        inside = "O" if label == "O" else f"I-{label[2:]}"
        words += pieces
        labels += [label, *[inside] * (len(pieces) - 1)] if known else [UNKNOWN] * len(pieces)


def re3d(folder: Path) -> list[Example]:
    """Sentences on the war in Syria and Iraq; only what is clearly a name is labelled, the rest is unknown."""
    return [e for part in sorted(folder.iterdir()) if part.is_dir() for e in _re3d_part(part)]


def _re3d_part(part: Path) -> Iterator[Example]:
    if part.name == _RE3D_LEFT_OUT:
        return
    entities: dict[str, list[dict[str, object]]] = {}
    for row in _json_lines(part / "entities.json"):
        if float(str(row["confidence"])) >= _RE3D_CONFIDENCE and row["type"] in _RE3D_NAMES:
            entities.setdefault(str(row["documentId"]), []).append(row)
    for text_row in _json_lines(part / "documents.json"):
        text = str(text_row["text"])
        marks = [_trimmed_name(text, row) for row in entities.get(str(text_row["_id"]), [])]
        for start, end in split_sentences(text):
            offsets = tokenise(text, start, end)
            words = [text[a:b] for a, b in offsets]
            yield Example("re3d", words, names=_re3d_labels(words, offsets, marks))


def _json_lines(path: Path) -> Iterator[dict[str, object]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _trimmed_name(text: str, row: dict[str, object]) -> tuple[int, int, str]:
    """(start, end, type) without a leading article or title; type "" when it is not clearly a name."""
    start, end = int(str(row["begin"])), int(str(row["end"]))
    words = tokenise(text, start, end)
    while words and text[slice(*words[0])].lower() in _TITLES | {"the", "a", "an"}:
        words.pop(0)
    forms = [text[a:b] for a, b in words]
    is_name = bool(forms) and forms[0][0].isupper() and forms[-1][0].isupper()
    is_name = is_name and not (len(forms) == 1 and forms[0].lower() in _FUNCTION_WORDS)
    is_name = is_name and all(f[0].isupper() or f.lower() in _INSIDE_NAME for f in forms) and len(forms) <= 6
    if not is_name:
        return start, end, ""
    return words[0][0], words[-1][1], _RE3D_NAMES[str(row["type"])]


def _re3d_labels(
    words: list[str], offsets: list[tuple[int, int]], marks: list[tuple[int, int, str]]
) -> list[str]:
    labels = [UNKNOWN if w[0].isupper() and w.lower() not in _FUNCTION_WORDS else "O" for w in words]
    # The widest first, so that a name within a longer phrase has the last word.
    for start, end, kind in sorted(marks, key=lambda m: m[0] - m[1]):
        inside = [i for i, (a, b) in enumerate(offsets) if a >= start and b <= end]
        for k, i in enumerate(inside):
            labels[i] = (
                f"{'I' if k else 'B'}-{kind}" if kind else UNKNOWN if words[i][0].isupper() else labels[i]
            )
    return labels


def terror_reports(folder: Path) -> list[tuple[Key, Example]]:
    """Sentences of MUC-4's development messages, in capitals as they are; nothing is annotated on them here."""
    found = []
    for path in sorted(folder.rglob("dev-muc3-*")):
        for name, text in split_messages(path.read_text(encoding="latin-1")):
            report = message_report(name, text)
            spans = [s for b in report.body for s in split_sentences(report.text, b.start, b.end)]
            for at, (start, end) in enumerate(spans):
                words = [report.text[a:b] for a, b in tokenise(report.text, start, end)]
                found.append(((f"muc/{name}", at), Example("muc", words)))
    return found


def plain_sentences(data: Path) -> list[Example]:
    """Newswire without gold for our tasks (MUC-4, MEANTIME, ECB+): the sentence vectors learn from it."""
    texts = [
        *_muc_texts(data / "muc4" / "corpora"),
        *_token_texts(data / "meantime"),
        *_token_texts(data / "ecbplus"),
    ]
    found = {}
    for text in texts:
        for start, end in split_sentences(text):
            words = [text[a:b] for a, b in tokenise(text, start, end)]
            if len(words) >= 4:
                found.setdefault(" ".join(words), Example("plain", words))
    return [found[key] for key in sorted(found)]


def _muc_texts(folder: Path) -> Iterator[str]:
    for path in sorted(p for p in folder.rglob("*-muc[34]*") if not p.name.startswith("key")):
        for report in re.split(r"(?m)^(?:DEV|TST)\S*-MUC\S+.*$", path.read_text(encoding="latin-1")):
            # Wrapped at the margin, in capitals: a blank line is a paragraph, a single break is not.
            yield re.sub(r"(?<!\n)\n(?!\n)[ \t]*", " ", re.sub(r"\n[ \t]+(?=\S)", "\n\n", report))


def _token_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.xml")):
        yield "\n".join(" ".join(row) for row in _token_sentences(path))


def _token_sentences(path: Path) -> list[list[str]]:
    sentences: dict[int, list[str]] = {}
    for token in ET.parse(path).iter("token"):
        sentences.setdefault(int(token.get("sentence", "0")), []).append(token.text or "")
    return [sentences[number] for number in sorted(sentences)]
