"""Who does a verb and to whom, from the parse: through passives, participles, coordination and its slips."""

from __future__ import annotations

from itertools import takewhile

from attested.mentions.cases import cases_of
from attested.mentions.coordination import speaks_next, with_conjuncts
from attested.mentions.lexicon import ACTOR_KINDS, family_of, participant_kind
from attested.mentions.misread import (
    before_auxiliary,
    first_of_list,
    given_to_sayer,
    hung_before,
    is_of_its_subject,
    is_of_next,
    right_before,
)
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

# "accused X of killing", "charged X with", "blamed X for": it is the object who does what follows.
_CONTROL_MARKS = frozenset({"of", "with", "for", "from", "into"})
_LONGEST_COUNT = 5  # words of a counted phrase: "at least five other young people"
_IN_COUNTS = frozenset("at least more than about his her their".split())
_BY_ITSELF = frozenset({"another", "one"})  # "one killed and another wounded"
_COUNTED = frozenset("others another several dozens scores a an his her their".split())
_NO_BY = frozenset({"according", "including"})  # no doer, whatever the parse makes of them


def is_passive(sentence: Sentence, i: int) -> bool:
    """Whether verb ``i`` is in the passive: its subject is what it was done to."""
    token = sentence.tokens[i]
    if (
        token.xpos in {"VBN", "VBD"}
        and base(token.deprel) == "conj"
        and not sentence.dependents(i, "aux", "obj")
    ):
        # "two were killed and five wounded"; "left one dead and six injured"
        return sentence.tokens[token.head].upos not in {"VERB", "AUX"} or is_passive(sentence, token.head)
    if sentence.dependents(i, "aux:pass", "nsubj:pass") and any(
        d.deprel in {"aux:pass", "nsubj:pass"} for d in sentence.dependents(i)
    ):
        return True
    if token.lower == "hurt" and not sentence.dependents(i, "obj", "aux"):
        return True  # "two others hurt in the blast"
    if is_of_its_subject(sentence, token):
        return True  # "a policeman wounded in a bombing died", read as if he had wounded somebody
    if base(token.deprel) == "acl" and result_of(token) and not sentence.dependents(i, "obj", "nsubj", "aux"):
        return True  # "a policeman wounded in a bombing died", read as a clause with "who"
    if token.lower == "shot" and token.deprel == "acl" and not sentence.dependents(i, "obj", "nsubj"):
        return True  # "two students shot and killed on Sunday"
    return (
        (token.xpos == "VBN" or (token.xpos == "JJ" and result_of(token) != ""))
        and base(token.deprel) in {"acl", "advcl", "amod"}
        and not any(d.deprel == "nsubj" for d in sentence.dependents(i))
    )


def agents(sentence: Sentence, i: int) -> list[Token]:
    """Who or what does verb ``i``: subject, by-phrase, or the noun an active participle describes."""
    if is_passive(sentence, i):
        near = sentence.dependents(i, "obl", "nsubj", "dep")
        near += [
            d
            for t in [*near, *sentence.dependents(i, "acl")]
            for d in sentence.dependents(t.i, "appos", "nsubj")
        ]
        return [d for d in near if _is_doer(sentence, d)]
    return _subjects(sentence, i)


def _is_doer(sentence: Sentence, token: Token) -> bool:
    """Whether a dependent of a passive verb stands behind "by", or is read as if it did."""
    cases = cases_of(sentence, token.i)
    return "by" in cases or (token.deprel == "obl:agent" and cases.isdisjoint(_NO_BY))


