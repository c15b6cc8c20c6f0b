"""Sayings across reports: one voice's words once, however many reports have them, and those that are told elsewhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from attested.incidents.variants import content_forms
from attested.lineage.stopwords import stopwords
from attested.model import Claim, Origin, Saying, Span, Story
from attested.text.datewords import date_words
from attested.text.folding import WORD, fold_word, fold_words
from attested.text.numbers import cardinal_pattern, number_value
from attested.views.facts import Facts
from attested.views.speakers import KeyOf, voice_keys

SAME_SHARE = 0.7
"""Share of the content words of each of two sayings that the other has, from which they are one. Of the pairs of unlike
wordings in five piles of news that a voice has in one story, all 16 from 0.7 on are one saying, and five of the eight
between 0.6 and 0.7."""
SURE_FORMS = 6
"""Content words from which a person's words are one saying in two stories, too (as for quotations)."""
MIN_FORMS = 3
"""Sayings of fewer content words are one only if all their words are the same ("they did it")."""
MAX_POSTINGS = 200
"""Groups looked at per word; one that stands in more is a formula's, and rarer ones tell more (as for quotations)."""
TOLD_SHARE = 0.5
"""Share of a saying's content words that statements, quotations and claims of its voice tell, its verb among them, from
which it is told elsewhere: "the crews who shelled the station had fled" is not told by claims about the shelling."""
_NOT = frozenset({"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "cannot"})


@dataclass(frozen=True, slots=True)
class _Worded:
    """A saying's words for comparison, and the affairs of its report."""

    saying: Saying
    words: tuple[str, ...]
    forms: frozenset[str]
    numbers: frozenset[int | str]
    is_negative: bool
    affairs: frozenset[str]


def saying_groups(facts: Facts, key_of: KeyOf) -> dict[str, list[tuple[Saying, ...]]]:
    """Voice -> its sayings, those that are one together, the best wording first."""
    affairs = _affairs(facts)
    by_voice: defaultdict[str, list[_Worded]] = defaultdict(list)
    for saying in facts.sayings.values():
        by_voice[key_of(saying.voice.name or "")].append(_worded(saying, affairs))
    return {
        voice: [_best_first(facts, group) for group in _grouped(rows)]
        for voice, rows in sorted(by_voice.items())
    }


def sayings_alike(facts: Facts) -> list[tuple[Saying, tuple[str, ...]]]:
    """Every saying, in the order of the reports, with the ids of those that are the same one."""
    same: dict[str, tuple[str, ...]] = {}
    for groups in saying_groups(facts, voice_keys(facts)).values():
        for group in groups:
            ids = [saying.id for saying in group]
            same |= {one: tuple(sorted(other for other in ids if other != one)) for one in ids}
    return [(saying, same[saying.id]) for saying in facts.sayings.values()]


def told_elsewhere(facts: Facts, key_of: KeyOf) -> frozenset[str]:
    """Ids of sayings most of whose words are told as statements, quotations or claims of the same voice."""
    told = _told_spans(facts, key_of)
    return frozenset(
        saying.id
        for saying in facts.sayings.values()
        if _share_told(saying, told.get((saying.report_id, key_of(saying.voice.name or "")), ()))
        >= TOLD_SHARE
    )


def saying_words(saying: Saying) -> str:
    """A saying's words in the order of the text, "…" where whoever says it stands between them."""
    parts = sorted((saying.span, *saying.rest), key=lambda s: s.start)
    return " … ".join(" ".join(part.text.split()) for part in parts)


# --- one saying in many reports --------------------------------------------------------------------------------


def _affairs(facts: Facts) -> dict[str, frozenset[str]]:
    """Report -> its story and its origin."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    rows: tuple[Story | Origin, ...] = (*facts.stories, *facts.origins)
    for row in rows:
        for report in row.reports:
            found[report].add(row.id)
    return {report: frozenset(ids) for report, ids in found.items()}


def _worded(saying: Saying, affairs: dict[str, frozenset[str]]) -> _Worded:
    words = tuple(fold_words(saying_words(saying)))
    negative = saying.hedge == "denied" or any(w in _NOT or w.endswith("n't") for w in words)
    return _Worded(
        saying,
        words,
        content_forms(words),
        _numbers(words),
        negative,
        affairs.get(saying.report_id, frozenset({saying.report_id})),
    )


@cache
def _cardinal() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){cardinal_pattern()}(?!\w)")


def _numbers(words: Sequence[str]) -> frozenset[int | str]:
    """The numbers, weekdays and months among words."""
    table = date_words()
    found: set[int | str] = {w for w in words if w in table.weekdays or w in table.months}
    values = (number_value(match.group()) for match in _cardinal().finditer(" ".join(words)))
    return frozenset(found | {value for value in values if value is not None})


def _grouped(rows: Iterable[_Worded]) -> list[list[_Worded]]:
    """Rows of one voice that are one saying together; each joins the longest group that it is most like.

    Two sets that share so much of each have one of their rarest words in common: only those are looked up.
    """
    ordered = sorted(rows, key=lambda r: (-len(r.forms), r.saying.id))
    frequency = Counter(form for row in ordered for form in row.forms)
    groups: list[list[_Worded]] = []
    places: defaultdict[str, list[int]] = defaultdict(list)
    for row in ordered:
        rare = _rarest(row, frequency)
        near = sorted({at for form in rare if len(places[form]) <= MAX_POSTINGS for at in places[form]})
        best = max(near, key=lambda at: (_likeness(groups[at][0], row), -at), default=None)
        if best is not None and _likeness(groups[best][0], row) >= SAME_SHARE:
            groups[best].append(row)
            continue
        for form in rare:
            places[form].append(len(groups))
        groups.append([row])
    return groups


def _rarest(row: _Worded, frequency: Counter[str]) -> list[str]:
    """The words of which a row as like as need be has at least one; all words of a saying without content words."""
    forms = row.forms or frozenset(row.words)
    kept = len(forms) - ceil(SAME_SHARE * len(forms)) + 1
    return sorted(forms, key=lambda form: (frequency[form], form))[:kept]


def _likeness(one: _Worded, other: _Worded) -> float:
    """The smaller share of content words in common; 0 where numbers, denial or affairs stand against it."""
    if one.is_negative != other.is_negative or not _agree(one.numbers, other.numbers):
        return 0.0
    if one.words == other.words:
        return 1.0 if _may_be_one(one, other) else 0.0
    shared, longer = len(one.forms & other.forms), max(len(one.forms), len(other.forms))
    is_short = min(len(one.forms), len(other.forms)) < MIN_FORMS
    return shared / longer if not is_short and _may_be_one(one, other) else 0.0


def _agree(ours: frozenset[int | str], theirs: frozenset[int | str]) -> bool:
    """Whether one side's numbers are all the other's: "two in May" and "two", not "two" and "three"."""
    return ours <= theirs or theirs <= ours


def _may_be_one(one: _Worded, other: _Worded) -> bool:
    """Whether two reports tell of one affair, or a person's words are enough to know them by."""
    if one.affairs & other.affairs:
        return True
    is_person = one.saying.voice.kind == other.saying.voice.kind == "named person"
    return is_person and min(len(one.forms), len(other.forms)) >= SURE_FORMS


def _best_first(facts: Facts, group: Sequence[_Worded]) -> tuple[Saying, ...]:
    """The sayings of a group: not machine-spun, in the wording of most reports, the longest, the earliest."""
    n_reports = Counter(words for words, _ in {(row.words, row.saying.report_id) for row in group})
    ordered = sorted(
        group,
        key=lambda r: (
            r.saying.report_id in facts.spun,
            -n_reports[r.words],
            -len(r.words),
            str(facts.first_day([r.saying.report_id]) or "9999"),
            r.saying.id,
        ),
    )
    return tuple(row.saying for row in ordered)


# --- what is told elsewhere ------------------------------------------------------------------------------------


def _told_spans(facts: Facts, key_of: KeyOf) -> dict[tuple[str, str], list[Span]]:
    """(report, voice) -> the words that statements, quotations and claims of that voice tell of the report."""
    found: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    said = {statement.id for statement in facts.statements}
    for claim in facts.claims.values():
        about = facts.about.get(claim.id)
        if about is not None and about not in said and claim.voice.kind != "outlet" and claim.voice.name:
            mention = facts.mentions.get(claim.mention_id)
            trigger = [mention.trigger] if mention else []
            found[claim.report_id, key_of(claim.voice.name)] += [claim.span, *trigger]
    for quote in facts.quotes.values():
        if quote.speaker:
            found[quote.report_id, key_of(quote.speaker)].append(quote.span)
    for report, name, span in _stated(facts):
        found[report, key_of(name)].append(span)
    return found


def _stated(facts: Facts) -> Iterator[tuple[str, str, Span]]:
    """(report, speaker, words) of every statement: its matter and its act, or all of its sentence without a matter."""
    for row in facts.statements:
        for mention_id, claims in _by_mention(facts.claims_in(row)).items():
            mention = facts.mentions[mention_id]
            names = {row.speaker, *(str(c.value) for c in claims if c.field == "speaker")}
            matter = [c.span for c in claims if c.field == "what"] or [mention.sentence]
            for name in sorted(name for name in names if name):
                yield from ((mention.report_id, name, span) for span in (*matter, mention.trigger))


def _by_mention(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.mention_id].append(claim)
    return found


def _share_told(saying: Saying, told: Sequence[Span]) -> float:
    """The share of a saying's content words that lie in the spans; 0 where its verb lies in none."""
    verb = saying.predicate
    if not told or (verb is not None and not any(s.start <= verb.start < s.end for s in told)):
        return 0.0
    words = [at for part in (saying.span, *saying.rest) for at in _content_places(part)]
    n_told = sum(any(span.start <= at < span.end for span in told) for at in words)
    return n_told / len(words) if words else 0.0


def _content_places(part: Span) -> Iterator[int]:
    """Where the words of a span begin that are no stop-words."""
    for match in WORD.finditer(part.text):
        if fold_word(match.group()) not in stopwords():
            yield part.start + match.start()
