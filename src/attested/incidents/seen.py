"""All that merging sees of a mention: its profile, where its words are copied, what people decided on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any

from attested.incidents.alignment import Aligned, Alignment
from attested.incidents.context import FuseContext
from attested.incidents.judged import SAME, Decided
from attested.incidents.links import Links
from attested.incidents.profile import Profile, make_profiles
from attested.model import Derivation, Story

_PRINT_BYTES = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention's profile, the passages with its trigger, and the decisions that name it, with all that they name."""

    profile: Profile
    copies: tuple[Aligned, ...] = ()
    decided: tuple[object, ...] = ()

    def is_copied_in(self, other: Seen) -> bool:
        """Whether the sentences of two mentions are copies of one another."""
        mention = other.profile.mention
        return any(
            copy.other == mention.report_id and copy.other_start <= mention.trigger.start < copy.other_end
            for copy in self.copies
        )

    def fingerprint(self, method: str = "") -> str:
        """Another for whatever is seen differently, or by another ``method``."""
        values = [_plain(getattr(self.profile, part.name)) for part in fields(self.profile)]
        told = repr((method, values, self.copies, self.decided))
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=_PRINT_BYTES).hexdigest()


def see_mentions(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> dict[str, Seen]:
    """What merging sees of every mention of an incident that happened, by id."""
    story_of = {report: story.id for story in stories for report in story.reports}
    alignment, links = Alignment(derivations), context.decided.links("incident")
    found = {}
    for profile in make_profiles(context, story_of):
        mention = profile.mention
        copies = alignment.at(mention.report_id, mention.trigger.start)
        found[mention.id] = Seen(profile, copies, _decided(mention.id, context.decided, links))
    return found


def judged_differently(before: Decided, after: Decided, mention_of: Mapping[str, str]) -> set[str]:
    """The mentions on which people decided one thing before and another now; ``mention_of`` tells those of claims."""
    found = {mention_of[id] for id in before.wrong.keys() ^ after.wrong.keys() if id in mention_of}
    for old, new in (
        (before.rejected, after.rejected),
        (before.confirmed, after.confirmed),
        (before.by_mention, after.by_mention),
    ):
        found |= {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
    for decided, other in ((before, after), (after, before)):
        links = decided.links("incident")
        for side, against in ((decided.together, other.together), (decided.apart, other.apart)):
            pairs = set(side.get("incident", ())).difference(against.get("incident", ()))
            found |= {id for pair in pairs for id in (pair.left, pair.right)}
        homes = {links.home(id) for id in found}
        homes |= {barred for home in homes for barred in links.barred(home)}
        found |= {id for home in homes for id in links.group(home)}
    return found


def _decided(mention_id: str, decided: Decided, links: Links[str]) -> tuple[object, ...]:
    """What people decided on a mention: whom it is to be with, and whom not, and by which judgements."""
    named = (j.id for j in decided.by_mention.get(mention_id, ()) if j.kind == f"{SAME}incident")
    judged = [(id, decided.mentions[id]) for id in named]
    if not judged and not links.is_named(mention_id):
        return ()
    return sorted(links.group(mention_id)), sorted(links.barred(mention_id)), judged


def _plain(value: Any) -> Any:
    """What is written alike whenever it is equal."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.tobytes() if hasattr(value, "tobytes") else value
