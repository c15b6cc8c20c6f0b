"""Who is quoted, and by whom: "X was quoted by the Daily Post as saying" is X's word, passed on by the Daily Post.

The reader takes either for the source, now and then both; here the frame decides. So it does for "the Daily Post quoted
X as saying", "X, quoted by the Daily Post", "quoting X, the Daily Post said" and "X was reported by it to have said".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from attested.model import Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table, weaker
from attested.speech.found import Found
from attested.speech.subjects import antecedent, can_speak, is_passive
from attested.text.lemmas import lemmas

_QUOTING = frozenset({"quote", "cite"})
_REPORTING = frozenset({"report"})
_MAX_GAP = 3  # words of a cue that stand together: "was quoted as saying"


@dataclass(frozen=True, slots=True)
class _Frame:
    """A quoting verb with who is quoted, the newsroom, and the verb of saying behind "as"; any may be missing."""

    verb: Token
    quoted: Token | None
    newsroom: Token | None
    saying: Token | None


def with_quoted(sentence: Sentence, found: Sequence[Found]) -> list[Found]:
    """The findings, those of a quoting frame made one: its source whoever is quoted, ``via`` the newsroom."""
    rows = list(found)
    for token in sentence.tokens:
        frame = _frame(sentence, token) if token.upos == "VERB" else None
        if frame is not None:
            rows = _applied(sentence, frame, rows)
    return rows


def _frame(sentence: Sentence, verb: Token) -> _Frame | None:
    forms = set(lemmas(verb.lower))
    saying = _saying(sentence, verb)
    passive = is_passive(sentence, verb)
    if not (forms & _QUOTING or (forms & _REPORTING and passive and saying is not None)):
        return None
    agents = [t for one in (verb, saying) if one is not None for t in _behind_by(sentence, one)]
    newsroom = agents if passive else _newsroom(sentence, verb)
    quoted = [_head_of(sentence, t, verb) for t in _quoted(sentence, verb, passive=passive)]
    who = next((t for t in quoted if t.ner.endswith("PER")), next(iter(quoted), None))
    return _Frame(verb, who, next(map(partial(_named, sentence), newsroom), None), saying)


def _quoted(sentence: Sentence, verb: Token, *, passive: bool) -> list[Token]:
    """Who is quoted by the parse, or by the order of words where that goes astray."""
    if not passive:
        behind = [t for t in sentence.tokens[verb.i + 1 : verb.i + 4] if t.upos not in {"DET", "ADJ"}][:1]
        return sentence.dependents(verb.i, "obj") or [
            t for t in behind if verb.xpos == "VBG" and can_speak(t)
        ]
    if subjects := sentence.dependents(verb.i, "nsubj"):
        return subjects
    if base(verb.deprel) in {"acl", "amod"} and verb.deprel != "acl:relcl" and verb.head >= 0:
        below = sentence.dependents(verb.i, "obl")
        named = [d for d in below if any(c.lower == "according" for c in sentence.dependents(d.i, "case"))]
        return [*named, sentence.tokens[verb.head]]
    return []


def _named(sentence: Sentence, newsroom: Token) -> Token:
    """The name beside a word for a newsroom: "state news agency Tanjug"."""
    beside = sentence.dependents(newsroom.i, "appos", "flat", "nmod:desc")
    return next((t for t in beside if newsroom.upos == "NOUN" and t.ner.endswith("ORG")), newsroom)


def _newsroom(sentence: Sentence, verb: Token) -> list[Token]:
    """Who quotes: the verb's subject, or that of the verb it stands beside ("quoting X, the Daily Post said")."""
    own = sentence.dependents(verb.i, "nsubj")
    if own or verb.xpos != "VBG" or verb.head < 0:
        return own
    return sentence.dependents(verb.head, "nsubj")


def _head_of(sentence: Sentence, token: Token, verb: Token) -> Token:
    return sentence.tokens[antecedent(sentence, token, verb)]


def _behind_by(sentence: Sentence, verb: Token) -> list[Token]:
    return [
        d
        for d in sentence.dependents(verb.i, "obl")
        if any(c.lower == "by" for c in sentence.dependents(d.i, "case"))
    ]


