"""Who is said to have done it, and how surely: MUC-4 (1992), reports of attacks in Latin America with their keys.

A message is read into a ledger of its own. Its claims of a perpetrator, by incident, and who is accused or claims it
in its statements, become organisations with one category each of the key's PERP: ORGANIZATION CONFIDENCE, by the
task's decision tree (taskdoc/templ-doc-basic, part 2) over field, voice, hedge and polarity of the claims:

- nobody says that it did it, it is only denied             -> no answer (the key has ACQUITTED twice in 1,300 messages)
- it claims it, or tells of it in its own voice             -> CLAIMED OR ADMITTED
- the report tells it without doubt                         -> REPORTED AS FACT
- it is blamed or suspected, by a state's body or officer   -> SUSPECTED OR ACCUSED BY AUTHORITIES
- it is blamed or suspected, by others or by nobody named   -> SUSPECTED OR ACCUSED
- another voice tells it without blaming ("said")           -> REPORTED AS FACT: the key asks for doubt, not who says so

What the task does not ask about is no answer (``muc4_relevance``): what is hit among armed people alone, what is older
than two months, what is told of many deeds at once.

Scored in the manner of the MUC-4 scorer, over all templates: incidents are mapped one to one to the key's templates,
what is left over on either side counts, optional templates and fills may be missing. A category counts right when its
organisation is right and so is it. Stricter than the scorer in one thing: nothing is half right. The figures called
"by report" count an organisation once in a message, however many incidents it is named for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from attested.evaluation.muc4_answered import answered
from attested.evaluation.muc4_answers import Accused, joined
from attested.evaluation.muc4_files import Message, Organisation, Template, read_messages
from attested.evaluation.muc4_names import is_same
from attested.evaluation.muc4_slots import slot_figures
from attested.evaluation.scorers import Figure, Figures, Share, Tally

_DEV_STEP = 3
"""Of dev every third message is measured: all 1,300 take three minutes, more on a busy machine."""
_DEV = "dev"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A message's answers beside its key: pairs of an answer and its organisation, and how many have no partner."""

    pairs: tuple[tuple[Accused, Organisation], ...]
    n_spurious: int
    n_missing: int

    @property
    def organisations(self) -> Tally:
        """Organisations right, spurious and missing."""
        return Tally(len(self.pairs), self.n_spurious, self.n_missing)

    @property
    def n_right(self) -> int:
        """How many organisations have the right category."""
        return sum(ours.category in gold.confidence for ours, gold in self.pairs)

    @property
    def categories(self) -> Tally:
        """Categories right; a wrong one of a right organisation is both spurious and missing."""
        wrong = len(self.pairs) - self.n_right
        return Tally(self.n_right, self.n_spurious + wrong, self.n_missing + wrong)


def evaluate(folder: Path) -> Figures:
    """F1 of the confidence slot and of the organisations, and the share of right categories given the organisation.

    The test splits together, a fixed sample of dev, and all of these. Raises InputError if there is no message, or one
    has no key.
    """
    figures: list[Figure] = []
    measured: list[str] = []
    sampled = samples(read_messages(folder))
    ours = {name: answered(messages) for name, messages in sampled.items()}
    everything: list[Mapped] = []
    for name, messages in sampled.items():
        answers = [one.accused for one in ours[name]]
        keys = [message.templates for message in messages]
        mapped = [map_incidents(told, key) for told, key in zip(answers, keys, strict=True)]
        whole = [
            map_incidents([joined(told)], [merged(key)]) for told, key in zip(answers, keys, strict=True)
        ]
        figures += [*_figures(name, "", mapped), *_figures(name, " by report", whole)]
        measured += [message.report.id for message in messages]
        everything += mapped
    figures += _figures("all", "", everything)
    templates = {name: [one.templates for one in rows] for name, rows in ours.items()}
    figures += slot_figures(folder, sampled, templates)
    return Figures("muc4", tuple(figures), tuple(measured))


def samples(messages: Sequence[Message]) -> dict[str, list[Message]]:
    """The test splits under their joined names ("tst1+tst2"), then every third message of dev."""
    by_split: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        by_split[message.split].append(message)
    tests = sorted(split for split in by_split if split != _DEV)
    found = {"+".join(tests): [m for split in tests for m in by_split[split]]} if tests else {}
    return found | ({_DEV: by_split[_DEV][::_DEV_STEP]} if by_split[_DEV] else {})


def _figures(name: str, how: str, mapped: Sequence[Mapped]) -> list[Figure]:
    n = f"{len(mapped)} messages"
    return [
        Figure.f1(f"confidence_f1 {name}{how}", [m.categories for m in mapped], n),
        Figure.f1(f"organisation_f1 {name}{how}", [m.organisations for m in mapped]),
        Figure.share(f"category_right {name}{how}", [Share(m.n_right, len(m.pairs)) for m in mapped]),
    ]


def map_incidents(incidents: Sequence[Sequence[Accused]], templates: Sequence[Template]) -> Mapped:
    """Incidents beside templates, one to one, those first that agree best; their organisations beside each other."""
    aligned = [
        (incident, template, map_fills(incident, template))
        for incident in incidents
        for template in templates
    ]
    aligned.sort(key=lambda row: (-len(row[2]), -sum(a.category in o.confidence for a, o in row[2])))
    done: list[Sequence[Accused] | Template] = []
    pairs: list[tuple[Accused, Organisation]] = []
    for incident, template, fills in aligned:
        if fills and not any(one is incident or one is template for one in done):
            done += [incident, template]
            pairs += fills
    found = {id(gold) for _, gold in pairs}
    missing = [o for t in templates for o in t.organisations if not (t.is_optional or o.is_optional)]
    n_answers = sum(map(len, incidents))
    return Mapped(tuple(pairs), n_answers - len(pairs), sum(id(o) not in found for o in missing))


def map_fills(incident: Sequence[Accused], template: Template) -> list[tuple[Accused, Organisation]]:
    """Pairs of the same organisation, each used once, those of the same category first."""
    same = [(a, o) for a in incident for o in template.organisations if is_same(a.names, o.names)]
    same.sort(key=lambda pair: pair[0].category not in pair[1].confidence)
    found: list[tuple[Accused, Organisation]] = []
    for ours, gold in same:
        if not any(ours is a or gold is o for a, o in found):
            found.append((ours, gold))
    return found


def merged(templates: Iterable[Template]) -> Template:
    """A message's organisations once each, right under any of their categories; optional if they are everywhere."""
    found: list[Organisation] = []
    for template in templates:
        for one in template.organisations:
            optional = one.is_optional or template.is_optional
            at = next((i for i, o in enumerate(found) if is_same(o.names, one.names)), None)
            if at is None:
                found.append(Organisation(one.names, one.confidence, optional))
            else:
                same = found[at]
                found[at] = Organisation(
                    tuple(dict.fromkeys((*same.names, *one.names))),
                    same.confidence | one.confidence,
                    same.is_optional and optional,
                )
    return Template(tuple(found))
