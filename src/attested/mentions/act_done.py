"""Whether a deed is told as done: not planned, wished, habitual, in passing, another's, or what something is for."""

from __future__ import annotations

from attested.mentions.act_parties import Doing
from attested.mentions.act_phrases import cases, is_headline
from attested.mentions.act_roots import Teller
from attested.mentions.acts import act_table, is_kind
from attested.mentions.said import BY_SAYING, TOLD, is_beside
from attested.mentions.speaking import is_public_word
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.negation import is_negated, negated_here
from attested.speech.status import status_of
from attested.speech.subjects import verb_cue

# Turns after which nothing has been done, or not by the subject.
NOT_DONE = frozenset({"undergo", "fail", "try", "keep", "purpose", "must", "not", "will", "wish"})
# Prepositions behind which a verb in -ing names a matter: "accused of denying", "without asking".
_MATTER_OF = frozenset(
    "of in for without from against about before instead on by to into over at toward towards".split()
)
# Conjunctions of what has not been done yet: "until he gave".
_UNDONE = frozenset({"until", "till", "unless", "if", "whether", "lest"})
# Acts that are still done when they are told in the present ("Washington blames the militia"), and turns with a clause.
_LASTING = frozenset({"ACCUSE", "REJECT", "REQUEST"})
_PROMISING = frozenset({"intend", "vow", "threaten"})
_USUALLY = frozenset("usually often typically generally sometimes always routinely regularly".split())
_UNSURE = frozenset({"any", "possible", "potential", "future", "further"})
_HAVE = frozenset({"have", "has", "had", "'ve", "’ve"})
_FIRST = frozenset({"i", "we"})


