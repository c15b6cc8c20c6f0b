from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.voices import Said, exact_tally, overlap_tally, read_polnear

TEXT = "The army said rebels had fled. Nobody knows."


def folder(tmp_path: Path, rows: str, name: str = "a_1f3c.ann") -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_text(rows, encoding="utf-8")
    return tmp_path


ROWS = (
    "T1\tSource 0 8\tThe army\nT2\tCue 9 13\tsaid\nT3\tContent 14 20;21 29\trebels had fled\n"
    "T4\tAttribution 9 13\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
)


def test_brat_rows_are_read(tmp_path: Path) -> None:
    (marked,) = read_polnear(folder(tmp_path, ROWS))
    assert marked.said == (Said(((0, 8),), ((9, 13),), ((14, 20), (21, 29))),)


def test_a_span_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    (marked,) = read_polnear(folder(tmp_path, ROWS.replace("T1\tSource 0 8\tThe army\n", "")))
    assert marked.said[0].source == ()


def test_an_annotation_without_its_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"b\.txt"):
        read_polnear(folder(tmp_path, ROWS, "b_1f3c.ann"))


def test_each_of_ours_counts_once() -> None:
    gold = [Said((), ((0, 4),), ()), Said((), ((5, 9),), ())]
    ours = [Said((), ((0, 9),), ())]
    tally = overlap_tally(gold, ours, "cue")
    assert (tally.tp, tally.fp, tally.fn) == (1, 0, 1)


def test_exact_means_to_the_character() -> None:
    gold, ours = [Said((), ((0, 4),), ())], [Said((), ((0, 5),), ())]
    assert exact_tally(gold, ours, "cue").tp == 0
    assert exact_tally(gold, gold, "cue").tp == 1
