"""What stands at the head of a sentence, told by its surface: a dateline, and the phrase right before a verb."""

from __future__ import annotations

from attested.reading.tokens import Sentence, Token

# Words of a speaker ("a senior official of the interior ministry").
_MAX_SPEAKER = 14
_MARKS = frozenset({",", '"', "”", "’", "'", "''", "?", "!", "—", "–", "»"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "PART", "ADP", "CCONJ", "SYM", "X"})
_BETWEEN = frozenset({"AUX", "ADV"})
_DASHES = frozenset({"—", "–", "-", "--"})
# A dateline ends within so many words: "PORT-AU-PRINCE, Haiti (AP) —".
_MAX_DATELINE = 14


def dateline_end(sentence: Sentence) -> int:
    """How many tokens at the sentence's start are a dateline ("KANO, Nigeria (AP) —"); 0 for none."""
    tokens = sentence.tokens[:_MAX_DATELINE]
    dash = next((t.i for t in tokens if t.text in _DASHES), 0)
    if dash == 0 or any(t.upos in {"VERB", "AUX", "PRON"} for t in tokens[:dash]):
        return 0
    spaced = tokens[dash - 1].end < tokens[dash].start
    shouted = tokens[0].text.isupper() and len(tokens[0].text) > 1
    return dash + 1 if spaced and (shouted or tokens[dash - 1].text == ")") else 0


def speaker_before(sentence: Sentence, verb: Token) -> int | None:
    """The head of the noun phrase right before a verb, if that phrase begins the sentence or follows a mark."""
    first, last = _phrase_before(sentence, verb)
    opens = first == 0 or sentence.tokens[first - 1].text in _MARKS or first == dateline_end(sentence)
    return _head_of(sentence, first, last) if first <= last and opens else None


def _phrase_before(sentence: Sentence, verb: Token) -> tuple[int, int]:
    """First and last token of the noun phrase right before a verb (last < first when there is none)."""
    last = verb.i - 1
    while last > 0 and sentence.tokens[last].upos in _BETWEEN:
        last -= 1
    first = last + 1
    while first > 0 and last - first + 1 < _MAX_SPEAKER and _in_speaker(sentence, first - 1):
        first -= 1
    return first, last


def _in_speaker(sentence: Sentence, i: int) -> bool:
    """Whether a token may be a word of a speaker's noun phrase."""
    token = sentence.tokens[i]
    inside = token.text in {"-", "(", ")", "/", "."} or (
        token.text in {"'s", "’s", "'", "’"} and token.upos == "PART"
    )
    if token.upos == "PUNCT" and inside:
        return 0 < i < len(sentence.tokens) - 1
    participle = token.upos == "VERB" and token.deprel in {"amod", "compound"}
    return inside or participle or (token.upos in _NOMINAL and token.text not in _MARKS)


def _head_of(sentence: Sentence, first: int, last: int) -> int | None:
    """The head word of a noun phrase: the last noun before its first preposition or bracket."""
    head = None
    for i in range(first, last + 1):
        token = sentence.tokens[i]
        if head is not None and (token.upos in {"ADP", "CCONJ"} or token.text == "("):
            break
        if token.upos in {"NOUN", "PROPN", "PRON"}:
            head = i
        if token.ner == "B-PER":
            return i
    return head
