"""One quotation in many reports: which are the same words, and which were altered and how.

Quotations are compared as folded words, so curly marks, capitals and final punctuation do not count. They are
found through an index of word trigrams, and equal ones are compared once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from attested.incidents.damage import find_damage, heading_without_quotation
from attested.incidents.variants import (
    NEAR,
    RETOLD_CONTENT,
    RETOLD_WORDS,
    are_retold_forms,
    content_forms,
    is_spliced,
    is_stretch,
    quoted_words,
    speaker_key,
)
from attested.lineage.origins import spun_reports
from attested.lineage.stopwords import stopwords
from attested.lineage.swaps import SAME_WORD_RATIO
from attested.model import Derivation, Origin, Quote, QuoteLink, Report

MIN_WORDS = 3
"""Shorter quotations ("not happy") are the same only when one speaker has them."""
MIN_CONTENT = 2
"""Words that are no stop-words: "it is not the" is no quotation to follow."""
SURE_WORDS = 6
"""From this length equal words are one quotation even if two speakers are named (one name is wrong)."""
NEAR_KIN = 0.5
"""The same for two reports of one origin: there only one text was quoted, so fewer words need to be left."""
MAX_POSTINGS = 200
"""Wordings looked at per trigram; one that stands in more is a common phrase."""
MAX_SAME = 64
"""Ids listed per quotation; of a thousand copies the first are enough to show."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording and every quotation that has it, in order of id."""

    words: _Words
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is known of the reports: the spun ones, parents, and the origin of each."""

    spun: frozenset[str]
    parents: Mapping[str, frozenset[str]]
    origin: Mapping[str, str]


def link_quotes(
    quotes: Sequence[Quote],
    reports: Sequence[Report],
    derivations: Sequence[Derivation],
    origins: Sequence[Origin],
) -> list[QuoteLink]:
    """Return a link for each quotation that has a sibling or was altered, sorted by quotation.

    ``altered_why`` names the words that differ and what tells which side was changed; when nothing does, both
    sides carry a link that says so. A quotation may be altered with ``altered_from`` None: the original is not
    in the pile.
    """
    standing = _standing(derivations, origins)
    wordings = _wordings(quotes)
    same: defaultdict[str, set[str]] = defaultdict(set)
    altered: dict[str, tuple[str | None, str]] = {}
    for wording in wordings:
        _link_equal(wording, same)
    for left, right in _near_pairs(wordings):
        _link_pair(left, right, same, altered, standing)
    _link_retold(wordings, same, standing)
    _link_damaged(quotes, reports, standing, altered)
    return [
        QuoteLink(quote_id, tuple(sorted(same[quote_id])[:MAX_SAME]), *altered.get(quote_id, (None, None)))
        for quote_id in sorted({*(q for q, ids in same.items() if ids), *altered})
    ]


def _standing(derivations: Sequence[Derivation], origins: Sequence[Origin]) -> _Standing:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for derivation in derivations:
        if derivation.parent is not None:
            parents[derivation.child].add(derivation.parent)
    return _Standing(
        spun_reports(derivations),
        {child: frozenset(found) for child, found in parents.items()},
        {report_id: origin.id for origin in origins for report_id in origin.reports},
    )


def _wordings(quotes: Iterable[Quote]) -> list[_Wording]:
    """The distinct wordings, in alphabetical order."""
    groups: defaultdict[_Words, dict[str, Quote]] = defaultdict(dict)
    for quote in quotes:
        if words := quoted_words(quote.span.text):
            groups[words][quote.id] = quote
    return [
        _Wording(words, tuple(found[quote_id] for quote_id in sorted(found)))
        for words, found in sorted(groups.items())
    ]


def _link_equal(wording: _Wording, same: defaultdict[str, set[str]]) -> None:
    """Link quotations of equal wording, as far as length or speaker shows that they are one."""
    if len(wording.words) >= SURE_WORDS:
        groups = [wording.quotes]
    elif _is_telling(wording.words):
        groups = _by_speaker(wording.quotes, join_unnamed=True)
    else:
        groups = _by_speaker(wording.quotes, join_unnamed=False)
    for group in groups:
        first = [quote.id for quote in group[: MAX_SAME + 1]]
        for quote in group:
            same[quote.id].update(other for other in first if other != quote.id)


def _by_speaker(quotes: Sequence[Quote], *, join_unnamed: bool) -> list[tuple[Quote, ...]]:
    """Quotations by the speaker's last name; those without a speaker go with the only one named."""
    groups: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[speaker_key(quote)].append(quote)
    groups.pop("", None)
    if join_unnamed and len(groups) <= 1:
        return [tuple(quotes)]
    return [tuple(group) for _, group in sorted(groups.items())]


