"""What people decided wins over points and vetoes; the later of two decisions stands; nothing is dropped."""

from dataclasses import replace
from datetime import date

import pytest
from factory import claim, mention, report
from hypothesis import given
from hypothesis import strategies as st
from world import BIU, YOLA, world

from attested.incidents.anchors import Anchor, Finder, anchors_in, read_anchor
from attested.incidents.context import FuseContext
from attested.incidents.judged import CLAIM, LOST, STANDS, UNDO, Decided, decide
from attested.incidents.links import Links
from attested.incidents.merge import merge_incidents
from attested.incidents.statements import merge_statements
from attested.model import Claim, Incident, Judgement, Mention, Origin, Report

TUESDAY, FRIDAY = date(2025, 3, 11), date(2025, 3, 14)


class Pile:
    """Reports of bombs, each with one mention: the first ``n_alike`` in Biu on Tuesday, the rest each elsewhere."""

    def __init__(self, n: int = 6, n_alike: int = 3, kind: str = "incident") -> None:
        self.reports = [
            report(f"Report {i}: a bomb killed {i + 1} people in the town that day.") for i in range(n)
        ]
        self.mentions = [mention(r, "bomb", kind=kind, type="Grenade") for r in self.reports]
        self.days = {}
        self.places = {}
        self.claims: list[Claim] = []
        for i, (owner, own) in enumerate(zip(self.reports, self.mentions, strict=True)):
            day = claim(owner, own, date="that day")
            place = claim(owner, own, place="the town")
            self.days[day.id] = TUESDAY if i < n_alike else date(2025, 5, 1 + 3 * i)
            self.places[place.id] = BIU if i < n_alike else YOLA
            self.claims += [day, place, claim(owner, own, killed=i + 1, says=f"{i + 1} people")]

    def context(self, *judgements: Judgement) -> FuseContext:
        out_on = {r.id: date(2025, 3, 15) for r in self.reports}
        rows = world(
            self.reports, self.mentions, self.claims, days=self.days, places=self.places, out_on=out_on
        )
        return rows.under(judgements)

    def incidents(self, *judgements: Judgement) -> tuple[Incident, ...]:
        return merge_incidents(self.context(*judgements), [], [])

    def groups(self, *judgements: Judgement) -> list[set[int]]:
        number = {m.id: n for n, m in enumerate(self.mentions)}
        found = [{number[m] for m in incident.mention_ids} for incident in self.incidents(*judgements)]
        return sorted(found, key=min)

    def finder(self) -> Finder:
        rows = self.context()
        return Finder(rows.mentions, rows.claims, rows.reports)

    def side(self, *numbers: int) -> str:
        return "\n".join(str(self.finder().of_mention(self.mentions[n].id)) for n in numbers)

    def one(self, *numbers: int, id: str = "jd_1", **more: str) -> Judgement:
        return judged(id, "same incident", self.side(*numbers), "positive", **more)

    def two(self, left: list[int], right: list[int], id: str = "jd_1", **more: str) -> Judgement:
        return judged(id, "same incident", self.side(*left), "negative", right=self.side(*right), **more)


def judged(id: str, kind: str, left: str, verdict: str, **more: str) -> Judgement:
    found: Judgement = Judgement(
        id,
        kind,
        left,
        more.pop("right", None),
        verdict,
        by="anna",
        at="2025-06-01T10:00:00+00:00",
        **more,  # type: ignore[arg-type]
    )
    return found


def undo(id: str, of: str) -> Judgement:
    return judged(id, UNDO, of, "unsure", supersedes=of)


@pytest.fixture(scope="module")
def pile() -> Pile:
    return Pile()


def test_without_decisions_points_and_vetoes_rule(pile: Pile) -> None:
    assert pile.groups() == [{0, 1, 2}, {3}, {4}, {5}]


def test_what_is_decided_to_be_one_is_joined_in_spite_of_vetoes(pile: Pile) -> None:
    assert pile.groups(pile.one(0, 4)) == [{0, 1, 2, 4}, {3}, {5}]


def test_what_is_decided_to_be_two_is_never_one(pile: Pile) -> None:
    assert pile.groups(pile.two([0], [1, 2])) == [{0}, {1, 2}, {3}, {4}, {5}]


