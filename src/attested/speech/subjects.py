"""Verbs of speech and their subjects: who does what a verb says, through passives, conjuncts and misreadings."""

from __future__ import annotations

from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import VerbCue, reporting_table
from attested.speech.tags import dateline_end, speaker_before

_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Verbs of whoever was already speaking.
_GOING_ON = frozenset({"added", "adds", "continued", "stressed", "noted"})
# Relations that no noun has to a verb: before one it is a subject that the parse took for part of the verb.
_OF_NOUNS = frozenset({"compound", "flat", "nmod", "appos", "dep"})
_TAG_MARKS = frozenset({",", '"', "”", "’", "'", "''", "?", "!", "—", "–"})


def verb_cue(sentence: Sentence, verb: Token) -> VerbCue | None:
    """The table's row for a verb, with its particle if it has one ("point out")."""
    clause = verb.upos == "NOUN" and verb.head < 0 and sentence.dependents(verb.i, "nsubj")
    misread = clause and sentence.dependents(
        verb.i, "ccomp", "acl"
    )  # "The army fears that": a noun to parsers
    if verb.upos != "VERB" and not misread:
        return None
    table = reporting_table()
    for child in sentence.dependents(verb.i, "compound:prt"):
        lemma = table.lemma_in(
            verb.lower, {w.split()[0] for w in table.verbs if w.endswith(" " + child.lower)}
        )
        if lemma:
            return table.verbs[f"{lemma} {child.lower}"]
    lemma = table.lemma_in(verb.lower, table.verbs)
    return table.verbs[lemma] if lemma else None


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb is passive: "was said", or a bare participle after a noun ("a man accused of")."""
    if any(t.deprel in {"aux:pass", "nsubj:pass", "csubj:pass"} for t in sentence.dependents(verb.i)):
        return True
    bare = verb.xpos == "VBN" and not sentence.dependents(verb.i, "aux", "nsubj")
    return bare and base(verb.deprel) in {"acl", "advcl", "amod"}


def agent(sentence: Sentence, verb: Token) -> int | None:
    """Whoever a passive verb is done by, or quoted: "was quoted as saying"."""
    for child in sentence.dependents(verb.i, "obl"):
        if any(t.lower == "by" for t in sentence.dependents(child.i, "case")):
            return child.i if can_speak(child) else None
    return None


def can_speak(token: Token) -> bool:
    """Whether a word may be a speaker: a person, a body, a place that stands for one, or a pronoun."""
    if token.entity in {"person", "organization", "place"} or token.ner[2:] in {"PER", "ORG", "LOC"}:
        return True
    return (token.upos in {"PRON", "PROPN"} and token.lower not in {"it", "this", "that", "what"}) or (
        token.entity in {"", "object", "abstract"}
        and reporting_table().lemma_in(token.lower, reporting_table().vehicles) is not None
    )


def speaker_of(sentence: Sentence, verb: Token) -> int | None:
    """The subject of a verb; failing that, a name beside it that the parse took for something else."""
    subject = subject_of(sentence, verb)
    if subject is not None:
        return subject
    if (noun := _misread_main_noun(sentence, verb)) is not None:
        return noun
    begin = dateline_end(sentence)
    before = [t for t in sentence.dependents(verb.i) if begin <= t.i < verb.i][::-1]
    after = [t for t in sentence.dependents(verb.i) if t.i > verb.i]
    for child in before:
        beside = all(t.upos in {"PROPN", "PUNCT", "NOUN", "ADP"} for t in sentence.tokens[child.i : verb.i])
        misread = base(child.deprel) in _OF_NOUNS and child.deprel != "compound:prt"
        if (beside or misread) and can_speak(child) and not sentence.dependents(child.i, "case"):
            return child.i
    if (
        base(verb.deprel) in {"root", "ccomp", "parataxis"}
        and (phrase := speaker_before(sentence, verb)) is not None
    ):
        return phrase if can_speak(sentence.tokens[phrase]) else None
    inverted = verb.i > 0 and sentence.tokens[verb.i - 1].text in _TAG_MARKS
    for child in after if inverted else ():
        if child.upos in {"NOUN", "PROPN"} and can_speak(child) and not sentence.dependents(child.i, "case"):
            return child.i
    return None


def _misread_main_noun(sentence: Sentence, verb: Token) -> int | None:
    """ "The militia, which is small, denied it": the root noun of a parse that took the verb for its relative clause.

    A relative clause has a subject or a relative pronoun of its own; this one has neither.
    """
    if verb.deprel != "acl:relcl" or verb.xpos not in {"VBD", "VBZ", "VBP"}:
        return None
    noun = sentence.tokens[verb.head]
    own = sentence.dependents(verb.i, "nsubj", "csubj", "expl")
    relative = any(sentence.tokens[i].xpos in {"WDT", "WP", "WRB"} for i in sentence.subtree(verb.i))
    return None if own or relative or noun.head >= 0 or not can_speak(noun) else noun.i


def subject_of(sentence: Sentence, verb: Token) -> int | None:
    """The head word of a verb's subject: its own, or one it shares with the verb it hangs on."""
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        begin = dateline_end(sentence)
        own = [t for t in sentence.dependents(verb.i, "nsubj") if t.deprel != "nsubj:pass" and t.i >= begin]
        if own:
            return antecedent(sentence, own[0], verb)
        relation = base(verb.deprel)
        if relation in {"acl", "amod"} and verb.deprel != "acl:relcl" and verb.xpos == "VBG":
            return verb.head
        if verb.head < 0 or relation not in {"conj", "xcomp", "advcl", "parataxis"}:
            return None
        above = sentence.tokens[verb.head]
        if relation == "advcl" and verb.xpos != "VBG" and not is_infinitive(sentence, verb):
            return None
        if relation == "parataxis" and verb.xpos != "VBG":
            return None
        if above.upos not in {"VERB", "AUX", "ADJ", "NOUN"}:
            return None
        if relation == "conj" and (misread := _garden_path(sentence, verb)) is not None:
            return misread
        if relation == "conj" and (outer := _outer_subject(sentence, verb, above)) is not None:
            return outer
        passive = sentence.dependents(above.i, "nsubj:pass")
        if passive and not sentence.dependents(verb.i, "nsubj"):
            return passive[0].i
        if relation == "xcomp" and (objects := sentence.dependents(above.i, "obj", "iobj")):
            return objects[0].i
        verb = above
    return None


