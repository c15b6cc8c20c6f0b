"""Who performs an act of words, for whom and when: the roles of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from attested.expressions.times import find_times
from attested.mentions.act_public import Callings, holds_office, titles_of, words_around
from attested.mentions.acts import act_table, known_form
from attested.model import Report, Role, Span, TimeExpression
from attested.reading.tokens import Reading, Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.describing import Speaker, describe
from attested.speech.speaker_words import speaker_words
from attested.speech.speakers import VoiceContext
from attested.speech.subjects import can_speak, speaker_of
from attested.speech.voices import Attribution
from attested.text.countries import country_of
from attested.text.lemmas import lemmas

# "Malian", "Spanish", "Sudanese", "Iraqi": how words for a country's people end.
_DEMONYM_ENDINGS = ("ian", "ean", "ish", "ese", "qi", "ni", "li", "ghan", "rian", "xican", "rican")
_NOMINAL = frozenset({"NOUN", "PROPN"})
_PERIODS = frozenset({"since", "between", "duration", "set", "run", "vague", "decade", "clock", "next"})
_DAYS = frozenset(
    {
        "iso",
        "numeric",
        "month-day-year",
        "month-day",
        "day-of-month",
        "weekday",
        "relative-day",
        "last",
        "this",
        "ago",
    }
)
_NEAR = 3  # tokens: "said on Thursday", wherever a parse hangs the date
_FIRST = frozenset({"i", "we", "us", "our"})
# Whoever speaks of others' plans only.
_NO_SIDE = frozenset({"source", "diplomat", "witness", "resident", "analyst", "expert", "observer", "medium"})
# Whoever hears a statement for the public's sake is not whom it is addressed to.
_AUDIENCE = frozenset({"reporter", "reporters", "journalist", "journalists", "newsmen", "media", "press"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a report says of a person: a title that lets them speak for others, and for whom."""

    is_public: bool
    on_behalf_of: Role | None
    titles: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


@dataclass(frozen=True)
class People:
    """The named people of a report with their standing, by full name."""

    standing: Mapping[str, Standing]
    context: VoiceContext
    callings: Callings
    unread: list[tuple[Sentence, Sequence[Attribution]]] = field(default_factory=list)

    @classmethod
    def of(cls, report: Report, reading: Reading) -> People:
        """Titles and countries are gathered wherever the report gives them."""
        context = VoiceContext.of(report, reading)
        found: dict[str, Standing] = {}
        for sentence in reading.sentences:
            for token in sentence.tokens:
                if token.ner != "B-PER":
                    continue
                head = _head_of_name(sentence, token)
                if _is_mere_name(sentence, head):
                    continue
                person = describe(sentence, head.i, sentence.phrase(head.i), context.full_names)
                known = found.get(person.name, Standing(False, None))
                behalf = known.on_behalf_of or behalf_of(sentence, head)
                office = behalf is not None and behalf.span.text.lower() in act_table().state_titles
                public = known.is_public or _has_title(person) or office
                found[person.name] = Standing(
                    public,
                    behalf,
                    known.titles | titles_of(person),
                    known.around.union(words_around(sentence, head)),
                )
        return cls(found, context, Callings.of(reading.sentences))

    def note(self, sentence: Sentence, rows: Sequence[Attribution]) -> None:
        """Note who spoke and who was spoken of in a sentence, for the pronouns and roles of the next."""
        self.unread.append((sentence, rows))

    def named(self, sentence: Sentence, head: int) -> Speaker:
        """Somebody by their own words, with the full name the report has; "he" by what was noted before."""
        self._read_notes()
        return self.context.name_source(sentence, head, sentence.phrase(head))

    def _read_notes(self) -> None:
        """Tell the context what was noted; of bodies only those of the last sentence that named any."""
        for sentence, rows in self.unread:
            for row in rows:
                if row.speaker is not None and row.speaker.can_return:
                    self.context.remember(row.speaker)
            if any(t.ner[2:] == "PER" and t.deprel.startswith("nsubj") for t in sentence.tokens):
                self.context.note_subject(sentence)
        known = self.context.bodies
        for sentence, _ in reversed(self.unread):
            if self.context.bodies is known and any(t.ner[2:] == "ORG" for t in sentence.tokens):
                self.context.note_bodies(sentence)
        self.unread.clear()

    def words_of(self, row: Attribution) -> str:
        """How an attribution's speaker is called, and for whom they speak."""
        name = row.speaker.name if row.speaker is not None else ""
        behalf = self.standing.get(name, Standing(False, None)).on_behalf_of
        return " ".join((row.source.text if row.source else "", name, behalf.span.text if behalf else ""))

    def is_public(self, speaker: Speaker, sentence: Sentence, head: int) -> bool:
        """Whether a speaker acts for a state, a force, a party or another body."""
        token = sentence.tokens[head]
        if speaker.kind in {"witness", "other report"}:
            return False
        if speaker.kind == "named person":
            if self.is_private_person(speaker):
                return False
            known = self.standing.get(speaker.name, Standing(False, None)).is_public or _has_title(speaker)
            words = speaker.name.split()  # none where a possessive was all of it: "’s"
            return known or (
                bool(words) and is_public_word(words[-1].lower())
            )  # "Saudi Arabia's Crown Prince"
        if self.callings.is_private(speaker, sentence, token):
            return False
        if speaker.kind == "named body":
            named = speaker.span is None or token.upos in {"PROPN", "PRON"} or _has_title(speaker)
            return named or is_public_word(token.lower)
        return _has_title(speaker) or token.lower in {"source", "sources"}

    def is_private_person(self, speaker: Speaker) -> bool:
        """Whether all that the report says of a person is that they are in private business, law, sport or art."""
        around = self.standing.get(speaker.name, Standing(False, None)).around
        return self.callings.is_private_person(self.titles_of(speaker), around)

    def in_office(self, speaker: Speaker) -> bool:
        """Whether a speaker has an office that only states, forces and parties have: a minister, rebels."""
        behalf = self.standing.get(speaker.name, Standing(False, None)).on_behalf_of
        return holds_office(speaker, self.titles_of(speaker), behalf.span.text if behalf else "")

    def titles_of(self, speaker: Speaker) -> frozenset[str]:
        """The titles that the report gives a speaker anywhere."""
        return self.standing.get(speaker.name, Standing(False, None)).titles | titles_of(speaker)


