import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import example_ledger as example
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from attested.ledger.store import Ledger
from attested.model import Page
from attested.views.dossier import dossier_html
from attested.views.facts import Facts
from attested.views.lineage_picture import lineage_picture
from attested.views.pictures import LABEL_WIDTH, WIDTH, timeline
from attested.views.timescale import time_scale


@pytest.fixture(scope="module")
def text() -> str:
    return dossier_html(example.facts())


@pytest.fixture(scope="module")
def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def test_it_stands_alone(text: str, tree: html.HtmlElement) -> None:
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form")
    assert not [a for a in tree.xpath("//@href") if not a.startswith("#")]
    assert "url(" not in text
    assert "@import" not in text


def test_page_text_is_escaped(text: str) -> None:
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_hostile_names_are_escaped() -> None:
    bad = Page("p", '"><img src=x onerror=alert(1)>', "text", "", status="set aside", why="<b>why</b>")
    found = dossier_html(Facts(Ledger(pages=(bad,))), title="</title><script>x</script>")
    assert "<img" not in found
    assert "<b>why" not in found
    assert "<script" not in found


def test_links_lead_somewhere(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href")} <= set(ids)
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


def test_it_is_accessible(tree: html.HtmlElement) -> None:
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//main")) == len(tree.xpath("//header")) == len(tree.xpath("//h1")) == 1
    for table in tree.xpath("//table"):
        assert table.xpath("./caption")
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
    pictures = tree.xpath("//svg[not(@aria-hidden)]")
    assert len(pictures) == 2
    assert all(svg.get("role") in ("img", "group") and svg.get("aria-label") for svg in pictures)
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 or before == 2 for before, after in pairwise(levels))


def test_every_value_stands_beside_its_marked_words(tree: html.HtmlElement) -> None:
    [incident] = tree.xpath("//article[@id='in_tibu']")
    marked = {mark.text_content() for mark in incident.xpath(".//mark")}
    assert marked == {
        "four officers", "Monday", "Tibú", "the National Liberation Army", "3 May", "At least six police officers",
        "The National Liberation Army",
    }  # fmt: skip
    assert "4 (4 to 6)" in incident.text_content()
    assert [side.text for side in incident.xpath(".//dl[@class='sides']//dt")] == ["4", "6"]
    assert "Jorge Rueda, via El Correo" in incident.text_content()


def test_copies_altered_quotes_and_pages_set_aside_are_shown(tree: html.HtmlElement) -> None:
    said = re.sub(r"\s+", " ", tree.text_content())
    assert "Altered in rp_spun.txt" in said
    assert "Spun of Bogotá Daily (Andes Press)" in said
    assert "no story on the page" in said
    assert "word for word in Valley News" in said


def test_an_empty_ledger_has_a_dossier() -> None:
    found = dossier_html(Facts(Ledger()))
    assert "No pages, no reports from no origins" in found


def test_svg_is_well_formed(text: str) -> None:
    pictures = re.findall(r"<svg.*?</svg>", text, re.S)
    assert len(pictures) > 2, "a timeline, a lineage and its key"
    for picture in pictures:
        ElementTree.fromstring(picture)


def test_the_timeline_draws_ranges_as_ranges() -> None:
    found = timeline(example.facts())
    assert found is not None
    bars = {bar.id: bar for bar in found.bars}
    assert bars["in_tibu"].is_day
    assert not bars["in_drone"].is_day
    assert bars["in_drone"].width > 100
    assert found.undated == ("Remote explosive/landmine/IED, unknown",)
    assert len(found.breaks) == 1


def test_the_lineage_draws_copies_and_unseen_wires() -> None:
    found = lineage_picture(example.facts())
    assert found is not None
    assert sorted(edge.kind for edge in found.edges) == ["republished", "republished", "spun"]
    assert len(found.lanes) == 2
    assert found.nodes[0].report is None
    assert {node.report for node in found.nodes if not node.is_dated} == {None, "rp_spun"}


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=12))
def test_time_keeps_its_order_and_its_room(starts: list[tuple[date, int]]) -> None:
    intervals = [(day, day + timedelta(days=n)) for day, n in starts]
    scale = time_scale(intervals, x0=LABEL_WIDTH, x1=WIDTH)
    assert scale is not None
    days = sorted(day for interval in intervals for day in interval)
    places = [scale.x(day) for day in days]
    assert places == sorted(places)
    assert LABEL_WIDTH <= places[0] <= places[-1] <= WIDTH + 0.1
    assert scale.ticks()
    assert all(LABEL_WIDTH <= tick.x <= WIDTH + 0.1 for tick in scale.ticks())


def test_every_stretch_of_time_keeps_a_label() -> None:
    years = [(date(year, 1, 1), date(year, 12, 31)) for year in (2003, 2011)]
    busy = [(day, day) for n in range(20) if (day := date(2020, 9, 1) + timedelta(days=n))]
    scale = time_scale([*years, *busy], x0=LABEL_WIDTH, x1=WIDTH)
    assert scale is not None
    for stretch in scale.stretches:
        labels = [tick.label for tick in scale.ticks() if stretch.x0 <= tick.x <= stretch.x1]
        assert labels
        assert labels[0].endswith(str((stretch.start + timedelta(days=9)).year))
    assert all(after.x - before.x >= 60 for before, after in pairwise(scale.ticks())), "labels do not touch"
    widths = [stretch.x1 - stretch.x0 for stretch in scale.stretches]
    assert widths[2] > widths[0], "busy weeks get more room than quiet years"