def _subjects(sentence: Sentence, i: int, depth: int = 0) -> list[Token]:
    """Subject of verb ``i``, through relative pronouns, participles, coordination and control."""
    token = sentence.tokens[i]
    own = [d for d in sentence.dependents(i, "nsubj") if d.deprel in {"nsubj", "nsubj:pass", "nsubj:outer"}]
    own = [d for d in own if cases_of(sentence, d.i).isdisjoint(_NO_BY)]  # "..., according to the mayor"
    if of_them := _of_whom(sentence, token):
        return [of_them]
    if own and own[0].lower in {"that", "which", "who"} and base(token.deprel) == "acl" and token.head >= 0:
        return with_conjuncts(sentence, sentence.tokens[token.head])
    if not own and (before := given_to_sayer(sentence, token)):
        return with_conjuncts(sentence, before)
    own = own or _objects_before(sentence, i)
    if own := [d for d in own if not is_of_next(sentence, d, i)]:
        return [t for d in own for t in with_conjuncts(sentence, d)]
    if depth == 0 and (before := _subject_before(sentence, token)):
        return with_conjuncts(sentence, before)
    if token.head < 0 or depth > 3:
        return []
    if base(token.deprel) == "acl":
        return with_conjuncts(sentence, sentence.tokens[token.head])
    if base(token.deprel) in {"conj", "xcomp", "advcl"} and sentence.tokens[token.head].upos in {
        "VERB",
        "AUX",
    }:
        return _controlled(sentence, token) or _subjects(sentence, token.head, depth + 1)
    return []


def _objects_before(sentence: Sentence, i: int) -> list[Token]:
    """Who does a verb that has an object behind it, read as another object before it."""
    objects = sentence.dependents(i, "obj")
    before = [d for d in objects if d.i < i and d.entity in {"person", "organization"}]
    return before if objects and objects[-1].i > i else []


def _subject_before(sentence: Sentence, verb: Token) -> Token | None:
    """Who does a finite verb whose subject a parse hangs elsewhere: the first people named in its clause before it.

    "After gunmen this morning placed a bomb", "that rebels thought to belong to the Front blew up a bridge".
    """
    if verb.xpos != "VBD" or base(verb.deprel) in {"conj", "xcomp", "amod", "acl"}:
        return None
    found = None
    for token in reversed(sentence.tokens[: verb.i]):
        if (
            token.upos == "SCONJ"
            or (token.xpos in {"VBD", "VBZ", "VBP", "WP", "WDT"} and not is_of_its_subject(sentence, token))
            or token.deprel == "mark"
        ):
            break
        if token.upos == "NOUN" and participant_kind(token.text) in ACTOR_KINDS and token.entity != "time":
            found = token
    if found is None or not (cases := cases_of(sentence, found.i)):
        return found
    above = sentence.tokens[found.head] if found.head >= 0 else found
    return above if cases == {"of"} and above.upos == "NUM" else None  # "saying only two of its men died"


def _of_whom(sentence: Sentence, verb: Token) -> Token | None:
    """ "Two people, one of whom died": the part before "of whom" of a clause on a noun."""
    if verb.deprel != "acl:relcl" or verb.head < 0:
        return None
    whom = next((t for t in sentence.tokens[verb.head + 1 : verb.i] if t.lower == "whom"), None)
    part = sentence.tokens[whom.head] if whom is not None else None
    return part if part is not None and verb.head < part.i < verb.i else None


def _controlled(sentence: Sentence, verb: Token) -> list[Token]:
    """The object of the governor where it is what does the verb: "accused X of killing", "ordered X to attack"."""
    objects = [
        d
        for d in sentence.dependents(verb.head, "obj")
        if d.i < verb.i and d.entity in {"", "person", "organization"}
    ]
    marks = {d.lower for d in sentence.dependents(verb.i, "mark", "case")}
    is_control = bool(marks & _CONTROL_MARKS) or (base(verb.deprel) == "xcomp" and "to" in marks)
    return with_conjuncts(sentence, objects[0]) if objects and is_control else []


def patients(sentence: Sentence, i: int) -> list[Token]:
    """To whom or what verb ``i`` is done: object, or the subject of a passive, with conjuncts."""
    if told := elided(sentence, i):
        return with_conjuncts(sentence, told) if told.i > i else _list_up_to(sentence, told, i)
    return [t for t in _patients(sentence, i) if not _is_of_another(sentence, t, i)]


