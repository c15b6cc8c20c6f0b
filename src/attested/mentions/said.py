"""Acts told by what is said, whatever the verb of saying: "we will not tolerate", "they must leave"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.mentions.act_frames import Deed
from attested.mentions.act_parties import addressees, doing_of
from attested.mentions.act_phrases import cases, is_must
from attested.mentions.act_roots import MOOD, WRONGS, Teller, Told, may_tell
from attested.mentions.acts import act_table, known_form
from attested.mentions.matter import can_be_addressed, content_topic
from attested.mentions.speaking import is_audience, is_bare_pronoun, is_own, phrase_role, shares_side
from attested.model import Role, Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.describing import Speaker
from attested.speech.hedging import is_negated, status_of
from attested.speech.negation import negated_here
from attested.speech.subjects import antecedent, can_speak, is_passive, subject_of, verb_cue
from attested.speech.voices import Attribution

_ASKING = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who"})
# Prepositions of the deed that a verb only carries.
_WITHIN = frozenset({"in", "into"})
_THEY = frozenset({"they", "he", "she"})
_NOBODY = frozenset({"nobody", "anybody", "everyone"})
_PATH = frozenset({"ccomp", "conj", "parataxis", "root"})
# Deeds that a state does at home too, where they threaten nobody: "will extend the curfew".
_AT_HOME = frozenset({"COERCE", "MOBILIZE", "PROTEST"})
# Wrongs that somebody denies who says that they did not do them.
_DENIED = WRONGS - {"ACCUSE", "REJECT"}
TOLD = frozenset({"happened", "habitual"})
# What a promise or an announcement of one's own future may be.
_COMMITTED = frozenset({"AGREE", "THREATEN"})
_MAY = frozenset({"may", "might", "could"})
# Turns after which nothing is done, or not by the subject.
_NOT_DONE = frozenset({"undergo", "fail", "try", "purpose", "wish"})
# Acts that are done by saying so: "we condemn", "I apologise".
BY_SAYING = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Act:
    """An act in a sentence: what it is, its speaker by head word, its roles and the content it was told in."""

    told: Told
    speaker: Speaker
    head: int
    verb: Token
    roles: tuple[Role, ...]
    content: tuple[Span, ...] = ()


def from_content(teller: Teller, row: Attribution, cue: Token | None, called: str) -> Iterator[Act]:
    """The acts that the words of an attribution perform, one for each of their main clauses at most.

    ``called`` is how the speaker is called, with for whom they speak.
    """
    sentence = teller.sentence
    reporting = verb_cue(sentence, cue) if cue is not None else None
    silent = reporting is not None and (not reporting.is_speech or reporting.lemma in act_table().mental)
    if row.speaker is None or row.hedge == "denied" or silent or is_bare_pronoun(row.speaker):
        return
    if cue is not None and status_of(sentence, cue.i)[0] not in TOLD:
        return  # "if they say", "is expected to say"
    for content in row.content:
        for word in sentence.inside(content.start, content.end):
            if not _may_head(sentence, word) or not _heads_content(sentence, word, content, cue):
                continue
            if told := said_by(teller, word, row, called):
                roles = (
                    content_topic(sentence, content),
                    *(_accused(sentence, word, told) or _heard(sentence, cue)),
                )
                yield Act(told, row.speaker, main_word(sentence, row.source), cue or word, roles, row.content)


def _may_head(sentence: Sentence, word: Token) -> bool:
    """Whether a word may be the predicate of a clause that does something: one that must be, or is in the table."""
    if word.upos == "NOUN":
        return bool(sentence.dependents(word.i, "cop"))
    return word.upos in {"VERB", "ADJ"} and (may_tell(word) or is_must(sentence, word))


def said_by(teller: Teller, word: Token, row: Attribution, called: str) -> Told:
    """What a clause does by being said: a demand, blame, a promise, a threat, a refusal, a denial.

    Nothing where it tells of a deed done, which is told by its own verb (``act_told``), or asks something.
    """
    subject = _subject(teller.sentence, word)
    if subject is not None and subject.xpos == "WP":  # "who is responsible"
        return Told()
    told = _said(teller, word, subject, row, called)
    return told if told and not is_question(teller.sentence, word) else Told()


def _said(teller: Teller, word: Token, subject: Token | None, row: Attribution, called: str) -> Told:
    """What a clause with a subject does by being said."""
    sentence, rows = teller.sentence, teller.rows_of_verb(word)
    needs = [deed for _, deed in rows if deed.name == "must"]
    if is_must(sentence, word) or (needs and _is_of_deed(teller, word, needs[0])):
        return teller.bidden(word) if _is_bidden(sentence, word, subject, row, called) else Told()
    if needs:
        return Told()
    told = teller.told(word) if rows else Told()
    tells = sentence.tokens[told.word]
    if not told or told.turn in _NOT_DONE or tells.deprel in {"amod", "compound"}:
        return Told()
    own = subject is not None and binds(sentence, subject, row, called)
    if word.upos != "VERB":
        return _judged(teller, word, subject, told, own=own)
    if told.turn == MOOD:
        thing = told.root == "THREATEN" and subject is not None and not can_speak(subject)
        return told if own or thing else Told()  # "attacks will not be tolerated"
    if not own or subject is None or is_passive(sentence, word) or is_beside(sentence, word, tells):
        return Told()
    return _committed(teller, word, subject, told, called)


def is_question(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause is an indirect question: "whether he was glad", "why force is needed"."""
    words = (sentence.tokens[i] for i in sentence.subtree(clause.i))
    first = next(
        (t for t in words if (t.upos != "PUNCT" and t.deprel != "advmod") or t.lower in _ASKING), clause
    )
    return first.lower in _ASKING


