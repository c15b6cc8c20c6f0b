"""The stages that see all reports together: lineage, stories, resolve, incidents.

Everything here is recomputed from the reports' outlines, mentions and claims, so a new page may change what an
old one means, and the order in which pages came does not matter. What people decided is one more input, and ids
that were given before are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from attested.incidents.anchors import Finder
from attested.incidents.context import Resolved
from attested.incidents.merge import Merge
from attested.incidents.naming import Names
from attested.incidents.quotes import link_quotes
from attested.incidents.seen import see_mentions
from attested.incidents.statements import merge_statements
from attested.incidents.trends import merge_trends
from attested.ledger.store import Ledger
from attested.lineage.derive import find_derivations
from attested.lineage.origins import trace_origins
from attested.lineage.same_wire import with_own_wires
from attested.mentions.lexicon import participant_kind
from attested.model import Claim, Mention, Outline, Published, Report, Story
from attested.one_page import PER_PAGE, Clock, program_version
from attested.resolve.actors import Actors, resolve_actors
from attested.resolve.claim_dates import resolve_claim_dates
from attested.resolve.gazetteer import Gazetteer
from attested.resolve.place_claims import report_contexts, resolve_claim_places
from attested.resolve.place_seats import find_seats
from attested.resolve.places import PlaceLink, PlaceResolver
from attested.resolve.published import settle_published
from attested.settings import Settings
from attested.stories.cluster import cluster_stories
from attested.text.countries import countries, country_of
from attested.values import Actor
from attested.views.fusing import fuse_context

# What the points of two mentions depend on besides the mentions.
MERGED_BY = (*PER_PAGE, "resolve", "incidents")


def complete(ledger: Ledger, settings: Settings, clock: Clock) -> Ledger:
    """``ledger`` with everything that its reports say together; its pages' own rows are kept as they are."""
    reports, outlines = ledger.reports, {o.report_id: o for o in ledger.outlines}
    with clock("lineage"):
        derivations = find_derivations(reports, outlines, settings.lineage)
    with clock("stories"):
        dated = settle_published(reports, outlines, derivations, is_first_look=True)
        stories = cluster_stories(reports, outlines, derivations, dated, settings.stories)
    with clock("resolve"):
        published = settle_published(reports, outlines, derivations, stories)
        derivations = with_own_wires(derivations, reports, outlines, stories)
        origins = trace_origins(reports, derivations)
        resolved, actors = _resolve(ledger, outlines, published, stories)
    with clock("incidents"):
        quotes = [quote for outline in ledger.outlines for quote in outline.quotes]
        ledger = replace(
            ledger,
            published=published,
            derivations=tuple(derivations),
            origins=tuple(origins),
            stories=tuple(stories),
            quote_links=tuple(link_quotes(quotes, reports, derivations, origins)),
            actors=actors.actors,
            resolved=resolved,
        )
        merge = merge_of(ledger)
        return replace(merged(ledger, merge), kept=tuple(merge.kept()))


def merge_of(ledger: Ledger) -> Merge:
    """The incidents of a ledger as its last run left them, to be kept up; what other code compared is forgotten."""
    return Merge(ledger.kept, program_version(MERGED_BY))


def merged(ledger: Ledger, merge: Merge) -> Ledger:
    """``ledger`` with its mentions merged as people decided, every row under the id that it had before.

    ``merge`` is brought up to date: mentions that are as it knows them are compared with new and changed ones alone.
    """
    context, about = fuse_context(dated(ledger)), (ledger.stories, ledger.derivations)
    rows = {"incident": ledger.incidents, "statement": ledger.statements, "trend": ledger.trends}
    finder = Finder({m.id: m for m in ledger.mentions}, {}, {r.id: r for r in ledger.reports})
    names = Names(ledger.given, ledger.redirects, finder, rows)
    seen = see_mentions(context, *about)
    merge.update(seen, context.decided, merge.mentions - seen.keys())
    return replace(
        ledger,
        incidents=names.name("incident", merge.incidents()),
        statements=names.name("statement", merge_statements(context, *about)),
        trends=names.name("trend", merge_trends(context, *about)),
        given=names.given,
        redirects=names.redirects,
    )


