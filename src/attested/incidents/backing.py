"""Who really stands behind a claim: the origin that its words go back to, which may not be its report's own.

- Words that stand in an aligned passage are the parent's, and so on up to the first report that has them.
- What another newsroom adds to a text is its own, unless that text says the same elsewhere or in other words. Of a
  dispatch that nobody saved only what a rewrite adds can be told from what another client left out.
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
from attested.text.numbers import find_numbers

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
        self._names_of = {
            origin.id: {agency_key(origin.agency)}
            | {agency_key(reports[r].outlet) for r in origin.reports if r in reports}
            for origin in origins
        }
        self._backers: dict[str, Backer | None] = {}
        self._texts: dict[str, tuple[str, frozenset[int | float]]] = {}
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
        if claim.id not in self._backers:
            self._backers[claim.id] = self._traced(claim)
        return self._backers[claim.id]

    def _traced(self, claim: Claim) -> Backer | None:
        if claim.report_id in self._spun:
            return None
        report_id, has_moved = self._first_with(claim)
        family = self._family_of.get(report_id, report_id)
        if named := self._named(claim.voice, report_id, family):
            return Backer(family, named=named)
        is_addition = not has_moved and self._is_added(claim)
        return Backer(family, addition=claim.report_id if is_addition else None)

    def origin(self, claim: Claim) -> str:
        """Return the key of the one origin that stands behind a claim; its report's family for a spun copy's."""
        backer = self.backer(claim)
        if backer is None:
            return self._family_of.get(claim.report_id, claim.report_id)
        return backer.addition or backer.named or backer.family

    def count(self, claims: Iterable[Claim]) -> int:
        """Return how many independent origins stand behind claims of one value."""
        backers = [(c, b) for c in claims if (b := self.backer(c)) is not None]
        if len(backers) < 2:
            return len(backers)
        families = {b.family for _, b in backers if b.addition is None and b.named is None}
        known = {name for family in families for name in self._names_of.get(family, ())}
        named = {b.named for _, b in backers if b.named is not None} - known
        added: dict[str, str] = {}
        for claim, backer in backers:
            if backer.addition is not None and backer.family not in families:
                added.setdefault(backer.addition, claim.sentence.text)
        return len(families) + len(named) + _n_different(added.values())

    def _first_with(self, claim: Claim) -> tuple[str, bool]:
        """The first report upwards that has the claim's sentence and value, and whether that is another one."""
        start, at = claim.report_id, claim.sentence.start
        report_id, seen = start, {start}
        while True:
            sources = self._parents.get(report_id, ())
            above = ((s.parent, p) for s in sources if (p := s.passage_at(at)) and self._says(s, p, claim))
            step = next(((parent, p) for parent, p in above if parent not in seen), None)
            if step is None:
                return report_id, report_id != start
            report_id, at = step[0], step[1].parent_start
            seen.add(report_id)

    def _says(self, source: _Source, passage: Passage, claim: Claim) -> bool:
        """Whether the parent's passage has a claim's number too: an editor may have put another in its place."""
        parent = self._reports.get(source.parent)
        if parent is None or not isinstance(claim.value, int):
            return True
        told = parent.text[passage.parent_start : passage.parent_end]
        return set(fold_words(claim.span.text)) <= set(fold_words(told)) or claim.value in {
            number.value for number in find_numbers(told)
        }

    def _is_added(self, claim: Claim) -> bool:
        """Whether a report rewrites another newsroom's text, and the claim is not in what it rewrote."""
        report_id, at = claim.report_id, claim.sentence.start
        sources = (*self._parents.get(report_id, ()), *self._siblings.get(report_id, ()))
        report = self._reports.get(report_id)
        is_whole = report is not None and carries_dispatch(report) and not any(s.is_seen for s in sources)
        return (
            bool(sources)
            and not any(s.is_same for s in sources)
            and not is_whole
            and not any((p := s.passage_at(at)) and self._says(s, p, claim) for s in sources)
            and not any(self._tells(s.parent, claim) for s in sources)
        )

    def _tells(self, parent: str, claim: Claim) -> bool:
        """Whether a report has a claim's words or number anywhere: then a rewrite of it does not add them."""
        if parent not in self._texts:
            report = self._reports.get(parent)
            told = "\n".join(report.text[b.start : b.end] for b in report.body) if report else ""
            numbers = frozenset(number.value for number in find_numbers(told))
            self._texts[parent] = f" {' '.join(fold_words(told))} ", numbers
        words, numbers = self._texts[parent]
        said = " ".join(fold_words(claim.span.text))
        return claim.value in numbers if isinstance(claim.value, int) else f" {said} " in words

    def _named(self, voice: Voice | None, report_id: str, family: str) -> str | None:
        """The newsroom that the claim's voices name, unless it is the report's own or its text's agency."""
        while voice is not None:
            key = agency_key(voice.name) if voice.kind == "other report" else ""
            if key and key not in self._own_names(report_id, family):
                return key
            voice = voice.via
        return None

    def _own_names(self, report_id: str, family: str) -> set[str]:
        report = self._reports.get(report_id)
        own = {agency_key(report.outlet), agency_key(report.agency)} if report else set()
        return own | self._names_of.get(family, set())


class _Source:
    """One parent of a report and the passages that it explains, in the order of the child."""

    def __init__(self, derivation: Derivation) -> None:
        self.parent = str(derivation.parent)
        self.is_same = derivation.kind == "identical" or derivation.is_version
        self.is_seen = not derivation.is_sibling
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
