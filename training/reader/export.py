"""A checkpoint -> the shipped file: ``python -m reader.export --checkpoint DIR/checkpoint.pt --out WEIGHTS``.

One int8 ONNX file with its label lists inside, the vocabulary beside it, and the list of newswire texts seen.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from attested.reading.encoder import TOKENIZER
from attested.reading.network import FORMAT, MODEL, OUTPUTS
from reader.corpora import is_held_out
from reader.examples import PARTS, Labels
from reader.network import ReaderNetwork, combined_names, wheel_folder

OPSET = 17
SEEN = "trained-on.txt"
_FAR = -1e4
# Added to the score of "no name": without it both name heads find a tenth more than there is. Chosen with the
# share of the newswire head (0.3) on UNER EWT dev and the newswire texts held out.
OUTSIDE = 0.5


class Shipped(nn.Module):
    """The network as it is shipped: best labels where only they are needed, scores where decoding follows."""

    def __init__(self, network: ReaderNetwork, labels: Labels, world_share: float) -> None:
        super().__init__()
        self.network, self.labels, self.world_share = network, labels, world_share
        outside = torch.zeros(len(labels.ner))
        outside[labels.ner.index("O")] = OUTSIDE
        self.register_buffer("outside", outside)
        root = torch.zeros(len(labels.relation))
        # "root" is never chosen here: whoever decodes the tree knows which word it is.
        root[labels.relation.index("root")] = _FAR
        self.register_buffer("not_root", root)

    def forward(self, ids: Tensor, mask: Tensor, shape: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """The outputs named in ``attested.reading.network.OUTPUTS``, in that order."""
        out = self.network(ids, mask, shape, first)
        relations = self.network.relation_scores(out["words"], out["arc"].argmax(-1)) + self.not_root
        return (
            out["upos"].argmax(-1),
            out["xpos"].argmax(-1),
            out["entity"].argmax(-1),
            relations.argmax(-1),
            combined_names(out["ner"], out["world"], self.labels, self.world_share) + self.outside,
            out["arc"],
            out["cues"][:, :, 1] - out["cues"][:, :, 0],
            self.network.part_table(out["words"]).argmax(-1),
            out["vector"],
        )


def load(checkpoint: Path) -> tuple[ReaderNetwork, Labels, dict[str, float]]:
    """The network, its labels and its figures as saved by ``reader.train``."""
    state: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=False)
    labels = Labels(**state["labels"])
    network = ReaderNetwork(labels)
    network.load_state_dict(state["network"])
    return network.eval(), labels, state["figures"]


def export(checkpoint: Path, out: Path, version: str, world_share: float, *, quantise: bool = True) -> Path:
    """Writes the model, the vocabulary and the list of texts seen to ``out``; returns the model's path."""
    network, labels, _ = load(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        _to_onnx(Shipped(network, labels, world_share).eval(), full)
        if quantise:
            # 7-bit weights: processors without VNNI add products in 16 bits, and 8-bit ones would overflow.
            quantize_dynamic(
                full,
                small,
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                extra_options={"MatMulConstBOnly": True},
            )
        model = onnx.load(small if quantise else full)
        named = {
            "upos": labels.upos,
            "xpos": labels.xpos,
            "entity": labels.entity,
            "relation": labels.relation,
            "ner": labels.ner,
            "parts": list(PARTS),
        }
        metadata = {"format": FORMAT, "version": version, "labels": json.dumps(named)}
        onnx.helper.set_model_props(model, metadata)
        onnx.save(model, Path(folder) / MODEL)
        shutil.copy(Path(folder) / MODEL, out / f".{MODEL}.half")
    (out / f".{MODEL}.half").replace(out / MODEL)
    shutil.copy(wheel_folder() / TOKENIZER, out / TOKENIZER)
    return out / MODEL


def _to_onnx(shipped: Shipped, path: Path) -> None:
    ids = torch.randint(1000, 20000, (2, 12))
    example = (ids, torch.ones_like(ids), torch.ones_like(ids), torch.tensor([[1, 2, 4, 5], [1, 3, 5, 6]]))
    inputs = ["ids", "mask", "shape", "first"]
    axes = {name: {0: "rows", 1: "pieces"} for name in inputs[:3]} | {"first": {0: "rows", 1: "words"}}
    axes |= {name: {0: "rows", 1: "words"} for name in OUTPUTS[:-1]} | {OUTPUTS[-1]: {0: "rows"}}
    with torch.no_grad():
        torch.onnx.export(
            shipped,
            example,
            str(path),
            input_names=inputs,
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def write_seen(data: Path, out: Path) -> None:
    """The names of the ner_worldwide texts that were trained on, one a line."""
    names = sorted(p.name for p in (data / "ner_worldwide").rglob("*.tsv") if not is_held_out(p.name))
    (out / SEEN).write_text("\n".join(names) + "\n", encoding="utf-8")


def main() -> None:
    """Parses the command line and exports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--world-share", type=float, default=0.3)
    parser.add_argument("--full", action="store_true", help="float32, to compare with")
    options = parser.parse_args()
    path = export(
        options.checkpoint, options.out, options.version, options.world_share, quantise=not options.full
    )
    write_seen(options.data, options.out)
    print(f"{path} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
