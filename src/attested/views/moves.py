"""What moved in an incident's values when more reports came in, on whose word, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from attested.incidents.backing import Backer
from attested.incidents.context import FuseContext
from attested.incidents.counts import outdated_by
from attested.incidents.fused import COUNTS, Contradiction, FusedIncident, FusedValue
from attested.incidents.perpetrators import FIELDS as PERPETRATORS
from attested.incidents.tolls import Figure, figures_of
from attested.model import Claim
from attested.text.normalise import fold
from attested.views import rows
from attested.views.evidence import Evidence, arithmetic, by_age, evidence_of
from attested.views.facts import Facts
from attested.views.words import backed_words, count_words, date_words, place_words, voice_words

LISTS = ("weapon", "target", "victims", "effect", *PERPETRATORS)
FIELDS = ("n_reports", "n_origins", "date", "place", *COUNTS, *LISTS, "contradictions")
"""What may move, under the export's names, in the order in which it is told."""

# Figures of one value that do not stand, all figures of the field, and those that stand.
_Dropped = tuple[list[Figure], Sequence[Figure], Sequence[Figure]]

ValueChange = Literal["told", "fuller", "backed", "repeated", "joined", "changed", "gone", "stale"]
MoveChange = Literal["first", "changed", "told", "backed", "repeated", "gone"]


@dataclass(frozen=True, slots=True)
class ValueMove:
    """One of a field's values: newly told, in fuller words, on other origins, only repeated, or gone.

    ``joined`` is a value that another now says more fully; ``stale`` one that new reports still tell, though it
    had been replaced. ``value`` is as in the export, ``words`` for a reader where these differ, ``before`` its earlier
    words; ``reports`` are those that newly say it, of which ``evidence`` shows one for each origin and voice;
    ``n_origins`` and ``backed`` (the same in words) are before and after.
    """

    value: str
    change: ValueChange
    words: str = ""
    before: str = ""
    n_origins: tuple[int, int] = (0, 0)
    backed: tuple[str, str] = ("", "")
    reports: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One field: ``before`` and ``after`` as the export has them, the same in words, and the rule behind it.

    ``first``: nothing was known of it. ``told``: the value stands, another is told beside it. ``backed``: the
    value stands on other origins than before. ``repeated``: more reports say it, and no new origin.
    """

    field: str
    change: MoveChange
    before: Any
    after: Any
    words: tuple[str, str]
    why: str = ""
    values: tuple[ValueMove, ...] = ()

    @property
    def is_movement(self) -> bool:
        """Whether a reader of the ledger sees a difference; one more report alone is none."""
        return self.change != "repeated" and self.field != "n_reports"


def moves_between(
    facts: Facts, context: FuseContext, before: FusedIncident | None, after: FusedIncident
) -> tuple[Move, ...]:
    """What differs between two states of one incident, field by field; ``context`` is that of the later one."""
    found = (_move(facts, context, field, before, after) for field in FIELDS)
    return tuple(move for move in found if move is not None)


def _move(
    facts: Facts, context: FuseContext, field: str, before: FusedIncident | None, after: FusedIncident
) -> Move | None:
    values = tuple(_value_moves(facts, context, field, before, after))
    words = (_words(before, field) if before else "", _words(after, field))
    raw = (_exported(before, field) if before else None, _exported(after, field))
    if (raw[0] == raw[1] or not any(words)) and not values:
        return None
    return Move(field, _change(field, words, values), *raw, words, _why(after, field), values)


def _exported(incident: FusedIncident, field: str) -> Any:
    """A field's value as in the row of the export."""
    value = getattr(incident, field)
    if field in PERPETRATORS:
        return [rows.blamed(one) for one in value]
    if field in LISTS:
        return [rows.fused(one) for one in value]
    if field == "contradictions":
        return [rows.contradiction(one) for one in value]
    if field in COUNTS:
        return rows.count(value)
    if field == "date":
        return rows.interval(value)
    return rows.place(value) if field == "place" else value


def _change(field: str, words: tuple[str, str], values: Sequence[ValueMove]) -> MoveChange:
    changes = {value.change for value in values}
    if not words[0]:
        return "first"
    if not words[1]:
        return "gone"
    is_list = field in LISTS
    if (words[0] != words[1] and not is_list) or changes & {"fuller", "joined", "changed"}:
        return "changed"
    if changes & {"told", "gone"}:
        return "changed" if is_list else "told"
    return "backed" if "backed" in changes else "repeated"


