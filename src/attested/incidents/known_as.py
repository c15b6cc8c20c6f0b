"""Who goes by which name once people decided: actors that they made one or parted, and whom each claim means then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attested.ids import make_id
from attested.incidents.judged import ACTOR, Decided
from attested.model import Claim
from attested.resolve.actor_names import name_key
from attested.values import Actor


def actors_by_name(actors: Iterable[Actor]) -> dict[str, Actor]:
    """Key of each name -> the actor that goes by it: of several the one that is called so, then the one that the texts
    call so most."""
    found: dict[str, tuple[int, str, Actor]] = {}
    for actor in actors:
        for rank, name in enumerate(names_of(actor)):
            key, row = name_key(name), (rank, actor.id, actor)
            if key not in found or row[:2] < found[key][:2]:
                found[key] = row
    return {key: actor for key, (_, _, actor) in found.items()}


def names_of(actor: Actor) -> tuple[str, ...]:
    """The actor's own name, then the others, the most used first."""
    return (actor.name, *actor.aliases)


class KnownAs:
    """The actors as people decided. A name that they put to another's belongs to that actor with all its names; a name
    that they parted from its actor's is an actor of its own."""

    def __init__(self, actors: Sequence[Actor], decided: Decided) -> None:
        self._found, self._links = actors, decided.links(ACTOR)
        self._owner = {k: a for k, a in actors_by_name(actors).items() if self._links.is_named(k)}
        self._texts = {name_key(n): n for a in actors for n in reversed(names_of(a))} if self._owner else {}
        for called in (
            True,
            False,
        ):  # an actor is with the name that it is called by, then with others that may
            for key, actor in self._owner.items():
                if (name_key(actor.name) == key) is called:
                    self._links.join(key, actor.id)
        first = (pair.left for pair in decided.together.get(ACTOR, ()))
        self._first = {self._links.home(key): key for key in first if key in self._owner}
        self._rows = {home: self._row(home, keys) for home, keys in self._groups().items()}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors, sorted by id."""
        others = (actor for actor in self._found if not self._links.is_named(actor.id))
        return tuple(sorted((*others, *self._rows.values()), key=lambda actor: actor.id))

    def links(self, by_claim: Mapping[str, str], claims: Mapping[str, Claim]) -> dict[str, str]:
        """Claim id -> actor id, where ``by_claim`` has the actors as they were found."""
        parted: dict[str, list[str]] = defaultdict(list)
        for key, actor in self._owner.items():
            if self._links.home(key) != self._links.home(actor.id):
                parted[actor.id].append(key)
        touched = {actor.id for actor in self._owner.values()}
        return {
            claim: self._meant(actor, parted.get(actor, ()), claims.get(claim)) if actor in touched else actor
            for claim, actor in by_claim.items()
        }

    def _meant(self, actor: str, parted: Sequence[str], claim: Claim | None) -> str:
        """The actor that a claim means: the one of the longest parted name in its words, else of the rest."""
        words = f" {name_key(str(claim.value))} " if claim is not None and parted else ""
        said = max((key for key in parted if f" {key} " in words), key=len, default=actor)
        row = self._rows.get(self._links.home(said))
        return row.id if row is not None else actor

    def _groups(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key, actor in self._owner.items():
            found[self._links.home(key)].append(key)
            found[self._links.home(actor.id)]  # an actor that is left with the names that nobody judged
        return found

    def _row(self, home: str, keys: Sequence[str]) -> Actor:
        """One actor: called as people said first, else as one of its actors is."""
        own = [actor for actor in self._found if self._links.home(actor.id) == home]
        first = self._first.get(home)
        lead = self._owner[first or keys[0]] if first or not own else own[0]
        name = self._texts[first] if first else own[0].name if own else self._texts[keys[0]]
        names = dict.fromkeys((name, *self._names(home, sorted(own, key=lambda a: a is not lead))))
        names |= dict.fromkeys(self._texts[key] for key in keys)
        called = next((actor.id for actor in own if actor.name == name), make_id("ac", name))
        return Actor(called, name, lead.kind, tuple(names)[1:], lead.country)

    def _names(self, home: str, actors: Iterable[Actor]) -> Iterator[str]:
        """The names of these actors, without those that were parted from them."""
        for actor in actors:
            for name in names_of(actor):
                key = name_key(name)
                is_parted = self._owner.get(key) is actor and self._links.home(key) != home
                if not is_parted:
                    yield name
