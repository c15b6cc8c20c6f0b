"""The sets whose licences let the weights ship (../shared/data/README.md), as questions with known answers.

- MUC-4 (dev, and apart tst1 with tst2): numbers killed and injured, day, place and type of the incidents that align
  with a template of the key; each message is a pile of its own.
- GVC with our values of its affairs (``values.tsv``): numbers, day, place, by single reports and over all.
- Our marks of incidents (``training/incidents``): whether an incident is one, its type, who did it, and whether
  mentions of one report belong together.
- GVC, the train topics of ECB+ and MUC-4's dev messages as piles: whether mentions of several reports belong together.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import chain, combinations
from multiprocessing import get_context
from pathlib import Path

from attested.evaluation import gva, gva_confidence
from attested.evaluation.chains import GoldReport as ChainReport
from attested.evaluation.chains import ledger_of as pile_ledger
from attested.evaluation.chains import make_report, read_all
from attested.evaluation.confidence import Asked, asked
from attested.evaluation.detokenise import Offsets, detokenise
from attested.evaluation.gva_answers import answers_of
from attested.evaluation.gva_files import GoldIncident, GoldReport, city_key
from attested.evaluation.muc4_answers import ledger_of
from attested.evaluation.muc4_files import Message, read_messages
from attested.evaluation.muc4_slots_answers import Answer, templates_in
from attested.evaluation.muc4_slots_key import DESCRIBED, SLOTS, Key, in_text, read_keys
from attested.evaluation.muc4_slots_score import align, holds_words
from attested.incidents.confidence import Confidences
from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.model import Mention, Report
from attested.reading.encoder import Reader
from attested.values import Count, PartialDate
from attested.views.fusing import fuse_context
from reader.deeds import Mark
from reader.marked import marked_texts
from reader.muc_incidents import MucPile, read_pile
from reader.same_incident import incidents_of, piles_of

VALUES = Path(__file__).parent / "values.tsv"
N_PROCESSES = 2
_COUNTRY = 6  # UCDP GED where_prec
# What our marks call a deed -> ACLED's sub-event types that are right for it.
_TYPES: dict[str, frozenset[str]] = {
    "attack": frozenset({"Attack"}),
    "torture": frozenset({"Attack"}),
    "clash": frozenset({"Armed clash"}),
    "bomb": frozenset({"Remote explosive/landmine/IED"}),
    "suicide": frozenset({"Suicide bomb"}),
    "grenade": frozenset({"Grenade"}),
    "shell": frozenset({"Shelling/artillery/missile attack"}),
    "air": frozenset({"Air/drone strike"}),
    "chem": frozenset({"Chemical weapon"}),
    "abduct": frozenset({"Abduction/forced disappearance"}),
    "sexual": frozenset({"Sexual violence"}),
    "mob": frozenset({"Mob violence"}),
    "riot": frozenset({"Violent demonstration", "Mob violence"}),
    "protest": frozenset({"Peaceful protest", "Protest with intervention"}),
    "force": frozenset({"Excessive force against protesters", "Protest with intervention"}),
    "arrest": frozenset({"Arrests"}),
    "destroy": frozenset({"Looting/property destruction"}),
    "seize": frozenset({"Government regains territory", "Non-state actor overtakes territory"}),
    "disrupt": frozenset({"Disrupted weapons use"}),
}
_TOLD_DONE = frozenset({"done", "foiled"})
# Marked texts are given a day, so that "on Monday" is a day as it is in a dated report; no question asks which.
_SOME_DAY = "1990-06-15"

# GVC's affairs lie years apart, where nothing is merged wrongly; moved by whole weeks into so many days they do not.
_CROWDED = (28, 91)
_MONDAY = date(2016, 6, 6)

Sets = Mapping[str, list[Asked]]


def read_sets(data: Path) -> Sets:
    """Set name -> its questions; "muc4 tst" is for measuring alone."""
    found: dict[str, list[Asked]] = defaultdict(list)
    jobs = [*_muc_jobs(data / "muc4"), *_mark_jobs(data)]
    with ProcessPoolExecutor(N_PROCESSES, mp_context=get_context("spawn")) as pool:
        for name, rows in pool.map(_done, jobs, chunksize=8):
            found[name] += rows
    found["gvc"] = list(_of_gvc(data / "gvc"))
    for pile in piles_of(data):
        found["gvc" if pile[0].topic == "gvc" else "ecb"] += _of_pile(pile)
    found["muc4"] += _of_messages(read_pile(data / "muc4"))
    return {name: [replace(row, set=name) for row in rows] for name, rows in found.items()}


Job = tuple[str, Callable[[], list[Asked]]]


def _done(job: Job) -> tuple[str, list[Asked]]:
    return job[0], job[1]()


@cache
def _reader() -> Reader:
    return Reader()


def _ledger_alone(report: Report) -> Ledger:
    return ledger_of(report, _reader().read(report.text, [(b.start, b.end) for b in report.body]))


# --- MUC-4 --------------------------------------------------------------------------------------------------------


def _muc_jobs(folder: Path) -> Iterator[Job]:
    keys = read_keys(folder)
    for message in read_messages(folder):
        own = [in_text(key, message.report.text) for key in keys.get(message.report.id, ())]
        if own:
            name = "muc4" if message.split == "dev" else "muc4 tst"
            yield name, partial(_of_message, message, own)


def _of_message(message: Message, keys: Sequence[Key]) -> list[Asked]:
    ledger = _ledger_alone(message.report)
    confidences = Confidences(fuse_context(ledger), ledger.stories)
    answers = templates_in(ledger)
    pairs = align(answers, keys, holds_words, by_type=False, slots=(*SLOTS, DESCRIBED))
    return [
        row
        for pair in pairs
        for row in asked(
            message.report.id,
            confidences.questions(answers[pair.ours].fused),
            _right_by_key(answers[pair.ours], keys[pair.key]),
        )
    ]


def _right_by_key(ours: Answer, key: Key) -> dict[str, bool | None]:
    """Field -> whether a value is right as it is written; None where the key does not say."""
    fused = ours.fused
    return {
        "killed": _right_number(fused.killed, key, "DEATH"),
        "injured": _right_number(fused.injured, key, "INJURY"),
        "date": _right_days(fused.date, key),
        "place": _right_place(ours, key),
        "type": ours.type in key.types,
    }


def _right_number(ours: Count | None, key: Key, effect: str) -> bool | None:
    """None where the key has people but no one figure for them."""
    numbers = [harmed.number for harmed in key.harmed if effect in harmed.effects]
    known = [number for number in numbers if number is not None]
    return None if ours is None or len(known) < len(numbers) else ours.best == sum(known)


def _right_days(ours: PartialDate, key: Key) -> bool | None:
    days = key.days
    if days is None or ours.start is None or ours.end is None:
        return None
    if days.start is None:  # "by the day of the report"
        return ours.start <= days.end
    return ours.start <= days.start and days.end <= ours.end


def _right_place(ours: Answer, key: Key) -> bool | None:
    place = ours.fused.place
    if place is None or key.country is None:
        return None
    is_there = place.country == key.country
    if place.precision >= _COUNTRY or not key.places:
        return is_there
    return is_there and holds_words([place.name], key.places)


# --- our marks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Marked:
    """A mark with the offsets of its trigger words, and of who did it."""

    incident: int
    kind: str
    status: str
    trigger: tuple[Offsets, ...]
    perpetrators: tuple[Offsets, ...]

    @property
    def is_told(self) -> bool:
        """Whether it is of one incident that a coder would write down."""
        return bool(self.incident) and self.status in _TOLD_DONE and self.kind in _TYPES


def _mark_jobs(data: Path) -> Iterator[Job]:
    for marked in marked_texts(data):
        found = [_placed(mark, at) for mark, at in marked.marks]
        lines = [(at[0][0], at[-1][1]) for at in marked.offsets if at]
        yield (
            f"marks {marked.name.partition('/')[0]}",
            partial(_of_marked, marked.name, marked.text, lines, found),
        )


def _placed(mark: Mark, at: Sequence[Offsets]) -> Marked:
    def spans(ranges: Iterable[tuple[int, int]]) -> tuple[Offsets, ...]:
        return tuple((at[first][0], at[last][1]) for first, last in ranges)

    who = chain.from_iterable(ranges for role, ranges in mark.roles if role == "perpetrator")
    return Marked(mark.incident, mark.kind, mark.status, spans(mark.trigger), spans(who))


def _of_marked(name: str, text: str, lines: Sequence[Offsets], marks: Sequence[Marked]) -> list[Asked]:
    ledger = _ledger_alone(make_report(name, text, lines, stated={"published": _SOME_DAY}))
    context = fuse_context(ledger)
    confidences = Confidences(context, ledger.stories)
    rows = []
    taken: set[int] = set()
    by_size = sorted(context.incidents, key=lambda i: (-len(i.mention_ids), i.id))
    for incident in by_size:
        fused = fuse_incident(context, incident)
        met = [_mark_at(context.mentions[m], marks) for m in incident.mention_ids]
        told = Counter(mark.incident for mark in met if mark is not None and mark.is_told)
        main = told.most_common(1)[0][0] if told else 0
        own = [mark for mark in marks if mark.is_told and mark.incident == main]
        right: dict[str, bool | None] = {"incident": bool(main) and main not in taken}
        taken.add(main)
        right["merge"] = (
            len({m.incident for m in met if m}) == 1 if sum(m is not None for m in met) > 1 else None
        )
        if main:
            right["type"] = any(fused.type in _TYPES[mark.kind] for mark in own)
            right["perpetrator_alleged"] = _is_blamed(fused, own)
        rows += asked(name, confidences.questions(fused), right)
    return rows


def _mark_at(mention: Mention, marks: Iterable[Marked]) -> Marked | None:
    """The mark whose trigger words a mention's meet."""
    at = mention.trigger
    return next((m for m in marks if any(s < at.end and at.start < e for s, e in m.trigger)), None)


