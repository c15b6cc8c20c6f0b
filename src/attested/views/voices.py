"""Who said what: every voice of the ledger with its statements, quotations and claims, and how many repeat them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from attested.mentions.sayings import is_nobody
from attested.model import Claim, Derivation, Quote, Saying, Voice
from attested.text.folding import fold_words
from attested.views.evidence import by_age, claim_value
from attested.views.facts import Facts
from attested.views.sayings import saying_groups, saying_words, told_elsewhere
from attested.views.speakers import KeyOf, voice_keys
from attested.views.variants import quote_families
from attested.views.words import iso_words

UtteranceKind = Literal["statement", "quotation", "claim", "saying"]
_ORDER: tuple[UtteranceKind, ...] = get_args(UtteranceKind)
_SAID = "said"  # what a headline's or a transcript's colon stands for


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something a voice said, once, however many reports repeat it.

    ``when`` is an ISO interval, of the statement or else of the first report; ``what`` an act ("ACCUSE, allege"), a
    field ("killed") or the cue of a saying ("said"); ``hedges`` how surely it was said; ``via`` who passed it on.
    ``report`` has it first, in the sentence from ``start`` to ``end``; ``claims`` are those that it was read as.
    """

    id: str
    kind: UtteranceKind
    when: str
    what: str
    words: str
    hedges: tuple[str, ...]
    via: tuple[str, ...]
    reports: tuple[str, ...]
    n_origins: int
    report: str = ""
    start: int = 0
    end: int = 0
    claims: tuple[str, ...] = ()


@dataclass(slots=True)
class VoiceRow:
    """One voice: the name most reports give it, its kind, for whom it speaks, why it has no name, what it said.

    ``called`` are all names that reports and tables give it and those it speaks for.
    """

    name: str
    kind: str | None
    on_behalf_of: tuple[str, ...]
    anonymity: tuple[str, ...]
    said: tuple[Utterance, ...]
    called: tuple[str, ...] = ()

    @property
    def reports(self) -> frozenset[str]:
        """Reports that pass it on."""
        return frozenset(report for one in self.said for report in one.reports)

    def n(self, kind: UtteranceKind) -> int:
        """How many utterances of a kind it has."""
        return sum(one.kind == kind for one in self.said)


@dataclass(slots=True)
class _Gathered:
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    behalf: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)
    said: list[Utterance] = field(default_factory=list)


def voice_rows(facts: Facts, wanted: str = "") -> list[VoiceRow]:
    """Voices by how much they said; those whose name, or whom they speak for, holds the words of ``wanted``.

    A name stands for all that the reports, or the tables, call an actor by: "ELN" finds the army that it is short for.
    """
    found: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    key_of = voice_keys(facts)
    for name, behalf, utterance in (*_statements(facts), *_quotations(facts)):
        if is_nobody(name):
            continue
        row = found[key_of(name)]
        row.names[name] += 1
        row.said.append(utterance)
        if behalf:
            row.behalf[behalf] += 1
    for key, claims in _by_voice(facts, key_of).items():
        found[key].names.update(str(c.voice.name) for c in claims)
        found[key].said.extend(_claimed(facts, claims))
    _add_sayings(facts, key_of, found)
    _add_kinds(facts, key_of, found)
    words, called = set(fold_words(wanted)), _called(facts)
    rows = (_row(gathered, called) for gathered in found.values())
    kept = [row for row in rows if any(words <= set(fold_words(name)) for name in row.called)]
    return sorted(kept, key=lambda r: (-len(r.said), -len(r.reports), r.name))


def _add_sayings(facts: Facts, key_of: KeyOf, found: defaultdict[str, _Gathered]) -> None:
    """Each voice's sayings, with two exceptions.

    Left out is what half of its reports or more tell as a statement, a quotation or claims, too; and what only
    machine-spun reports have while the text that they were made from is there.
    """
    told = told_elsewhere(facts, key_of)
    spun = {report for report in facts.spun if any(_is_spun_from(d) for d in facts.made_from.get(report, ()))}
    for key, groups in saying_groups(facts, key_of).items():
        for group in groups:
            is_told = 2 * sum(saying.id in told for saying in group) >= len(group)
            if not is_told and not all(saying.report_id in spun for saying in group):
                found[key].names.update(str(saying.voice.name) for saying in group)
                found[key].said.append(_said(facts, group))


def _is_spun_from(derivation: Derivation) -> bool:
    """Whether the report that a machine's words were made from is there."""
    return derivation.kind == "spun" and derivation.parent is not None and not derivation.is_sibling


def _add_kinds(facts: Facts, key_of: KeyOf, found: defaultdict[str, _Gathered]) -> None:
    """What kind of voice each is, and why it has no name, as its claims and sayings have it."""
    voices = (row.voice for rows in (facts.claims.values(), facts.sayings.values()) for row in rows)
    for voice in voices:
        if voice.kind != "outlet" and voice.name and (key := key_of(voice.name)) in found:
            found[key].kinds[voice.kind] += 1
            if voice.anonymity:
                found[key].unnamed[voice.anonymity] += 1


