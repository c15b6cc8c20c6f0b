"""Numbers in running text, as digits or words, with their range and qualifier.

What is found could count people or things. Years, dates, times of day, lengths of time, ages, money, shares,
calibres, names with a number in them (AK-47, Flight 12) and ordinals are left out.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from attested.errors import DataError
from attested.model import Span
from attested.text.datewords import any_of, month_pattern
from attested.values import Qualifier

_QUALIFIERS = ("exactly", "about", "at least", "at most", "more than", "fewer than")
_MAX_QUALIFIER = 24  # code points looked at before a number: the longest cue with its space
_OLDEST = 120  # years; a greater number after a name is not an age
_EMERGENCY = "911"  # the telephone number; as a count of people it is far rarer
_MAX_WORDS = (
    12  # after the first word of a number: bounds the work on a text that repeats number words for ever
)
_MAX_DIGITS = 15
_FEW_WORDS = 5  # the same for numbers that stand before a unit of time
_PHRASE = (
    80  # code points of a phrase that is asked again: of claims' words 19 in 20 are shorter (our examples)
)
_CONTEXT = 40  # code points looked at either side of a number to tell what it is


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    ``span`` is the numeral alone ("12", "five or six", "dozens"), ``phrase`` takes in its qualifier ("at
    least 12"). ``low`` and ``high`` are what the numeral itself can mean: equal for a plain number, apart for
    a range or a vague word; a qualifier does not move them. ``value`` is ``low``, the conservative reading.
    ``approximate`` is set for vague words, ranges and "about".
    """

    span: Span
    value: int | float
    low: int | float
    high: int | float
    qualifier: Qualifier | None
    approximate: bool
    phrase: Span


@dataclass(frozen=True)
class _Words:
    """The table of number words, compiled."""

    values: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    vague: dict[str, tuple[int, int]]
    before: dict[str, Qualifier]
    after: dict[str, Qualifier]
    numeral: re.Pattern[str]
    before_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    not_count: re.Pattern[str]
    label: re.Pattern[str]


