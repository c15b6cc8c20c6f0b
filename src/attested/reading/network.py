"""The weights: one int8 ONNX file that carries its own label lists, run on the CPU."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from attested.errors import DataError
from attested.reading.labels import best_labels
from attested.reading.stretches import Stretch, as_arrays
from attested.reading.tokens import Said
from attested.reading.trees import best_heads

MODEL = "reader.onnx"
# What the file must say of itself: its inputs, outputs and label lists are the ones read here.
FORMAT = "attested-reader-2"
OUTPUTS = ("upos", "xpos", "entity", "relation", "ner", "arc", "cues", "parts", "vector")
_LABELLED = ("upos", "xpos", "entity", "relation", "ner", "parts")
CUE_ODDS = -1.5
"""Log-odds from which a word is a cue of attribution; chosen on PolNeAR dev (docs/model-card.md)."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the network says of one stretch, word by word; ``heads`` count words from 0, -1 for the root."""

    upos: list[str]
    xpos: list[str]
    heads: list[int]
    relations: list[str]
    ner: list[str]
    entities: list[str]
    said: list[Said]
    vector: NDArray[np.float32]


class Network:
    """A session over the weights in ``folder``. Raises DataError if they are missing or not in our format."""

    def __init__(self, folder: Path, n_threads: int) -> None:
        path = folder / MODEL
        if not path.is_file():
            raise DataError(f"{path}: the reader's weights are missing; install Attested again")
        self._session = _session(path, n_threads)
        metadata = self._session.get_modelmeta().custom_metadata_map
        if metadata.get("format") != FORMAT:
            raise DataError(f"{path}: weights of format {metadata.get('format')!r}, not {FORMAT!r}")
        self.version: str = metadata["version"]
        self.labels: dict[str, list[str]] = json.loads(metadata["labels"])
        if missing := set(_LABELLED) - self.labels.keys():
            raise DataError(f"{path}: no label list for {', '.join(sorted(missing))}")

    def analyse(self, batch: Sequence[Stretch]) -> list[Analysis]:
        """One analysis for each stretch of a batch, in order."""
        values = self._session.run(list(OUTPUTS), as_arrays(batch))
        outputs = dict(zip(OUTPUTS, values, strict=True))
        return [self._one(outputs, i, stretch.n_words) for i, stretch in enumerate(batch)]

    def _one(self, outputs: dict[str, NDArray[Any]], i: int, n: int) -> Analysis:
        heads = [int(h) - 1 for h in best_heads(outputs["arc"][i, :n, : n + 1])]
        relations = self._named("relation", outputs["relation"][i, :n])
        return Analysis(
            upos=self._named("upos", outputs["upos"][i, :n]),
            xpos=self._named("xpos", outputs["xpos"][i, :n]),
            heads=heads,
            # The network never says "root": that is what the tree's root is, wherever it came to stand.
            relations=["root" if h < 0 else r for h, r in zip(heads, relations, strict=True)],
            ner=best_labels(outputs["ner"][i, :n], self.labels["ner"]),
            entities=self._named("entity", outputs["entity"][i, :n]),
            said=self._said(outputs["cues"][i, :n], outputs["parts"][i, :n, :n]),
            vector=outputs["vector"][i],
        )

    def _said(self, cues: NDArray[np.floating[Any]], parts: NDArray[np.int64]) -> list[Said]:
        found = []
        for cue in np.flatnonzero(cues > CUE_ODDS):
            row = self._named("parts", parts[cue])
            row[cue] = "cue"
            words = {part: tuple(k for k, p in enumerate(row) if p == part) for part in self.labels["parts"]}
            found.append(Said(int(cue), words["source"], words["cue"], words["content"]))
        return found

    def _named(self, kind: str, indexes: NDArray[np.int64]) -> list[str]:
        names = self.labels[kind]
        return [names[k] for k in indexes]


def _session(path: Path, n_threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    # Waiting threads sleep: other processes read too, and a spinning one would take their core.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no public root for its errors
        raise DataError(f"{path}: cannot load the reader's weights: {error}") from error
