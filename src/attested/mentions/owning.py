"""What those who did it say themselves: claims and denials of responsibility, and deeds told of their own people."""

from __future__ import annotations

from attested.mentions.blame_parts import DOING, Blame, BlameKind, Clause, by_case, is_negated, is_nobody
from attested.mentions.lexicon import participant_kind
from attested.mentions.organisations import is_body, is_somebody
from attested.mentions.participants import agents, is_passive, patients
from attested.mentions.word_order import body_before
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

DENYING = frozenset({"deny", "reject", "disclaim"})
PART = frozenset({"part", "hand", "role", "participation"})
RESPONSIBILITY = frozenset({"responsibility", "involvement", "credit", "participation", "authorship"})
# What those who did it say: "said it had carried out the attack", "admitted killing him".
OWNING = frozenset("say claim admit acknowledge announce confess declare boast assert state report".split())
# What somebody who is blamed denies, of whatever it was told.
_CHARGES = frozenset("it this that accusation allegation charge claim report suggestion assertion".split())
_TAKING = frozenset({"claim", "admit", "assume", "take", "accept"})
_INVOLVED = frozenset(
    "part involvement involved role hand responsible responsibility behind carried carrying connection link".split()
)
# Papers that speak for whoever signed them: "distributed leaflets claiming responsibility".
_PAPERS = frozenset(
    "leaflet pamphlet statement communique communiqué call message note letter video tape".split()
)


def denied(clause: Clause, verb: Token) -> list[Blame]:
    """ "denied that it had any part in the attack", "denied being behind it"."""
    sentence = clause.sentence
    clauses = sentence.dependents(verb.i, "ccomp", "xcomp", "advcl")
    below = [j for d in clauses for j in sentence.subtree(d.i)]
    if own := [
        d for d in clauses if d.deprel == "xcomp" and clause.is_hit(d) and "deny" in lemmas(verb.lower)
    ]:
        doers = [t for t in agents(sentence, verb.i) if is_body(t)]  # "the army denied bombing the market"
        return [clause.blame("responsibility_denied", t, own[0]) for t in doers[:1]]
    if answered := _answered(sentence, verb):
        doers = [t for t in agents(sentence, verb.i) if is_body(t)][:1]
        deed = clause.deed_below(answered[0].i)
        if deed is not None:  # "rejected accusations that its troops had shelled the village"
            return [clause.blame("responsibility_denied", t, deed) for t in doers]
        if "deny" in lemmas(verb.lower):
            return [Blame("responsibility_denied", t, None, is_reply=True) for t in doers]
    if not {sentence.tokens[j].lower for j in below} & _INVOLVED:
        return []
    who = next(iter(agents(sentence, verb.i)), None)
    deed = next((sentence.tokens[h.i] for h in clause.hits if h.i in below), None)
    return [clause.blame("responsibility_denied", who, deed)] if who is not None else []


def _answered(sentence: Sentence, verb: Token) -> list[Token]:
    """ "The group denied it", "the army denied the accusations", "denied reports that it had bombed a school"."""
    return [d for d in sentence.dependents(verb.i, "obj") if _CHARGES & {d.lower, *lemmas(d.lower)}]


def not_behind(clause: Clause, word: Token) -> list[Blame]:
    """ "The militia said it was not behind the attack", "they were not behind it"."""
    sentence = clause.sentence
    deed = sentence.tokens[word.head] if word.head >= 0 else word
    if word.deprel != "case" or not sentence.dependents(deed.i, "cop") or not is_negated(sentence, deed):
        return []
    if not (clause.is_deed(deed) or deed.lower in {"it", "this", "that"}):
        return []
    subject = next(iter(sentence.dependents(deed.i, "nsubj")), None)
    if subject is not None and subject.upos == "PRON":
        speakers = [t for a in sentence.ancestors(deed.i) for t in agents(sentence, a.i)]
        subject = next((t for t in speakers if is_body(t)), None)
    named = deed if clause.is_deed(deed) else None
    return [clause.blame("responsibility_denied", subject, named)] if subject is not None else []


def responsibility(clause: Clause, noun: Token) -> list[Blame]:
    """ "X claimed responsibility for Y", "X denied involvement in Y"; "X has not claimed it" is neither."""
    sentence = clause.sentence
    if noun.head < 0:
        return []
    verb = sentence.tokens[noun.head]
    forms = set(lemmas(verb.lower))
    obliques = {**by_case(sentence, verb), **by_case(sentence, noun)}
    deed = obliques.get("for") or obliques.get("in") or _introduced_next(sentence, noun)
    who = obliques.get("by") if is_passive(sentence, verb.i) else _claimant(sentence, verb)
    if who is None:
        return []
    if forms & DENYING and (whose := _owner(sentence, noun)) is not None:
        who = whose  # "the spokesman denied the army's involvement"
    negated = is_negated(sentence, verb, noun)
    if forms & DENYING or (negated and "have" in forms):
        return [clause.blame("responsibility_denied", who, deed)]
    if forms & _TAKING and not negated and not is_nobody(sentence, who):
        return [clause.blame("responsibility_claimed", who, deed)]
    return []


def _owner(sentence: Sentence, noun: Token) -> Token | None:
    """Whose part in a deed a noun is about: "the army's involvement", "any involvement of the army"."""
    of = by_case(sentence, noun).get("of")
    owners = [d for d in sentence.dependents(noun.i) if d.deprel == "nmod:poss"]
    return next((t for t in [*owners, *([of] if of else [])] if is_body(t)), None)


