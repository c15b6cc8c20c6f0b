"""Which trigger words of one sentence speak of one incident."""

from __future__ import annotations

from attested.mentions.hits import Hit
from attested.mentions.lexicon import SELVES
from attested.mentions.participants import agents
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

# Relations along which "a rocket attack killed seven" stays one incident.
_BINDING = frozenset(
    "nsubj obj obl nmod advcl acl xcomp ccomp compound conj amod dep csubj appos iobj fixed nummod list".split()
)
# Words that put one incident beside another in time or as its cause.
_SEPARATING = frozenset(
    "after following since before despite amid over prompting because until days weeks months hours".split()
)
# Between a result and what did it these words join: "died after a bomb exploded", "killed when rockets hit".
_CAUSAL = frozenset({"after", "when", "as", "following"})

_CAUSAL_STEPS = 2
_UNITS = frozenset("second minute hour day night week month year decade".split())


def group_hits(sentence: Sentence, hits: list[Hit], labels: dict[int, str]) -> list[list[Hit]]:
    """Hits of one incident together, groups in the order of their first word.

    ``labels`` gives each hit's status; hits of different status are never one incident.
    """
    parent = list(range(len(hits)))

    def root(k: int) -> int:
        while parent[k] != k:
            k = parent[k]
        return k

    for a in range(len(hits)):
        for b in range(a + 1, len(hits)):
            if root(a) != root(b) and _same_incident(sentence, hits[a], hits[b], labels):
                parent[root(b)] = root(a)
    groups: dict[int, list[Hit]] = {}
    for k, hit in enumerate(hits):
        groups.setdefault(root(k), []).append(hit)
    return list(groups.values())


def _same_incident(sentence: Sentence, a: Hit, b: Hit, labels: dict[int, str]) -> bool:
    if labels[a.i] != labels[b.i]:
        return False
    path = _path(sentence, a.i, b.i)
    if not all(_binds(sentence, i) for i in path):
        return False
    cause_and_result = bool(a.family.result) != bool(b.family.result)
    if not cause_and_result and a.family.type and b.family.type and a.family.type != b.family.type:
        return False
    marks = {
        child.lower
        for i in path
        for child in sentence.dependents(i, "case", "mark", "advmod")
        if child.i not in {a.i, b.i}
    }
    joined = cause_and_result and marks & _SEPARATING <= _CAUSAL and len(path) <= _CAUSAL_STEPS
    if joined and told_apart(sentence, a.i, b.i):
        return False
    if marks & _SEPARATING and not joined and not _turns_on_self(sentence, b):
        return False
    return not (_coordinated(sentence, path) and _different_agents(sentence, a, b))


def _is_time_after(sentence: Sentence, i: int) -> bool:
    """Whether a time stands right before the "after" of a word: "hours after", "two weeks after"."""
    after = (c for c in sentence.dependents(i, "case", "mark") if c.lower == "after" and c.i)
    return any(_UNITS & set(lemmas(sentence.tokens[c.i - 1].lower)) for c in after)


def told_apart(sentence: Sentence, a: int, b: int) -> bool:
    """ "Killed four, two days after a raid": whether a time stands before the "after" between two words."""
    return any(_is_time_after(sentence, i) for i in _path(sentence, a, b))


def _turns_on_self(sentence: Sentence, hit: Hit) -> bool:
    """ "Shot his wife before killing himself": the end of one deed, not another."""
    return any(d.lower in SELVES for d in sentence.dependents(hit.i, "obj"))


def _binds(sentence: Sentence, i: int) -> bool:
    """Whether a word's relation keeps one incident; "when a bomb went off" does, though a parse sets it aside."""
    relation = base(sentence.tokens[i].deprel)
    joined = any(t.lower in _CAUSAL for t in sentence.dependents(i, "mark", "advmod"))
    return relation in _BINDING or (relation == "parataxis" and joined)


def _path(sentence: Sentence, a: int, b: int) -> list[int]:
    """Tokens whose arc lies on the way between ``a`` and ``b`` (their lowest common governor left out)."""
    up_a = [a, *(t.i for t in sentence.ancestors(a))]
    up_b = [b, *(t.i for t in sentence.ancestors(b))]
    common = next((i for i in up_a if i in set(up_b)), None)
    if common is None:
        return [*up_a, *up_b]
    return up_a[: up_a.index(common)] + up_b[: up_b.index(common)]


def _coordinated(sentence: Sentence, path: list[int]) -> bool:
    return any(
        base(sentence.tokens[i].deprel) == "conj" and sentence.tokens[i].upos in {"VERB", "AUX"} for i in path
    )


def _different_agents(sentence: Sentence, a: Hit, b: Hit) -> bool:
    """Two coordinated verbs each with a subject of its own speak of two things unless one is a result."""
    if a.part != "verb" or b.part != "verb" or a.family.result or b.family.result:
        return False
    subjects_a, subjects_b = _own(sentence, a), _own(sentence, b)
    return bool(subjects_a and subjects_b) and {t.i for t in subjects_a} != {t.i for t in subjects_b}


def _own(sentence: Sentence, hit: Hit) -> list[Token]:
    return agents(sentence, hit.i)
