from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import DataError
from attested.text.abbreviations import abbreviations, parse_table
from attested.text.words import tokenise


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # clitics and quotation marks
        ("They didn't fire.", "They did n't fire ."),
        ("It can’t hold; we cannot stay.", "It ca n’t hold ; we can not stay ."),
        ("Annan's aide's car", "Annan 's aide 's car"),
        ("the rebels' camp", "the rebels ' camp"),
        ("I've heard they'll say he'd", "I 've heard they 'll say he 'd"),
        ("“We’re safe,” he said.", "“ We ’re safe , ” he said ."),
        ("O'Brien and Ba'athists", "O'Brien and Ba'athists"),
        # hyphens and dashes
        ("an Iran-backed group", "an Iran - backed group"),
        ("Al-Shabaab, Ain al-Asad", "Al - Shabaab , Ain al - Asad"),
        ("anti-government non-lethal e-mail ex-rebels", "anti-government non-lethal e-mail ex-rebels"),
        ("killed -- some say 12 — near Kano", "killed -- some say 12 — near Kano"),
        ("18-year-old", "18 - year - old"),
        # abbreviations own their stop, sentences theirs
        ("Gen. Musa left the U.S. on Sept. 3.", "Gen. Musa left the U.S. on Sept. 3 ."),
        ("John F. Kennedy met Lt. Col. Diaz.", "John F. Kennedy met Lt. Col. Diaz ."),
        ("It was vitamin C.", "It was vitamin C ."),
        ("No. 4 said no.", "No. 4 said no ."),
        ("at 9 a.m. and 5pm", "at 9 a.m. and 5 pm"),
        # figures
        ("$1,250.50, 12.5% and 3:45", "$ 1,250.50 , 12.5 % and 3:45"),
        ("£20m or 7km", "£ 20 m or 7 km"),
        ("the 1980s, 21st, 9/11 and 2020-10-01", "the 1980s , 21st , 9/11 and 2020-10-01"),
        ("call 555-867-5309", "call 555-867-5309"),
        ("between 10-12 people", "between 10 - 12 people"),
        # addresses
        ("(see http://example.org/a?b=c).", "( see http://example.org/a?b=c ) ."),
        ("desk@example.com wrote", "desk@example.com wrote"),
        ("visit example.com today", "visit example.com today"),
        # marks
        ("Wait... what?! Stop!!", "Wait ... what ?! Stop !!"),
        ("[Tass] said: 'No'", "[ Tass ] said : ' No '"),
    ],
)
def test_words_are_cut_as_in_ewt(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@given(st.text(max_size=80))
def test_words_cover_all_but_blanks_in_order(text: str) -> None:
    spans = tokenise(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    outside = set(range(len(text))) - {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in outside)


@given(st.text(alphabet="ab .'-U.S", max_size=30), st.integers(0, 5))
def test_offsets_hold_within_a_longer_text(text: str, n: int) -> None:
    padded = "#" * n + " " + text
    assert tokenise(padded, n + 1, len(padded)) == [(a + n + 1, b + n + 1) for a, b in tokenise(text)]


@pytest.mark.parametrize(
    "table",
    [
        "",
        "kind word\ntitle\tmr",
        "kind\tword\ntitel\tmr",
        "kind\tword\ntitle\tMr",
        "kind\tword\ntitle\tmr\ntitle\tmr",
    ],
)
def test_a_malformed_table_is_refused(table: str) -> None:
    with pytest.raises(DataError, match=r"abbreviations\.tsv"):
        parse_table(table)


def test_the_shipped_table_is_well_formed() -> None:
    assert {"gen", "mr"} <= abbreviations()["title"]
    assert all("|" in word for word in abbreviations()["joined"])
