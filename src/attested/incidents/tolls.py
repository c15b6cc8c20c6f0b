"""What one report says how many were killed, or injured: its totals, those on top of them, and who of the hurt died.

The rule: a report's figure is the largest total it states. Parts are not added to it; "two more", "a fourth victim"
are, and so are those whom its words cannot mean: the father beside "two children", the doer himself (``doers``) where
the total is of his victims. Names alone give a floor, not a figure. Who is told as hit ("was shot") is hurt unless the
report tells that he died: somebody of the same name, age or word is the dead person, and of the others as many are
taken off as died, less those who cannot be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from attested.claims.assemble import GROWN, IN_ALL, TOLD_BEFORE
from attested.incidents.doers import doers_among, is_by_police
from attested.incidents.people import are_apart, is_hit, is_more, is_name, is_one_name, overlap, who_of
from attested.incidents.retold import (
    are_the_dead,
    is_among_dead,
    is_doer_again,
    is_end,
    is_known,
    tell_of_one,
)
from attested.model import Claim
from attested.text.datewords import date_words
from attested.text.normalise import fold

_FATES = frozenset({"killed", "injured"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those"})
_OTHERS = frozenset({"other", "others", "another", "more"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One report's figure for a field and the claims it comes from."""

    report_id: str
    value: int
    claims: tuple[Claim, ...]
    is_floor: bool
    approximate: bool


def figures_of(claims: Sequence[Claim], field: str = "killed") -> list[Figure]:
    """Each report's figure for a number of people (``fused.COUNTS``) from all its claims of one incident, by report."""
    if all(claim.field != field for claim in claims):
        return []
    if field not in _FATES:
        gone = _by_report(claims, field)
        return [figure for report in sorted(gone) if (figure := _figure(report, gone[report])) is not None]
    dead, hurt, blamed = (_by_report(claims, f) for f in ("killed", "injured", "perpetrator_alleged"))
    told = dead if field == "killed" else hurt
    found: list[Figure | None] = []
    for report in sorted(told):
        rivals = _of_witnesses(told[report])
        found += [
            _figure_of(
                report, field, _without(dead[report], rivals), _without(hurt[report], rivals), blamed[report]
            ),
            _figure(report, rivals) if rivals else None,
        ]
    return [f for f in found if f is not None]


def _of_witnesses(claims: Sequence[Claim]) -> list[Claim]:
    """Totals of witnesses beyond what all others in the report say: a figure of their own, not the report's."""
    whole = [c for c in claims if c.part_of is None and not is_name(c) and not is_more(c)]
    others = [int(c.value) for c in whole if c.voice.kind != "witness"]
    most = max(others, default=0)
    return [c for c in whole if c.voice.kind == "witness" and most > 1 and int(c.value) > most]


def _without(claims: Sequence[Claim], rivals: Sequence[Claim]) -> list[Claim]:
    return [c for c in claims if c not in rivals]