def is_beside(sentence: Sentence, verb: Token, word: Token) -> bool:
    """Whether a noun of deed only stands beside a verb: "returned for talks", not "engaged in talks"."""
    return word.i != verb.i and word.upos == "NOUN" and bool(cases(sentence, word) - _WITHIN)


def _is_of_deed(teller: Teller, word: Token, row: Deed) -> bool:
    """Whether what is needed is a deed: "they need to leave", "reform is needed", not "they need time"."""
    if row.object or word.upos != "VERB" or is_passive(teller.sentence, word):
        return True
    around = teller.around(word)
    return bool(around.clauses) and not around.objects


def _subject(sentence: Sentence, word: Token) -> Token | None:
    """Of whom or what a clause is, passives included; what "which" stands for."""
    own = next(iter(sentence.dependents(word.i, "nsubj")), None)
    if own is not None and own.xpos == "WDT":
        return sentence.tokens[antecedent(sentence, own, word)]
    at = subject_of(sentence, word) if own is None and word.upos == "VERB" else None
    return sentence.tokens[at] if at is not None else own


def _judged(teller: Teller, word: Token, subject: Token | None, told: Told, *, own: bool) -> Told:
    """What a predicate says of its subject: "they are behind it", "it is unacceptable", "we are ready to"."""
    somebody = subject is not None and subject.upos != "PRON" and can_speak(subject)
    if told.turn == MOOD:
        return told if own or told.root == "ACCUSE" else Told()
    if any(deed.mode == "allege" for _, deed in teller.rows_of_verb(word)):
        return Told("ACCUSE", "allege", word=word.i) if somebody else Told()
    if told.root == "ACCUSE":
        return told if word.upos == "ADJ" and (own or not somebody) else Told()
    ready = own and told.turn == "plan" and word.upos == "ADJ" and bool(teller.around(word).clauses)
    return (
        told
        if ready and (teller.below(word, 0) or (subject is not None and subject.upos == "PRON"))
        else Told()
    )


