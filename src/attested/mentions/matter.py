"""What an act of words is about and whom it is aimed at: topic and addressee as whole, readable phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attested.mentions.acts import ActFrame
from attested.mentions.speaking import is_audience, phrase_role, trimmed
from attested.model import Role, Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.subjects import can_speak
from attested.speech.voices import Attribution

# What stands for words told before: "The group has denied it".
_BACK = frozenset({"it", "this", "that", "so"})
_SAYING_CASES = frozenset({"in", "on", "at", "during", "via", "through"})
_OCCASIONS = frozenset(
    {"interview", "speech", "address", "briefing", "conference", "broadcast", "call", "statement", "sermon"}
)
_CLOSING = '”"'
_QUOTE_THEN_TAIL = re.compile(
    r"[”\"»](?:\s+(?:on|in|at|late|early|last|this|during)\b[^“\"«]*)$", re.IGNORECASE
)
_SAID_IN = re.compile(
    r",? (?:in|on|at|during) an? (?:\w+ ){0,2}(?:statement|interview|speech|letter|tweet|briefing|address|video)"
    r"(?: (?:released|issued|published|posted|broadcast|sent|aired|with|on|late|early|to reporters)\b[^“\"«]*)?$"
)
# Fewer quoted words are a term, no statement: 'warned him for his "unwarranted" remarks'.
_MIN_QUOTED_WORDS = 4


# What a parse may call a phrase whose preposition says what it is: "called for an end", "accused them of burning it".
_TAKEN_FOR = {"obl": ("obl", "obj"), "advcl": ("advcl", "xcomp", "ccomp")}


def relation(sentence: Sentence, head: Token, name: str) -> list[Token]:
    """Dependents of a word by a relation of the table: "obj", "obl:on", "nmod:for" (of its object)."""
    kind, _, case = name.partition(":")
    if name == "obj":
        things = [t for t in sentence.dependents(head.i, "obj") if not sentence.dependents(t.i, "case")]
        return things or sentence.dependents(head.i, "iobj")
    if name == "nsubj:pass" or not case:
        return [t for t in sentence.dependents(head.i) if t.deprel == name or base(t.deprel) == name]
    if kind == "after":  # by order alone, for long foreign names that parsers tear apart
        return _following(sentence, head.i, case)
    governors = [head, *sentence.dependents(head.i, "obj")] if kind in {"nmod", "acl"} else [head]
    found = [t for g in governors for t in sentence.dependents(g.i, *_TAKEN_FOR.get(kind, (kind,)))]
    marked = [t for t in found if any(c.lower == case for c in sentence.dependents(t.i, "case", "mark"))]
    return [t for t in marked if t.entity != "time"]


def _is_misread_participle(sentence: Sentence, token: Token) -> bool:
    """Whether a clause of content is a participle after a noun: "denied it in a statement released late"."""
    if base(token.deprel) not in {"ccomp", "xcomp"} or token.xpos not in {"VBN", "VBD"}:
        return False
    active = sentence.dependents(token.i, "mark", "aux", "nsubj", "cop", "obj")
    return not [t for t in active if t.deprel != "nsubj:pass"] and not sentence.dependents(
        token.i, "aux:pass"
    )


def _following(sentence: Sentence, start: int, word: str) -> list[Token]:
    """The first noun after the first ``word`` that follows a place in the sentence."""
    at = next((t.i for t in sentence.tokens[start + 1 :] if t.lower == word), None)
    if at is None:
        return []
    nouns = [t for t in sentence.tokens[at + 1 :] if t.upos in {"NOUN", "PROPN"}]
    above = sentence.tokens[sentence.tokens[at].head]
    return [above] if above in nouns else nouns[:1]


def verb_roles(
    sentence: Sentence, verb: Token, frame: ActFrame, row: Attribution | None, before: Span | None = None
) -> tuple[Role, ...]:
    """Addressee and topic by the frame's relations, the first of each that is there.

    ``before`` is the sentence before, which "denied it" is about. Without a topic of its own the content of
    the attribution is the topic, unless that only names the addressee again.
    """
    aimed = _addressee(sentence, verb, frame)
    topic = _topic_of_verb(sentence, verb, frame, aimed)
    if topic is None and aimed is not None:
        topic = _demand(sentence, aimed)
    if topic is None and before is not None and _points_back(sentence, verb):
        topic = Role("topic", before, before)
    words = row.content[0] if row is not None and row.content else None
    if topic is None and words is not None and " " in words.text and not _covers(words, aimed):
        topic = content_topic(sentence, words)
    return tuple(r for r in (aimed, topic) if r is not None)


def _addressee(sentence: Sentence, verb: Token, frame: ActFrame) -> Role | None:
    """Whom the act is aimed at; nobody for a bare pronoun."""
    for name in frame.addressee:
        for token in relation(sentence, verb, name)[:1]:
            if not is_audience(sentence, token) and can_be_addressed(token):
                return phrase_role(sentence, "addressee", token)
    return None


def _topic_of_verb(sentence: Sentence, verb: Token, frame: ActFrame, aimed: Role | None) -> Role | None:
    """What the verb's own dependents say it is about."""
    for name in frame.topic:
        for token in relation(sentence, verb, name)[:1]:
            again = aimed is not None and token.start == aimed.head.start
            if not again and token.upos != "PRON" and not _is_misread_participle(sentence, token):
                return whole_topic(sentence, token, aimed if frame.act == "ACCUSE" else None)
    return None


