"""Which incidents of MUC-4's messages are one: the development messages as one pile, and what their keys say.

A mention of ours is of a template of its message's key if the incident that holds it is aligned with it. Templates of
two messages are of one incident if their days meet and they name one victim or target; of two if their countries,
their days, or their towns with all whom they name, differ. Of the others nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path

from attested.all_reports import complete
from attested.evaluation.muc4_answers import ledger_of
from attested.evaluation.muc4_files import Message, read_messages
from attested.evaluation.muc4_slots_answers import templates_in
from attested.evaluation.muc4_slots_key import DESCRIBED, SLOTS, Key, in_text, read_keys
from attested.evaluation.muc4_slots_score import align, holds_words
from attested.incidents.profile import content_words
from attested.ledger.store import Ledger
from attested.one_page import Clock
from attested.reading.encoder import Reader
from attested.settings import Settings
from attested.text.normalise import fold

# Days up to which two keys that name one victim may have it on two days of the same incident.
_SLIP, _FAR = timedelta(days=1), timedelta(days=7)
_HIT = ("victim", "target", DESCRIBED)
# Words for victims and targets of any incident.
_COMMON = frozenset(
    "people person civilian soldier troop police policeman car vehicle home house leader member official building bank "
    "office residence worker".split()
)

Template = tuple[str, int]
"""A template of a key: the message's id and its number there."""


@dataclass(frozen=True)
class MucPile:
    """The messages in one ledger, and the template of each mention that is of one."""

    ledger: Ledger
    template_of: Mapping[str, Template]
    keys: Mapping[Template, Key]

    def is_one(self, a: str, b: str) -> bool | None:
        """Whether mentions of two messages are of one incident; None where nobody knows, or of one message."""
        x, y = self.template_of.get(a), self.template_of.get(b)
        if x is None or y is None or x[0] == y[0]:
            return None
        return is_one(self.keys[x], self.keys[y])


def read_pile(folder: Path) -> MucPile:
    """The development messages whose key has an incident."""
    keys, reader = read_keys(folder), Reader()
    ledgers, template_of, known = list[Ledger](), dict[str, Template](), dict[Template, Key]()
    for message in read_messages(folder):
        text = message.report.text
        own = [in_text(key, text) for key in keys.get(message.report.id, ())]
        if message.split == "dev" and own:
            blocks = [(b.start, b.end) for b in message.report.body]
            ledgers.append(ledger_of(message.report, reader.read(text, blocks)))
            template_of |= _templates(message, ledgers[-1], own)
            known |= {(message.report.id, n): key for n, key in enumerate(own)}
    return MucPile(_joined(ledgers), template_of, known)


def _templates(message: Message, ledger: Ledger, keys: list[Key]) -> dict[str, Template]:
    """The template of each mention of a message whose incident is aligned with one."""
    answers, found = templates_in(ledger), dict[str, Template]()
    members = {incident.id: incident.mention_ids for incident in ledger.incidents}
    for pair in align(answers, keys, holds_words, by_type=False, slots=(*SLOTS, DESCRIBED)):
        fused = answers[pair.ours].fused
        told = {*members.get(fused.id, ()), *(claim.mention_id for claim in fused.claims)}
        found |= dict.fromkeys(told, (message.report.id, pair.key))
    return found


def _joined(ledgers: list[Ledger]) -> Ledger:
    """One ledger of all reports."""
    pile = Ledger(
        reports=tuple(chain.from_iterable(one.reports for one in ledgers)),
        outlines=tuple(chain.from_iterable(one.outlines for one in ledgers)),
        mentions=tuple(chain.from_iterable(one.mentions for one in ledgers)),
        claims=tuple(chain.from_iterable(one.claims for one in ledgers)),
    )
    return complete(pile, Settings(), Clock())


def is_one(a: Key, b: Key) -> bool | None:
    """Whether two messages' templates are of one incident; None where nobody knows."""
    if a.country and b.country and a.country != b.country:
        return False
    if a.types and b.types and not a.types & b.types:
        return None
    shares = bool(_hit(a) & _hit(b))
    gap = _gap(a, b)
    if gap is not None and (gap > _FAR or (gap > _SLIP and not shares)):
        return False
    places = {fold(name) for name in a.places}, {fold(name) for name in b.places}
    if all(places) and places[0].isdisjoint(places[1]) and not shares:
        return False
    return True if shares and gap is not None and gap <= _SLIP else None


def _gap(a: Key, b: Key) -> timedelta | None:
    """From the end of one key's days to the start of the other's; None where one has no first day."""
    if a.days is None or b.days is None or a.days.start is None or b.days.start is None:
        return None
    return max(a.days.start - b.days.end, b.days.start - a.days.end)


def _hit(key: Key) -> set[str]:
    """The words of a key's victims and targets that do not fit any."""
    words = content_words(name for slot in _HIT for names in key.slots.get(slot, ()) for name in names)
    return set(words - _COMMON)
