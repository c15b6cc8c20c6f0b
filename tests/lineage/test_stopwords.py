import pytest

from attested.errors import DataError
from attested.lineage.stopwords import parse_stopwords, stopwords


def test_the_shipped_table_has_function_words_and_no_content_words() -> None:
    assert {"the", "of", "was", "himself", "not"} <= stopwords()
    assert not {"killed", "actually", "said", "army"} & stopwords()


@pytest.mark.parametrize(
    "table",
    [
        "",
        "words\tclass\n",
        "class\twords\narticle\n",
        "class\twords\na\tthe\nb\tthe\n",
        "class\twords\na\tThe\n",
    ],
    ids=["empty", "wrong header", "no words", "repeated", "capital"],
)
def test_a_malformed_table_is_refused(table: str) -> None:
    with pytest.raises(DataError):
        parse_stopwords(table)
