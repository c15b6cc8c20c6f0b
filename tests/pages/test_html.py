import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import SetAside
from attested.pages.html import MAX_TAGS, read_html

PROSE = [
    "The regional council said on Tuesday that the harbour would stay shut until the wreck was raised.",
    "Divers who went down at dawn found a hole four metres wide below the waterline, the council added.",
    "Fishermen, who have been kept ashore for nine days, asked for money to cover what they had lost.",
]
MARKUP = """<!DOCTYPE html><html><head><title>Harbour stays shut | Coast Tribune</title>
<meta property="og:title" content="Harbour stays shut"><meta property="og:site_name" content="Coast Tribune">
<meta property="article:published_time" content="2019-05-04T08:00:00Z">
<link rel="canonical" href="https://coast.example/2019/05/04/harbour">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Harbour shut for weeks",
"datePublished": "2019-05-05", "author": [{{"name": "Ana Berg"}}]}}</script><style>p {{}}</style></head><body>
<nav><a href="/">Home</a><ul><li>World</li><li>Sport</li></ul></nav>
<article><h1>Harbour stays shut</h1><p class="byline">By Ana Berg</p><time datetime="2019-05-04">4 May</time>
<figure><img><figcaption>The wreck off the pier.</figcaption></figure>
{body}</article>
<aside class="related-links"><h3>Related</h3><a>Mayor resigns after vote</a></aside>
<p style="display: none">Hidden words</p><footer>All rights reserved</footer></body></html>"""


def page(body: str | None = None) -> tuple[str, dict[str, str], dict[str, str]]:
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE)
    text, blocks, stated = read_html(MARKUP.format(body=paragraphs if body is None else body))
    return text, {text[b.start : b.end]: b.kind for b in blocks}, stated


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("World", "navigation"),
        ("Harbour stays shut", "headline"),
        ("By Ana Berg", "byline"),
        ("The wreck off the pier.", "caption"),
        ("Mayor resigns after vote", "related"),
        ("All rights reserved", "navigation"),
        *((text, "body") for text in PROSE),
    ],
)
def test_each_line_has_its_kind(line: str, kind: str) -> None:
    assert page()[1][line] == kind


def test_scripts_styles_and_hidden_elements_are_not_text() -> None:
    text = page()[0]
    assert "Hidden words" not in text
    assert "NewsArticle" not in text
    assert "p {}" not in text


def test_rival_titles_and_dates_are_all_kept() -> None:
    stated = page()[2]
    assert stated["title_tag"] == "Harbour stays shut | Coast Tribune"
    assert stated["jsonld_title"] == "Harbour shut for weeks"
    assert stated["published"] == "2019-05-04T08:00:00Z"
    assert stated["published_jsonld"] == "2019-05-05"
    assert stated["author"] == "Ana Berg"
    assert stated["site"] == "Coast Tribune"
    assert stated["url"] == "https://coast.example/2019/05/04/harbour"


def test_inline_tags_do_not_break_a_line_and_blocks_do() -> None:
    text = read_html("<html><body><p>One <b>two</b>,<i> three</i>.</p><div>Four<br>five</div></body></html>")[
        0
    ]
    assert text.split("\n") == ["One two, three.", "Four", "five"]


def test_a_million_tags_are_stripped_in_linear_time() -> None:
    markup = "<html><body>" + "<div><p>word</p></div>" * (MAX_TAGS // 2) + "</body></html>"
    start = time.perf_counter()
    text, blocks, stated = read_html(markup)
    assert time.perf_counter() - start < 5
    assert text.startswith("word\nword")
    assert blocks == ()
    assert "read as plain text" in stated["note"]


def test_cutting_tags_leaves_text_only_and_is_linear() -> None:
    head = "<html><SCRIPT>var a = '<p>no</p>';</SCRIPT><!-- <p>nor this</p> --><style>p{}</style>"
    text = read_html(head + "<p>Fish &amp; chips</p>" + "<i></i>" * MAX_TAGS)[0]
    assert text == "Fish & chips"
    start = time.perf_counter()
    for soup in ("<", "<p ", "<!--", "<script>", "</"):
        try:
            read_html("<p>start</p>" + soup * 200_000)
        except SetAside:
            continue
    assert time.perf_counter() - start < 10


def test_a_tree_of_great_depth_is_read() -> None:
    text = read_html("<html><body>" + "<div>" * 5000 + "deep words" + "</div>" * 5000 + "</body></html>")[0]
    assert "deep words" in text


@given(st.text(alphabet="<>/abp\"'= \n&;div", max_size=200))
def test_blocks_are_the_lines_of_the_text(soup: str) -> None:
    text, blocks, _ = read_html(f"<html><body>start {soup}</body></html>")
    assert [text[b.start : b.end] for b in blocks] == text.split("\n")
    assert all(a.end < b.start for a, b in pairwise(blocks))
