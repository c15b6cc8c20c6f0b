"""Whose voice it is: the kind of a source, its name, and whom "he", "the general" or a last name mean.

A name is given in the fullest form the report has. Anonymity is kept: "a senior security official" stays
that, so that a reader sees how much stands behind a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from attested.model import Report, Span, Voice, VoiceKind
from attested.reading.tokens import Reading, Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.speaker_words import clean_name, full_names, speaker_words, surname
from attested.speech.tags import dateline_end
from attested.text.datewords import date_words
from attested.text.lemmas import lemmas
from attested.text.normalise import fold

_NAME_PARTS = frozenset({"flat", "compound", "nmod:desc", "nmod:unmarked", "punct", "appos"})
# How many speakers back a pronoun or a role may reach.
_REACH = 12


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


@dataclass
class VoiceContext:
    """What resolving voices in one report needs: the report, its names in full, the speakers so far.

    Not frozen on purpose: it gathers speakers as the report is read from its first sentence to its last.

    ``speakers`` also holds people who were the subject of a sentence: "he" is whoever came last. ``bodies``
    are the organisations named in the last sentence that named any: "the group" is the only one there.
    """

    report: Report
    full_names: Mapping[str, str] = field(default_factory=dict)
    speakers: list[Speaker] = field(default_factory=list)
    quoted: tuple[Span, ...] = ()
    bodies: list[Speaker] = field(default_factory=list)
    sexes: dict[str, str] = field(default_factory=dict)
    titled: Mapping[str, frozenset[Speaker]] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, reading: Reading, quoted: Iterable[Span] = ()) -> VoiceContext:
        """A fresh context for a report: every person's last word -> the fullest name the report has."""
        names = full_names(reading)
        return cls(report, names, quoted=tuple(quoted), titled=_titled(reading, names))

    @property
    def default(self) -> Voice:
        """The voice of words that nobody is named for: the outlet's, or its agency's."""
        return Voice("outlet", self.report.outlet or self.report.agency)

    def name_source(self, sentence: Sentence, head: int, span: Span) -> Speaker:
        """Who the source headed by token ``head`` is; resolved against the speakers before it."""
        token = sentence.tokens[head]
        table = speaker_words()
        if (token.upos == "PRON" and token.text != "US") or token.lower in table.pronouns[
            "person"
        ] | table.pronouns["body"]:
            return self._from_pronoun(token, span)
        speaker = describe(sentence, head, span, self.full_names)
        earlier = self._called_by(speaker, token, sentence)
        return earlier or speaker

    def remember(self, speaker: Speaker) -> None:
        """Note that a speaker spoke; the last one comes first."""
        if speaker in self.speakers:
            self.speakers.remove(speaker)
        self.speakers.append(speaker)

    def note_subject(self, sentence: Sentence) -> None:
        """Note the person who is the subject of a sentence's main clause, said by whomever after it or not."""
        begin = dateline_end(sentence)
        for token in sentence.tokens[begin:]:
            above = sentence.tokens[token.head] if token.head >= 0 else token
            is_main = above.head < 0 or (
                base(above.deprel) in {"ccomp", "parataxis", "acl"}
                and sentence.tokens[above.head].head < 0
                and above.head > token.i
            )
            inside = any(q.start <= token.start < q.end for q in self.quoted)
            if base(token.deprel) == "nsubj" and token.ner[2:] == "PER" and is_main and not inside:
                speaker = describe(sentence, token.i, sentence.phrase(token.i), self.full_names)
                if speaker.kind == "named person":
                    self.remember(speaker)

    def note_bodies(self, sentence: Sentence) -> None:
        """Note the organisations that a sentence names, newsrooms left out."""
        found: dict[str, Speaker] = {}
        for token in sentence.tokens:
            ends = not any(t.ner == "I-ORG" for t in sentence.tokens[token.i + 1 : token.i + 2])
            if token.ner[2:] == "ORG" and token.upos == "PROPN" and ends:
                body = describe(sentence, token.i, sentence.phrase(token.i), self.full_names)
                if body.kind == "named body":
                    found.setdefault(body.name, body)
        self.bodies = list(found.values()) or self.bodies

    def _from_pronoun(self, token: Token, span: Span) -> Speaker:
        """The latest speaker a pronoun may stand for; itself when there is none."""
        table = speaker_words()
        recent = self.speakers[: -_REACH - 1 : -1]
        if token.lower in table.pronouns["person"]:
            people = [s for s in recent if s.is_person and not s.is_plural]
            return self._person(people, token.lower) or _plain("unnamed official", span.text, person=True)
        if token.lower in table.pronouns["body"]:
            plural = token.lower.startswith("the")
            bodies = [s for s in recent if (s.is_plural if plural else not s.is_person)]
            return bodies[0] if bodies else _plain("named body", span.text)
        return _plain("unnamed official", span.text, person=True)

    def _person(self, people: Sequence[Speaker], pronoun: str) -> Speaker | None:
        """The latest of them whom the report does not call by the other pronoun; noted as called by this one."""
        table = speaker_words().gender
        sex = next((key for key, words in table.items() if pronoun in words), "")
        for one in people:
            known = self.sexes.get(one.name) or next(
                (k for k, words in table.items() if words & one.roles), ""
            )
            if not (sex and known) or sex == known:
                if sex:
                    self.sexes[one.name] = sex
                return one
        return None

    def _called_by(self, speaker: Speaker, head: Token, sentence: Sentence) -> Speaker | None:
        """The earlier speaker whom "the general", "the ministry" or "the spokesman" calls up."""
        definite = any(t.lower in {"the", "this", "that"} for t in sentence.dependents(head.i, "det"))
        wanted = set(lemmas(head.lower))
        title = head.upos == "PROPN" and speaker.name.lower() == head.lower and wanted & self.titled.keys()
        known = speaker.kind in {"unnamed official", "named body", "witness"} and head.upos == "NOUN"
        if not (title or (known and definite)):
            return None
        said = {t.lower for t in sentence.dependents(head.i, "amod", "compound", "nmod")}
        for earlier in self.speakers[: -_REACH - 1 : -1]:
            fits = not said or said & (earlier.roles | set(fold(earlier.name).split()))
            if wanted & earlier.roles and earlier.is_plural == speaker.is_plural and fits:
                return earlier
        return self._by_title(wanted, said) or self._body_called(wanted, plural=speaker.is_plural)

    def _by_title(self, wanted: Iterable[str], said: Iterable[str]) -> Speaker | None:
        """The only person of the report with a title, where nothing more is said of them: "the president"."""
        bearers = {one for word in wanted for one in self.titled.get(word, ())} if not said else set()
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _body_called(self, wanted: set[str], *, plural: bool) -> Speaker | None:
        """The only body just named that may be called so."""
        fits = [b for b in self.bodies if wanted & (b.roles | set(fold(b.name).split()))]
        named = fits or (self.bodies if wanted & speaker_words().bodies else [])
        return named[0] if len(named) == 1 and plural == named[0].is_plural else None


