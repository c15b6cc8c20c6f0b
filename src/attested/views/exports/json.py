"""The export contract: one JSON object, or its rows one a line with their kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attested.views.facts import Facts
from attested.views.rows import KINDS, rows, run_row


def ledger_object(facts: Facts) -> dict[str, Any]:
    """The whole ledger under the contract's names."""
    return {"attested": run_row(facts)} | {kind: list(rows(facts, kind)) for kind in KINDS}


def export_json(facts: Facts) -> Iterator[str]:
    """The text of the JSON export, in pieces."""
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(ledger_object(facts))
    yield "\n"


def export_jsonl(facts: Facts) -> Iterator[str]:
    """The same rows, one line each, each with its ``row`` kind."""
    yield _line("attested", run_row(facts))
    for kind in KINDS:
        for row in rows(facts, kind):
            yield _line(kind, row)


def _line(kind: str, row: dict[str, Any]) -> str:
    return json.dumps({"row": kind} | row, ensure_ascii=False, separators=(",", ":")) + "\n"
