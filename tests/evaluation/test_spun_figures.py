import json
from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation import spun
from attested.evaluation.spinner import WORDNET, SpinOptions
from attested.evaluation.spun import SpunPile, evaluate, make_pile, pick, read_texts, score
from attested.lineage.derive import find_derivations
from attested.model import Block, Derivation, DerivationKind, Report
from attested.settings import LineageSettings
from attested.values import Score

GOLD = Path(__file__).parents[2].parent / "shared" / "data" / "polnear"
HAS_WORDNET = (WORDNET / "index.verb").is_file()


def report(report_id: str, text: str) -> Report:
    return Report(id=report_id, page_id=report_id, text=text, body=(Block(0, len(text), "body"),))


def derived(child: str, parent: str | None, kind: DerivationKind = "spun") -> Derivation:
    return Derivation(child, parent, kind, Score(1.0, ""))


def words(first: int, n: int) -> str:
    return " ".join(f"w{i}" for i in range(first, first + n))


@pytest.fixture
def pile() -> SpunPile:
    texts = {"a": words(0, 60), "b": words(100, 60), "twin": words(0, 50)}
    originals = tuple(report(name, text) for name, text in texts.items())
    return SpunPile(originals, {name: report(f"{name}2", f"{name} spun") for name in texts}, 0.1)


def test_a_copy_counts_under_its_original_alone(pile: SpunPile) -> None:
    found = score(pile, [derived("a2", "a"), derived("b2", "a"), derived("twin2", None)])
    assert found.spun == found.derived == (True, False, False)
    assert not found.n_false


def test_a_copy_may_stand_under_the_originals_twin(pile: SpunPile) -> None:
    found = score(pile, [derived("a2", "twin"), derived("twin2", "a", "rewrite")])
    assert found.spun == (True, False, False)
    assert found.derived == (True, False, True)


def test_originals_called_spun_are_counted_by_what_from(pile: SpunPile) -> None:
    wrong = [derived("a", "a2"), derived("b", "a"), derived("twin", None), derived("b", None, "rewrite")]
    found = score(pile, wrong)
    assert found.n_false == {"copy": 1, "original": 1, "nothing": 1}
    assert not any(found.derived)


def test_texts_are_taken_by_length_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spun, "MAX_TEXTS", 3)
    texts = {str(n): words(n, 200) for n in range(9)} | {
        "same": words(0, 200),
        "brief": "w1",
        "long": words(0, 900),
    }
    taken = pick(texts)
    assert len(taken) == 3
    assert taken == pick(dict(reversed(texts.items())))
    monkeypatch.setattr(spun, "MAX_TEXTS", 99)
    assert sorted(pick(texts)) == sorted(str(n) for n in range(9))


def test_rows_of_gva_are_read(tmp_path: Path) -> None:
    (tmp_path / "docs.dev.jsonl").write_text(json.dumps({"doc_id": "x", "content": "Some words."}) + "\n")
    (tmp_path / "docs.train.jsonl").write_text("no row\n")
    assert read_texts(tmp_path) == ({"x": "Some words."}, ("docs.dev.jsonl",))


def test_polnear_texts_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Some words.")
    with pytest.raises(InputError, match="neither"):
        read_texts(tmp_path)
    (tmp_path / "x_0a1b.ann").write_text("")
    assert read_texts(tmp_path) == ({"x": "Some words."}, ("x.txt",))


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gva"):
        evaluate(tmp_path)


@pytest.mark.skipif(not HAS_WORDNET, reason="apt-get install wordnet-base")
@pytest.mark.skipif(not GOLD.is_dir(), reason=f"{GOLD} is not there")
def test_spun_copies_of_the_gold_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spun, "MAX_TEXTS", 40)
    pile = make_pile(pick(read_texts(GOLD)[0]), SpinOptions(0.15))
    found = score(pile, find_derivations(pile.reports, {}, LineageSettings()))
    assert pile.share == pytest.approx(0.15, abs=0.01)
    assert len(found.spun) == 40
    assert sum(found.spun) >= 38
    assert not found.n_false.total()