def antecedent(sentence: Sentence, subject: Token, verb: Token) -> int:
    """The noun a relative pronoun stands for, else the subject itself."""
    if subject.lower in _RELATIVE and subject.upos == "PRON":
        clause = (
            verb
            if verb.deprel == "acl:relcl"
            else next((t for t in sentence.ancestors(verb.i) if t.deprel == "acl:relcl"), None)
        )
        if clause is not None:
            return clause.head
        return _noun_before(sentence, subject) or subject.i
    return subject.i


def _noun_before(sentence: Sentence, pronoun: Token) -> int | None:
    """The head of the noun phrase that stands right before a relative pronoun, a comma between or not."""
    before = [t for t in sentence.tokens[max(0, pronoun.i - 2) : pronoun.i] if t.upos in {"NOUN", "PROPN"}]
    if not before:
        return None
    noun = before[-1]
    while base(noun.deprel) in {"flat", "compound"} and noun.head < pronoun.i:
        noun = sentence.tokens[noun.head]
    return noun.i


def _garden_path(sentence: Sentence, verb: Token) -> int | None:
    """ "..., but groups believed to be allied have claimed it": the subject a participle took from the verb."""
    for other in sentence.tokens[: verb.i][::-1]:
        if other.upos == "CCONJ":
            return None
        infinitive = any(is_infinitive(sentence, t) for t in sentence.dependents(other.i, "xcomp"))
        bare = infinitive and other.xpos in {"VBN", "VBD"} and not sentence.dependents(other.i, "aux")
        subjects = [t for t in sentence.dependents(other.i, "nsubj") if t.i < other.i] if bare else []
        if subjects and sentence.dependents(verb.i, "aux"):
            return subjects[0].i
    return None


def _outer_subject(sentence: Sentence, verb: Token, above: Token) -> int | None:
    """ "X said Y planned a raid, and warned": after a comma, a second verb of speech goes on with X."""
    outer = sentence.tokens[above.head] if above.head >= 0 and base(above.deprel) == "ccomp" else None
    first = min(sentence.subtree(verb.i))
    joins = [t.i for t in sentence.dependents(verb.i, "cc")]
    comma = bool(joins) and joins[0] == first and first > 0 and sentence.tokens[first - 1].text == ","
    comma = comma or sentence.tokens[first].text == ","
    inner = verb_cue(sentence, above)
    alike = outer is not None and (verb.xpos == outer.xpos or verb.lower in _GOING_ON)
    reports = inner is not None and inner.is_speech and bool(sentence.dependents(above.i, "ccomp", "xcomp"))
    if outer is None or not comma or not alike or reports:
        return None
    return subject_of(sentence, outer) if verb_cue(sentence, outer) is not None else None


def is_infinitive(sentence: Sentence, verb: Token) -> bool:
    """Whether "to" marks the verb."""
    return any(t.lower == "to" for t in sentence.dependents(verb.i, "mark"))