def _is_mere_name(sentence: Sentence, head: Token) -> bool:
    """Whether nothing is said of who a person is."""
    near = sentence.dependents(head.i, "compound", "amod", "appos", "nmod", "flat")
    is_name = head.ner[2:] == "PER" and not is_public_word(head.lower.rstrip("."))
    return is_name and all(base(t.deprel) == "flat" for t in near)


@cache
def is_public_word(word: str) -> bool:
    """Whether a noun in lower case names who acts in public, or a source that may."""
    return word in {"source", "sources"} or known_form(word, act_table().public) is not None


def _head_of_name(sentence: Sentence, first: Token) -> Token:
    """The word of a name that its titles hang on: the first, or the title itself if the name hangs on it."""
    head = first
    while head.head >= 0 and base(head.deprel) in {"flat", "nmod"} and head.deprel != "nmod:poss":
        above = sentence.tokens[head.head]
        if above.upos != "PROPN" or any(t.upos == "ADP" for t in sentence.dependents(head.i, "case")):
            break
        head = above
    return head


# Titles of whoever speaks for nobody.
_SCHOLARS = frozenset({"doctor", "professor"})


def _has_title(speaker: Speaker) -> bool:
    """Whether one of the words a speaker may be called by is public."""
    return not _public_titles().isdisjoint(speaker.roles)


@cache
def _public_titles() -> frozenset[str]:
    """Words for who acts in public, titles included."""
    return act_table().public | (frozenset(speaker_words().titles.values()) - _SCHOLARS)


# Whoever leads these speaks for no state.
_AGAINST_THE_STATE = frozenset({"opposition", "rebel", "rebels", "dissident", "exiled", "former", "ex"})


def behalf_of(sentence: Sentence, head: Token) -> Role | None:
    """The state or body named in a person's title: "Iraqi" of "Iraqi Foreign Minister"."""
    parts = [head.i]
    for child in sentence.dependents(
        head.i, "compound", "amod", "appos", "nmod:desc", "nmod", "nmod:poss", "flat"
    ):
        after_noun = head.upos == "NOUN" and child.i > head.i  # "militias close to Iran" do not speak for it
        if child.ner[2:] != "PER" and not after_noun:
            parts += sentence.subtree(child.i, ("acl", "parataxis", "advcl"))
    near = sorted(set(parts) - {head.i})
    words = " ".join(sentence.tokens[i].lower for i in near)
    if not _AGAINST_THE_STATE.isdisjoint(words.split()):
        return None
    titles = [t for t in act_table().state_titles if f" {t} " in f" {words} "]
    found = [role for i in near if (role := _state_role(sentence, sentence.tokens[i])) is not None]
    before = [role for role in found if role.span.start < head.start]
    if not before and titles:
        return _title_role(sentence, max(titles, key=len))
    return next(iter(before or found), None)