def _patients(sentence: Sentence, i: int) -> list[Token]:
    token = sentence.tokens[i]
    if base(token.deprel) == "amod" and token.head > i + 1 and sentence.tokens[i + 1].upos in {"NUM", "DET"}:
        return with_conjuncts(sentence, sentence.tokens[token.head])  # "and wounded three people"
    if _is_found_so(sentence, token):  # "two men were found shot"
        return _own_subjects(sentence, i) or patients(sentence, token.head)
    if behind := _inverted(sentence, token):
        return with_conjuncts(sentence, behind)
    if base(token.deprel) == "amod" and 0 <= token.head < i and token.upos == "VERB":
        return described(sentence, i)
    if behind := _hung_behind(sentence, token):
        return with_conjuncts(sentence, behind)
    if not is_passive(sentence, i):
        found = _objects(sentence, i)
        return [t for d in found for t in with_conjuncts(sentence, d)] + _beside(sentence, i, found)
    return _passive_patients(sentence, token)


def _passive_patients(sentence: Sentence, token: Token) -> list[Token]:
    """To whom a passive or a participle is done: its subjects, or whom a parse hangs on another word."""
    i = token.i
    own = [d for d in sentence.dependents(i) if d.deprel in {"nsubj:pass", "nsubj"}]
    own = [d for d in own if d.upos != "NUM" or len(own) == 1]  # "2 U.S. soldiers" read as two subjects
    if sentence.dependents(i, "aux"):
        own = [d for d in own if d.i < i] or own  # "three were wounded, a doctor said"
    own = own or [d for d in sentence.dependents(i) if d.upos == "NUM" and d.i < i]  # "and 31 wounded"
    if of_them := _of_whom(sentence, token):
        return [of_them]
    if not own and (before := right_before(sentence, token)):
        people = with_conjuncts(sentence, sentence.tokens[token.head]) if token.head >= 0 else []
        return people if before in people and _is_one_list(sentence, people[0].i, i) else [before]
    own = own or hung_before(sentence, token)
    if not own and (before_it := before_auxiliary(sentence, token)):
        return before_it
    relative = own and own[0].lower in {"that", "which", "who"}
    if own and not relative:
        return [t for d in own for t in with_conjuncts(sentence, d)]
    if base(token.deprel) == "acl" and token.head >= 0:
        return with_conjuncts(sentence, first_of_list(sentence, sentence.tokens[token.head], bool(relative)))
    if base(token.deprel) == "conj" and token.head >= 0 and sentence.tokens[token.head].upos == "VERB":
        above = patients(sentence, token.head)  # "survived but were hit"
        own_passive = any(d.deprel == "aux:pass" for d in sentence.dependents(i))
        return above or (agents(sentence, token.head) if own_passive else [])
    if any(d.lower == "being" for d in sentence.dependents(i, "aux")):
        return _of_governor(sentence, token)
    return []


def _beside(sentence: Sentence, i: int, objects: list[Token]) -> list[Token]:
    """ "Shot himself and his friend": people behind an object whom a parse coordinates with the verb."""
    if not objects:
        return []
    behind = [d for d in sentence.dependents(i, "conj") if d.i > objects[-1].i and d.entity == "person"]
    return [
        d
        for d in behind
        if d.upos in {"NOUN", "PROPN"}
        and not sentence.dependents(d.i, "nsubj", "cop")
        and not any(t.upos in {"VERB", "AUX"} for t in sentence.tokens[objects[-1].i : d.i])
    ]


def _of_governor(sentence: Sentence, participle: Token) -> list[Token]:
    """ "A boy is recovering after being shot": whom the verb above is said of, one person."""
    if base(participle.deprel) != "advcl" or sentence.tokens[participle.head].upos != "VERB":
        return []
    if sentence.tokens[min(participle.i + 1, len(sentence.tokens) - 1)].lower == "at":
        return []  # "after being shot at"
    above = participle.head
    people = patients(sentence, above) if is_passive(sentence, above) else agents(sentence, above)
    return [t for t in people if t.upos != "PRON"]


