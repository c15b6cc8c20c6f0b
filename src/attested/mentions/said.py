"""Acts told by what is said, whatever the verb of saying: "we will not tolerate", "they must leave"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.mentions.acts import ActFrame, act_table, known_form
from attested.mentions.matter import can_be_addressed, content_topic
from attested.mentions.speaking import is_audience, is_bare_pronoun, is_own, phrase_role
from attested.model import Role, Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.describing import Speaker
from attested.speech.negation import negated_here
from attested.speech.subjects import can_speak, is_passive, verb_cue
from attested.speech.voices import Attribution

_FIRST = frozenset({"i", "we", "us", "our"})
_PATH = frozenset({"ccomp", "conj", "parataxis", "xcomp", "root"})


@dataclass(frozen=True, slots=True)
class Act:
    """An act in a sentence: the word that tells it, its frame, its speaker and the attribution it came by."""

    trigger: Token
    frame: ActFrame
    speaker: Speaker
    head: int
    verb: Token
    roles: tuple[Role, ...]
    content: tuple[Span, ...] = ()


def from_content(sentence: Sentence, row: Attribution, cue: Token | None) -> Iterator[Act]:
    """The first act that the words of an attribution perform."""
    reporting = verb_cue(sentence, cue) if cue is not None else None
    silent = reporting is not None and (not reporting.is_speech or reporting.lemma in act_table().mental)
    if row.speaker is None or row.hedge == "denied" or silent or is_bare_pronoun(row.speaker):
        return
    for token in sentence.tokens:
        inside = next((c for c in row.content if c.start <= token.start < c.end), None)
        frames = (*content_frames(token), *act_table().content.get("", ())) if inside else ()
        frame = next((f for f in frames if _says(sentence, token, f, row)), None)
        if inside is not None and frame is not None and _heads_content(sentence, token, inside, cue):
            heard = _accused(sentence, token, frame) or _heard(sentence, cue)
            roles = [content_topic(sentence, inside), *heard]
            head = _main_word(sentence, row.source)
            yield Act(token, frame, row.speaker, head, cue or token, tuple(roles), row.content)
            return


def _accused(sentence: Sentence, word: Token, frame: ActFrame) -> list[Role]:
    """Whom "the rebels were responsible" is aimed at."""
    named = sentence.dependents(word.i, "nsubj") if frame.mode == "allege" else []
    return [phrase_role(sentence, "addressee", t) for t in named[:1] if can_be_addressed(t)]


def _heard(sentence: Sentence, cue: Token | None) -> list[Role]:
    """Whom a verb of saying says it to, the press left out."""
    listeners = sentence.dependents(cue.i, "obj", "iobj") if cue is not None else []
    heard = [t for t in listeners if can_speak(t) and not is_audience(sentence, t)]
    return [phrase_role(sentence, "addressee", t) for t in heard[:1]]


def _main_word(sentence: Sentence, source: Span | None) -> int:
    """The head word of a source phrase; the first word of the sentence when the source stands elsewhere."""
    inside = sentence.inside(source.start, source.end) if source else []
    if not inside:
        return 0
    first, last = inside[0].i, inside[-1].i
    return next((t.i for t in inside if not first <= t.head <= last), first)


def content_frames(token: Token) -> tuple[ActFrame, ...]:
    """The frames of a word by which what is said may be an act."""
    lemma = known_form(token.lower, act_table().content)
    return act_table().content[lemma] if lemma else ()


def _heads_content(sentence: Sentence, token: Token, content: Span, cue: Token | None) -> bool:
    """Whether a word heads a main clause of the content: what is said, not what is said in passing."""
    at = token
    for _ in sentence.tokens:
        if at.head < 0 or not content.start <= sentence.tokens[at.head].start < content.end:
            return True
        if _adds_clause(sentence, at):
            return True
        if base(at.deprel) not in _PATH:
            return False
        at = sentence.tokens[at.head]
        nested = verb_cue(sentence, at)
        if nested is not None and nested.is_speech and (cue is None or at.i != cue.i):
            return False  # somebody else's words within the words
        if cue is not None and at.i == cue.i:
            return True
    return False


def _adds_clause(sentence: Sentence, word: Token) -> bool:
    """Whether a relative clause only adds to what is said: ", which would be dangerous"."""
    first = min(sentence.subtree(word.i))
    comma = sentence.tokens[first].text == "," or (first > 0 and sentence.tokens[first - 1].text == ",")
    return word.deprel == "acl:relcl" and comma


def _says(sentence: Sentence, word: Token, frame: ActFrame, row: Attribution) -> bool:
    """Whether a clause of content performs a frame's act."""
    auxiliaries = {t.lower for t in sentence.dependents(word.i, "aux", "mark")}
    if frame.auxiliaries and not auxiliaries & frame.auxiliaries:
        return False
    if frame.negated is not None and negated_here(sentence, word.i) != frame.negated:
        return False
    if frame.object and not _has_object(sentence, word, frame.object):
        return False
    subject = next(iter(sentence.dependents(word.i, "nsubj")), None)
    if subject is not None and subject.xpos == "WP":  # "who is responsible" is asked, not said
        return False
    if not frame.auxiliaries and not frame.object and _is_active_verb(sentence, word):
        return False
    if frame.mode == "allege" and subject is None:  # "pleaded guilty" accuses nobody
        return False
    if frame.act == "REQUEST" and verb_cue(sentence, word) is not None and is_passive(sentence, word):
        return False  # "it must be said"
    if frame.act == "REQUEST":
        theirs = subject is not None and subject.lower not in {*_FIRST, "you"}
        return theirs and subject is not None and can_speak(subject)
    if frame.act == "ACCUSE":
        return subject is None or can_speak(subject) or subject.lower == "it" or word.upos == "ADJ"
    if row.speaker is None or subject is None:
        return True
    words = row.source.text if row.source is not None else row.speaker.name
    return is_own(sentence, subject, row.speaker, words, is_direct=row.is_direct)


def _is_active_verb(sentence: Sentence, word: Token) -> bool:
    """Whether a word that tells an act as an adjective is a verb here: "we determined that"."""
    return word.upos == "VERB" and not sentence.dependents(word.i, "aux:pass", "cop")


def _has_object(sentence: Sentence, word: Token, heads: frozenset[str]) -> bool:
    """Whether one of the words is the object of a clause or stands in the object's compound."""
    for thing in sentence.dependents(word.i, "obj", "obl", "nsubj:pass", "xcomp"):
        near = [thing, *sentence.dependents(thing.i, "compound", "nmod")]
        if any(known_form(t.lower, heads) for t in near):
            return True
    return False
