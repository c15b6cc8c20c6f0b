"""Publication dates: reports of gva and news_clusters whose stated day is taken away or falsified, settled again.

One report of each family of copies, and one that stands alone in each story, loses its stated day or gets an
aggregator's later one; the rest of the pile keeps its own. What is settled for it is held against the day taken.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Share
from attested.ledger.store import Ledger
from attested.lineage.derive import find_derivations
from attested.model import DateCandidate, Page, Published, Report
from attested.pipeline import build_ledger
from attested.reports.header import find_candidates
from attested.reports.label import Label
from attested.reports.lines import Line
from attested.resolve.published import settle_published
from attested.settings import Settings
from attested.stories.cluster import cluster_stories
from attested.values import PartialDate

GVA, NEWS_CLUSTERS = "docs.*.jsonl", "*.json"
MAX_REPORTS = 600
"""Reports of a set that are read: some 70 ms each, and an evaluation is to end within three minutes."""
NARROW_DAYS, WIDE_DAYS = 3, 31
"""The widest interval that is as good as a day (news is a day old, zones differ by one), and that says anything."""
LATE_DAYS = (10, 200)
"""How much later than the truth a false stamp lies: beyond the week in which copies are made, within the year."""
# Dates that state a day of publication; a caption's, a neighbour's or a dateline's stay where they are.
_STATING = frozenset({"metadata", "stamp", "url"})
_ISO_DAY = 10

Where = Literal["copies", "story"]
Verdict = Literal["narrow", "wide", "unknown", "wrong"]
Candidates = Mapping[str, tuple[DateCandidate, ...]]


@dataclass(frozen=True, slots=True)
class StatedReport:
    """A gold report with its day of publication; ``group`` are the set's own reports on one affair."""

    key: str
    group: str
    day: date
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A report to be altered, its true day, and what can date it: its copies, or nothing but its story."""

    report_id: str
    day: date
    where: Where


@dataclass(frozen=True, slots=True)
class Scored:
    """A report that was altered, what was settled for it and how right that is; ``false`` is its false stamp."""

    target: Target
    published: Published
    verdict: Verdict
    false: DateCandidate | None = None


def evaluate(folder: Path) -> Figures:
    """Shares right, right and narrow, and wrong, for each set, alteration, and kind of relatives.

    Right: the settled interval holds the true day and has at most 31 days; narrow: at most 3. Wrong: it does not
    hold it. What is neither is unknown. The train file of gva is left out unless it is the only one, and figures
    without any report are left out. Raises InputError if no report below ``folder`` has a stated day and a relative.
    """
    paths = find_gold(folder, GVA, NEWS_CLUSTERS)
    figures: list[Figure] = []
    for name, stated in read_sets(paths).items():
        stripped, falsified = judge(chosen(stated))
        for how, scored in (("stripped", stripped), ("falsified", falsified)):
            for where in ("copies", "story"):
                figures += _figures(f"{name} {how} {where}", [s for s in scored if s.target.where == where])
        for clock, is_doubted in (("midnight", True), ("plain day", False)):
            some = [s for s in falsified if s.false and (s.false.why_not is not None) == is_doubted]
            figures += _figures(f"{name} falsified {clock}", some)
    if not figures:
        raise InputError(
            f"{folder}: no report with a stated day has a copy or a story beside it; give a folder with "
            "docs.*.jsonl of gva (dct, content) or the *.json of news_clusters (date_publish, text)"
        )
    return Figures("published", tuple(figures), tuple(path.name for path in paths))


def judge(stated: Sequence[StatedReport]) -> tuple[list[Scored], list[Scored]]:
    """The reports chosen among ``stated``, settled without a stated day, then with a false one.

    Pages are read once; lineage, stories and dates are made anew for each alteration.
    """
    ledger = _ledger(stated)
    targets = find_targets(ledger, _days(ledger, stated))
    reports = {report.id: report for report in ledger.reports}
    bare = {t.report_id: _without_stated(reports[t.report_id]) for t in targets}
    false = {t.report_id: false_stamp(t) for t in targets}
    stripped = _settled(ledger, bare)
    falsified = _settled(ledger, {key: (stamp, *bare[key]) for key, stamp in false.items()})
    return (
        [_scored(target, stripped) for target in targets],
        [replace(_scored(t, falsified), false=false[t.report_id]) for t in targets],
    )


def verdict_of(interval: PartialDate, day: date) -> Verdict:
    """How right a settled interval is for a report of ``day``."""
    if not 0 < interval.n_days <= WIDE_DAYS:
        return "unknown"
    if not interval.meets(PartialDate.day(day)):
        return "wrong"
    return "narrow" if interval.n_days <= NARROW_DAYS else "wide"


# --- what is read -------------------------------------------------------------------------------------------------


def read_sets(paths: Iterable[Path]) -> dict[str, list[StatedReport]]:
    """The reports with a stated day by set; a set without any is absent. Raises InputError for a broken file."""
    found: dict[str, dict[str, StatedReport]] = defaultdict(dict)
    for path in paths:
        is_gva = path.suffix == ".jsonl"
        name, read = ("gva", _gva_report) if is_gva else ("news_clusters", _news_clusters_report)
        for key, row in _rows(path):
            if isinstance(row, dict) and (report := read(key, row)) is not None:
                found[name].setdefault(report.key, report)  # a few of gva stand under two incidents
    return {name: list(reports.values()) for name, reports in found.items()}


def _rows(path: Path) -> Iterator[tuple[str, Any]]:
    """The rows of a file, each with a key that holds where it has none itself."""
    text = path.read_text(encoding="utf-8")
    # Not splitlines: a text may hold U+2028 and its like unescaped.
    parts = text.split("\n") if path.suffix == ".jsonl" else [text]
    for n, part in enumerate(parts, 1):
        if not part.strip():
            continue
        try:
            yield (path.stem if len(parts) == 1 else f"{path.stem}:{n}"), json.loads(part)
        except ValueError as error:
            raise InputError(f"{path}, row {n}: not JSON ({error}); fetch the set anew") from error


def _gva_report(key: str, row: dict[str, Any]) -> StatedReport | None:
    return _stated(
        str(row.get("doc_id") or key),
        str(row.get("incident_id") or key),
        row.get("dct"),
        {"title": row.get("title"), "text": row.get("content")},
    )


def _news_clusters_report(key: str, row: dict[str, Any]) -> StatedReport | None:
    return _stated(
        key,
        str((row.get("newsCluster") or {}).get("Event") or key),
        row.get("date_publish"),
        {"title": row.get("title"), "text": row.get("text"), "outlet": row.get("source_domain")},
    )


def _stated(key: str, group: str, stamp: Any, row: dict[str, Any]) -> StatedReport | None:
    """The report, or None if it states no day or has no text."""
    try:
        day = date.fromisoformat(str(stamp)[:_ISO_DAY])
    except ValueError:
        return None
    return StatedReport(key, group, day, {**row, "id": key, "published": str(stamp)}) if row["text"] else None


def chosen(stated: Sequence[StatedReport], limit: int = MAX_REPORTS) -> list[StatedReport]:
    """At most ``limit`` reports, whole groups by lot, those of several reports first."""
    groups: dict[str, list[StatedReport]] = defaultdict(list)
    for report in stated:
        groups[report.group].append(report)
    kept: list[StatedReport] = []
    for name in sorted(groups, key=lambda name: (len(groups[name]) == 1, _lot("group", name))):
        if len(kept) + len(groups[name]) <= limit:
            kept += groups[name]
    return kept


def _lot(*words: str) -> int:
    """A number drawn for these words, the same on every machine."""
    return int.from_bytes(blake2b("\n".join(words).encode(), digest_size=8).digest(), "little")


def _ledger(stated: Sequence[StatedReport]) -> Ledger:
    """The ledger of a whole run over the reports, none altered."""
    with tempfile.TemporaryDirectory(prefix="attested-") as folder:
        path = Path(folder) / "reports.jsonl"
        lines = (json.dumps(report.row, ensure_ascii=False) for report in stated)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return build_ledger([str(path)])


def _days(ledger: Ledger, stated: Sequence[StatedReport]) -> dict[str, date]:
    """The true day by report id; of a page with several reports, the first's."""
    day_of = {report.key: report.day for report in stated}
    of_page = {page.id: day_of[page.key] for page in ledger.pages if page.key in day_of}
    firsts: dict[str, Report] = {}
    for report in sorted(ledger.reports, key=lambda r: r.body[0].start if r.body else 0):
        firsts.setdefault(report.page_id, report)
    return {report.id: of_page[page_id] for page_id, report in firsts.items() if page_id in of_page}


