"""An invented affair: gold is read, a small ledger is placed among it, and figures are as counted by hand."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factory import claim, mention, page, published, report
from world import world

from attested.errors import InputError
from attested.evaluation.incidents import evaluate, figures_of
from attested.evaluation.incidents_files import Gold, days, read_gold
from attested.evaluation.incidents_pairs import Pairing, pair_incidents
from attested.evaluation.scorers import Figure
from attested.incidents.context import Resolved
from attested.ledger.store import Ledger
from attested.model import Claim, Incident, Mention, Report
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import PartialDate, Place, Score

MILL, FAIR = date(2019, 5, 4), date(2019, 5, 11)
YOLA = Place("Yola", "NG", 9.21, 12.48, "Adamawa", precision=1)

FIRST = "Gunmen attacked the mill in Yola on Saturday. Three millers were killed. They recalled the bombing of 2012."
SECOND = "The attack at the mill killed four millers. If the gang attacks again, the mill will close."
THIRD = "A band beat its rival in the final. Traders clashed at the fair."
TEXTS = {"a": FIRST, "b": SECOND, "c": THIRD}


def told(
    key: str, *words: str, killed: tuple[int, ...] = (), injured: tuple[int, ...] = ()
) -> dict[str, Any]:
    spans = [[TEXTS[key].index(w), TEXTS[key].index(w) + len(w)] for w in words]
    return {"killed": killed, "injured": injured, "at": spans}


def row(id: str, day: str | None, reports: dict[str, Any], **more: Any) -> dict[str, Any]:
    usual = {
        "id": id, "type": ["Attack"], "day": day, "within": day, "country": ["NG"], "city": None, "killed": None,
        "injured": None, "is_background": False, "is_crime": False, "disagreements": [], "reports": reports,
    }  # fmt: skip
    return usual | more


ROWS = [
    row(
        "mill",
        "2019-05-04",
        {"a": told("a", FIRST, killed=(3,)), "b": told("b", "The attack at the mill killed", killed=(4,))},
        killed={"low": 3, "best": 3, "high": 4},
        disagreements=[{"field": "killed", "kind": "conflict", "values": [3, 4]}],
    ),
    row("bombing", "2012-01-01/2012-12-31", {"a": told("a", "the bombing of 2012")}, is_background=True),
    row("fair", None, {"c": told("c", "Traders clashed at the fair")}),
]
LEFT_OUT = [("b", "If the gang attacks again", "hypothetical"), ("c", "A band beat its rival", "sport")]


def write(folder: Path, rows: list[dict[str, Any]] = ROWS, scope: str = "a\nb\n") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "incidents.json").write_text(json.dumps(rows), encoding="utf-8")
    lines = [f"{k}\t{TEXTS[k].index(w)}\t{TEXTS[k].index(w) + len(w)}\t{why}" for k, w, why in LEFT_OUT]
    (folder / "not_coded.tsv").write_text("# report\tstart\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "reports.txt").write_text(scope, encoding="utf-8")
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    return read_gold(write(tmp_path / "gold"))


# --- files --------------------------------------------------------------------------------------------------------


def test_the_shortest_stretch_around_an_offset_says_what_it_tells(gold: Gold) -> None:
    inside = gold.stretch_at("a", FIRST.index("bombing"))
    assert inside is not None
    assert (inside.of, inside.tells_incident) == ("bombing", True)
    around = gold.stretch_at("a", FIRST.index("attacked"))
    assert around is not None
    assert around.of == "mill"
    assert gold.stretch_at("b", SECOND.index("close")) is None
    assert [one.of for one in gold.must_not] == ["hypothetical", "sport"]


@pytest.mark.parametrize(
    ("said", "interval"),
    [
        ("2019-05-04", PartialDate.day(MILL)),
        ("2019-05-04/2019-05-11", PartialDate.span(MILL, FAIR)),
        (None, PartialDate()),
    ],
)
def test_days_are_read_as_intervals(said: str | None, interval: PartialDate) -> None:
    assert days(said) == interval


def test_a_broken_set_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file incidents\.json"):
        read_gold(tmp_path)
    folder = write(tmp_path / "gold", [ROWS[0] | {"day": "on Saturday"}])
    with pytest.raises(InputError, match="row 1"):
        read_gold(folder)
    write(folder)
    (folder / "not_coded.tsv").write_text("a\t1\t2\n", encoding="utf-8")
    with pytest.raises(InputError, match="3 columns instead of 4"):
        read_gold(folder)


# --- a small ledger -----------------------------------------------------------------------------------------------

A, B, C = (report(text, id=f"r{key}", page_id=f"p{key}") for key, text in TEXTS.items())
ATTACKED, KILLED, BOMBING = mention(A, "attacked"), mention(A, "killed"), mention(A, "bombing")
ATTACK, AGAIN, BEAT = mention(B, "attack at"), mention(B, "attacks"), mention(C, "beat")
CLAIMS = [
    claim(A, ATTACKED, date="Saturday", id="d1"),
    claim(A, ATTACKED, place="Yola", id="p1"),
    claim(A, KILLED, killed=3, says="Three", id="k1"),
    claim(B, ATTACK, killed=4, says="four", id="k2"),
]
LINKS = {"p1": PlaceLink(YOLA, Score(1.0))}


def ledger(*groups: list[Mention], claims: list[Claim] = CLAIMS) -> Ledger:
    """A ledger of the three reports whose incidents have these mentions."""
    reports: tuple[Report, ...] = (A, B, C)
    mentions = [one for group in groups for one in group]
    context = world(reports, mentions, claims)
    return Ledger(
        pages=tuple(page(r.text, id=r.page_id, key=key) for key, r in zip(TEXTS, reports, strict=True)),
        reports=reports,
        outlines=tuple(context.outlines.values()),
        mentions=tuple(mentions),
        claims=tuple(claims),
        published={r.id: published(r, FAIR) for r in reports},
        origins=context.origins,
        incidents=tuple(Incident(f"in{n}", "Attack", tuple(m.id for m in g)) for n, g in enumerate(groups)),
        resolved=Resolved({"d1": Anchored(PartialDate.day(MILL), "test")}, LINKS, {}),
    )


def fates(pairing: Pairing) -> dict[str, str]:
    return {one.fused.id: pairing.fate(one) for one in pairing.placed}


def figures(book: Ledger, gold: Gold) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures_of(book, gold)}


def test_an_incident_is_of_what_most_of_its_mentions_tell(gold: Gold) -> None:
    pairing = pair_incidents(ledger([ATTACKED, ATTACK, BOMBING], [KILLED], [AGAIN], [BEAT]), gold)
    assert fates(pairing) == {"in0": "paired", "in1": "split", "in2": "must not", "in3": "must not"}
    swallowed = pairing.swallowed_in("bombing")
    assert swallowed is not None
    assert swallowed.fused.id == "in0"
    assert pairing.swallowed_in("fair") is None
    assert pairing.swallowed_in("mill") is None


def test_among_equals_an_incident_is_of_what_is_coded(gold: Gold) -> None:
    pairing = pair_incidents(ledger([BEAT, AGAIN, ATTACK]), gold)
    assert pairing.paired.keys() == {"mill"}


def test_figures_are_those_counted_by_hand(gold: Gold) -> None:
    found = figures(ledger([ATTACKED, KILLED, ATTACK], [AGAIN], [BEAT]), gold)
    assert found["found"].value == pytest.approx(1 / 3)
    assert found["found news"].value == 0.5
    assert found["found background"].value == 0.0
    # Of the two incidents in the coded reports one is the mill's, one a feared one.
    assert found["matched"].value == found["extra"].value == 0.5
    assert found["split"].value == 0.0
    assert found["extra"].note == "1 must not be coded, 0 unlisted"
    for name in ("type", "day", "country", "killed", "injured", "killed by report"):
        assert found[name].value == 1.0, name
    assert found["killed low and high"].value == 1.0
    assert found["disagreements found"].value == 1.0
    assert found["disagreements spurious"].value == 0.0
    assert found["left out"].value == 0.0
    assert found["other reports without one"].value == 0.0


def test_wrong_values_are_wrong(gold: Gold) -> None:
    two = [*CLAIMS[:2], replace(CLAIMS[2], value=2), replace(CLAIMS[3], value=5)]
    found = figures(ledger([ATTACKED, KILLED, ATTACK], claims=two), gold)
    assert found["killed"].value == 0.0
    assert found["killed low and high"].note == "low 0, high 0 right"
    assert found["killed by report"].value == 0.0
    undated = figures(ledger([KILLED, ATTACK], claims=CLAIMS[2:]), gold)
    assert undated["day"].value == undated["country"].value == 0.0
    assert undated["other reports without one"].value == 1.0


def test_a_disagreement_that_no_coder_sees_is_spurious(gold: Gold) -> None:
    [mill, *others] = gold.incidents
    calm = replace(gold, incidents=(replace(mill, disagreements=()), *others))
    found = figures(ledger([ATTACKED, KILLED, ATTACK]), calm)
    assert found["disagreements spurious"].value == 1.0
    assert found["disagreements spurious"].note == "1 killed"


def test_a_day_finer_than_the_words_is_wrong(gold: Gold) -> None:
    [mill, *others] = gold.incidents
    week = PartialDate.span(date(2019, 5, 1), date(2019, 5, 7))
    vague = replace(gold, incidents=(replace(mill, day=week, within=week), *others))
    assert figures(ledger([ATTACKED, KILLED, ATTACK]), vague)["day"].value == 0.0
    licensed = replace(gold, incidents=(replace(mill, within=week), *others))
    assert figures(ledger([ATTACKED, KILLED, ATTACK]), licensed)["day"].value == 1.0


# --- the whole chain ----------------------------------------------------------------------------------------------


def test_the_shipped_chain_is_run_over_the_pile(tmp_path: Path) -> None:
    text = (
        "YOLA, Nigeria -- Gunmen killed three millers on Saturday when they attacked a mill in Yola, Nigeria, police "
        "said.\n\nThe mill had just been opened for the morning, and a queue stood in the street. Nobody has been "
        "arrested, and the owner did not know the men."
    )
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.json").write_text(
        json.dumps({"text": text, "title": "Millers killed", "date_publish": "2019-05-06T08:00:00"}),
        encoding="utf-8",
    )
    reports = {"a": {"killed": [3], "injured": [], "at": [[0, len(text)]]}}
    rows = [row("mill", "2019-05-04", reports, killed={"low": 3, "best": 3, "high": 3})]
    folder = write(tmp_path / "gold", rows, scope="a\n")
    (folder / "texts.txt").write_text("../texts\n", encoding="utf-8")
    found = evaluate(folder)
    assert found.measured == ("incidents.json", "not_coded.tsv")
    assert [found[name] for name in ("found", "matched", "day", "country", "killed", "killed by report")] == [
        1.0
    ] * 6
