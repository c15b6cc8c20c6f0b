"""Names seen in reports brought together: spellings of one person or body, and surnames to full names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from attested.resolve.actor_names import actor_words, is_acronym, name_key, person_parts, sound_key

ALIKE_NAMES = 75.0  # rapidfuzz ratio of whole names that sound the same; "reed" and "rudd" have 50
_ALIKE_SURNAMES = 70.0
_ALIKE_GIVEN = 60.0  # "youssef" and "yusuf" have 67, "hassan" and "hosni" 55
_PILE = "pile"
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "del", "la"})
_MIN_INITIALS = 3  # letters; two fit too many names
MIN_SOUND = 5  # consonants; bodies with fewer are only the same when spelt the same


@dataclass(frozen=True, slots=True)
class SeenName:
    """A name as a report writes it. ``sort`` says how it was found: person, surname, body, known, state body,
    country, country name. ``group`` is the name of the actor that it belongs to, once that is known.
    """

    report_id: str
    text: str
    sort: str
    group: str = ""
    kind: str = ""
    country: str | None = None


class _Sets:
    """Union-find over keys; the root of a set is its first key in alphabetical order."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def root(self, key: str) -> str:
        self._up.setdefault(key, key)
        while self._up[key] != key:
            self._up[key] = self._up[self._up[key]]
            key = self._up[key]
        return key

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low


def group_persons(seen: Sequence[SeenName], story_of: Mapping[str, str]) -> list[SeenName]:
    """The names with their groups: full names by sound, then surnames within a report, then a story.

    Without stories all reports count as one. A surname that several persons of a report share stays out.
    """
    full = [one for one in seen if person_parts(one.text)[0]]
    names = _person_names(full)
    grouped = [replace(one, group=names[name_key(one.text)], kind="person") for one in full]
    known: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in grouped:
        given, surname = person_parts(one.text)
        for scope in (one.report_id, _story(one.report_id, story_of)):
            known[scope, sound_key(surname)][one.group] += 1
        known[one.report_id, "first " + given[0]][one.group] += 1
    for one in seen:
        if not person_parts(one.text)[0]:
            group = _surname_group(one, known, story_of)
            if group is not None:
                grouped.append(replace(one, sort="surname", group=group, kind="person"))
    return grouped


def _story(report_id: str, story_of: Mapping[str, str]) -> str:
    """Key of the report's story; of the whole pile where no stories are known."""
    return f"story {story_of.get(report_id, report_id)}" if story_of else _PILE


def _surname_group(
    one: SeenName, known: Mapping[tuple[str, str], Counter[str]], story_of: Mapping[str, str]
) -> str | None:
    """The person whom a single name means; itself when nobody is known by it, None when several are."""
    key = person_parts(one.text)[1]
    for scope in (one.report_id, _story(one.report_id, story_of)):
        bearers = known.get((scope, sound_key(key)), Counter())
        alike = sorted(name for name in bearers if fuzz.ratio(person_parts(name)[1], key) >= _ALIKE_SURNAMES)
        spelt = [name for name in alike if person_parts(name)[1] == key]
        if scope == _PILE:
            alike = spelt  # over a whole pile only the same spelling is a person's own
        if len(spelt or alike) == 1:
            return (spelt or alike)[0]
        if alike:
            return None
    first = sorted(known.get((one.report_id, "first " + key), ()))
    return first[0] if len(first) == 1 else one.text


def _person_names(full: Iterable[SeenName]) -> dict[str, str]:
    """Name key -> the commonest form of the person's name (of equals the longest, then the alphabet's first)."""
    sets = _Sets()
    buckets: dict[tuple[str, str], list[str]] = {}
    for key, given, surname in sorted({(name_key(one.text), *person_parts(one.text)) for one in full}):
        for name in given:
            bucket = buckets.setdefault((sound_key(surname), sound_key(name)), [])
            match = next((other for other in bucket if _are_one_person(key, other)), None)
            if match:
                sets.join(key, match)
            else:
                bucket.append(key)
    _join_longer(sorted({name_key(one.text) for one in full}), sets)
    return _commonest(full, sets)


def _join_longer(keys: Sequence[str], sets: _Sets) -> None:
    """Joins a name to the only longer one that begins with it: "Ana Ruiz" and "Ana Ruiz Vega"."""
    longer: defaultdict[str, list[str]] = defaultdict(list)
    known = set(keys)
    for key in keys:
        words = key.split()
        for n in range(2, len(words)):
            if (start := " ".join(words[:n])) in known:
                longer[start].append(key)
    for start, found in longer.items():
        if len(found) == 1:
            sets.join(start, found[0])


