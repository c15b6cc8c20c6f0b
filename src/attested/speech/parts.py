"""Which words of a sentence are source and content: as the reader marks them, mended with parse and punctuation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from attested.reading.tokens import Said, Sentence, Token, base
from attested.speech.found import CLOSE_MARKS, OPEN_MARKS
from attested.speech.phrases import noun_source
from attested.speech.subjects import agent, can_speak, is_passive, speaker_of
from attested.speech.tags import dateline_end

# Words that a source's phrase neither begins nor ends with.
_EDGES = frozenset({"case", "cc", "mark", "punct"})
_ARTICLES = frozenset({"the", "a", "an"})
_CITING = frozenset({"citing", "quoting"})
# Words for a share of the people spoken of.
_SHARES = frozenset({"all", "both", "many", "some", "most", "few", "several", "others"})
# Relations within a name with its title.
_OF_NAMES = frozenset({"flat", "compound", "nmod:desc"})
# Words between two stretches of what is said that are taken in, and words of a stretch that is no slip.
_GAP, _STRAY = 2, 3


def without_subject(sentence: Sentence, said: Said) -> Said:
    """The subject among the cue's words ("all agreed") is the source of a cue without one."""
    words = [sentence.tokens[i] for i in said.cue if i < said.head]
    subjects = {t.i for t in words if base(t.deprel) == "nsubj" or t.lower in _SHARES}
    if said.source or not subjects or is_passive(sentence, sentence.tokens[said.head]):
        return said
    return replace(said, source=tuple(sorted(subjects)), cue=tuple(i for i in said.cue if i not in subjects))


def source_words(sentence: Sentence, said: Said) -> tuple[int, ...]:
    """The source's words, without prepositions and marks at the ends.

    Of several stretches the subject's or else the longest; where the reader marks none, the subject's phrase.
    """
    subject = _subject(sentence, sentence.tokens[said.head])
    citing = is_citing(sentence, said.head)
    words = _with_noun(sentence, _chosen(sentence, () if citing else said.source, subject))
    if not words and subject is not None and (citing or subject not in said.content):
        words = [i for i in phrase_words(sentence, subject) if i not in said.cue]
    begin = dateline_end(sentence)  # "QUETTA — The front denied": the town has not said it
    words = [i for i in _named_whole(sentence, words, set(said.cue)) if i >= begin]
    while len(words) > 1 and base(sentence.tokens[words[0]].deprel) in _EDGES:
        words.pop(0)
    while len(words) > 1 and base(sentence.tokens[words[-1]].deprel) in _EDGES:
        words.pop()
    return tuple(words)


def _with_noun(sentence: Sentence, words: list[int]) -> list[int]:
    """The words up to the noun of an article that the reader marked alone: "The" of "The front said it, and blamed"."""
    tokens = [sentence.tokens[i] for i in words]
    noun = tokens[-1].head if tokens and all(t.lower in _ARTICLES for t in tokens) else -1
    return list(range(words[0], noun + 1)) if words and noun > words[-1] else words


def unbraided(sentence: Sentence) -> list[Said]:
    """What the reader sees attributed, two verbs told apart where it takes their words for one cue.

    "A front which the army blames has denied it" is read so: the inner verb has its pronoun alone for content.
    """
    rows = {said.head: said for said in sentence.said}
    for inner, outer in ((i, o) for i in rows.values() for o in rows.values() if i.head < o.head):
        pronoun = _relative_of(sentence, inner, outer)
        if pronoun is None:
            continue
        noun = sentence.tokens[inner.head].head
        phrase = tuple(t.i for t in sentence.tokens[:pronoun] if noun in (t.i, t.head) and t.upos != "PUNCT")
        rows[inner.head] = replace(inner, cue=(inner.head,), content=(pronoun,))
        rows[outer.head] = replace(
            outer,
            source=tuple(range(min(phrase), max(phrase) + 1)),
            cue=tuple(i for i in range(inner.head + 1, outer.head + 1) if sentence.tokens[i].upos != "PUNCT"),
            content=tuple(i for i in outer.content if i > outer.head),
        )
    return list(rows.values())


