"""Mentions of one act by one speaker meet; two people, two days or two matters stay apart."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations

import pytest
from factory import claim, mention, outline, quote, report
from world import copy_of, world

from attested.incidents.context import FuseContext
from attested.incidents.statements import FusedStatement, fuse_statements, merge_statements, state_of
from attested.model import Claim, Derivation, Mention, Quote, QuoteLink, Report, Story
from attested.values import Actor

MONDAY, FRIDAY = date(2025, 3, 10), date(2025, 3, 14)
WORDS = "{who} blamed the rebels that day over the burned bridge near the river. Report {n}."
ORTIZ = Actor("ac_ortiz", "Juan Ortiz", "person")
SILVA = Actor("ac_silva", "Ana Silva", "person")
COUNCIL = Actor("ac_council", "Harbour Council", "body")
PERU = Actor("ac_peru", "Peru", "country", country="PE")


@dataclass(frozen=True)
class Told:
    report: Report
    mention: Mention
    claims: tuple[Claim, ...]
    days: dict[str, date]
    actors: dict[str, str]
    quotes: tuple[Quote, ...] = ()


def told(
    n: int,
    who: str = "Juan Ortiz",
    *,
    actor: Actor | None = ORTIZ,
    act: str = "ACCUSE",
    mode: str = "",
    day: date | None = MONDAY,
    behalf: str | None = None,
    text: str = WORDS,
    what: str = "the burned bridge near the river",
    quoted: str | None = None,
) -> Told:
    page = report(text.format(who=f"{behalf} {who}" if behalf else who, n=n))
    found = mention(page, "blamed", kind="statement", type=act, mode=mode)
    rows = [claim(page, found, speaker=who), claim(page, found, what=what)]
    actors = {rows[0].id: actor.id} if actor else {}
    days = {}
    if day:
        rows.append(claim(page, found, date="that day"))
        days[rows[-1].id] = day
    if behalf:
        rows.append(claim(page, found, on_behalf_of=behalf))
    quotes = (quote(page, quoted, speaker=who),) if quoted else ()
    return Told(page, found, tuple(rows), days, actors, quotes)


def ledger(*rows: Told, links: bool = False, derivations: tuple[Derivation, ...] = ()) -> FuseContext:
    context = world(
        [r.report for r in rows],
        [r.mention for r in rows],
        [c for r in rows for c in r.claims],
        days={k: v for r in rows for k, v in r.days.items()},
        families=[[r.report for r in rows]] if derivations else (),
    )
    all_quotes = tuple(q.id for r in rows for q in r.quotes)
    context = replace(
        context,
        actors=(ORTIZ, SILVA, PERU, COUNCIL),
        outlines={r.report.id: outline(r.report, quotes=r.quotes) for r in rows},
        resolved=replace(context.resolved, actors={k: v for r in rows for k, v in r.actors.items()}),
        quote_links={q: QuoteLink(q, tuple(o for o in all_quotes if o != q)) for q in all_quotes if links},
    )
    story = Story("st_1", "", tuple(r.report.id for r in rows))
    return replace(context, statements=merge_statements(context, [story], derivations))


def fused(*rows: Told, **more) -> list[FusedStatement]:
    return fuse_statements(ledger(*rows, **more))


def test_two_reports_of_one_statement_are_one_row() -> None:
    (row,) = fused(told(1), told(2))
    assert (row.speaker, row.act, row.n_reports, row.n_origins) == ("Juan Ortiz", "ACCUSE", 2, 2)
    assert row.date.start == MONDAY
    assert row.why_merged == ("same speaker, same matter",)


def test_a_copy_adds_no_origin() -> None:
    one, two = told(1), told(2)
    (row,) = fused(one, two, derivations=(copy_of(two.report, one.report),))
    assert (row.n_reports, row.n_origins) == (2, 1)
    assert row.why_merged == ("one copied passage",)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(told(2, "Ana Silva", actor=SILVA), id="another person"),
        pytest.param(told(2, day=FRIDAY), id="another day"),
        pytest.param(told(2, act="AGREE"), id="another act"),
    ],
)
def test_what_stays_apart(other: Told) -> None:
    assert len(fused(told(1), other)) == 2


def test_modes_of_one_act_stay_apart() -> None:
    assert len(fused(told(1, mode="allege"), told(2, mode="disapprove"))) == 2


def test_a_shared_quotation_joins_differing_words() -> None:
    text = "{who} blamed the rebels that day: “They burned the only bridge we had.” Report {n}."
    words = "They burned the only bridge we had."
    rows = [told(n, text=text, what=words, quoted=words) for n in (1, 2)]
    (row,) = fused(*rows, links=True)
    assert row.why_merged == ("one quotation",)
    assert len(row.quotes) == 2


def test_a_state_and_its_minister_are_one_speaker() -> None:
    minister = told(1, behalf="Peruvian")
    (row,) = fused(minister, told(2, "Peru", actor=PERU))
    assert (row.speaker, row.on_behalf_of) == ("Juan Ortiz", "Peru")


def test_a_capital_speaks_for_its_state_under_its_own_name() -> None:
    (row,) = fused(told(1, "Lima", actor=PERU))
    assert (row.speaker, row.on_behalf_of) == ("Lima", "Peru")


def test_an_undated_statement_is_from_its_reports_day() -> None:
    (row,) = fused(told(1, day=None))
    assert row.date.start == MONDAY


def test_two_days_in_one_cluster_are_a_contradiction() -> None:
    one, two = told(1), told(2, day=FRIDAY)
    (row,) = fused(one, two, derivations=(copy_of(two.report, one.report),))
    assert [[v.value for v in c.values] for c in row.contradictions] == [["2025-03-10", "2025-03-14"]]


def test_the_order_of_reports_does_not_matter() -> None:
    rows = [told(1), told(2), told(3, "Ana Silva", actor=SILVA), told(4, day=FRIDAY)]
    shapes = {tuple((s.id, s.mention_ids) for s in ledger(*order).statements) for order in permutations(rows)}
    assert len(shapes) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [("Peruvian", "PE"), ("assistant secretary of state", "US"), ("Kremlin", "RU"), ("rebels", None)],
)
def test_the_state_that_words_stand_for(words: str, code: str | None) -> None:
    assert state_of(words) == code


def test_the_matter_is_the_persons_own() -> None:
    state = told(1, "Peru", actor=PERU, what="the burned bridge")
    minister = told(2, behalf="Peruvian", what="the burned bridge near the river")
    (found,) = fused(state, minister)
    assert found.what == "the burned bridge near the river"


def test_a_matter_that_points_back_gives_way_to_its_sentence() -> None:
    (found,) = fused(told(1, what="that day"))
    assert "blamed the rebels" in found.what


def test_somebody_of_a_body_is_not_that_body() -> None:
    (found,) = fused(told(1, "an envoy of Harbour Council", actor=COUNCIL))
    assert found.speaker == "an envoy of Harbour Council"
    (whole,) = fused(told(2, "the Harbour Council", actor=COUNCIL))
    assert whole.speaker == "Harbour Council"
