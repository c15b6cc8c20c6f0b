"""On texts that nobody wrote for these tests; skipped where ``../shared`` is not beside the clone."""

import json
import random
import re
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from newsroom import report

from attested.lineage.derive import find_derivations
from attested.lineage.spun import judge_alone
from attested.lineage.stopwords import stopwords
from attested.lineage.wording import word_report
from attested.model import Report
from attested.settings import LineageSettings

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
N_CLUSTER, N_GVA = 187, 60
MIN_LETTERS = 800


@cache
def news_clusters() -> tuple[Report, ...]:
    rows = (
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHARED.glob("news_clusters/*.json"))
    )
    found = [(row["text"], row["title"]) for row in rows if isinstance(row, dict) and row.get("text")]
    if not found:
        pytest.skip("../shared/data/news_clusters is not beside this clone")
    return tuple(report(f"n{i:03}", text, headline=title) for i, (text, title) in enumerate(found))


@cache
def shootings() -> tuple[Report, ...]:
    path = SHARED / "gva" / "docs.dev.jsonl"
    if not path.exists():
        pytest.skip("../shared/data/gva is not beside this clone")
    with path.open(encoding="utf-8") as lines:
        texts = dict.fromkeys(
            row["content"] for row in map(json.loads, lines) if len(row["content"]) > MIN_LETTERS
        )
    return tuple(report(f"g{i:03}", text) for i, text in enumerate(islice(texts, 0, 5 * N_GVA, 5)))


def spun(text: str, share: float, words: list[str], seed: int) -> str:
    """The text with ``share`` of its words exchanged for random ones, quotations and names left alone."""
    draw = random.Random(seed)
    quoted = [(m.start(), m.end()) for m in re.finditer(r'“[^”]*”|"[^"\n]*"', text)]
    kinds = sorted({w for w in re.findall(r"\b[a-z]{4,}\b", text) if w not in stopwords()})
    draw.shuffle(kinds)
    table: dict[str, str] = {}
    todo = share * len(text.split())
    for kind in kinds:
        if todo <= 0:
            break
        todo -= len(re.findall(rf"\b{kind}\b", text))
        table[kind] = draw.choice(words)

    def exchange(match: re.Match[str]) -> str:
        inside = any(start <= match.start() < end for start, end in quoted)
        return match[0] if inside else table.get(match[0], match[0])

    return re.sub(r"\b[a-z]{4,}\b", exchange, text)


def test_no_ordinary_report_is_flagged_as_spun() -> None:
    reports = (*news_clusters(), *shootings())
    assert [r.id for r in reports if judge_alone(r, word_report(r, None))] == []


@pytest.mark.parametrize(("share", "recall"), [(0.1, 0.95), (0.2, 0.95)])
def test_spun_copies_are_found_among_others(share: float, recall: float) -> None:
    originals = shootings()
    words = sorted({w for r in originals for w in re.findall(r"\b[a-z]{5,}\b", r.text)})
    copies = [report(f"s{r.id}", spun(r.text, share, words, i)) for i, r in enumerate(originals)]
    found = [d for d in find_derivations([*originals, *copies], {}, LineageSettings()) if d.kind == "spun"]
    assert all(d.child.removeprefix("s") == (d.parent or "").removeprefix("s") for d in found)
    right = {(d.child, d.parent) for d in found} & {(f"s{r.id}", r.id) for r in originals}
    assert len(right) >= recall * len(originals)


def test_ordinary_reports_hold_no_spun_pair() -> None:
    found = find_derivations([*news_clusters(), *shootings()], {}, LineageSettings())
    assert [d for d in found if d.kind == "spun"] == []
