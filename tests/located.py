"""Names and places for tests of the resolver: the shipped gazetteer, and an outline with names where they stand."""

from functools import cache

from attested.model import Name, Outline, Report
from attested.resolve.gazetteer import Gazetteer
from attested.resolve.places import PlaceResolver


@cache
def resolver() -> PlaceResolver:
    """A resolver over the gazetteer of this machine."""
    return PlaceResolver(Gazetteer.open())


def named(owner: Report, **labels: list[str]) -> Outline:
    """An outline with every occurrence of these names, by label."""
    found = []
    for label, names in labels.items():
        for name in names:
            at = owner.text.find(name)
            while at >= 0:
                found.append(Name(at, at + len(name), name, label))
                at = owner.text.find(name, at + 1)
    return Outline(owner.id, (), names=tuple(sorted(found, key=lambda n: n.start)))
