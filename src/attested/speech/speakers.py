"""Whose voice it is, over a whole report: whom "he", "the general", "the Ohio senator" or a last name mean.

A name is given in the fullest form the report has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from attested.model import Report, Span, Voice, VoiceKind
from attested.reading.tokens import Reading, Sentence, Token, base
from attested.speech.describing import Speaker, describe
from attested.speech.speaker_words import full_names, speaker_words
from attested.speech.tags import dateline_end
from attested.text.countries import country_of
from attested.text.lemmas import lemmas
from attested.text.normalise import fold

# How many speakers back a standing ("the Ohio senator") may reach: the last two.
_REACH_OF_STANDING = 2
# How many speakers back a pronoun or a role may reach.
_REACH = 12


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
            if base(token.deprel) != "nsubj" or token.ner[2:] != "PER":
                continue
            above = sentence.tokens[token.head] if token.head >= 0 else token
            is_main = above.head < 0 or (
                base(above.deprel) in {"ccomp", "parataxis", "acl"}
                and sentence.tokens[above.head].head < 0
                and above.head > token.i
            )
            if is_main and not any(q.start <= token.start < q.end for q in self.quoted):
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
            quoted = any(q.start <= token.start < q.end for q in self.quoted)
            return self._person(people, token.lower, may_learn=not quoted) or _plain(
                "unnamed official", span.text, person=True
            )
        if token.lower in table.pronouns["body"]:
            plural = token.lower.startswith("the")
            bodies = [s for s in recent if (s.is_plural if plural else not s.is_person)]
            return bodies[0] if bodies else _plain("named body", span.text)
        return _plain("unnamed official", span.text, person=True)

    def _person(self, people: Sequence[Speaker], pronoun: str, *, may_learn: bool) -> Speaker | None:
        """The latest of them whom the report does not call by the other pronoun; noted as called by this one.

        What a quoted "he" means is too unsure to learn from: its speaker may speak of anybody.
        """
        table = speaker_words().gender
        sex = next((key for key, words in table.items() if pronoun in words), "")
        for one in people:
            known = self.sexes.get(one.name) or next(
                (k for k, words in table.items() if words & one.roles), ""
            )
            if not (sex and known) or sex == known:
                if sex and may_learn:
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
        found = self._by_title(wanted, said) or self._body_called(wanted, plural=speaker.is_plural)
        return found or self._by_standing(speaker, wanted, said)

    def _by_standing(self, speaker: Speaker, wanted: set[str], said: set[str]) -> Speaker | None:
        """The person who spoke or was told of last, for a standing that nobody else has: "the Ohio senator"."""
        people = [one for one in self.speakers[: -_REACH_OF_STANDING - 1 : -1] if one.kind == "named person"]
        last = people[0] if people else None
        if last is None or speaker.is_plural or last.is_plural or not wanted & speaker_words().standings:
            return None
        others = {b for word in wanted for b in self.titled.get(word, ())} - {last}
        others |= (
            {last} if any(country_of(word) for word in said) else set()
        )  # "the Kenyan governor" is another
        sexes = {key for key, words in speaker_words().gender.items() if words & speaker.roles}
        known = self.sexes.get(last.name)
        return None if others or (known and sexes and known not in sexes) else last

    def _by_title(self, wanted: Iterable[str], said: Iterable[str]) -> Speaker | None:
        """The only person of the report with a title, where nothing more is said of them: "the president"."""
        bearers = {one for word in wanted for one in self.titled.get(word, ())} if not said else set()
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _body_called(self, wanted: set[str], *, plural: bool) -> Speaker | None:
        """The only body just named that may be called so."""
        fits = [b for b in self.bodies if wanted & (b.roles | set(fold(b.name).split()))]
        named = fits or (self.bodies if wanted & speaker_words().bodies else [])
        return named[0] if len(named) == 1 and plural == named[0].is_plural else None


def _plain(kind: VoiceKind, name: str, *, person: bool = False) -> Speaker:
    return Speaker(kind, name, frozenset(), is_person=person, is_plural=False)


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