def _near_pairs(wordings: Sequence[_Wording]) -> list[tuple[_Wording, _Wording]]:
    """Pairs of different wordings that share a trigram, each once, in order."""
    postings: defaultdict[_Words, list[int]] = defaultdict(list)
    pairs: set[tuple[int, int]] = set()
    for at, wording in enumerate(wordings):
        if not _is_telling(wording.words):
            continue
        for k in range(len(wording.words) - MIN_WORDS + 1):
            found = postings[wording.words[k : k + MIN_WORDS]]
            if len(found) < MAX_POSTINGS:
                pairs.update((other, at) for other in found if other != at)
                if not found or found[-1] != at:
                    found.append(at)
    return [(wordings[i], wordings[j]) for i, j in sorted(pairs)]


def _link_pair(
    left: _Wording,
    right: _Wording,
    same: defaultdict[str, set[str]],
    altered: dict[str, tuple[str | None, str]],
    standing: _Standing,
) -> None:
    """Link two wordings when one is part of the other or when few words differ."""
    short, long = sorted((left, right), key=lambda wording: (len(wording.words), wording.words))
    if is_stretch(short.words, long.words) or _is_telling_splice(short.words, long.words):
        _join(short, long, same)
        return
    if len(short.words) < SURE_WORDS or _are_two_utterances(left, right):
        return
    near = NEAR if _origins(left, standing).isdisjoint(_origins(right, standing)) else NEAR_KIN
    if Levenshtein.normalized_similarity(short.words, long.words, score_cutoff=near) < near:
        return
    _join(short, long, same)
    if changed := _changed_words(short.words, long.words):
        _mark(short, long, changed, altered, standing)


def _link_retold(wordings: Sequence[_Wording], same: defaultdict[str, set[str]], standing: _Standing) -> None:
    """Link what one speaker said in two translations: reports of different origins that share its content words."""
    postings: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    forms_of = [content_forms(w.words) if len(w.words) >= RETOLD_WORDS else frozenset() for w in wordings]
    for at, wording in enumerate(wordings):
        forms = forms_of[at]
        speakers = {key for quote in wording.quotes if (key := speaker_key(quote))}
        shared = Counter(
            other for one in speakers for form in forms for other in postings[one, form][:MAX_POSTINGS]
        )
        for other in sorted(k for k, n in shared.items() if n >= RETOLD_CONTENT):
            if are_retold_forms(forms_of[other], forms):
                _join_retold(wordings[other], wording, same, standing)
        for one in speakers:
            for form in forms:
                postings[one, form].append(at)


def _join_retold(
    left: _Wording, right: _Wording, same: defaultdict[str, set[str]], standing: _Standing
) -> None:
    apart = _origins(left, standing).isdisjoint(_origins(right, standing))
    if apart and not _are_two_utterances(left, right):
        _join(left, right, same)


def _join(left: _Wording, right: _Wording, same: defaultdict[str, set[str]]) -> None:
    for one, other in ((left, right), (right, left)):
        first = [quote.id for quote in other.quotes[:MAX_SAME]]
        for quote in one.quotes:
            same[quote.id].update(first)


def _origins(wording: _Wording, standing: _Standing) -> set[str]:
    return {standing.origin.get(quote.report_id, quote.report_id) for quote in wording.quotes}