def elided(sentence: Sentence, i: int) -> Token | None:
    """Who is meant where a coordination leaves words out, whatever the parse hangs them on.

    "A man was killed and three others wounded": the noun right before the participle. "Killed one and injured four
    others": the noun right behind the verb.
    """
    token = sentence.tokens[i]
    if result_of(token) == "" or sentence.dependents(i, "obj", "aux", "cop"):
        return None
    before = sentence.tokens[i - 1] if i > 1 else token  # "and three more injured", "and three badly injured"
    last = i - 2 if before.lower == "more" or before.upos == "ADV" else i - 1
    if token.xpos in {"VBN", "VBD", "JJ"} and _is_coordinated_phrase(sentence, last):
        return sentence.tokens[last]
    if i and sentence.tokens[i - 1].upos == "CCONJ" and i + 1 < len(sentence.tokens):
        first = sentence.tokens[i + 1]
        if first.upos == "NUM" and base(first.deprel) in {"obj", "conj"} and first.head not in {i, -1}:
            return first  # "killed two and wounded six", the six given to the first verb
        above = sentence.tokens[first.head] if first.head > i else first
        counted = first.upos == "NUM" and base(first.deprel) == "nummod"
        return above if counted and above.upos in {"NOUN", "PROPN"} and above.head != i else None
    return None


def result_of(token: Token) -> str:
    """What a participle or verb of harm says became of people: "killed", "injured" or ""."""
    family = family_of(token.lower, "verb") if token.upos in {"VERB", "ADJ"} else None
    return family.result if family is not None else ""


def is_and_killed(sentence: Sentence, i: int) -> bool:
    """ "Shot and killed", "shot, killed": whether a killing behind verb ``i`` has no people of its own."""
    behind = sentence.tokens[i + 1 : i + 3]
    joined = len(behind) > 1 and (behind[0].upos == "CCONJ" or behind[0].text in {",", "&"})
    return joined and behind[1].lower == "killed" and not sentence.dependents(behind[1].i, "aux", "nsubj")


def _is_coordinated_phrase(sentence: Sentence, last: int) -> bool:
    """Whether the words up to here are a counted phrase behind "and" or a comma: "and at least five other people"."""
    end = sentence.tokens[last] if last > 0 else None
    if end is None or (end.upos not in {"NOUN", "NUM", "PROPN"} and end.lower not in _BY_ITSELF):
        return False
    first = last
    while first > 0 and last - first < _LONGEST_COUNT and _is_inside_count(sentence.tokens[first - 1]):
        first -= 1
    counted = any(t.upos == "NUM" or t.lower in _COUNTED for t in sentence.tokens[first : last + 1])
    before = sentence.tokens[first - 1] if first else None
    return (
        counted
        and before is not None
        and (before.upos == "CCONJ" or before.text in {",", ";", "-", "–", "—"})
    )


def _is_inside_count(token: Token) -> bool:
    return token.upos in {"NUM", "ADJ", "NOUN", "DET"} or token.lower in _IN_COUNTS


def _is_of_another(sentence: Sentence, patient: Token, i: int) -> bool:
    """Whether a noun that the parse hangs on verb ``i`` is whom another verb of harm beside it is done to."""
    found = (
        elided(sentence, t.i)
        for t in sentence.tokens
        if t.i != i and result_of(t) not in {"", result_of(sentence.tokens[i])}
    )
    return any(t is not None and t.i == patient.i for t in found)


def _inverted(sentence: Sentence, participle: Token) -> Token | None:
    """ "Also injured were Ada Brook and a neighbour": who stands behind a participle that opens its clause."""
    i = participle.i
    opens = i == 0 or sentence.tokens[i - 1].upos in {"ADV", "PUNCT", "CCONJ"}
    following = sentence.tokens[i + 1 : i + 2]
    if not opens or result_of(participle) == "" or not following or following[0].lower not in {"was", "were"}:
        return None
    if any(d.i < i for d in sentence.dependents(i, "nsubj", "aux")):
        return None
    noun = next((t for t in sentence.tokens[i + 2 :] if t.upos in {"NOUN", "PROPN"}), None)
    if noun is None:
        return None
    above = (a for a in (noun, *sentence.ancestors(noun.i)) if a.i > i and a.upos in {"NOUN", "PROPN"})
    return list(above)[-1]