def _state_role(sentence: Sentence, token: Token) -> Role | None:
    """A country or a word for its people as a role, with all its words."""
    demonym = token.upos == "ADJ" and token.text[:1].isupper() and token.lower.endswith(_DEMONYM_ENDINGS)
    state = token.ner == "B-LOC" or (token.ner == "B-MISC" and token.upos == "ADJ")
    if not (state or demonym) or token.lower.endswith("ern"):
        return None
    last = token.i
    while last + 1 < len(sentence.tokens) and _goes_on(sentence.tokens[last + 1]):
        last += 1
    span = sentence.words(token.i, last)
    return Role("on_behalf_of", span, span)


def _goes_on(token: Token) -> bool:
    """Whether a word goes on with the name of a land: "Iraqi Kurdistan", "South Sudan"."""
    inside_body = token.ner == "I-ORG" and token.upos == "PROPN" and token.entity == "place"
    return token.ner == "I-LOC" or inside_body


def _title_role(sentence: Sentence, title: str) -> Role | None:
    """The words of a title in a sentence as a role."""
    at = sentence.text.lower().find(title)
    if at < 0:
        return None
    start = sentence.start + at
    span = Span(start, start + len(title), sentence.text[at : at + len(title)])
    return Role("on_behalf_of", span, span)


def title_in(words: Span, speaker: Speaker) -> Role | None:
    """The office of one state within a speaker's own words, said in an earlier sentence."""
    if speaker.kind != "unnamed official":
        return None
    at, title = max(((words.text.lower().find(t), t) for t in act_table().state_titles), default=(-1, ""))
    if at < 0:
        return None
    span = Span(words.start + at, words.start + at + len(title), words.text[at : at + len(title)])
    return Role("on_behalf_of", span, span)


def is_bare_pronoun(speaker: Speaker) -> bool:
    """Whether nobody knows who a speaker is: "it", "they", "one"; the US is known."""
    return speaker.name != "US" and any(
        speaker.name.lower() in words for words in speaker_words().pronouns.values()
    )


def is_own(sentence: Sentence, subject: Token, speaker: Speaker, words: str, *, is_direct: bool) -> bool:
    """Whether the subject of what is said is the speaker or the speaker's side, so that it binds them.

    ``words`` are how the speaker is called. "Diplomats said that Peru would close its border" is not their
    threat, nor is "they would do anything" within a quotation.
    """
    if subject.lower in _FIRST:
        return True
    if subject.upos == "PRON":
        apart = is_direct or any(t.deprel == "acl:relcl" for t in sentence.ancestors(subject.i))
        if subject.lower == "it":
            return not is_direct
        return not apart and (subject.lower in {"they", "there"} or speaker.is_person)
    if (
        subject.ner[2:] == "PER"
        or not can_speak(subject)
        or _NO_SIDE & {form for word in speaker.roles for form in lemmas(word)}
    ):
        return False
    phrase = sentence.phrase(subject.i).text
    theirs, ours = _sides(phrase), _sides(words)
    if theirs and ours:
        return bool(theirs & ours)
    if subject.ner[2:] == "ORG":
        return any(word in words.split() for word in phrase.split() if word[:1].isupper())
    return subject.upos == "PROPN" or is_public_word(subject.lower)


def shares_side(subject: Token, phrase: str, words: str) -> bool:
    """Whether a subject's phrase and words name one state; of words that name none a state is enough."""
    theirs, ours = _sides(phrase), _sides(words)
    return bool(theirs & ours) or (not ours and subject.ner[2:] == "LOC")


def _sides(words: str) -> frozenset[str]:
    """Codes of the states that words name."""
    whole = country_of(words)
    parts = [country_of(w) for w in words.split() if w[:1].isupper()]
    titles = [country_of(v) for t, v in act_table().state_titles.items() if t in words.lower()]
    return frozenset(code for code in (whole, *parts, *titles) if code)


