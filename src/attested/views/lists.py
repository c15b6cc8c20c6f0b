"""The lists of stories, voices and quotations, made of a whole ledger and kept in its index (``ledger.listed``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attested import codec
from attested.ledger.listed import Listed, Uttered
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Story
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.variants import QuoteFamily, quote_families
from attested.views.voices import VoiceRow, voice_rows

ALTERED, SHARED, ALONE = "altered", "shared", "alone"
"""What a quotation is listed as: altered by somebody, printed alike by several reports, or in one report alone."""
_MOST_INCIDENTS = 3  # of a story, in the list; its page has all
_MOST_REASONS = 5  # for being unnamed, of one voice


def index_lists(store: SqliteStore, ledger: Ledger) -> None:
    """Make the lists of a ledger anew; whoever reads them meanwhile sees the old ones."""
    facts = Facts(ledger)
    voices = voice_rows(facts)
    store.listed.replace(_lists(facts, voices), _utterances(voices))


def _lists(facts: Facts, voices: Sequence[VoiceRow]) -> Iterator[Listed]:
    told = _incidents_by_report(facts)
    yield from (_story(facts, story, told) for story in facts.stories)
    yield from (_voice(facts, row) for row in voices)
    yield from map(_quotation, quote_families(facts))


def _incidents_by_report(facts: Facts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for incident in facts.context.incidents:
        for report in facts.context.reports_of(incident.mention_ids):
            found.setdefault(report, set()).add(incident.id)
    return found


def _story(facts: Facts, story: Story, told: dict[str, set[str]]) -> Listed:
    intervals = [facts.published(report).interval for report in story.reports]
    incidents = Counter(id for report in story.reports for id in sorted(told.get(report, ())))
    reports = [facts.reports[report] for report in story.reports]
    words = (story.headline, *(r.headline for r in reports), *(outlet_words(facts, r.id) for r in reports))
    return Listed(
        "story",
        story.id,
        len(story.reports),
        len(story.reports),
        facts.n_origins(story.reports),
        min((str(when.start) for when in intervals if when.start), default=""),
        max((str(when.end) for when in intervals if when.end), default=""),
        "",
        {
            "headline": story.headline,
            "n_spun": len(facts.spun.intersection(story.reports)),
            "n_incidents": len(incidents),
            "incidents": [id for id, _ in incidents.most_common(_MOST_INCIDENTS)],
        },
        "\n".join(dict.fromkeys((story.id, *(word for word in words if word)))),
    )


def _voice(facts: Facts, row: VoiceRow) -> Listed:
    days = [one.when.split("/") for one in row.said if one.when]
    return Listed(
        "voice",
        row.name,
        len(row.said),
        len(row.reports),
        facts.n_origins(row.reports),
        min((when[0] for when in days), default=""),
        max((when[-1] for when in days), default=""),
        row.kind or "",
        {
            "on_behalf_of": row.on_behalf_of,
            "anonymity": row.anonymity[:_MOST_REASONS],
            "hedges": sorted({hedge for one in row.said for hedge in one.hedges}),
            "statements": row.n("statement"),
            "quotations": row.n("quotation"),
            "claims": row.n("claim"),
            "sayings": row.n("saying"),
        },
        "\n".join(row.called),
    )


def _utterances(voices: Sequence[VoiceRow]) -> Iterator[Uttered]:
    for voice in voices:
        for one in voice.said:
            first, *rest = one.when.split("/")
            row = codec.encode(one)
            place = row.pop("report", ""), row.pop("start", 0), row.pop("end", 0)
            yield Uttered(
                voice.name, one.kind, first, rest[-1] if rest else first, one.hedges, one.words, row, *place
            )


def _quotation(family: QuoteFamily) -> Listed:
    wordings = (family.best, *(variant.wording for variant in family.variants))
    days = sorted(str(wording.first) for wording in wordings if wording.first)
    is_shared = family.n_reports > 1
    return Listed(
        "quote",
        family.best.id,
        family.n_reports,
        family.n_reports,
        family.n_origins,
        days[0] if days else "",
        days[-1] if days else "",
        ALTERED if family.is_altered else SHARED if is_shared else ALONE,
        codec.encode(family),
        "\n".join(dict.fromkeys(word for w in wordings for word in (w.id, w.text, *w.speakers, *w.outlets))),
    )