def _table() -> dict[str, Any]:
    text = files("attested.data").joinpath("number_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    expected = {"units", "tens", "scales", "suffixes", "vague", "before", "after", "not_counts"}
    if set(table) != expected:
        raise DataError(f"number_words.toml: sections are {sorted(table)}, not {sorted(expected)}")
    for section in ("before", "after"):
        if wrong := set(table[section]) - set(_QUALIFIERS):
            raise DataError(f"number_words.toml: [{section}] has no qualifier {sorted(wrong)}")
    if any(low > high for low, high in table["vague"].values()):
        raise DataError("number_words.toml: [vague] a low end is above its high end")
    return table


def _by_cue(section: dict[str, list[str]]) -> dict[str, Qualifier]:
    return {cue: cast(Qualifier, qualifier) for qualifier, cues in section.items() for cue in cues}


def _numeral_pattern(table: dict[str, Any]) -> str:
    """Digits with a scale, number words in a row, or a vague word; named groups say which."""
    small = any_of([*table["units"], *table["tens"]])
    scales = any_of(table["scales"])
    suffixes = any_of(table["suffixes"])
    plain = r"(?:\d{1,3}(?:,\d{2,3}){1,5}|\d{1,15})(?!\d)(?:\.\d{1,9}(?!\d))?"
    digits = rf"{plain}(?:(?:\s|-){scales}\b|{suffixes}\b)?"
    first = rf"(?:{small}|(?:an?|half\s+an?)(?=\s+{scales}\b))"
    link = r"(?:\s+|-)(?:(?<=hundred\s)and\s+|(?<=thousand\s)and\s+)?"
    words = rf"\b{first}(?:{link}(?:{small}|{scales})\b){{0,{_MAX_WORDS}}}"
    vague = rf"\b{any_of(table['vague'])}(?:\s+of(?=\s+(?:tens|thousands|millions)\b)\s+\w+)?"
    return (
        rf"(?P<vague>{vague})\b(?!-)|(?P<digits>(?<![\w.,/:#])(?<!\D[–-])(?<![$€£¥₦]\s)(?<![$€£¥₦]){digits})"
        rf"|(?P<words>(?<!-){words})\b"
    )


@cache
def _words() -> _Words:
    table = _table()
    before, after = _by_cue(table["before"]), _by_cue(table["after"])
    flags = re.IGNORECASE
    return _Words(
        values={**table["units"], **table["tens"]},
        scales=table["scales"],
        suffixes=table["suffixes"],
        vague={words: (low, high) for words, (low, high) in table["vague"].items()},
        before=before,
        after=after,
        numeral=re.compile(_numeral_pattern(table), flags),
        before_pattern=re.compile(rf"(?<![\w-]){any_of(before)}\s+(?:the\s+|another\s+)?$", flags),
        after_pattern=re.compile(rf"\s+{any_of(after)}\b", flags),
        not_count=re.compile(
            rf"(?:\s|-\s?|\s-|\sof\s)(?:[A-Z]\S*\s+)?{any_of(table['not_counts']['after'])}(?![\w])", flags
        ),
        label=re.compile(rf"\b{any_of(table['not_counts']['labels'])}\s$", flags),
    )


_MONTH = month_pattern()
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s(?:\d{{1,2}}(?:,?\s|\s?[-–]\s?|\s(?:and|to|or)\s))?$")
_DATE_AFTER = re.compile(
    rf"(?:\s?(?:[-–]|and|to|or)\s?\d{{1,2}})?(?:\sof)?\s{_MONTH}(?!\w)(?!\s(?:be|have|BE|HAVE|not|NOT)\b)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PEOPLE = re.compile(
    r"\s+(?:[a-z-]+\s+)?(?:people|persons|civilians|soldiers|troops|men|women|children|deaths|dead|fighters"
    r"|militants|rebels|police|prisoners|homes|houses|families|refugees|migrants|protesters|victims|bodies)\b",
    re.IGNORECASE,
)
_AGED = re.compile(r"\bage[ds]?\s(?:of\s)?(?:\w{1,9}(?:\s(?:and|to)\s|,\s(?:and\s)?|-))*$", re.IGNORECASE)
_OLD = re.compile(r"(?:-?,?\s(?:and|or|to)\s[a-z\d]+)?[-\s](?:years?|months?|weeks?|days?)[-\s]old")
_NAME_COMMA = re.compile(r"\b[A-Z][\w.'’-]+,\s$")
_AGE_AFTER = re.compile(r"[,.](?!\d)|;|\)|\sand\s[A-Z]")
_GLUED = re.compile(r"[\w/:°]|\.\d|,\d{4}|-\d{4}\b")
_ADDRESS = re.compile(
    r"\sblock\b|\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?(?:[A-Z0-9][\w.]*\s){1,2}"
    r"(?:St|Ave|Rd|Blvd|Dr|Ln|Street|Avenue|Road|Boulevard|Drive|Lane|Court|Way|Place|Highway|Pike)\b"
)
_SCORE_AFTER = re.compile(r"[-–](\d+)")
_SCORE_BEFORE = re.compile(r"(\d+)[-–]$")
_THREE_PARTS = re.compile(r"\d[-–]\d+[-–]$|\b\d{3}-$")
_SINGLE_NOT_COUNTS = re.compile(
    r"\b(?:no|any|every|the|this|that|which|another|each|some)[\s-]$", re.IGNORECASE
)
_ONE_AFTER = re.compile(r"\s+(?:another|day|night|morning|evening|time|side|hand|thing|by\s+one)\b|['’-]")


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Return the numbers in ``text[start:end]`` from left to right; spans are offsets into ``text``.

    A range ("10 to 15", "five or six", "between 3 and 5") is one number with a low and a high end.
    """
    if start == 0 and end is None and len(text) <= _PHRASE:
        return [*_in_phrase(text)]
    return _find_numbers(text, start, len(text) if end is None else end)


@lru_cache(maxsize=10_000)
def _in_phrase(text: str) -> tuple[Number, ...]:
    """Kept, since the words of one claim are asked again for each thing that is worked out of it."""
    return tuple(_find_numbers(text, 0, len(text)))


def _find_numbers(text: str, start: int, end: int) -> list[Number]:
    found: list[_Numeral] = []
    for match in _words().numeral.finditer(text, start, end):
        found.extend(_read_numeral(match))
    kept = [n for n in found if _is_count(n, text, start, end)]
    return [_qualified(n, text, start, end) for n in _ranges_joined(kept, text)]


def cardinal_pattern() -> str:
    """Return a regular expression for a whole number in digits or words ("12", "twenty-one"), with no group."""
    table = _words()
    small = any_of(table.values)
    rest = any_of([*table.values, *table.scales])
    return rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,9}}(?!\d)|{small}(?:(?:\s+|-){rest}){{0,{_FEW_WORDS}}})"


def number_words() -> frozenset[str]:
    """Return the words that a number in words can begin with."""
    return frozenset(_words().values)


def number_value(words: str) -> int | None:
    """Return the value of a whole number in digits or words, or None if the words are not one number."""
    digits = words.strip().replace(",", "")
    if digits.isdecimal() and len(digits) <= _MAX_DIGITS:
        return int(digits)
    return _words_value(re.findall(r"[a-z]+", words.lower()))


@dataclass(frozen=True, slots=True)
class _Numeral:
    """A numeral before its surroundings are looked at."""

    start: int
    end: int
    low: int | float
    high: int | float
    form: str
    text: str


def _read_numeral(match: re.Match[str]) -> list[_Numeral]:
    """The numeral of a match; two when number words in a row are not one number ("twenty thirty")."""
    words, form = match.group(), str(match.lastgroup)
    key = re.sub(r"\s+", " ", words.lower())
    if form == "vague":
        low, high = _words().vague.get(key) or _words().vague[key.partition(" ")[0]]
        return [_Numeral(match.start(), match.end(), low, high, form, words)]
    if form == "digits":
        value = _digits_value(key)
        return [_Numeral(match.start(), match.end(), value, value, form, words)]
    return _words_split(match.start(), words)


def _digits_value(key: str) -> int | float:
    """The value of digits with their scale: "1,200", "2.5 million", "40k"."""
    parts = re.fullmatch(r"([\d,.]+)[\s-]?([a-z]*)", key)
    assert parts is not None  # the numeral pattern made it
    number = float(parts[1].replace(",", "")) if "." in parts[1] else int(parts[1].replace(",", ""))
    scaled = number * {**_words().scales, **_words().suffixes}.get(parts[2], 1)
    return round(scaled) if isinstance(scaled, float) and abs(scaled - round(scaled)) < 1e-6 else scaled


def _words_split(start: int, words: str) -> list[_Numeral]:
    """Number words cut into the fewest numbers that each read as one."""
    pieces = list(re.finditer(r"[A-Za-z]+", words))
    found: list[_Numeral] = []
    first = 0
    while first < len(pieces):
        last = len(pieces)
        while (value := _words_value([p.group().lower() for p in pieces[first:last]])) is None:
            last -= 1
            if last == first:
                return found
        begin, stop = pieces[first].start(), pieces[last - 1].end()
        found.append(_Numeral(start + begin, start + stop, value, value, "words", words[begin:stop]))
        first = last
    return found


def _words_value(words: list[str]) -> int | None:
    """The value of number words that make one number, or None: "two hundred and five" but not "two five"."""
    table = _words()
    total, group, room = 0, 0, 10**15  # ``room``: the next word must be smaller, so that places never overlap
    if not words or words[-1] in {"and", "a", "an", "half"}:
        return None
    for i, word in enumerate(words):
        if word in {"a", "an"} and i <= 1:
            group = group or 1
        elif word == "half" and i == 0 and words[-1] in table.scales:
            return table.scales[words[-1]] // 2
        elif word in table.values and table.values[word] < room and (group % 10 == 0 or not group):
            value = table.values[word]
            group, room = group + value, 10 if value >= 20 else 1
        elif word == "hundred" and 0 < group < 100:
            group, room = group * 100, 100
        elif word in table.scales and word != "hundred" and group:
            total, group, room = total + group * table.scales[word], 0, 1000
        elif word != "and":
            return None
    return total + group


def _is_count(numeral: _Numeral, text: str, start: int, end: int) -> bool:
    """Whether the numeral counts something, by the words around it."""
    before = text[max(start, numeral.start - _CONTEXT) : numeral.start]
    after = text[numeral.end : min(end, numeral.end + _CONTEXT)]
    if _words().not_count.match(after) or after[:1] == "%":
        return False
    if numeral.form == "vague":
        return True
    if _OLD.match(after) or _AGED.search(before):
        return False
    if numeral.form == "words":
        return not (numeral.low == 1 and (_SINGLE_NOT_COUNTS.search(before) or _ONE_AFTER.match(after)))
    return not (
        _is_name_part(numeral, before, after)
        or _is_date_part(numeral, before, after)
        or _is_age(numeral, before, after)
    )


def _is_name_part(numeral: _Numeral, before: str, after: str) -> bool:
    """Digits glued to other signs (16x9, 24/7, 3-1, 10:30, 2nd) or after a label (Flight 12)."""
    if _GLUED.match(after) or _ADDRESS.match(after) or numeral.text == _EMERGENCY:
        return True
    ahead, behind = _SCORE_AFTER.match(after), _SCORE_BEFORE.search(before)
    if (ahead and behind) or _THREE_PARTS.search(before):
        return True  # three figures with dashes: a date or a telephone number
    if (ahead and int(ahead[1]) <= numeral.low) or (behind and int(behind[1]) >= numeral.low):
        return True  # 3-1 is a score
    label = _words().label.search(before)
    return label is not None and before[label.start()].isupper()


def _is_date_part(numeral: _Numeral, before: str, after: str) -> bool:
    """Days beside a month name, and years unless people or things follow them."""
    if numeral.low <= 31 and (_DATE_BEFORE.search(before) or _DATE_AFTER.match(after)):
        return True
    if not _YEAR.fullmatch(numeral.text):
        return False
    return not (_PEOPLE.match(after) or _words().before_pattern.search(before))


def _is_age(numeral: _Numeral, before: str, after: str) -> bool:
    """Whether the digits stand after a name, as in "Maria Lopez, 45, said"."""
    is_named = _NAME_COMMA.search(before) and _AGE_AFTER.match(after)
    return numeral.low <= _OLDEST and bool(is_named)


_RANGE_WORDS = re.compile(r"\s+(?:to|or|and)\s+|\s?[-–]\s?|-to-|-or-")
_BETWEEN = re.compile(r"\b(?:between|anywhere\s+from)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|some\s+|more\s+than\s+)?$", re.IGNORECASE)


def _ranges_joined(numerals: list[_Numeral], text: str) -> list[_Numeral]:
    """Two numerals that bound one number made one."""
    joined: list[_Numeral] = []
    for numeral in numerals:
        if joined and (whole := _as_range(joined[-1], numeral, text)):
            joined[-1] = whole
        else:
            joined.append(numeral)
    return joined


def _as_range(left: _Numeral, right: _Numeral, text: str) -> _Numeral | None:
    """The range two neighbours make: low before high, joined by to, or, a dash, or "between ... and"."""
    link = _RANGE_WORDS.fullmatch(text, left.end, right.start)
    if not link or left.low >= right.high or left.form == "range" or "vague" in (left.form, right.form):
        return None
    before = text[max(0, left.start - _CONTEXT) : left.start]
    is_between = bool(_BETWEEN.search(before))
    if ("and" in link.group()) != is_between:
        return None
    if "to" in link.group() and _FROM.search(before):  # "rose from 10 to 15" is a change, not a range
        return None
    if "or" in link.group() and right.high > 3 * max(left.low, 1):
        return None
    low = left.low
    if right.high >= 1000 and left.low < 1000 and left.low * 1000 <= right.high:  # "two to three thousand"
        low = left.low * next(
            s for s in sorted(_words().scales.values(), reverse=True) if right.high % s == 0
        )
    return _Numeral(left.start, right.end, low, right.high, "range", text[left.start : right.end])


def _qualified(numeral: _Numeral, text: str, start: int, end: int) -> Number:
    """The numeral with the cue before or after it."""
    table = _words()
    first = max(start, numeral.start - _MAX_QUALIFIER)
    before = table.before_pattern.search(text, first, numeral.start)
    after = table.after_pattern.match(text, numeral.end, end)
    qualifier: Qualifier | None = None
    begin, stop = numeral.start, numeral.end
    if before:
        cue = re.sub(r"\s+", " ", before.group().lower()).strip()
        qualifier = table.before[re.sub(r" (?:the|another)$", "", cue)]
        begin = before.start()
    elif is_between := _BETWEEN.search(text, first, numeral.start) if numeral.form == "range" else None:
        begin = is_between.start()
    elif after:
        qualifier = table.after[re.sub(r"\s+", " ", after.group().lower()).strip()]
        stop = after.end()
    return Number(
        span=Span(numeral.start, numeral.end, numeral.text),
        value=numeral.low,
        low=numeral.low,
        high=numeral.high,
        qualifier=qualifier,
        approximate=qualifier == "about" or numeral.form == "range" or numeral.low != numeral.high,
        phrase=Span(begin, stop, text[begin:stop]),
    )