def phrase_role(sentence: Sentence, name: str, head: Token) -> Role:
    """A role over a word's phrase without its clauses and the preposition before it."""
    kept = set(sentence.subtree(head.i, ("punct", "acl", "parataxis", "appos", "advcl")))
    kept -= {t.i for t in sentence.dependents(head.i, "case", "mark") if t.i < head.i}
    return Role(name, trimmed(sentence, sentence.run(head.i, kept)), Span(head.start, head.end, head.text))


def trimmed(sentence: Sentence, span: Span) -> Span:
    """A span without punctuation and prepositions at its edges."""
    inside = sentence.inside(span.start, span.end)
    while len(inside) > 1 and (inside[0].upos == "PUNCT" or _is_edge(inside[0])):
        inside = inside[1:]
    while len(inside) > 1 and inside[-1].upos == "PUNCT":
        inside = inside[:-1]
    return sentence.words(inside[0].i, inside[-1].i) if inside else span


def _is_edge(token: Token) -> bool:
    """Whether a word only joins a phrase to what is before it."""
    return base(token.deprel) in {"case", "cc"} or (
        base(token.deprel) == "mark" and token.lower in {"of", "for"}
    )


def is_audience(sentence: Sentence, token: Token) -> bool:
    """Whether a listener is only the press: "told reporters"."""
    from_table = speaker_words()
    return (
        token.lower in _AUDIENCE
        or sentence.phrase(token.i).text.lower() in from_table.media_names
        or (known_form(token.lower, from_table.media) is not None)
    )


def when(sentence: Sentence, verb: Token, content: Sequence[Span], topic: Iterable[Role]) -> Role | None:
    """When it was said: a date beside the verb of saying; else, if the act has a topic with a day, that.

    A period ("since March", "for years") and a year of something named are no day of a statement.
    """
    times = [t for t in find_times(sentence) if t.form not in _PERIODS]
    outside = [t for t in times if not any(c.start <= t.span.start < c.end for c in content)]
    for time in outside:
        if _dates(sentence, time, verb):
            return Role("time", time.span, time.span)
    for role in topic:
        for time in times:
            inside = role.span.start <= time.span.start and time.span.end <= role.span.end
            if inside and time.form in _DAYS:
                return Role("time", time.span, time.span)
    return None


def _dates(sentence: Sentence, time: TimeExpression, verb: Token) -> bool:
    """Whether a date belongs to a verb: beside it, or hanging on it and not on something with a date."""
    token = sentence.token_at(time.span.start)
    if token is None or _belongs_to_noun(sentence, time):
        return False
    if verb.i < token.i <= verb.i + _NEAR:
        return True
    chain = [token, *sentence.ancestors(token.i)]
    clause = next((t for t in chain if t is not token and t.upos in {"VERB", "AUX"}), None)
    steps = chain[: chain.index(clause)] if clause is not None else chain
    passed = [t for t in steps if not time.span.start <= t.start < time.span.end and t.upos in _NOMINAL]
    if passed and time.form not in _DAYS:
        return False
    if clause is None or clause.i == verb.i:
        return True
    return _issued(sentence, clause, verb) or _shares_clause(sentence, clause, verb, token)


def _belongs_to_noun(sentence: Sentence, time: TimeExpression) -> bool:
    """Whether "of" ties a date to a thing, wherever a parse hangs it: "the agreement of 2016"."""
    inside = sentence.inside(time.span.start, time.span.end)
    before = sentence.tokens[inside[0].i - 1] if inside and inside[0].i else None
    return before is not None and before.lower == "of"


def _issued(sentence: Sentence, clause: Token, verb: Token) -> bool:
    """Whether a participle tells when the vehicle of the words came out: "in a statement released on Friday"."""
    table = reporting_table()
    near = [t for t in sentence.ancestors(clause.i) if t.upos == "NOUN"] if clause.deprel == "acl" else []
    return any(table.lemma_in(t.lower, table.vehicles) for t in near[:1]) and verb.i in {
        t.i for t in sentence.ancestors(clause.i)
    }


def _shares_clause(sentence: Sentence, clause: Token, verb: Token, date: Token) -> bool:
    """Whether the verb goes on from the dated one: "On Friday she met them and warned that"."""
    if date.i > clause.i or clause.i > verb.i or sentence.dependents(verb.i, "nsubj"):
        return False
    source = speaker_of(sentence, verb)
    return source is not None and source == speaker_of(sentence, clause)
