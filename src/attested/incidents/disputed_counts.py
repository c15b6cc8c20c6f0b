"""Where figures of the killed or injured cannot both be right: no update, no part of a total, no vague number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from attested.claims.assemble import HIT
from attested.incidents.context import FuseContext
from attested.incidents.doers import doers_among
from attested.incidents.fused import Contradiction, FusedValue
from attested.incidents.people import who_of
from attested.incidents.tolls import Figure
from attested.mentions.lexicon import participant_kind
from attested.model import Claim
from attested.text.lemmas import lemmas
from attested.text.normalise import fold
from attested.text.numbers import find_numbers

_ABOUT = 0.2  # how far "about 40" reaches either way: gva dev's "about" figures lie within a fifth of the exact one
_MOST = 10**9
_FEW, _FAR = 2, 4  # other origins, and how many times less or more, from which a figure is astray (by hand)
_OFFICIALS = frozenset({"named body", "named person", "unnamed official"})
_BEFORE, _BEHIND = 20, 45  # code points beside a figure in which "critically" is of its people
_BOTH_SIDES = {"force", "armed_group"}  # soldiers and rebels are counted apart
_ONE = re.compile(r"\ban?\b|\bhis\b|\bher\b|\btheir\b")
_FATES = re.compile(r"\b(?:dead|died|killed|wounded|injured|hurt)\b")
_PART = re.compile(r"\bof (?:them|whom|which)\b")
# Groups that a report counts beside the whole: "two children" of five people. Not soldiers, police, civilians:
# an incident whose dead are told as "two policemen" has no other dead.
_SOME = frozenset(
    "child woman girl boy kid teen teenager infant baby toddler student tourist passer-by".split()
)
_BADLY = re.compile(r"\b(?:critical(?:ly)?|serious(?:ly)?|severe(?:ly)?|grave(?:ly)?|intensive care)\b")
_ANYBODY = frozenset({"people", "person", "victim", "civilian", "individual"})
_DEFINITE = frozenset("the his her their its that these those".split())
# One report sets its figure against another's.
_AT_ODDS = re.compile(
    r"\bcontradict|\bdisput|\bconflicting\b|\brather than\b|\bdisagree|\b(?:and|,) not \w+\b|"
    r"\b(?:more|fewer|higher|lower) than\b[^.]{0,40}\b(?:acknowledge|admit|say|said|report|claim|count)"
)
# What one voice said before it, or another, knew more.
_EARLIER = re.compile(
    r"\b(?:earlier|initial|initially|previous|previously|at first|preliminary|first reports)\b|"
    r"\b(?:grew|rose|risen|rising|climbed)\b"
)
# A sum over more than one deed: "in 17 shootings", "since Friday", "this year", "over the past two weeks".
_OVER_TIME = re.compile(
    r"\bsince\s+(?!then\b)\w|\b(?:this|last|the) (?:year|month|week|weekend)\b[^.]{0,20}\b(?:so far|alone)\b|"
    r"\b(?:in|over|during|within) (?:the )?(?:last|past|previous) (?:\w+ )?(?:days|weeks|months|years|weekend)\b|"
    r"\b(?:this year|so far this)\b|-year(?:-old)? (?:war|conflict)\b|\bcollectively\b|\byears of (?:war|conflict)\b"
)
_BREAK = re.compile(r"\s--?\s|[—–;]")
_DEEDS = re.compile(
    r"\b(?:shooting|attack|bombing|killing|homicide|murder|incident|clash|raid|strike|explosion|blast)(?:e?s)\b"
)
_COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|separate|series of)\b[\w\s-]{0,20}$"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One figure as a report tells it: what it can mean, by whose word, and when."""

    value: int
    low: float
    high: float
    claims: tuple[Claim, ...]
    origin: str
    day: date | None
    side: str
    voice: str
    words: str
    is_bad: bool


def count_dispute(
    context: FuseContext, field: str, figures: Sequence[Figure], claims: Sequence[Claim]
) -> Contradiction | None:
    """The figures of a field that cannot both be right, each beside whoever says it; None where there are none."""
    if len(figures) < 2 and sum(claim.field == field for claim in claims) < 2:
        return None  # nobody tells another
    is_dead = field == "killed"
    apart: frozenset[int] = _doers_dead(claims) if is_dead else frozenset()
    dead = [c for c in claims if c.field == "killed" and not is_dead]
    told = [t for figure in figures if (t := _told(context, figure, apart, dead)) is not None]
    told = [t for t in told if not _is_stray(t, told)]
    told += list(_others(context, field, told, claims))
    spans = _spans(told)
    pairs = [
        (a, b)
        for a, b in combinations(told, 2)
        if _are_at_odds(a, b, apart) and not _is_update(spans, a, b, is_growing=is_dead)
    ]
    values = sorted({t.value for pair in pairs for t in pair})
    if not values:
        return None
    rows = tuple(_row(context, value, told) for value in values)
    words = f"{field}: " + " against ".join(map(str, values))
    return Contradiction(field, rows, words + _outcome(told, values))