def _saying(sentence: Sentence, verb: Token) -> Token | None:
    """The verb of saying in "quoted X as saying", "was reported to have said", wherever the parse hung it."""
    marks = {"to"} if _REPORTING & set(lemmas(verb.lower)) else {"as"}
    for mark in sentence.tokens[verb.i + 1 :]:
        if mark.upos == "PUNCT" and mark.text in {";", ":"}:
            return None
        if mark.lower in marks:
            after = [t for t in sentence.tokens[mark.i + 1 : mark.i + 4] if t.upos != "AUX"]
            return next((t for t in after[:1] if _says(t)), None)
    return None


def _says(token: Token) -> bool:
    table = reporting_table()
    return token.upos == "VERB" and table.lemma_in(token.lower, table.verbs) is not None


def _applied(sentence: Sentence, frame: _Frame, rows: list[Found]) -> list[Found]:
    """The findings with those of the frame's verbs made one."""
    if frame.quoted is None or not can_speak(frame.quoted):
        return rows
    heads = {t.i for t in (frame.verb, frame.saying) if t is not None}
    own = [r for r in rows if r.head in heads or _covers(r.cue, frame)]
    via = frame.newsroom.i if frame.newsroom is not None and frame.newsroom is not frame.quoted else None
    if frame.saying is None:
        return _beside(sentence, frame, rows, own, via)
    content = _content(sentence, frame, own)
    if not own and not content:
        return rows
    cue = _cue(sentence, frame, own)
    hedge = own[0].hedge if own else "reported"
    for row in own:
        hedge = weaker(hedge, row.hedge)
    whole = Found(frame.verb.i, frame.quoted.i, sentence.phrase(frame.quoted.i), cue, content, hedge, via=via)
    return [r for r in rows if r not in own] + [whole]


def _beside(
    sentence: Sentence, frame: _Frame, rows: list[Found], own: list[Found], via: int | None
) -> list[Found]:
    """ "X, quoted by the Daily Post", "quoting X, the Daily Post said": what is said is another finding's content."""
    if frame.quoted is None or via is None:
        return rows
    said = [r for r in rows if r not in own and r.content]
    if frame.verb.xpos == "VBG":
        of = next((r for r in said if r.source is not None and r.head == frame.verb.head), None)
        if of is None:
            return rows
        phrase = sentence.phrase(frame.quoted.i)
        cue = sentence.words(frame.verb.i, frame.verb.i)
        quoted = Found(frame.verb.i, frame.quoted.i, phrase, cue, of.content, of.hedge, via=via)
        return [r for r in rows if r not in own and r is not of] + [quoted]
    of = next((r for r in said if r.source == frame.quoted.i), None)
    if of is None:
        return rows
    return [r for r in rows if r not in own and r is not of] + [replace(of, via=via)]


def _covers(cue: Span, frame: _Frame) -> bool:
    return any(cue.start <= t.start and t.end <= cue.end for t in (frame.verb, frame.saying) if t is not None)


def _cue(sentence: Sentence, frame: _Frame, own: Iterable[Found]) -> Span:
    """ "Was quoted as saying" where the words stand together, else the quoting verb's."""
    saying = frame.saying
    between = frame.quoted is not None and saying is not None and frame.verb.i < frame.quoted.i < saying.i
    if saying is not None and not between and saying.i - frame.verb.i <= _MAX_GAP:
        passive = [t.i for t in sentence.dependents(frame.verb.i, "aux") if t.i == frame.verb.i - 1]
        return sentence.words(min([frame.verb.i, *passive]), saying.i)
    return next((r.cue for r in own if r.head == frame.verb.i), sentence.words(frame.verb.i, frame.verb.i))


def _content(sentence: Sentence, frame: _Frame, own: Sequence[Found]) -> tuple[Span, ...]:
    """What is said: as the reader sees it of the verb of saying, else of the quoting verb, without who is quoted."""
    saying = frame.saying
    told = [r for r in own if saying is not None and r.head == saying.i and r.content]
    spans = [c for r in (told or own) for c in r.content]
    if saying is None:
        return tuple(spans)
    kept = []
    for span in spans:
        if span.start >= saying.end or span.end <= frame.verb.start:
            kept.append(span)
        elif span.end > saying.end:
            kept.append(_from(sentence, span, saying.end))
    apart = sentence.phrase(frame.quoted.i) if frame.quoted is not None else None
    clear = [s for s in kept if apart is None or s.end <= apart.start or apart.end <= s.start]
    return tuple(dict.fromkeys(clear))


def _from(sentence: Sentence, span: Span, start: int) -> Span:
    """The part of a span behind a character."""
    inside = [t for t in sentence.inside(start, span.end) if t.start >= start]
    return sentence.words(inside[0].i, inside[-1].i) if inside else span