def test_neither_by_way_of_a_third(pile: Pile) -> None:
    groups = pile.groups(pile.two([0], [1]))
    assert {0, 1} not in [group & {0, 1} for group in groups]
    assert [len(group) for group in groups if 2 in group] == [2], "the third goes with one of them"


def test_each_part_of_a_decided_incident_still_takes_in_what_is_like_it() -> None:
    pile = Pile(4, 3)
    assert pile.groups(pile.one(0, 3)) == [{0, 1, 2, 3}]


def test_what_is_decided_to_be_one_keeps_off_what_its_other_parts_veto() -> None:
    pile = Pile(3, 3)
    first, vague, later = (pile.claims[3 * n].id for n in range(3))
    pile.days = {first: TUESDAY, later: FRIDAY}
    assert vague not in pile.days
    assert pile.groups() in ([{0, 1}, {2}], [{0}, {1, 2}])
    assert pile.groups(pile.two([0], [1])) == [{0}, {1, 2}], "the vague one fits the other day"
    assert pile.groups(pile.one(0, 1)) == [{0, 1}, {2}], "but not where it is told with this day"
    assert pile.groups(pile.one(0, 2)) == [{0, 1, 2}], "and it fits where a person put both days"


def test_the_later_of_two_decisions_stands(pile: Pile) -> None:
    merge, split = pile.one(0, 4), pile.two([0], [4], id="jd_2")
    assert pile.groups(merge, split) == pile.groups()
    assert pile.groups(split, replace(merge, id="jd_3")) == [{0, 1, 2, 4}, {3}, {5}]
    states = pile.context(merge, split).decided.states
    assert states == {"jd_1": "overruled by a later decision", "jd_2": STANDS}


def test_a_decision_that_a_later_one_overrules_in_part_holds_for_the_rest(pile: Pile) -> None:
    merge, split = pile.one(3, 4, 5), pile.two([5], [3, 4], id="jd_2")
    assert pile.groups(merge, split) == [{0, 1, 2}, {3, 4}, {5}]
    assert pile.context(merge, split).decided.states["jd_1"].startswith("stands in part")


def test_an_undone_decision_stands_no_longer_and_an_undone_undoing_brings_it_back(pile: Pile) -> None:
    merge = pile.one(0, 4)
    assert pile.groups(merge, undo("jd_2", "jd_1")) == pile.groups()
    assert pile.groups(merge, undo("jd_2", "jd_1"), undo("jd_3", "jd_2")) == pile.groups(merge)
    states = pile.context(merge, undo("jd_2", "jd_1")).decided.states
    assert states["jd_1"] == "undone by jd_2"


def test_who_decided_and_why_is_told_with_the_incident(pile: Pile) -> None:
    [incident] = [i for i in pile.incidents(pile.one(0, 4, note="one blast")) if len(i.mention_ids) == 4]
    assert incident.why_merged[0] == "anna decided on 2025-06-01 that these are one incident: one blast"
    apart = [i for i in pile.incidents(pile.two([0], [1, 2])) if pile.mentions[0].id in i.mention_ids]
    assert apart[0].why_merged == ("anna decided on 2025-06-01 that others are another incident",)


def test_a_rejected_mention_makes_no_incident_and_its_claims_count_nowhere(pile: Pile) -> None:
    reject = judged("jd_1", "incident", pile.side(2, 3), "negative")
    assert pile.groups(reject) == [{0, 1}, {4}, {5}]
    assert not [c for c in pile.context(reject).claims.values() if c.mention_id == pile.mentions[3].id]
    confirm = judged("jd_2", "incident", pile.side(3), "positive")
    assert pile.groups(reject, confirm) == [{0, 1}, {3}, {4}, {5}], "the later decision on each"
    assert pile.context(reject, confirm).decided.states["jd_1"].startswith("stands in part")


def test_a_mention_that_is_rejected_still_joins_what_was_decided_to_be_one(pile: Pile) -> None:
    reject = judged("jd_2", "incident", pile.side(3), "negative")
    assert pile.groups(pile.one(3, 4, 5), reject) == [{0, 1, 2}, {4, 5}]


