"""What the words of a source say of it: the kind of voice, its name, and by which words it may come back.

Anonymity is kept: "a senior security official" stays that, so that a reader sees how much stands behind a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from attested.model import Span, VoiceKind
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.speaker_words import clean_name, speaker_words, surname
from attested.text.countries import country_of
from attested.text.datewords import date_words
from attested.text.lemmas import lemmas
from attested.text.normalise import fold

_NAME_PARTS = frozenset({"flat", "compound", "nmod:desc", "nmod:unmarked", "punct", "appos"})
# Words of the longest "police and hospital staff", and what they are.
_MAX_JOINED = 7
_JOINABLE = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ", "DET", "NUM"})
# Letters of the longest acronym; longer words in capitals may be a person in a heading.
_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who has spoken: a voice, the words a later sentence may call them by, and their number."""

    kind: VoiceKind
    name: str
    roles: frozenset[str]
    is_person: bool
    is_plural: bool
    span: Span | None = field(default=None, compare=False)

    @property
    def can_return(self) -> bool:
        """Whether a later pronoun or role may mean this speaker: not a newsroom, not "those who"."""
        return (
            self.kind != "other report"
            and self.name.split()[:1] != []
            and self.name.split()[0].lower() not in (speaker_words().pronouns["nobody"])
        )


def media_name(words: str) -> bool:
    """Whether words name a newsroom: "Reuters", "the AFP news agency"."""
    key = fold(words).removeprefix("the ")
    ends = key.split()[-1:]
    return (len(key.split()) > 1 and ends[0] in speaker_words().newsroom_ends) or (
        key in speaker_words().media_names or key.removesuffix(" news agency") in speaker_words().media_names
    )


def describe(sentence: Sentence, head: int, span: Span, full_names: Mapping[str, str]) -> Speaker:
    """A source as its own words describe it."""
    token = _holder(sentence, head)
    noun = token
    token = _person_in(sentence, token, span) or _name_beside(sentence, token) or token
    named = _named(sentence, token)
    plural = token.xpos in {"NNS", "NNPS"} or bool(sentence.dependents(token.i, "conj"))
    roles = _roles(sentence, token) | _roles(sentence, noun)
    if named and token.upos == "PROPN":
        label = named[1]
        if media_name(named[0]):
            return Speaker("other report", named[0], roles, is_person=False, is_plural=False, span=named[2])
        is_body = bool(roles & speaker_words().bodies)  # "the Black Hand, a militia" is nobody's name
        if not is_body and _is_persons(token, named, label, full_names):
            name = full_names.get(surname(named[0]), named[0])
            name = named[0] if len(named[0]) > len(name) else name
            return Speaker("named person", name, roles, is_person=True, is_plural=plural, span=named[2])
        return Speaker("named body", named[0], roles, is_person=False, is_plural=plural, span=named[2])
    phrase = _short_phrase(sentence, token, span)
    kind, person = _kind(token, phrase.text), token.entity == "person"
    return Speaker(kind, phrase.text, roles, is_person=person, is_plural=plural, span=phrase)


def _is_persons(
    token: Token, named: tuple[str, str, Span], label: str, full_names: Mapping[str, str]
) -> bool:
    """Whether a name is a person's, where a name-finder takes parties, states and acronyms for people too."""
    name, _, span = named
    is_party = token.xpos == "NNPS" and span.start == token.start
    is_whole = full_names.get(surname(name)) in {None, name}
    is_state = is_whole and country_of(name) is not None
    is_acronym = is_whole and name.isupper() and name.isalpha() and len(name) <= _ACRONYM
    if is_party or is_state or is_acronym:
        return False
    return label == "PER" or (label == "" and token.entity == "person")


def _person_in(sentence: Sentence, token: Token, span: Span) -> Token | None:
    """The person's name that a title heads: "Foreign Minister Juan Diaz" is Juan Diaz."""
    if token.upos != "PROPN" or token.ner[2:] == "PER":
        return None
    for other in sentence.inside(span.start, span.end):
        if other.ner == "B-PER" and other.i > token.i:
            chain = [other, *sentence.ancestors(other.i)]
            steps = {t.deprel for t in chain[: chain.index(token)]} if token in chain else {"elsewhere"}
            return other if steps <= _NAME_PARTS else None
    return None


def _name_beside(sentence: Sentence, noun: Token) -> Token | None:
    """The name that stands after a singular noun for its bearer: "a spokeswoman, Ana Ruiz", "the militia HRN"."""
    if noun.upos != "NOUN" or noun.xpos != "NN":
        return None
    body = bool(speaker_words().bodies & set(lemmas(noun.lower)))
    for child in sentence.dependents(noun.i, "appos", "flat", "nmod:desc"):
        wanted = child.ner[2:] == "PER" if noun.entity == "person" else body and child.ner[2:] == "ORG"
        if wanted and child.upos == "PROPN" and child.i > noun.i:
            return child
    return None


