"""The gate: figures on the gold sets beside the clone may not fall below ``gate/floors.json``.

usage: python -m attested.evaluation.gate [--quick] [--update] [--shared DIR] [NAME...]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from attested.errors import DataError, InputError
from attested.evaluation.registry import evaluate
from attested.evaluation.scorers import Figures

ROOT = Path(__file__).parents[3]
FLOORS = ROOT / "gate" / "floors.json"
SHARED = ROOT.parent / "shared"
_KEYS = {"folder", "quick", "slack", "optional", "floors", "gold"}

_OURS = "gate/"  # folders of labels made by us, whose texts lie in ``shared``

Measure = Callable[[str, Path], Figures]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One gold set: its folder below ``shared``, floors by figure, and the digest of the files measured.

    A floor is set ``slack`` below the figure measured; gate/README.md says why. An optional set is skipped where
    something that it needs is missing (the texts that our labels are of, a dictionary).
    """

    name: str
    folder: str
    is_quick: bool
    slack: float
    floors: dict[str, float] = field(default_factory=dict)
    gold: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold set measured; ``skipped`` says why it was not."""

    gold_set: GoldSet
    figures: dict[str, float] = field(default_factory=dict)
    gold: str = ""
    seconds: float = 0.0
    skipped: str = ""

    @property
    def below(self) -> dict[str, float]:
        """Figures under their floors; one that is no longer there counts as 0."""
        floors = self.gold_set.floors
        return {
            name: self.figures.get(name, 0.0) for name in floors if self.figures.get(name, 0.0) < floors[name]
        }

    @property
    def is_other_gold(self) -> bool:
        """Whether the gold files are not those that the floors were measured on."""
        return bool(self.gold_set.gold and self.gold and self.gold != self.gold_set.gold)

    @property
    def is_failure(self) -> bool:
        """Whether the gate stays shut."""
        return not self.skipped and (self.is_other_gold or bool(self.below))


def main(words: list[str] | None = None) -> int:
    """Exit code 0 if no figure is below its floor, 1 if one is."""
    asked = _asked(words)
    known = read_floors(asked.floors)
    chosen = [
        g for g in known if (not asked.names or g.name in asked.names) and (g.is_quick or not asked.quick)
    ]
    outcomes = []
    for gold_set in chosen:
        outcomes.append(measure(gold_set, asked.shared, evaluate))
        print("\n".join(told(outcomes[-1])), flush=True)
    if asked.update:
        write_floors(asked.floors, raised(known, outcomes))
        return 0
    return int(any(outcome.is_failure for outcome in outcomes))


def read_floors(path: Path) -> list[GoldSet]:
    """The gold sets and their floors. Raises DataError for an unknown key or a floor that is no share."""
    found = []
    for name, row in json.loads(path.read_text(encoding="utf-8")).items():
        if unknown := set(row) - _KEYS:
            raise DataError(f"{path}: {name} has unknown keys {sorted(unknown)}")
        if any(not 0 <= floor <= 1 for floor in row["floors"].values()):
            raise DataError(f"{path}: {name}: a floor lies between 0 and 1")
        gold_set = GoldSet(name, row["folder"], row["quick"], row["slack"], row["floors"], row["gold"])
        found.append(replace(gold_set, is_optional=row.get("optional", False)))
    return found


def write_floors(path: Path, gold_sets: Iterable[GoldSet]) -> None:
    """Write the floors back, in their order."""
    rows: dict[str, Any] = {
        g.name: {
            "folder": g.folder,
            "quick": g.is_quick,
            "slack": g.slack,
            **({"optional": True} if g.is_optional else {}),
            "floors": g.floors,
            "gold": g.gold,
        }
        for g in gold_sets
    }
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def measure(gold_set: GoldSet, shared: Path, evaluate: Measure) -> Outcome:
    """One gold set's figures, or why it was skipped."""
    folder = (ROOT if gold_set.folder.startswith(_OURS) else shared) / gold_set.folder
    if not folder.is_dir():
        return Outcome(gold_set, skipped=f"{folder} is not there")
    began = time.perf_counter()
    try:
        found = evaluate(gold_set.name, folder)
    except InputError as error:
        if not gold_set.is_optional:
            raise
        return Outcome(gold_set, skipped=str(error))
    figures = {figure.name: figure.value for figure in found.figures}
    return Outcome(gold_set, figures, digest(folder), time.perf_counter() - began)


def digest(folder: Path) -> str:
    """SHA-256 over the names and contents of the files below a folder, in order of name."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def raised(known: list[GoldSet], outcomes: list[Outcome]) -> list[GoldSet]:
    """The gold sets with floors raised to what was measured; a floor never falls, whatever was measured.

    Floors of another gold are kept too: only a person may say that a new gold set has new floors.
    """
    measured = {o.gold_set.name: o for o in outcomes if not o.skipped and not o.is_other_gold}
    return [_raised(g, measured[g.name]) if g.name in measured else g for g in known]


def _raised(gold_set: GoldSet, outcome: Outcome) -> GoldSet:
    floors = {
        name: max(floor, round(outcome.figures.get(name, 0.0) - gold_set.slack, 4))
        for name, floor in gold_set.floors.items()
    }
    return replace(gold_set, floors=floors, gold=outcome.gold)


def told(outcome: Outcome) -> Iterable[str]:
    """What to print of one gold set: a line, and one for each figure below its floor."""
    name = outcome.gold_set.name
    if outcome.skipped:
        yield f"{name:16} skipped: {outcome.skipped}"
        return
    floors = outcome.gold_set.floors
    figures = ", ".join(f"{f} {outcome.figures.get(f, 0.0):.4f} (floor {floors[f]:.4f})" for f in floors)
    yield f"{name:16} {'FAILED' if outcome.is_failure else 'ok':7} {figures}  {outcome.seconds:.0f} s"
    if outcome.is_other_gold:
        yield f"  the gold files are not those of the floors: see how to add a gold set ({outcome.gold[:12]})"
    for figure, value in outcome.below.items():
        yield f"  {figure} {value:.4f} is below its floor {floors[figure]:.4f}"


def _asked(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/gate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="gold sets; all when none is named")
    parser.add_argument("--quick", action="store_true", help="those of the continuous check only")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder that holds seeds and data")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of floors")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
