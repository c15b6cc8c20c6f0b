"""A page's text with nested marks: nothing of it is lost, doubled or moved, wherever the marks lie."""

from collections import defaultdict

from factory import page, report, words
from hypothesis import given
from hypothesis import strategies as st

from attested.model import Block
from attested.views.layout import LONGEST, SENTENCE, Line, Mark, Part, lay_out

TEXT = "Two died 😀 in Biu.\n\nHome  News\n\nThe 𝔐ayor fled."
OWNER = page(TEXT)


def laid(
    *marks: Mark, text: str = TEXT, furniture: tuple[str, ...] = ("Home  News",), **more
) -> tuple[Part, ...]:
    """The layout of a report whose body are its lines but for the furniture."""
    lines = [line for line in text.split("\n") if line]
    blocks, at = [], 0
    for line in lines:
        at = text.index(line, at)
        kind = "navigation" if line in furniture else "body"
        blocks.append(Block(at, at + len(line), kind, "links in a row" if kind == "navigation" else ""))
        at += len(line)
    body = tuple(b for b in blocks if b.kind == "body")
    made = report(text, id="rp_x")
    return lay_out(
        type(made)(made.id, made.page_id, text, body, tuple(b for b in blocks if b.kind != "body")),
        marks,
        **more,
    )


def mark(text: str, id: str = "cl_x", kind: str = "killed") -> Mark:
    at = words(OWNER, text)
    return Mark(id, at.start, at.end, kind)


def text_of(line: Line) -> str:
    return "".join(token.text for token in line.tokens if token.what == "text")


def pieces(parts) -> dict[str, list[str]]:
    """Id of a mark -> the texts of its pieces; checks that they nest."""
    found = defaultdict(list)
    for line in (line for part in parts for line in part.lines):
        open_: list[tuple[str, list[str]]] = []
        for token in line.tokens:
            if token.what == "open":
                assert token.is_first is (token.mark.id not in found)
                found[token.mark.id].append("")
                open_.append((token.mark.id, []))
            elif token.what == "close":
                id, texts = open_.pop()
                assert id == token.mark.id
                found[id][-1] = "".join(texts)
            else:
                for _, texts in open_:
                    texts.append(token.text)
        assert not open_
    return dict(found)


def test_a_mark_holds_its_words_and_no_others_behind_astral_characters():
    parts = laid(mark("in Biu"), mark("𝔐ayor", "cl_y"))
    assert pieces(parts) == {"cl_x": ["in Biu"], "cl_y": ["𝔐ayor"]}


def test_marks_of_the_same_words_and_of_words_within_them_all_have_an_element():
    parts = laid(mark("Two died"), mark("Two died", "cl_y", "victims"), mark("Two", "cl_z"))
    assert pieces(parts) == {"cl_x": ["Two died"], "cl_y": ["Two died"], "cl_z": ["Two"]}


def test_of_marks_that_cross_the_later_is_cut_in_two():
    parts = laid(mark("Two died"), mark("died 😀 in", "cl_y"))
    assert pieces(parts) == {"cl_x": ["Two died"], "cl_y": ["died", " 😀 in"]}


def test_a_mark_over_two_lines_has_a_piece_in_each():
    parts = laid(mark("in Biu.\n\nHome"))
    assert pieces(parts) == {"cl_x": ["in Biu.", "Home"]}
    assert [part.n_marks for part in parts] == [1, 0, 0]


def test_parts_are_named_and_count_their_marks():
    body, navigation, rest = laid(mark("News"), Mark("s0", 0, 20, SENTENCE))
    assert (body.kind, navigation.kind, rest.kind) == ("body", "navigation", "body")
    assert navigation.why == "links in a row"
    assert (body.n_marks, navigation.n_marks) == (0, 1)
    assert (navigation.start, navigation.end) == (words(OWNER, "Home").start, words(OWNER, "News").end)


def test_what_no_block_holds_is_left_over_and_shown():
    made = report("Top.\n  Lost words \nEnd.", body="End.")
    parts = lay_out(made, ())
    assert [(part.kind, text_of(part.lines[0])) for part in parts] == [
        ("left over", "Top.\n  Lost words"),
        ("body", "End."),
    ]


def test_a_very_long_stretch_is_cut_short_unless_all_is_asked_for():
    text = "Two died. " + "x" * 1_000_000 + " In Biu."
    start = text.index("In Biu")
    marks = (Mark("cl_x", 0, 3, "killed"), Mark("cl_y", start, start + 6, "place"))
    parts = laid(*marks, text=text)
    assert pieces(parts) == {"cl_x": ["Two"], "cl_y": ["In Biu"]}
    assert len(text_of(parts[0].lines[0])) < LONGEST
    [gap] = [token for token in parts[0].lines[0].tokens if token.what == "left out"]
    shown = text_of(parts[0].lines[0])
    assert int(gap.text.replace(",", "")) == len(text) - len(shown)
    assert text_of(laid(*marks, text=text, whole=True)[0].lines[0]) == text


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(1, 30), st.booleans()), max_size=25),
)
def test_nothing_is_lost_and_every_mark_has_all_its_words(spans):
    marks = [
        Mark(f"m{n}", start, min(start + length, len(TEXT)), SENTENCE if is_sentence else "killed")
        for n, (start, length, is_sentence) in enumerate(spans)
        if start < len(TEXT)
    ]
    parts = laid(*marks)
    lines = [line for part in parts for line in part.lines]
    assert [text_of(line) for line in lines] == [TEXT[line.start : line.end] for line in lines]
    assert [text_of(line) for line in lines] == ["Two died 😀 in Biu.", "Home  News", "The 𝔐ayor fled."]
    found = pieces(parts)
    for one in marks:
        told = "".join(TEXT[max(one.start, ln.start) : max(one.start, min(one.end, ln.end))] for ln in lines)
        assert "".join(found.get(one.id, [])) == told
