"""Who is said to have done it: alleged, claimed and denied by whom, as GTD keeps them in fields of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attested.mentions.lexicon import participant_kind
from attested.model import Claim, Hedge
from attested.speech.cues import hedge_table, reporting_table
from attested.speech.speaker_words import speaker_words
from attested.text.countries import country_of
from attested.text.normalise import fold

FIELDS = ("perpetrator_alleged", "responsibility_claimed", "responsibility_denied")
_DOUBTS: frozenset[Hedge] = frozenset({"alleged", "suspected", "claimed", "possible"})
# Words of a speaker for its own people; "it", "they" and "its fighters" in a voice's words may be anybody.
_OWN = frozenset({"we", "our"})
_SMALL = frozenset({"the", "a", "an", "of", "and", "s"})
_NOBODY = frozenset({"no", "any", "nobody", "none", "neither"})
# What says that somebody did not do it, rather than that something else was not so.
_EXONERATES = re.compile(
    r"\b(?:not|never|no longer) (?:\w+ )?(?:responsible|involved|behind|guilty|accused|to blame|linked|the work)\b|"
    r"\b(?:are|is|were) not\b|\b(?:isn|aren|weren)['’]t\b|\bdid(?: not|n['’]t)\b|\bnever\b|\binnocen|\bruled? out\b|"
    r"\bno (?:part|role|hand|involvement|responsibility|link|connection)\b|\bnothing to do\b|\bnor\b"
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SaidOf:
    """The claims of who did it: by others, by those who did it themselves, and against."""

    alleged: list[Claim]
    claimed: list[Claim]
    denied: list[Claim]


def is_empty(claim: Claim, sentence: str) -> bool:
    """Whether words say of nobody that he did it, nor of anybody that he did not.

    So in "no group claimed it", "neither claimed nor denied", "the man who shot her was not allowed a gun".
    """
    if claim.field not in FIELDS:
        return False
    if (
        fold(str(claim.value)).partition(" ")[0] in _NOBODY
        or "neither" in fold(claim.voice.cue or "").split()
    ):
        return True
    is_negative = claim.polarity == "negative" and claim.hedge != "denied" and claim.field != FIELDS[2]
    return is_negative and not _EXONERATES.search(fold(sentence))


def who_says(claims: Iterable[Claim]) -> SaidOf:
    """The claims of perpetrators told apart by voice: each claim's voice is who alleges, claims or denies it.

    Whoever tells of a deed of its own claims it ("our troops fired, the army said"); whoever says that somebody
    did not do it denies it, of itself or of others.
    """
    rows = [c for c in claims if c.field in FIELDS]
    denied = [c for c in rows if c.field == FIELDS[2] or c.polarity == "negative" or c.hedge == "denied"]
    denials = {c.id for c in denied}
    rest = [c for c in rows if c.id not in denials]
    claimed = [c for c in rest if c.field == FIELDS[1] or speaks_for_itself(c)]
    own = {c.id for c in claimed}
    alleged = [c for c in rest if c.id not in own]
    return SaidOf(alleged, _by_name(claimed), denied)


def _by_name(claimed: Sequence[Claim]) -> list[Claim]:
    """Claims less those of "our fighters" where the same voice claims the deed under its name too."""
    named = {(c.report_id, c.mention_id, c.voice.name) for c in claimed if not _starts_own(c)}
    return [
        c for c in claimed if not _starts_own(c) or (c.report_id, c.mention_id, c.voice.name) not in named
    ]


def named_in(claim: Claim) -> str:
    """Whom a claim names, in words: the voice's own name for "our fighters" and "we"."""
    is_own = claim.field in FIELDS and _starts_own(claim) and claim.voice.kind != "outlet"
    is_own = is_own or (claim.field in FIELDS[1:] and claim.voice.kind == "named body" and _is_unnamed(claim))
    return (claim.voice.name if is_own else None) or str(claim.value)


def _is_unnamed(claim: Claim) -> bool:
    """Whether a claim's words name nobody: "the group", "the rebels"."""
    words = str(claim.value).split()
    return not any(word[:1].isupper() for word in words if word.lower() not in _SMALL)


def speaks_for_itself(claim: Claim, names: Iterable[str] = ()) -> bool:
    """Whether the voice of a claim is the very one it names, or its own people; ``names`` are its other names.

    An outlet speaks for itself only under the same name: a communiqué's outlet is who signed it.
    """
    voice = _words(claim.voice.name or "")
    if not voice:
        return False
    if claim.voice.kind == "outlet":
        return any(_words(name) == voice for name in (str(claim.value), *names))
    if _starts_own(claim):
        return True
    return any(_are_same(_words(name), voice) for name in (str(claim.value), *names))


def _are_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether names are one but for words of people, offices and nations: "army troops", "an army spokesman"."""
    less, more = sorted((one, other), key=len)
    return bool(less) and less <= more and all(light_word(word) for word in more - less)


def light_word(word: str) -> bool:
    """Whether a word is of people, offices and nations and names nobody: "army", "spokesman", "Iraqi"."""
    offices = speaker_words().official | speaker_words().bodies
    return participant_kind(word) is not None or word in offices or country_of(word) is not None


def is_doubted(claim: Claim) -> bool:
    """Whether a claim blames or suspects rather than tells: by its hedge, its own words, or the cue of its voice.

    A plain report of another voice counts as alleged in the ledger, since the outlet does not vouch for it; here
    "the police said" is told apart from "the police suspect" and "the police said alleged rebels did it".
    """
    if claim.hedge != "alleged" or claim.voice.kind == "outlet":
        return claim.hedge in _DOUBTS
    table, words = reporting_table(), hedge_table().words
    if any(words.get(word) in _DOUBTS for word in fold(str(claim.value)).split()):
        return True
    cue = fold(claim.voice.cue or "").split()
    verbs = (table.verbs[v].hedge for word in cue if (v := table.lemma_in(word, table.verbs)) is not None)
    nouns = (table.nouns[n].hedge for word in cue if (n := table.lemma_in(word, table.nouns)) is not None)
    return any(hedge in _DOUBTS for hedge in (*verbs, *nouns))


def _starts_own(claim: Claim) -> bool:
    return fold(str(claim.value)).partition(" ")[0] in _OWN


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(name))) - _SMALL
