import pytest

from attested.reading.tokens import Sentence, Token
from attested.speech.subjects import speaker_of

# Words of one clause with two readings of its head that parsers give: governor and relation of each word.
WORDS = [("White", "PROPN", "NNP"), ("Guard", "PROPN", "NNP"), (",", "PUNCT", ","), ("a", "DET", "DT"),
         ("militia", "NOUN", "NN"), (",", "PUNCT", ","), ("denied", "VERB", "VBD"), ("it", "PRON", "PRP")]  # fmt: skip
AS_COMPOUND = [(6, "compound"), (0, "flat"), (4, "punct"), (4, "det"), (0, "appos"), (0, "punct"), (-1, "root"),
               (6, "obj")]  # fmt: skip
AS_RELATIVE = [(-1, "root"), (0, "flat"), (4, "punct"), (4, "det"), (0, "appos"), (6, "punct"),
               (0, "acl:relcl"), (6, "obj")]  # fmt: skip


def parsed_as(heads: list[tuple[int, str]]) -> Sentence:
    text, tokens = "", []
    for i, ((form, upos, xpos), (head, relation)) in enumerate(zip(WORDS, heads, strict=True)):
        start = len(text)
        text += form + " "
        label = ("B-ORG", "I-ORG")[i] if i < 2 else "O"
        tokens.append(Token(i, start, start + len(form), form, upos, xpos, head, relation, label))
    return Sentence(0, len(text), text, tuple(tokens))


@pytest.mark.parametrize("heads", [AS_COMPOUND, AS_RELATIVE])
def test_a_subject_is_found_through_a_misreading(heads: list[tuple[int, str]]) -> None:
    sentence = parsed_as(heads)
    assert speaker_of(sentence, sentence.tokens[6]) == 0


def test_a_relative_clause_with_its_own_subject_has_no_other() -> None:
    heads = [*AS_RELATIVE[:7], (6, "nsubj")]
    sentence = parsed_as(heads)
    assert speaker_of(sentence, sentence.tokens[6]) == 7