def test_a_confirmed_mention_counts_though_the_program_doubts_it() -> None:
    pile = Pile(2, 1)
    pile.mentions[1] = replace(pile.mentions[1], status="planned", why="a plan")
    assert pile.groups() == [{0}]
    assert pile.groups(judged("jd_1", "incident", pile.side(1), "positive")) == [{0}, {1}]


def test_what_is_rejected_in_a_report_is_rejected_in_its_copies_alone() -> None:
    text = "A bomb killed 4 people in the town."
    wire, copy, other = report(text), report(text + " "), report("Elsewhere. " + text)
    mentions = [mention(r, "bomb") for r in (wire, copy, other)]
    claims = [
        claim(r, m, killed=4, says="4 people") for r, m in zip((wire, copy, other), mentions, strict=True)
    ]
    context = world([wire, copy, other], mentions, claims, families=[[wire, copy]])
    anchors = Finder(context.mentions, context.claims, context.reports)
    wrong = judged("jd_1", CLAIM, str(anchors.of_claim(claims[0].id)), "negative")
    assert set(context.under([wrong]).claims) == {claims[2].id}
    none = judged("jd_1", "incident", str(anchors.of_mention(mentions[1].id)), "negative")
    assert set(context.under([none]).mentions) == {mentions[2].id}


def test_decisions_name_words_so_a_new_reading_of_them_is_found() -> None:
    owner = report("Two people died in a car bomb attack in Biu.")
    old, new = mention(owner, "bomb"), mention(owner, "car bomb attack")
    line = str(Finder({old.id: old}, {}, {owner.id: owner}).of_mention(old.id))
    assert old.id != new.id
    found = Finder({new.id: new}, {}, {owner.id: owner}).mentions(anchors_in(line), "incident")
    assert found == [new.id]
    assert Finder({new.id: new}, {}, {owner.id: owner}).mentions(anchors_in(line), "statement") == []


def test_decisions_follow_a_page_whose_file_has_another_name(pile: Pile) -> None:
    renamed = {r.id: replace(r, page_id="pg_new" + r.id) for r in pile.reports}
    mentions = {m.id: m for m in pile.mentions}
    one = judged("jd_1", "claim", str(pile.finder().of_claim(pile.claims[2].id)), "negative")
    decided = decide([pile.one(0, 4, id="jd_2"), one], mentions, {c.id: c for c in pile.claims}, renamed)
    assert set(decided.wrong) == {pile.claims[2].id}, "the only one that says 1"
    assert decided.states["jd_2"] == LOST, "the same words stand at the same place in six pages"
    alone = {pile.mentions[0].id: pile.mentions[0]}
    assert decide([pile.one(0, 4)], alone, {}, renamed).mentions == {"jd_1": (pile.mentions[0].id,)}


def test_a_decision_whose_words_are_gone_is_kept_and_says_so(pile: Pile) -> None:
    merge = pile.one(0, 4)
    fewer = {m.id: m for m in pile.mentions[:3]}
    decided = decide([merge], fewer, {}, {r.id: r for r in pile.reports})
    assert decided.judgements == (merge,)
    assert decided.states["jd_1"] == "stands; 1 of 2 no longer fit"
    gone = decide([merge], {}, {}, {})
    assert gone.states == {"jd_1": LOST}


@given(
    st.builds(Anchor, st.from_regex(r"pg_[a-z]{3}", fullmatch=True), st.integers(0, 99), st.integers(0, 99))
)
def test_an_anchor_is_read_back(anchor: Anchor) -> None:
    for words in ("", "bombed", "four = 4 officers"):
        full = replace(anchor, words=words)
        assert read_anchor(str(full)) == full
        said = replace(full, field="killed", value="4")
        assert read_anchor(str(said)) == said
    assert read_anchor("in_abc") is None


