"""Who does what to whom in a sentence, where nobody has marked them: the main deed with its actor and its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from attested.mentions.act_phrases import cases, is_must, phrase_words
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
_TELLING = frozenset({"VERB", "ADJ", "NOUN"})
_WHERE = _TOWARDS[-1]
# Prepositions before an addressee, and those before one of some roots alone.
_AT = ("against", "with", "to", "on", "upon", "at", "toward", "towards")
_FROM = {
    "REQUEST": ("from", "of"),
    "SANCTION": ("from", "for"),
    "RETREAT": ("from", "of"),
    "COERCE": ("for",),
}
# Branches that are no part of how an actor is named.
_CUT = ("acl", "parataxis", "advcl", "cop", "aux", "mark", "ccomp", "nsubj")
_OWN = frozenset({"his", "her", "its", "their", "my", "our"})
# Deeds that two do together: "X and Y agreed".
_MUTUAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REJECT", "ASSAULT"})
# Deeds whose object, when it is somebody, is whom they are done to: diplomats who are expelled.
_DONE_TO = frozenset(
    {"ACCUSE", "COERCE", "SANCTION", "ASSAULT", "REQUEST", "CONSULT", "THREATEN", "SUPPORT", "REJECT"}
)
# Acts that judge what others did.
_JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_MAX_DEPTH = 4
_ACTORS = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class Doing:
    """A deed that a word tells: its root, the words that tell it from the first down, and who does it."""

    verb: Token
    told: Told
    chain: tuple[Token, ...]
    actor: Token | None


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
    """The first deed from the root of the parse downwards that has an actor or a target; None if none has.

    Where a passive names nobody, its place stands for who did it: "he was jailed in Iran".
    """
    teller = Teller(sentence)
    for verb in downwards(sentence, (t for t in sentence.tokens if t.upos in _TELLING)):
        doing = None if only_reports(sentence, verb) else doing_of(teller, verb)
        if doing is None:
            continue
        actor = doing.actor or _where(teller, verb)
        target = _target(teller, doing, actor)
        if actor is not None or target is not None:
            return MainDeed(verb, doing.told, actor, target)
    return None


def doing_of(teller: Teller, verb: Token) -> Doing | None:
    """The deed that a word tells; None where it tells none."""
    told = teller.told(verb)
    return Doing(verb, told, tuple(_chain(teller, verb)), actor_of(teller, verb)) if told else None


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


def downwards(sentence: Sentence, words: Iterable[Token]) -> list[Token]:
    """Words of a sentence, nearest to the root of the parse first, in the order of the text."""
    return sorted(words, key=lambda t: sum(1 for _ in sentence.ancestors(t.i)))


def actor_of(teller: Teller, verb: Token) -> Token | None:
    """Who does the deed: the subject, of a passive whoever it is done by."""
    sentence = teller.sentence
    if is_passive(sentence, verb):
        return next((t for t in teller.around(verb).obliques if "by" in cases(sentence, t)), None)
    subject = speaker_of(sentence, verb)
    return sentence.tokens[subject] if subject is not None else None


def _where(teller: Teller, verb: Token) -> Token | None:
    """The place of a passive deed."""
    sentence = teller.sentence
    if not is_passive(sentence, verb):
        return None
    phrases = teller.around(verb).obliques
    return next((t for t in phrases if cases(sentence, t) & _WHERE and t.ner[2:] == "LOC"), None)


def only_reports(sentence: Sentence, verb: Token) -> bool:
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


def _target(teller: Teller, doing: Doing, actor: Token | None) -> Token | None:
    """Whom the deed is done to: somebody among what the verb governs, its clauses and nouns of deed included."""
    sentence = teller.sentence
    ours = set(sentence.subtree(actor.i)) if actor is not None else set()
    others = (t for t in _candidates(teller, doing.chain, doing.told, actor) if t.upos != "PRON")
    return next((t for t in others if t.i not in ours or base(t.deprel) == "conj"), None)


def addressees(teller: Teller, doing: Doing) -> Iterator[Token]:
    """Who may be addressed by an act or be its aim, the likeliest first: nobody that only its matter names."""
    sentence, root = teller.sentence, doing.told.root
    words = [teller.around(word) for word in doing.chain]
    yield from (t for t in words[0].objects if _is_party(teller, doing.verb, t))
    if root == "REQUEST":
        yield from (t for word in doing.chain[1:] for t in sentence.dependents(word.i, "nsubj") if names(t))
    if doing.actor is not None and root in _MUTUAL:
        yield from (t for t in sentence.dependents(doing.actor.i, "conj") if names(t))
    yield from (t for one in words for t in one.objects if _is_party(teller, one.word, t))
    means = [
        teller.around(t) for one in words for t in one.objects if _is_instrument(teller, doing, one.word, t)
    ]
    near = [t for one in [*words, *means] for t in one.obliques if names(t)]
    for case in (*_AT, *_FROM.get(root, ())):
        yield from (t for t in near if case in cases(sentence, t))


def _is_instrument(teller: Teller, doing: Doing, verb: Token, thing: Token) -> bool:
    """Whether what an object is done to is what the act is aimed at: sanctions on, talks with; no attack on."""
    if is_means(teller, verb, thing):
        return True
    told, judged = teller.noun(thing).root, doing.told.root in _JUDGING and doing.told.mode != "allege"
    return told == doing.told.root or (bool(told) and not judged)


def _candidates(teller: Teller, chain: Sequence[Token], told: Told, actor: Token | None) -> Iterator[Token]:
    """Who may be the target, the likeliest first."""
    sentence, core = teller.sentence, chain[-1]
    things = [t for word in chain for t in teller.around(word).objects]
    bidden = [word for word in chain[1:] if is_must(sentence, word)]
    yield from (t for word in bidden for t in sentence.dependents(word.i, "nsubj"))
    yield from (t for word in chain for t in teller.around(word).objects if _is_party(teller, word, t))
    near = [t for word in [*chain, *things] for t in teller.around(word).obliques]
    yield from (t for t in near if "with" in cases(sentence, t) and names(t))
    together = sentence.dependents(actor.i, "conj") if actor is not None and told.root in _MUTUAL else []
    yield from (t for t in together if names(t))
    if core.upos == "VERB" and told.root in _DONE_TO:
        yield from (t for t in teller.around(core).objects if not is_means(teller, core, t))
    phrases = [t for word in chain[::-1] for t in _phrases(teller, word)]
    for towards in _TOWARDS:
        yield from (t for t in phrases if cases(sentence, t) & towards and names(t))
    yield from (t for word in chain[1:] for t in sentence.dependents(word.i, "nsubj"))
    yield from (t for t in phrases if names(t))
    yield from things


def _phrases(teller: Teller, word: Token) -> list[Token]:
    """Phrases on a word and, level by level, on what it governs: its objects, phrases and clauses."""
    found, level = [], [word]
    for _ in range(_MAX_DEPTH):
        inside = [t for one in level for t in teller.around(one).clauses]
        around = [teller.around(one) for one in (*level, *inside)]
        things = [t for one in around for t in one.objects]
        below = [t for one in around for t in one.obliques]
        found += below + [t for one in inside for t in teller.around(one).objects]
        level = [*things, *below, *inside]
    return found


def _chain(teller: Teller, verb: Token) -> list[Token]:
    """A verb and the words below it that tell the deed which it turns: refused, to allow, to land."""
    chain = [verb]
    while len(chain) < _MAX_DEPTH:
        rows = teller.rows_of_verb(chain[-1])
        inner = [t for t in teller.around(chain[-1]).clauses if teller.told(t)]
        if not inner or (rows and not rows[0][1].is_turn):
            break
        chain.append(inner[0])
    return chain


def _is_party(teller: Teller, verb: Token, thing: Token) -> bool:
    """Whether an object is somebody that the deed is done to."""
    return names(thing) and not is_means(teller, verb, thing)


def is_means(teller: Teller, verb: Token, thing: Token) -> bool:
    """Whether an object only says which deed it is: the aid that is given, one's own envoy who is recalled."""
    own = any(t.lower in _OWN for t in teller.sentence.dependents(thing.i, "nmod:poss"))
    rows = [deed for _, deed in teller.rows_of_verb(verb) if deed.object and not deed.object.entities]
    words = phrase_words(teller.sentence, thing)
    said = [deed for deed in rows if any(deed.object.holds(t) for t in words)]
    return any(own or deed.name not in _DONE_TO or not names(thing) for deed in said)


def names(token: Token) -> bool:
    """Whether a word names somebody or some place that may be acted on."""
    return token.upos != "PRON" and (token.entity in _ACTORS or token.ner[2:] in {"PER", "ORG", "LOC"})
