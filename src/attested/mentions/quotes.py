"""Quotations of a report and who spoke them."""

from __future__ import annotations

from collections.abc import Sequence

from attested.ids import make_id
from attested.model import Quote, Report, Span
from attested.reading.tokens import Reading, Sentence
from attested.speech.speaker_words import is_pronoun
from attested.speech.voices import Attribution, quotations

# A quotation of fewer words that nobody is said to have spoken is a term or irony, not a quotation.
_MIN_WORDS = 3


def find_quotes(
    report: Report, reading: Reading, attributions: Sequence[tuple[Sentence, tuple[Attribution, ...]]]
) -> tuple[Quote, ...]:
    """Quotations in the order of the text, without their marks, the speaker in the fullest form known.

    Short quoted words that no attribution holds are left out. ``in_body`` is False for the headline's.
    """
    rows = [row for sentence, found in attributions for row in found if sentence in reading.sentences]
    found = []
    for span in quotations(report):
        row = _speaking(span, rows)
        if row is None and len(span.text.split()) < _MIN_WORDS:
            continue
        in_body = any(b.start <= span.start < b.end for b in report.body)
        id = make_id("qu", report.id, span.start, span.end)
        voice = row.voice if row else None
        name = voice.name if voice and not is_pronoun(voice.name) else None
        found.append(Quote(id, report.id, span, name, row.source if row else None, in_body))
    return tuple(found)


def _speaking(span: Span, rows: Sequence[Attribution]) -> Attribution | None:
    """The innermost attribution that holds a quotation in full, or else the one that shares most of it."""
    shared = [
        (_overlap(span, content), -(content.end - content.start), -row.cue.start, row)
        for row in rows
        for content in row.content
        if row.is_speech or row.is_direct
        if not span.start <= row.cue.start < span.end
    ]
    best = max(shared, key=lambda s: s[:3], default=None)
    return best[3] if best and best[0] * 2 >= span.end - span.start else None


def _overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))