def is_in_passing(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb names a purpose, a matter or a habit, not a deed: "to deny it", "tends to blame"."""
    first = verb
    while base(first.deprel) == "conj" and sentence.tokens[first.head].upos == "VERB":
        first = sentence.tokens[first.head]
    relation = base(first.deprel)
    bare = verb.xpos == "VB" and not sentence.dependents(verb.i, "aux", "nsubj")
    if bare or relation == "xcomp" or verb.deprel in {"amod", "compound", "case"}:
        return True
    if _is_bare_participle(sentence, verb, relation):
        return True
    if relation == "acl" and first.deprel != "acl:relcl" and first.xpos == "VBN":
        return True  # "devices offered by Iran"
    marks = {t.lower for t in sentence.dependents(first.i, "mark", "case", "advmod")}
    if relation == "advcl" and marks & _UNDONE:
        return True
    named = relation in {"advcl", "acl", "nmod", "obl"} and bool(marks & _MATTER_OF)
    return named and first.xpos == verb.xpos == "VBG"


def _is_bare_participle(sentence: Sentence, verb: Token, relation: str) -> bool:
    """ "Boeing allowed to bid", "the mayor talking to officers": a participle that nothing else makes a verb."""
    if verb.xpos == "VBG":
        return relation in {"root", "parataxis", "ccomp"} and not sentence.dependents(verb.i, "aux")
    if verb.xpos != "VBN" or relation in {"acl", "advcl", "conj"}:
        return False
    return not sentence.dependents(verb.i, "aux", "nsubj:pass", "obj", "iobj", "ccomp")


def is_only_said(teller: Teller, doing: Doing) -> bool:
    """Whether a verb of saying tells nothing itself, so that what is said must be asked; or nothing is said at all."""
    sentence, verb = teller.sentence, doing.verb
    if doing.told.root in {"REQUEST", "REJECT"}:
        inner = sentence.dependents(verb.i, "xcomp", "ccomp", "obj")
        hidden = [t for t in inner if t.lower in act_table().anonymity]
        if any(
            doing.told.root == "REJECT" or base(t.deprel) == "obj" or negated_here(sentence, t.i)
            for t in hidden
        ):
            return True
    cue = verb_cue(sentence, verb)
    carries = all(deed.name == "same" for _, deed in teller.rows_of_verb(verb))
    return cue is not None and cue.is_speech and carries and len(doing.chain) > 1


def is_done(teller: Teller, doing: Doing) -> bool:
    """Whether a deed is told as done: by now, if it takes more than words."""
    sentence, told, verb = teller.sentence, doing.told, doing.verb
    status = status_of(sentence, verb.i)[0]
    if (
        told.turn in NOT_DONE
        or status not in TOLD
        or _is_aside(sentence, doing)
        or _is_undone(sentence, verb)
    ):
        return False
    if told.turn == "plan":
        cue = verb_cue(sentence, verb)
        known = teller.below(sentence.tokens[told.word], 0)
        return cue is not None and cue.is_speech and bool(known)  # "announced plans to withdraw"
    if _is_present(sentence, verb) and not _is_lasting(sentence, doing):
        return is_headline(sentence)  # a headline: "Iran frees two engineers"
    perfect = any(t.lower in _HAVE for t in sentence.dependents(verb.i, "aux"))  # "has suspended talks"
    return told.root in BY_SAYING or status == "happened" or perfect


def _is_undone(sentence: Sentence, verb: Token) -> bool:
    """Whether a deed is denied, by nobody ("neither the army nor the police"), or no single one ("often")."""
    if any(t.lower in _USUALLY for t in sentence.dependents(verb.i, "advmod")):
        return True
    near = sentence.dependents(verb.i, "nsubj", "obj")
    neither = any(t.lower == "neither" for thing in near for t in sentence.dependents(thing.i))
    return neither or is_negated(sentence, verb.i)


def _is_present(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb stands in the simple present."""
    past = verb.xpos not in {"VB", "VBP", "VBZ"} or verb.lower.endswith("ed")
    return not past and not sentence.dependents(verb.i, "aux")


def _is_lasting(sentence: Sentence, doing: Doing) -> bool:
    """Whether an act is done by being told in the present: "blames", "admits", "vows to", "we condemn"."""
    told, verb = doing.told, doing.verb
    own = any(t.lower in _FIRST for t in sentence.dependents(verb.i, "nsubj"))
    if told.root in _LASTING or (own and told.root in BY_SAYING):
        return True
    promised = told.turn in _PROMISING and bool(sentence.dependents(verb.i, "xcomp"))
    return promised or (told.root == "CONCEDE" and verb_cue(sentence, verb) is not None)


def _is_aside(sentence: Sentence, doing: Doing) -> bool:
    """Whether the word that tells a deed only says what something is for or of what kind it is."""
    verb, word = doing.verb, sentence.tokens[doing.told.word]
    if word.deprel in {"amod", "compound"} or (word.i != verb.i and word.ner != "O"):
        return True  # "at the Manama Dialogue"
    if verb.xpos == "VBG" and _is_loose(sentence, verb, doing):
        return True
    to = [t for t in doing.chain[1:] if base(t.deprel) == "advcl"]
    if word.i == verb.i:
        return bool(to) and doing.told.turn == "stop"  # "stopped by to give a talk"
    owner = sentence.dependents(word.i, "nmod:poss") if word.upos == "NOUN" else []
    if to or is_beside(sentence, verb, word) or any(t.upos != "PRON" for t in owner):
        return True  # another's: "discussed Iran's threat"
    cue = verb_cue(sentence, verb)
    if word.upos == "NOUN" and cue is not None and cue.is_speech and cases(sentence, word):
        return True  # "said in an interview"
    marks = {t.lower for t in sentence.dependents(word.i, "mark")} if word.upos == "VERB" else set()
    return bool(marks & _MATTER_OF - {"to"})


def _is_loose(sentence: Sentence, verb: Token, doing: Doing) -> bool:
    """Whether a participle goes with what is not done yet ("will go, visiting"), with a thing, or tells a stance."""
    if sentence.dependents(verb.i, "aux"):
        return False
    head, relation = sentence.tokens[verb.head], base(verb.deprel)
    if relation in {"acl", "advcl"} and is_kind(verb, "stance"):
        return True
    if (
        verb.deprel == "acl"
    ):  # "a statement condemning the raid", no "report examining it", no "mayor talking"
        speaks = reporting_table().lemma_in(head.lower, reporting_table().vehicles) is not None
        speaks = speaks or is_kind(head, "text") or is_public_word(head.lower)
        return doing.told.root not in BY_SAYING or not speaks
    return relation == "advcl" and head.upos == "VERB" and status_of(sentence, head.i)[0] not in TOLD


def is_unsure(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun names no act that was done: "any move to", "no threat to", "calls for its withdrawal"."""
    unsure = any(t.lower in _UNSURE for t in sentence.dependents(noun.i, "det", "amod"))
    return unsure or negated_here(sentence, noun.i) or status_of(sentence, noun.i)[0] != "happened"
