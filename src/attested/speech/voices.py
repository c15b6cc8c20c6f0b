"""Whose words are whose: attributions of a report, sentence by sentence and over whole quotations.

``attribute`` is the door for a report; ``find_attributions`` does one sentence with what has been seen so far.
Quotations that run over sentences, or stand alone before or after "he said", take the speaker of the
sentence they belong to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from attested.model import Block, Hedge, Report, Span, Voice
from attested.reading.tokens import Reading, Sentence
from attested.speech.anonymity import find_anonymity
from attested.speech.attribution import Found, find_in_sentence
from attested.speech.describing import Speaker, media_name
from attested.speech.negation import negated_here
from attested.speech.speaker_words import speaker_words
from attested.speech.speakers import VoiceContext
from attested.speech.turns import find_turns, speaker_of_turn
from attested.text.quotemarks import find_quoted

__all__ = [
    "Attribution",
    "VoiceContext",
    "attribute",
    "attribution_of",
    "find_attributions",
    "quotations",
    "voice_of",
]

# A quotation shorter than this that no cue claims is a term or irony of the outlet's, not speech.
_MIN_SPEECH_WORDS = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words (``content``) that a source says, through a cue; ``voice`` is who the source is.

    ``source`` is None when nobody is named ("it is believed"). ``hedge`` is what the cue leaves of certainty.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    voice: Voice
    is_direct: bool
    hedge: Hedge = "reported"
    speaker: Speaker | None = None
    is_speech: bool = True


def voice_of(span: Span, attributions: Iterable[Attribution], default: Voice) -> Voice:
    """The voice of the innermost attribution whose content holds the span, or ``default``."""
    row = attribution_of(span, attributions)
    return row.voice if row is not None else default


def attribution_of(span: Span, attributions: Iterable[Attribution]) -> Attribution | None:
    """The innermost attribution whose content holds the span, or None.

    Wishes and stances do not count: who condemns a raid has not said that it happened.
    """
    holding = [
        (content.end - content.start, row.voice.via is None, row.cue.start, row)
        for row in attributions
        for content in row.content
        if row.is_speech and content.start <= span.start and span.end <= content.end
    ]
    return min(holding, key=lambda h: h[:3])[3] if holding else None


def attribute(report: Report, reading: Reading) -> tuple[tuple[Sentence, tuple[Attribution, ...]], ...]:
    """Every sentence of a report with the attributions that bear on it, in the order of the text."""
    quoted = quotations(report)
    context = VoiceContext.of(report, reading, quoted)
    found = [list(find_attributions(s, context=context)) for s in reading.sentences]
    _claim_quotations(reading.sentences, found, context)
    _note_anonymity(reading.sentences, found)
    _give_turns(report, reading, found, context)
    return tuple(
        (sentence, tuple(_settled(rows, context)))
        for sentence, rows in zip(reading.sentences, found, strict=True)
    )


def _give_turns(
    report: Report, reading: Reading, found: list[list[Attribution]], context: VoiceContext
) -> None:
    """Let every sentence of a transcript be said by whoever's turn it is; what is said in it is passed on by them."""
    turns = [(turn, speaker_of_turn(turn, reading, context.titled)) for turn in find_turns(report)]
    for n, (turn, speaker) in enumerate(turns):
        cue = Span(turn.start - 1, turn.start, report.text[turn.start - 1 : turn.start])
        voice = Voice(speaker.kind, speaker.name, cue.text, turn.label)
        others = (who for _, who in [*turns[:n][::-1], *turns[n + 1 :]] if who != speaker)
        addressed = next(others, None)
        for i, sentence in enumerate(reading.sentences):
            inside = [t for t in sentence.tokens if turn.start <= t.start < turn.end]
            if not inside:
                continue
            whole = sentence.words(inside[0].i, inside[-1].i)
            kept = [r for r in found[i] if r.cue.start >= turn.start or r.cue.end <= turn.label.start]
            own = [
                _by_you(r, addressed, voice) for r in kept if all(c.start >= turn.start for c in r.content)
            ]
            found[i] = [*own, Attribution(turn.label, cue, (whole,), voice, False, speaker=speaker)]


