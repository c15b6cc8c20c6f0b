"""Doers by the order of words, where the parse of a long name went astray."""

from attested.mentions.word_order import body_after_by, body_before
from attested.reading.tokens import Sentence, Token

# word / xpos / upos / name label / entity / relation / head
ASTRAY = """
The DT DET O - det 1
Dawn NNP PROPN B-ORG organization compound 6
( -LRB- PUNCT O - punct 3
RDF NNP PROPN B-ORG organization appos 1
) -RRB- PUNCT O - punct 3
today NN NOUN O time obl:unmarked 6
attacked VBD VERB O - root -1
Biu NNP PROPN B-LOC place obj 6
"""


def sentence(rows: str) -> Sentence:
    tokens, start = [], 0
    for i, row in enumerate(rows.strip().splitlines()):
        word, xpos, upos, ner, entity, relation, head = row.split()
        kind = "" if entity == "-" else entity
        tokens.append(Token(i, start, start + len(word), word, upos, xpos, int(head), relation, ner, kind))
        start += len(word) + 1
    return Sentence(0, start - 1, " ".join(t.text for t in tokens), tuple(tokens))


def test_a_name_before_its_verb_is_the_doer_over_initials_and_days() -> None:
    found = sentence(ASTRAY)
    doer = body_before(found, found.tokens[6])
    assert doer is not None
    assert doer.text == "Dawn"


def test_the_object_of_another_verb_is_no_doer() -> None:
    found = sentence(
        ASTRAY.replace(
            "Dawn NNP PROPN B-ORG organization compound 6", "Dawn NNP PROPN B-ORG organization obj 6"
        )
    )
    assert body_before(found, found.tokens[6]) is None


def test_a_passive_verb_has_no_doer_before_it() -> None:
    rows = ASTRAY.replace("today NN NOUN O time obl:unmarked 6", "was VBD AUX O - aux:pass 6")
    found = sentence(rows.replace("attacked VBD", "attacked VBN"))
    assert body_before(found, found.tokens[6]) is None


CARRIED_OUT = """
raid NN NOUN O event root -1
carried VBN VERB O - acl 0
out RP ADP O - compound:prt 1
yesterday NN NOUN O time obl:unmarked 1
by IN ADP O - case 6
RDF NNP PROPN B-ORG organization nmod 0
rebels NNS NOUN O person dep 0
"""


def test_the_body_behind_a_near_by_is_the_doer() -> None:
    found = sentence(CARRIED_OUT)
    doer = body_after_by(found, found.tokens[1])
    assert doer is not None
    assert doer.text == "RDF"


def test_a_by_behind_another_verb_is_not_its_own() -> None:
    found = sentence(
        CARRIED_OUT.replace("yesterday NN NOUN O time obl:unmarked 1", "killed VBN VERB O - conj 1")
    )
    assert body_after_by(found, found.tokens[1]) is None