def _by_report(claims: Sequence[Claim], field: str) -> dict[str, list[Claim]]:
    """Report id -> its claims of a field; of people those whose value is a number."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.field == field and (isinstance(claim.value, int) or field == "perpetrator_alleged"):
            found[claim.report_id].append(claim)
    return found


def _figure_of(
    report_id: str, field: str, dead: Sequence[Claim], hurt: Sequence[Claim], blamed: Sequence[Claim]
) -> Figure | None:
    doers = doers_among([*dead, *(c for c in hurt if is_end(c, dead))], blamed)
    victims = [c for c in dead if c not in doers]
    killed = _with_doers(_figure(report_id, victims), doers, victims, blamed)
    if field == "killed" or killed is None or not killed.value:
        return killed if field == "killed" else _figure(report_id, hurt, victims)
    by_police = any(is_by_police(c, blamed) for c in victims) and not any(who_of(c).serves for c in victims)
    left = [c for c in hurt if not is_doer_again(c, doers, victims) and not are_the_dead(c, killed.value)]
    if tell_of_one([*dead, *hurt]):
        left = [c for c in left if not is_known(c)]
    return _living(report_id, left, victims, by_police)


def _with_doers(
    figure: Figure | None, doers: Sequence[Claim], victims: Sequence[Claim], blamed: Sequence[Claim]
) -> Figure | None:
    """A figure of the victims with those who did it on top, unless it may hold them."""
    if figure is None or not doers or figure.value == 0 or _holds(figure, doers, victims, blamed):
        return figure
    most = max(doers, key=lambda c: (int(c.value), -c.span.start))
    return replace(figure, value=figure.value + int(most.value), claims=(*figure.claims, most))


def _holds(figure: Figure, doers: Sequence[Claim], victims: Sequence[Claim], blamed: Sequence[Claim]) -> bool:
    """Whether a figure may be of all the dead: "five dead, including the gunman"; not "a man killed four"."""
    told = {c.sentence for c in figure.claims}
    if any(overlap(c, doer) for c in figure.claims for doer in doers):
        return True
    if any(c.part_of == TOLD_BEFORE and c.sentence in told and not who_of(c).is_pronoun for c in doers):
        return True
    for doer in doers:
        beside = [int(v.value) for v in victims if v.sentence == doer.sentence and not is_name(v)]
        if beside and figure.value == max(beside) + int(doer.value):
            return True  # "killed four, then himself": the five dead
    sentences = told & {c.sentence for c in (*doers, *blamed)}
    return figure.value > 1 and not sentences


def _living(report_id: str, claims: Sequence[Claim], dead: Sequence[Claim], by_police: bool) -> Figure | None:
    """A report's figure of a field without those who are told, as hit or by name, and then told as dead."""
    killed = _figure(report_id, dead)
    if killed is None:
        return _figure(report_id, claims)
    left = [c for c in claims if not is_among_dead(c, dead, claims)]
    known = _known_dead(killed.value, dead)
    among = killed.claims[0].part_of == TOLD_BEFORE  # "one of them died": of whoever is told as hurt
    hit = [
        c
        for c in left
        if _is_whole_of(c, dead)
        or (
            (is_hit(c) or (among and not is_more(c)))
            and not _is_another(c, dead)
            and not _lives(c, known, by_police)
        )
    ]
    sure = _figure(report_id, [c for c in left if c not in hit], dead, claims)
    struck = _figure(report_id, hit, dead)
    if struck is not None and struck.value > killed.value:
        less = replace(struck, value=struck.value - killed.value)
        return less if sure is None or sure.value < less.value else sure
    return sure


def _is_whole_of(claim: Claim, dead: Sequence[Claim]) -> bool:
    """Whether the dead are told as part of these: "one of four women wounded on Sunday has died"."""
    return any(overlap(claim, c) and int(claim.value) > int(c.value) and c.part_of is None for c in dead)


def _known_dead(killed: int, dead: Sequence[Claim]) -> list[Claim]:
    """The dead by name if all are named; else all words for them."""
    named = [c for c in dead if is_name(c)]
    return named if len(_people(named)) >= killed else [c for c in dead if c.part_of is None]


def _lives(claim: Claim, dead: Sequence[Claim], by_police: bool) -> bool:
    """Whether somebody hit can be none of the dead: another name, another age, a girl where a man died.

    Nor is an officer one of those whom police shot.
    """
    if by_police and who_of(claim).serves:
        return True
    names = [c for c in dead if is_name(c)]
    if is_name(claim) and len(names) < len(dead):
        return False
    return bool(dead) and not who_of(claim).is_self and all(are_apart(claim, c) for c in dead)


def _is_another(claim: Claim, dead: Sequence[Claim]) -> bool:
    """Whether who was hit stands beside the dead: "a man was killed and a woman shot", not "five shot, one fatally"."""
    if claim.part_of or _is_in_all(claim) or _is_definite(claim) or fold(claim.span.text).endswith("self"):
        return False
    beside = [c for c in dead if c.sentence == claim.sentence and c.span != claim.span]
    return any(c.span.start < claim.span.start for c in beside)


def _same_person(one: Claim, other: Claim) -> bool:
    return is_one_name(who_of(one).name, who_of(other).name)


