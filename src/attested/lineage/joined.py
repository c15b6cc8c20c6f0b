"""Groups of what is joined in pairs."""

from __future__ import annotations

from collections.abc import Iterable


def joined(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each id the smallest of its group; pairs with an unknown id join nothing."""
    above = {one: one for one in ids}

    def first(one: str) -> str:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for left, right in pairs:
        if left in above and right in above:
            ours, theirs = first(left), first(right)
            above[max(ours, theirs)] = min(ours, theirs)
    return {one: first(one) for one in above}
