"""The day of a report's main incident where the sentence that tells it names none: "It happened around noon Monday"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attested.mentions.arguments import is_said_then
from attested.mentions.drafts import Draft
from attested.model import Role, Span, TimeExpression
from attested.reading.tokens import Reading, Sentence
from attested.text.lemmas import lemmas

DAY_FORMS = frozenset(
    {"weekday", "month-day", "month-day-year", "iso", "numeric", "relative-day", "day-of-month"}
)
# The role of such a day, and the unit of its claim: it may be another's, so it keeps no two mentions apart.
DAY_NEARBY = "day nearby"
# What comes after an incident has days of its own: "was arraigned on Monday", "were buried on Friday".
_AFTERWARDS = frozenset(
    "arraign charge arrest appear sentence plead schedule bury mourn identify release announce meet visit speak hold "
    "convict indict testify confirm update publish issue book extradite surrender attend gather".split()
)
_AFTER_NOUNS = frozenset(
    "funeral vigil hearing trial court arraignment conference statement release memorial".split()
)
# How many sentences after the incident's own its day may stand.
_REACH = 12


def add_day(reading: Reading, times: Mapping[int, Sequence[TimeExpression]], drafts: Sequence[Draft]) -> None:
    """Gives the first incident told as news the nearest day told after it, if its own words name none.

    Days of other incidents, of what somebody said, of what lies ahead and of courts, arrests and funerals are passed.
    """
    told = [d for d in drafts if d.kind == "incident"]
    main = next((d for d in told if d.status == "happened" and not d.is_background), None)
    if main is None or any(r.name == "time" for r in main.roles):
        return
    taken = {r.span.start for d in told for r in d.roles if r.name == "time"}
    day = next((d for d in _days(reading, times, main.sentence_no) if d.span.start not in taken), None)
    if day is not None:
        main.roles.append(Role(DAY_NEARBY, day.span, Span(day.span.start, day.span.end, day.span.text)))


def _days(
    reading: Reading, times: Mapping[int, Sequence[TimeExpression]], first: int
) -> Iterator[TimeExpression]:
    """Days that may be an incident's, from sentence ``first`` on, then those before it, nearest first."""
    sentences = reading.sentences
    for sentence in [*sentences[first : first + _REACH], *reversed(sentences[:first])]:
        for time in times.get(sentence.start, ()):
            if time.form in DAY_FORMS and time.direction <= 0 and not _is_of_other(sentence, time):
                yield time


def _is_of_other(sentence: Sentence, time: TimeExpression) -> bool:
    """Whether a day is of words, or of what came afterwards."""
    tokens = sentence.inside(time.span.start, time.span.end)
    if not tokens or is_said_then(sentence, tokens):
        return True
    above = list(sentence.ancestors(tokens[-1].i))
    nouns = {t.lower for t in above if t.upos == "NOUN"} | {t.lower for t in tokens}
    verb = next((t for t in above if t.upos == "VERB"), None)
    return bool(nouns & _AFTER_NOUNS) or (verb is not None and bool(_AFTERWARDS & set(lemmas(verb.lower))))
