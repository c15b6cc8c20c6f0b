"""Fits the line classifier on composed pages and writes ``src/attested/data/furniture_lines.npz``.

    python -m training.lines.train GOLD_FOLDER [--pages N]

Needs scikit-learn (a training dependency, not one of the package). Reproducible: the pages depend on their
number only. The number of trees and the weight of long lines were chosen on furniture_zyte, which is never
trained on.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from training.lines.compose import Row, Shelf, compose
from training.lines.texts import load_posts, load_stories

from attested.reports.features import NAMES, line_features
from attested.reports.label import label_by_cue
from attested.reports.lines import find_lines

WEIGHTS = Path(__file__).parents[2] / "src" / "attested" / "data" / "furniture_lines.npz"
N_PAGES = 2000
N_TREES, N_LEAVES, MIN_LEAF_LINES, RATE, L2 = 60, 8, 60, 0.1, 5.0
# Characters count, not lines; their root keeps a few long paragraphs from being all that is learnt.
LENGTH_POWER = 0.25


def composed(shelf: Shelf, n_pages: int) -> tuple[Any, Any, Any]:
    """Features, labels and lengths of the lines of ``n_pages`` composed pages."""
    features, labels, lengths = [], [], []
    for seed in range(n_pages):
        rows: list[Row] = [row for row in compose(shelf, random.Random(seed)) if row[0].strip()]
        lines = find_lines("\n".join(" ".join(text.split()) for text, _ in rows))
        if len(lines) == len(rows):
            features.append(line_features(lines, [label_by_cue(line) for line in lines]))
            labels += [is_body for _, is_body in rows]
            lengths += [line.end - line.start for line in lines]
    return np.vstack(features), np.array(labels), np.array(lengths, np.float64)


def fit(features: Any, labels: Any, lengths: Any) -> Any:
    """The boosted trees, each line weighed by its length."""
    model = HistGradientBoostingClassifier(
        max_iter=N_TREES, max_leaf_nodes=N_LEAVES, learning_rate=RATE, l2_regularization=L2,
        min_samples_leaf=MIN_LEAF_LINES, early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(features, labels, sample_weight=lengths**LENGTH_POWER)


def arrays_of(model: Any) -> dict[str, Any]:
    """The trees as padded arrays that ``attested.reports.furniture`` reads."""
    trees = [row[0].nodes for row in model._predictors]
    width = max(map(len, trees))
    shape = (len(trees), width)
    own = np.tile(np.arange(width, dtype=np.int32), (len(trees), 1))
    kept: dict[str, Any] = {
        "feature": np.zeros(shape, np.int32), "threshold": np.zeros(shape, np.float32),
        "left": own.copy(), "right": own.copy(), "value": np.zeros(shape, np.float32),
    }  # fmt: skip
    for i, nodes in enumerate(trees):
        inner = ~nodes["is_leaf"].astype(bool)
        where = np.flatnonzero(inner)
        kept["feature"][i, where] = nodes["feature_idx"][where]
        kept["threshold"][i, where] = nodes["num_threshold"][where]
        kept["left"][i, where] = nodes["left"][where]
        kept["right"][i, where] = nodes["right"][where]
        kept["value"][i, : len(nodes)] = np.where(inner, 0.0, nodes["value"])
    depth = max(int(nodes["depth"].max()) for nodes in trees)
    baseline = float(np.ravel(model._baseline_prediction)[0])
    return kept | {"baseline": np.float64(baseline), "depth": np.int64(depth), "names": np.array(NAMES)}


def main() -> None:
    """Compose, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--pages", type=int, default=N_PAGES)
    options = parser.parse_args()
    shelf = Shelf(load_stories(options.gold), load_posts(options.gold))
    model = fit(*composed(shelf, options.pages))
    np.savez_compressed(WEIGHTS, **arrays_of(model))
    print(f"{WEIGHTS}: {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