def _claimant(sentence: Sentence, verb: Token) -> Token | None:
    """Who claims it: the verb's subject, who gave out the leaflet that does, or the body right before the verb."""
    who = next(iter(agents(sentence, verb.i)), None)
    if who is not None and _PAPERS & set(lemmas(who.lower)) and who.head >= 0:
        given_by = [t for t in agents(sentence, who.head) if is_body(t) or t.upos == "PROPN"]
        signed = [d for d in sentence.dependents(who.i, "nmod", "compound") if is_body(d)]
        return next(iter([*signed, *given_by]), who)
    if who is None or not is_body(who):
        return body_before(sentence, verb) or who
    return who


def claimed(clause: Clause, verb: Token) -> list[Blame]:
    """ "the bombing was claimed by X", "X claimed the bombing"."""
    sentence = clause.sentence
    deed = next((t for t in patients(sentence, verb.i) if clause.is_deed(t)), None)
    if deed is None or is_negated(sentence, verb):
        return []
    doers = [t for t in agents(sentence, verb.i) if not is_nobody(sentence, t)]
    return [clause.blame("responsibility_claimed", t, deed) for t in doers if is_somebody(sentence, t)]


def owned(clause: Clause, verb: Token) -> list[Blame]:
    """ "X said it had carried out the attack", "X admitted killing him", "X said: we shot at the base"."""
    sentence = clause.sentence
    speakers = [t for t in agents(sentence, verb.i) if is_body(t) and not is_nobody(sentence, t)]
    clauses = sentence.dependents(verb.i, "ccomp", "xcomp")
    if not speakers or not clauses or is_passive(sentence, verb.i):
        return []
    inner = clauses[0]
    deed = inner if clause.is_deed(inner) else _deed_done(clause, inner)
    if deed is None or not _is_own(clause, inner, speakers[0]):
        return []
    kind: BlameKind = "responsibility_denied" if is_negated(sentence, inner) else "responsibility_claimed"
    return [clause.blame(kind, speakers[0], deed)]


def _deed_done(clause: Clause, verb: Token) -> Token | None:
    """The deed that "carried out", "committed" and the like have as object."""
    if not DOING & set(lemmas(verb.lower)):
        return None
    return next((t for t in patients(clause.sentence, verb.i) if clause.is_deed(t)), None)


def _is_own(clause: Clause, verb: Token, speaker: Token) -> bool:
    """Whether the speaker's own people do it: "we", "our fighters", a bare participle or infinitive.

    "They" and "its fighters" may be anybody's: "gunmen attacked the town; police said they killed six farmers".
    """
    sentence = clause.sentence
    own = sentence.dependents(verb.i, "nsubj")
    if not own:
        return base(verb.deprel) == "xcomp"
    if own[0].lower in {"it", "they"} and is_negated(sentence, verb):
        return True  # "the militia said that it had not kidnapped them"
    if is_passive(sentence, verb.i) or verb.upos != "VERB":
        return False
    if own[0].lower == "it":
        return _deed_done(clause, verb) is not None and _is_sole_group(sentence, speaker)
    return own[0].lower == "we" or any(d.lower == "our" for d in sentence.dependents(own[0].i, "nmod"))


def _is_sole_group(sentence: Sentence, speaker: Token) -> bool:
    """Whether "it" can mean only the speaker: one armed group, and no other body in the sentence."""
    if participant_kind(speaker.text) != "armed_group" or speaker.xpos in {"NNS", "NNPS"}:
        return False
    phrase = sentence.phrase(speaker.i)
    return not any(is_body(t) and not phrase.start <= t.start < phrase.end for t in sentence.tokens)


def no_part(clause: Clause, noun: Token) -> list[Blame]:
    """ "the militia has said that it played no part", "had no hand in the attack"."""
    sentence = clause.sentence
    verb = sentence.tokens[noun.head] if noun.head >= 0 else noun
    if base(noun.deprel) == "obj" and DENYING & set(lemmas(verb.lower)):
        return responsibility(clause, noun)  # "the group denied any role"
    if not any(d.lower == "no" for d in sentence.dependents(noun.i, "det")):
        return []
    if not {"play", "have", "take"} & set(lemmas(verb.lower)):
        return []
    who = next(iter(agents(sentence, verb.i)), None)
    if who is not None and who.upos == "PRON":
        speakers = [t for a in sentence.ancestors(verb.i) for t in agents(sentence, a.i)]
        who = next((t for t in speakers if t.upos != "PRON"), None)
    below = set(sentence.subtree(verb.i))
    deed = next((sentence.tokens[h.i] for h in clause.hits if h.i in below), None)
    return [clause.blame("responsibility_denied", who, deed)] if who is not None else []


def nothing_to_do(clause: Clause, word: Token) -> list[Blame]:
    """ "the militia had nothing to do with the attack"."""
    sentence = clause.sentence
    verb = sentence.tokens[word.head] if word.head >= 0 else word
    with_ = [d for j in sentence.subtree(verb.i) if (d := sentence.tokens[j]).lower == "with" and d.head >= 0]
    deed = next((t for w in with_ if clause.is_deed(t := sentence.tokens[w.head])), None)
    who = next((t for t in agents(sentence, verb.i) if is_body(t)), None)
    if "have" not in lemmas(verb.lower) or who is None or deed is None:
        return []
    return [clause.blame("responsibility_denied", who, deed)]


def _introduced_next(sentence: Sentence, noun: Token) -> Token | None:
    """The noun of a "for" right behind, wherever the parse hung it."""
    behind = sentence.tokens[noun.i + 1] if noun.i + 1 < len(sentence.tokens) else noun
    return sentence.tokens[behind.head] if behind.lower == "for" and behind.head >= 0 else None