def _words(incident: FusedIncident, field: str) -> str:
    """A field's value in words; empty when nothing is known."""
    value = getattr(incident, field)
    if field == "date":
        return date_words(value) if value.is_known else ""
    if field == "place":
        return place_words(value) if value else ""
    if field in COUNTS:
        return count_words(value)
    if field == "contradictions":
        return "; ".join(contradiction_words(one) for one in value)
    return "; ".join(one.value for one in value) if field in LISTS else str(value)


def contradiction_words(found: Contradiction) -> str:
    """``killed: 19 (one origin) against 23 (one origin)``."""
    sides = " against ".join(f"{v.value} ({backed_words(v)})" for v in found.values)
    reason = "" if found.field in COUNTS else f"; {found.why}"
    return f"{found.field}: {sides}{reason}"


def _why(after: FusedIncident, field: str) -> str:
    """The rule that chose the value shown."""
    if field in COUNTS:
        return getattr(after, field).why if getattr(after, field) else ""
    return arithmetic(getattr(after, f"{field}_why")) if field in ("date", "place") else ""


def _value_moves(
    facts: Facts, context: FuseContext, field: str, before: FusedIncident | None, after: FusedIncident
) -> Iterator[ValueMove]:
    if field == "contradictions":
        yield from _disagreements(before.contradictions if before else (), after.contradictions)
        return
    old, new = (_values(state, field) if state else () for state in (before, after))
    earlier = {v.claims: _earlier(v, old) for v in new}
    told = {fold(v.value) for v in new}
    dropped = _dropped(facts, field, (old, new), after) if field in COUNTS else {}
    for value in new:
        for move in _value_move(facts, context, value, earlier[value.claims], told):
            is_weaker = move.n_origins[0] > move.n_origins[1] and value.value in dropped
            yield replace(move, why=_why_replaced(context, *dropped[value.value])) if is_weaker else move
    for value in old:
        heirs = [v for v in new if value in earlier[v.claims]]
        if heirs and fold(value.value) not in told and _same(heirs[0], earlier[heirs[0].claims]):
            yield ValueMove(value.value, "joined", why=f"said more fully: {heirs[0].value}")
    known = set(before.reports) if before else set()
    for said, (figures, all_figures, left) in dropped.items():
        reports = tuple(figure.report_id for figure in figures if figure.report_id not in known)
        is_gone = said not in told and any(said == value.value for value in old)
        if is_gone or reports:
            why = _why_replaced(context, figures, all_figures, left)
            yield ValueMove(said, "gone" if is_gone else "stale", reports=reports, why=why)


def _values(state: FusedIncident, field: str) -> tuple[FusedValue, ...]:
    if field in LISTS:
        found: tuple[FusedValue, ...] = getattr(state, field)
        return found
    return state.told.get(field, ())


def _earlier(value: FusedValue, old: Sequence[FusedValue]) -> list[FusedValue]:
    """The earlier values that share a claim with this one, or say the same (a figure lives on in later claims)."""
    claims = set(value.claims)
    return [v for v in old if fold(v.value) == fold(value.value) or not claims.isdisjoint(v.claims)]


def _same(value: FusedValue, earlier: Sequence[FusedValue]) -> list[FusedValue]:
    return [v for v in earlier if fold(v.value) == fold(value.value)]


def _value_move(
    facts: Facts, context: FuseContext, value: FusedValue, earlier: Sequence[FusedValue], told: set[str]
) -> Iterator[ValueMove]:
    """How one value came to be what it is; nothing if it is as it was."""
    same = _same(value, earlier)
    own = same or [v for v in earlier if fold(v.value) not in told]
    seen = {claim for v in earlier for claim in v.claims}
    added = [facts.claims[claim] for claim in value.claims if claim not in seen]
    known = [facts.claims[claim] for claim in seen]
    n_before = max((v.n_origins for v in own), default=0)
    backed = (backed_words(own[0]) if own else "", backed_words(value))
    is_rebacked = bool(same) and (n_before, same[0].degraded) != (value.n_origins, value.degraded)
    change: ValueChange = "backed" if is_rebacked else "repeated" if same else "fuller" if own else "told"
    if change == "repeated" and not added:
        return
    evidence = () if change == "repeated" else tuple(_on_whose_word(facts, context, added, known))
    yield ValueMove(
        value.value,
        change,
        _meaning(context, added or known),
        "" if same else "; ".join(v.value for v in own),
        (n_before, value.n_origins),
        backed,
        tuple(dict.fromkeys(claim.report_id for claim in by_age(facts, added))),
        evidence,
    )


