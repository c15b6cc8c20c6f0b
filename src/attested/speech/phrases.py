"""Attributions told by a mark alone (a headline's colon, a signed quotation); and whose a noun of speech is."""

from __future__ import annotations

from collections.abc import Sequence

from attested.model import Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.found import Found, content_spans
from attested.speech.subjects import agent, can_speak, is_passive, speaker_of

_DASHES = frozenset({"—", "–", "―", "--"})
_CLOSE_MARKS = frozenset({'"', "”", "''", "»"})
# A speaker in a headline is a few words: "senior US diplomat".
_MAX_HEADLINE_SPEAKER = 6
_MAX_TRANSCRIPT_NAME = 4  # words before the colon of a transcript or a headline


def light_verb(sentence: Sentence, noun: Token) -> Token | None:
    """The verb that only carries the noun: "issued" in "issued a warning"."""
    if noun.head < 0 or base(noun.deprel) not in {"obj", "nsubj"}:
        return None
    table = reporting_table()
    verb = sentence.tokens[noun.head]
    return verb if table.lemma_in(verb.lower, table.light) and noun.deprel in {"obj", "nsubj:pass"} else None


def noun_source(sentence: Sentence, noun: Token) -> int | None:
    """Whose claim it is: its possessor, "by" or "from" whom, or the subject of its light verb."""
    for child in sentence.dependents(noun.i, "nmod:poss"):
        if can_speak(child):
            return child.i
    for child in sentence.dependents(noun.i, "nmod"):
        if any(
            t.lower in {"by", "from", "among"} for t in sentence.dependents(child.i, "case")
        ) and can_speak(child):
            return child.i
    verb = light_verb(sentence, noun)
    if verb is None:
        return None
    return agent(sentence, verb) if is_passive(sentence, verb) else speaker_of(sentence, verb)


def from_colon(sentence: Sentence) -> Found | None:
    """ "Threat remains: envoy" and "Envoy: threat remains": a headline's colon with a speaker on one side."""
    colons = [t.i for t in sentence.tokens if t.text == ":"]
    if len(colons) != 1 or sentence.text.rstrip("\"'”’ ").endswith("."):
        return None
    colon = colons[0]
    left, right = sentence.tokens[:colon], sentence.tokens[colon + 1 :]
    for side, other in ((right, left), (left, right)):
        if side and len(other) >= 2 and _is_speaker_phrase(side):
            head = next((t for t in side if not side[0].i <= t.head <= side[-1].i), side[-1])
            span = sentence.words(side[0].i, side[-1].i)
            content = {t.i for t in other}
            cue = sentence.words(colon, colon)
            return Found(colon, head.i, span, cue, content_spans(sentence, content, span), "reported")
    return None


def from_transcript(sentence: Sentence) -> Found | None:
    """ "RUIZ: We saw it.": a person's name and a colon at the start of a sentence."""
    tokens = sentence.tokens
    colon = next((t.i for t in tokens[: _MAX_TRANSCRIPT_NAME + 1] if t.text == ":"), 0)
    names = tokens[:colon]
    if not names or colon + 2 >= len(tokens) or not all(t.upos == "PROPN" for t in names):
        return None
    if not any(t.ner[2:] == "PER" for t in names):
        return None
    head = next((t for t in names if not 0 <= t.head < colon), names[-1])
    span, cue = sentence.words(0, colon - 1), sentence.words(colon, colon)
    content = content_spans(sentence, set(range(colon + 1, len(tokens))), span)
    return Found(colon, head.i, span, cue, content, "reported")


def from_signature(sentence: Sentence) -> Found | None:
    """ "..." — Ana Silva: a quotation signed after a dash."""
    tokens = sentence.tokens
    if tokens[0].text in _DASHES and len(tokens) > 1 and _is_speaker_phrase(tokens[1:]):
        head = next((t for t in tokens[1:] if t.head <= 0), tokens[1])
        span = _to_the_end(sentence, 1)
        return Found(0, head.i, span, sentence.words(0, 0), (), "reported")
    for token in tokens[2:]:
        right = [t for t in tokens[token.i + 1 :] if t.upos != "PUNCT"]
        if token.text not in _DASHES or tokens[token.i - 1].text not in _CLOSE_MARKS or not right:
            continue
        if _is_speaker_phrase(right):
            head = next((t for t in right if not right[0].i <= t.head <= right[-1].i), right[-1])
            span, cue = sentence.words(right[0].i, right[-1].i), sentence.words(token.i, token.i)
            content = content_spans(sentence, set(range(token.i)), span)
            return Found(token.i, head.i, span, cue, content, "reported")
    return None


def _to_the_end(sentence: Sentence, first: int) -> Span:
    """The words from a token to the sentence's end, without a last mark."""
    last = len(sentence.tokens) - 1
    while last > first and sentence.tokens[last].upos == "PUNCT":
        last -= 1
    return sentence.words(first, last)


def _is_speaker_phrase(side: Sequence[Token]) -> bool:
    """Whether the words on one side of a colon are a short noun phrase that can speak."""
    if len(side) > _MAX_HEADLINE_SPEAKER or any(t.upos in {"VERB", "AUX"} for t in side):
        return False
    head = next((t for t in side if not side[0].i <= t.head <= side[-1].i), side[-1])
    return head.upos in {"NOUN", "PROPN"} and (
        head.entity in {"person", "organization"} or head.ner[2:] in {"PER", "ORG"}
    )
