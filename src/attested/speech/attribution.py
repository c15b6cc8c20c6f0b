"""Who says what in one sentence: the attributions that the reader sees, with the hedge that their cues leave.

Frames follow PARC 3 and PolNeAR: direct, mixed and indirect speech, thought, wish and stance, with the source
before or after. Who the source *is* (pronouns, roles) is for ``speech.speakers``; what runs over sentences for
``speech.voices``.
"""

from __future__ import annotations

from collections.abc import Sequence

from attested.model import Hedge, Span
from attested.reading.tokens import Said, Sentence, Token
from attested.speech.anonymity import find_anonymity
from attested.speech.cues import hedge_table, reporting_table, weaker
from attested.speech.found import Found, content_spans
from attested.speech.negation import negated_here
from attested.speech.parts import (
    content_words,
    phrase_words,
    run_around,
    source_words,
    topmost,
    unbraided,
    without_subject,
)
from attested.speech.phrases import from_colon, from_signature, from_transcript
from attested.speech.quoting import with_quoted
from attested.speech.subjects import antecedent, is_passive, speaker_of, verb_cue
from attested.text.lemmas import lemmas

__all__ = ["Found", "find_in_sentence"]

# Nouns for having done a thing: "claimed responsibility for the raid", "denied involvement in it".
_ANSWERING = frozenset("responsibility involvement credit complicity participation authorship".split())
# Verbs of turning down, and what others have said: turned down, it is denied.
_REJECTING = frozenset({"reject", "dismiss", "dispute", "contest"})
_OTHERS_WORDS = frozenset(
    "report claim allegation accusation assertion charge rumour rumor suggestion account".split()
)
# What a verb of saying has beside it when its words stand in the same sentence, or when it says nothing.
_CONTENT = ("obj", "ccomp", "xcomp", "aux:pass")


def find_in_sentence(sentence: Sentence, quoted: Sequence[Span] = ()) -> list[Found]:
    """Attributions of one sentence; ``quoted`` are quotations that touch it."""
    bare = _bare(sentence)
    unnamed = find_anonymity(sentence)
    aside = {t.i for t in sentence.inside(unnamed.start, unnamed.end)} if unnamed else set()
    said = [one for one in (*unbraided(sentence), *([bare] if bare else [])) if one.head not in aside]
    rows = (_found(sentence, one, quoted, aside) for one in said)
    found = with_quoted(sentence, [row for row in rows if row is not None])
    unspoken = (
        from_signature(sentence) or from_transcript(sentence) or (None if found else from_colon(sentence))
    )
    return [*found, unspoken] if unspoken is not None else found


def _bare(sentence: Sentence) -> Said | None:
    """ "She added:" and "Ruiz said." beside a quotation of whole sentences, with nothing said in it."""
    root = next((t for t in sentence.tokens if t.head < 0), None)
    if root is None or any(root.i in said.cue for said in sentence.said):
        return None
    if not _may_stand_bare(sentence, root, ()):
        return None
    source = speaker_of(sentence, root)
    words = phrase_words(sentence, source) if source is not None else []
    if not words or sentence.dependents(root.i, *_CONTENT):
        return None
    return Said(root.i, tuple(i for i in words if i != root.i), (root.i,), ())


def _found(sentence: Sentence, said: Said, quoted: Sequence[Span], aside: set[int]) -> Found | None:
    """What the reader saw, with its cue's hedge; None where nothing is said and no quotation can stand beside it.

    ``aside`` are words that nobody says: why somebody is not named.
    """
    said = without_subject(sentence, said)
    source = source_words(sentence, said)
    span = _words(sentence, source) if source else None
    content = content_spans(
        sentence, content_words(sentence, said, has_source=bool(source), left_out=aside), span
    )
    hedge, is_speech = _hedge(sentence, said, has_source=bool(source))
    hedge = "denied" if _rejects_words(sentence, said) else hedge
    head = sentence.tokens[said.head]
    if not content and not _may_stand_bare(sentence, head, quoted):
        return None
    negated = any(negated_here(sentence, i) for i in said.cue)
    top = topmost(sentence, source) if source else None
    speaker = antecedent(sentence, sentence.tokens[top], head) if top is not None else None
    cue = _words(sentence, run_around(said.cue, said.head))
    is_speech = (is_speech or _is_clause(sentence, said.content)) and not _answers(sentence, said)
    return Found(said.head, speaker, span, cue, content, hedge, negated, is_speech)


def _rejects_words(sentence: Sentence, said: Said) -> bool:
    """ "rejected the report", "dismissed claims that": who turns down what others say denies it; a plan, not."""
    nouns = reporting_table().nouns
    things = (t for i in said.cue for t in sentence.dependents(i, "obj", "nsubj:pass"))
    rejects = any(_REJECTING & set(lemmas(sentence.tokens[i].lower)) for i in said.cue)
    return rejects and any(reporting_table().lemma_in(t.lower, nouns) in _OTHERS_WORDS for t in things)


def _answers(sentence: Sentence, said: Said) -> bool:
    """Whether somebody answers for a deed: who claims or denies responsibility for it takes it as given."""
    if not said.content or not any(sentence.tokens[i].lower in _ANSWERING for i in said.cue):
        return False
    return sentence.tokens[topmost(sentence, said.content)].upos in {"NOUN", "PROPN"}


def _is_clause(sentence: Sentence, content: Sequence[int]) -> bool:
    """Whether what is said is a clause: a wish or a stance has an object only, whatever is told of that."""
    if not content:
        return False
    top = sentence.tokens[topmost(sentence, content)]
    return top.upos == "VERB" or bool(sentence.dependents(top.i, "cop", "nsubj"))


def _words(sentence: Sentence, words: Sequence[int]) -> Span:
    return sentence.words(words[0], words[-1])


def _hedge(sentence: Sentence, said: Said, *, has_source: bool) -> tuple[Hedge, bool]:
    """How sure the cue's words leave the content, and whether they are words of saying or thinking."""
    hedge: Hedge = "reported"
    known = False
    is_speech = False
    for i in said.cue:
        found = _word_hedge(sentence, sentence.tokens[i], has_source=has_source)
        if found is not None:
            hedge, known, is_speech = weaker(hedge, found[0]), True, is_speech or found[1]
    return hedge, is_speech or not known


def _word_hedge(sentence: Sentence, token: Token, *, has_source: bool) -> tuple[Hedge, bool] | None:
    """The hedge of one word of a cue, and whether it is a word of saying or thinking; None for other words."""
    table, hedges = reporting_table(), hedge_table()
    cue = verb_cue(sentence, token)
    if cue is not None:
        passive = {hedges.passive[form] for form in lemmas(token.lower) if form in hedges.passive}
        if passive and not has_source and is_passive(sentence, token):
            return min(passive), True
        return cue.hedge, cue.is_speech
    if token.lower in hedges.words:
        return hedges.words[token.lower], True
    noun = table.lemma_in(token.lower, table.nouns) if token.upos == "NOUN" else None
    return (table.nouns[noun].hedge, True) if noun is not None else None


def _may_stand_bare(sentence: Sentence, head: Token, quoted: Sequence[Span]) -> bool:
    """Whether a cue without content may take a quotation of a sentence beside it: "he said.", "She added:"."""
    cue = verb_cue(sentence, head)
    outside = not any(q.start <= head.start < q.end for q in quoted)
    return cue is not None and "quote" in cue.content and outside and not negated_here(sentence, head.i)
