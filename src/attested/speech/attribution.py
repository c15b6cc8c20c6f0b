"""Who says what in one sentence, from its parse alone: source, cue and content as words.

Frames follow PARC 3 and PolNeAR: direct, mixed and indirect speech, with the source before or after. Who
the source *is* (pronouns, roles) is for ``speech.speakers``; what runs over sentences for ``speech.voices``.
"""

from __future__ import annotations

from collections.abc import Sequence

from attested.model import Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import VerbCue
from attested.speech.found import Found, content_spans, cue_span, source_span
from attested.speech.negation import negated_here
from attested.speech.phrases import from_colon, from_noun, from_phrase, from_signature, from_transcript
from attested.speech.subjects import agent, can_speak, is_passive, speaker_of, verb_cue
from attested.speech.tags import Tag, dateline_end, find_tag

__all__ = ["Found", "find_in_sentence"]

_CUE_PARTS = frozenset({"VERB", "NOUN"})
_JOINING = frozenset({"of", "for", "with", "as", "on"})
_NEEDS_CLAUSE = frozenset({"amod", "compound", "case", "fixed", "det"})
# Words of "..., the spokesman for the group told reporters in the capital on Monday".
_MAX_ASIDE = 16
# Words for a share of the people spoken of.
_SHARES = frozenset({"all", "both", "many", "some", "most", "others", "few", "several"})
_GOING_ON = frozenset({"he", "she"})
_ADDING = frozenset({"and", "but", "though", "although"})
_OPEN_MARKS = frozenset("\"“‘„«'`")


def find_in_sentence(sentence: Sentence, quoted: Sequence[Span] = ()) -> list[Found]:
    """Attributions of one sentence in the order of their cues; ``quoted`` are quotations that touch it."""
    found = [
        row
        for token in sentence.tokens
        if token.upos in _CUE_PARTS or token.lower == "according"
        for row in (
            _from_verb(sentence, token, quoted) or from_phrase(sentence, token) or from_noun(sentence, token),
        )
        if row is not None
    ]
    unspoken = (
        from_signature(sentence) or from_transcript(sentence) or (None if found else from_colon(sentence))
    )
    return [*found, unspoken] if unspoken is not None else found


def _from_verb(sentence: Sentence, verb: Token, quoted: Sequence[Span]) -> Found | None:
    """A verb of speech or thought with its speaker and what it governs."""
    cue = verb_cue(sentence, verb)
    if cue is None or verb.deprel in _NEEDS_CLAUSE:
        return None
    has_listener = "xcomp" in cue.content or "obj" in cue.content
    tag = find_tag(sentence, verb, has_listener=has_listener) if "quote" in cue.content else None
    if tag is not None:
        return _from_tag(sentence, verb, cue, tag)
    passive = is_passive(sentence, verb)
    source = agent(sentence, verb) if passive else speaker_of(sentence, verb)
    if source is None and not passive:
        return None
    if source is not None and cue.needs_agent and not _can_speak(sentence, source):
        return None
    content, is_clause = _verb_content(sentence, verb, cue, passive=passive)
    outside = not any(q.start <= verb.start < q.end for q in quoted)
    may_quote = "quote" in cue.content and outside and source is not None and _may_quote(sentence, verb)
    if may_quote and source is not None:
        with_quotes = _with_quotes(sentence, verb, source, content, quoted)
        is_clause = is_clause or with_quotes > content
        content = with_quotes
    if not content and not (may_quote and _may_stand_bare(sentence, verb)):
        return None
    if source is None and not is_clause:
        return None
    span = source_span(sentence, source, verb) if source is not None else None
    return Found(
        verb.i,
        source,
        span,
        cue_span(sentence, verb),
        content_spans(sentence, content, span),
        cue.hedge,
        "verb",
        negated_here(sentence, verb.i),
        cue.is_speech or is_clause,
    )


