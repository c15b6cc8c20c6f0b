import pickle
from pathlib import Path

import numpy as np
import pytest

from attested.errors import DataError
from attested.reading.encoder import Reader
from attested.reading.tokens import Sentence
from attested.reading.trees import is_tree

TEXT = (
    "Menu | Home\n"
    "Gunmen killed four farmers near Kano on Friday, police said.\n"
    "The governor, Aisha Bello, denied the claim. It wasn't the first attack."
)
BODY = (TEXT.index("Gunmen"), len(TEXT))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def sentences(reader: Reader) -> tuple[Sentence, ...]:
    return reader.read(TEXT, [BODY]).sentences


def test_offsets_are_into_the_page(sentences: tuple[Sentence, ...]) -> None:
    assert len(sentences) == 3
    for sentence in sentences:
        assert TEXT[sentence.start : sentence.end] == sentence.text
        assert all(TEXT[t.start : t.end] == t.text for t in sentence.tokens)
        assert [t.i for t in sentence.tokens] == list(range(len(sentence.tokens)))


def test_parses_are_trees_with_one_root(sentences: tuple[Sentence, ...]) -> None:
    for sentence in sentences:
        assert is_tree(np.array([t.head + 1 for t in sentence.tokens]))
        assert [t.deprel == "root" for t in sentence.tokens] == [t.head == -1 for t in sentence.tokens]


def test_who_did_what_to_whom(sentences: tuple[Sentence, ...]) -> None:
    relations = {t.text: (sentences[0].tokens[t.head].text, t.deprel) for t in sentences[0].tokens}
    assert relations["Gunmen"] == ("killed", "nsubj")
    assert relations["farmers"] == ("killed", "obj")
    assert relations["police"] == ("said", "nsubj")


def test_names_and_mention_heads(sentences: tuple[Sentence, ...]) -> None:
    labels = {t.text: (t.ner, t.entity) for s in sentences for t in s.tokens}
    assert labels["Kano"] == ("B-LOC", "place")
    assert (labels["Aisha"][0], labels["Bello"][0]) == ("B-PER", "I-PER")
    assert labels["farmers"][1] == "person"


def test_vectors_have_length_one_and_know_what_is_alike(reader: Reader) -> None:
    text = (
        "Rockets hit the consulate in Lima.\nMissiles struck the mission in Peru.\nThe cake needs two eggs."
    )
    a, b, c = (s.vector for s in reader.read(text, [(0, len(text))]).sentences)
    assert a.dtype == np.float32
    assert np.linalg.norm(a) == pytest.approx(1, abs=1e-4)
    assert a @ b > a @ c + 0.2


def test_a_page_reads_the_same_beside_any_other(reader: Reader) -> None:
    other = "Rain fell all day. " * 9
    pages = [(TEXT, [BODY]), (other, [(0, len(other))])]
    forth, back = reader.read_many(pages), reader.read_many(pages[::-1])
    for a, b in zip(forth, back[::-1], strict=True):
        assert [s.tokens for s in a.sentences] == [s.tokens for s in b.sentences]
        assert all((x.vector == y.vector).all() for x, y in zip(a.sentences, b.sentences, strict=True))


def test_a_sentence_too_long_for_the_encoder_is_read_whole(reader: Reader) -> None:
    text = "They named " + ", ".join(f"Obafemi Adewale{i}" for i in range(120)) + " and left."
    (sentence,) = reader.read(text, [(0, len(text))]).sentences
    assert sentence.tokens[-2].text == "left"
    assert is_tree(np.array([t.head + 1 for t in sentence.tokens]))
    assert np.linalg.norm(sentence.vector) == pytest.approx(1, abs=1e-4)


def test_no_more_sentences_than_asked_for(reader: Reader) -> None:
    assert len(reader.read("One. Two. Three.", [(0, 16)], max_sentences=2).sentences) == 2


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "?", "x" * 5000])
def test_odd_texts_are_read(reader: Reader, text: str) -> None:
    assert all(s.tokens for s in reader.read(text, [(0, len(text))]).sentences)


def test_words_given_are_kept(reader: Reader) -> None:
    (sentence,) = reader.read_words([["Two", "men", "did", "n't", "return", "."]])
    assert [t.text for t in sentence.tokens] == ["Two", "men", "did", "n't", "return", "."]
    assert all(sentence.text[t.start : t.end] == t.text for t in sentence.tokens)


def test_a_reader_goes_to_another_process_without_its_model(reader: Reader) -> None:
    reader.read("Rain fell.", [(0, 10)])
    sent = pickle.dumps(reader)
    assert len(sent) < 10_000
    assert pickle.loads(sent).read("Rain fell.", [(0, 10)]).sentences[0].tokens


def test_missing_and_foreign_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        _ = Reader(tmp_path).version
    (tmp_path / "reader.onnx").write_bytes(b"not a model")
    with pytest.raises(DataError, match="cannot load"):
        _ = Reader(tmp_path).version
