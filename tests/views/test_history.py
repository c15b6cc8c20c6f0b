import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from factory import OUTLET, claim, mention, page, published, report, voice
from world import BIU

from attested.claims.assemble import GROWN
from attested.errors import InputError
from attested.incidents.context import Resolved
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Claim, Derivation, Incident, Mention, Origin, Passage, Report, Voice
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import PartialDate, Score
from attested.views import history as history_module
from attested.views.facts import Facts
from attested.views.history import History, Step, find_incident, history
from attested.views.moves import FIELDS, Move
from attested.views.rows import incident_row

TUESDAY = date(2025, 3, 11)
POLICE = voice("named body", "police")
TRADERS = voice("witness", "traders", "say")


# --- the property: the values of a day are those of --as-of


def known(stories: Sequence[History], ledger: Ledger, day: date) -> int:
    """Every incident's last step by a day is what the whole ledger gives as of it, and so are the moves, replayed."""
    facts = Facts(ledger, as_of=day)
    there = {incident.id: incident for incident in facts.incidents}
    for one in stories:
        steps = [step for step in one.steps if step.day is None or step.day <= day]
        assert bool(steps) == (one.id in there), (one.id, day)
        if steps:
            shown, wanted = steps[-1].incident, incident_row(facts, there[one.id])
            assert incident_row(facts, shown) == wanted, (one.id, day)
            assert replayed(steps) == {f: wanted[f] for f in FIELDS if has_value(wanted[f])}, (one.id, day)
    return len(there)


def replayed(steps: Sequence[Step]) -> dict[str, Any]:
    """The values that the moves add up to; each begins where the last one ended."""
    state: dict[str, Any] = dict.fromkeys(FIELDS)
    for move in (move for step in steps for move in step.moves):
        assert move.before == state[move.field] or not has_value(move.before), move
        state[move.field] = move.after
    return {field: value for field, value in state.items() if has_value(value)}


def has_value(value: Any) -> bool:
    return value not in (None, []) and not (isinstance(value, dict) and value.get("start", 0) is None)


def days_of(ledger: Ledger) -> list[date]:
    """The days on which something is published, the days before these, and a day after all."""
    days = {p.interval.start for p in ledger.published.values() if p.interval.start}
    return sorted(days | {day - timedelta(1) for day in days} | {max(days) + timedelta(9)})


def test_the_values_of_a_day_are_those_of_as_of(example_run: tuple[Path, Any]) -> None:
    with SqliteStore(example_run[0], read_only=True) as store:
        ledger = store.load(vectors=False)
    stories = [history(ledger, incident.id) for incident in ledger.incidents]
    assert sum(known(stories, ledger, day) for day in days_of(ledger)) > len(stories) > 4


@pytest.mark.parametrize("seed", range(60))
def test_the_values_of_a_day_are_those_of_as_of_in_any_ledger(seed: int) -> None:
    ledger = made_at_random(random.Random(seed))
    stories = [history(ledger, incident.id) for incident in ledger.incidents]
    assert sum(known(stories, ledger, day) for day in days_of(ledger)) > len(stories)


def made_at_random(rng: random.Random) -> Ledger:
    """Reports of two incidents in families: copies, versions, siblings, spun text, stamps out of order or none."""
    made = Made()
    voices = (OUTLET, POLICE, TRADERS, voice("other report", "Outlet 1", "reported"))
    for _ in range(14):
        day = TUESDAY + timedelta(rng.randrange(6)) if rng.random() < 0.85 else None
        told = rng.sample(range(2), rng.choice([0, 1, 1, 2]))
        parent = rng.choice(made.reports) if made.reports and rng.random() < 0.6 else None
        kind: Any = rng.choice(["identical", "rewrite", "excerpt", "spun", "republished"])
        own = made.tell(
            killed=rng.randrange(2, 5), on=day, by=rng.choice(voices), blamed=rng.random() < 0.5,
            incidents=told, parent=parent, kind=kind,
            is_version=kind == "rewrite" and rng.random() < 0.4, is_sibling=kind != "spun" and rng.random() < 0.3,
        )  # fmt: skip
        if rng.random() < 0.2 and own.id not in made.family:
            made.derivations.append(Derivation(own.id, None, "republished", Score(0.8), "Meridian"))
    return made.ledger()