def _people(named: Sequence[Claim]) -> list[Claim]:
    """One claim for each person named, the fullest name of each: a family's surname is not one person's."""
    found: list[Claim] = []
    for claim in sorted(named, key=lambda c: (-len(who_of(c).name), c.span.start)):
        if not any(_same_person(claim, other) for other in found):
            found.append(claim)
    return found


def _figure(
    report_id: str, claims: Sequence[Claim], beside: Sequence[Claim] = (), told: Sequence[Claim] = ()
) -> Figure | None:
    """The largest total with those told on top of it; else the people named; else a part of those told before.

    ``beside`` are the claims of the other field: after "a man was killed", "six others" are all of the wounded.
    ``told`` are those of everybody hit.
    """
    whole = [c for c in claims if c.part_of is None and c.hedge != "denied"]
    named = [c for c in whole if is_name(c)]
    everybody = [*claims, *beside, *told]
    first = min((c.span.start for c in everybody), default=0)  # "shot another man" is one, before all others
    more = [c for c in whole if c not in named and is_more(c) and c.span.start > first]
    totals = [c for c in whole if c not in named and (c not in more or _is_all(c, claims, beside))]
    if totals:
        return _of_totals(report_id, totals, claims, [c for c in more if c not in totals], everybody)
    people, others = _people(named), list({int(c.value): c for c in reversed(more)}.values())
    value = len(people) + _number(others)
    if not value:
        part = _largest_part(claims)
        return Figure(report_id, int(part.value), (part,), False, False) if part else None
    return Figure(report_id, value, tuple(sorted([*people, *others], key=lambda c: c.id)), True, False)


def _of_totals(
    report_id: str,
    totals: Sequence[Claim],
    claims: Sequence[Claim],
    more: Sequence[Claim],
    everybody: Sequence[Claim],
) -> Figure:
    """The largest total with those on top of it, or as many as are told one by one if they are more."""
    whole = [c for c in claims if c.part_of is None and c.hedge != "denied"]
    chosen = max(totals, key=lambda c: (int(c.value), c.qualifier is None, -c.span.start))
    added = _added(chosen, more, everybody)
    for each in (_each(whole), _in_full(claims)):
        if len(each) > max(1, int(chosen.value)):
            return Figure(report_id, len(each), tuple(each), False, False)
    chosen, added = _fullest(chosen, added, totals, whole)
    value = max([int(chosen.value) + sum(int(c.value) for c in added), *(int(c.value) for c in more)])
    people = _people([c for c in whole if is_name(c)])
    if value == 1 and len(people) + len(more) > 1:  # one without a name: of those named, or the other one
        return Figure(report_id, len(people) + _number(more), (*people, *more), True, False)
    floor = chosen.qualifier in {"at least", "more than"}
    said = tuple(c for c in totals if c.value == chosen.value) + tuple(added)
    return Figure(report_id, value, said, floor, chosen.qualifier is not None)


def _number(more: Sequence[Claim]) -> int:
    """How many come on top, each number once."""
    return sum({int(c.value) for c in more})


def _largest_part(claims: Sequence[Claim]) -> Claim | None:
    """The most that are told of people told before: "four of them died"."""
    parts = [c for c in claims if c.part_of == TOLD_BEFORE and c.hedge != "denied"]
    return max(parts, key=lambda c: (int(c.value), -c.span.start), default=None)


def _is_in_all(claim: Claim) -> bool:
    return (claim.unit or "").startswith(IN_ALL)


def _is_all(more: Claim, claims: Sequence[Claim], beside: Sequence[Claim]) -> bool:
    """Whether "six others" are others than the dead ("a man was killed and six others wounded"): all the wounded."""
    before = {
        c.field for c in (*claims, *beside) if c.sentence == more.sentence and c.span.start < more.span.start
    }
    return bool(before) and more.field not in before


