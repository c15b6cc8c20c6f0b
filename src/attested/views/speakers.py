"""Which names are one voice's: whatever names one actor alone goes by, or the name itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from attested.resolve.actor_names import name_key
from attested.views.facts import Facts

KeyOf = Callable[[str], str]
"""From a voice's name to what all names of that voice have in common."""


def voice_keys(facts: Facts) -> KeyOf:
    """The key of a voice's name."""
    actors = _actors_by_name(facts)

    @cache
    def key_of(name: str) -> str:
        key = name_key(name)
        return name_key(actors.get(key, name)) or key

    return key_of


def _actors_by_name(facts: Facts) -> dict[str, str]:
    """Key of each name that one actor alone goes by -> the actor's name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for actor in facts.actors.values():
        for name in (actor.name, *actor.aliases):
            found[name_key(name)].add(actor.name)
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}