class Made:
    """A ledger in the making: every report tells of one or more incidents in Biu on the Tuesday."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.mentions: dict[int, list[Mention]] = {}
        self.claims: list[Claim] = []
        self.published: dict[str, Any] = {}
        self.derivations: list[Derivation] = []
        self.family: dict[str, str] = {}

    def tell(
        self,
        *,
        killed: int,
        on: date | None,
        by: Voice = POLICE,
        blamed: bool = False,
        incidents: Sequence[int] = (0,),
        parent: Report | None = None,
        kind: Any = "identical",
        opening: str = "A bomb killed {} people in Biu on Tuesday, they said.",
        **edge: bool,
    ) -> Report:
        """One more report, with its claims and what it was made from."""
        i = len(self.reports)
        text = f"{opening.format(killed)}\nThe army blamed rebels.\nEnd of {i}."
        own = report(text, id=f"rp_{i:02}", headline=f"Headline {i}", outlet=f"Outlet {i % 5}")
        self.reports.append(own)
        self.published[own.id] = published(own, on)
        for n in incidents:
            told = mention(own, "killed", id=f"mn_{i:02}_{n}")
            self.mentions.setdefault(n, []).append(told)
            self.claims += [
                claim(own, told, killed=killed, says=f"{killed} people", by=by),
                claim(own, told, date="Tuesday", by=by),
                claim(own, told, place="Biu"),
                claim(own, told, weapon="bomb"),
            ]
            if blamed:
                army = voice("named body", "army", "blamed")
                self.claims.append(claim(own, told, perpetrator_alleged="rebels", by=army, hedge="alleged"))
        if parent is not None:
            whole = (Passage(0, 30, 0, 30), Passage(30, len(text), 30, len(parent.text)))
            passages = whole if kind == "identical" else whole[:1]
            self.derivations.append(
                Derivation(own.id, parent.id, kind, Score(0.9), passages=passages, **edge)
            )
            self.family[own.id] = self.family.get(parent.id, parent.id)
        return own

    def ledger(self) -> Ledger:
        """The rows; a report that was made from none is an origin of its own."""
        families: dict[str, list[str]] = {}
        for own in self.reports:
            families.setdefault(self.family.get(own.id, own.id), []).append(own.id)
        days = [c.id for c in self.claims if c.field == "date"]
        places = [c.id for c in self.claims if c.field == "place"]
        return Ledger(
            pages=tuple(page(r.text, id=r.page_id) for r in self.reports),
            reports=tuple(self.reports),
            mentions=tuple(m for rows in self.mentions.values() for m in rows),
            claims=tuple(self.claims),
            published=self.published,
            derivations=tuple(self.derivations),
            origins=tuple(Origin(f"or_{key}", tuple(rows)) for key, rows in families.items()),
            incidents=tuple(
                Incident(f"in_biu{n}", "Attack", tuple(m.id for m in rows))
                for n, rows in sorted(self.mentions.items())
            ),
            resolved=Resolved(
                {id: Anchored(PartialDate.day(TUESDAY), '"Tuesday" -> 2025-03-11, that Tuesday') for id in days},
                {id: PlaceLink(BIU, Score(1.0), why="the only Biu") for id in places},
                {},
            ),
        )  # fmt: skip


# --- what a step says


@pytest.fixture(scope="module")
def biu() -> History:
    """A report of no date; a wire, the day after a copy, then its correction; a newsroom of its own, and a copy."""
    made = Made()
    made.tell(killed=9, on=None, by=TRADERS)
    wire = made.tell(killed=14, on=TUESDAY, blamed=True)
    made.tell(killed=14, on=TUESDAY + timedelta(1), parent=wire)
    made.tell(killed=19, on=TUESDAY + timedelta(2), parent=wire, kind="rewrite", is_version=True)
    own = made.tell(killed=23, on=TUESDAY + timedelta(3), by=TRADERS)
    made.tell(killed=23, on=TUESDAY + timedelta(4), by=TRADERS, parent=own)
    return history(made.ledger(), "in_biu0")


def move_of(step: Step, field: str) -> Move:
    return next(move for move in step.moves if move.field == field)


def test_reports_of_unknown_date_come_first_in_a_group_of_their_own(biu: History) -> None:
    assert [step.day for step in biu.steps] == [None, *(TUESDAY + timedelta(n) for n in range(5))]
    assert [a.report for a in biu.steps[0].arrivals] == ["rp_00"]
    assert move_of(biu.steps[0], "killed").words == ("", "9")


def test_what_each_report_is_to_those_before_it(biu: History) -> None:
    arrivals = [step.arrivals[0] for step in biu.steps]
    kinds = ["own text", "own text", "identical", "later version", "own text", "identical"]
    assert [a.kind for a in arrivals] == kinds
    assert [a.of for a in arrivals] == [None, None, "rp_01", "rp_01", None, "rp_04"]
    assert [a.is_new_origin for a in arrivals] == [kind == "own text" for kind in kinds]


def test_a_copy_moves_nothing_and_is_counted_as_such(biu: History) -> None:
    assert [step.has_moved for step in biu.steps] == [True, True, False, True, True, False]
    copied = move_of(biu.steps[2], "killed")
    assert copied.change == "repeated"
    [value] = copied.values
    assert (value.change, value.value, value.reports, value.n_origins) == (
        "repeated",
        "14",
        ("rp_02",),
        (1, 1),
    )
    assert move_of(biu.steps[2], "n_reports").words == ("2", "3")


def test_a_correction_replaces_the_figure_in_every_copy_and_says_so(biu: History) -> None:
    moved = move_of(biu.steps[3], "killed")
    assert moved.words == ("14 (9 to 14)", "19 (9 to 19)")
    gone, told = sorted(moved.values, key=lambda value: value.value)
    assert (gone.value, gone.change) == ("14", "gone")
    assert gone.why == "it is that of rp_01, which a later version replaced (rp_03)"
    assert (told.value, told.change, told.reports) == ("19", "told", ("rp_03",))


def test_a_value_is_told_on_somebodys_word(biu: History) -> None:
    [told] = [v for v in move_of(biu.steps[4], "killed").values if v.value == "23"]
    [evidence] = told.evidence
    assert (evidence.voice, evidence.cue, evidence.hedge) == ("traders", "say", "reported")
    assert [piece.text for piece in evidence.sentence if piece.fields] == ["23 people"]
    assert (evidence.report, told.n_origins) == ("rp_04", (0, 1))


def test_a_second_origin_backs_a_value(biu: History) -> None:
    moved = move_of(biu.steps[1], "weapon")
    [value] = moved.values
    assert (moved.change, value.change, value.n_origins) == ("backed", "backed", (1, 2))
    assert [evidence.report for evidence in value.evidence] == ["rp_01"]


def test_the_rule_is_that_of_fusing(biu: History) -> None:
    for step in biu.steps:
        for move in step.moves:
            if move.field == "killed":
                assert move.why == move.after["why"] != ""


def test_a_disagreement_opens_and_widens(biu: History) -> None:
    found = [move_of(step, "contradictions") for step in biu.steps if step.day and step.has_moved]
    assert [[value.change for value in move.values] for move in found] == [["told"], ["changed"], ["changed"]]
    assert found[0].words == ("", "killed: 9 (one origin) against 14 (one origin)")


def test_a_value_that_loses_an_origin_says_to_what() -> None:
    made = Made()
    for killed in (7, 7):
        made.tell(killed=killed, on=TUESDAY)
    made.tell(killed=6, on=TUESDAY + timedelta(1), parent=made.reports[0])
    weaker = move_of(history(made.ledger(), "in_biu0").steps[1], "killed").values
    found = {value.value: value for value in weaker}
    assert (found["7"].change, found["7"].n_origins) == ("backed", (2, 1))
    assert found["7"].why == "its origin's later report says 6 (rp_02)"


def test_a_toll_that_grew_says_what_it_left_behind() -> None:
    made = Made()
    made.tell(killed=7, on=TUESDAY)
    made.tell(killed=9, on=TUESDAY + timedelta(1))
    made.claims = [replace(c, unit=GROWN) if c.field == "killed" and c.value == 9 else c for c in made.claims]
    moved = {
        value.value: value for value in move_of(history(made.ledger(), "in_biu0").steps[1], "killed").values
    }
    assert moved["7"].change == "gone"
    assert moved["7"].why == "the toll has grown to 9 since (rp_01)"


def test_a_phrase_that_grows_is_one_value() -> None:
    made = Made()
    first, second = (made.tell(killed=3, on=TUESDAY + timedelta(n)) for n in (0, 1))
    made.claims.append(claim(first, "mn_00_0", target="army", says="army"))
    made.claims.append(claim(second, "mn_01_0", target="army rebels", says="The army blamed rebels"))
    [value] = move_of(history(made.ledger(), "in_biu0").steps[1], "target").values
    assert (value.change, value.before, value.value, value.n_origins) == (
        "fuller",
        "army",
        "army rebels",
        (1, 2),
    )


def test_a_report_beside_it_that_moves_a_value_has_a_day() -> None:
    """Two rewrites say five: of whose text is not known until it comes in, and that says four."""
    made = Made()
    wire = made.tell(killed=4, on=TUESDAY + timedelta(1), incidents=())
    made.tell(killed=5, on=TUESDAY, parent=wire, kind="rewrite")
    opening = "On Tuesday evening the lorry park of Biu, where traders sleep, was hit by a bomb that killed {} people."
    made.tell(killed=5, on=TUESDAY, parent=wire, kind="rewrite", opening=opening)
    first, second = history(made.ledger(), "in_biu0").steps
    [five] = move_of(second, "killed").values
    assert (five.value, five.n_origins) == ("5", (1, 2))
    assert [(a.report, a.kind) for a in second.arrivals] == [(wire.id, "beside")]
    assert (first.incident.n_reports, second.incident.n_reports, second.has_moved) == (2, 2, True)


# --- asking for it


def test_it_may_end_on_a_day(biu: History) -> None:
    made = Made()
    for n, killed in enumerate((14, 16, 18)):
        made.tell(killed=killed, on=TUESDAY + timedelta(n))
    ledger = made.ledger()
    whole, part = history(ledger, "in_biu0"), history(ledger, "in_biu", as_of=TUESDAY + timedelta(1))
    assert [s.incident for s in part.steps] == [s.incident for s in whole.steps[:2]]
    assert part.row()["as_of"] == "2025-03-12"
    with pytest.raises(InputError, match="nobody had told of in_biu0 by 2025-03-10; the first"):
        history(ledger, "in_biu0", as_of=TUESDAY - timedelta(1))
    assert "as_of" not in biu.row()


def test_fields_may_be_asked_for(biu: History) -> None:
    part = biu.of_fields({"weapon"})
    assert {move.field for step in part.steps for move in step.moves} == {"weapon"}
    assert [step.has_moved for step in part.steps] == [True, True, False, False, True, False]


def test_an_incident_is_found_by_the_beginning_of_its_id() -> None:
    made = Made()
    made.tell(killed=2, on=TUESDAY, incidents=(0, 1))
    ledger = made.ledger()
    assert find_incident(ledger, "in_biu1").id == "in_biu1"
    with pytest.raises(InputError, match="begins 2 ids: in_biu0, in_biu1; type more of one"):
        find_incident(ledger, "in_biu")
    with pytest.raises(InputError, match="did you mean in_biu0 or in_biu1"):
        find_incident(ledger, "rp_00")
    with pytest.raises(InputError, match="list them with: attested show incidents"):
        find_incident(ledger, "zzzzz")


def test_what_it_costs_does_not_grow_with_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made()
    wire = made.tell(killed=14, on=TUESDAY)
    made.tell(killed=14, on=TUESDAY + timedelta(1), parent=wire)
    for n in range(300):
        made.tell(killed=2, on=TUESDAY + timedelta(n % 40), incidents=(1 + n % 9,))
    seen = []
    fuse = history_module.fuse_incident

    def counted(context: Any, incident: Incident) -> Any:
        seen.append((len(context.reports), len(context.claims), len(context.origins)))
        return fuse(context, incident)

    monkeypatch.setattr(history_module, "fuse_incident", counted)
    assert len(history(made.ledger(), "in_biu0").steps) == 2
    assert seen == [(1, 4, 1), (2, 8, 1)]
