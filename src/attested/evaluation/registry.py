"""Gold sets by name -> the adapter that measures them. Adapters are imported when asked for."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.scorers import Figures

Adapter = Callable[[Path], Figures]

# Where each adapter lives, as "module:function"; the function takes the folder and returns Figures.
ADAPTERS: dict[str, str] = {
    "ecbplus": "attested.evaluation.ecbplus:evaluate",
    "furniture_zyte": "attested.evaluation.furniture:evaluate",
    "gva": "attested.evaluation.gva:evaluate",
    "gvc": "attested.evaluation.gvc:evaluate",
    "incidents": "attested.evaluation.incidents:evaluate",
    "lineage": "attested.evaluation.lineage:evaluate",
    "ner_worldwide": "attested.evaluation.names:evaluate_worldwide",
    "news_clusters": "attested.evaluation.stories:evaluate",
    "meantime": "attested.evaluation.meantime:evaluate",
    "muc4": "attested.evaluation.muc4:evaluate",
    "nearcopy": "attested.evaluation.nearcopy:evaluate",
    "spun": "attested.evaluation.spun:evaluate",
    "seeds": "attested.evaluation.seeds:evaluate",
    "tempeval3": "attested.evaluation.times:evaluate",
    "published": "attested.evaluation.published:evaluate",
    "plv": "attested.evaluation.plv:evaluate",
    "polnear": "attested.evaluation.voices:evaluate",
    "geoparse": "attested.evaluation.places:evaluate",
    "ud_ewt": "attested.evaluation.treebank:evaluate",
    "uner_ewt": "attested.evaluation.names:evaluate",
}


def evaluate(name: str, folder: Path) -> Figures:
    """The figures of gold set ``name`` on the files below ``folder``.

    Raises InputError for a name that is unknown, a folder that is none, or one without the set's files.
    """
    adapter = find_adapter(name)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the one that holds the files of {name}")
    return adapter(folder)


def find_adapter(name: str) -> Adapter:
    """The adapter of gold set ``name``. Raises InputError with the likeliest name if it is unknown."""
    if name not in ADAPTERS:
        near = difflib.get_close_matches(name, ADAPTERS, n=1, cutoff=0.4)
        guess = f"did you mean {near[0]!r}? " if near else ""
        raise InputError(f"no gold set {name!r}; {guess}There are: {', '.join(sorted(ADAPTERS))}")
    module, _, function = ADAPTERS[name].partition(":")
    adapter: Adapter = getattr(import_module(module), function)
    return adapter


def find_gold(folder: Path, *patterns: str, skip: str = "train") -> list[Path]:
    """Files below ``folder`` that match any of ``patterns``, sorted; those of a training split left out.

    A file whose name holds ``skip`` is left out unless there is no other. Raises InputError naming the
    patterns if nothing matches.
    """
    found = sorted({path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()})
    if not found:
        raise InputError(f"{folder}: no file matches {' or '.join(patterns)}, here or in a folder below")
    kept = [path for path in found if not skip or skip not in path.name.lower()]
    return kept or found
