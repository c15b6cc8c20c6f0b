"""Who is who: every name of a person or body that the reports use, brought to one actor with its aliases.

Aliases are those *seen in the texts*. Names meet by our list of known bodies, by acronyms that a text
defines, by spellings of one romanised name, and by the surname of a person fully named in the same report
or story. Everything works through keys, so the work grows with the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from attested.ids import make_id
from attested.model import Claim, Name, Outline, Quote, Report, Story
from attested.resolve.actor_groups import (
    SeenName,
    group_bodies,
    group_persons,
    persons_tagged_bodies,
    surnames_tagged_bodies,
    within_longer,
)
from attested.resolve.actor_junk import names_nobody
from attested.resolve.actor_names import (
    KnownActor,
    actor_words,
    clean_body,
    clean_person,
    find_definitions,
    is_acronym,
    known_actors,
    known_by_key,
    known_by_sound,
    name_key,
    sound_key,
)
from attested.resolve.actor_states import acts, state_bodies
from attested.resolve.place_phrases import place_words
from attested.text.countries import CountryWord, countries, country_of, find_country_words, government_of
from attested.values import Actor

_LONGEST_BODY = 8  # words
_MIN_SOUND = 5  # consonants; fewer make strangers alike
_ACTOR_FIELDS = re.compile(r"perpetrator|target|victim|speaker|addressee|recipient|actor|on_behalf|responsib")
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'.-][^\W_]+)*")
_NICKNAME_MARK = re.compile(r"\s*[“”\"'‘’]\s*")
_SHORT_INITIALS = 3  # letters; longer ones are also written as words ("Farc", "Isis", "Nato")
_OF_PEOPLE = frozenset("man men woman women teen teenager boy girl youth couple resident residents".split())
_PERSON_VOICES = frozenset({"named person"})
_BODY_VOICES = frozenset({"named body"})


@dataclass(frozen=True)
class Actors:
    """The actors, sorted by name, and who a text means in a report.

    ``by_text`` is keyed by (report id, name key); an empty report id holds for every report.
    """

    actors: tuple[Actor, ...]
    by_text: Mapping[tuple[str, str], Actor] = field(repr=False)

    def find(self, text: str, report_id: str) -> Actor | None:
        """The actor that a phrase of a report names, or None when it names none ("unknown gunmen")."""
        for name in (text, clean_person(text), clean_body(text)):
            found = self._named(name_key(name), report_id)
            if found:
                return found
        return self._state(text) or self._named_inside(text, report_id)

    def _state(self, text: str) -> Actor | None:
        """The country for "the Peruvian government", where the texts call it otherwise."""
        states = [
            code
            for _, code, noun in state_bodies(text, find_country_words(text))
            if actor_words().state_bodies[noun] == "country"
        ]
        return next(
            (
                self.by_text[at]
                for code in states
                if (at := ("", name_key(countries()[code].name))) in self.by_text
            ),
            None,
        )

    def _named(self, key: str, report_id: str) -> Actor | None:
        return self.by_text.get((report_id, key)) or self.by_text.get(("", key))

    def _named_inside(self, text: str, report_id: str) -> Actor | None:
        """The first person or body named within a longer phrase, unless its name says only whose somebody is."""
        words = [m.span() for m in _WORD.finditer(text)]
        for i, (start, _) in enumerate(words):
            if not _is_capital(text[start:]):
                continue
            for n in range(min(_LONGEST_BODY, len(words) - i), 0, -1):
                end = words[i + n - 1][1]
                found = self._named(name_key(text[start:end]), report_id)
                if found and not _is_only_whose(found, text[end:]):
                    return found
        return None


def resolve_actors(
    reports: Sequence[Report],
    outlines: Mapping[str, Outline],
    claims: Sequence[Claim] = (),
    quotes: Sequence[Quote] = (),
    *,
    stories: Sequence[Story] = (),
) -> Actors:
    """The actors of all reports together; the same whatever the order of the reports.

    ``stories`` lets a surname in one report be told from the full name in another of its story; without
    them all reports count as one story.
    """
    said = _said_names(claims, quotes)
    seen: list[SeenName] = []
    newsrooms = frozenset(name_key(n) for r in reports for n in (r.agency, r.outlet) if n)
    for report in sorted(reports, key=lambda r: r.id):
        seen += _of_report(report, outlines.get(report.id), said.get(report.id, ()), newsrooms)
    seen = within_longer(persons_tagged_bodies(surnames_tagged_bodies(seen)))
    story_of = {i: story.id for story in stories for i in story.reports}
    grouped = group_persons([s for s in seen if s.sort == "person"], story_of)
    grouped += group_bodies([s for s in seen if s.sort == "body"])
    grouped += [s for s in seen if s.sort not in ("person", "body")]
    return _assembled(grouped)


def _said_names(claims: Iterable[Claim], quotes: Iterable[Quote]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By report, the (text, sort) of speakers, voices and participants that claims and quotes name."""
    said: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for quote in quotes:
        if quote.speaker:
            said[quote.report_id].add((quote.speaker, "speaker"))
    for claim in claims:
        if _ACTOR_FIELDS.match(claim.field) and isinstance(claim.value, str):
            said[claim.report_id].add((claim.value, "participant"))
        voice = claim.voice
        if voice.name and voice.kind in _PERSON_VOICES:
            said[claim.report_id].add((voice.name, "person"))
        elif voice.name:
            said[claim.report_id].add((voice.name, "body" if voice.kind in _BODY_VOICES else "participant"))
    return {report_id: tuple(sorted(names)) for report_id, names in said.items()}