def _by_you(row: Attribution, addressed: Speaker | None, asking: Voice) -> Attribution:
    """ "You blame the rebels": said of whoever is spoken to, by whoever's turn it is."""
    if addressed is None or row.source is None or row.source.text.lower() != "you":
        return row
    voice = Voice(addressed.kind, addressed.name, row.cue.text, row.source, asking)
    return replace(row, voice=voice, speaker=addressed)


def _settled(rows: Sequence[Attribution], context: VoiceContext) -> list[Attribution]:
    """The rows of a sentence in order, each with who passed it on; "I" outside quotations is the outlet."""
    found = []
    for row in sorted((_nested(row, rows) for row in rows), key=lambda a: (a.cue.start, a.cue.end)):
        writer = row.source is not None and row.speaker is None and row.voice.name is None
        quoted = any(q.start <= row.cue.start < q.end for q in context.quoted)
        voice = replace(context.default, cue=row.cue.text) if writer and not quoted else row.voice
        found.append(replace(row, voice=voice))
    return found


def _note_anonymity(sentences: Sequence[Sentence], found: list[list[Attribution]]) -> None:
    """Give voices without a name the words that say why: beside them, or anywhere for "a guard" who comes back."""
    for i, sentence in enumerate(sentences):
        span = find_anonymity(sentence)
        beside = [row for rows in (found[i], found[i - 1] if i else []) for row in rows if _is_unnamed(row)]
        if span is None or not beside:
            continue
        name = min(beside, key=lambda row: _distance(row, span)).voice.name or ""
        is_one = name.split()[:1] in (["A"], ["a"], ["An"], ["an"], ["One"], ["one"])
        reach = range(len(found)) if is_one else range(max(0, i - 1), min(len(found), i + 2))
        for k in reach:
            found[k] = [replace(row, voice=_explained(row.voice, name, span.text)) for row in found[k]]


def _explained(voice: Voice, name: str, why: str) -> Voice:
    """The voice, or whoever passed it on, with why it has no name."""
    via = _explained(voice.via, name, why) if voice.via is not None else None
    is_meant = voice.name == name and voice.anonymity is None
    return replace(voice, via=via, anonymity=why if is_meant else voice.anonymity)


def _distance(row: Attribution, span: Span) -> int:
    """How far a voice stands from words."""
    at = row.source or row.cue
    return min(abs(at.end - span.start), abs(at.start - span.end))


def _is_unnamed(row: Attribution) -> bool:
    return row.voice.kind in {"unnamed official", "witness"} and row.voice.name is not None


def find_attributions(sentence: Sentence, *, context: VoiceContext) -> tuple[Attribution, ...]:
    """Attributions of one sentence; sentences must come in the order of the text.

    Speakers are added to ``context``, so that later pronouns and roles find them.
    """
    quoted = [q for q in context.quoted if q.start < sentence.end and sentence.start < q.end]
    rows: list[Attribution] = []
    found = find_in_sentence(sentence, quoted)
    for row in sorted(found, key=lambda row: (_is_inside(row, found, quoted), row.head)):
        speaker = _speaker(sentence, row, context)
        outermost = not _is_inside(row, found, quoted)
        if speaker is not None and outermost and speaker.can_return:
            context.remember(speaker)
        rows.append(_attribution(sentence, row, speaker, quoted, context))
    context.note_subject(sentence)
    context.note_bodies(sentence)
    return tuple(_nested(row, rows) for row in rows)


def _is_inside(row: Found, rows: Sequence[Found], quoted: Sequence[Span]) -> bool:
    """Whether a finding stands inside somebody's words: in a quotation or in another's content."""
    around = [*quoted, *(c for other in rows if other is not row for c in other.content)]
    return any(c.start <= row.cue.start and row.cue.end <= c.end for c in around)


def _speaker(sentence: Sentence, found: Found, context: VoiceContext) -> Speaker | None:
    """Who speaks; None for a voice nobody names, and for "I" and "we" inside somebody's words."""
    if found.source is None or found.source_span is None:
        return None
    token = sentence.tokens[found.source]
    if token.upos == "PRON" and token.lower in speaker_words().pronouns["first"] and token.text != "US":
        return None
    named = found.source_span
    if not named.start <= token.start < named.end:  # "who": whoever it stands for
        named = sentence.phrase(found.source)
    return context.name_source(sentence, found.source, named)


