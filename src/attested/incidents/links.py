"""Groups under decisions: what must be together, what may never be, and what follows from both."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Generic, TypeVar

Key = TypeVar("Key", str, int)


class Links(Generic[Key]):
    """Groups of keys that only grow; two that are to be kept apart never become one. Others are alone in theirs."""

    def __init__(self) -> None:
        self._parent: dict[Key, Key] = {}
        self._members: dict[Key, set[Key]] = {}
        self._apart: dict[Key, set[Key]] = {}

    @classmethod
    def of(
        cls, together: Iterable[tuple[Key, Key]] = (), apart: Iterable[tuple[Key, Key]] = ()
    ) -> Links[Key]:
        """Groups joined and kept apart as told; the two must not contradict each other."""
        links = cls()
        for a, b in together:
            links.join(a, b)
        for a, b in apart:
            links.part(a, b)
        return links

    def home(self, key: Key) -> Key:
        """The smallest key of the group, which stands for it."""
        parent = self._parent
        while (above := parent.get(key)) is not None:
            parent[key] = parent.get(above, above)
            key = above
        return key

    def is_named(self, key: Key) -> bool:
        """Whether a decision joins the key to others or keeps it from others."""
        return key in self._parent or key in self._members or key in self._apart

    def group(self, key: Key) -> Set[Key]:
        """All keys of the group."""
        return self._members.get(self.home(key), {key})

    def barred(self, key: Key) -> Set[Key]:
        """What stands for each group that may not become one with this key's."""
        return self._apart.get(self.home(key), set())

    def forbids(self, a: Key, b: Key) -> bool:
        """Whether the groups of two keys may not become one."""
        return self.home(b) in self.barred(a)

    def join(self, a: Key, b: Key) -> bool:
        """Make the groups of two keys one; False if that is forbidden."""
        a, b = sorted((self.home(a), self.home(b)))
        if a == b:
            return True
        if self.forbids(a, b):
            return False
        self._parent[b] = a
        self._members.setdefault(a, {a}).update(self._members.pop(b, {b}))
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._bar(a, other)
        return True

    def part(self, a: Key, b: Key) -> bool:
        """Keep the groups of two keys apart for good; False if they are one already."""
        a, b = self.home(a), self.home(b)
        if a == b:
            return False
        self._bar(a, b)
        return True

    def _bar(self, a: Key, b: Key) -> None:
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)
