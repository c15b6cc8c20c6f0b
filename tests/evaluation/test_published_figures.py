"""A dispatch, two copies of it and one report of another's making, by hand: taken dates are scored as they should."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.published import (
    LATE_DAYS,
    Scored,
    StatedReport,
    Target,
    chosen,
    evaluate,
    false_stamp,
    judge,
    read_sets,
    verdict_of,
)
from attested.evaluation.scorers import Figures
from attested.values import PartialDate

# Tuesday 8 March 2016.
DISPATCH = (
    "Two bridges over the river Olva fell on Tuesday and cut off the valley town of Varnholt, police said.\n\n"
    "A bus with eleven passengers was crossing the older bridge when its middle arch gave way. Divers brought "
    "four people ashore and were still looking for three others at nightfall.\n\n"
    "Mayor Ilse Krantz said the arch had been mended last autumn and passed by the county's engineers. "
    "She asked people to stay away from the banks while the water was rising.\n\n"
    "The railway to Varnholt was shut as well, and bread and blankets were taken in by helicopter."
)
FIRST_COPY = f"{DISPATCH}\n\nThe county has promised to tell more on its own pages."
SECOND_COPY = DISPATCH.rpartition("\n\n")[0]
INDEPENDENT = (
    "Varnholt could be reached by air alone after the river Olva tore down two of its bridges, and a bus fell "
    "with the older one.\n\n"
    "Our reporter counted nine boats on the Olva looking for missing passengers of the bus. Ilse Krantz, the "
    "mayor of Varnholt, wept as she read their names to a crowd beside the broken arch.\n\n"
    "Police let nobody near the banks of the river, and divers had to rest at nightfall."
)
TRUE, LATER = "2016-03-08", "2016-06-20"


def row(doc_id: str, text: str, day: str) -> dict[str, str]:
    return {"incident_id": "olva", "doc_id": doc_id, "title": "Bridges fall", "dct": day, "content": text}


PILE = [
    row("a", DISPATCH, TRUE),
    row("b", FIRST_COPY, TRUE),
    row("c", SECOND_COPY, TRUE),
    row("d", INDEPENDENT, TRUE),
]


def folder(tmp_path: Path, rows: Sequence[dict[str, str]], name: str = "docs.dev.jsonl") -> Path:
    (tmp_path / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return evaluate(folder(tmp_path_factory.mktemp("pile"), PILE))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Scored], list[Scored]]:
    (stated,) = read_sets([folder(tmp_path_factory.mktemp("pile"), PILE) / "docs.dev.jsonl"]).values()
    return judge(stated)


def test_one_copy_and_one_report_without_copies_are_altered(figures: Figures) -> None:
    n = {figure.name: figure.n for figure in figures.figures}
    assert (n["gva stripped copies right"], n["gva falsified copies right"]) == (1, 1)
    assert (n["gva stripped story right"], n["gva falsified story right"]) == (1, 1)


def test_a_copy_without_its_date_takes_that_of_the_others(figures: Figures) -> None:
    assert figures["gva stripped copies narrow"] == figures["gva stripped copies right"] == 1.0
    assert figures["gva stripped copies wrong"] == 0.0


def test_a_story_gives_a_wider_interval_than_copies_do(figures: Figures) -> None:
    assert (figures["gva stripped story right"], figures["gva stripped story narrow"]) == (1.0, 0.0)


def test_the_stated_day_is_gone_and_the_false_one_there(
    judged: tuple[list[Scored], list[Scored]],
) -> None:
    stripped, falsified = judged
    assert {c.kind for one in stripped for c in one.published.candidates} == set()
    for one in falsified:
        (stamp,) = one.published.candidates
        assert one.false is not None
        assert (stamp.kind, stamp.value) == ("stamp", one.false.value)


def test_a_copy_that_came_out_months_later_is_scored_wrong(tmp_path: Path) -> None:
    # Whichever of the two is drawn, the other's day is not its own.
    found = evaluate(folder(tmp_path, [row("a", DISPATCH, TRUE), row("b", FIRST_COPY, LATER)]))
    assert (found["gva stripped copies right"], found["gva stripped copies wrong"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        ("2016-03-08", "2016-03-08", "narrow"),
        ("2016-03-06", "2016-03-08", "narrow"),
        ("2016-03-05", "2016-03-08", "wide"),
        ("2016-03-08", "2016-04-07", "wide"),
        ("2016-03-08", "2016-04-08", "unknown"),
        ("2016-01-01", "2016-02-15", "unknown"),
        ("2016-03-09", "2016-03-09", "wrong"),
        ("2016-02-07", "2016-03-07", "wrong"),
    ],
)
def test_an_interval_is_judged_by_what_it_holds_and_its_width(first: str, last: str, verdict: str) -> None:
    interval = PartialDate.span(date.fromisoformat(first), date.fromisoformat(last))
    assert verdict_of(interval, date.fromisoformat(TRUE)) == verdict


def test_no_interval_is_unknown_and_not_wrong() -> None:
    assert verdict_of(PartialDate(), date.fromisoformat(TRUE)) == "unknown"


def test_false_stamps_are_later_and_half_of_them_doubted() -> None:
    day = date.fromisoformat(TRUE)
    stamps = [false_stamp(Target(f"rp_{n}", day, "copies")) for n in range(400)]
    late = [(stamp.value.start - day).days for stamp in stamps if stamp.value.start]
    assert (min(late), max(late)) == LATE_DAYS
    assert 150 < sum(stamp.why_not is not None for stamp in stamps) < 250
    assert {(stamp.kind, stamp.value.precision) for stamp in stamps} == {("stamp", "day")}


def test_whole_groups_are_chosen_those_of_several_reports_first() -> None:
    sizes = {"alone": 1, "pair": 2, "three": 3, "alone too": 1}
    stated = [StatedReport(f"{g}{i}", g, date(2016, 3, 8), {}) for g, n in sizes.items() for i in range(n)]
    kept = [report.group for report in chosen(stated, 6)]
    assert (kept.count("pair"), kept.count("three"), len(kept)) == (2, 3, 6)
    assert [report.group for report in chosen(stated, 2)].count("pair") in (0, 2)


def test_news_clusters_are_read_with_their_outlet(tmp_path: Path) -> None:
    gold = {
        "date_publish": f"{TRUE}T07:30:00",
        "text": DISPATCH,
        "title": "T",
        "source_domain": "olva.example",
    }
    (tmp_path / "x1.json").write_text(json.dumps(gold), encoding="utf-8")
    ((name, (report,)),) = read_sets([tmp_path / "x1.json"]).items()
    assert (name, report.key, report.day) == ("news_clusters", "x1", date(2016, 3, 8))
    assert report.row["outlet"] == "olva.example"


def test_the_train_file_is_left_out(tmp_path: Path) -> None:
    folder(tmp_path, PILE, "docs.train.jsonl")
    assert evaluate(folder(tmp_path, PILE)).measured == ("docs.dev.jsonl",)


def test_a_set_without_days_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stated day"):
        evaluate(folder(tmp_path, [row("a", DISPATCH, ""), row("b", FIRST_COPY, "spring")]))


def test_a_row_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "docs.dev.jsonl"
    path.write_text(f'{json.dumps(PILE[0])}\n{{"doc_id": ', encoding="utf-8")
    with pytest.raises(InputError, match=r"docs\.dev\.jsonl, row 2"):
        read_sets([path])
