"""Sentences with a parse for tests of what reads parses, kept in ``parses.tsv``: no weights are loaded.

A row is a word: form, upos, xpos, governor (-1 for the root), relation, name label, entity type; a blank line
ends a sentence, ``# `` begins its text, ``! `` an attribution in it (words of cue's head, source, cue, content).
A sentence that is missing is parsed and added when ``ATTESTED_WRITE_PARSES`` is set:
``ATTESTED_WRITE_PARSES=1 pytest tests/claims``; ``python tests/parsed.py`` parses all of them anew.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

from attested.reading.tokens import Reading, Said, Sentence, Token

TABLE = Path(__file__).with_name("parses.tsv")


def sentence(text: str, start: int = 0) -> Sentence:
    """The parsed sentence with its first character at offset ``start``."""
    found = reading(text, start).sentences
    assert len(found) == 1, f"{len(found)} sentences in {text!r}"
    return found[0]


def marked(text: str) -> tuple[Sentence, int]:
    """The parsed sentence and the index of the word in [[double brackets]]."""
    at = text.index("[[")
    found = sentence(text.replace("[[", "").replace("]]", ""))
    token = found.token_at(at)
    assert token is not None
    return found, token.i


def reading(text: str, start: int = 0) -> Reading:
    """The parsed text, shifted by ``start``; its sentences are those of the table."""
    if text not in _table():
        assert os.environ.get("ATTESTED_WRITE_PARSES"), f"no parse of {text!r} in {TABLE.name}"
        _add(text)
    return Reading(tuple(_shifted(row, start) for row in _table()[text]))


def _shifted(row: Sentence, by: int) -> Sentence:
    if not by:
        return row
    tokens = tuple(replace(t, start=t.start + by, end=t.end + by) for t in row.tokens)
    return Sentence(row.start + by, row.end + by, row.text, tokens, said=row.said)


@cache
def _table() -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    content = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    for block in content.split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines and lines[0].startswith("# "):
            text = lines[0][2:].replace("\\n", "\n")
            rows = found.setdefault(text, [])
            rows.append(_sentence(text, rows[-1].end if rows else 0, lines[1:]))
    return found


def _sentence(text: str, at: int, rows: list[str]) -> Sentence:
    tokens = []
    said = tuple(_said(row[2:].split("\t")) for row in rows if row.startswith("! "))
    for i, row in enumerate(row for row in rows if not row.startswith("! ")):
        form, upos, xpos, head, deprel, ner, entity = row.split("\t")
        at = text.index(form, at)
        tokens.append(Token(i, at, at + len(form), form, upos, xpos, int(head), deprel, ner, entity))
        at += len(form)
    first, last = tokens[0].start, tokens[-1].end
    return Sentence(first, last, text[first:last], tuple(tokens), said=said)


def _said(cells: list[str]) -> Said:
    head, *parts = (tuple(int(i) for i in cell.split(",") if i) for cell in cells)
    return Said(head[0], *parts)


def _add(*texts: str) -> None:
    from attested.reading.encoder import Reader

    reader = Reader()
    rows = []
    for text in texts:
        for found in reader.read(text, [(0, len(text))]).sentences:
            rows.append("# " + text.replace("\n", "\\n"))
            for one in found.said:
                parts = ((one.head,), one.source, one.cue, one.content)
                rows.append("! " + "\t".join(",".join(map(str, part)) for part in parts))
            for t in found.tokens:
                rows.append("\t".join((t.text, t.upos, t.xpos, str(t.head), t.deprel, t.ner, t.entity)))
            rows.append("")
    with TABLE.open("a", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    _table.cache_clear()


if __name__ == "__main__":
    known = list(_table())
    TABLE.unlink()
    _add(*known)
