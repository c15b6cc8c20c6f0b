"""Who does what to whom in a sentence, where nobody has marked them: the main deed with its actor and its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.mentions.act_phrases import cases, clauses, is_must, objects, obliques, phrase_words
from attested.mentions.act_roots import Teller, Told
from attested.model import Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.subjects import is_passive, speaker_of, verb_cue

# Prepositions before whom a deed is done to, the surest first; the last say where.
_TOWARDS = (
    frozenset({"against"}),
    frozenset({"to", "with", "on", "upon", "at", "toward", "towards"}),
    frozenset({"for", "of", "from", "into", "", "over"}),
    frozenset({"in", "near", "around", "across", "within", "between", "inside", "along"}),
)
_WHERE = _TOWARDS[-1]
# Branches that are no part of how an actor is named.
_CUT = ("acl", "parataxis", "advcl", "cop", "aux", "mark", "ccomp", "nsubj")
_OWN = frozenset({"his", "her", "its", "their", "my", "our"})
# Deeds that two do together: "X and Y agreed".
_MUTUAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REJECT", "ASSAULT"})
# Deeds whose object, when it is somebody, is whom they are done to: diplomats who are expelled.
_DONE_TO = frozenset(
    {"ACCUSE", "COERCE", "SANCTION", "ASSAULT", "REQUEST", "CONSULT", "THREATEN", "SUPPORT", "REJECT"}
)
_MAX_DEPTH = 4
_ACTORS = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class MainDeed:
    """What a sentence mainly tells: the word that tells it, its root, and the heads of its two parties."""

    verb: Token
    told: Told
    actor: Token | None
    target: Token | None

    @property
    def is_mutual(self) -> bool:
        """Whether the target is named beside the actor: "X and Y met"."""
        if self.actor is None or self.target is None:
            return False
        return base(self.target.deprel) == "conj" and self.target.head == self.actor.i


def main_deed(sentence: Sentence) -> MainDeed | None:
    """The first deed from the root of the parse downwards that has an actor or a target; None if none has."""
    teller = Teller(sentence, None)
    for verb in _downwards(sentence):
        told = teller.told(verb, 0)
        if not told or _only_reports(sentence, verb):
            continue
        actor = _actor(sentence, verb)
        target = _target(teller, verb, told, actor)
        if actor is not None or target is not None:
            return MainDeed(verb, told, actor, target)
    return None


def party_span(sentence: Sentence, head: Token, *, is_alone: bool = False) -> Span:
    """The words that name a party: its phrase without clauses and without a leading preposition.

    ``is_alone`` leaves out those named beside it ("X" of "X and Y").
    """
    span = sentence.phrase(head.i, (*_CUT, "conj", "cc") if is_alone else _CUT)
    inside = sentence.inside(span.start, span.end)
    while len(inside) > 1 and inside[0].upos in {"ADP", "PUNCT", "CCONJ", "SCONJ"}:
        inside = inside[1:]
    while len(inside) > 1 and inside[-1].upos == "PUNCT":
        inside = inside[:-1]
    return sentence.words(inside[0].i, inside[-1].i)


def _downwards(sentence: Sentence) -> Iterator[Token]:
    """Verbs and what may stand for them, nearest to the root of the parse first, in the order of the text."""
    depth = {t.i: sum(1 for _ in sentence.ancestors(t.i)) for t in sentence.tokens}
    yield from sorted(
        (t for t in sentence.tokens if t.upos in {"VERB", "ADJ", "NOUN"}), key=lambda t: depth[t.i]
    )


def _actor(sentence: Sentence, verb: Token) -> Token | None:
    """Who does the deed: the subject, of a passive whoever it is done by."""
    if is_passive(sentence, verb):
        by = [t for t in obliques(sentence, verb) if "by" in cases(sentence, t)]
        where = [t for t in obliques(sentence, verb) if cases(sentence, t) & _WHERE and t.ner[2:] == "LOC"]
        return next(iter([*by, *where]), None)
    subject = speaker_of(sentence, verb)
    return sentence.tokens[subject] if subject is not None else None


def _only_reports(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb only says what somebody else did: "the army fired, a witness said"; not what they must do."""
    if verb.upos != "VERB" or not sentence.dependents(verb.i, "ccomp"):
        return False
    told = [t for t in sentence.dependents(verb.i, "ccomp") if t.upos in {"VERB", "ADJ", "NOUN"}]
    cue = verb_cue(sentence, verb)
    if cue is None or not told or is_must(sentence, told[0]):
        return False
    named = [t for t in sentence.dependents(told[0].i, "nsubj") if t.upos in {"NOUN", "PROPN"}]
    theirs = any(t.lower in _OWN for n in named for t in sentence.dependents(n.i, "nmod:poss"))
    return bool(named) and not theirs


