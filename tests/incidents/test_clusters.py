"""Clusters grown again where something changed are those grown at once: matches and vetoes of any shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from attested.incidents.clusters import Clusters
from attested.incidents.links import Links

MENTIONS = "abcdefghij"
SOME = st.frozensets(st.sampled_from(MENTIONS), min_size=2, max_size=2)
PAIRS = st.dictionaries(SOME, st.integers(1, 4), min_size=4, max_size=20)
Pairs = dict[frozenset[str], int]


@dataclass
class World:
    """Which mentions there are, which match, and which a veto keeps apart."""

    there: set[str]
    matches: Pairs
    vetoes: set[frozenset[str]] = field(default_factory=set)

    def apart(self, some: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.bool_]:
        return np.array([[frozenset((a, b)) in self.vetoes for b in others] for a in some], bool)

    def match(self, clusters: Clusters, mentions: Iterable[str]) -> None:
        """Tell of the matches of these mentions."""
        wanted = set(mentions)
        for pair, points in self.matches.items():
            if pair <= self.there and not wanted.isdisjoint(pair) and pair not in self.vetoes:
                a, b = sorted(pair)
                clusters.match(a, b, float(points))

    def at_once(self) -> list[list[str]]:
        clusters = Clusters(self.apart)
        self.match(clusters, self.there)
        clusters.grow(self.there, set(), Links[str]())
        return groups(clusters)


def groups(clusters: Clusters) -> list[list[str]]:
    return sorted({id(c): sorted(c.members) for c in clusters.home.values()}.values())


STEPS = st.lists(
    st.tuples(st.sampled_from(MENTIONS), st.booleans(), PAIRS, st.frozensets(SOME, max_size=8)), max_size=6
)


@settings(max_examples=500, deadline=None)
@given(PAIRS, st.frozensets(SOME, max_size=12), STEPS)
def test_clusters_grown_again_are_those_grown_at_once(
    matches: Pairs,
    vetoes: frozenset[frozenset[str]],
    steps: list[tuple[str, bool, Pairs, frozenset[frozenset[str]]]],
) -> None:
    """Each step takes a mention away, or brings it with other matches and vetoes of its own."""
    world = World(set(MENTIONS[:7]), matches, set(vetoes))
    clusters = Clusters(world.apart)
    world.match(clusters, world.there)
    clusters.grow(world.there, set(), Links[str]())
    for mention, is_gone, pairs, apart in steps:
        was_there = mention in world.there
        clusters.forget(mention)
        own = {pair: points for pair, points in pairs.items() if mention in pair}
        world.matches = {pair: n for pair, n in world.matches.items() if mention not in pair} | own
        world.vetoes = {pair for pair in world.vetoes if mention not in pair}
        world.vetoes |= {pair for pair in apart if mention in pair}
        world.there = world.there - {mention} if is_gone else world.there | {mention}
        world.match(clusters, [mention])
        gone = {mention} if is_gone and was_there else set()
        clusters.grow({mention} & world.there, gone, Links[str]())
        assert groups(clusters) == world.at_once()


def test_a_mention_set_free_by_a_new_one_goes_to_another() -> None:
    """x takes a from b, whose place in a's cluster kept it from k."""
    world = World(
        set("abk"), {frozenset("ab"): 3, frozenset("bk"): 2, frozenset("ax"): 4},
        {frozenset("ak"), frozenset("bx")},
    )  # fmt: skip
    clusters = Clusters(world.apart)
    world.match(clusters, world.there)
    clusters.grow(world.there, set(), Links[str]())
    assert groups(clusters) == [["a", "b"], ["k"]]
    world.there.add("x")
    world.match(clusters, "x")
    clusters.grow({"x"}, set(), Links[str]())
    assert groups(clusters) == [["a", "x"], ["b", "k"]] == world.at_once()


def test_a_match_that_is_gone_parts_its_cluster() -> None:
    world = World(set("abc"), {frozenset("ab"): 3, frozenset("bc"): 2})
    clusters = Clusters(world.apart)
    world.match(clusters, world.there)
    clusters.grow(world.there, set(), Links[str]())
    clusters.part("a", "b")
    clusters.grow({"a", "b"}, set(), Links[str]())
    assert groups(clusters) == [["a"], ["b", "c"]]
