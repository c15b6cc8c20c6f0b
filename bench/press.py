"""Reports as newsrooms print them of synthetic incidents: head, furniture, voices, quotations, copies, spun copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from attested.ids import make_id
from attested.model import Block, DateCandidate, Hedge, Page, Published, Report, Span, Voice
from attested.resolve.places import PlaceLink
from attested.text.countries import countries
from attested.values import PartialDate, Score
from pile import KINDS, TARGETS, Happening, Telling, name_of, tell
from printed import Piece, Printed, Reader, Sentence

OUTLETS, AGENCIES = 60, ("Meridian", "Halcyon Press", "Delta Wire")
# Chances, so that every view has rows; where the examples say how often, they are near it.
NEAR_VOICE, AT_LEAST, OTHER_GROUP, DENIED, MONTH_ONLY, UNSETTLED = 0.7, 0.15, 0.12, 0.05, 0.04, 0.04
QUOTED, TREND, SAYING, NO_INCIDENT, BYLINE, AGENCY, ADVERT = 0.4, 0.08, 0.4, 0.05, 0.5, 0.25, 0.5
NO_STAMP, DOUBTFUL, NO_SEAT = 0.06, 0.05, 0.4
FILLERS = (2, 5)  # sentences that tell of nothing: a page has 1,200 characters or so
SPUN_WORDS = {
    "people": "persons", "killed": "slain", "injured": "harmed", "blast": "detonation", "strike": "onslaught",
    "attack": "assault", "ambush": "trap", "market": "bazaar", "village": "hamlet", "school": "academy",
    "bomb": "explosive", "said": "stated", "night": "evening", "station": "depot", "church": "chapel",
}  # fmt: skip
VOICES = (  # words, kind, name, cue, why nobody is named, hedge
    ("police", "named body", "police", "said", None, "reported"),
    ("the health ministry", "named body", "health ministry", "said", None, "reported"),
    ("residents", "witness", "residents", "said", None, "reported"),
    ("a local official", "unnamed official", "a local official", "alleged",
     "was not allowed to speak to the press", "alleged"),
    ("Commissioner {name}", "named person", "{name}", "said", None, "reported"),
    ("a hospital nurse", "witness", "a hospital nurse", "estimated", None, "possible"),
)  # fmt: skip
STATEMENTS = (  # verb, PLOVER root, mode, what is said
    ("condemned", "ACCUSE", "disapprove", "Whoever did this will answer for it before a court"),
    ("promised", "COOPERATE", "", "We will send doctors, tents and clean water before the week is out"),
    ("rejected", "REJECT", "", "There was no warning, and nobody in this office was asked about one"),
    ("demanded", "REQUEST", "", "The roads must be open again by the time the harvest is in"),
    ("threatened", "THREATEN", "violence", "Those who hide these men will share what is coming to them"),
)
FILLER_STARTS = "Traders/Farmers/Teachers/Drivers/Elders/Nurses/Fishermen/Shopkeepers/Parents/Clerks".split(
    "/"
)
FILLER_ENDS = (
    "swept the road and counted what was left by the light of a lorry/"
    "waited at the gate of the yard for word from the hospital/"
    "had asked for a second well since the rains began/"
    "said little and kept their shutters down until noon/"
    "carried water and blankets to the far side of the canal/"
    "were told to keep away from the bridge for two days"
).split("/")


class Press:
    """Writes reports; always the same from one ``random``."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._outlets = [f"{name_of(random, 2)} {random.choice(('Herald', 'Post', 'Mirror', 'Courier'))}"
                         for _ in range(OUTLETS)]  # fmt: skip
        self._n = 0
        self.actors: dict[str, tuple[str, str]] = {}  # id -> name, kind

    # --- sentences ----------------------------------------------------------------------------------------------------

    def incident(self, happening: Happening, *, share: float = 1.0, is_background: bool = False) -> Sentence:
        """What one mention says of an incident, and by whose voice."""
        random = self._random
        if random.random() < OTHER_GROUP:
            happening = replace(happening, blamed=random.choice(happening.city.groups))
        told = tell(
            random, happening, share=share, is_background=is_background or random.random() < MONTH_ONLY
        )
        pieces, voice, hedge = self._voiced(self._varied(told, happening))
        key = ("incident", str(happening.number))
        type_ = KINDS[happening.kind][0]
        return Sentence("incident", key, type_, pieces, voice, hedge, is_background=is_background)

    def _varied(self, told: Telling, happening: Happening) -> tuple[Piece, ...]:
        """Some figures are least ones; now and then who is blamed denies it."""
        random, found = self._random, list[Piece]()
        for role, words, value, means in told.pieces[:-1]:
            is_least = role in ("killed", "injured") and random.random() < AT_LEAST
            found.append((role, f"at least {words}" if is_least else words, value, means))
        if random.random() < DENIED:
            found += [("", ", a charge that ", "", None)]
            found += [
                ("responsibility_denied", happening.blamed, happening.blamed, None),
                ("", " denied", "", None),
            ]
        return (*found, told.pieces[-1])

    def _voiced(self, pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], Voice, Hedge]:
        random = self._random
        if random.random() >= NEAR_VOICE:
            return pieces, Voice("outlet"), "fact"
        words, kind, name, cue, why, hedge = random.choice(VOICES)
        person = f"{name_of(random, 2)} {name_of(random, 2)}"
        words, name = words.format(name=person), name.format(name=person)
        said: tuple[Piece, ...] = (
            ("", ", ", "", None),
            ("voice", words, name, None),
            ("", f" {cue}", "", None),
        )
        voice = Voice(kind, name, cue, anonymity=why)  # type: ignore[arg-type]
        return (*pieces[:-1], *said, pieces[-1]), voice, hedge  # type: ignore[return-value]

    def statement(self, happening: Happening, nth: int) -> Sentence:
        """What an official says of an incident; the same for all reports but for a word left out now and then."""
        own = Random(f"{happening.number}/{nth}/{happening.name}")
        verb, root, mode, words = own.choice(STATEMENTS)
        speaker = f"Governor {name_of(own, 2)} {name_of(own, 2)}"
        said = words.replace(" will ", " shall ") if self._random.random() < 0.2 else words
        pieces: tuple[Piece, ...] = (
            ("speaker", speaker, speaker, None), ("", " ", "", None), ("trigger", verb, root, None),
            ("", f" the {KINDS[happening.kind][2]}, blaming ", "", None),
            ("addressee", happening.blamed, happening.blamed, None), ("", ": “", "", None),
            ("what", said, said, speaker), ("", ".”", "", None),
        )  # fmt: skip
        return Sentence("statement", ("statement", f"{happening.number}/{nth}"), root, pieces, mode=mode)

    def trend(self, happening: Happening) -> Sentence:
        """A count of attacks in the city since the quarter began."""
        quarter = date(happening.day.year, 3 * ((happening.day.month - 1) // 3) + 1, 1)
        place, own = happening.city.place, Random(f"{happening.city.place.name}/{quarter}")
        number = own.randint(3, 40)
        pieces: tuple[Piece, ...] = (
            ("trigger", "Attacks", "trend", None), ("", f" around {place.name} ", "", None),
            ("direction", "have risen", "rising", None), ("", " to ", "", None), ("number", str(number), number, None),
            ("", " since ", "", None), ("period", f"{quarter:%B}", f"{quarter:%B}", None),
            ("", ", the chamber of trade counted.", "", None),
        )  # fmt: skip
        return Sentence("trend", ("trend", f"{place.name}/{quarter}"), "trend", pieces, status="habitual")

    def filler(self) -> Sentence:
        """A sentence that tells of no incident, as most do; some say who says it."""
        random = self._random
        words = (
            f"{random.choice(FILLER_STARTS)} near the {random.choice(TARGETS)} {random.choice(FILLER_ENDS)}"
        )
        pieces: tuple[Piece, ...] = (("says", words, words, None), ("", ".", "", None))
        if random.random() >= SAYING:
            return Sentence("", ("", ""), "", pieces)
        pieces, voice, hedge = self._voiced(pieces)
        return Sentence("saying" if voice.kind != "outlet" else "", ("", ""), "", pieces, voice, hedge)

    def own_sentences(
        self, happening: Happening, beside: Sequence[Happening], past: Happening | None, again: float
    ) -> list[Sentence]:
        """What a report of its own tells: the incident, perhaps twice, others of the week, history, what was said."""
        random = self._random
        found = [self.incident(happening)]
        found += [self.statement(happening, random.randint(0, 1))] if random.random() < QUOTED else []
        found += [self.incident(happening, share=0.5)] if random.random() < again else []
        found += [self.incident(other, share=0.8) for other in beside]
        if past is not None:
            found.append(self.incident(past, share=0.8, is_background=True))
        if random.random() < TREND:
            found.append(self.trend(happening))
        if random.random() < NO_INCIDENT:
            habit = self.incident(happening, share=0.3)
            found.append(replace(habit, status="habitual"))
        for _ in range(random.randint(*FILLERS)):
            found.insert(random.randint(1, len(found)), self.filler())
        return found

    # --- pages --------------------------------------------------------------------------------------------------------

    def report(self, happening: Happening, out_on: date, sentences: Sequence[Sentence]) -> Printed:
        """One report: a page with its head, its furniture, and the sentences in paragraphs."""
        random, self._n = self._random, self._n + 1
        outlet = random.choice(self._outlets)
        agency = random.choice(AGENCIES) if random.random() < AGENCY else None
        lines = list(self._head(happening, outlet, out_on))
        text = "".join(f"{words}\n" for _, words, _ in lines) + "\n"
        where = happening.city.place.name
        credit = f"{where.upper()} ({agency}) — " if agency else ""
        at, body = list[tuple[Sentence, int, int]](), list[Block]()
        for i, sentence in enumerate(sentences):
            start = len(text)
            text += (credit if not i else "") + "".join(words for _, words, _, _ in sentence.pieces)
            at.append((sentence, start + (len(credit) if not i else 0), len(text)))
            body.append(Block(start, len(text), "body", "reads like a story's line (0.97)"))
            text += "\n\n" if i % 2 else "\n"
        tail = [("related", f"Read also: {self._headline(happening)}", "points to another report")]
        if random.random() < ADVERT:
            tail.append(("advert", "Subscribe to our morning letter", "says 'Subscribe to'"))
        furniture = [*_blocks(lines, 0), *_blocks(tail, len(text))]
        text += "".join(f"{words}\n" for _, words, _ in tail)
        page = Page(make_id("pg", "synthetic", self._n), f"pile/{self._n:07}.txt", "text", text)
        start = at[0][1] - len(credit)
        dateline = Span(start, start + len(credit) - 3, credit[:-3]) if credit else None
        report = Report(
            make_id("rp", page.id), page.id, text, tuple(body), tuple(furniture), _of(lines, "headline"), outlet,
            agency, (_of(lines, "byline") or "By ")[3:] or None, dateline, dateline,
        )  # fmt: skip
        printed = Printed(page, report, self._published(report, out_on, furniture), at)
        if random.random() >= NO_SEAT:
            why = f"no place is told with it, and {where} is the town that the report names most"
            printed.seat = PlaceLink(happening.city.place, Score(0.7, why), (), why)
        Reader(printed, self._actor).read()
        return printed

    def _head(self, happening: Happening, outlet: str, out_on: date) -> Iterator[tuple[str, str, str]]:
        random = self._random
        yield "kicker", outlet, "stands above the story"
        yield "navigation", "Home | World | Business | Sport | Log in", "short words between bars"
        yield "headline", self._headline(happening), "the report's headline"
        if random.random() < BYLINE:
            yield "byline", f"By {name_of(random, 2)} {name_of(random, 3)}", "names its writer"
        if random.random() >= NO_STAMP:
            yield "stamp", f"{out_on.day} {out_on:%B %Y}", "a date and little else"

    def _headline(self, happening: Happening) -> str:
        """What happened where, with the toll or what was hit."""
        random, place = self._random, happening.city.place
        _, _, trigger, _ = KINDS[happening.kind]
        country, killed = countries()[str(place.country)].name, happening.toll["killed"]
        return random.choice(
            (
                f"{trigger.capitalize()} near {happening.target} in {place.name}, {country}",
                f"{killed or 'None'} dead after {trigger} in {place.name}",
                f"{country}: {trigger} hits {happening.target}",
                f"What we know about the {place.name} {trigger}",
            )
        )

    def _published(self, report: Report, out_on: date, furniture: Sequence[Block]) -> Published:
        """The stamp, or nothing; now and then in doubt, with a rival."""
        stamp = next((block for block in furniture if block.kind == "stamp"), None)
        if stamp is None:
            return Published(report.id, PartialDate(), "unknown")
        day, span = (
            PartialDate.day(out_on),
            Span(stamp.start, stamp.end, report.text[stamp.start : stamp.end]),
        )
        rivals, doubts = (DateCandidate(day, "stamp", span),), ()
        if self._random.random() < DOUBTFUL:
            later = PartialDate.day(out_on + timedelta(days=90))
            rivals += (DateCandidate(later, "meta", None, "a page's own date, long after the stamp"),)
            doubts = (f"meta {later.iso()} is not believed: long after the stamp",)
        return Published(report.id, day, "stamp", (span,), doubts, rivals)

    def _actor(self, name: str, kind: str) -> str:
        id = make_id("ac", name)
        self.actors[id] = name, kind
        return id


def copied(parent: Printed, kind: str) -> list[Sentence]:
    """The sentences of a copy: all, an excerpt's first half, or a spun copy's with other words."""
    found = [sentence for sentence, _, _ in parent.at]
    if kind == "excerpt":
        return found[: (len(found) + 1) // 2]
    return [_spun(sentence) for sentence in found] if kind == "spun" else found


def _spun(sentence: Sentence) -> Sentence:
    """The same sentence with words exchanged."""
    pieces = []
    for role, words, value, means in sentence.pieces:
        other = " ".join(SPUN_WORDS.get(word, word) for word in words.split(" "))
        pieces.append((role, other, other if value == words else value, means))
    return replace(sentence, pieces=tuple(pieces))


def _blocks(lines: Sequence[tuple[str, str, str]], at: int) -> Iterator[Block]:
    for kind, words, why in lines:
        yield Block(at, at + len(words), kind, why)
        at += len(words) + 1


def _of(lines: Sequence[tuple[str, str, str]], kind: str) -> str | None:
    return next((words for other, words, _ in lines if other == kind), None)