def _attribution(
    sentence: Sentence,
    found: Found,
    speaker: Speaker | None,
    quoted: Sequence[Span],
    context: VoiceContext,
) -> Attribution:
    """The finding with its voice; a cue that is negated leaves no more than a possibility."""
    nobody = found.source is not None and negated_here(sentence, found.source)  # "No group said it did it"
    hedge: Hedge = "possible" if found.is_negated or nobody else found.hedge
    voice = Voice("unnamed official", None, found.cue.text, found.cue)
    if speaker is not None:
        voice = Voice(
            speaker.kind,
            speaker.name,
            found.cue.text,
            found.source_span,
            _passed_on(sentence, found, context),
        )
    direct = bool(found.content) and all(_is_quoted(c, quoted) for c in found.content)
    return Attribution(
        found.source_span, found.cue, found.content, voice, direct, hedge, speaker, found.is_speech
    )


def _passed_on(sentence: Sentence, found: Found, context: VoiceContext) -> Voice | None:
    """The newsroom that somebody told, or that quotes him: "told AFP" makes AFP the voice that passed it on."""
    if found.via is not None:
        newsroom = context.name_source(sentence, found.via, sentence.phrase(found.via))
        own = {context.report.agency, context.report.outlet}
        is_own = newsroom is None or newsroom.name in own
        return (
            None
            if is_own
            else Voice("other report", newsroom.name, span=newsroom.span or sentence.phrase(found.via))
        )
    for child in sentence.dependents(found.head, "obj", "iobj", "obl"):
        name = sentence.phrase(child.i).text
        own = {context.report.agency, context.report.outlet}
        if child.upos == "PROPN" and media_name(name) and name not in own:
            return Voice("other report", name, span=sentence.phrase(child.i))
    return None


def _is_quoted(content: Span, quoted: Sequence[Span]) -> bool:
    """Whether content lies within one pair of quotation marks, give or take the marks."""
    return any(q.start - 2 <= content.start and content.end <= q.end + 2 for q in quoted)


def _nested(row: Attribution, rows: Sequence[Attribution]) -> Attribution:
    """The attribution with the voice that passed it on, when its cue stands in another's content."""
    around = [
        (content.end - content.start, other)
        for other in rows
        for content in other.content
        if other is not row
        and content.start <= row.cue.start
        and row.cue.end <= content.end
        and not any(c.start <= other.cue.start and other.cue.end <= c.end for c in row.content)
    ]
    if row.cue.text.lower() in {"citing", "quoting"}:  # whoever cites them passes on what they say
        around = [(0, other) for other in rows if other is not row and other.content == row.content] or around
    if not around:
        return row
    outer = min(around, key=lambda pair: pair[0])[1]
    if row.speaker is None and row.source is not None:  # "I think", said by whoever speaks around it
        return replace(row, voice=replace(outer.voice, cue=row.cue.text), speaker=outer.speaker)
    denies = outer.hedge == "denied"  # who denies a report does not pass it on
    if denies or row.voice.via is not None or row.voice.name == outer.voice.name:
        return row
    return replace(row, voice=replace(row.voice, via=outer.voice))


# --- quotations over sentences ------------------------------------------------------------------------------


def quotations(report: Report) -> tuple[Span, ...]:
    """Quoted stretches of the body and the headline block, in order."""
    blocks: list[Block] = [*report.body, *(b for b in report.furniture if b.kind == "headline")]
    stretches = sorted({(b.start, b.end) for b in blocks})
    merged: list[list[int]] = []
    for start, end in stretches:
        if merged and not report.text[merged[-1][1] : start].strip():
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return tuple(q for start, end in merged for q in find_quoted(report.text, start, end))


