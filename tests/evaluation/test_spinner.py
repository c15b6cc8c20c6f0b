from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.spinner import (
    WORDNET,
    SpinOptions,
    Thesaurus,
    count_narrated,
    load_thesaurus,
    spin,
)

# A dictionary in WordNet's form, of words and senses made up for this test.
SYNSETS = {
    "noun": [
        ("10000001", "n", "market", "bazaar"),
        ("10000002", "n", "child", "kid"),
        ("10000003", "n", "gate"),
    ],
    "verb": [("20000001", "v", "attack", "assail"), ("20000002", "v", "take", "grab", "carry_off")],
    "adj": [("30000001", "a", "busy", "crowded(p)")],
    "adv": [("40000001", "r", "quickly", "fast")],
}
EXCEPTIONS = {"noun": "children child\n", "verb": "taken take\ntook take\n", "adj": "", "adv": ""}
TEXT = (
    "Gunmen attacked a busy market in Dorvan on Monday and took 30 children away. "
    "“They attacked the market quickly,” said Ilse Varga, who has run a stall there for 9 years. "
    "Market owners have quickly shut their gates. The busy markets were attacked twice last year.\n\n"
    "Soldiers are taking the children home. Nobody attacks the army, Varga said. Markets have reopened quickly."
)
PLAIN = SpinOptions(0.2, inserts=False, cuts=False, reorders=False)


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    for name, synsets in SYNSETS.items():
        kind = synsets[0][1]
        data = [
            f"{offset} 00 {kind} {len(words):02x} {' '.join(f'{word} 0' for word in words)} 000 | made up  \n"
            for offset, _, *words in synsets
        ]
        (tmp_path / f"data.{name}").write_text("  1 a licence's line\n" + "".join(data))
        index = [
            f"{word} {kind} 1 0 1 1 {row[0]}  \n" for row in synsets for word in row[2:] if "(" not in word
        ]
        (tmp_path / f"index.{name}").write_text("  1 a licence's line\n" + "".join(index))
        (tmp_path / f"{name}.exc").write_text(EXCEPTIONS[name])
    (tmp_path / "cntlist.rev").write_text("attack%2:33:00:: 1 9\nmarket%1:14:00:: 1 4\n")
    return tmp_path


@pytest.fixture
def thesaurus(wordnet: Path) -> Thesaurus:
    return load_thesaurus(wordnet)


@pytest.mark.parametrize(
    ("word", "synonyms"),
    [
        ("market", ("bazaar",)),
        ("markets", ("bazaars",)),
        ("attacked", ("assailed",)),
        ("attacking", ("assailing",)),
        ("attacks", ("assails",)),
        ("children", ("kids",)),
        ("took", ("grabed", "carried off")),
        ("busy", ("crowded",)),
        ("gate", ()),
        ("army", ()),
    ],
)
def test_synonyms_keep_the_form(thesaurus: Thesaurus, word: str, synonyms: tuple[str, ...]) -> None:
    assert thesaurus.find(word) == synonyms


def test_irregular_forms_are_written_too(thesaurus: Thesaurus) -> None:
    assert thesaurus.find("grabbed") == ()
    assert thesaurus.find("kids") == ("children",)
    assert thesaurus.find("grabs") == ("takes", "carries off")


def test_a_folder_without_wordnet_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="apt-get install wordnet-base"):
        load_thesaurus(tmp_path)


def test_the_variable_names_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_thesaurus.cache_clear()
    monkeypatch.setenv("WNSEARCHDIR", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match="nowhere"):
        load_thesaurus()


def test_all_that_may_change_does_and_nothing_else(thesaurus: Thesaurus) -> None:
    spun = spin(TEXT, SpinOptions(1.0, inserts=False, cuts=False, reorders=False), thesaurus).text
    for kept in ("Dorvan on Monday", "30", "“They attacked the market quickly,”", "Ilse Varga", "9 years"):
        assert kept in spun
    assert spun.startswith("Gunmen assailed a crowded bazaar in Dorvan")
    assert "Bazaar owners have fast shut their gates. The crowded bazaars were assailed twice" in spun
    assert spun.endswith("Bazaars have reopened fast.")


def test_the_share_is_of_all_narrated_words(thesaurus: Thesaurus) -> None:
    spun = spin(TEXT, PLAIN, thesaurus)
    before, after = TEXT.split(), spun.text.split()
    assert count_narrated(TEXT) == len(before) - 5
    assert spun.share == pytest.approx(0.2, abs=0.02)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == round(0.2 * count_narrated(TEXT))


def test_the_same_seed_gives_the_same_copy(thesaurus: Thesaurus) -> None:
    options = SpinOptions(0.1)
    assert spin(TEXT, options, thesaurus, "a") == spin(TEXT, options, thesaurus, "a")
    copies = {spin(TEXT, SpinOptions(0.1, seed=str(seed)), thesaurus, "a").text for seed in range(10)}
    assert len(copies) > 1


def test_each_habit_can_be_switched(thesaurus: Thesaurus) -> None:
    text = " ".join(f"Market {n} has quickly closed." for n in range(60))
    kept = spin(text, SpinOptions(0.0, inserts=False, cuts=False, reorders=False), thesaurus)
    assert kept.text == text
    assert kept.share == 0.0
    cut = spin(text, SpinOptions(0.0, inserts=False, reorders=False), thesaurus).text
    assert 45 <= cut.count("Market") < 60
    moved = spin(text, SpinOptions(0.0, inserts=False, cuts=False), thesaurus).text
    assert moved != text
    assert sorted(moved.split()) == sorted(text.split())
    added = spin(text, SpinOptions(0.0, cuts=False, reorders=False), thesaurus).text
    assert 0 < len(added.split()) - len(text.split()) < 20


def test_a_quotation_over_several_sentences_stays_in_one_piece(thesaurus: Thesaurus) -> None:
    quotation = "“We ran. Nobody came. The market was empty,” she said."
    text = f"Soldiers came. {quotation} " * 20
    for seed in range(5):
        spun = spin(text, SpinOptions(0.1, inserts=False, seed=str(seed)), thesaurus).text
        assert spun.count("“We ran. Nobody came. The market was empty,”") == spun.count("We ran")


@pytest.mark.skipif(not (WORDNET / "index.verb").is_file(), reason="apt-get install wordnet-base")
def test_wordnet_itself_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WNSEARCHDIR", raising=False)
    load_thesaurus.cache_clear()
    thesaurus = load_thesaurus()
    assert "stated" in thesaurus.find("said")
    assert "kids" in thesaurus.find("children")
    assert thesaurus.find("qwx") == ()