def _row(context: FuseContext, value: int, told: Sequence[_Told]) -> FusedValue:
    claims = {c.id: c for t in told if t.value == value for c in t.claims}
    return context.fused_value(str(value), list(claims.values()))


def _outcome(told: Sequence[_Told], values: Sequence[int]) -> str:
    """Which figure the latest report gives, where the others are older."""
    days = {v: max((t.day for t in told if t.value == v and t.day), default=None) for v in values}
    known = {v: day for v, day in days.items() if day is not None}
    if len(known) < len(values) or len(set(known.values())) < len(known):
        return ""
    last = max(known, key=lambda v: known[v])
    return f"; the latest report says {last}"


def _told(context: FuseContext, figure: Figure, apart: frozenset[int], dead: Sequence[Claim]) -> _Told | None:
    """A figure that its report states in so many words; None for one that is reckoned, or a sum over many deeds.

    "84 people" is stated where the figure is 85 because the driver died too, and six hurt by "shot eight, killing two".
    """
    most = max(int(c.value) for c in figure.claims)
    rows = [c for c in figure.claims if c.value == most and _is_stated(context, c)]
    died = {int(d.value) for d in dead for c in rows if d.sentence == c.sentence and isinstance(d.value, int)}
    if not rows or figure.value - most not in {0, *apart, *(-n for n in died)}:
        return None
    return _of_claims(context, rows, min(most, figure.value), is_floor=figure.is_floor)


def _of_claims(context: FuseContext, rows: Sequence[Claim], value: int, *, is_floor: bool) -> _Told:
    first = rows[0]
    low, high = _reach(first, value, is_floor=is_floor)
    day = context.published[first.report_id].interval.start
    origin = context.backing.origin(first)
    words = " ".join(fold(context.sentence_of(c)) for c in rows)
    voice = "" if first.voice.kind == "outlet" else fold(first.voice.name or "")
    is_bad = any(_BADLY.search(_around(context, c)) for c in rows)
    return _Told(value, low, high, tuple(rows), origin, day, _side(first), voice, words, is_bad)


def _around(context: FuseContext, claim: Claim) -> str:
    """The words beside a figure, which say how badly people are hurt."""
    text = context.reports[claim.report_id].text
    start, end = max(claim.span.start - _BEFORE, claim.sentence.start), claim.span.end + _BEHIND
    return fold(text[start : min(end, claim.sentence.end)])


def _is_stated(context: FuseContext, claim: Claim) -> bool:
    """Whether a claim tells a whole figure of one deed: a number or nobody, not "a man", not "629 this year"."""
    if claim.part_of is not None or claim.hedge == "denied" or (claim.unit or "").startswith("named"):
        return False
    words = fold(claim.span.text)
    numbers = [int(n.value) for n in find_numbers(claim.span.text)]
    ones = len(_ONE.findall(words))  # "two men and a woman"
    is_counted = claim.value in numbers or 0 <= int(claim.value) - sum(numbers) <= ones
    is_of_both = len(numbers) > 1 and _FATES.search(words)  # "one dead and three wounded"
    if claim.value != 0 and (not numbers or not is_counted or is_of_both or _PART.search(words)):
        return False
    return not _is_sum(_clause(context, claim))


def _clause(context: FuseContext, claim: Claim) -> str:
    """The stretch of a claim's sentence, between dashes and semicolons, that holds its words."""
    text, start = context.reports[claim.report_id].text, claim.sentence.start
    breaks = [m.end() + start for m in _BREAK.finditer(text[start : claim.sentence.end])]
    first = max((at for at in breaks if at <= claim.span.start), default=start)
    last = min((at for at in breaks if at > claim.span.start), default=claim.sentence.end)
    return fold(" ".join(text[first:last].split()))


def _is_sum(sentence: str) -> bool:
    return bool(_OVER_TIME.search(sentence)) or any(
        _COUNTED.search(sentence[: m.start()]) for m in _DEEDS.finditer(sentence)
    )


def _reach(claim: Claim, value: int, *, is_floor: bool) -> tuple[float, float]:
    """The least and the most that a figure's words can mean."""
    numbers = find_numbers(claim.span.text)
    is_plain = len(numbers) == 1 and value == claim.value
    low, high = (float(numbers[0].low), float(numbers[0].high)) if is_plain else (value, value)
    low, high = min(low, value), max(high, value)
    if claim.qualifier == "about":
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    if is_floor or claim.qualifier in {"at least", "more than"}:
        high = _MOST
    if claim.qualifier in {"at most", "fewer than"}:
        low = 0
    return low, high


def _side(claim: Claim) -> str:
    """Who counts: the authorities, an armed group, people who were there; "" where nobody or a newsroom does."""
    name = fold(claim.voice.name or "").split()
    if claim.voice.kind == "witness":
        return "witnesses"
    if claim.voice.kind not in _OFFICIALS or not name:
        return ""
    return "armed group" if any(participant_kind(word) == "armed_group" for word in name) else "officials"


