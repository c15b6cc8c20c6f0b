"""Tables of learnt weights: named features that add up to log-odds, read from ``data/``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Odds:
    """A logistic regression: the log-odds of nothing known, from which ones on to act, and what each feature adds."""

    bias: float
    at_least: float
    weights: Mapping[str, float]

    def of(self, features: Iterable[tuple[str, float]]) -> float:
        """Log-odds of something that has ``features``; one that the table lacks adds nothing."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features)


@cache
def odds(name: str) -> Odds:
    """The table ``data/NAME.toml``."""
    text = (resources.files("attested") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return Odds(rows["bias"], rows["at_least"], rows["weights"])