def whole_topic(sentence: Sentence, head: Token, aimed: Role | None = None) -> Role:
    """The phrase of a topic, up to whom it is aimed at, without when and where it was said."""
    below = sentence.subtree(head.i)
    last = below[-1]
    cut = (
        {i for t in below for i in _occasion(sentence, sentence.tokens[t])} if head.upos == "NOUN" else set()
    )
    while last in cut and last > head.i:
        last -= 1
    other = sentence.token_at(aimed.head.start) if aimed is not None else None
    if other is not None and head.i < other.i <= last:
        last = max(head.i, min(sentence.subtree(other.i)) - 1)
    span = sentence.words(below[0], last)
    span = _without_aside(sentence, span, sentence.inside(span.start, span.end))
    return Role("topic", _balanced(sentence, trimmed(sentence, span)), Span(head.start, head.end, head.text))


def _balanced(sentence: Sentence, span: Span) -> Span:
    """A span with the closing mark that follows it, where it holds the opening one alone."""
    at = span.end - sentence.start
    after = sentence.text[at : at + 1]
    opened = span.text.count("“") > span.text.count("”") or span.text.count('"') % 2 == 1
    if after in _CLOSING and after and opened:
        return Span(span.start, span.end + 1, span.text + after)
    return span


def _occasion(sentence: Sentence, token: Token) -> list[int]:
    """The words of "in an interview", "in a statement issued on Friday"; none if the word heads no such phrase."""
    if base(token.deprel) not in {"nmod", "obl"}:
        return []
    cases = {t.lower for t in sentence.dependents(token.i, "case")}
    table = reporting_table()
    said = table.lemma_in(token.lower, table.vehicles) or table.lemma_in(token.lower, _OCCASIONS)
    return sentence.subtree(token.i) if said and cases & _SAYING_CASES else []


def _demand(sentence: Sentence, aimed: Role) -> Role | None:
    """ "called on the rebels to leave": the infinitive that a parse hangs on whom it is asked of."""
    head = sentence.token_at(aimed.head.start)
    for child in sentence.dependents(head.i, "acl") if head else ():
        if any(t.lower == "to" for t in sentence.dependents(child.i, "mark")):
            return whole_topic(sentence, child)
    return None


def _points_back(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb's object only stands for what was told before."""
    return any(t.lower in _BACK for t in sentence.dependents(verb.i, "obj"))


def _covers(words: Span, aimed: Role | None) -> bool:
    """Whether content begins with whom the act is aimed at, so that it tells nothing more."""
    return aimed is not None and words.start <= aimed.head.start < words.end


def can_be_addressed(token: Token) -> bool:
    """Whether an act can be aimed at a word: at people, bodies and places, not at events and things."""
    vague = token.xpos in {"WDT", "WP", "WP$"} or token.upos == "PRON"
    return (can_speak(token) or token.ner != "O") and token.entity != "time" and not vague


def is_spoken(row: Attribution | None) -> bool:
    """Whether an attribution's content is a quotation of more than a term."""
    return row is not None and row.is_direct and _n_words(row.content) >= _MIN_QUOTED_WORDS


def _n_words(content: Iterable[Span]) -> int:
    return sum(len(c.text.split()) for c in content)


def content_topic(sentence: Sentence, content: Span) -> Role:
    """What is said, within the sentence, without what the outlet adds behind it (", as prices rise")."""
    inside = Span(max(content.start, sentence.start), min(content.end, sentence.end))
    words = _without_aside(sentence, inside, sentence.inside(inside.start, inside.end))
    span = trimmed(sentence, words)
    tail = _QUOTE_THEN_TAIL.search(span.text) or _SAID_IN.search(span.text)
    if tail is not None and tail.start():
        span = Span(span.start, span.start + tail.start(), span.text[: tail.start()])
    span = _balanced(sentence, span)
    return Role("topic", span, span)


def _without_aside(sentence: Sentence, span: Span, inside: Sequence[Token]) -> Span:
    """Content up to a last ", as ..." clause with a subject of its own, where it is no quotation."""
    for mark in inside[1:]:
        clause = sentence.tokens[mark.head] if mark.head >= 0 else mark
        joins = mark.lower == "as" and base(mark.deprel) == "mark" and base(clause.deprel) == "advcl"
        if not joins or sentence.tokens[mark.i - 1].text != "," or not sentence.dependents(clause.i, "nsubj"):
            continue
        if sentence.subtree(clause.i)[-1] >= inside[-1].i and "“" not in span.text and '"' not in span.text:
            end = sentence.tokens[mark.i - 2].end
            return Span(span.start, end, sentence.text[span.start - sentence.start : end - sentence.start])
    return span
