"""Who is blamed for a deed: perpetrators through somebody's mouth, and where a deed's own words name them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from attested.mentions import blame_nouns as nouns
from attested.mentions import owning
from attested.mentions.blame_parts import DOING, Blame, BlameKind, Clause, by_case, is_negated
from attested.mentions.hits import Hit
from attested.mentions.lexicon import participant_kind
from attested.mentions.misread import is_of_its_subject
from attested.mentions.organisations import is_body, is_member, is_somebody, organisation_of
from attested.mentions.participants import agents, is_passive, patients
from attested.mentions.word_order import body_after_by, body_before
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

__all__ = ["Blame", "BlameKind", "find_blame"]

# "X was accused of / implicated in / linked to the attack": whom it is done to is said to have done it.
_ACCUSING = frozenset("accuse charge implicate indict convict incriminate link suspect connect".split())
_SEIZING = frozenset("arrest detain capture hold sentence try prosecute".split())
_ATTRIBUTING = frozenset("attribute ascribe impute trace".split())
_KEEPING = frozenset({"release", "free", "hold"})
_TAKING_PART = frozenset("participate take involve engage".split())
# Families whose subject does not do it to others: who died, what exploded or fell, who protested.
_WITHOUT_DOER = frozenset({"die", "explode", "land", "protest", "riot"})
_MAX_STEPS = 4  # governors between a by-phrase and the deed: "the killing of two men in the town of X by Y"

_Rule = Callable[[Clause, Token], Iterable[Blame]]


def find_blame(sentence: Sentence, hits: list[Hit]) -> list[Blame]:
    """Blame, claims and denials of responsibility in a sentence, in the order of the text.

    Somebody who is a group of an organisation ("members of the ELN", "a group calling itself X") gives way to the
    organisation where its name is no part of the group's own phrase.
    """
    clause = Clause(sentence, hits)
    found: dict[tuple[int, str], Blame] = {}
    for token in sentence.tokens:
        for rule in _rules(clause, token):
            for blame in rule(clause, token):
                named = _by_name(sentence, blame)
                found.setdefault((named.who.i, named.kind), named)
    return _without_denied(found.values())


def _without_denied(found: Iterable[Blame]) -> list[Blame]:
    """Whoever claims or denies it in this sentence is not alleged by it too."""
    own = {b.who.i for b in found if b.kind != "perpetrator" and not b.is_reply}
    return [b for b in found if b.kind != "perpetrator" or b.who.i not in own]


def _by_name(sentence: Sentence, blame: Blame) -> Blame:
    named = organisation_of(sentence, blame.who)
    return replace(blame, who=named) if named is not None else blame


def _rules(clause: Clause, token: Token) -> Iterator[_Rule]:
    """The rules that a word calls for; "has not blamed anybody" blames nobody."""
    forms = set(lemmas(token.lower))
    if token.upos in {"VERB", "ADJ"}:
        yield from (rule for words, rule in _OWN_RULES if words & forms)
    if token.upos in {"VERB", "ADJ"} and not is_negated(clause.sentence, token):
        yield from (rule for words, rule in _VERB_RULES if words & forms)
    if token.upos in {"NOUN", "PRON"}:
        yield from (rule for words, rule in _NOUN_RULES if words & forms)
    if token.lower == "responsible":
        yield _responsible
    if token.lower == "by":
        yield _by_phrase
    if token.lower == "behind":
        yield _behind
        yield owning.not_behind
    yield _group


# --- blame by others ----------------------------------------------------------------------------------------


def _blamed(clause: Clause, verb: Token) -> list[Blame]:
    """ "blamed X for Y", "blamed Y on X", "Y was blamed on X", "X was blamed for Y"."""
    sentence = clause.sentence
    obliques = by_case(sentence, verb)
    hurt = patients(sentence, verb.i)
    if found := _on(clause, obliques, hurt[0] if hurt else None):
        return found
    if hurt and "for" not in obliques and (found := _on(clause, by_case(sentence, hurt[0]), hurt[0])):
        return found  # parsed as "the attack on X"
    return [b for who in hurt for b in clause.blame_all(who, obliques.get("for"))]


def _on(clause: Clause, cases: Mapping[str, Token], deed: Token | None) -> list[Blame]:
    """Blame for whoever stands behind "on"; "on Monday" is nobody."""
    who = cases.get("on")
    return clause.blame_all(who, deed) if who is not None and who.entity != "time" else []


def _attributed(clause: Clause, verb: Token) -> list[Blame]:
    """ "attributed the attack to X", "the attack was attributed to X"."""
    hurt = [clause.meant(t) for t in patients(clause.sentence, verb.i)]
    before = (
        clause.sentence.tokens[verb.i - 1 : verb.i] if verb.i else []
    )  # "in an action attributed to X", misread
    deed = next((t for t in [*hurt, *before] if clause.is_deed(t)), None)
    obliques = by_case(clause.sentence, verb)
    who = obliques.get("to") or (by_case(clause.sentence, deed).get("to") if deed else None)
    return clause.blame_all(who, deed) if deed is not None and who is not None else []


def _accused(clause: Clause, verb: Token) -> list[Blame]:
    """ "accused X of firing the rockets", "X was arrested for the killing": the deed stands below the verb."""
    hurt = patients(clause.sentence, verb.i)
    deed = clause.deed_below(verb.i, cut=[t for t in hurt if is_passive(clause.sentence, verb.i)])
    if deed is None and "suspect" in lemmas(verb.lower):  # "police suspect the Red Dawn group"
        return [b for who in hurt if is_body(who) for b in clause.blame_all(who, None)]
    if deed is None:
        return []
    return [b for who in hurt if who.i != deed.i for b in clause.blame_all(who, deed)]


def _seized(clause: Clause, verb: Token) -> list[Blame]:
    """ "arrested in connection with the attack", "sentenced for the murder"; not "captured in the attack"."""
    sentence = clause.sentence
    cases = by_case(sentence, verb)
    reason = cases.get("for") or next((t for t in cases.values() if t.lower == "connection"), None)
    if reason is None:
        return []
    deed = reason if clause.is_deed(reason) else clause.deed_below(reason.i)
    hurt = patients(sentence, verb.i)
    return [b for who in hurt for b in clause.blame_all(who, deed)] if deed is not None else []


def _took_part(clause: Clause, verb: Token) -> list[Blame]:
    """ "participated in the attack", "those involved in it were soldiers", "the attack involved X"."""
    sentence = clause.sentence
    if "take" in lemmas(verb.lower) and not any(
        d.lower in owning.PART for d in sentence.dependents(verb.i, "obj")
    ):
        return []
    doers = agents(sentence, verb.i)
    if "involve" in lemmas(verb.lower):
        if not is_passive(sentence, verb.i) and verb.upos == "VERB" and doers and clause.is_deed(doers[0]):
            return [b for who in patients(sentence, verb.i) for b in clause.blame_all(who, doers[0])]
        doers = patients(sentence, verb.i) or sentence.dependents(verb.i, "nsubj")
    deed = next((d for d in sentence.dependents(verb.i, "obl") if clause.is_deed(d)), None)
    return [b for who in doers for b in clause.blame_all(who, deed)] if deed is not None else []


def _kept(clause: Clause, verb: Token) -> list[Blame]:
    """ "the priest, kidnapped in May, was released by the rebels": who lets somebody go, or holds them, took them."""
    taken = next((h for h in clause.hits if h.family.name == "abduct" and h.i != verb.i), None)
    doers = [t for t in agents(clause.sentence, verb.i) if is_body(t) and participant_kind(t.text) != "force"]
    if taken is None or not patients(clause.sentence, verb.i):
        return []
    return [b for who in doers for b in clause.blame_all(who, clause.sentence.tokens[taken.i])]


def _done(clause: Clause, verb: Token) -> list[Blame]:
    """ "the killing, carried out by X", "X perpetrated the crime": where the deed's own roles do not reach."""
    sentence = clause.sentence
    deed = next((t for t in _objects(sentence, verb) if clause.is_deed(t)), None)
    found = [b for who in agents(sentence, verb.i) for b in clause.blame_all(who, deed)] if deed else []
    if found or (who := body_after_by(sentence, verb)) is None:
        return found
    deed = deed or clause.deed_before(verb.i)
    return clause.blame_all(who, deed) if deed is not None else []


