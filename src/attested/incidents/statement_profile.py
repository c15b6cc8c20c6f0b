"""What merging compares of one mention of a statement: speaker, side, matter, day, quotations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from attested.incidents.context import FuseContext
from attested.mentions.acts import act_table
from attested.model import Claim, Mention, Quote
from attested.text.countries import country_of
from attested.text.lemmas import lemmas
from attested.text.normalise import fold
from attested.values import Actor, PartialDate

_PREPOSITION = re.compile(r"\s(?:of|to|for|in|from|with|by|near|against|at|on)\s")


@dataclass(frozen=True)
class StatementView:
    """The context with its actors by id and its quotations by report."""

    context: FuseContext
    actors: Mapping[str, Actor]
    quotes: Mapping[str, Sequence[Quote]]

    @classmethod
    def of(cls, context: FuseContext) -> StatementView:
        """The context indexed once."""
        return cls(context, context.actor_of, _quotes_by_report(context))

    def actor(self, claim: Claim) -> Actor | None:
        """Whom a claim names: somebody of a body ("a governor of X", "an X official") is not that body."""
        found = self.actors.get(self.context.resolved.actors.get(claim.id, ""))
        return found if found is not None and _is_named_by(str(claim.value), found) else None


@dataclass(frozen=True, slots=True)
class StatementProfile:
    """What merging compares of one mention. ``person`` is a named speaker's key, ``side`` the state's code;
    ``is_state`` marks a state speaking for itself ("Washington")."""

    mention: Mention
    story: str
    person: str | None
    speaker: str
    side: str | None
    is_state: bool
    addressees: frozenset[str]
    topic: str
    stated: PartialDate
    quotes: frozenset[str]

    @property
    def trigger(self) -> frozenset[str]:
        """Dictionary forms of the word that tells the act, and of the verb of what is said, if it is a clause."""
        words = {self.mention.trigger.text}
        words |= {r.head.text for r in self.mention.roles if r.name == "topic" and _is_clause(r.span.text)}
        return frozenset(form for word in words for form in lemmas(word.lower()))


def _is_clause(words: str) -> bool:
    return words.startswith(("that ", "to "))


def _is_named_by(words: str, actor: Actor) -> bool:
    """Whether words end in one of an actor's names, before any "of" or "for"."""
    if actor.kind in {"person", "country"}:
        return True
    before = fold(_PREPOSITION.split(words)[0]).removesuffix("'s")
    names = {fold(name).removeprefix("the ") for name in (actor.name, *actor.aliases)}
    return fold(words).removeprefix("the ") in names or any(before.endswith(name) for name in names)


def make_profile(view: StatementView, mention: Mention, story: str) -> StatementProfile:
    """What merging compares of a mention, from its claims."""
    context = view.context
    claims = context.claims_by_mention.get(mention.id, ())
    speaker = next((c for c in claims if c.field == "speaker"), None)
    name = str(speaker.value) if speaker else ""
    actor = view.actor(speaker) if speaker else None
    key = actor.id if actor else fold(name)
    behalf = next((c for c in claims if c.field == "on_behalf_of"), None)
    side = state_of(str(behalf.value)) if behalf else state_of(name)
    what = next((str(c.value) for c in claims if c.field == "what"), "")
    addressees = {
        context.resolved.actors.get(c.id) or fold(str(c.value)) for c in claims if c.field == "addressee"
    }
    return StatementProfile(
        mention,
        story,
        key if actor is not None and actor.kind == "person" else None,
        key,
        side,
        actor is not None and actor.kind == "country",
        frozenset(addressees),
        fold(what),
        _stated(context, claims),
        frozenset(_group(context, q) for q in quotes_in(mention, claims, view.quotes)),
    )


def state_of(words: str) -> str | None:
    """ISO code of the state that words stand for: a country, its people, its capital, one of its offices."""
    found = state_named(words)
    if found:
        return found
    before = _PREPOSITION.split(words)[0]  # "militias close to Iran" are not Iran's
    return next((code for w in before.split() if w[:1].isupper() and (code := country_of(w))), None)


def state_named(words: str) -> str | None:
    """ISO code of the state that words are a name or an office of, as a whole; None for "Iraqi Kurdistan"."""
    title = act_table().state_titles.get(fold(words))
    return country_of(words) or (country_of(title) if title else None)


def _stated(context: FuseContext, claims: Iterable[Claim]) -> PartialDate:
    """The narrowest day that the mention's own words state; unknown if they state none."""
    dates = [
        context.resolved.dates[c.id].date
        for c in claims
        if c.field == "date" and c.id in context.resolved.dates
    ]
    known = [d for d in dates if d.is_known]
    return min(known, key=lambda d: (d.n_days, str(d.start))) if known else PartialDate()


def _quotes_by_report(context: FuseContext) -> dict[str, list[Quote]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for quote in sorted(context.quotes.values(), key=lambda q: (q.report_id, q.span.start)):
        found[quote.report_id].append(quote)
    return found


def quotes_in(
    mention: Mention, claims: Iterable[Claim], quotes: Mapping[str, Sequence[Quote]]
) -> list[Quote]:
    """Quotations that overlap what a mention says it is about."""
    spans = [c.span for c in claims if c.field == "what"]
    return [
        q
        for q in quotes.get(mention.report_id, ())
        if any(q.span.start < s.end and s.start < q.span.end for s in spans)
    ]


def _group(context: FuseContext, quote: Quote) -> str:
    """The first id of a quotation's siblings, which names the whole group."""
    link = (context.quote_links or {}).get(quote.id)
    return min((quote.id, *(link.same_as if link else ())))