def _added(chosen: Claim, more: Sequence[Claim], claims: Sequence[Claim]) -> list[Claim]:
    """Who comes on top of a total told before, each number once, since "two others" are told of again.

    Not those beside a part of people told before ("three of the victims were flown out, two others were driven"), nor
    those that go on from one told by himself ("A woman was hit in the leg. Another man was flown out").
    """
    if not more:
        return []
    parts = {c.sentence for c in claims if c.part_of == TOLD_BEFORE}
    dead = (int(c.value) for c in claims if c.field == "killed" != chosen.field)
    n_told = int(chosen.value) + max(dead, default=0)
    apart = [c for c in claims if c.part_of is None and c.sentence != chosen.sentence]
    singles = [c for c in claims if c.value == 1 and c.sentence != chosen.sentence]
    on_top = [
        c
        for c in more
        if (c.mention_id == chosen.mention_id or _rank(c) == n_told + 1)
        and not _is_in_all(chosen)
        and chosen.unit != GROWN  # "the toll has risen to 85" holds all who are told of
        and int(c.value) > 0
        and c.span.start > chosen.span.start
        and c.sentence not in parts
        and not _is_definite(c)
        and not is_more(chosen)
        and _is_not_told_yet(c, chosen, n_told)
        and (_rank(c) or not any(chosen.span.start < one.span.start < c.span.start for one in singles))
    ]
    once = list({int(c.value): c for c in reversed(on_top)}.values())
    rest = [
        c for c in apart if c.field == chosen.field and c.span.start > chosen.span.start and c not in more
    ]
    told = [int(c.value) for c in rest]
    sums = {n + _number(once) for n in (*told, sum(told)) if n}
    return [] if chosen.value in sums else once


def _fullest(
    chosen: Claim, added: Sequence[Claim], totals: Sequence[Claim], whole: Sequence[Claim]
) -> tuple[Claim, list[Claim]]:
    """The largest total with those told on top of it or apart from it, or a smaller one that more are apart from.

    "Two children were found dead, and their father died later" is three, "two died" may be told again.
    """
    if len(whole) < 2 and not added:
        return chosen, []
    sums = [(chosen, [*added, *_apart([chosen, *added], whole)])]
    sums += [(t, _apart([t], whole)) for t in totals if not _is_definite(t)]
    return max(sums, key=lambda row: int(row[0].value) + sum(int(c.value) for c in row[1]))


def _apart(told: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Who is told beside a group and cannot be of it: "two children died, and their father died"; the doer himself."""
    taken, found = list(told), []
    for claim in sorted(others, key=lambda c: (-int(c.value), c.span.start)):
        if int(claim.value) > 0 and all(_is_beside(group, claim) for group in taken):
            taken.append(claim)
            found.append(claim)
    return found


def _is_beside(group: Claim, claim: Claim) -> bool:
    """Whether a claim's people are surely others than a group's."""
    who = who_of(claim)
    if overlap(group, claim) or who.is_self or (who.is_definite and not who.is_kin):
        return False
    return are_apart(group, claim)


def _is_not_told_yet(more: Claim, chosen: Claim, n_told: int) -> bool:
    """Whether "a fourth victim" comes after three; "four men were also shot" tells four told before again."""
    if rank := _rank(more):
        return n_told < rank
    return more.value != chosen.value or not _OTHERS.isdisjoint(fold(more.span.text).split())


def _rank(claim: Claim) -> int:
    """The place of "a fourth victim" among the victims; 0 for words without an ordinal."""
    ordinals = date_words().ordinals
    return next((ordinals[w] for w in fold(claim.span.text).split() if w in ordinals), 0)


def _each(claims: Sequence[Claim]) -> list[Claim]:
    """People told one at a time, each by an age: "a 32-year-old man", "a 20-year-old", "another 20-year-old"."""
    found: dict[tuple[int, bool], Claim] = {}
    for claim in claims:
        age = who_of(claim).age
        if age is not None and claim.value == 1 and not _is_definite(claim):
            found.setdefault((age, is_more(claim)), claim)
    return list(found.values())


def _in_full(claims: Sequence[Claim]) -> list[Claim]:
    """People told by first name and surname, whether in a list or apart: as many are at least dead, or hurt."""
    named = [c for c in claims if is_name(c) and c.part_of != TOLD_BEFORE and c.hedge != "denied"]
    return [c for c in _people(named) if len(who_of(c).name) > 1]


def _is_definite(claim: Claim) -> bool:
    """ "The other two", "that victim": told before."""
    return fold(claim.span.text).split()[0] in _DEFINITE
