import json
from pathlib import Path
from typing import Any

import pytest
from parsed import marked

from attested.errors import InputError
from attested.evaluation.chains import read_all
from attested.evaluation.gvc import evaluate, part_of_shooting, read_reports

# Two affairs, each told by two reports; a mention is [word], with its chain behind the bar.
PILE = [
    ("a1", "1", "2015-03-10", ["A baker was [shot|H1] dead in Tulsa on Monday .", "The [shooting|S1] shocked Tulsa ."]),
    ("a2", "1", "2015-03-10", ["On Monday a [gunman|S1] [shot|H1] a baker dead in Tulsa ."]),
    ("b1", "2", "2015-08-02", ["Two joggers were [shot|H2] in Boise on Saturday .", "[Shootings|0] are rare there ."]),
    ("b2", "2", "2015-08-02", ["On Saturday a man [shot|H2] two joggers in Boise .", "A bomb killed nine in Cairo ."]),
]  # fmt: skip


def tokens_and_mentions(sentences: list[str]) -> tuple[list[list[str]], list[dict[str, Any]]]:
    rows, mentions = [], []
    for number, sentence in enumerate(sentences, 1):
        rows.append([word.strip("[]").partition("|")[0] for word in sentence.split()])
        for i, word in enumerate(sentence.split()):
            text, _, chain = word.strip("[]").partition("|")
            if chain:
                mentions.append({"sent": number, "start": i, "end": i, "text": text, "chain": chain})
    return rows, mentions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = []
    for name, incident, day, sentences in PILE:
        rows, mentions = tokens_and_mentions(sentences)
        reports.append({"doc_id": name, "incident": incident, "dct": day, "sentences": [[day], *rows],
                        "event_mentions": mentions})  # fmt: skip
    (tmp_path / "dev.json").write_text(json.dumps(reports), encoding="utf-8")
    return tmp_path


def test_a_report_is_its_sentences_without_the_day(folder: Path) -> None:
    first = read_reports(folder / "dev.json")[0]
    assert first.report.text == "A baker was shot dead in Tulsa on Monday.\nThe shooting shocked Tulsa."
    assert [first.report.text[start:end] for start, end in first.scored] == first.report.text.split("\n")
    assert [first.report.text[a:b] for m in first.mentions for a, b in m.words] == ["shot", "shooting"]
    assert [str(c.value.start) for c in first.report.candidates] == ["2015-03-10"]
    assert (first.affair, {m.chain for m in first.mentions}) == ("1", {"H1", "S1"})


def test_the_program_joins_what_two_reports_tell_of_one_shooting(folder: Path) -> None:
    figures = evaluate(folder)
    assert figures.figures[0].name == "conll_f1"
    assert figures["conll_f1 without rest"] == pytest.approx(1.0)
    assert figures["conll_f1 singletons"] < figures["conll_f1 lemma in topic"] < 1.0
    assert (
        figures["conll_f1 affair"] < figures["conll_f1 lemma in affair"]
    )  # chain 0 is in an affair's reports too
    assert figures.figures[0].n == 7
    assert figures.measured == ("dev.json",)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Two joggers were [[shot]] in Boise.", "hit"),
        ("[[Shots]] were fired in Boise.", "firing"),
        ("The [[shooting]] shocked Boise.", "firing"),
        ("Both joggers [[died]] in Boise.", "death"),
        ("The [[homicide]] shocked Boise.", "death"),
        ("The joggers were [[wounded]] in Boise.", "injury"),
        ("His [[condition]] was poor.", "injury"),
        ("The [[incident]] shocked Boise.", "all of it"),
    ],
)
def test_a_word_tells_a_part_of_a_shooting(text: str, part: str) -> None:
    sentence, i = marked(text)
    assert part_of_shooting(sentence, sentence.tokens[i]) == part


def test_our_own_mentions_are_matched_with_the_gold_ones(folder: Path) -> None:
    figures = {f.name: f for f in evaluate(folder).figures}
    assert figures["mention_f1 own"].n == 7
    assert 0 < figures["mention_f1 own"].value < 1  # nobody marked what the bomb did
    assert 0 < figures["conll_f1 own"].value < 1


def test_all_reports_are_read(folder: Path) -> None:
    golds = read_reports(folder / "dev.json")
    assert set(read_all(golds)) == {gold.report.id for gold in golds}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "not JSON"),
        ("{}", "no list of reports"),
        ('[{"doc_id": "x"}]', "no 'incident'"),
        ("[7]", "report 1: a report is no object"),
        (
            '[{"doc_id": "x", "incident": "1", "dct": "2015-01-01", "sentences": [["d"]], '
            '"event_mentions": [{"sent": 1, "start": 1, "end": 2}]}]',
            "no 'chain'; a mention of GVC has sent, start, end, chain",
        ),
        (
            '[{"doc_id": "x", "incident": "1", "dct": "2015-01-01", "sentences": [["d"], ["Shots", "rang"]], '
            '"event_mentions": [{"sent": 1, "start": 1, "end": 2, "text": "rang out", "chain": "1"}]}]',
            "'rang out' names words that are not there",
        ),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "dev.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        evaluate(tmp_path)


def test_a_folder_without_the_set(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file matches \*\.json"):
        evaluate(tmp_path)