def _objects(sentence: Sentence, verb: Token) -> list[Token]:
    """What a verb is done to; that of "planned and carried out the raid" hangs on the first verb."""
    found = patients(sentence, verb.i)
    if found or base(verb.deprel) != "conj" or verb.head < 0:
        return found
    return [t for t in patients(sentence, verb.head) if t.i > verb.i]


def _responsible(clause: Clause, adjective: Token) -> list[Blame]:
    """ "held X responsible", "X was responsible for the attack", "X is believed to be responsible"."""
    sentence = clause.sentence
    deed = by_case(sentence, adjective).get("for")
    verb = sentence.tokens[adjective.head] if adjective.head >= 0 else None
    subjects = clause.subjects(adjective)
    if verb is not None and "hold" in lemmas(verb.lower):
        subjects = patients(sentence, verb.i) or subjects
        deed = deed or by_case(sentence, verb).get("for")
    elif verb is not None and base(adjective.deprel) == "xcomp":
        subjects = subjects or agents(sentence, verb.i)
    elif verb is not None and _ACCUSING & set(lemmas(verb.lower)):  # "accused X of being responsible"
        subjects = subjects or patients(sentence, verb.i) or _between(clause, verb, adjective)
    elif verb is not None and base(adjective.deprel) == "amod" and _is_said_of(sentence, verb):
        subjects = [sentence.tokens[verb.head]]  # "those responsible are soldiers"
    if deed is None:  # "according to the governor, the Front was responsible"
        subjects = [t for t in subjects if is_body(t) and sentence.dependents(adjective.i, "cop")]
    return [b for who in subjects for b in clause.blame_all(who, deed)]


