"""Groups under decisions: what must be together, what may never be, and what follows from both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Links:
    """Groups of ``n`` rows that only grow; two that are to be kept apart never become one."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))
        self._apart: dict[int, set[int]] = defaultdict(set)

    @classmethod
    def of(
        cls, n: int, together: Iterable[tuple[int, int]] = (), apart: Iterable[tuple[int, int]] = ()
    ) -> Links:
        """Groups of rows joined and kept apart as told; the two must not contradict each other."""
        links = cls(n)
        for i, j in together:
            links.join(i, j)
        for i, j in apart:
            links.part(i, j)
        return links

    def home(self, i: int) -> int:
        """The row that stands for the group of ``i``."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def forbids(self, i: int, j: int) -> bool:
        """Whether the groups of two rows may not become one."""
        return bool(self._apart) and self.home(j) in self._apart.get(self.home(i), ())

    def join(self, i: int, j: int) -> bool:
        """Make the groups of two rows one; False if that is forbidden."""
        a, b = sorted((self.home(i), self.home(j)))
        if a == b:
            return True
        if self.forbids(a, b):
            return False
        self._parent[b] = a
        for other in self._apart.pop(b, ()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)
        return True

    def part(self, i: int, j: int) -> bool:
        """Keep the groups of two rows apart for good; False if they are one already."""
        a, b = self.home(i), self.home(j)
        if a == b:
            return False
        self._apart[a].add(b)
        self._apart[b].add(a)
        return True
