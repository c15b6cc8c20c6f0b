"""What merging keeps of a mention from run to run and from decision to decision, so that no pair is compared twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

_JOINED = "*"


@dataclass(frozen=True, slots=True)
class Kept:
    """A mention as it was last merged. ``seen`` is the fingerprint of what was seen of it, and how.

    ``blocks`` are one a line; so are ``matches``, each with the other mention, the points of the pair, and a mark if
    the pair joined two clusters. What a decision changed has no fingerprint, so that the next run looks at it again,
    and the blocks that the last run gave it; a mention that it took away stays with these alone until then.
    """

    mention_id: str
    seen: str
    blocks: str
    matches: str

    def block_names(self) -> frozenset[str]:
        """The blocks that it was in."""
        return frozenset(self.blocks.split("\n")) if self.blocks else frozenset()

    def pairs(self) -> Iterator[tuple[str, float, bool]]:
        """The other mention of each match, the points, and whether the pair joined two clusters."""
        for line in self.matches.split("\n") if self.matches else ():
            other, points, *joined = line.split(" ")
            yield other, float(points), bool(joined)


def keep(
    mention_id: str, seen: str, blocks: Collection[str], matches: Mapping[str, float], joined: Collection[str]
) -> Kept:
    """What is to be kept of a mention: its matches, and which of them joined clusters."""
    lines = (
        f"{other} {points!r}{' ' + _JOINED if other in joined else ''}"
        for other, points in sorted(matches.items())
    )
    return Kept(mention_id, seen, "\n".join(sorted(blocks)), "\n".join(lines))