def _is_blamed(fused: FusedIncident, marks: Iterable[Marked]) -> bool:
    """Whether the words for who is shown first as blamed are marked as who did it."""
    if not fused.perpetrator_alleged:
        return False
    ids = set(fused.perpetrator_alleged[0].claims)
    spans = [c.span for c in fused.claims if c.id in ids]
    return any(s.start < e and b < s.end for s in spans for mark in marks for b, e in mark.perpetrators)


# --- GVC ----------------------------------------------------------------------------------------------------------


def _of_gvc(folder: Path) -> Iterator[Asked]:
    gold = list(gvc_reports(folder))
    ledger = gva.make_ledger(gold)
    answers = answers_of(ledger, gold)
    found = [
        *gva_confidence.asked_of_ledger(ledger, answers),
        *gva_confidence.asked_of_reports(ledger, answers),
    ]
    yield from (row for row in found if row.question != "merge")  # asked by mentions: ``_of_pile``
    for days in _CROWDED:
        crowded = [_moved(report, days) for report in gold]
        ledger = gva.make_ledger(crowded)
        rows = gva_confidence.asked_of_ledger(ledger, answers_of(ledger, crowded))
        # The days that the texts name are others now; values that crowding leaves as they were are asked already.
        yield from (row for row in rows if row not in found and row.question not in {"date", "merge"})