def media_name(words: str) -> bool:
    """Whether words name a newsroom: "Reuters", "the AFP news agency"."""
    key = fold(words).removeprefix("the ")
    return (
        key in speaker_words().media_names or key.removesuffix(" news agency") in speaker_words().media_names
    )


def _plain(kind: VoiceKind, name: str, *, person: bool = False) -> Speaker:
    return Speaker(kind, name, frozenset(), is_person=person, is_plural=False)


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
        if not is_body and (label == "PER" or (label == "" and token.entity == "person")):
            name = full_names.get(surname(named[0]), named[0])
            name = named[0] if len(named[0]) > len(name) else name
            return Speaker("named person", name, roles, is_person=True, is_plural=plural, span=named[2])
        return Speaker("named body", named[0], roles, is_person=False, is_plural=plural, span=named[2])
    phrase = _short_phrase(sentence, token, span)
    kind, person = _kind(token, phrase.text), token.entity == "person"
    return Speaker(kind, phrase.text, roles, is_person=person, is_plural=plural, span=phrase)


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


def _titled(reading: Reading, names: Mapping[str, str]) -> dict[str, frozenset[Speaker]]:
    """Title or role -> the people whom the report names with it."""
    found: dict[str, dict[str, Speaker]] = {}
    titles = speaker_words().official | frozenset(speaker_words().titles.values())
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if token.ner != "B-PER" or token.upos != "PROPN":
                continue
            above = sentence.tokens[token.head] if token.head >= 0 else token
            headed = token.deprel in {"flat", "appos"} and above.entity == "person" and above.ner[2:] != "PER"
            person = describe(sentence, token.i, sentence.phrase(token.i), names)
            roles = person.roles | (set(lemmas(above.lower.rstrip("."))) if headed else set())
            if person.kind == "named person":
                for role in roles & titles:
                    found.setdefault(role, {}).setdefault(
                        person.name, replace(person, roles=frozenset(roles))
                    )
    return {role: frozenset(people.values()) for role, people in found.items()}


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
    if sentence.dependents(token.i, "conj") and span.start <= token.start and span.end >= phrase.end:
        phrase = sentence.phrase(token.i, ("acl", "parataxis", "appos", "advcl"))
    inside = sentence.inside(phrase.start, phrase.end)
    before = {"case", "fixed", "cc", "mark", "punct"}
    while len(inside) > 1 and (inside[0].lower in {"the", "even"} or base(inside[0].deprel) in before):
        inside = inside[1:]
    while len(inside) > 1 and (inside[-1].upos == "PUNCT" or base(inside[-1].deprel) == "case"):
        inside = inside[:-1]
    return sentence.words(inside[0].i, inside[-1].i)


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