def _relative_of(sentence: Sentence, inner: Said, outer: Said) -> int | None:
    """The relative pronoun of a clause within the subject of the outer verb, whose cue the inner one's runs into."""
    own, other = sentence.tokens[inner.head], sentence.tokens[outer.head]
    if outer.head not in inner.cue or own.deprel != "acl:relcl":
        return None
    is_subject = any(t.i == own.head for t in sentence.dependents(other.i, "nsubj"))
    if not is_subject and (other.deprel, other.head) != (own.deprel, own.head):
        return None
    between = [t for t in sentence.tokens[own.head + 1 : own.i] if t.xpos in {"WDT", "WP"}]
    has_own = any(between and t.i > between[-1].i for t in sentence.dependents(own.i, "nsubj"))
    return between[-1].i if has_own else None


def is_citing(sentence: Sentence, head: int) -> bool:
    """Whether a cue is "citing X": not its subject says what stands before it, X does."""
    token = sentence.tokens[head]
    return token.lower in _CITING and base(token.deprel) in {"advcl", "acl"}


def _subject(sentence: Sentence, head: Token) -> int | None:
    """Who says it by the parse: a verb's subject or agent, a noun's owner, whom "citing" cites."""
    if is_citing(sentence, head.i):
        return next((t.i for t in sentence.dependents(head.i, "obj")), None)
    if head.upos == "NOUN":
        return noun_source(sentence, head)
    return agent(sentence, head) if is_passive(sentence, head) else speaker_of(sentence, head)


def phrase_words(sentence: Sentence, head: int) -> list[int]:
    """The words of the phrase around a word that can speak; none of one that cannot."""
    phrase = sentence.phrase(head)
    can = can_speak(sentence.tokens[head])
    return [t.i for t in sentence.inside(phrase.start, phrase.end)] if can else []


def _named_whole(sentence: Sentence, words: list[int], cue: set[int]) -> list[int]:
    """The words with the rest of a name or title that their edges cut: a name is never half a source."""
    kept = set(words)
    for i in words:
        top = i
        while sentence.tokens[top].deprel in _OF_NAMES:
            top = sentence.tokens[top].head
        kept |= {j for j in sentence.subtree(top) if sentence.tokens[j].deprel in _OF_NAMES or j == top} - cue
    return list(run_around(kept, words[0])) if words else []


def _chosen(sentence: Sentence, source: Sequence[int], subject: int | None) -> list[int]:
    """One unbroken run of the words marked as source."""
    runs: list[list[int]] = []
    for i in sorted(_bridged(sentence, source)):
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return max(runs, key=lambda run: (subject in run, len(run)), default=[])


def content_words(
    sentence: Sentence, said: Said, *, has_source: bool, left_out: Iterable[int] = ()
) -> set[int]:
    """The words of what is said: small gaps closed, stray words left out, quotation marks at the ends taken in.

    ``left_out`` are words that nobody says: why somebody is not named. Beside a long stretch a stray word is a slip
    of the reader, except of what a passive splits ("X is expected to").
    """
    taken = {*said.source, *said.cue, *range(dateline_end(sentence)), *left_out}
    runs: list[list[int]] = []
    for i in (i for i in said.content if i not in taken):
        gap = range(runs[-1][-1] + 1, i) if runs else range(0)
        if runs and len(gap) <= _GAP and taken.isdisjoint(gap):
            runs[-1] += [*gap, i]
        else:
            runs.append([i])
    longest = max(map(len, runs), default=0)
    if has_source:
        runs = [run for run in runs if len(run) >= _STRAY or longest <= _STRAY]
    kept = {i for run in runs for i in run}
    return kept | {i for run in runs for i in _marks_beside(sentence, run) if i not in taken}


def _marks_beside(sentence: Sentence, run: Sequence[int]) -> list[int]:
    """Quotation marks right before and right after a stretch of words."""
    sides = ((run[0] - 1, OPEN_MARKS), (run[-1] + 1, CLOSE_MARKS))
    return [i for i, marks in sides if 0 <= i < len(sentence.tokens) and sentence.tokens[i].text in marks]


def topmost(sentence: Sentence, words: Iterable[int]) -> int:
    """The word nearest to the root; the first of several."""
    return min(words, key=lambda i: (sum(1 for _ in sentence.ancestors(i)), i))


def _bridged(sentence: Sentence, words: Sequence[int]) -> set[int]:
    """The words with the marks that stand alone between two of them."""
    kept = set(words)
    gaps = (i for i in range(1, len(sentence.tokens) - 1) if i - 1 in kept and i + 1 in kept)
    return kept | {i for i in gaps if sentence.tokens[i].upos == "PUNCT"}


def run_around(words: Iterable[int], around: int) -> tuple[int, ...]:
    """The unbroken run of word numbers around one of them."""
    kept = set(words) | {around}
    first = last = around
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    return tuple(range(first, last + 1))
