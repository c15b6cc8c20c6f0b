"""Arrows point one way: a stage imports itself, the shared ground and stages to its left."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "attested"
GROUND = {"model", "values", "ids", "errors", "settings", "text", "data", "codec", "collector"}
STAGES = [
    "pages", "reports", "reading", "expressions", "speech", "mentions", "claims", "lineage", "stories", "resolve",
    "incidents",
]  # fmt: skip
LATER = ["ledger", "views"]


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("attested."):
            rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            rooms.update(a.name.split(".")[1] for a in node.names if a.name.startswith("attested."))
    return rooms


@pytest.mark.parametrize("room", STAGES + LATER)
def test_a_stage_imports_only_to_its_left(room: str) -> None:
    order = STAGES + LATER
    allowed = GROUND | set(order[: order.index(room) + 1])
    for path in (SRC / room).rglob("*.py"):
        assert imported_rooms(path) <= allowed, path


@pytest.mark.parametrize("room", ["text", "model.py", "values.py", "ids.py", "errors.py", "settings.py"])
def test_the_ground_imports_no_stage(room: str) -> None:
    paths = (SRC / room).rglob("*.py") if not room.endswith(".py") else [SRC / room]
    for path in paths:
        assert imported_rooms(path) <= GROUND, path