def _moved(report: GoldReport, days: int) -> GoldReport:
    """The report as if it had come out within so many days of a Monday, on the same day of the week."""
    ago = date.fromisoformat(report.row["published"]) - _MONDAY
    day = _MONDAY + timedelta(days=ago.days % days)
    return replace(report, row={**report.row, "published": day.isoformat()})


def gvc_reports(folder: Path) -> Iterator[GoldReport]:
    """The reports of GVC, each with our values of its affair (``values.tsv``)."""
    records = read_values()
    for path in sorted(folder.glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            text, _ = detokenise(row["sentences"][1:])
            given = {"id": row["doc_id"], "text": text, "title": "", "published": row["dct"]}
            yield GoldReport(row["doc_id"], records[str(row["incident"])], given)


def read_values(path: Path = VALUES) -> dict[str, GoldIncident]:
    """Our values by affair. Of several days the first is asked for; ValueError for a row that is not as described."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            id, killed, injured, day, towns, state = line.split("\t")
            cities = frozenset(map(city_key, towns.split("|")))
            first = date.fromisoformat(day.partition("/")[0])
            found[id] = GoldIncident(id, first, state.casefold(), cities, int(killed), int(injured))
    return found


# --- piles --------------------------------------------------------------------------------------------------------


def _of_pile(pile: Sequence[ChainReport]) -> Iterator[Asked]:
    """Of the incidents with two marked mentions or more: whether these are of one gold incident."""
    readings = read_all(pile)
    gold, ledger = incidents_of(pile, readings), pile_ledger(pile, readings)
    affair = {one.report.id: one.affair for one in pile}
    context = fuse_context(ledger)
    confidences = Confidences(context, ledger.stories)
    for incident in context.incidents:
        met = [gold[id] for id in incident.mention_ids if id in gold]
        if len(met) > 1:
            unit = affair[context.mentions[incident.mention_ids[0]].report_id]
            questions = confidences.questions(fuse_incident(context, incident))
            yield from asked(unit, questions, {"merge": len(set(met)) == 1})


def _of_messages(pile: MucPile) -> Iterator[Asked]:
    """Of the incidents that two messages or more tell: whether their keys say so."""
    context = fuse_context(pile.ledger)
    confidences = Confidences(context, pile.ledger.stories)
    for incident in context.incidents:
        said = {pile.is_one(a, b) for a, b in combinations(incident.mention_ids, 2)} - {None}
        if said:
            questions = confidences.questions(fuse_incident(context, incident))
            yield from asked(incident.id, questions, {"merge": False not in said})
