"""What an act of words is about and whom it is aimed at: topic and addressee as whole, readable phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attested.mentions.act_parties import Doing, is_means
from attested.mentions.act_phrases import cases
from attested.mentions.act_roots import Teller
from attested.mentions.acts import act_table, known_form
from attested.mentions.speaking import trimmed
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
# Prepositions before a matter, the surest first.
_ABOUT = ("for", "over", "about", "into", "of", "on", "to", "against", "at")
# Roots whose nouns say nothing more than the root: "issued an ultimatum".
_PROMISES = frozenset({"intend", "vow", "demand"})
_BY_NOUNS = frozenset({"ACCUSE", "THREATEN"})
_WORDS = frozenset({"THREATEN", "ACCUSE", "REQUEST", "CONSULT", "REJECT"})


def _is_misread_participle(sentence: Sentence, token: Token) -> bool:
    """Whether a clause of content is a participle after a noun: "denied it in a statement released late"."""
    if base(token.deprel) not in {"ccomp", "xcomp"} or token.xpos not in {"VBN", "VBD"}:
        return False
    active = sentence.dependents(token.i, "mark", "aux", "nsubj", "cop", "obj")
    return not [t for t in active if t.deprel != "nsubj:pass"] and not sentence.dependents(
        token.i, "aux:pass"
    )


def topic_of(
    teller: Teller, doing: Doing, row: Attribution | None, aimed: Role | None, before: Span | None
) -> Role | None:
    """What an act of a verb is about: its clause, its object, a phrase; what was told ``before`` for "denied it".

    Without any of its own the content of the attribution is the topic, unless that only names the addressee again.
    """
    sentence, verb = teller.sentence, doing.verb
    own = next(_matters(teller, doing, aimed), None)
    if own is not None:
        return whole_topic(sentence, own, aimed if doing.told.root == "ACCUSE" else None)
    if before is not None and _points_back(sentence, verb):
        return Role("topic", before, before)
    words = row.content[0] if row is not None and row.content else None
    if words is None or " " not in words.text or _covers(words, aimed):
        return None
    things = teller.around(verb).objects
    return None if any(words.start <= t.start < words.end for t in things) else content_topic(sentence, words)


def _matters(teller: Teller, doing: Doing, aimed: Role | None) -> Iterator[Token]:
    """Words that may head the topic, the likeliest first."""
    sentence, around = teller.sentence, teller.around(doing.verb)
    other = sentence.token_at(aimed.head.start) if aimed is not None else None
    things = [t for t in around.objects if t is not other and t.upos != "PRON" and t.entity != "time"]
    means = [t for t in things if _is_but_words(teller, doing, t)]
    for word in (doing.verb, *means):
        promised = not things and doing.told.turn in _PROMISES
        yield from (t for t in teller.around(word).clauses if _is_matter_clause(sentence, word, t, promised))
    if (
        other is not None
    ):  # "called on the rebels to leave": a parse may hang the clause on whom it is asked of
        yield from (t for t in sentence.dependents(other.i, "acl") if _is_of_act(sentence, t))
    yield from (t for t in things if t not in means)
    phrases = [t for word in (doing.verb, *means) for t in teller.around(word).obliques]
    for case in (*_ABOUT, *(["with"] if doing.told.root == "THREATEN" else [])):
        yield from (t for t in phrases if t is not other and t.upos != "PRON" and case in cases(sentence, t))
    if doing.told.mode != "claim":
        yield from means


def _is_but_words(teller: Teller, doing: Doing, thing: Token) -> bool:
    """Whether an object says no more than the act does: "issued an ultimatum", "claimed responsibility"."""
    root = doing.told.root
    if root in _BY_NOUNS and is_means(teller, doing.verb, thing):
        return True
    return root in _WORDS and teller.noun(thing).root == root


def _is_matter_clause(sentence: Sentence, word: Token, clause: Token, promised: bool) -> bool:
    """Whether a clause says what an act is about, not what it is for nor when; of a deed ``promised`` what it is."""
    if base(clause.deprel) in {"advcl", "acl"}:
        marks = {t.lower for t in sentence.dependents(clause.i, "mark", "case")}
        wanted = {"of", "for", *(["to"] if promised else [])}  # "agreed with them to leave"
        return bool(marks & wanted) or word.upos == "NOUN"
    return not _is_misread_participle(sentence, clause)


def _is_of_act(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause after a noun is the act's: "to leave", "of killing"."""
    return any(t.lower in {"to", "of", "for"} for t in sentence.dependents(clause.i, "mark"))


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


def _points_back(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb's object only stands for what was told before."""
    return any(t.lower in _BACK for t in sentence.dependents(verb.i, "obj"))


def _covers(words: Span, aimed: Role | None) -> bool:
    """Whether content begins with whom the act is aimed at, so that it tells nothing more."""
    return aimed is not None and words.start <= aimed.head.start < words.end


def can_be_addressed(token: Token) -> bool:
    """Whether an act can be aimed at a word: at people, bodies and named places, not at events and things."""
    vague = token.xpos in {"WDT", "WP", "WP$"} or token.upos == "PRON"
    somewhere = (
        token.entity == "place" and token.ner == "O" and known_form(token.lower, act_table().public) is None
    )
    return (can_speak(token) or token.ner != "O") and token.entity != "time" and not vague and not somewhere


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


def noun_topic(sentence: Sentence, noun: Token, clause: Token) -> Role:
    """The clause of "its threat to close the border for months", with what parsers hang on the noun instead."""
    last = max(i for t in sentence.dependents(noun.i) for i in sentence.subtree(t.i, ("punct", "parataxis")))
    role = whole_topic(sentence, clause)
    first = sentence.token_at(role.span.start)
    if first is None or last <= clause.i:
        return role
    return Role("topic", trimmed(sentence, sentence.words(first.i, last)), role.head)