# --- what is altered ----------------------------------------------------------------------------------------------


def find_targets(ledger: Ledger, days: Mapping[str, date]) -> list[Target]:
    """One report by lot of each family of copies, and one without copies of each story, sorted by id.

    Each has a relative that keeps its stated day.
    """
    related = {one for d in ledger.derivations if d.parent for one in (d.child, d.parent)}
    found: list[Target] = []
    for origin in ledger.origins:
        if len(dated := [one for one in origin.reports if one in days]) > 1:
            found.append(_target(dated, days, "copies"))
    for story in ledger.stories:
        dated = [one for one in story.reports if one in days]
        if len(dated) > 1 and (lone := [one for one in dated if one not in related]):
            found.append(_target(lone, days, "story"))
    return sorted(found, key=lambda target: target.report_id)


def _target(among: Sequence[str], days: Mapping[str, date], where: Where) -> Target:
    report_id = min(among, key=lambda one: _lot("report", one))
    return Target(report_id, days[report_id], where)


def false_stamp(target: Target) -> DateCandidate:
    """A date line that an aggregator put on the page, as the reports' room reads it; half say 00:00:00 too."""
    low, high = LATE_DAYS
    late = low + _lot("late", target.report_id) % (high - low + 1)
    clock = " 00:00:00" if _lot("clock", target.report_id) % 2 else ""
    text = f"Published: {target.day + timedelta(days=late)}{clock}"
    line = Line(0, 0, len(text), text, len(text.split()), 0)
    (stamp,) = find_candidates(Page("", "", "text", text), [line], [Label("stamp", "")])
    return replace(stamp, span=None)  # the line does not stand on the report's own page