def _of_report(
    report: Report, outline: Outline | None, said: Iterable[tuple[str, str]], newsrooms: frozenset[str]
) -> list[SeenName]:
    """Every name of an actor in a report."""
    texts = [report.text[block.start : block.end] for block in report.body]
    defined = {name_key(short): full for text in texts for _, full, short in find_definitions(text)}
    words = [list(find_country_words(text)) for text in texts]
    lands = {word.code for row in words for word in row}
    reader = _ReportNames(report.id, lands, defined)
    taken = [(report.dateline.start, report.dateline.end)] if report.dateline else []
    for block, text, row in zip(report.body, texts, words, strict=True):
        taken += [(start + block.start, end + block.start) for start, end in reader.read_text(text, row)]
    for name in _tagged_names(report.text, outline.names if outline else ()):
        if name_key(name.text) not in newsrooms and not _is_within(name, taken):
            reader.add_name(name.text, "person" if name.label == "PER" else "body")
    for text, sort in said:
        reader.add_said(text, sort)
    return reader.seen


def _tagged_names(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Persons and organisations as tagged; a name that the tagger cut at a nickname's marks is whole again."""
    held: Name | None = None
    for name in sorted(names, key=lambda n: (n.start, n.end)):
        if name.label not in ("PER", "ORG"):
            continue
        if (
            held
            and held.label == name.label == "PER"
            and _NICKNAME_MARK.fullmatch(text[held.end : name.start])
        ):
            held = Name(held.start, name.end, text[held.start : name.end], "PER")
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _is_within(name: Name, taken: Iterable[tuple[int, int]]) -> bool:
    """Whether a tagged name touches words that are already known to be a body (or the dateline)."""
    return any(name.start < end and start < name.end for start, end in taken)


class _ReportNames:
    """Collects the names of one report."""

    def __init__(self, report_id: str, lands: set[str], defined: Mapping[str, str]) -> None:
        self.report_id = report_id
        self.lands = lands
        self.defined = defined
        self.seen: list[SeenName] = []

    def read_text(self, text: str, words: Sequence[CountryWord]) -> list[tuple[int, int]]:
        """Takes names that need no reader: known bodies, state bodies, countries that act.

        Returns where in the text the known bodies stand.
        """
        taken = []
        for start, end in _known_runs(text):
            known = self._known(text[start:end])
            if known:
                self._add_known(clean_body(text[start:end]), known)
                taken.append((start, end))
        for name, code, kind in state_bodies(text, words):
            self._add_state_body(name, code, kind)
        for word in words:
            if acts(text, word):
                self._add_country(word.span.text, word.code)
            if word.kind == "name":
                self._add_country(word.span.text, word.code, sort="country name")
        for short, full in sorted(self.defined.items()):
            known = self._known(full)
            if known:
                self._add_known(short.upper(), known)
        return taken

    def add_name(self, text: str, sort: str) -> None:
        """A name that the reader tagged as a person or an organisation."""
        plain = clean_person(text) if sort == "person" else clean_body(text)
        known = self._known(plain, is_person=sort == "person")
        if known:
            self._add_known(plain, known)
        elif country_of(text) or country_of(plain) or _is_place_word(plain) or names_nobody(plain):
            return
        elif len(plain) > 1 and _is_capital(plain):
            full = self.defined.get(name_key(plain)) if sort == "body" else None
            self.seen.append(SeenName(self.report_id, plain, sort, group=name_key(full) if full else ""))

    def add_said(self, text: str, sort: str) -> None:
        """A speaker or participant: a country or a state body in these places acts."""
        plain = clean_body(text)
        code = government_of(plain)
        if code:
            self._add_country(plain, code)
        elif sort in ("person", "body") and _is_proper(plain):
            self.add_name(text, sort)
        elif sort == "speaker" and _is_proper(plain):
            state = next(iter(state_bodies(plain, find_country_words(plain))), None)
            known = self._known(plain)
            if not state and not known:
                self.add_name(text, "person")

    def _known(self, name: str, *, is_person: bool = False) -> KnownActor | None:
        """The curated actor of this name; one that is short or a common word needs its country in the text."""
        key = name_key(name)
        if key in self.defined and name_key(self.defined[key]) != key:
            return self._known(self.defined[key])
        found = known_by_key().get(key, ())
        if not found and " " in key and len(sound_key(key)) >= _MIN_SOUND:
            found = known_by_sound().get(sound_key(key), ())
        if len(key.split()) == 1:
            if is_person and not is_acronym(name):
                return None
            if is_acronym(name) and len(key) > _SHORT_INITIALS and len(found) == 1:
                return found[0]  # long initials are nobody else's, wherever the report is from
            found = tuple(a for a in found if a.country is None or a.country in self.lands)
        return found[0] if len(found) == 1 else next((a for a in found if a.country in self.lands), None)

    def _add_known(self, text: str, known: KnownActor) -> None:
        self.seen.append(SeenName(self.report_id, text, "known", known.name, known.kind, known.country))

    def _add_state_body(self, text: str, code: str, noun: str) -> None:
        land = countries()[code]
        kind = actor_words().state_bodies[noun]
        if kind == "country":
            self._add_country(text, code)
            return
        known = self._known(f"{land.adjectives[0]} {noun}") if land.adjectives else None
        if known:
            self._add_known(text, known)
            return
        name = f"{land.adjectives[0] if land.adjectives else land.name} {noun}"
        self.seen.append(SeenName(self.report_id, text, "state body", name, kind, code))

    def _add_country(self, text: str, code: str, *, sort: str = "country") -> None:
        name = countries()[code].name
        self.seen.append(SeenName(self.report_id, text, sort, name, "country", code))


def _is_proper(text: str) -> bool:
    """Whether a voice's words are a name throughout ("Ministry of Works"), not "a ministry official"."""
    words = text.split()
    small = actor_words().cut | actor_words().particles
    return bool(words) and words[0] != "A" and all(_is_capital(w) or w.lower() in small for w in words)


def _is_place_word(name: str) -> bool:
    """Whether tagged words are a day, a month or the like, by the table of what is never a place."""
    return name_key(name) in place_words().never


def _is_only_whose(actor: Actor, rest: str) -> bool:
    """Whether a name before these words says whose or whence somebody is: "Peruvian troops", "a Harwick man"."""
    following = rest.lower().split()[:1]
    return actor.kind == "country" or (actor.kind == "body" and not _OF_PEOPLE.isdisjoint(following))


def _is_capital(text: str) -> bool:
    return text[:1].isupper() or (text[:3].lower() in ("al-", "el-") and text[3:4].isupper())


def _known_runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of words of a text that are the name of a known actor, longest first, left to right."""
    words = [m.span() for m in _WORD.finditer(text)]
    i = 0
    while i < len(words):
        start, end = words[i]
        step = 1
        if _is_capital(text[start:end]) and name_key(text[start:end]).partition(" ")[0] in _firsts():
            for n in range(min(_LONGEST_BODY, len(words) - i), 0, -1):
                run = text[start : words[i + n - 1][1]]
                if _is_known_run(run):
                    yield start, start + len(run)
                    step = n
                    break
        i += step


def _is_known_run(run: str) -> bool:
    """Whether the run names a known actor; short initials must be written as initials ("WHO", not "Who")."""
    key = name_key(run)
    if key not in known_by_key():
        return False
    return len(key) > _SHORT_INITIALS or is_acronym(run) or key not in _initials()


@cache
def _initials() -> frozenset[str]:
    return frozenset(name_key(a) for known in known_actors() for a in known.aliases if is_acronym(a))


@cache
def _firsts() -> frozenset[str]:
    """First words of known actors' keys, and the articles that a key leaves out."""
    return frozenset(key.partition(" ")[0] for key in known_by_key()) | {"al", "the", "el"}


def _assembled(seen: Iterable[SeenName]) -> Actors:
    """Actors from the grouped names; countries that nowhere act are left out."""
    groups: defaultdict[str, list[SeenName]] = defaultdict(list)
    for one in seen:
        if one.group:
            groups[name_key(one.group)].append(one)
    actors: list[Actor] = []
    bearers: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for key in sorted(groups):
        members = groups[key]
        if all(one.sort == "country name" for one in members):
            continue
        for one in members:
            bearers[one.report_id, name_key(one.text)][len(actors)] += 1
            if one.sort != "surname":
                bearers["", name_key(one.text)][len(actors)] += 1
        actors.append(_actor(members))
    by_text = {at: actors[min(n, key=lambda i: (-n[i], actors[i].name))] for at, n in sorted(bearers.items())}
    order = sorted(actors, key=lambda a: (a.name, a.id))
    return Actors(tuple(order), MappingProxyType(by_text))


def _actor(members: Sequence[SeenName]) -> Actor:
    name = min(Counter(one.group for one in members).items(), key=lambda row: (-row[1], row[0]))[0]
    forms = Counter(one.text for one in members)
    aliases = [text for text, _ in sorted(forms.items(), key=lambda row: (-row[1], row[0])) if text != name]
    kinds = Counter(one.kind for one in members)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    country = next((one.country for one in members if one.country), None)
    return Actor(make_id("ac", name), name, kind, tuple(aliases), country)