def _claim_quotations(
    sentences: Sequence[Sentence], found: list[list[Attribution]], context: VoiceContext
) -> None:
    """Give every quotation that no cue of its own sentence claims in full to the speaker it belongs to."""
    starts, ends = [s.start for s in sentences], [s.end for s in sentences]
    quotes = [(q, range(bisect_right(ends, q.start), bisect_left(starts, q.end))) for q in context.quoted]
    quotes = [(quote, touched) for quote, touched in quotes if touched]
    owners: list[Attribution | None] = []
    previous: Attribution | None = None
    previous_end = -1
    for quote, touched in quotes:
        owner = _owner(sentences, found, touched, quote)
        continues = previous is not None and _continues(context.report.text, previous_end, quote)
        if owner is None and continues and len(quote.text.split()) >= _MIN_SPEECH_WORDS:
            owner = previous
        owners.append(owner)
        if owner is not None:
            _extend_all(found, touched, owner, quote)
            previous, previous_end = owner, max(quote.end, sentences[touched[-1]].end)
    for i in range(len(quotes) - 2, -1, -1):
        (quote, touched), owner = quotes[i], owners[i + 1]
        if (
            owners[i] is None
            and owner is not None
            and _left_open(context.report.text, quote, quotes[i + 1][0])
        ):
            owners[i] = owner
            _extend_all(found, touched, owner, quote)


def _extend_all(
    found: list[list[Attribution]], touched: Iterable[int], owner: Attribution, quote: Span
) -> None:
    for i in touched:
        _extend(found[i], owner, quote)


def _left_open(text: str, quote: Span, following: Span) -> bool:
    """Whether a quotation ends its paragraph without a mark and the next paragraph opens with one: it goes on."""
    behind, newline, before = text[quote.end : following.start].partition("\n")
    return bool(newline) and not behind.strip(" \r\t.!?…") and not before.strip(" \r\n\t\"“„«'‘")


def _owner(
    sentences: Sequence[Sentence], found: Sequence[Sequence[Attribution]], touched: Sequence[int], quote: Span
) -> Attribution | None:
    """The attribution a quotation belongs to: one that holds part of it, or a bare "he said" beside it."""
    for i in (*reversed(touched), touched[-1] + 1):
        if i >= len(sentences):
            continue
        for row in found[i]:
            outside = not (quote.start <= row.cue.start < quote.end)
            if outside and any(c.start < quote.end and quote.start < c.end for c in row.content):
                return row
    for i in (*touched, touched[-1] + 1, touched[0] - 1):
        if 0 <= i < len(sentences) and _beside(sentences[i], quote):
            bare = [r for r in found[i] if not r.content and not quote.start <= r.cue.start < quote.end]
            if bare and len(quote.text.split()) >= 2:
                return bare[0]
    return None


def _beside(sentence: Sentence, quote: Span) -> bool:
    """Whether a sentence stands at a quotation or right beside it (marks and a line break between)."""
    return quote.start - 5 <= sentence.end and sentence.start <= quote.end + 5


def _continues(text: str, previous_end: int, quote: Span) -> bool:
    """Whether a quotation goes on from the last one: in its paragraph, or opening the very next one."""
    between = text[previous_end : quote.start]
    if between.count("\n") == 0:
        return True
    return not between.strip(" \t\r\n\"“„«'‘")


def _extend(rows: list[Attribution], owner: Attribution, quote: Span) -> None:
    """Let the owner's words take in a quotation, in the list of one sentence."""
    for k, row in enumerate(rows):
        if row.cue == owner.cue and row.source == owner.source:
            held = any(c.start <= quote.start and quote.end <= c.end for c in row.content)
            direct = row.is_direct or not row.content
            rows[k] = row if held else replace(row, content=_united(row.content, quote), is_direct=direct)
            return
    rows.append(replace(owner, content=(quote,), is_direct=True))


def _united(content: tuple[Span, ...], quote: Span) -> tuple[Span, ...]:
    """Content with the quotation in place of the parts it covers."""
    apart = [c for c in content if c.end <= quote.start or c.start >= quote.end]
    inside = [c for c in content if c not in apart]
    if any(c.start < quote.start - 2 or c.end > quote.end + 2 for c in inside):
        return tuple(sorted({*content, quote}))
    return tuple(sorted([*apart, quote]))