def _from_tag(sentence: Sentence, verb: Token, cue: VerbCue, tag: Tag) -> Found:
    """The attribution of a speech tag told by its surface."""
    span = sentence.words(tag.first, tag.last)
    parsed = source_span(sentence, tag.head, verb)
    same_side = (parsed.start > verb.start) == (span.start > verb.start) and parsed.start >= span.start
    if same_side and parsed.end > span.end and (parsed.end <= verb.start or parsed.start > verb.start):
        span = sentence.words(tag.first, max(t.i for t in sentence.inside(parsed.start, parsed.end)))
    content = content_spans(sentence, set(tag.content), span)
    negated = negated_here(sentence, verb.i)
    return Found(verb.i, tag.head, span, cue_span(sentence, verb), content, cue.hedge, "tag", negated)


def _may_quote(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb takes words in quotation marks: not with an infinitive or a thing as its object."""
    if sentence.dependents(verb.i, "xcomp"):
        return False
    return all(can_speak(t) for t in sentence.dependents(verb.i, "obj") if t.upos != "PUNCT") or bool(
        sentence.dependents(verb.i, "ccomp")
    )


def _verb_content(sentence: Sentence, verb: Token, cue: VerbCue, *, passive: bool) -> tuple[set[int], bool]:
    """Token indexes of what a verb's dependents, or the clause it is put into, say; whether it is a clause."""
    kept: set[int] = set()
    is_clause = False
    for child in sentence.dependents(verb.i):
        if _holds_content(sentence, child, verb, cue, passive=passive):
            clause = base(child.deprel) in {"ccomp", "parataxis", "acl"} or (
                passive and child.deprel == "xcomp"
            )
            is_clause = is_clause or clause
            below = _without_time(sentence, child, verb) if clause else set(sentence.subtree(child.i))
            kept.update(below - _next_saying(sentence, child) if clause else below)
    if passive and agent(sentence, verb) is None and kept and base(verb.deprel) != "acl":
        for child in sentence.dependents(verb.i, "nsubj:pass"):
            kept.update(sentence.subtree(child.i))
    if not kept and (_is_aside(sentence, verb, cue) or _is_as_clause(sentence, verb)):
        mine = set(sentence.subtree(verb.i)) | set(range(dateline_end(sentence)))
        kept, is_clause = set(sentence.subtree(verb.head)) - mine, True
    return kept, is_clause


def _is_aside(sentence: Sentence, verb: Token, cue: VerbCue) -> bool:
    """Whether the verb is put into or after what it reports: short, and with nothing said of its own."""
    if verb.head < 0 or base(verb.deprel) != "parataxis" or "quote" not in cue.content:
        return False
    below = sentence.subtree(verb.i)
    return len(below) <= _MAX_ASIDE and verb.i > verb.head


def _can_speak(sentence: Sentence, source: int) -> bool:
    """Whether a phrase may be a speaker: by its head, or as a share of people ("52 percent of voters", "all")."""
    token = sentence.tokens[source]
    if can_speak(token) or token.lower in _SHARES:
        return True
    return any(t.entity == "person" for t in sentence.dependents(source, "nmod"))


def _next_saying(sentence: Sentence, clause: Token) -> set[int]:
    """Words of ", and he noted that ...", which goes on with the speaker though a parse hangs it on what is said."""
    found: set[int] = set()
    for child in sentence.dependents(clause.i, "conj", "advcl"):
        subject = next(iter(sentence.dependents(child.i, "nsubj")), None)
        cue = verb_cue(sentence, child)
        if subject is None or cue is None or subject.lower not in _GOING_ON or child.i < clause.i:
            continue
        joined = any(t.lower in _ADDING for t in sentence.dependents(child.i, "cc", "mark"))
        if cue.is_speech and joined and sentence.dependents(child.i, "ccomp"):
            found.update(sentence.subtree(child.i))
    return found


def _without_time(sentence: Sentence, clause: Token, verb: Token) -> set[int]:
    """A clause of content without the date of the saying that the parse puts into it ("said Monday it was")."""
    below = set(sentence.subtree(clause.i))
    first = min(below)
    for child in sentence.dependents(clause.i, "obl", "advmod"):
        part = sentence.subtree(child.i)
        if child.entity == "time" and part[0] == first and first == verb.i + 1 and part[-1] < clause.i:
            below -= set(part)
    return below


def _is_as_clause(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb's clause is "as X said": what it hangs on is then its content."""
    return (
        verb.head >= 0
        and base(verb.deprel) == "advcl"
        and any(t.lower == "as" for t in sentence.dependents(verb.i, "mark", "advmod"))
    )


def _holds_content(sentence: Sentence, child: Token, verb: Token, cue: VerbCue, *, passive: bool) -> bool:
    """Whether a dependent of the verb holds (part of) its content."""
    relation = base(child.deprel)
    if relation == "acl" and verb.upos == "NOUN":
        return "ccomp" in cue.content
    if relation in {"ccomp", "xcomp"}:
        return relation in cue.content or (relation == "xcomp" and "ccomp" in cue.content and passive)
    if relation == "flat" and cue.hedge == "alleged":  # "pinned the blame on the" with a long foreign name
        return child.i > verb.i
    if relation in {"obj", "iobj"}:
        has_xcomp = (
            "xcomp" in cue.content and bool(sentence.dependents(verb.i, "xcomp")) and "obj" not in cue.content
        )
        told = (
            cue.hedge != "alleged"
            and "ccomp" in cue.content
            and bool(sentence.dependents(verb.i, "ccomp"))
            and "obj" in cue.content
        )
        return ("obj" in cue.content or (has_xcomp and cue.needs_agent)) and not told
    if relation == "parataxis":
        before = max(sentence.subtree(child.i)) < verb.i and "quote" in cue.content
        return before or (child.i > verb.i and _after_colon(sentence, child))
    if relation in {"obl", "advcl"}:
        words = {t.lower for t in sentence.dependents(child.i, "case", "mark")}
        fixed = {c[4:] for c in cue.content if c.startswith("obl:")}
        joins = (
            words & {"of", "for", "with", "as", "on"} if "obj" in cue.content and child.i > verb.i else set()
        )
        if child.entity == "time":
            return False
        if cue.hedge == "alleged" and child.i > verb.i and relation == "obl":
            return True
        has_object = bool(sentence.dependents(verb.i, "obj", "iobj", "nsubj:pass"))
        return bool(words & fixed) or (bool(joins) and has_object)
    return False


def _after_colon(sentence: Sentence, child: Token) -> bool:
    """Whether a colon or an opening mark stands before a clause."""
    first = min(sentence.subtree(child.i))
    before = {t.text for t in sentence.tokens[max(0, first - 2) : first + 2]}
    return ":" in before or bool(before & _OPEN_MARKS)


def _with_quotes(
    sentence: Sentence, verb: Token, source: int, content: set[int], quoted: Sequence[Span]
) -> set[int]:
    """Content with the quotations that belong to the verb: those it touches, or, if it has none, the nearest."""
    rows = [{t.i for t in sentence.inside(q.start, q.end)} for q in quoted]
    rows = [row for row in rows if row and verb.i not in row and source not in row]
    touching = [row for row in rows if row & content]
    if not content and rows:
        touching = [min(rows, key=lambda row: min(abs(i - verb.i) for i in row))]
        if len(touching[0]) < len(sentence.tokens) / 4 and verb.head >= 0 and base(verb.deprel) != "conj":
            return content
    return content.union(*touching)


def _may_stand_bare(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb without content may take a quotation of a sentence beside it: "he said.", "She added:"."""
    heads = verb.head < 0 or base(verb.deprel) in {"conj", "parataxis"}
    return (
        heads
        and not sentence.dependents(verb.i, "obj", "xcomp", "aux:pass")
        and not negated_here(sentence, verb.i)
    )