def _target(teller: Teller, verb: Token, told: Told, actor: Token | None) -> Token | None:
    """Whom the deed is done to: somebody among what the verb governs, its clauses and nouns of deed included."""
    sentence = teller.sentence
    ours = set(sentence.subtree(actor.i)) if actor is not None else set()
    others = (t for t in _candidates(teller, verb, told, actor) if t.upos != "PRON")
    return next((t for t in others if t.i not in ours or base(t.deprel) == "conj"), None)


def _candidates(teller: Teller, verb: Token, told: Told, actor: Token | None) -> Iterator[Token]:
    """Who may be the target, the likeliest first."""
    sentence, chain = teller.sentence, _chain(teller, verb)
    core, things = chain[-1], [t for word in chain for t in objects(sentence, word)]
    bidden = [word for word in chain[1:] if is_must(sentence, word)]
    yield from (t for word in bidden for t in sentence.dependents(word.i, "nsubj"))
    yield from (t for word in chain for t in objects(sentence, word) if _is_party(teller, word, t))
    near = [t for word in [*chain, *things] for t in obliques(sentence, word)]
    yield from (t for t in near if "with" in cases(sentence, t) and _names(t))
    together = sentence.dependents(actor.i, "conj") if actor is not None and told.root in _MUTUAL else []
    yield from (t for t in together if _names(t))
    if core.upos == "VERB" and told.root in _DONE_TO:
        yield from (t for t in objects(sentence, core) if not _is_means(teller, core, t))
    phrases = [t for word in chain[::-1] for t in _phrases(sentence, word)]
    for towards in _TOWARDS:
        yield from (t for t in phrases if cases(sentence, t) & towards and _names(t))
    yield from (t for word in chain[1:] for t in sentence.dependents(word.i, "nsubj"))
    yield from (t for t in phrases if _names(t))
    yield from things


def _phrases(sentence: Sentence, word: Token) -> list[Token]:
    """Phrases on a word and, level by level, on what it governs: its objects, phrases and clauses."""
    found, level = [], [word]
    for _ in range(_MAX_DEPTH):
        inside = [t for one in level for t in clauses(sentence, one)]
        things = [t for one in [*level, *inside] for t in objects(sentence, one)]
        below = [t for one in [*level, *inside] for t in obliques(sentence, one)]
        found += below + [t for one in inside for t in objects(sentence, one)]
        level = [*things, *below, *inside]
    return found


def _chain(teller: Teller, verb: Token) -> list[Token]:
    """A verb and the words below it that tell the deed which it turns: refused, to allow, to land."""
    chain = [verb]
    while len(chain) < _MAX_DEPTH:
        rows = teller.rows_of_verb(chain[-1])
        inner = [t for t in clauses(teller.sentence, chain[-1]) if teller.told(t, 0)]
        if not inner or (rows and not rows[0][1].is_turn):
            break
        chain.append(inner[0])
    return chain


def _is_party(teller: Teller, verb: Token, thing: Token) -> bool:
    """Whether an object is somebody that the deed is done to."""
    return _names(thing) and not _is_means(teller, verb, thing)


def _is_means(teller: Teller, verb: Token, thing: Token) -> bool:
    """Whether an object only says which deed it is: the aid that is given, one's own envoy who is recalled."""
    own = any(t.lower in _OWN for t in teller.sentence.dependents(thing.i, "nmod:poss"))
    rows = [deed for _, deed in teller.rows_of_verb(verb) if deed.object and not deed.object.entities]
    words = phrase_words(teller.sentence, thing)
    said = [deed for deed in rows if any(deed.object.holds(t) for t in words)]
    return any(own or deed.name not in _DONE_TO or not _names(thing) for deed in said)


def _names(token: Token) -> bool:
    """Whether a word names somebody or some place that may be acted on."""
    return token.upos != "PRON" and (token.entity in _ACTORS or token.ner[2:] in {"PER", "ORG", "LOC"})
