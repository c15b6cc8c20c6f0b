"""Attributions without a verb of speech: "according to X", "X's claim that", a headline's colon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attested.model import Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.found import Found, content_spans, source_span
from attested.speech.subjects import agent, can_speak, is_passive, speaker_of
from attested.speech.tags import dateline_end

_NEEDS_CLAUSE = frozenset({"amod", "compound", "case", "fixed", "det"})
# "issued a stern public warning": words from the light verb to its noun.
_MAX_LIGHT_DISTANCE = 4
_DASHES = frozenset({"—", "–", "―", "--"})
_CLOSE_MARKS = frozenset({'"', "”", "''", "»"})
# A speaker in a headline is a few words: "senior US diplomat".
_MAX_HEADLINE_SPEAKER = 6
_MAX_TRANSCRIPT_NAME = 4  # words before the colon of a transcript or a headline


def from_phrase(sentence: Sentence, token: Token) -> Found | None:
    """ "according to X", "in X's view", "citing X": the clause it hangs on is the content."""
    if token.lower == "according" and token.i + 1 < len(sentence.tokens):
        return _from_according(sentence, token)
    if token.lower == "citing":
        return _from_citing(sentence, token)
    table = reporting_table()
    if token.upos == "NOUN" and token.lower in table.holder_nouns and base(token.deprel) == "obl":
        owner = next(iter(sentence.dependents(token.i, "nmod:poss")), None)
        case = next((t for t in sentence.dependents(token.i, "case") if t.lower in {"in", "by"}), None)
        if owner is not None and case is not None and can_speak(owner):
            return _clause_found(sentence, token, owner, sentence.words(case.i, case.i))
    return None


def _from_according(sentence: Sentence, token: Token) -> Found | None:
    """ "according to X" in either parse: as a preposition of X, or as a verb with X below it."""
    to = sentence.tokens[token.i + 1]
    if to.lower != "to":
        return None
    holder = sentence.tokens[token.head] if base(token.deprel) == "case" and token.head >= 0 else None
    if holder is None:
        holder = next((t for t in sentence.dependents(token.i, "obl", "nmod", "obj")), None)
    if holder is None:
        return None
    top = holder if holder.i == token.head else token
    return _clause_found(sentence, top, holder, sentence.words(token.i, to.i))


def _from_citing(sentence: Sentence, token: Token) -> Found | None:
    """ "..., citing X": X is the source of the clause it hangs on."""
    holder = next(iter(sentence.dependents(token.i, "obj")), None)
    if holder is None or base(token.deprel) not in {"advcl", "acl"} or not can_speak(holder):
        return None
    return _clause_found(sentence, token, holder, sentence.words(token.i, token.i))


def _clause_found(sentence: Sentence, top: Token, holder: Token, cue: Span) -> Found | None:
    """An attribution whose content is the clause that the phrase headed by ``top`` hangs on."""
    if top.head < 0:
        return None
    tokens = sentence.tokens
    below = set(sentence.subtree(top.i))
    first, last = min(below), max(below)
    # "..., according to X" at the edge of a sentence speaks for all of it, though parsers hang it low.
    comma = tokens[first].text == "," or (first > 0 and tokens[first - 1].text in {",", "—", "–"})
    at_edge = first <= 1 or (comma and last >= len(tokens) - 2)
    clause = top.head
    while at_edge and tokens[clause].head >= 0:
        clause = tokens[clause].head
    content = set(sentence.subtree(clause)) - below - set(range(dateline_end(sentence)))
    span = source_span(sentence, holder.i, top, after=cue.end)
    return Found(top.i, holder.i, span, cue, content_spans(sentence, content, span), "reported", "phrase")


def from_noun(sentence: Sentence, noun: Token) -> Found | None:
    """ "X's claim that", "X issued a warning that", "reports of": the noun's complement is the content."""
    if noun.upos != "NOUN" or noun.deprel in _NEEDS_CLAUSE:
        return None
    table = reporting_table()
    lemma = table.lemma_in(noun.lower, table.nouns)
    if lemma is None:
        return None
    row = table.nouns[lemma]
    source = noun_source(sentence, noun)
    content: set[int] = set()
    for child in sentence.dependents(noun.i, "acl", "ccomp", "nmod"):
        if child.i > noun.i and _completes(sentence, child, row.after, source):
            content.update(sentence.subtree(child.i))
    if not content or source is None:
        return None
    span = source_span(sentence, source, noun)
    carrier = light_verb(sentence, noun)
    near = carrier is not None and 0 < noun.i - carrier.i <= _MAX_LIGHT_DISTANCE
    cue = sentence.words(carrier.i if carrier and near else noun.i, noun.i)
    return Found(noun.i, source, span, cue, content_spans(sentence, content, span), row.hedge, "noun")


def _completes(sentence: Sentence, child: Token, after: Iterable[str], source: int | None) -> bool:
    """Whether a dependent of a noun of speech is what is said."""
    if child.i == source:
        return False
    if base(child.deprel) == "nmod":
        return any(t.lower in after for t in sentence.dependents(child.i, "case"))
    marks = {t.lower for t in sentence.dependents(child.i, "mark")}
    return "that" in marks or (bool(marks) and child.deprel != "acl:relcl")


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
            return Found(
                colon, head.i, span, cue, content_spans(sentence, content, span), "reported", "colon"
            )
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
    return Found(colon, head.i, span, cue, content, "reported", "colon")


def from_signature(sentence: Sentence) -> Found | None:
    """ "..." — Ana Silva: a quotation signed after a dash."""
    tokens = sentence.tokens
    if tokens[0].text in _DASHES and len(tokens) > 1 and _is_speaker_phrase(tokens[1:]):
        head = next((t for t in tokens[1:] if t.head <= 0), tokens[1])
        span = _to_the_end(sentence, 1)
        return Found(0, head.i, span, sentence.words(0, 0), (), "reported", "signature")
    for token in tokens[2:]:
        right = [t for t in tokens[token.i + 1 :] if t.upos != "PUNCT"]
        if token.text not in _DASHES or tokens[token.i - 1].text not in _CLOSE_MARKS or not right:
            continue
        if _is_speaker_phrase(right):
            head = next((t for t in right if not right[0].i <= t.head <= right[-1].i), right[-1])
            span, cue = sentence.words(right[0].i, right[-1].i), sentence.words(token.i, token.i)
            content = content_spans(sentence, set(range(token.i)), span)
            return Found(token.i, head.i, span, cue, content, "reported", "signature")
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
