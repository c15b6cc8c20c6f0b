"""Figures on the development sets while training: percentages, gold words and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from attested.reading.labels import best_labels, spans_of
from attested.reading.trees import best_heads
from reader.batches import Item, as_batch, grouped
from reader.examples import UNKNOWN, WORLD_TYPES, Labels
from reader.network import ReaderNetwork, combined_names

_BATCH = 2400
SCORED_NAMES = frozenset(("PER", "LOC", "ORG"))


@dataclass(frozen=True)
class DevSets:
    """What is measured: parsed and named sentences, newswire names, and the teacher's vectors of all."""

    web: list[Item]
    mentions: list[Item]
    world: list[Item]
    vectors: Tensor


@torch.no_grad()
def measure(network: ReaderNetwork, sets: DevSets, labels: Labels, share: float = 0.4) -> dict[str, float]:
    """Accuracies and F1 in per cent, and how the vectors agree with the teacher's."""
    network.eval()
    figures = _parse_figures(network, sets)
    for name, weight in (("", share), ("_own_head", 0.0)):
        figures[f"uner_f1{name}"] = _name_f1(network, sets.web, sets.vectors, labels, weight)
        figures[f"world_f1{name}"] = _name_f1(network, sets.world, sets.vectors, labels, weight)
    figures["world_f1_world_head"] = _name_f1(network, sets.world, sets.vectors, labels, 1.0)
    figures["mention_f1"] = _mention_f1(network, sets)
    figures |= _vector_figures(network, sets)
    network.train()
    return {name: round(value, 2) for name, value in figures.items()}


def _run(network: ReaderNetwork, group: Sequence[Item], vectors: Tensor) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16):
        return {k: v.float() for k, v in network(*as_batch(group, vectors).inputs).items()}


def _parse_figures(network: ReaderNetwork, sets: DevSets) -> dict[str, float]:
    right = {"upos": 0, "xpos": 0, "uas": 0, "las": 0}
    total = 0
    for group in grouped(sets.web, _BATCH, None):
        batch = as_batch(group, sets.vectors)
        out = _run(network, group, sets.vectors)
        heads = torch.zeros_like(batch.words, dtype=torch.long)
        for i, item in enumerate(group):
            n = len(item.row.example.words)
            heads[i, :n] = torch.from_numpy(best_heads(out["arc"][i, :n, : n + 1].numpy()).copy())
        relations = network.relation_scores(out["words"], heads).argmax(-1)
        attached = (heads == batch.targets["head"]) & batch.words
        right["uas"] += int(attached.sum())
        right["las"] += int((attached & (relations == batch.targets["relation"])).sum())
        for task in ("upos", "xpos"):
            right[task] += int(((out[task].argmax(-1) == batch.targets[task]) & batch.words).sum())
        total += int(batch.words.sum())
    return {task: 100 * n / total for task, n in right.items()}


def _name_f1(
    network: ReaderNetwork, items: Sequence[Item], vectors: Tensor, labels: Labels, share: float
) -> float:
    hits = found = gold = 0
    for group in grouped(items, _BATCH, None):
        out = _run(network, group, vectors)
        scores = combined_names(out["ner"], out["world"], labels, share).numpy()
        for i, item in enumerate(group):
            truth = _gold_names(item)
            if truth is None:
                continue
            mine = spans_of(best_labels(scores[i, : len(item.row.example.words)], labels.ner))
            ours = {s for s in mine if s[2] in SCORED_NAMES}
            hits, found, gold = hits + len(ours & truth), found + len(ours), gold + len(truth)
    return _f1(hits, found, gold)


def _gold_names(item: Item) -> set[tuple[int, int, str]] | None:
    example = item.row.example
    if example.world:
        labels = ["O" if x == UNKNOWN or x == "O" else x for x in example.world]
        spans = {(a, b, WORLD_TYPES[kind]) for a, b, kind in spans_of(labels)}
    elif example.names:
        spans = set(spans_of(example.names))
    else:
        return None
    return {s for s in spans if s[2] in SCORED_NAMES}


def _mention_f1(network: ReaderNetwork, sets: DevSets) -> float:
    hits = found = gold = 0
    for group in grouped(sets.mentions, _BATCH, None):
        out = _run(network, group, sets.vectors)["entity"].argmax(-1)
        truth = as_batch(group, sets.vectors).targets["entity"]
        hits += int(((out == truth) & (truth > 0)).sum())
        found += int(((out > 0) & (truth >= 0)).sum())
        gold += int((truth > 0).sum())
    return _f1(hits, found, gold)


def _f1(hits: int, found: int, gold: int) -> float:
    return 200 * hits / max(1, found + gold)


def _vector_figures(network: ReaderNetwork, sets: DevSets) -> dict[str, float]:
    """Mean cosine with the teacher's vector, and Spearman's correlation of the cosines of all pairs."""
    items = [*sets.world, *sets.web][:1500]
    ours, theirs = [], []
    for group in grouped(items, _BATCH, None):
        ours.append(_run(network, group, sets.vectors)["vector"])
        theirs.append(as_batch(group, sets.vectors).teacher)
    mine, teacher = torch.cat(ours), torch.cat(theirs)
    upper = torch.triu_indices(len(mine), len(mine), 1)
    left, right = (mine @ mine.T)[upper[0], upper[1]], (teacher @ teacher.T)[upper[0], upper[1]]
    return {
        "vector_cosine": 100 * float((mine * teacher).sum(-1).mean()),
        "vector_spearman": 100 * spearman(left, right),
    }


def spearman(left: Tensor, right: Tensor) -> float:
    """Spearman's rank correlation (ties in the order they stand)."""
    ranks = [x.argsort().argsort().double() for x in (left, right)]
    return float(torch.corrcoef(torch.stack(ranks))[0, 1])
