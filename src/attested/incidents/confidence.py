"""How sure the ledger is of each incident, of its merge and of its values: probabilities with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attested.incidents.context import FuseContext
from attested.incidents.fused import FusedIncident
from attested.incidents.merge_signs import signs_of_merge
from attested.incidents.sureness import Confidence, Sure, weights_of
from attested.incidents.told import Told
from attested.incidents.value_signs import SIGNS
from attested.incidents.whole_signs import signs_of_incident
from attested.model import Story

__all__ = ["Confidence", "Confidences", "Sure"]

Question = tuple[str, frozenset[str]]
"""The name of a question (``sureness.QUESTIONS``), and the signs by which it is to be answered."""


class Confidences:
    """Answers for the incidents of one pile; what all of them need is worked out once, when first asked."""

    def __init__(self, context: FuseContext, stories: Sequence[Story] = ()) -> None:
        self._told = Told(context, stories)

    @property
    def told(self) -> Told:
        """What is told around each incident, on which the answers rest."""
        return self._told

    def of(self, fused: FusedIncident) -> Confidence:
        """How sure an incident is. What a person decided is sure. Raises DataError for a malformed table."""
        asked = dict(self.questions(fused))
        given = {str(judgement.right): "a person gave it" for judgement in fused.corrections}
        values = {field: _answer(asked[field]) for field in SIGNS if field in asked}
        confirmed = self._told.context.decided.confirmed
        is_confirmed = any(mention.id in confirmed for mention in self._told.mentions_of(fused))
        return Confidence(
            Sure(1.0, ("a person confirmed it",)) if is_confirmed else _answer(asked["incident"]),
            _answer(asked["merge"]) if "merge" in asked else None,
            values | {field: Sure(1.0, (why,)) for field, why in given.items()},
        )

    def questions(self, fused: FusedIncident) -> Iterator[tuple[str, Question]]:
        """What can be asked of an incident: fields with a value, "incident", "merge"; each with its signs."""
        for field, (question, signs) in SIGNS.items():
            if found := frozenset(signs(self._told, fused)):
                yield field, (question, found)
        yield "incident", ("incident", frozenset(signs_of_incident(self._told, fused)))
        if found := frozenset(signs_of_merge(self._told, fused)):
            yield "merge", ("merge", found)


def _answer(question: Question) -> Sure:
    name, signs = question
    return weights_of(name).sure(signs)


def least_sure(confidence: Confidence) -> Iterable[tuple[str, Sure]]:
    """Everything that is asked of an incident, the most doubtful first: where a person's time is spent best."""
    rows = [("incident", confidence.incident), *confidence.values.items()]
    rows += [("merge", confidence.merge)] if confidence.merge is not None else []
    return sorted(rows, key=lambda row: (row[1].value, row[0]))