def _holder(sentence: Sentence, head: int) -> Token:
    """Whoever stands behind a statement, letter or tweet ("a statement by the ministry"), else the head."""
    token, table = sentence.tokens[head], reporting_table()
    if token.upos != "NOUN" or table.lemma_in(token.lower, table.vehicles) is None:
        return token
    for child in sentence.dependents(head, "nmod", "nmod:poss", "acl"):
        by = any(t.lower in {"by", "from", "of"} for t in sentence.dependents(child.i, "case"))
        speaks = child.entity in {"person", "organization", "place"} or child.upos == "PROPN"
        if speaks and (by or child.deprel == "nmod:poss"):
            return child
    return token


def _named(sentence: Sentence, token: Token) -> tuple[str, str, Span] | None:
    """The proper name that ``token`` is part of, its label and its span, without courtesies."""
    first = last = token.i
    tokens = sentence.tokens
    if token.ner != "O":
        while tokens[first].ner.startswith("I-") and first > 0:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].ner.startswith("I-"):
            last += 1
    elif token.upos != "PROPN":
        return None
    if token.ner[2:] != "PER" and token.entity != "person":
        while (
            first > 0
            and tokens[first - 1].deprel in {"compound", "amod"}
            and tokens[first - 1].text[:1].isupper()
        ):
            first -= 1
    while (following := _next_part(tokens, last)) is not None:
        last = following
    while (
        first > 0
        and token.ner == "O"
        and tokens[first].deprel == "flat"
        and tokens[first - 1].upos in {"PROPN", "PUNCT"}
    ):
        first -= 1
    while first < last and tokens[first].lower.rstrip(".") in speaker_words().courtesy:
        first += 1
    while first < last and tokens[last].lower in date_words().weekdays:  # "Congress Monday warned"
        last -= 1
    owner = next(iter(sentence.dependents(token.i, "nmod:poss")), None)
    if owner is not None and first == last and not tokens[first].text.isupper() and owner.upos == "PROPN":
        first = min(sentence.subtree(owner.i, ("det",)))  # "the Prime Minister's Office" is not "Office"
    span = sentence.words(first, last)
    return clean_name(span.text), token.ner[2:], span


def _next_part(tokens: Sequence[Token], last: int) -> int | None:
    """The next word of a name, over the marks of a nickname: "James “Jim” Porter"."""
    for step in (1, 2):
        at = last + step
        skipped = all(t.upos == "PUNCT" for t in tokens[last + 1 : at])
        if at < len(tokens) and skipped and tokens[at].deprel == "flat" and tokens[at].upos == "PROPN":
            return at
    return None


def _roles(sentence: Sentence, token: Token) -> frozenset[str]:
    """Nouns by which a later sentence may call this source: its head, titles, apposition."""
    found: set[str] = set()
    if token.upos == "NOUN":
        found.update(lemmas(token.lower))
    for child in sentence.dependents(token.i, "nmod:desc", "compound", "appos", "flat", "amod"):
        word = child.lower.rstrip(".")
        if word in speaker_words().titles:
            found.add(speaker_words().titles[word])
        if child.upos in {"NOUN", "PROPN"}:
            found.update(lemmas(word))
            found.update(x for t in sentence.dependents(child.i, "conj") for x in lemmas(t.lower))
    return frozenset(found)


def _short_phrase(sentence: Sentence, token: Token, span: Span) -> Span:
    """The noun phrase of an unnamed source without its article and without clauses: "police sources"."""
    cut = ("punct", "acl", "parataxis", "appos", "advcl", "cc", "conj")
    phrase = sentence.phrase(token.i, cut)
    if _has_conjuncts(sentence, token, span) and span.start <= token.start and span.end >= phrase.end:
        joined = sentence.phrase(token.i, ("acl", "parataxis", "appos", "advcl"))
        phrase = joined if joined.end >= span.end or len(joined.text) > len(phrase.text) else span
    inside = sentence.inside(phrase.start, phrase.end)
    before = {"case", "fixed", "cc", "mark", "punct"}
    while len(inside) > 1 and (inside[0].lower in {"the", "even"} or base(inside[0].deprel) in before):
        inside = inside[1:]
    while len(inside) > 1 and (inside[-1].upos == "PUNCT" or base(inside[-1].deprel) == "case"):
        inside = inside[:-1]
    return sentence.words(inside[0].i, inside[-1].i)


def _has_conjuncts(sentence: Sentence, token: Token, span: Span) -> bool:
    """Whether a noun is one of several: "police and hospital staff", whichever of them a parse makes the other's."""
    words = sentence.inside(span.start, span.end)
    short = len(words) <= _MAX_JOINED and all(t.upos in _JOINABLE for t in words)
    return bool(sentence.dependents(token.i, "conj")) or (short and any(t.upos == "CCONJ" for t in words))


def _kind(token: Token, name: str) -> VoiceKind:
    """The kind of a source without a proper name as head."""
    table = speaker_words()
    forms = set(lemmas(token.lower))
    is_paper = token.entity != "person" and bool(forms & reporting_table().vehicles)
    if forms & table.media or is_paper or media_name(name):
        return "other report"
    if forms & table.witness and token.entity in {"person", ""}:
        return "witness"
    if forms & table.official:
        return "unnamed official"
    return "unnamed official" if token.entity == "person" else "named body"