def _committed(teller: Teller, word: Token, subject: Token, told: Told, called: str) -> Told:
    """What a clause of somebody's own future, or of what they have not done, does."""
    if told.turn == "will":
        weak = any(t.lower in _MAY for t in teller.sentence.dependents(word.i, "aux"))
        none = is_negated(teller.sentence, word.i)  # "neither country would send troops"
        if (
            none
            or teller.verb(word, 0).turn in _NOT_DONE
            or told.root not in _COMMITTED
            or (weak and told.root != "THREATEN")
        ):
            return Told()
        return told if teller.verb(word, 0).root not in _AT_HOME or _is_aimed(teller, word) else Told()
    if told.turn == "plan":
        return told if subject.upos == "PRON" and teller.below(word, 0) else Told()
    if told.turn != "not":
        return Told()
    if subject.upos == "PROPN" and not shares_side(subject, teller.sentence.phrase(subject.i).text, called):
        return Told()  # another's refusal or denial
    will = "will" in teller.around(word).moods
    deeds = {deed.name for _, deed in teller.rows_of_verb(word) if not deed.is_turn}
    if deeds & _DENIED:
        return Told() if will else Told("REJECT", word=word.i)
    refused = will and told.root == "REJECT" and teller.verb(word, 0).root not in {"", "REJECT"}
    return told if refused or deeds & {"AGREE", "SUPPORT", "CONCEDE"} else Told()


def _is_aimed(teller: Teller, word: Token) -> bool:
    """Whether the deed of a clause is aimed at somebody."""
    doing = doing_of(teller, word)
    return doing is not None and any(can_be_addressed(t) for t in addressees(teller, doing))


def binds(sentence: Sentence, subject: Token, row: Attribution, called: str) -> bool:
    """Whether what is said of a subject binds whoever says it: "we", "it", their own state."""
    if row.speaker is None or is_bare_pronoun(row.speaker):
        return False
    return is_own(sentence, subject, row.speaker, called, is_direct=row.is_direct)


def _is_bidden(sentence: Sentence, word: Token, subject: Token | None, row: Attribution, called: str) -> bool:
    """Whether somebody else than the speaker must act: "they must leave", "Mali should withdraw"."""
    if subject is None or (verb_cue(sentence, word) is not None and is_passive(sentence, word)):
        return False  # "it must be said"
    auxiliaries = {t.lower for t in sentence.dependents(word.i, "aux")}
    if "have" in auxiliaries or subject.lower in _NOBODY:  # "must have seen"
        return False
    if subject.upos == "PRON":
        return subject.lower in _THEY and not binds(sentence, subject, row, called)
    named = subject.ner != "O" or known_form(subject.lower, act_table().public) is not None
    done = "must" in auxiliaries and is_passive(sentence, word)  # "the raids must be stopped"
    return done or (can_speak(subject) and (named or not negated_here(sentence, word.i)))


def _accused(sentence: Sentence, word: Token, told: Told) -> list[Role]:
    """Whom "the rebels were responsible" or "they must leave" is aimed at."""
    aimed = told.turn == "must" or told.mode == "allege"
    named = sentence.dependents(word.i, "nsubj") if aimed else []
    return [phrase_role(sentence, "addressee", t) for t in named[:1] if can_be_addressed(t)]


def _heard(sentence: Sentence, cue: Token | None) -> list[Role]:
    """Whom a verb of saying says it to, the press left out."""
    listeners = sentence.dependents(cue.i, "obj", "iobj") if cue is not None else []
    heard = [t for t in listeners if can_speak(t) and not is_audience(sentence, t)]
    return [phrase_role(sentence, "addressee", t) for t in heard[:1]]


def main_word(sentence: Sentence, source: Span | None) -> int:
    """The head word of a source phrase; the first word of the sentence when the source stands elsewhere."""
    inside = sentence.inside(source.start, source.end) if source else []
    if not inside:
        return 0
    first, last = inside[0].i, inside[-1].i
    return next((t.i for t in inside if not first <= t.head <= last), first)


def _heads_content(sentence: Sentence, token: Token, content: Span, cue: Token | None) -> bool:
    """Whether a word heads a main clause of the content: what is said, not what is said in passing."""
    at = token
    for _ in sentence.tokens:
        if at.head < 0 or not content.start <= sentence.tokens[at.head].start < content.end:
            return at.head < 0 or base(at.deprel) in _PATH or (cue is not None and at.head == cue.i)
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
