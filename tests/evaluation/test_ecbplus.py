from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from attested.errors import InputError
from attested.evaluation.chains import Scheme, mentions_at, merge_given, read_all
from attested.evaluation.ecbplus import evaluate, read_cat, read_scored

# name -> sentences; a mention is [word|kind|note], "" for none; sentence 0 of some is the address.
FILES = {
    "2_1ecb": [
        "A mill [burned|ACTION_OCCURRENCE|ACT1] in Leeds|LOC_GEO|LOC1 on Friday|TIME_DATE|TIM1 .",
        "The brewer [bought|ACTION_OCCURRENCE|ACT2] the inn for $ 9 .",
        "He did n't [smile|NEG_ACTION_STATE|] .",
    ],
    "2_2ecb": [
        "http : / / mill . example / 2011 / 05 / 07 / fire",
        "On Friday a mill in Leeds [burned|ACTION_OCCURRENCE|ACT1] down .",
        "The inn was [sold|ACTION_OCCURRENCE|ACT3] .",
    ],
    "2_1ecbplus": ["A barn [burned|ACTION_OCCURRENCE|ACT4] in Lima ."],
    "3_1ecb": ["A van [burned|ACTION_OCCURRENCE|ACT5] ."],
}
SCORED = "Topic,File,Sentence Number\n2,1ecb,0\n2,1ecb,2 \n2,2ecb,1\n2,1ecbplus,0\n3,1ecb,0\n"


def cat(sentences: list[str]) -> str:
    """A CAT document; mentions that share words with another word are not needed here."""
    tokens, marks, relations = "", "", ""
    number = 0
    for n, sentence in enumerate(sentences):
        for raw in sentence.split():
            number += 1
            word, *labels = raw.strip("[]").split("|")
            tokens += f'<token t_id="{number}" sentence="{n}">{escape(word)}</token>'
            if labels:
                marks += f'<{labels[0]} m_id="{number}"><token_anchor t_id="{number}"/></{labels[0]}>'
            if labels and labels[1]:
                relations += f'<CROSS_DOC_COREF r_id="9{number}" note="{labels[1]}"><source m_id="{number}"/>'
                relations += f'<target m_id="8{number}"/></CROSS_DOC_COREF>'
                marks += f'<{labels[0]} m_id="8{number}" RELATED_TO="" />'
    return f"<Document>{tokens}<Markables>{marks}</Markables><Relations>{relations}</Relations></Document>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "validated_sentences.csv").write_text(SCORED, encoding="utf-8")
    for name, sentences in FILES.items():
        path = tmp_path / "ECB+" / name.partition("_")[0] / f"{name}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(cat(sentences), encoding="utf-8")
    return tmp_path


def test_events_of_validated_sentences_are_read(folder: Path) -> None:
    gold = read_cat(folder / "ECB+" / "2" / "2_1ecb.xml", {"0", "2"})
    text = gold.report.text
    assert text.split("\n") == [
        "A mill burned in Leeds on Friday.", "The brewer bought the inn for $9.", "He didn't smile."
    ]  # fmt: skip
    assert [text[a:b] for m in gold.mentions for a, b in m.words] == ["burned", "smile"]
    assert [m.chain for m in gold.mentions] == ["2 ACT1", "2 1ecb alone 21"]
    assert (gold.topic, gold.affair) == ("2", "2 ecb")
    assert [text[a:b] for a, b in gold.scored] == [text.split("\n")[0], text.split("\n")[2]]


def test_the_address_is_no_sentence(folder: Path) -> None:
    gold = read_cat(folder / "ECB+" / "2" / "2_2ecb.xml", {"1"})
    assert gold.report.text.startswith("On Friday a mill")
    assert gold.report.url == "http://mill.example/2011/05/07/fire"
    assert [str(c.value.start) for c in gold.report.candidates] == ["2011-05-07"]
    assert len(gold.mentions) == 1


def test_only_development_topics_are_measured_where_there_are_any(folder: Path) -> None:
    figures = evaluate(folder)
    assert figures.measured == ("2",)
    assert figures.figures[0].n == 4  # burned, smile; burned; burned
    assert figures["conll_f1 lemma in affair"] == pytest.approx(1.0)
    assert figures["conll_f1 lemma in topic"] < 1
    assert figures["conll_f1 linked"] <= 1


def test_a_word_of_no_incident_is_merged_by_its_stem_and_story(folder: Path) -> None:
    gold = read_cat(folder / "ECB+" / "2" / "2_1ecb.xml", {"1", "2"})
    again = replace(gold, mentions=(*gold.mentions, replace(gold.mentions[0], words=((4, 8),))))
    readings = read_all([gold])
    assert mentions_at(gold, readings[gold.report.id], is_violence=False) == {}
    clusters = merge_given([again], readings, Scheme()).clusters
    assert len(set(clusters.values())) == 3  # bought, smile, mill
    assert {part for _, part in clusters.values()} == {"bought", "smil", "mil"}


def test_a_folder_of_other_topics_is_measured_whole(folder: Path) -> None:
    for path in (folder / "ECB+" / "2").iterdir():
        path.unlink()
    assert evaluate(folder).measured == ("3",)


def test_numbers_of_sentences_are_read_with_stray_blanks(folder: Path) -> None:
    assert read_scored(folder / "validated_sentences.csv")["2", "1ecb"] == {"0", "2"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<Document><token t_id='1'", "not CAT XML"),
        ("<Document/>", "no <token>"),
        (
            "<Document><token t_id='1' sentence='0'>Fire</token><Markables><ACTION_STATE m_id='7'>"
            "<token_anchor t_id='5'/></ACTION_STATE></Markables></Document>",
            "mention 7 names token 5",
        ),
    ],
)
def test_a_file_that_is_none_says_so(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "2_1ecb.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_cat(path, {"0"})


def test_a_missing_column_is_named(folder: Path) -> None:
    (folder / "validated_sentences.csv").write_text("Topic,File\n2,1ecb\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'Sentence Number'"):
        evaluate(folder)


def test_a_folder_without_the_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file matches validated_sentences"):
        evaluate(tmp_path)
