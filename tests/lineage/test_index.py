import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attested.errors import LedgerError
from attested.lineage.index import MAX_HOLDERS, SampleIndex, Shared
from attested.lineage.signatures import Signatures

Samples = list[set[int]]


def signatures(reports: Samples) -> Signatures:
    starts = np.cumsum([0, *map(len, reports)])
    return Signatures(starts, np.array([h for r in reports for h in sorted(r)], dtype=np.uint64))


def as_dict(shared: Shared) -> dict[tuple[int, int], tuple[int, int]]:
    columns = (shared.asked, shared.found, shared.n_words, shared.n_skeleton)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {(asked, found): (words, skeleton) for asked, found, words, skeleton in rows}


def counted(held: Samples, asked: Samples) -> dict[tuple[int, int], tuple[int, int]]:
    """What the index must say, counted the slow way: even samples are words, odd ones stop-words."""
    pairs = {(a, h): x & y for a, x in enumerate(asked) for h, y in enumerate(held)}
    return {k: (sum(s % 2 == 0 for s in v), sum(s % 2 for s in v)) for k, v in pairs.items() if v}


reports = st.lists(st.sets(st.integers(0, 30), max_size=6), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(reports, max_size=9), reports)
def test_what_is_shared_is_counted_however_it_was_added(batches: list[Samples], asked: Samples) -> None:
    index = SampleIndex()
    held = [report for batch in batches for report in batch]
    for batch in batches:
        index.add(signatures(batch))
    if len(held) <= MAX_HOLDERS:
        assert as_dict(index.sharing(signatures(asked))) == counted(held, asked)
    words, skeleton = index.sizes(np.arange(len(held)))
    assert (words + skeleton).tolist() == [len(report) for report in held]


def test_of_many_holders_the_first_are_found() -> None:
    index = SampleIndex()
    for _ in range(3):
        index.add(signatures([{2, 3}] * MAX_HOLDERS))
    found = index.sharing(signatures([{2}])).found
    assert found[:MAX_HOLDERS].tolist() == list(range(MAX_HOLDERS))


def test_an_index_on_disk_is_opened_again_as_it_was(tmp_path: Path) -> None:
    index = SampleIndex(tmp_path / "index")
    held: Samples = [{n, n + 1, n + 2} for n in range(40)]
    for at in range(0, 40, 4):
        index.add(signatures(held[at : at + 4]))
    again = SampleIndex(tmp_path / "index")
    assert again.n_reports == 40
    assert as_dict(again.sharing(signatures([{7, 20}]))) == counted(held, [{7, 20}])
    listed = {name for name, _ in json.loads((tmp_path / "index" / "index.json").read_text())["runs"]}
    assert {path.name.partition(".")[0] for path in (tmp_path / "index").glob("run-*")} == listed
    again.add(signatures([{99}]))
    assert SampleIndex(tmp_path / "index").n_reports == 41


def test_a_run_that_a_killed_process_left_behind_is_forgotten(tmp_path: Path) -> None:
    SampleIndex(tmp_path).add(signatures([{1, 2}]))
    (tmp_path / "run-000009.hashes.npy").write_bytes(b"half of it")
    assert SampleIndex(tmp_path).n_reports == 1
    assert not (tmp_path / "run-000009.hashes.npy").exists()


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"format"')
    with pytest.raises(LedgerError, match="damaged"):
        SampleIndex(tmp_path)
    (tmp_path / "index.json").write_text('{"format": 99}')
    with pytest.raises(LedgerError, match="delete the folder"):
        SampleIndex(tmp_path)
