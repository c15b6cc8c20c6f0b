import gzip
import json
from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.furniture import evaluate, gold_lines

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "furniture_zyte"
# Every tenth page only, for speed; the gate holds the floors on the whole set.
SAMPLED = slice(None, None, 10)
SAMPLE_FLOOR, HTML_MARGIN = 0.85, 0.01
BODY = [
    "The regional council said on Tuesday that the harbour would stay shut until the wreck was raised.",
    "Divers who went down at dawn found a hole four metres wide below the waterline, the council added.",
]


def test_gold_lines_are_those_of_the_body() -> None:
    lines = [
        "Home",
        BODY[0],
        "the harbour would stay shut",
        "Divers",
        BODY[1] + " Read more",
        "Mayor resigns",
    ]
    assert gold_lines(lines, "\n".join(BODY)) == [False, True, True, False, True, False]


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file matches"):
        evaluate(tmp_path)


def test_pages_are_found_below_and_scored(tmp_path: Path) -> None:
    markup = (
        "<html><body><nav><p>Home</p></nav><article>"
        + "".join(f"<p>{p}</p>" for p in BODY)
        + "</article></body></html>"
    )
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(markup.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": "\n".join(BODY)}}))
    figures = evaluate(tmp_path)
    assert figures["html_F1"] == 1.0
    assert figures["plain_char_F1"] == 1.0


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/furniture_zyte")
def test_the_bars_hold_on_a_sample(tmp_path: Path) -> None:
    (tmp_path / "ground-truth.json").write_bytes((SHARED / "ground-truth.json").read_bytes())
    for path in sorted((SHARED / "html").glob("*.html.gz"))[SAMPLED]:
        (tmp_path / path.name).symlink_to(path)
    figures = evaluate(tmp_path)
    assert figures["plain_char_F1"] > SAMPLE_FLOOR
    assert figures["html_F1"] > figures["html_F1_trafilatura"] - HTML_MARGIN
