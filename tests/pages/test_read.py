import gzip
import io
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import InputError
from attested.model import Page
from attested.pages.read import RawPage, find_inputs, read_page
from attested.settings import PageSettings

SETTINGS = PageSettings()
STORY = "Two bridges fell in Lima\n\nOfficials said on Monday that two bridges fell after the flood.\n"


def read_all(*inputs: object, stdin: bytes | None = None, settings: PageSettings = SETTINGS) -> list[Page]:
    stream = None if stdin is None else io.BytesIO(stdin)
    return [read_page(raw, settings) for raw in find_inputs([str(i) for i in inputs], stream)]


def read_bytes(folder: Path, name: str, data: bytes) -> Page:
    path = folder / name
    path.write_bytes(data)
    (page,) = read_all(path)
    return page


def test_a_text_page_is_the_file_as_python_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORY.replace("\n", "\r\n").encode())
    (page,) = read_all(path)
    assert page.text == path.read_text(encoding="utf-8")
    assert (page.kind, page.status, page.input) == ("text", "read", str(path))


def test_folders_are_walked_in_sorted_order_and_hidden_files_counted(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/z.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(STORY)
    hidden: list[str] = []
    raws = list(find_inputs([str(tmp_path)], hidden=hidden))
    assert [Path(raw.path).name for raw in raws] == ["a.txt", "z.txt", "c.txt"]
    assert hidden == [str(tmp_path / ".hidden.txt")]


def test_a_missing_path_says_what_to_type() -> None:
    with pytest.raises(InputError, match=r"no such file or folder\. Give a file"):
        find_inputs(["/nowhere/at/all.txt"])


def test_standard_input_is_needed_for_a_dash() -> None:
    with pytest.raises(InputError, match="no standard input"):
        find_inputs(["-"])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n ", "is empty"),
        ("scan.pdf", b"%PDF-1.7 \x00\x01", "is a PDF"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "is a picture"),
        ("noise.txt", bytes(range(256)) * 40, "binary"),
        ("notes.md", b"some words that nobody asked for", "of a kind not read here"),
        ("page.html", b"<html><body><script>x()</script></body></html>", "no visible text"),
        ("broken.txt.gz", b"\x1f\x8bnot gzip at all", "cannot be read"),
        ("list.json", b'[{"id": "1", "text": "a"}]', "holds a list"),
        ("cut.json", b'{"id": "1", "text": "a', "cut off"),
        ("other.json", b'{"rows": 3}', "neither text nor html; its fields are: rows"),
        ("blank.json", b'{"id": "a", "text": " ", "html": ""}', "has an empty text and an empty html"),
        ("deep.json", b"[" * 200_000, "nested too deep"),
    ],
)
def test_a_page_that_cannot_be_used_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    page = read_bytes(tmp_path, name, data)
    assert page.status == "set aside"
    assert why in (page.why or "")


def test_a_page_too_large_names_size_limit_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"word " * 3000)
    (page,) = read_all(path, settings=PageSettings(max_page_bytes=10_000))
    assert page.why is not None
    assert "limit 0.01 MB" in page.why
    assert "max_page_bytes" in page.why


def test_a_packed_bomb_is_not_unpacked_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(bytes(2_000_000).replace(b"\0", b"a ")))
    (page,) = read_all(path, settings=PageSettings(max_page_bytes=100_000))
    assert "over 0.1 MB" in (page.why or "")


def test_too_much_text_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 1000)
    (page,) = read_all(path, settings=PageSettings(max_text_characters=1000))
    assert "5,000 characters" in (page.why or "")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("café — “so”".encode(), "café — “so”"),
        (
            "The café’s owner said “no” to all of it — twice.".encode("cp1252"),
            "The café’s owner said “no” to all of it — twice.",
        ),
        ("\ufeffcafé".encode(), " café"),
        ("café née".encode("utf-16"), "café née"),
        ("naïve words and more".encode("utf-16-le"), "naïve words and more"),
        ("café, née, façade, señor".encode() + b"\xff", "café, née, façade, señor\ufffd"),
        (b"a\x00b" + b"c" * 200 + b"\x07\td", "a b" + "c" * 200 + " \td"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    assert read_bytes(tmp_path, "a.txt", data).text == text


def test_html_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    markup = '<html><head><meta charset="iso-8859-1"></head><body><p>“Señor” said so.</p></body></html>'
    assert "“Señor”" in read_bytes(tmp_path, "a.html", markup.encode("cp1252")).text


def test_json_lines_give_a_page_each_with_key_and_stated_facts(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    rows = [
        {
            "id": "k1",
            "text": STORY,
            "url": "http://x.org/1",
            "title": "Bridges",
            "outlet": "X",
            "published": "2020",
        },
        {"id": 7, "html": f"<html><body><p>{STORY}</p></body></html>"},
    ]
    path.write_text("\n".join([json.dumps(rows[0]), "", json.dumps(rows[1]), '{"id": "k3", "text": "cut']))
    first, second, third = read_all(path)
    assert (first.key, first.url, first.text) == ("k1", "http://x.org/1", STORY)
    assert first.stated == {"title": "Bridges", "outlet": "X", "published": "2020"}
    assert (second.key, second.kind, second.input) == ("7", "jsonl", f"{path}:3")
    assert "Officials said" in second.text
    assert third.status == "set aside"
    assert "line 4 is not valid JSON; it seems cut off" in (third.why or "")


def test_packed_and_piped_lines_are_the_plain_ones(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": str(i), "text": STORY}) for i in range(3)).encode()
    (tmp_path / "r.jsonl").write_bytes(lines)
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(lines))
    plain, packed = read_all(tmp_path / "r.jsonl"), read_all(tmp_path / "r.jsonl.gz")
    piped = read_all("-", stdin=lines)
    assert [p.id for p in plain] == [p.id for p in packed] == [p.id for p in piped]


def test_one_line_too_large_leaves_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    rows = [{"id": "a", "text": STORY}, {"id": "b", "text": "x" * 9000}, {"id": "c", "text": STORY}]
    path.write_text("\n".join(map(json.dumps, rows)))
    pages = read_all(path, settings=PageSettings(max_page_bytes=5000))
    assert [page.status for page in pages] == ["read", "set aside", "read"]
    assert "line 2" in (pages[1].why or "")


def test_the_same_file_twice_is_one_page_and_two_names_are_two_captures(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY)
    a, again, b = read_all(tmp_path / "a.txt", tmp_path / "a.txt", tmp_path / "b.txt")
    assert a.id == again.id != b.id


def test_a_raw_page_travels_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (raw,) = find_inputs([str(tmp_path)])
    assert isinstance(raw, RawPage)
    assert pickle.loads(pickle.dumps(raw)) == raw
    assert len(pickle.dumps(raw)) < 500


@given(st.binary(max_size=400), st.sampled_from(["", "text", "html", "json", "jsonl", "unknown"]))
def test_no_bytes_raise(data: bytes, kind: str) -> None:
    page = read_page(RawPage("x", kind, "x", data=data), SETTINGS)
    assert page.status in ("read", "set aside")
    assert all(0 <= b.start < b.end <= len(page.text) for b in page.blocks)
    page.text.encode("utf-8")