def _is_found_so(sentence: Sentence, token: Token) -> bool:
    """ "Were found shot", "they found two men stabbed": a participle said of whom another verb is done to."""
    governor = sentence.tokens[token.head] if token.head >= 0 else token
    participle = token.xpos == "VBN" or token.lower == "shot"
    return base(token.deprel) in {"xcomp", "ccomp"} and participle and "find" in lemmas(governor.lower)


def described(sentence: Sentence, i: int) -> list[Token]:
    """Whom a word behind them tells of: "left two women and a man injured", but "one person dead and three injured"."""
    head = sentence.tokens[sentence.tokens[i].head]
    first = sentence.tokens[head.head] if base(head.deprel) == "conj" and head.head >= 0 else head
    people = [d for d in with_conjuncts(sentence, first) if d.i < i]
    if head not in people or not _is_one_list(sentence, first.i, i):
        return people[-1:] if head is first else [head]
    return people


def _list_up_to(sentence: Sentence, last: Token, i: int) -> list[Token]:
    """ "Two women and a man injured": the list that ends right before a participle, if no verb stands inside it."""
    first = sentence.tokens[last.head] if base(last.deprel) == "conj" and last.head >= 0 else last
    people = [t for t in with_conjuncts(sentence, first) if t.i < i]
    is_list = last in people and all(t.upos not in {"VERB", "AUX"} for t in sentence.tokens[first.i : i])
    return people if is_list and _is_one_list(sentence, first.i, i) else [last]


def _is_one_list(sentence: Sentence, first: int, last: int) -> bool:
    """Whether no other fate is told between a list's first head and the word behind it."""
    return not any(result_of(t) or t.lower == "dead" for t in sentence.tokens[first:last])


def _own_subjects(sentence: Sentence, i: int) -> list[Token]:
    """ "They found a man shot": the noun that is the participle's own subject."""
    own = [d for d in sentence.dependents(i, "nsubj") if d.i < i]
    return [t for d in own for t in with_conjuncts(sentence, d)]


def _hung_behind(sentence: Sentence, verb: Token) -> Token | None:
    """ "Shot and killed an 11-year-old", "killed his two daughters": who stands right behind a verb of harm.

    Only where the parse hangs them on it, or on the verb before it, as something else than its object.
    """
    behind = sentence.tokens[verb.i + 1 : verb.i + 2]
    if not result_of(verb) or not behind or behind[0].upos not in {"DET", "NUM", "PRON"}:
        return None
    phrase = takewhile(lambda t: t.i > verb.i, (behind[0], *sentence.ancestors(behind[0].i)))
    head = list(phrase)[-1]
    if head.head not in {verb.i, verb.head} or base(head.deprel) == "obj" or cases_of(sentence, head.i):
        return None
    return head if head.entity == "person" or head.lower == "old" else None


def _objects(sentence: Sentence, i: int) -> list[Token]:
    """Objects of verb ``i`` less what the parse misreads as one: a compound's first word, a speaker."""
    found = sentence.dependents(i, "obj", "iobj") or [
        d  # "killed at least nine people" read as an adjunct
        for d in sentence.dependents(i, "obl")
        if d.i > i and d.entity == "person" and not sentence.dependents(d.i, "case")
    ]
    bare = _bare_count(sentence, i)
    if bare is not None and all(d.i > bare.i + 1 and speaks_next(sentence, d) for d in found):
        return [bare]
    found = [
        d for d in found if not (d.i < i and (sentence.dependents(d.i, "cop") or found[-1].i > i))
    ]  # "men thought to be Xs killed two", "PERSONS KIDNAPPED A COUPLE": who does it, read as an object
    heads = [d for d in found if not any(o.i == d.i + 1 for o in found)]  # "a fishing boat" as two objects
    return [d for d in heads if len(heads) == 1 or not speaks_next(sentence, d)]


def _bare_count(sentence: Sentence, i: int) -> Token | None:
    """ "wounding 31, police said": the numeral right behind a verb with no noun of its own, whatever it hangs on."""
    following = sentence.tokens[i + 1 : i + 3]
    ends = len(following) < 2 or following[1].upos in {"PUNCT", "CCONJ"}
    return following[0] if following and following[0].upos == "NUM" and ends else None
