"""Texts written for these tests, and a spinner: what the lineage tests are made of."""

from __future__ import annotations

import random
import re
from datetime import date

from attested.lineage.wording import Wording, word_report
from attested.model import Block, DateCandidate, Report, Span
from attested.values import PartialDate

DISPATCH = (
    "Gunmen on motorcycles attacked a gold mine near the northern town of Bani on Tuesday and killed nine miners. "
    "The attackers arrived shortly after dawn and opened fire on people who were queueing at the gate, residents said. "
    "They burned two trucks and carried off explosives that the company keeps for blasting. "
    '"We heard shooting for almost an hour and nobody came to help us," said Moussa Diallo, who owns a shop there. '
    "The army sent a helicopter from the regional capital but it landed after the gunmen had left. "
    "No group has claimed responsibility for the raid, the third on a mine in that province since January. "
    "The governor declared three days of mourning and closed the road to the border. "
    "The company that runs the mine did not answer a request for comment. "
    "Thousands of families have left villages along the river since fighting resumed last year."
)
INDEPENDENT = (
    "At least eleven workers died when armed men stormed a mining site close to Bani, the regional hospital told us. "
    "Doctors there treated twenty others for bullet wounds through the night, its director added by telephone. "
    '"We heard shooting for almost an hour and nobody came to help us," shopkeeper Moussa Diallo said. '
    "A union of small miners accused soldiers of having withdrawn from a checkpoint two days earlier. "
    "The defence ministry rejected that and promised an inquiry into the conduct of its men. "
    "Prices of gold from informal pits have doubled in two years, which draws both traders and insurgents."
)
REWRITE = (
    "Nine miners were killed on Tuesday when gunmen on motorcycles attacked a gold mine by the northern town of Bani. "
    "The attackers arrived shortly after dawn and fired on people queueing at the gate, according to residents. "
    "They set two trucks on fire and carried off explosives that the company keeps for blasting. "
    "The army sent a helicopter from the regional capital, but it landed after the gunmen had left. "
    "Our correspondent saw burned huts along the main street on Wednesday and counted eleven fresh graves. "
    "No group has claimed responsibility for the raid, the third on a mine in the province since January."
)
OTHER = (
    "Fishermen in the southern port of Lumo ended a week of protests after the ministry promised cheaper fuel. "
    "Their leader told reporters that boats would return to sea once the first barrels had been delivered. "
    "Storms have kept the fleet in harbour for much of the season, and many owners are deep in debt. "
    "The minister said the subsidy would be paid from a fund set up after the drought."
)
SYNONYMS = {
    "attacked": "assailed", "miners": "mineworkers", "killed": "slaughtered", "arrived": "came", "gate": "doorway",
    "residents": "inhabitants", "burned": "torched", "trucks": "lorries", "explosives": "detonators",
    "company": "firm", "army": "armed force", "helicopter": "chopper", "capital": "metropolis", "left": "departed",
    "claimed": "asserted", "raid": "incursion", "governor": "chief", "declared": "announced", "mourning": "grief",
    "closed": "shut", "road": "thoroughfare", "border": "boundary", "answer": "reply", "families": "households",
    "villages": "hamlets", "river": "waterway", "fighting": "combating", "resumed": "restarted", "town": "township",
    "province": "district", "keeps": "stores", "carried": "hauled", "said": "stated", "people": "individuals",
}  # fmt: skip


def report(id: str, text: str, *, day: date | None = None, credit: str = "", **more: object) -> Report:
    """A report whose body is the whole text; a credit stands on a line of its own below it."""
    whole = f"{text}\n{credit}" if credit else text
    line = Span(len(text) + 1, len(whole), credit) if credit else None
    dates = (DateCandidate(PartialDate.day(day), "stamp"),) if day else ()
    made = Report(
        id=id,
        page_id=f"page-{id}",
        text=whole,
        body=(Block(0, len(text), "body"),),
        credit_line=line,
        candidates=dates,
    )
    return made if not more else _with(made, more)


def worded(id: str, text: str) -> Wording:
    """The wording of a text."""
    return word_report(report(id, text), None)


def spin(text: str, share: float = 1.0, seed: int = 1) -> str:
    """The text with a share of the table's words replaced outside quotation marks, and "actually" put in."""
    draw = random.Random(seed)
    chosen = {word for word in sorted(SYNONYMS) if draw.random() < share}
    pieces = re.split(r'("[^"]*")', text)
    return "".join(p if p.startswith('"') else _spun(p, chosen) for p in pieces)


def _spun(text: str, chosen: set[str]) -> str:
    text = re.sub(r"\b(has|have|had) (?=\w+ed\b)", r"\1 actually ", text)
    return re.sub(r"[a-z]+", lambda m: SYNONYMS[m[0]] if m[0] in chosen else m[0], text)


def _with(made: Report, more: dict[str, object]) -> Report:
    from dataclasses import replace

    return replace(made, **more)  # type: ignore[arg-type]