def _called(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Each name of an actor, folded, with all of the actor's names."""
    named = ((actor.name, *actor.aliases) for actor in facts.actors.values())
    return {" ".join(fold_words(name)): names for names in named for name in names}


def _row(gathered: _Gathered, called: Mapping[str, tuple[str, ...]]) -> VoiceRow:
    name = min(gathered.names, key=lambda n: (-gathered.names[n], -len(n), n))
    kind = gathered.kinds.most_common(1)[0][0] if gathered.kinds else None
    said = sorted(gathered.said, key=lambda u: (u.when or "9999", _ORDER.index(u.kind), u.id))
    behalf = tuple(b for b, _ in gathered.behalf.most_common() if b != name)
    own = (name, *sorted(gathered.names), *behalf)
    known = (alias for one in own for alias in called.get(" ".join(fold_words(one)), ()))
    names = tuple(dict.fromkeys((*own, *known)))
    return VoiceRow(name, kind, behalf, tuple(sorted(gathered.unnamed)), tuple(said), names)


def _statements(facts: Facts) -> Iterator[tuple[str, str | None, Utterance]]:
    for row in facts.statements:
        if row.speaker:
            act = f"{row.act}, {row.mode}" if row.mode else row.act
            words = f"to {row.addressee}: {row.what}" if row.addressee else row.what
            chain = dict.fromkeys(v for claim in row.claims for v in _chain(claim.voice.via))
            via = tuple(v for v in chain if not set(fold_words(v)) <= set(fold_words(row.speaker)))
            hedges = tuple(sorted({claim.hedge for claim in row.claims if claim.field == "what"}))
            yield (
                row.speaker,
                row.on_behalf_of,
                Utterance(
                    row.id,
                    "statement",
                    iso_words(row.date),
                    act,
                    words,
                    hedges,
                    via,
                    row.reports,
                    row.n_origins,
                    *_place(facts, row.claims),
                ),
            )


def _quotations(facts: Facts) -> Iterator[tuple[str, str | None, Utterance]]:
    for family in quote_families(facts):
        best, others = family.best, [v.wording for v in family.variants]
        speaker = next((name for w in (best, *others) for name in w.speakers), None)
        if speaker:
            reports = tuple(dict.fromkeys(r for w in (best, *others) for r in w.reports))
            what = "quotation, altered" if family.is_altered else "quotation"
            when = str(min((w.first for w in (best, *others) if w.first), default=""))
            yield (
                speaker,
                None,
                Utterance(
                    best.id,
                    "quotation",
                    when,
                    what,
                    f"“{best.text}”",
                    (),
                    (),
                    reports,
                    family.n_origins,
                    *_sentence(facts, facts.quotes[best.id]),
                ),
            )


def _by_voice(facts: Facts, key_of: KeyOf) -> dict[str, list[Claim]]:
    """Claims about incidents and trends by whose voice they are; the outlets' own are left out."""
    said = {statement.id for statement in facts.statements}
    names = {claim.voice.name for claim in facts.claims.values() if claim.voice.kind != "outlet"}
    named = {name for name in names if name and not is_nobody(name)}
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in facts.claims.values():
        about, voice = facts.about.get(claim.id), claim.voice
        if about is not None and about not in said and voice.kind != "outlet" and voice.name in named:
            found[key_of(voice.name)].append(claim)
    return found


def _claimed(facts: Facts, claims: Sequence[Claim]) -> Iterator[Utterance]:
    """One utterance for each value of each field of an incident that the voice gives."""
    groups: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[facts.about[claim.id], claim.field, claim_value(claim)].append(claim)
    for (about, name, value), rows in sorted(groups.items()):
        reports = tuple(sorted({claim.report_id for claim in rows}))
        yield Utterance(
            about,
            "claim",
            str(facts.first_day(reports) or ""),
            name.replace("_", " "),
            value,
            tuple(sorted({claim.hedge for claim in rows})),
            tuple(dict.fromkeys(v for claim in rows for v in _chain(claim.voice.via))),
            reports,
            facts.n_origins(reports),
            *_place(facts, rows),
        )


def _said(facts: Facts, group: Sequence[Saying]) -> Utterance:
    """One utterance for a saying in all its reports."""
    cues = Counter((saying.voice.cue or "").lower() for saying in group)
    reports = tuple(dict.fromkeys(saying.report_id for saying in group))
    return Utterance(
        group[0].id,
        "saying",
        str(facts.first_day(reports) or ""),
        cues.most_common(1)[0][0].strip(":") or _SAID,
        saying_words(group[0]),
        tuple(sorted({saying.hedge for saying in group})),
        tuple(dict.fromkeys(v for saying in group for v in _chain(saying.voice.via))),
        reports,
        facts.n_origins(reports),
        *_sentence(facts, group[0]),
    )


def _place(facts: Facts, claims: Sequence[Claim]) -> tuple[str, int, int, tuple[str, ...]]:
    """The first report that has a claim of these, the sentence there, and all of them."""
    first, *_ = ordered = by_age(facts, claims)
    ids = tuple(claim.id for claim in ordered)
    return first.report_id, first.sentence.start, first.sentence.end, ids


def _sentence(facts: Facts, said: Quote | Saying) -> tuple[str, int, int]:
    """The report and the sentence, or the words alone where no sentence has them."""
    outline = facts.context.outlines.get(said.report_id)
    for sentence in outline.sentences if outline else ():
        if sentence.start <= said.span.start < sentence.end:
            return said.report_id, sentence.start, sentence.end
    return said.report_id, said.span.start, said.span.end


def _chain(voice: Voice | None) -> Iterator[str]:
    """Names of a chain of voices, from the one that heard it to the last that passed it on."""
    while voice is not None:
        yield voice.name or voice.kind
        voice = voice.via
