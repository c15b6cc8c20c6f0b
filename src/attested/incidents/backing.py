"""Who really stands behind a claim: the origin that its words go back to, which may not be its report's own.

- Words that stand in an aligned passage are the parent's, and so on up to the first report that has them.
- What another newsroom's rewrite adds is its own, unless the text that it rewrote says the same in other words.
- "Reuters reported that ..." is Reuters's, whatever paper it stands in.
- A machine-spun copy stands behind nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from attested.lineage.wires import agency_key, carries_dispatch
from attested.model import Claim, Derivation, Origin, Passage, Report, Voice
from attested.text.folding import fold_words

SAME_SENTENCE = 85.0
"""Character ratio from which two additions are one sentence that both newsrooms have from somewhere."""


@dataclass(frozen=True, slots=True)
class Backer:
    """Whose words a claim's are: a family of copies, or something beside it.

    ``addition`` is set to the report whose own addition to its family's text the claim is, ``named`` to the
    folded name of the newsroom that the report says it has it from.
    """

    family: str
    addition: str | None = None
    named: str | None = None


class Backing:
    """Traces claims to their origins through one pile's derivations."""

    def __init__(
        self,
        reports: Mapping[str, Report],
        derivations: Sequence[Derivation],
        origins: Sequence[Origin],
        spun: frozenset[str],
    ) -> None:
        self._reports = reports
        self._family_of = {report: origin.id for origin in origins for report in origin.reports}
        self._agency_of = {origin.id: agency_key(origin.agency) for origin in origins if origin.agency}
        self._parents: defaultdict[str, list[_Source]] = defaultdict(list)
        self._siblings: defaultdict[str, list[_Source]] = defaultdict(list)
        self._spun = spun
        for derivation in derivations:
            if derivation.parent is not None and derivation.kind != "spun":
                self._parents[derivation.child].append(_Source(derivation))
                if derivation.is_sibling:
                    self._siblings[derivation.parent].append(_Source(_turned(derivation)))

    def backer(self, claim: Claim) -> Backer | None:
        """Return whose words a claim's are; None for a spun copy's."""
        if claim.report_id in self._spun:
            return None
        report_id, has_moved = self._first_with(claim.report_id, claim.sentence.start)
        family = self._family_of.get(report_id, report_id)
        if named := self._named(claim.voice, report_id, family):
            return Backer(family, named=named)
        is_addition = not has_moved and self._is_added(claim.report_id, claim.sentence.start)
        return Backer(family, addition=claim.report_id if is_addition else None)

    def count(self, claims: Iterable[Claim]) -> int:
        """Return how many independent origins stand behind claims of one value."""
        backers = [(c, b) for c in claims if (b := self.backer(c)) is not None]
        families = {b.family for _, b in backers if b.addition is None and b.named is None}
        known = {self._agency_of.get(family) for family in families}
        named = {b.named for _, b in backers if b.named is not None} - known
        added: dict[str, str] = {}
        for claim, backer in backers:
            if backer.addition is not None and backer.family not in families:
                added.setdefault(backer.addition, claim.sentence.text)
        return len(families) + len(named) + _n_different(added.values())

    def _first_with(self, report_id: str, at: int) -> tuple[str, bool]:
        """The first report upwards that has the sentence at this offset, and whether that is another one."""
        start, seen = report_id, {report_id}
        while True:
            above = ((s.parent, p) for s in self._parents.get(report_id, ()) if (p := s.passage_at(at)))
            step = next(((parent, p) for parent, p in above if parent not in seen), None)
            if step is None:
                return report_id, report_id != start
            report_id, at = step[0], step[1].parent_start
            seen.add(report_id)

    def _is_added(self, report_id: str, at: int) -> bool:
        """Whether a report rewrites another newsroom's text and this sentence is not in what it rewrote."""
        sources = (*self._parents.get(report_id, ()), *self._siblings.get(report_id, ()))
        report = self._reports.get(report_id)
        return (
            bool(sources)
            and all(s.is_rewrite for s in sources)
            and not any(s.passage_at(at) for s in sources)
            and not (report is not None and carries_dispatch(report))
        )

    def _named(self, voice: Voice | None, report_id: str, family: str) -> str | None:
        """The newsroom that the claim's voices name, unless it is the report's own or its text's agency."""
        report = self._reports.get(report_id)
        own = {agency_key(report.outlet), agency_key(report.agency)} if report else set()
        own.add(self._agency_of.get(family, ""))
        while voice is not None:
            key = agency_key(voice.name) if voice.kind == "other report" else ""
            if key and key not in own:
                return key
            voice = voice.via
        return None


class _Source:
    """One parent of a report and the passages that it explains, in the order of the child."""

    def __init__(self, derivation: Derivation) -> None:
        self.parent = str(derivation.parent)
        self.is_rewrite = derivation.kind == "rewrite" and not derivation.is_version
        self._passages = sorted(derivation.passages, key=lambda p: p.child_start)
        self._starts = [p.child_start for p in self._passages]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds this offset of the child."""
        i = bisect_right(self._starts, offset) - 1
        return self._passages[i] if i >= 0 and offset < self._passages[i].child_end else None


def _turned(derivation: Derivation) -> Derivation:
    """The derivation as the other sibling sees it."""
    passages = (
        Passage(p.parent_start, p.parent_end, p.child_start, p.child_end) for p in derivation.passages
    )
    return replace(
        derivation, child=str(derivation.parent), parent=derivation.child, passages=tuple(passages)
    )


def _n_different(sentences: Iterable[str]) -> int:
    kept: list[str] = []
    for sentence in sorted(sentences):
        words = " ".join(fold_words(sentence))
        if not any(fuzz.ratio(words, other) >= SAME_SENTENCE for other in kept):
            kept.append(words)
    return len(kept)
