"""What people decided, found again in the texts: what is one incident and what is not, what is none, what is wrong.

A decision wins over every rerun because it is input. It names words (``anchors``), so it holds for whatever mention a
rerun finds there; one whose words are found no more is kept and told, not dropped. Of two that contradict each other
the later stands, as far as they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from attested.incidents.anchors import Finder, anchors_in
from attested.incidents.links import Links
from attested.model import Claim, Judgement, Mention, Origin, Report
from attested.resolve.actor_names import name_key
from attested.text.normalise import fold
from attested.values import Actor

# Kinds of judgement. SAME + "incident": left and right are one (positive), or two (negative), each side one thing.
# SAME + ACTOR names no words at a place but names, one a line, wherever they stand.
SAME = "same "
ACTOR = "actor"
VALUE = "value"  # of an incident: ``right`` is the field, ``value`` what it is
CLAIM = "claim"  # negative: the claim is wrong
UNDO = "undo"  # ``supersedes`` stands no longer
ROWS = ("incident", "statement", "trend")  # negative: its mentions are none; positive: they are

STANDS, LOST = "stands", "no longer fits"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions that a decision puts together, or keeps apart."""

    left: str
    right: str


@dataclass(frozen=True)
class Decided:
    """Decisions as they hold for the mentions and claims that there are.

    ``states`` says of each judgement whether it stands, wholly, in part or not, and why not; ``mentions`` are those
    that it names, or the keys of names. ``rejected`` and ``confirmed`` are mentions, ``wrong`` claims, each with the
    judgement.
    """

    judgements: tuple[Judgement, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    together: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    apart: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    rejected: Mapping[str, Judgement] = field(default_factory=dict)
    confirmed: Mapping[str, Judgement] = field(default_factory=dict)
    wrong: Mapping[str, Judgement] = field(default_factory=dict)
    corrections: tuple[Judgement, ...] = ()
    by_mention: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)

    def links(self, kind: str) -> Links[str]:
        """The decisions on mentions of a kind; one that counts no longer still joins what is to be one with it."""
        return Links.of(*([(pair.left, pair.right) for pair in side] for side in self.pairs(kind)))

    def pairs(self, kind: str) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """What is together, and what is apart, of a kind."""
        return self.together.get(kind, ()), self.apart.get(kind, ())

    def reasons(self, kind: str, ids: Sequence[str]) -> tuple[str, ...]:
        """Who decided that these mentions are one ``kind``, or that others are another, and when."""
        if not self.judgements:
            return ()
        own, found = set(ids), {j.id: j for id in ids for j in self.by_mention.get(id, ())}
        rows = [j for j in self.judgements if j.id in found and j.kind == SAME + kind]
        return tuple(_merge_words(j, kind) for j in rows if self._bears_on(j, own))

    def _bears_on(self, judgement: Judgement, own: set[str]) -> bool:
        return judgement.verdict == "negative" or len(own.intersection(self.mentions[judgement.id])) > 1

    def touching(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """The standing decisions that name one of these mentions, in the order made."""
        found = {j.id for id in ids for j in self.by_mention.get(id, ())}
        return tuple(j for j in self.judgements if j.id in found)

    def corrections_of(self, members: Mapping[str, Sequence[str]]) -> dict[str, tuple[Judgement, ...]]:
        """Incident id -> its corrections in the order made; each goes to the incident with most of its mentions."""
        if not self.corrections:
            return {}
        home = {mention: id for id, mentions in sorted(members.items()) for mention in mentions}
        found: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self.corrections:
            homes = [home[m] for m in self.mentions[judgement.id] if m in home]
            if homes:
                found[max(homes, key=lambda h: (homes.count(h), -homes.index(h)))].append(judgement)
        return {id: tuple(rows) for id, rows in found.items()}


def decided_words(judgement: Judgement) -> str:
    """``anna decided on 2021-05-07``."""
    return f"{judgement.by or 'somebody'} decided on {judgement.at[:10]}"


def with_note(words: str, judgement: Judgement) -> str:
    """The words with the judgement's note, if it has one."""
    return f"{words}: {judgement.note}" if judgement.note else words


def _merge_words(judgement: Judgement, kind: str) -> str:
    said = f"these are one {kind}" if judgement.verdict == "positive" else f"others are another {kind}"
    return with_note(f"{decided_words(judgement)} that {said}", judgement)


def names_in(lines: str | None) -> list[str]:
    """The names of a decision's side, one a line."""
    return [name for line in (lines or "").split("\n") if (name := line.strip())]


def decide(
    judgements: Sequence[Judgement],
    mentions: Mapping[str, Mention],
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    origins: Iterable[Origin] = (),
    actors: Iterable[Actor] = (),
) -> Decided:
    """What judgements, in the order made, say of these mentions, claims and names of actors."""
    if not judgements:
        return Decided()
    return _Deciding(judgements, mentions, claims, reports, origins, actors).decided()


def undone_by(judgements: Sequence[Judgement]) -> dict[str, str]:
    """Judgement id -> the id of the one that undid it; what undid it may have been undone itself."""
    undone: dict[str, str] = {}
    for judgement in reversed(judgements):
        if judgement.supersedes and judgement.id not in undone:
            undone.setdefault(judgement.supersedes, judgement.id)
    return undone


class _Deciding:
    """The work of ``decide``: the decisions one after another, the latest first where they may clash."""

    def __init__(
        self,
        judgements: Sequence[Judgement],
        mentions: Mapping[str, Mention],
        claims: Mapping[str, Claim],
        reports: Mapping[str, Report],
        origins: Iterable[Origin],
        actors: Iterable[Actor],
    ) -> None:
        self._judgements, self._mentions, self._claims = judgements, mentions, claims
        self._finder = Finder(mentions, claims, reports)
        self._origin_of = {report: origin.id for origin in origins for report in origin.reports}
        self._actors = actors
        self._states: dict[str, str] = {}
        self._sides: dict[str, tuple[list[str], list[str]]] = {}

    def decided(self) -> Decided:
        """Everything that stands."""
        undone = undone_by(self._judgements)
        self._states |= {id: f"undone by {by}" for id, by in undone.items()}
        standing = [j for j in self._judgements if j.id not in undone]
        for judgement in standing:
            self._states[judgement.id] = STANDS if judgement.kind == UNDO else self._find(judgement)
        fitting = [j for j in standing if self._states[j.id] != LOST]
        together: dict[str, tuple[Pair, ...]] = {}
        apart: dict[str, tuple[Pair, ...]] = {}
        for kind in (*ROWS[:2], ACTOR):
            together[kind], apart[kind] = self._linked([j for j in fitting if j.kind == SAME + kind])
        rejected, confirmed = self._counted([j for j in fitting if j.kind in ROWS])
        wrong = {id: j for j in fitting if j.kind == CLAIM for id in self._wrong(j)}
        named = {id: tuple(dict.fromkeys([*left, *right])) for id, (left, right) in self._sides.items()}
        by_mention: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in fitting:
            if not self._states[judgement.id].startswith("overruled"):
                for id in named.get(judgement.id, ()):
                    by_mention[id].append(judgement)
        return Decided(
            judgements=tuple(self._judgements),
            states=self._states,
            mentions=named,
            together=together,
            apart=apart,
            rejected=rejected,
            confirmed=confirmed,
            wrong=wrong,
            corrections=tuple(j for j in fitting if j.kind == VALUE),
            by_mention={id: tuple(rows) for id, rows in by_mention.items()},
        )

    def _find(self, judgement: Judgement) -> str:
        """Look for the words that a judgement names; returns its state."""
        if judgement.kind == CLAIM:
            found = [self._finder.claim(anchor) for anchor in anchors_in(judgement.left)]
            about = [self._claims[id].mention_id for id in found if id is not None]
            self._sides[judgement.id] = about, []
            return STANDS if about else LOST
        if judgement.kind == SAME + ACTOR:
            sides = [[name_key(n) for n in names_in(side)] for side in (judgement.left, judgement.right)]
            borne = [[key for key in side if key in self._names] for side in sides]
            self._sides[judgement.id] = borne[0], borne[1]
            return _fit(sides, borne)
        kind = "incident" if judgement.kind == VALUE else judgement.kind.removeprefix(SAME)
        right = judgement.right if judgement.kind.startswith(SAME) else None
        named = [anchors_in(side) for side in (judgement.left, right)]
        left, others = (self._finder.mentions(anchors, kind) for anchors in named)
        self._sides[judgement.id] = left, others
        return _fit(named, (left, others))

    def _linked(self, judgements: Sequence[Judgement]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """What is to be together and what apart; an earlier decision yields where it contradicts a later one."""
        links, together, apart = Links[str](), [], []
        for judgement in reversed(judgements):
            joins, bars = _pairs(judgement, *self._sides[judgement.id])
            done = [p for p in joins if links.join(p.left, p.right)]
            barred = [p for p in bars if links.part(p.left, p.right)]
            together += done
            apart += barred
            n_asked, n_done = len(joins) + len(bars), len(done) + len(barred)
            if n_done < n_asked:
                self._states[judgement.id] = _overruled(is_whole=not (barred if bars else done))
        return tuple(reversed(together)), tuple(reversed(apart))

    def _counted(self, judgements: Sequence[Judgement]) -> tuple[dict[str, Judgement], dict[str, Judgement]]:
        """Mentions that are none and mentions that are, with their copies; the later decision on each stands."""
        last = {id: j for j in judgements for named in self._sides[j.id][0] for id in self._copies_of(named)}
        for judgement in judgements:
            own = self._sides[judgement.id][0]
            against = [id for id in own if last[id].verdict != judgement.verdict]
            if against:
                self._states[judgement.id] = _overruled(is_whole=len(against) == len(own))
        rejected = {id: j for id, j in last.items() if j.verdict == "negative"}
        return rejected, {id: j for id, j in last.items() if j.verdict == "positive"}

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name_key(name) for a in self._actors for name in (a.name, *a.aliases))

    @cached_property
    def _of_origin(self) -> dict[str, list[Mention]]:
        """Origin -> its mentions; a report without one stands for itself."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._mentions.values():
            found[self._origin(mention)].append(mention)
        return found

    @cached_property
    def _of_mention(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._claims.values():
            found[claim.mention_id].append(claim)
        return found

    def _origin(self, mention: Mention) -> str:
        return self._origin_of.get(mention.report_id, mention.report_id)

    def _wrong(self, judgement: Judgement) -> list[str]:
        """The claim, and the same words' claim in each copy of its sentence."""
        found = [self._finder.claim(anchor) for anchor in anchors_in(judgement.left)]
        claims = [self._claims[id] for id in found if id is not None]
        return [
            copy.id
            for claim in claims
            for mention in self._copies_of(claim.mention_id)
            for copy in self._of_mention.get(mention, ())
            if (copy.field, copy.value, copy.span.text) == (claim.field, claim.value, claim.span.text)
        ]

    def _copies_of(self, mention_id: str) -> list[str]:
        """The mention and those of the same sentence in reports of its origin: what is wrong there is wrong here."""
        mention = self._mentions.get(mention_id)
        if mention is None:
            return [mention_id]
        key = _copy_key(mention)
        return [m.id for m in self._of_origin[self._origin(mention)] if _copy_key(m) == key]


def _copy_key(mention: Mention) -> tuple[object, ...]:
    return mention.kind, fold(mention.sentence.text), mention.trigger.start - mention.sentence.start


def _fit(named: Sequence[Sequence[object]], found: Sequence[Sequence[str]]) -> str:
    """Whether all, some or none of a judgement's words are found; a side without any leaves nothing to decide."""
    n_named, n_found = (sum(map(len, sides)) for sides in (named, found))
    if not n_found or any(words and not ids for words, ids in zip(named, found, strict=True)):
        return LOST
    return STANDS if n_found == n_named else f"{STANDS}; {n_named - n_found} of {n_named} no longer fit"


def _pairs(judgement: Judgement, left: Sequence[str], right: Sequence[str]) -> tuple[list[Pair], list[Pair]]:
    """What a decision joins and what it keeps apart: one group, or two groups apart."""
    if judgement.verdict == "positive":
        return _chain([*left, *right]), []
    shared = set(left) & set(right)  # mentions that a rerun made one are on neither side
    sides = [[id for id in side if id not in shared] for side in (left, right)]
    return _chain(sides[0]) + _chain(sides[1]), [Pair(a, b) for a in sides[0] for b in sides[1]]


def _chain(ids: Sequence[str]) -> list[Pair]:
    """Pairs that join all: each with the first."""
    return [Pair(ids[0], other) for other in dict.fromkeys(ids[1:]) if other != ids[0]]


def _overruled(*, is_whole: bool) -> str:
    return "overruled by a later decision" if is_whole else f"{STANDS} in part; a later decision overrules it"
