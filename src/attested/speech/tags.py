"""Speech tags told by their surface: "..., the army said on Monday." and "...," said a nurse.

News prose puts them between marks in a handful of shapes, which is surer than a parse of a long sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from attested.reading.tokens import Sentence, Token

# Words of a speaker in a tag ("a senior official of the interior ministry"), and after the verb ("on Monday").
_MAX_SPEAKER = 14
_MAX_TAIL = 8
_MARKS = frozenset({",", '"', "”", "’", "'", "''", "?", "!", "—", "–", "»"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "PART", "ADP", "CCONJ", "SYM", "X"})
_BETWEEN = frozenset({"AUX", "ADV"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_COMPARING = frozenset({"than", "as"})
_DASHES = frozenset({"—", "–", "-", "--"})
# A dateline ends within so many words: "PORT-AU-PRINCE, Haiti (AP) —".
_MAX_DATELINE = 14


@dataclass(frozen=True, slots=True)
class Tag:
    """A speech tag: its speaker's head word and words, and the words it reports, as token indexes."""

    head: int
    first: int
    last: int
    content: frozenset[int]


def find_tag(sentence: Sentence, verb: Token, *, has_listener: bool = False) -> Tag | None:
    """The tag that a verb of speech stands in, or None if it stands in none.

    ``has_listener`` is for verbs like "tell": what follows them may be who heard it.
    """
    return _after_speaker(sentence, verb) or _before_speaker(sentence, verb, has_listener=has_listener)


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


def _after_speaker(sentence: Sentence, verb: Token) -> Tag | None:
    """ "..., SPEAKER said TAIL" with a mark before the speaker and a mark or the end after the tail."""
    tokens = sentence.tokens
    first, last = _phrase_before(sentence, verb)
    if first > last or first == 0 or tokens[first - 1].text not in _MARKS:
        return None
    if any(t.lower in _COMPARING for t in tokens[first : last + 1]):
        return None  # "..., more than the police have acknowledged, ..." compares; the police do not say it
    end = _tail_end(sentence, verb.i)
    if end is None:
        return None
    return _tag(sentence, first, last, min(first, verb.i), end)


def _before_speaker(sentence: Sentence, verb: Token, *, has_listener: bool) -> Tag | None:
    """ "...," said SPEAKER: a mark right before the verb."""
    tokens = sentence.tokens
    if verb.i < 2 or tokens[verb.i - 1].text not in _MARKS:
        return None
    if has_listener and any(t.i < verb.i for t in sentence.dependents(verb.i, "nsubj")):
        return None  # "Juan Diaz, a doctor, told reporters"
    first = last = verb.i + 1
    while last < len(tokens) and last - first < _MAX_SPEAKER and _in_speaker(sentence, last):
        last += 1
    if last == first or (last < len(tokens) and tokens[last].upos not in {"PUNCT", "VERB", "SCONJ"}):
        return None
    if tokens[first].upos in {"ADP", "PART", "CCONJ"}:
        return None
    return _tag(sentence, first, last - 1, verb.i, len(tokens))


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


def _tail_end(sentence: Sentence, verb: int) -> int | None:
    """Where the words after the verb end, if no clause follows before the next mark."""
    tokens = sentence.tokens
    depth = 0
    for i in range(verb + 1, min(len(tokens), verb + _MAX_TAIL + 2)):
        token = tokens[i]
        depth += (token.text == "(") - (token.text == ")")
        if token.upos in {"VERB", "AUX", "SCONJ"} or token.text == ":":
            return None
        if token.upos == "PUNCT" and depth == 0 and token.text not in {"(", ")", "-"}:
            return i
    return len(tokens) if len(tokens) <= verb + _MAX_TAIL + 2 else None


def _tag(sentence: Sentence, first: int, last: int, start: int, end: int) -> Tag | None:
    """The tag over tokens ``start``..``end``: what stands before it is said, or around it if that is no clause."""
    tokens = sentence.tokens
    head = _head_of(sentence, first, last)
    bad = (
        tokens[last].upos == "CCONJ"
        or tokens[first].lower in _RELATIVE
        or _in_open_quotation(sentence, start)
    )
    if bad:
        return None
    begin = dateline_end(sentence)
    before = [i for i in range(begin, start) if not first <= i <= last]
    if not any(tokens[i].upos in {"VERB", "AUX"} for i in before):
        before += range(end, len(tokens))
    is_clause = any(tokens[i].upos in {"VERB", "AUX"} for i in before)
    quoted = start > 0 and tokens[start - 1].text in _MARKS - {",", "—", "–"}
    if head is None or not (is_clause or quoted) or len(before) < 2:
        return None
    return Tag(head, first, last, frozenset(before))


def _in_open_quotation(sentence: Sentence, start: int) -> bool:
    """Whether a quotation that the sentence opened is still open before a token: its words are no tag of ours."""
    before = [t.text for t in sentence.tokens[:start]]
    if before and before[-1] in _MARKS - {",", "—", "–"}:
        return False
    curly = before.count("“") - before.count("”")
    doubled = before.count("``") - before.count("''") if "``" in before else 0
    return curly > 0 or doubled > 0


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
