from pathlib import Path
from typing import Any

import parsed
import pytest

from attested.errors import InputError
from attested.evaluation import plv
from attested.evaluation.plv import QUADS, evaluate, plv_root, read_rows
from attested.mentions.act_frames import ROOTS
from attested.mentions.act_roots import Told

HEADER = "\tsentence_id\tsentence\tmarked_sentence\tgold_root\tgold_penta"
SENTENCES = [
    ("<s>Sweden</s> recalled its ambassador from <t>Tehran</t>.", "SANCTION", "4"),
    ("The <s>militia</s> refused to free the <t>engineers</t>.", "REJECT", "3"),
    ("<s>Jakarta</s> lifted the curfew in <t>Papua</t>.", "YIELD", "2"),
    ("<s>Rebels</s> seized <t>Goma</t> in May.", "ASSAULT", "4"),
    ("<s>Kenya</s> praised <t>Ghana</t>.", "ACCUSE", "3"),
    ("<t>Two teachers</t> were kidnapped.", "ASSAULT", "4"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of our own sentences, read without weights; the label of the fifth is wrong."""

    class Parsed:
        def read(self, text: str, blocks: Any) -> Any:
            return parsed.reading(text)

    monkeypatch.setattr(plv, "Reader", Parsed)
    rows = [f"{n}\t{n}\tas marked\t{text}\t{root}\t{quad}" for n, (text, root, quad) in enumerate(SENTENCES)]
    return written(tmp_path, *rows)


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    (folder / "own_train.tsv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def test_marks_are_taken_out(folder: Path) -> None:
    first = next(read_rows(folder / "own_train.tsv"))
    assert first.text == "Sweden recalled its ambassador from Tehran."
    assert first.actor is not None
    assert first.target is not None
    assert first.text[first.target.start : first.target.end] == first.target.text == "Tehran"


def test_roots_and_quads_are_counted(folder: Path) -> None:
    figures = evaluate(folder)
    assert figures["root_accuracy"] == pytest.approx(5 / 6)
    assert figures["quad_accuracy"] == pytest.approx(5 / 6)


def test_every_root_of_the_gold_counts_alike(folder: Path) -> None:
    assert evaluate(folder)["root_macro_f1"] == pytest.approx(4 / 5)  # of the five, ACCUSE is never found


def test_parties_are_found_without_the_marks(folder: Path) -> None:
    figures = evaluate(folder)
    assert figures["actor_overlap_f1"] == pytest.approx(
        10 / 11
    )  # "The militia" has one word more than the mark
    assert figures["target_overlap_f1"] == pytest.approx(14 / 15)


def test_folds_hold_each_sentence_once(folder: Path) -> None:
    figures = evaluate(folder).as_dict()
    counts = [figures["n"][f"root_accuracy fold {n}"] for n in range(1, 6)]
    assert sum(counts) == len(SENTENCES)
    assert figures["root_accuracy fold_spread"] > 0


def test_the_figures_have_intervals(folder: Path) -> None:
    between = evaluate(folder).as_dict()["interval95"]
    low, high = between["root_macro_f1"]
    assert 0 <= low < 4 / 5 <= high <= 1
    assert {"root_accuracy", "quad_accuracy", "actor_overlap_f1", "target_overlap_f1"} <= set(between)


def test_the_ledgers_statements_are_asked_for_the_same_acts(folder: Path) -> None:
    figures = evaluate(folder).as_dict()
    for name in ("statement_recall", "statement_root"):  # praise is the one whose label is wrong
        both = [key for key in (name, f"{name} fold 5") if figures["n"][key]]
        assert sum(figures["n"][key] for key in both) == 4
        assert sum(figures[key] * figures["n"][key] for key in both) == pytest.approx(3)


def test_cameos_families_are_kept() -> None:
    assert plv_root(Told("CONCEDE")) == plv_root(Told("RETREAT", "release")) == "YIELD"
    assert plv_root(Told("COERCE", "territory")) == "ASSAULT"
    assert plv_root(Told("COERCE", "arrest")) == "COERCE"
    assert {plv_root(Told(root)) for root in ROOTS} == set(QUADS)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    written(tmp_path, "0\t0\ta\tb", header="\tsentence_id\tsentence\tmarked_sentence")
    with pytest.raises(InputError, match="gold_root"):
        evaluate(tmp_path)


def test_an_unknown_root_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "0\t0\ta\t<s>Mali</s> sang.\tSING\t1")
    with pytest.raises(InputError, match="SING"):
        evaluate(tmp_path)


@pytest.mark.parametrize("text", ["Mali met Niger.", "<s>Mali met Niger.", "Mali</s> met Niger."])
def test_a_row_must_be_marked(tmp_path: Path, text: str) -> None:
    written(tmp_path, f"0\t0\ta\t{text}\tCONSULT\t1")
    with pytest.raises(InputError, match=r"own_train\.tsv:2"):
        evaluate(tmp_path)


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tsv"):
        evaluate(tmp_path)