def _between(clause: Clause, verb: Token, adjective: Token) -> list[Token]:
    """The last body between an accusing verb and "of": "accused the Front (FRT) of being responsible"."""
    words = clause.sentence.tokens[verb.i + 1 : adjective.i]
    before = [t for t in words if all(w.lower != "of" or w.i > t.i for w in words)]
    outside = [t for t in before if is_body(t) and not any(w.text == "(" and w.i < t.i for w in words)]
    return outside[-1:]


def _is_said_of(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun is the subject of another noun: "those ... are soldiers"."""
    if noun.head < 0 or base(noun.deprel) != "nsubj":
        return False
    return bool(sentence.dependents(noun.head, "cop"))


def _behind(clause: Clause, word: Token) -> list[Blame]:
    """ "X was behind the attack", "X is believed to be behind it", "the group behind the attack"."""
    sentence = clause.sentence
    deed = sentence.tokens[word.head] if word.head >= 0 else word
    of = by_case(sentence, deed).get("of")  # "behind the planning of the raid"
    if word.deprel != "case" or not (clause.is_deed(deed) or (of is not None and clause.is_deed(of))):
        return []
    group = sentence.tokens[deed.head] if base(deed.deprel) == "nmod" else None
    if group is not None and (is_body(group) or is_member(sentence, group)):
        return clause.blame_all(group, deed)
    if not sentence.dependents(deed.i, "cop") or is_negated(sentence, deed):
        return []
    named = deed if clause.is_deed(deed) else of
    return [b for who in clause.subjects(deed) for b in clause.blame_all(who, named)]


def _by_phrase(clause: Clause, word: Token) -> list[Blame]:
    """An armed group or a body after "by" that the parse hung on another word of the deed's phrase."""
    sentence = clause.sentence
    who = sentence.tokens[word.head] if word.head >= 0 else word
    if word.deprel != "case" or not (is_body(who) or is_member(sentence, who)):
        return []
    for step, above in enumerate(sentence.ancestors(who.i)):
        if clause.is_deed(above):
            known = agents(sentence, above.i) if above.upos == "VERB" else []
            return (
                [] if who in known or (step == 0 and above.upos != "VERB") else clause.blame_all(who, above)
            )
        if above.upos in {"VERB", "AUX"} or step == _MAX_STEPS:
            break
    deed = clause.deed_before(word.i)
    if deed is None or any(t.upos in {"VERB", "AUX"} for t in sentence.tokens[deed.i + 1 : word.i]):
        return []
    return clause.blame_all(who, deed)


def _group(clause: Clause, token: Token) -> list[Blame]:
    """The organisation of a group that does a deed, where the group's own phrase does not hold its name.

    A verb without a doer takes the body whose phrase stands right before it.
    """
    hit = next((h for h in clause.hits if h.i == token.i), None)
    if hit is None or hit.family.name in _WITHOUT_DOER:
        return []
    doers = [t for t in agents(clause.sentence, token.i) if is_somebody(clause.sentence, t)]
    if not doers and token.upos == "VERB":
        before = body_before(clause.sentence, token)
        if before is None or is_of_its_subject(clause.sentence, token):
            return []
        return [clause.blame("perpetrator", before, token)]
    named = [organisation_of(clause.sentence, t) for t in doers]
    return [clause.blame("perpetrator", t, token) for t in named if t is not None]


_VERB_RULES: tuple[tuple[frozenset[str], _Rule], ...] = (
    (frozenset({"blame"}), _blamed),
    (_ATTRIBUTING, _attributed),
    (_ACCUSING, _accused),
    (_SEIZING, _seized),
    (_TAKING_PART, _took_part),
    (DOING, _done),
    (_KEEPING, _kept),
)
_OWN_RULES: tuple[tuple[frozenset[str], _Rule], ...] = (
    (owning.DENYING, owning.denied),
    (frozenset({"claim"}), owning.claimed),
    (owning.OWNING, owning.owned),
)
_NOUN_RULES: tuple[tuple[frozenset[str], _Rule], ...] = (
    (nouns.SUSPICION, nouns.pinned),
    (owning.PART, owning.no_part),
    (owning.RESPONSIBILITY, owning.responsibility),
    (nouns.PARTS, nouns.part_in),
    (nouns.WORKS, nouns.works_of),
    (nouns.DEED_NOUNS, nouns.deeds_of),
    (nouns.MARKS, nouns.marks_of),
    (frozenset({"hand"}), nouns.hands),
    (nouns.DOERS, nouns.doer),
    (frozenset({"nothing"}), owning.nothing_to_do),
)
