from dataclasses import replace

import pytest
from factory import quote, report, sure

from attested.incidents.damage import find_damage
from attested.incidents.quotes import link_quotes
from attested.model import Derivation, Origin, Quote, QuoteLink

LONG = "We will not leave this valley until the last prisoner has come home"


def said(report_id: str, words: str, *, speaker: str | None = None, in_body: bool = True) -> Quote:
    return replace(quote(report(words, id=report_id), words, speaker=speaker), in_body=in_body)


def links(
    *quotes: Quote, derivations: tuple[Derivation, ...] = (), origins: tuple[Origin, ...] = ()
) -> dict[str, QuoteLink]:
    reports = [report("x", id=i) for i in sorted({q.report_id for q in quotes})]
    return {link.quote_id: link for link in link_quotes(quotes, reports, derivations, origins)}


@pytest.mark.parametrize(
    "other",
    [
        LONG + ".",
        LONG.replace("will not", "will  not") + ",",
        LONG.upper(),
        "leave this valley until the last prisoner",
        LONG + ", not one of us, and that is my last word",
        LONG.replace("prisoner", "prisoners"),
        LONG.replace("has come", "comes"),
    ],
    ids=["stop", "space", "capitals", "part", "longer", "plural", "form"],
)
def test_one_quotation_in_two_reports(other: str) -> None:
    a, b = said("a", LONG), said("b", other)
    found = links(a, b)
    assert found[a.id].same_as == (b.id,)
    assert found[b.id].same_as == (a.id,)
    assert found[a.id].altered_why is found[b.id].altered_why is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, "We shall open the market again once the bridge has been repaired"),
        ("it is not the", "it is not the"),
        ("not happy", "not happy"),
        ("The weather is looking good", "The harvest is looking good"),
    ],
    ids=["other words", "stop-words", "two words", "short"],
)
def test_no_link(one: str, other: str) -> None:
    assert links(said("a", one), said("b", other)) == {}


def test_short_words_are_one_quotation_in_one_mouth() -> None:
    same = [said(r, "not happy", speaker=s) for r, s in (("a", "Ana Sol"), ("b", "Sol"), ("c", "Tom Reed"))]
    found = links(*same)
    assert found[same[0].id].same_as == (same[1].id,)
    assert same[2].id not in found


def test_a_replaced_word_is_named_on_both_sides_when_nothing_tells() -> None:
    a, b = said("a", LONG), said("b", LONG.replace("valley", "village").replace("prisoner", "captive"))
    found = links(a, b)
    assert found[a.id].altered_from == b.id
    assert "“prisoner” where the other has “captive”" in (found[a.id].altered_why or "")
    assert "not known" in (found[b.id].altered_why or "")


SPUN = Derivation("b", None, "spun", sure(0.9))
MADE = Derivation("b", "a", "rewrite", sure(0.6))
CHANGED = LONG.replace("prisoner", "captive")


@pytest.mark.parametrize(("derivation", "reason"), [(SPUN, "machine-spun"), (MADE, "made from the other")])
def test_the_altered_side_is_told_by_lineage(derivation: Derivation, reason: str) -> None:
    a, b = said("a", LONG), said("b", CHANGED)
    found = links(a, b, derivations=(derivation,))
    assert found[a.id].altered_why is None
    assert found[b.id].altered_from == a.id
    assert reason in (found[b.id].altered_why or "")


def test_the_altered_side_is_told_by_the_number_of_origins() -> None:
    a, b, c = said("a", LONG), said("b", CHANGED), said("c", LONG)
    origins = tuple(Origin(f"o{i}", (i,)) for i in "abc")
    found = links(a, b, c, origins=origins)
    assert found[a.id].altered_why is found[c.id].altered_why is None
    assert "2 independent origins" in (found[b.id].altered_why or "")


def test_in_one_family_a_quotation_is_known_when_few_words_are_left() -> None:
    torn = (
        LONG.replace("prisoner", "captive")
        .replace("valley", "dale")
        .replace("leave", "quit")
        .replace("home", "back")
    )
    a, b = said("a", LONG), said("b", torn)
    assert links(a, b) == {}
    found = links(a, b, derivations=(MADE,), origins=(Origin("o", ("a", "b")),))
    assert found[b.id].altered_from == a.id


def test_copies_do_not_outvote() -> None:
    a, b, c = said("a", LONG), said("b", CHANGED), said("c", LONG)
    origins = (Origin("o1", ("a", "c")), Origin("o2", ("b",)))
    assert "not known" in (links(a, b, c, origins=origins)[a.id].altered_why or "")


def test_a_heading_that_quotes_otherwise_than_its_report() -> None:
    heading = said("a", CHANGED, in_body=False)
    body = replace(said("a", LONG), id="body", span=replace(said("a", LONG).span, start=500, end=567))
    found = links(heading, body)
    assert found[heading.id].altered_from == "body"
    assert "heading" in (found[heading.id].altered_why or "")
    assert found["body"].altered_why is None


def test_two_like_sentences_in_one_body_are_two_utterances() -> None:
    first = said("a", LONG)
    second = replace(said("a", CHANGED), id="second")
    assert all(link.altered_why is None for link in links(first, second).values())


@pytest.mark.parametrize(
    "words",
    [
        "have really named [Kano] as the vital point that will begin [the army] the greatest trouble",
        "this will weaken [our allies] a great deal",
    ],
)
def test_words_beside_a_bracket_that_are_no_english(words: str) -> None:
    assert "no English construction" in (find_damage(words) or "")


@pytest.mark.parametrize(
    "words",
    [
        "they gave [the army] the worst trouble",
        "we asked [the minister] the same question",
        "he told [us] the truth",
        "that cost [the company] a fortune",
        "we see [them] the same way",
        "he hit [the wall] and the car stopped",
        "they came from [the hills] the next day",
        "nothing in brackets here",
    ],
)
def test_words_beside_a_bracket_that_are(words: str) -> None:
    assert find_damage(words) is None


def test_damage_is_looked_for_only_in_spun_reports() -> None:
    damaged = said("b", "it will begin [the army] the greatest trouble")
    assert links(damaged) == {}
    found = links(damaged, derivations=(SPUN,))[damaged.id]
    assert found.altered_from is None
    assert "machine-spun" in (found.altered_why or "")


def test_a_spun_heading_over_an_untouched_quotation() -> None:
    page = report("Intro.\n‘A joint burden’\nHe called it a “shared duty” of all.", id="b")
    heading, body = quote(page, "A joint burden"), quote(page, "shared duty")
    [link] = link_quotes([heading, body], [page], [SPUN], [])
    assert (link.quote_id, link.altered_from) == (heading.id, body.id)
    [] = link_quotes([heading, body], [page], [], [])


def test_order_of_quotations_changes_nothing() -> None:
    quotes = [
        said("a", LONG),
        said("b", CHANGED),
        said("c", LONG + "."),
        said("d", "the last prisoner has come home"),
    ]
    assert links(*quotes) == links(*reversed(quotes))


def test_a_thousand_copies_are_linked_in_a_moment() -> None:
    quotes = [said(f"r{n}", LONG) for n in range(1000)]
    found = links(*quotes)
    assert len(found) == 1000
    assert all(0 < len(link.same_as) <= 64 for link in found.values())
