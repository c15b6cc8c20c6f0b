"""What must stand around a deed for it to be an act toward somebody or about something: no chat, no advice, no hope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attested.mentions.act_frames import Words
from attested.mentions.act_parties import Doing
from attested.mentions.act_phrases import cases, is_future
from attested.mentions.act_roots import Teller
from attested.mentions.acts import act_table, is_kind
from attested.mentions.said import is_question, said_by
from attested.mentions.speaking import People, is_public_word
from attested.model import Role
from attested.reading.tokens import Sentence, Token
from attested.speech.voices import Attribution

_NAMES = frozenset({"PER", "ORG", "LOC"})
# Acts that are nothing without somebody in public whom they are done with.
WITH_SOMEBODY = frozenset({"CONSULT", "COOPERATE", "AID"})


@dataclass(frozen=True, slots=True)
class Found:
    """A deed told as done, with whom it is aimed at, what it is about and the attribution whose cue its verb is."""

    teller: Teller
    people: People
    doing: Doing
    aimed: Role | None
    topic: Role | None
    row: Attribution | None

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.teller.sentence

    @property
    def aim(self) -> Token | None:
        """The word for whom it is aimed at."""
        return self.sentence.token_at(self.aimed.head.start) if self.aimed is not None else None


def is_whole(found: Found) -> bool:
    """Whether a deed has what its root and its words ask for."""
    told, verb = found.doing.told, found.doing.verb
    objects = found.teller.around(verb).objects
    if found.topic is not None and act_table().kinds["silence"] & set(found.topic.span.text.split()[-2:]):
        return False  # "declined a request for comment"
    if told.root in WITH_SOMEBODY:
        return _is_with_somebody(found) and not (is_kind(verb, "calling") and _named_as(found))
    if told.root == "COERCE" or is_kind(verb, "aimed"):
        return found.aimed is not None
    if told.root == "RETREAT":
        return _is_retreat(found)
    if told.root == "THREATEN" and verb.lower.startswith("warn"):
        return _is_threat(found)
    if told.root == "THREATEN" and told.mode == "restrict" and told.turn != "threaten":
        return found.aimed is not None
    if told.root == "CONCEDE" and is_kind(verb, "passing") and any(is_kind(t, "bill") for t in objects):
        return False  # law-making yields to nobody
    if told.turn == "allow":
        return _is_allowed(found)
    if told.turn == "order":
        return found.aimed is not None or bool(found.teller.below(verb, 0))
    if told.root == "SANCTION" and is_kind(verb, "ending"):
        return not any(is_kind(t, "gathering") for t in objects)
    if told.root == "ACCUSE":
        return _is_blame(found, objects) and _is_of_something(found)
    if told.turn == "demand":
        return _is_demanded(found)
    return _is_promised(found) if told.turn == "intend" else _is_of_something(found)


def _is_blame(found: Found, objects: Sequence[Token]) -> bool:
    """Whether somebody is blamed: no passive headline, no regret of one's own, nobody's killer who is described."""
    told, verb = found.doing.told, found.doing.verb
    if is_kind(verb, "naming"):
        return _is_called_names(found)
    if told.mode == "investigate" and not any(found.teller.noun(t).root == "ACCUSE" for t in objects):
        return found.aimed is not None  # "police are investigating the crash"
    if is_kind(verb, "regret"):
        inner = found.sentence.dependents(verb.i, "xcomp", "ccomp", "advcl")
        own = [t for c in inner for t in found.sentence.dependents(c.i, "nsubj") if t.upos != "PRON"]
        return not inner or bool(own)
    headline = verb.xpos == "VBN" and not found.sentence.dependents(verb.i, "aux")
    return bool(objects) or not (headline and is_kind(verb, "transitive"))


def _named_as(found: Found) -> list[Token]:
    """What a verb of naming calls somebody: "called him a liar", "described it as a crime"."""
    verb, around = found.doing.verb, found.teller.around(found.doing.verb)
    named = [t for t in around.obliques if "as" in cases(found.sentence, t)]
    return [*found.sentence.dependents(verb.i, "xcomp"), *around.objects[1:], *named]


def _is_called_names(found: Found) -> bool:
    """Whether what somebody or something is called is a reproach."""
    called = [found.sentence.tokens[i] for t in _named_as(found) for i in found.sentence.subtree(t.i)]
    words = Words.of(called)
    rows = found.teller.rows_of_verb(found.doing.verb)
    return any(deed.near.meets(words) or not deed.near for _, deed in rows if deed.name == "ACCUSE")


def _is_retreat(found: Found) -> bool:
    """Whether something is given up, or somebody yielded to: no return home."""
    told = found.doing.told
    word = found.sentence.tokens[told.word]
    around = found.teller.around(word)
    if word.upos == "NOUN" or around.objects:
        return True
    if told.mode == "withdraw":
        return "from" in around.prepositions
    return told.mode == "disarm" and found.aimed is not None


def _is_allowed(found: Found) -> bool:
    """Whether somebody in particular was allowed to do something."""
    around = found.teller.around(found.doing.verb)
    whom = [*around.objects, *(t for c in around.clauses for t in found.sentence.dependents(c.i, "nsubj"))]
    people = [t for t in whom if t.upos == "PRON" and t.lower != "it"]
    return bool(around.clauses) and (bool(people) or any(_is_somebody(found, t) for t in whom))


def _is_somebody(found: Found, token: Token) -> bool:
    """Whether a word has a name or names who acts in public; "members of the council" does."""
    of = [t for t in found.teller.around(token).obliques if "of" in cases(found.sentence, t)]
    return any(t.ner[2:] in _NAMES or is_public_word(t.lower) for t in (token, *of))


def _is_of_something(found: Found) -> bool:
    """Whether an act is aimed at somebody, a pronoun at least, or about something."""
    objects = found.teller.around(found.doing.verb).objects
    somebody = any(t.upos == "PRON" and t.lower != "it" for t in objects)
    claimed = found.doing.told.mode == "claim"
    return found.aimed is not None or found.topic is not None or somebody or claimed


def _is_with_somebody(found: Found) -> bool:
    """Whether an act is done with somebody who has a name or acts in public."""
    token = found.aim
    if token is None or _is_somebody(found, token):
        return token is not None
    return found.people.is_public(found.people.named(found.sentence, token.i), found.sentence, token.i)


def _is_demanded(found: Found) -> bool:
    """Whether a deed is asked for, or a thing by a verb of demanding; not "asked whether", "cautioned about"."""
    around = found.teller.around(found.doing.verb)
    if is_kind(found.doing.verb, "prompting") or any(is_question(found.sentence, t) for t in around.clauses):
        return False
    thing = is_kind(found.doing.verb, "demanding") and bool(around.objects)
    phrase = bool(around.prepositions & {"for", "on", "upon"}) and found.topic is not None
    said = found.row.content if found.row is not None and found.row.is_direct else ()
    if any("?" in content.text for content in said):
        return False
    return bool(around.clauses) or thing or phrase or (bool(said) and not around.clauses)


def _is_promised(found: Found) -> bool:
    """Whether a promise is of a deed to come: no thing that is offered, no fact that is assured."""
    verb = found.doing.verb
    if is_kind(verb, "offering") and not found.teller.below(verb, 0):
        return False
    if is_kind(verb, "agreeing") and found.topic is None:
        return False  # "a judge agreed with them"
    clauses = found.sentence.dependents(verb.i, "ccomp")
    facts = [t for t in clauses if t.xpos != "VB" and not is_future(found.sentence, t)]
    return not facts and _is_of_something(found)


def _is_threat(found: Found) -> bool:
    """Whether a warning is a threat: to somebody in public, or of one's own deeds or harm ("they will pay")."""
    token = found.aim
    if token is not None and (token.ner[2:] in _NAMES or is_public_word(token.lower)):
        return True
    clause = next(iter(found.sentence.dependents(found.doing.verb.i, "ccomp")), None)
    if clause is None:
        return False
    if found.row is None:
        return found.teller.told(clause).root in {"THREATEN", "REJECT"}
    called = found.people.words_of(found.row)
    return said_by(found.teller, clause, found.row, called).root in {"THREATEN", "REJECT"}