def _without_stated(report: Report) -> tuple[DateCandidate, ...]:
    return tuple(candidate for candidate in report.candidates if candidate.kind not in _STATING)


def _settled(ledger: Ledger, altered: Candidates) -> dict[str, Published]:
    """When each report was published, by the stages and in the order of ``all_reports.complete``."""
    settings, outlines = Settings(), {o.report_id: o for o in ledger.outlines}
    reports = [replace(r, candidates=altered.get(r.id, r.candidates)) for r in ledger.reports]
    derivations = find_derivations(reports, outlines, settings.lineage)
    dated = settle_published(reports, outlines, derivations, is_first_look=True)
    stories = cluster_stories(reports, outlines, derivations, dated, settings.stories)
    return settle_published(reports, outlines, derivations, stories)


# --- figures ------------------------------------------------------------------------------------------------------


def _scored(target: Target, settled: Mapping[str, Published]) -> Scored:
    published = settled[target.report_id]
    return Scored(target, published, verdict_of(published.interval, target.day))


def _figures(name: str, scored: Sequence[Scored]) -> list[Figure]:
    """Shares right, narrow and wrong, with the four counts as the first one's note; none for no reports."""
    if not scored:
        return []
    counts = Counter[Verdict](one.verdict for one in scored)
    note = ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("narrow", "wide", "unknown", "wrong"))

    def share(what: str, is_hit: Callable[[Verdict], bool], said: str = "") -> Figure:
        return Figure.share(f"{name} {what}", [Share(int(is_hit(s.verdict)), 1) for s in scored], said)

    return [
        share("right", lambda verdict: verdict in ("narrow", "wide"), note),
        share("narrow", lambda verdict: verdict == "narrow"),
        share("wrong", lambda verdict: verdict == "wrong"),
    ]
