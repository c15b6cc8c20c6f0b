"""Where reports disagree on who did it: a denial, a claim against a blame, rival claims, different sides blamed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from attested.incidents.context import FuseContext
from attested.incidents.fused import Contradiction, FusedValue
from attested.incidents.perpetrators import is_doubted, light_word
from attested.incidents.profile import content_words
from attested.mentions.lexicon import participant_kind
from attested.model import Claim
from attested.text.countries import country_of
from attested.text.lemmas import lemmas
from attested.text.normalise import fold
from attested.values import Actor

_STATE_KINDS = frozenset({"state forces", "intelligence body", "government body", "police", "country"})
_STATE_WORDS = frozenset({"government", "authorities", "regime", "state"})
# Fighters who are no state's; gunmen, killers and attackers may be anybody's.
_GROUPS = frozenset(
    "militia militiaman militant rebel insurgent guerrilla guerilla fighter terrorist extremist jihadist gang cartel "
    "bandit separatist paramilitary mafia pirate subversive vigilante mercenary trafficker".split()
)
# In the name of a body that our list does not know: "People's Liberation Army".
_ARMED_NAMES = frozenset("liberation revolutionary resistance front jihad islamic popular".split())
# In a clash both sides do it: naming the one is no word against the other.
_BOTH_DO_IT = frozenset(
    {"Armed clash", "Government regains territory", "Non-state actor overtakes territory", "Mob violence"}
)


@dataclass(frozen=True, slots=True)
class _Party:
    """Somebody who is said to have done it, and what is known of whom the words mean."""

    shown: FusedValue
    actor: Actor | None
    side: str
    words: frozenset[str]
    claims: tuple[Claim, ...]

    @property
    def is_known(self) -> bool:
        """Whether the words say who it is, by a name or by a side, rather than "two men"."""
        if self.actor is not None and self.actor.kind == "country":
            return any(country_of(str(c.value)) or _says_state(c) for c in self.claims)
        return self.actor is not None or bool(self.side) or any(_is_name(str(c.value)) for c in self.claims)


def doer_dispute(
    context: FuseContext,
    type_: str,
    alleged: Sequence[FusedValue],
    claimed: Sequence[FusedValue],
    denied: Sequence[FusedValue],
) -> Contradiction | None:
    """The one disagreement on who did it, with everybody who has a part in it; None where nobody disagrees."""
    blamed, claims, denials = (_parties(context, rows) for rows in (alleged, claimed, denied))
    blamed = [b for b in blamed if b.is_known]
    claims = [c for c in claims if c.is_known]
    if row := _of_denials(blamed, claims, denials):
        return row
    rivals = [c for c in claims if blamed and not any(_may_be_one(c, b) for b in blamed)]
    if rivals:
        rows = (*_as(blamed, "blamed"), *_as(rivals, "claims it"))
        return Contradiction("perpetrator", rows, "one is blamed, another claims it")
    if pair := next(((a, b) for a, b in combinations(claims, 2) if not _may_be_one(a, b)), None):
        return Contradiction("perpetrator", _as(pair, "claims it"), "competing claims of responsibility")
    if type_ not in _BOTH_DO_IT and (pair := _different_blamed(context, blamed)):
        return Contradiction("perpetrator", _as(pair, "blamed"), "different sides are blamed")
    return None


def _of_denials(
    blamed: Sequence[_Party], claims: Sequence[_Party], denials: Sequence[_Party]
) -> Contradiction | None:
    """Who is blamed denies it, or somebody of whom nobody here says that he did it."""
    for denial in denials:
        same = [b for b in (*blamed, *claims) if _are_one(b, denial)]
        if same:
            accused = _as([b for b in same if b in blamed], "blamed")
            rows = (*accused, *_as([denial], _how_denied(denial)), *_as(claims, "claims it"))
            return Contradiction("perpetrator", rows, f"who is blamed {_how_denied(denial)}")
    for denial in denials:
        if denial.is_known:
            return Contradiction("perpetrator", _as([denial], _how_denied(denial)), "a part in it is denied")
    return None


def _how_denied(denial: _Party) -> str:
    """Whether somebody denies it himself, or another voice does so for him."""
    voices = {c.voice.name or "" for c in denial.claims if c.voice.kind != "outlet"}
    own = not voices or bool(_words_of(*voices) & denial.words) or not denial.words
    return "denies it" if own else "is said not to have done it"


def _parties(context: FuseContext, rows: Iterable[FusedValue]) -> list[_Party]:
    found = []
    for row in rows:
        claims = tuple(context.claims[c] for c in row.claims if c in context.claims)
        actor = context.actor_of.get(row.actor or "")
        words = _words_of(row.value, *(str(c.value) for c in claims), *(actor.aliases if actor else ()))
        found.append(_Party(row, actor, _side(actor, claims), words, claims))
    return found


def _side(actor: Actor | None, claims: Sequence[Claim]) -> str:
    """Whether the words mean forces of a state or an armed group: by its list, else by the last word that tells."""
    if actor is not None and actor.kind in _STATE_KINDS:
        return "state"
    if actor is not None and actor.kind == "armed group":
        return "armed group"
    for claim in claims:
        words = fold(str(claim.value)).split()
        if not _ARMED_NAMES.isdisjoint(words):
            return "armed group"
        for word in reversed(words):
            if word in _STATE_WORDS:
                return "state"
            if not _GROUPS.isdisjoint(lemmas(word)):
                return "armed group"
            if participant_kind(word) == "force":
                return "state"
    return ""


def _says_state(claim: Claim) -> bool:
    return not _STATE_WORDS.isdisjoint(fold(str(claim.value)).split())


def _is_name(words: str) -> bool:
    """Whether words hold a capitalised name after their article."""
    rest = words.split()[1:] if words[:4].lower() in {"the ", "a ", "an "} else words.split()
    return not words.isupper() and any(word[:1].isupper() for word in rest)


def _words_of(*names: str) -> frozenset[str]:
    return frozenset(w for w in content_words(names) if not light_word(w))


def _are_one(a: _Party, b: _Party) -> bool:
    """Whether two wordings surely mean one: one actor, or names that share a word."""
    if a.shown.actor is not None and a.shown.actor == b.shown.actor:
        return True
    return bool(a.words & b.words)


def _may_be_one(a: _Party, b: _Party) -> bool:
    """Whether two wordings can mean one: a person and his group, a description and a name, a state and its army."""
    if _are_one(a, b):
        return True
    if a.side and b.side and a.side != b.side:
        return False
    if a.actor is None or b.actor is None or not a.words or not b.words:
        return True
    kinds = {a.actor.kind, b.actor.kind}
    if "person" in kinds:
        return True
    lands = {a.actor.country or country_of(a.actor.name), b.actor.country or country_of(b.actor.name)}
    return a.side == b.side == "state" and len(lands) == 1


def _different_blamed(context: FuseContext, blamed: Sequence[_Party]) -> tuple[_Party, _Party] | None:
    """Two who cannot be one, each accused by voices that do not blame the other."""
    for a, b in combinations([b for b in blamed if any(is_doubted(c) for c in b.claims)], 2):
        if _may_be_one(a, b):
            continue
        ours, theirs = (_tellers(context, p.claims) for p in (a, b))
        if (
            all(any(name for _, name in row) for row in (ours, theirs))
            and not ours & theirs
            and not _in_one_sentence(a, b)
        ):
            return a, b
    return None


def _tellers(context: FuseContext, claims: Iterable[Claim]) -> frozenset[tuple[str, str]]:
    """Who blames: an origin and the voice that it passes on, "" for its own."""
    return frozenset(
        (context.backing.origin(c), "" if c.voice.kind == "outlet" else fold(c.voice.name or ""))
        for c in claims
    )


def _in_one_sentence(a: _Party, b: _Party) -> bool:
    """Whether a report blames both in a breath."""
    return not {c.sentence for c in a.claims}.isdisjoint(c.sentence for c in b.claims)


def _as(parties: Iterable[_Party], words: str) -> tuple[FusedValue, ...]:
    return tuple(replace(p.shown, value=f"{p.shown.value} ({words})") for p in parties)