def _others(
    context: FuseContext, field: str, told: Sequence[_Told], claims: Sequence[Claim]
) -> Iterator[_Told]:
    """Figures that a report gives by another voice beside its own: "police said 19; residents spoke of 30"."""
    own = {one.claims[0].report_id: one for one in told}
    for claim in claims:
        one = own.get(claim.report_id) if claim.field == field else None
        if one is not None and claim.value not in {one.value, 1} and _is_rival(context, claim, one.voice):
            yield _of_claims(context, [claim], int(claim.value), is_floor=False)


def _is_rival(context: FuseContext, claim: Claim, voice: str) -> bool:
    """Whether a claim is a whole figure by another voice than its report's, at the same time."""
    name = "" if claim.voice.kind == "outlet" else fold(claim.voice.name or "")
    words = fold(claim.span.text)
    return (
        bool(voice and name)
        and name != voice
        and isinstance(claim.value, int)
        and not (claim.unit or "").endswith(("more", HIT))
        and len(find_numbers(words)) == 1
        and words.split()[0] not in _DEFINITE
        and _heads(claim) <= _ANYBODY
        and _is_stated(context, claim)
        and not _EARLIER.search(fold(context.sentence_of(claim)))
    )


def _are_at_odds(a: _Told, b: _Told, apart: frozenset[int]) -> bool:
    """Whether two figures by different tellers exclude each other, and neither is a part or holds who did it too."""
    same = a.origin == b.origin and a.voice == b.voice
    meet = a.low <= b.high and b.low <= a.high
    if same or meet or abs(a.value - b.value) in apart:
        return False
    less, more = sorted((a, b), key=lambda t: t.value)
    return not _is_part(less, more)


def _is_stray(one: _Told, told: Sequence[_Told]) -> bool:
    """Whether a figure is far from all of three or more others: another incident's, or one person's."""
    rest = [t for t in told if t.origin != one.origin and t.value]
    far = [t for t in rest if not one.value * _FAR > t.value > one.value / _FAR]
    return bool(one.value) and len({t.origin for t in rest}) > _FEW and len(far) == len(rest)


def _is_part(less: _Told, more: _Told) -> bool:
    """Whether the lesser figure counts some of the people alone: "two children", "the five in critical condition"."""
    if not less.value:
        return False
    some, whole = _heads(less.claims[0]), _heads(more.claims[0])
    is_group = len(some) == 1 and some <= _SOME and whole != some
    is_listed = less.value in {n.value for n in find_numbers(more.claims[0].span.text)}
    is_other_side = {kind for h in (some, whole) for w in h if (kind := participant_kind(w))} == _BOTH_SIDES
    return is_group or is_listed or is_other_side or (less.is_bad and not more.is_bad)


def _heads(claim: Claim) -> frozenset[str]:
    """Dictionary forms of the people that a figure's words count."""
    words = [w for w in fold(claim.span.text).split() if participant_kind(w) is not None]
    return frozenset(min((*lemmas(w), w), key=len) for w in words)


def _doers_dead(claims: Sequence[Claim]) -> frozenset[int]:
    """How many of those who did it died, as any report tells."""
    dead, blamed = defaultdict(list), defaultdict(list)
    for claim in claims:
        if claim.field == "killed" and isinstance(claim.value, int):
            dead[claim.report_id].append(claim)
        elif claim.field == "perpetrator_alleged":
            blamed[claim.report_id].append(claim)
    doers = [c for report, rows in dead.items() for c in doers_among(rows, blamed[report])]
    own = {1 for rows in dead.values() for c in rows if who_of(c).is_self}
    return frozenset({int(c.value) for c in doers} | own)


def _spans(told: Sequence[_Told]) -> dict[int, tuple[date, date] | None]:
    """From which day till which each figure is told; None where a report's day is unknown."""
    days: dict[int, list[date | None]] = defaultdict(list)
    for one in told:
        days[one.value].append(one.day)
    known = {value: [day for day in rows if day is not None] for value, rows in days.items()}
    return {v: (min(k), max(k)) if len(k) == len(days[v]) else None for v, k in known.items()}


def _is_update(
    spans: Mapping[int, tuple[date, date] | None], a: _Told, b: _Told, *, is_growing: bool
) -> bool:
    """Whether a toll only moved on: all who gave the one figure did so before anybody gave the other.

    The dead only grow (``is_growing``); the hurt grow as they are found, and fewer as they die. It is no moving on
    where the two are by different sides, or a report sets the one against the other.
    """
    if a.side and b.side and a.side != b.side:
        return False
    if any(_AT_ODDS.search(t.words) for t in (a, b)):
        return False
    less, more = (spans[value] for value in sorted((a.value, b.value)))
    if less is None or more is None:
        return False
    return less[1] < more[0] or (not is_growing and more[1] < less[0])