def test_statements_obey_too() -> None:
    text = "The mayor warned that the bridge would close."
    rows = [report(text + " " * n) for n in range(2)]
    mentions = [mention(r, "warned", kind="statement", type="THREATEN") for r in rows]
    claims = [claim(r, m, speaker="The mayor") for r, m in zip(rows, mentions, strict=True)]
    context = world(rows, mentions, claims)
    anchors = Finder(context.mentions, {}, context.reports)
    left, right = (str(anchors.of_mention(m.id)) for m in mentions)

    def n_statements(*judgements: Judgement) -> int:
        return len(merge_statements(context.under(judgements), [], []))

    assert n_statements(judged("jd_1", "same statement", left, "negative", right=right)) == 2
    merge = judged("jd_1", "same statement", left, "positive", right=right)
    assert n_statements(merge) == 1
    reject = judged("jd_2", "statement", left, "negative")
    assert n_statements(merge, reject) == 1


SIX = Pile()
NUMBERS = st.lists(st.integers(0, 5), min_size=2, max_size=4, unique=True)


@st.composite
def decisions(draw: st.DrawFn) -> list[Judgement]:
    """Any sequence of merges, splits and undoings."""
    made: list[Judgement] = []
    for n in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["one", "two", "undo"] if made else ["one", "two"]))
        numbers = draw(NUMBERS)
        if kind == "one":
            made.append(SIX.one(*numbers, id=f"jd_{n}"))
        elif kind == "two":
            cut = draw(st.integers(1, len(numbers) - 1))
            made.append(SIX.two(numbers[:cut], numbers[cut:], id=f"jd_{n}"))
        else:
            made.append(undo(f"jd_{n}", draw(st.sampled_from([j.id for j in made]))))
    return made


@given(decisions())
def test_any_sequence_of_decisions_holds_where_nothing_later_speaks_against_it(made: list[Judgement]) -> None:
    context = SIX.context(*made)
    home = {m: i.id for i in merge_incidents(context, [], []) for m in i.mention_ids}
    assert set(home) == {m.id for m in SIX.mentions}, "no mention is lost"
    decided = context.decided
    for kept in decided.together.get("incident", ()):
        assert home[kept.left] == home[kept.right]
    for kept in decided.apart.get("incident", ()):
        assert home[kept.left] != home[kept.right]
    _the_last_stands_whole(made, decided, home)


def _the_last_stands_whole(made: list[Judgement], decided: Decided, home: dict[str, str]) -> None:
    """The last decision that is not undone is obeyed wholly."""
    standing = [j for j in made if j.kind != UNDO and not decided.states[j.id].startswith("undone")]
    if standing:
        assert decided.states[standing[-1].id] == STANDS
        named = decided.mentions[standing[-1].id]
        assert len({home[m] for m in named}) == (1 if standing[-1].verdict == "positive" else 2)


@given(decisions(), st.permutations(range(6)))
def test_the_order_of_mentions_changes_nothing_under_decisions(
    made: list[Judgement], order: list[int]
) -> None:
    rows = SIX.context()
    shuffled = replace(rows, mentions={SIX.mentions[n].id: SIX.mentions[n] for n in order})
    found = [merge_incidents(context.under(made), [], []) for context in (rows, shuffled)]
    assert found[0] == found[1]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_groups_grow_and_never_hold_what_is_kept_apart(steps: list[tuple[bool, int, int]]) -> None:
    links = Links[int]()
    joined, parted = [], []
    for is_join, i, j in steps:
        if is_join and links.join(i, j):
            joined.append((i, j))
        elif not is_join and links.part(i, j):
            parted.append((i, j))
        assert all(links.home(a) == links.home(b) for a, b in joined)
        assert all(links.home(a) != links.home(b) and links.forbids(a, b) for a, b in parted)


def test_origins_tell_what_is_a_copy() -> None:
    """Without origins a report is a copy of none: only its own mention is rejected."""
    rows: list[Report] = [report("A bomb fell."), report("A bomb fell. ")]
    mentions: list[Mention] = [mention(r, "bomb") for r in rows]
    by_id = {m.id: m for m in mentions}
    line = str(Finder(by_id, {}, {r.id: r for r in rows}).of_mention(mentions[0].id))
    none = judged("jd_1", "incident", line, "negative")
    alone = decide([none], by_id, {}, {r.id: r for r in rows})
    copied = decide([none], by_id, {}, {r.id: r for r in rows}, [Origin("or_1", tuple(r.id for r in rows))])
    assert (len(alone.rejected), len(copied.rejected)) == (1, 2)
