"""Ids last: rows keep the id of the earlier row that most of their mentions were in; merged ids lead on."""

from random import Random

from factory import mention, report
from hypothesis import given
from hypothesis import strategies as st

from attested.ids import make_id
from attested.incidents.anchors import Finder
from attested.incidents.naming import Names
from attested.model import Given, Incident, Redirect

TEXT = " ".join(f"bomb{n:02}" for n in range(12))
REPORT = report(TEXT)
MENTIONS = sorted((mention(REPORT, f"bomb{n:02}") for n in range(12)), key=lambda m: m.id)
IDS = [m.id for m in MENTIONS]
FINDER = Finder({m.id: m for m in MENTIONS}, {}, {REPORT.id: REPORT})
Groups = list[list[int]]


class Ledger:
    """What is kept of ids from run to run."""

    def __init__(self) -> None:
        self.given: tuple[Given, ...] = ()
        self.redirects: tuple[Redirect, ...] = ()
        self.rows: tuple[Incident, ...] = ()

    def run(self, *groups: list[int]) -> list[str]:
        """The ids of these groups of mentions, in their order."""
        found = [Incident("", "Attack", tuple(sorted(IDS[n] for n in group))) for group in groups]
        names = Names(self.given, self.redirects, FINDER, {"incident": self.rows})
        self.rows = names.name("incident", found)
        self.given, self.redirects = names.given, names.redirects
        by_mentions = {row.mention_ids: row.id for row in self.rows}
        return [by_mentions[row.mention_ids] for row in found]

    def led(self) -> dict[str, str]:
        return {r.old: r.new for r in self.redirects}


def test_a_first_run_names_rows_by_their_first_mention() -> None:
    assert Ledger().run([2, 3], [5]) == [make_id("in", IDS[2]), make_id("in", IDS[5])]


def test_a_smaller_mention_that_joins_does_not_change_the_id() -> None:
    ledger = Ledger()
    [before] = ledger.run([4, 5])
    assert ledger.run([0, 4, 5]) == [before]


def test_the_larger_of_two_merged_rows_goes_on_and_the_other_leads_to_it() -> None:
    ledger = Ledger()
    small, large = ledger.run([0], [3, 4])
    assert ledger.run([0, 3, 4]) == [large]
    assert ledger.led() == {small: large}


def test_of_equal_rows_the_oldest_goes_on() -> None:
    ledger = Ledger()
    [old] = ledger.run([5])
    ledger.run([0], [5])
    assert ledger.run([0, 5]) == [old]


def test_the_larger_part_of_a_split_row_keeps_the_id() -> None:
    ledger = Ledger()
    [before] = ledger.run([0, 1, 2])
    small, large = ledger.run([0], [1, 2])
    assert large == before
    assert small not in (before, make_id("in", IDS[1]))


def test_of_equal_parts_the_one_with_the_first_mention_keeps_it() -> None:
    ledger = Ledger()
    [before] = ledger.run([5])
    ledger.run([0, 5])
    assert ledger.run([0], [5])[1] == before, "5 was in it first"


def test_an_undone_merge_gives_both_ids_back() -> None:
    ledger = Ledger()
    before = ledger.run([0, 1], [3, 4], [6])
    ledger.run([0, 1, 3, 4], [6])
    assert ledger.run([0, 1], [3, 4], [6]) == before
    assert ledger.led() == {}


def test_a_row_that_was_gone_comes_back_under_its_id() -> None:
    ledger = Ledger()
    first, second = ledger.run([0, 1], [3])
    assert ledger.run([3]) == [second]
    assert ledger.led() == {}, "it leads nowhere: its mentions are in no row"
    assert ledger.run([0, 1], [3]) == [first, second]


def test_redirects_lead_straight_to_what_stands() -> None:
    ledger = Ledger()
    a, b, c = ledger.run([0], [1, 2], [3, 4, 5])
    ledger.run([0, 1, 2], [3, 4, 5])
    ledger.run([0, 1, 2, 3, 4, 5])
    stays = ledger.rows[0].id
    assert stays in (b, c)
    assert ledger.led() == {old: stays for old in (a, b, c) if old != stays}


def test_a_ledger_from_before_ids_were_kept_keeps_its_ids() -> None:
    ledger = Ledger()
    ledger.rows = (Incident("in_old", "Attack", (IDS[1], IDS[2])),)
    assert ledger.run([0, 1, 2], [4])[0] == "in_old"


def test_ids_outlast_a_reader_that_finds_other_words_of_the_same() -> None:
    ledger = Ledger()
    [before] = ledger.run([0, 1])
    at = {m.id: m.trigger.start for m in MENTIONS}
    wider = [
        mention(REPORT, f"{m.trigger.text} ", id=f"new {m.id}") for m in MENTIONS if m.trigger.end < len(TEXT)
    ]
    finder = Finder({m.id: m for m in wider}, {}, {REPORT.id: REPORT})
    names = Names(ledger.given, (), finder, {"incident": ()})
    own = tuple(m.id for m in wider if m.trigger.start in (at[IDS[0]], at[IDS[1]]))
    [row] = names.name("incident", [Incident("", "Attack", own)])
    assert row.id == before


@st.composite
def partitions(draw: st.DrawFn) -> Groups:
    homes = draw(st.lists(st.integers(0, 4), min_size=12, max_size=12))
    groups = [[n for n, home in enumerate(homes) if home == wanted] for wanted in range(1, 5)]
    return [group for group in groups if group]


@given(st.lists(partitions(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_ids_are_unique_stable_and_never_given_twice(runs: list[Groups], random: Random) -> None:
    ledger, other = Ledger(), Ledger()
    meaning: dict[str, set[int]] = {}
    for groups in runs:
        names = ledger.run(*groups)
        shuffled = list(groups)
        random.shuffle(shuffled)
        again = dict(zip(map(tuple, shuffled), other.run(*shuffled), strict=True))
        assert [again[tuple(group)] for group in groups] == names, "whatever the order"
        assert len(set(names)) == len(names)
        assert ledger.run(*groups) == names, "a rerun changes nothing"
        for name, group in zip(names, groups, strict=True):
            assert name not in meaning or meaning[name] & set(group), "an id never names something else"
            meaning[name] = set(group)
        assert not ledger.led().keys() & set(names), "what stands leads nowhere"


@given(partitions(), st.integers(0, 11))
def test_one_more_mention_changes_no_id(groups: Groups, more: int) -> None:
    ledger = Ledger()
    before = [[n for n in group if n != more] for group in groups]
    kept = [n for n, group in enumerate(before) if group]
    names = ledger.run(*(before[n] for n in kept))
    after = ledger.run(*groups)
    assert [after[n] for n in kept] == names