def _are_two_utterances(left: _Wording, right: _Wording) -> bool:
    """Whether both stand in the body of one same report: then somebody said both."""
    bodies = [{q.report_id for q in wording.quotes if q.in_body} for wording in (left, right)]
    return not bodies[0].isdisjoint(bodies[1])


def _is_telling_splice(short: _Words, long: _Words) -> bool:
    return len(short) >= SURE_WORDS and is_spliced(short, long)


def _changed_words(left: _Words, right: _Words) -> list[tuple[str, str]]:
    """Content words replaced by others; forms and spellings of one word, and words left out, do not count."""
    changed = []
    for op in Levenshtein.opcodes(left, right):
        ours, theirs = left[op.src_start : op.src_end], right[op.dest_start : op.dest_end]
        is_content = any(word not in stopwords() for word in (*ours, *theirs))
        if (
            op.tag == "replace"
            and is_content
            and fuzz.ratio("".join(ours), "".join(theirs)) < SAME_WORD_RATIO
        ):
            changed.append((" ".join(ours), " ".join(theirs)))
    return changed


def _mark(
    left: _Wording,
    right: _Wording,
    changed: Sequence[tuple[str, str]],
    altered: dict[str, tuple[str | None, str]],
    standing: _Standing,
) -> None:
    """Mark the altered side's quotations, or both sides' when nothing shows which it is."""
    found = _altered_side(left, right, standing)
    sides = [(left, right, 0), (right, left, 1)]
    for ours, theirs, side in sides:
        if found is not None and found[0] != side:
            continue
        words = "; ".join(f"“{pair[side]}” where the other has “{pair[1 - side]}”" for pair in changed)
        reason = found[1] if found else "which of the two was altered is not known"
        for quote in ours.quotes:
            altered.setdefault(quote.id, (theirs.quotes[0].id, f"{words}; {reason}"))


def _altered_side(left: _Wording, right: _Wording, standing: _Standing) -> tuple[int, str] | None:
    """Which side (0 left, 1 right) was altered, and what tells."""
    ours, theirs = ({quote.report_id for quote in wording.quotes} for wording in (left, right))
    sides = ((0, ours, theirs), (1, theirs, ours))
    for side, mine, other in sides:
        if mine <= standing.spun and not other & standing.spun:
            return side, "its report is machine-spun"
    for side, wording, other_wording in ((0, left, right), (1, right, left)):
        outside = all(not quote.in_body for quote in wording.quotes)
        if outside and any(quote.in_body for quote in other_wording.quotes) and ours == theirs:
            return side, "a heading or caption, where the report itself quotes otherwise"
    for side, mine, other in sides:
        if all(standing.parents.get(report_id, frozenset()) & other for report_id in mine):
            return side, "its report was made from the other"
    origins_left, origins_right = len(_origins(left, standing)), len(_origins(right, standing))
    if origins_left != origins_right:
        side = 0 if origins_left < origins_right else 1
        most, least = max(origins_left, origins_right), min(origins_left, origins_right)
        return side, f"{most} independent origins have the other wording, {least} this one"
    return None


def _link_damaged(
    quotes: Sequence[Quote],
    reports: Sequence[Report],
    standing: _Standing,
    altered: dict[str, tuple[str | None, str]],
) -> None:
    """Mark quotations that a spinner damaged where no other report has the original."""
    by_report: defaultdict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_report[quote.report_id].append(quote)
    for report in reports:
        if report.id not in standing.spun:
            continue
        own = sorted(by_report[report.id], key=lambda quote: (quote.span.start, quote.id))
        for quote in own:
            if quote.id not in altered and (why := find_damage(quote.span.text)):
                altered[quote.id] = (None, why)
            elif quote.id not in altered and (found := heading_without_quotation(quote, own, report.text)):
                altered[quote.id] = found


def _is_telling(words: _Words) -> bool:
    return len(words) >= MIN_WORDS and sum(word not in stopwords() for word in words) >= MIN_CONTENT
