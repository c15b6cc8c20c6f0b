from pathlib import Path

import pytest
from parsed import reading

from attested.errors import InputError
from attested.evaluation.meantime import Factuality, judge, macro_f1, read_cat, read_texts, translate

SENTENCES = [
    "Brewer to close mill",
    "The brewer did n't sell the inn on Monday , it said .",
    "The mill may burn .",
    "The brewer wants to buy a `` small '' boat .",
    "If nobody pays , the mill will close .",
]
TEXT = (
    "Brewer to close mill\n"
    "The brewer didn't sell the inn on Monday, it said.\n"
    "The mill may burn.\n"
    "The brewer wants to buy a “small” boat.\n"
    "If nobody pays, the mill will close."
)


def cat(*mentions: str) -> str:
    """A CAT document of SENTENCES; token ids count from 1."""
    words = [(n, word) for n, sentence in enumerate(SENTENCES) for word in sentence.split()]
    tokens = "".join(
        f'<token sentence="{n}" t_id="{i}">{word}</token>' for i, (n, word) in enumerate(words, 1)
    )
    return f"<Document>{tokens}<Markables>{''.join(mentions)}</Markables></Document>"


def mention(word: str, certainty: str, polarity: str, time: str) -> str:
    at = " ".join(SENTENCES).split().index(word) + 1
    return (
        f'<EVENT_MENTION m_id="{at}" certainty="{certainty}" polarity="{polarity}" time="{time}">'
        f'<token_anchor t_id="{at}"/></EVENT_MENTION>'
    )


MENTIONS = (
    mention("sell", "CERTAIN", "NEG", "NON_FUTURE"),
    mention("burn", "POSSIBLE", "POS", "FUTURE"),
    mention("buy", "UNDERSPECIFIED", "UNDERSPECIFIED", "FUTURE"),
    mention("pays", "UNDERSPECIFIED", "UNDERSPECIFIED", "FUTURE"),
    mention("said", "CERTAIN", "POS", "NON_FUTURE"),
    '<EVENT_MENTION m_id="99"><token_anchor t_id="4"/></EVENT_MENTION>',
)


def written(folder: Path, text: str, name: str = "1_Mill.xml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_text_is_rebuilt_a_line_for_each_sentence(tmp_path: Path) -> None:
    text = read_cat(written(tmp_path, cat(*MENTIONS)))
    assert text.text == TEXT
    assert [text.text[slice(*marked.words[0])] for marked in text.mentions] == [
        "sell",
        "burn",
        "buy",
        "pays",
        "said",
    ]


def test_a_mention_of_a_chain_only_is_left_out(tmp_path: Path) -> None:
    assert read_cat(written(tmp_path, cat(MENTIONS[-1]))).mentions == ()


def test_our_hedge_and_status_answer(tmp_path: Path) -> None:
    text = read_cat(written(tmp_path, cat(*MENTIONS)))
    judged = judge(text, reading(text.text))
    assert [one.ours for one in judged] == [one.gold for one in judged]


def test_a_report_annotated_twice_is_read_once(tmp_path: Path) -> None:
    written(tmp_path / "one", cat(MENTIONS[0]))
    written(tmp_path / "two", cat(*MENTIONS))
    (text,) = read_texts(tmp_path)
    assert len(text.mentions) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<Document><Markables/></Document>", "no <token>"),
        ("<Document>", "not CAT XML"),
        (cat(mention("said", "CERTAIN", "POS", "").replace('t_id="', 't_id="9')), "names token 9"),
    ],
)
def test_what_is_no_cat_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_cat(written(tmp_path, content))


def test_the_sources_own_certainty_is_meant() -> None:
    assert translate("claimed", "positive", "happened", "").certainty == "CERTAIN"
    assert translate("suspected", "negative", "denied", "negated") == Factuality(
        "PROBABLE", "NEG", "NON_FUTURE"
    )
    assert translate("reported", "positive", "planned", "planned: will").both == ("CERTAIN", "POS")
    assert translate("possible", "positive", "planned", "planned: wants").certainty == "UNDERSPECIFIED"
    assert translate("possible", "positive", "feared", "feared: expected").certainty == "PROBABLE"
    assert translate("possible", "positive", "feared", "feared: warned").certainty == "POSSIBLE"
    assert translate("fact", "positive", "hypothetical", "hypothetical: can").certainty == "POSSIBLE"
    assert translate("fact", "positive", "hypothetical", "hypothetical: if").polarity == "UNDERSPECIFIED"


def test_macro_f1_is_the_mean_over_the_values_of_the_gold() -> None:
    figure = macro_f1("x", [[("POS", "POS"), ("POS", "POS")], [("NEG", "POS"), ("NEG", "NEG")]])
    assert figure.value == pytest.approx((4 / 5 + 2 / 3) / 2)
    assert figure.n == 4
    assert figure.interval is not None
    assert figure.interval[0] <= figure.value <= figure.interval[1]


def test_always_the_majority_has_half_the_macro_f1() -> None:
    figure = macro_f1("x", [[("POS", "POS")] * 3 + [("NEG", "POS")]])
    assert figure.value == pytest.approx(6 / 7 / 2)