def _meaning(context: FuseContext, claims: Sequence[Claim]) -> str:
    """The day or place that all these claims mean, in words; empty for claims of other fields."""
    if claims and claims[0].field == "date":
        return date_words(context.resolved.dates[claims[0].id].date)
    if claims and claims[0].field == "place":
        return place_words(context.resolved.places[claims[0].id].place)
    return ""


def _on_whose_word(
    facts: Facts, context: FuseContext, added: Iterable[Claim], known: Iterable[Claim]
) -> Iterator[Evidence]:
    """One claim for each origin and voice that newly says it; a machine's words only if nobody else's."""
    behind = {context.backing.backer(claim) for claim in known}
    first: dict[tuple[Backer | None, str], Claim] = {}
    for claim in by_age(facts, added):
        voice = "" if claim.voice.kind == "outlet" else fold(voice_words(claim.voice))
        first.setdefault((context.backing.backer(claim), voice), claim)
    new = {key: claim for key, claim in first.items() if key[0] is not None and key[0] not in behind}
    own = {key: claim for key, claim in first.items() if key[0] is not None}
    return (evidence_of(facts, claim) for claim in (new or own or first).values())


def _dropped(
    facts: Facts,
    field: str,
    values: tuple[Sequence[FusedValue], Sequence[FusedValue]],
    after: FusedIncident,
) -> dict[str, _Dropped]:
    """By value the figures that do not stand (any longer), those that stood before first."""
    stood, stand = ({facts.claims[c].report_id for value in told for c in value.claims} for told in values)
    figures = figures_of(after.claims, field)
    left = [figure for figure in figures if figure.report_id in stand]
    found: dict[str, _Dropped] = {}
    for figure in sorted(figures, key=lambda figure: figure.report_id not in stood):
        if figure.report_id not in stand:
            found.setdefault(str(figure.value), ([], figures, left))[0].append(figure)
    return found


def outdated(
    facts: Facts, incident: FusedIncident, field: str
) -> Iterator[tuple[str, tuple[Claim, ...], str]]:
    """The figures of a field that are told and do not stand: the number, its claims, and why it was replaced."""
    told = incident.told.get(field, ())
    for said, dropped in _dropped(facts, field, (told, told), incident).items():
        claims = tuple(claim for figure in dropped[0] for claim in figure.claims)
        yield said, claims, _why_replaced(facts.context, *dropped)


def _why_replaced(
    context: FuseContext, dropped: Sequence[Figure], figures: Sequence[Figure], left: Sequence[Figure]
) -> str:
    """Why a figure stands no longer (see ``counts.standing``), with the report that replaced it."""
    figure = dropped[0]
    if by := _newer_version(context, figure.report_id, figures):
        return f"a later version replaced it ({by})"
    family = context.origin_of.get(figure.report_id)
    for other in figures:
        is_alike = other.value == figure.value and context.origin_of.get(other.report_id) == family
        if is_alike and (by := _newer_version(context, other.report_id, figures)):
            return f"it is that of {other.report_id}, which a later version replaced ({by})"
    if figure.report_id in context.spun:
        return "what machine-spun text says does not count beside other reports"
    later = next((f for f in left if _whose(context, f) == _whose(context, figure)), None)
    if later is not None:
        return f"its origin's later report says {later.value} ({later.report_id})"
    later = outdated_by(context, figure, figures)
    return f"the toll has grown to {later.value} since ({later.report_id})" if later else ""


def _newer_version(context: FuseContext, report_id: str, figures: Sequence[Figure]) -> str | None:
    newer = [f.report_id for f in figures if report_id in context.older_versions.get(f.report_id, ())]
    return max(newer, key=lambda r: (str(context.published[r].interval.start), r), default=None)


def _whose(context: FuseContext, figure: Figure) -> str:
    """The origin that speaks with its latest report."""
    backer = context.backing.backer(figure.claims[0])
    if backer is None:
        return context.origin_of.get(figure.report_id, figure.report_id)
    return backer.addition or backer.named or backer.family


def _disagreements(old: Sequence[Contradiction], new: Sequence[Contradiction]) -> Iterator[ValueMove]:
    """Disagreements that opened, changed sides or backing, or were settled."""
    before, after = ({one.field: contradiction_words(one) for one in found} for found in (old, new))
    for field, words in after.items():
        if before.get(field) != words:
            yield ValueMove(words, "changed" if field in before else "told", before=before.get(field, ""))
    for field, words in before.items():
        if field not in after:
            yield ValueMove(words, "gone", before=words)
