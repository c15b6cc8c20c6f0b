"""How sure: a probability with what speaks for and against it, from features with weights learnt from gold data.

A feature is a sentence that holds or not, and is shown as it stands. The weights are those of a logistic regression
(``training/confidence``); they add up to log-odds. ``data/confidence.toml`` has a table for each thing that is asked.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from attested.errors import DataError

QUESTIONS = ("people", "date", "place", "type", "perpetrator", "incident", "merge")
"""What is asked: is the number of killed or injured right, the date, ..., is it an incident, do its mentions belong
together."""
# Less than this of log-odds moves a probability by under five hundredths, and is no reason worth a line.
_LEAST_REASON = 0.2
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Sure:
    """A probability, and in words what raises and what lowers it most, the strongest first."""

    value: float
    because: tuple[str, ...] = ()
    although: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure an incident is one that a coder would write down, that its mentions belong together, and its values.

    ``merge`` is None where there is one mention; ``values`` has the fields that have a value.
    """

    incident: Sure
    merge: Sure | None
    values: dict[str, Sure]


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of nothing in particular, and what each feature adds."""

    bias: float
    weights: Mapping[str, float]

    def sure(self, features: Iterable[str]) -> Sure:
        """The probability, with the features that move it most; a feature without a weight moves nothing."""
        moved = sorted(((self.weights.get(name, 0.0), name) for name in features), reverse=True)
        value = 1 / (1 + math.exp(-self.bias - sum(weight for weight, _ in moved)))
        because = [name for weight, name in moved if weight >= _LEAST_REASON]
        although = [name for weight, name in reversed(moved) if weight <= -_LEAST_REASON]
        return Sure(round(value, 2), tuple(because[:_MOST_REASONS]), tuple(although[:_MOST_REASONS]))


@cache
def weights_of(question: str) -> Weights:
    """The weights of one of ``QUESTIONS``. Raises DataError if the table lacks it or is malformed."""
    name = "confidence.toml"
    text = (resources.files("attested") / "data" / name).read_text(encoding="utf-8")
    try:
        row = tomllib.loads(text)[question]
        return Weights(float(row["bias"]), {str(k): float(v) for k, v in row["weights"].items()})
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{name}: [{question}]: {error!r}") from error