def _are_one_person(key: str, other: str) -> bool:
    """Whether two keys that share the sounds of surname and a given name are spellings of one name."""
    given, surname = person_parts(key)
    other_given, other_surname = person_parts(other)
    if surname == other_surname and set(given) & set(other_given):
        return True
    pairs = [(a, b) for a in given for b in other_given if sound_key(a) == sound_key(b)]
    return (
        fuzz.ratio(key, other) >= ALIKE_NAMES
        and fuzz.ratio(surname, other_surname) >= _ALIKE_SURNAMES
        and any(fuzz.ratio(a, b) >= _ALIKE_GIVEN for a, b in pairs)
    )


def _commonest(seen: Iterable[SeenName], sets: _Sets) -> dict[str, str]:
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    keys = set()
    for one in seen:
        key = name_key(one.group or one.text)
        keys.add(key)
        forms[sets.root(key)][one.text] += 1
    best = {
        root: min(counts, key=lambda text: (is_acronym(text), -counts[text], -len(text), text))
        for root, counts in forms.items()
    }
    return {key: best[sets.root(key)] for key in keys}


def surnames_tagged_bodies(seen: Sequence[SeenName]) -> list[SeenName]:
    """The names with those tagged as bodies made persons that are the surname of a person of the report."""
    surnames = {(one.report_id, person_parts(one.text)[1]) for one in seen if one.sort == "person"}
    return [
        replace(one, sort="person")
        if one.sort == "body" and not is_acronym(one.text) and (one.report_id, name_key(one.text)) in surnames
        else one
        for one in seen
    ]


def persons_tagged_bodies(seen: Sequence[SeenName]) -> list[SeenName]:
    """The names with single words tagged as persons made bodies where the pile tags them so more often.

    "the Prime Minister's Office" is no person either.
    """
    sorts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in seen:
        sorts[name_key(one.text)][one.sort] += 1
    found = []
    for one in seen:
        counts = sorts[name_key(one.text)]
        is_body = counts["body"] > counts["person"] and not person_parts(one.text)[0]
        of_somebody = "'s " in one.text or "’s " in one.text
        found.append(replace(one, sort="body") if one.sort == "person" and (is_body or of_somebody) else one)
    return found


def within_longer(seen: Sequence[SeenName]) -> list[SeenName]:
    """The bodies with their groups where a report has one longer name for them.

    A tagger cuts names ("Liberties Union"), writers leave out a legal form ("Halden Corp") or use initials that
    they nowhere define.
    """
    longer: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one in seen:
        if one.sort == "body":
            for short in _shorter(one.text):
                longer[one.report_id, short].add(one.text)
    found = []
    for one in seen:
        fuller = longer.get((one.report_id, name_key(one.text)), set()) if one.sort == "body" else set()
        keys = {name_key(text) for text in fuller} - {name_key(one.text)}
        whole = min((t for t in fuller if name_key(t) in keys), default="") if len(keys) == 1 else ""
        found.append(replace(one, group=name_key(whole)) if whole and not one.group else one)
    return found


def _shorter(text: str) -> set[str]:
    """Keys of what a body's name may be cut to: its last words, itself without its legal form, its initials."""
    words = name_key(text).split()
    found = {" ".join(words[i:]) for i in range(1, len(words) - 1)}
    if len(words) > 1 and words[-1] in actor_words().forms:
        found.add(" ".join(words[:-1]))
    parts = [w for w in words if w not in _SMALL]
    if len(parts) >= _MIN_INITIALS:
        found.add("".join(w[0] for w in parts))
    return found


def group_bodies(seen: Sequence[SeenName]) -> list[SeenName]:
    """The names with their groups: the same key, the same sound, or an acronym that a report defines.

    A name comes with a group where its own report defines it; elsewhere an acronym takes the meaning that
    the pile gives it, if that is one.
    """
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for one in seen:
        if one.group:
            meanings[name_key(one.text)].add(one.group)
    meant = [
        replace(one, group=min(meanings[name_key(one.text)]))
        if not one.group and is_acronym(one.text) and len(meanings.get(name_key(one.text), ())) == 1
        else one
        for one in seen
    ]
    sets, sounds = _Sets(), dict[str, str]()
    for key in sorted({name_key(one.group or one.text) for one in meant}):
        sound = sound_key(key)
        if " " not in key or len(sound) < MIN_SOUND:
            continue
        first = sounds.setdefault(sound, key)
        if first != key and fuzz.ratio(first, key) >= ALIKE_NAMES:
            sets.join(first, key)
    names = _commonest(meant, sets)
    return [
        replace(one, group=names[name_key(one.group or one.text)], kind=one.kind or "body")
        for one in meant
        if name_key(one.text)
    ]
