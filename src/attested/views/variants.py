"""Quotations across reports: every wording of one quotation, who stands behind it, and how it differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from attested.incidents.variants import VariantKind, is_stretch, quoted_words, speaker_key, variant_kinds
from attested.model import Quote
from attested.text.folding import fold_words
from attested.views.difference import DiffPiece, diff_words
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.quotations import is_altered


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording and the reports that print it; ``n_origins`` leaves machine-spun reports out.

    ``first`` is the day of the earliest of them, None when no day is known.
    """

    id: str
    text: str
    speakers: tuple[str, ...]
    quotes: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    n_origins: int
    first: date | None


@dataclass(frozen=True, slots=True)
class Variant:
    """Another wording, what became of the best one in it, the words that differ, and why it counts as altered."""

    wording: Wording
    kinds: tuple[VariantKind, ...]
    pieces: tuple[DiffPiece, ...]
    altered_why: str | None


@dataclass(frozen=True, slots=True)
class QuoteFamily:
    """One quotation: its best wording (unaltered, whole, of most independent origins, the earliest) and the others."""

    best: Wording
    altered_why: str | None
    variants: tuple[Variant, ...]
    n_reports: int
    n_origins: int

    @property
    def is_altered(self) -> bool:
        """Whether a wording of it was altered, or given to somebody else."""
        changed = any(v.altered_why is not None or "re-attributed" in v.kinds for v in self.variants)
        return self.altered_why is not None or changed


def quote_families(facts: Facts, wanted: str = "") -> list[QuoteFamily]:
    """Every quotation with its wordings, those of most origins first; ``wanted`` is an id or words that one holds."""
    words = " ".join(fold_words(wanted))
    families = (
        _family(facts, group) for group in _groups(facts) if not wanted or _is_meant(group, wanted, words)
    )
    return sorted(families, key=lambda f: (-f.n_origins, -f.n_reports, f.best.text, f.best.id))


def _is_meant(group: Sequence[Quote], wanted: str, words: str) -> bool:
    is_id = any(quote.id.startswith(wanted) for quote in group)
    return is_id or any(words and words in " ".join(fold_words(quote.span.text)) for quote in group)


def _groups(facts: Facts) -> Iterator[list[Quote]]:
    """Quotations that are linked, directly or over others."""
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for link in facts.quote_links.values():
        for other in (*link.same_as, *filter(None, [link.altered_from])):
            linked[link.quote_id].add(other)
            linked[other].add(link.quote_id)
    seen: set[str] = set()
    for id in facts.quotes:
        if id in seen:
            continue
        group, todo = {id}, [id]
        while todo:
            new = (linked[todo.pop()] - group) & facts.quotes.keys()
            group |= new
            todo.extend(new)
        seen |= group
        yield [facts.quotes[member] for member in sorted(group)]


def _family(facts: Facts, group: Sequence[Quote]) -> QuoteFamily:
    wordings = [_wording(facts, quotes) for quotes in _by_wording(group)]
    altered = {w.id: _altered_why(facts, w.quotes) for w in wordings}
    parts = {w.id for w in wordings if _is_part(w, wordings)}
    wordings.sort(
        key=lambda w: (altered[w.id] is not None, w.id in parts, -w.n_origins, str(w.first or "9999"), w.text)
    )
    best = wordings[0]
    shown = facts.quotes[best.id]
    variants = tuple(
        Variant(w, variant_kinds(shown, facts.quotes[w.id]), diff_words(best.text, w.text), altered[w.id])
        for w in wordings[1:]
    )
    reports = {quote.report_id for quote in group}
    return QuoteFamily(best, altered[best.id], variants, len(reports), facts.n_origins(reports))


def _by_wording(group: Iterable[Quote]) -> list[list[Quote]]:
    """Quotations of the same words in the same mouth together; those of nobody named go with the first who is."""
    found: defaultdict[str, defaultdict[str, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    for quote in group:
        words = " ".join(quoted_words(quote.span.text)) or quote.span.text
        found[words][speaker_key(quote)].append(quote)
    rows: list[list[Quote]] = []
    for mouths in found.values():
        unnamed = mouths.pop("", [])
        named = list(mouths.values()) or [[]]
        named[0] += unnamed
        rows += named
    return rows


def _is_part(wording: Wording, others: Sequence[Wording]) -> bool:
    """Whether another wording has these words and more."""
    words = quoted_words(wording.text)
    longer = (quoted_words(o.text) for o in others if o.id != wording.id)
    return any(len(o) > len(words) and is_stretch(words, o) for o in longer)


def _wording(facts: Facts, quotes: Sequence[Quote]) -> Wording:
    reports = tuple(dict.fromkeys(quote.report_id for quote in quotes))
    return Wording(
        quotes[0].id,
        " ".join(quotes[0].span.text.split()),
        tuple(dict.fromkeys(quote.speaker for quote in quotes if quote.speaker)),
        tuple(quote.id for quote in quotes),
        reports,
        tuple(outlet_words(facts, report) for report in reports),
        facts.n_origins(reports),
        facts.first_day(reports),
    )


def _altered_why(facts: Facts, quotes: Iterable[str]) -> str | None:
    links = (facts.quote_links.get(id) for id in quotes)
    return next((link.altered_why or "" for link in links if link and is_altered(link)), None)
