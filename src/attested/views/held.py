"""Who holds a value: its claims under the origins that stand behind them, what only repeats an origin set apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attested.incidents.fused import FusedValue
from attested.incidents.perpetrators import is_doubted
from attested.model import Claim
from attested.views.evidence import Piece, by_age, mark, meaning_of, newsroom_in, outlet_words
from attested.views.facts import Facts
from attested.views.words import backing_words, date_words, said_words


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as a line: who says it, with the doubt of the words if any, and in which report."""

    claim: str
    report: str
    outlet: str
    published: str
    voice: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """One origin behind a value: ``said`` has each of its voices once, ``repeats`` one line for each further report.

    ``origin`` is None where the words are no family's own: of a newsroom that is named, or of ``is_spun`` text, which
    counts as none.
    """

    origin: str | None
    name: str
    how: str
    said: tuple[Said, ...]
    repeats: tuple[Said, ...]
    is_spun: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A value in words, how many origins stand behind it, and which."""

    value: str
    n_origins: int
    degraded: bool
    behind: tuple[Behind, ...]

    @property
    def backed(self) -> str:
        """``two origins``, or that only machine-spun text has it."""
        return backing_words(self.n_origins, self.degraded)

    @property
    def voices(self) -> tuple[str, ...]:
        """Who says so, each voice once."""
        return tuple(dict.fromkeys(said.voice for behind in self.behind for said in behind.said))

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that say so."""
        rows = (said.report for behind in self.behind for said in (*behind.said, *behind.repeats))
        return tuple(dict.fromkeys(rows))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: who holds the value, and the sentence of the earliest report that has it."""

    held: Held
    first: Said | None = None
    headline: str = ""
    sentence: tuple[Piece, ...] = ()


def held(facts: Facts, value: FusedValue, words: str = "", earlier: Sequence[Claim] = ()) -> Held:
    """Who holds a value, in other ``words`` if any are given; ``earlier`` are claims that told it before."""
    return Held(
        words or value.value,
        value.n_origins,
        value.degraded,
        behind(facts, [*claims_behind(facts, value), *earlier]),
    )


def claims_behind(facts: Facts, value: FusedValue) -> list[Claim]:
    """The claims of a value that are known."""
    return [facts.claims[id] for id in value.claims if id in facts.claims]


def behind(facts: Facts, claims: Iterable[Claim]) -> tuple[Behind, ...]:
    """The origins of claims, that of the earliest report first; machine-spun text last."""
    groups: dict[tuple[bool, str], list[Claim]] = {}
    for claim in by_age(facts, claims):
        key = facts.backing.backer(claim) is None, facts.backing.origin(claim)
        groups.setdefault(key, []).append(claim)
    return tuple(_behind(facts, rows) for _, rows in sorted(groups.items(), key=lambda group: group[0][0]))


def side(facts: Facts, value: FusedValue, earlier: Sequence[Claim] = ()) -> Side:
    """One side of a disagreement, with its words."""
    own = held(facts, value, earlier=earlier)
    first = next(iter(by_age(facts, [*claims_behind(facts, value), *earlier])), None)
    if first is None:
        return Side(own)
    headline = facts.reports[first.report_id].headline or "(no headline)"
    return Side(own, _said(facts, first), headline, mark(facts.sentence(first), [(first.span, first.field)]))


def _behind(facts: Facts, claims: Sequence[Claim]) -> Behind:
    said: dict[str, Said] = {}
    repeats: dict[str, Said] = {}
    for claim in claims:
        line = _said(facts, claim)
        (repeats if line.voice in said else said).setdefault(
            line.report if line.voice in said else line.voice, line
        )
    own = {line.report for line in said.values()}
    rest = tuple(line for line in repeats.values() if line.report not in own)
    return Behind(
        *_whose(facts, claims[0]), tuple(said.values()), rest, facts.backing.backer(claims[0]) is None
    )


def _whose(facts: Facts, claim: Claim) -> tuple[str | None, str, str]:
    """The origin's id, its name, and in what way the words are its own."""
    backer = facts.backing.backer(claim)
    if backer is None:
        return None, "machine-spun, counts as none", ""
    family = origin_name(facts, backer.family)
    if backer.named:
        return (
            None,
            newsroom_in(claim.voice) or backer.named,
            "named by the report as the one who reported it",
        )
    id = backer.family if backer.family in facts.origin_ids else None
    if backer.addition:
        return id, outlet_words(facts, backer.addition), f"added by this report to what it has from {family}"
    return id, family, ""


def origin_name(facts: Facts, id: str) -> str:
    """The agency or, where none is known, the outlet of the earliest report of an origin."""
    origin = facts.origin_ids.get(id)
    if origin is None:
        return outlet_words(facts, id) if id in facts.reports else id
    return origin.agency or outlet_words(facts, facts.by_day(origin.reports)[0])


def _said(facts: Facts, claim: Claim) -> Said:
    return Said(
        claim.id,
        claim.report_id,
        outlet_words(facts, claim.report_id),
        date_words(facts.published(claim.report_id).interval),
        said_words(claim.voice, claim.hedge if is_doubted(claim) else "fact"),
        meaning_of(facts, claim),
    )