def dated(ledger: Ledger) -> Ledger:
    """``ledger`` without the reports that no run has dated yet, which wait for the next one."""
    return replace(
        ledger,
        reports=tuple(report for report in ledger.reports if report.id in ledger.published),
        mentions=tuple(mention for mention in ledger.mentions if mention.report_id in ledger.published),
        claims=tuple(claim for claim in ledger.claims if claim.report_id in ledger.published),
    )


def _resolve(
    ledger: Ledger,
    outlines: dict[str, Outline],
    published: dict[str, Published],
    stories: Sequence[Story],
) -> tuple[Resolved, Actors]:
    """Dates, places and actors of all claims."""
    mentions: Sequence[Mention] = ledger.mentions
    claims: Sequence[Claim] = ledger.claims
    reports: Sequence[Report] = ledger.reports
    quotes = [quote for outline in ledger.outlines for quote in outline.quotes]
    actors = resolve_actors(reports, outlines, claims, quotes, stories=stories)
    places, seats = _located(mentions, claims, {r.id: r for r in reports}, outlines, stories)
    resolved = Resolved(
        dates=resolve_claim_dates(mentions, claims, outlines, published),
        places=places,
        actors=actor_links(claims, actors),
        seats=seats,
    )
    return resolved, actors


def _located(
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    outlines: dict[str, Outline],
    stories: Sequence[Story],
) -> tuple[dict[str, PlaceLink], dict[str, PlaceLink]]:
    """The places of claims, and the seats of the reports that tell of incidents."""
    telling = {m.report_id for m in mentions if m.kind == "incident" and m.status == "happened"}
    if not telling:
        return {}, {}
    resolver = PlaceResolver(Gazetteer.open())
    contexts = report_contexts(telling, reports, outlines, resolver.gazetteer)
    seats = find_seats(reports, outlines, contexts, resolver)
    places = resolve_claim_places(
        locatable(claims),
        list(reports.values()),
        outlines,
        stories,
        resolver=resolver,
        contexts=contexts,
        seats=seats,
    )
    return places, seats


def locatable(claims: Sequence[Claim]) -> list[Claim]:
    """Place claims, and what was hit: "a Kenyan barracks" is in Kenya, a base by its name is a place."""
    return [
        replace(claim, field="place")
        for claim in claims
        if claim.field == "place" or (claim.field == "target" and claim.unit != "intended" and _stands(claim))
    ]


def _stands(claim: Claim) -> bool:
    """Whether a target is something that stays where it is: a base, not troops."""
    return participant_kind(str(claim.value).split()[-1]) not in {"force", "civilian", "armed_group"}


# Fields whose value is somebody.
ACTOR_FIELDS = frozenset(
    {
        "perpetrator_alleged", "responsibility_claimed", "responsibility_denied", "speaker", "addressee",
        "on_behalf_of", "target", "victims",
    }
)  # fmt: skip


def actor_links(claims: Sequence[Claim], actors: Actors) -> dict[str, str]:
    """Claim id -> actor id, for claims whose value is somebody known under a name."""
    found = {}
    for claim in claims:
        if claim.field in ACTOR_FIELDS and isinstance(claim.value, str):
            actor = actors.find(claim.value, claim.report_id) or _state(claim, actors)
            if actor is not None:
                found[claim.id] = actor.id
    return found


def _state(claim: Claim, actors: Actors) -> Actor | None:
    """ "Iranian" of "Iranian missiles": the state whose adjective is the whole value of who did it."""
    code = country_of(str(claim.value)) if claim.field == "perpetrator_alleged" else None
    return actors.find(countries()[code].name, claim.report_id) if code else None
