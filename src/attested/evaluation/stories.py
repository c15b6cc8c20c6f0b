"""Stories: news_clusters, reports that people have sorted by what happened (field ``newsCluster.Event``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from attested.evaluation.coreference import b_cubed
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures
from attested.expressions.times import find_times
from attested.lineage.derive import find_derivations
from attested.model import Block, DateCandidate, Name, Outline, Published, Report
from attested.reading.encoder import Reader
from attested.reading.labels import spans_of
from attested.reading.tokens import Reading
from attested.settings import Settings
from attested.stories.cluster import cluster_stories
from attested.values import PartialDate

PATTERN = "*.json"
_ISO_DAY = 10


@dataclass(frozen=True, slots=True)
class FiledReport:
    """One gold report and the event that people filed it under."""

    report: Report
    event: str

    @property
    def day(self) -> PartialDate:
        """The stated day of publication, or an unknown date."""
        candidates = self.report.candidates
        return candidates[0].value if candidates else PartialDate()


def evaluate(folder: Path) -> Figures:
    """B-cubed of stories against events on every report of news_clusters below ``folder``.

    Publication dates are the stated ones, right or wrong; ``undated`` leaves them all out. Raises InputError if
    there is no file of the set.
    """
    paths = find_gold(folder, PATTERN, skip="")
    filed = [found for path in paths if (found := read_report(path)) is not None]
    outlines = _outlines([one.report for one in filed])
    dated = {one.report.id: one.day for one in filed}
    return Figures(
        "news_clusters",
        (
            *_figures(filed, outlines, dated, ""),
            *_figures(filed, outlines, {}, " undated"),
        ),
        tuple(path.name for path in paths),
    )


def read_report(path: Path) -> FiledReport | None:
    """The report of one file, or None if the file is no report with an event."""
    row: Any = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(row, dict) or not row.get("text") or not row.get("newsCluster"):
        return None
    stamp = (row.get("date_publish") or "")[:_ISO_DAY]
    report = Report(
        id=path.stem,
        page_id=path.stem,
        text=row["text"],
        body=(Block(0, len(row["text"]), "body"),),
        headline=row.get("title"),
        outlet=row.get("source_domain"),
        candidates=(DateCandidate(PartialDate.day(date.fromisoformat(stamp)), "stamp"),) if stamp else (),
    )
    return FiledReport(report, str(row["newsCluster"]["Event"]))


def _outlines(reports: Sequence[Report]) -> dict[str, Outline]:
    """Sentences, names, times and vectors of each report, as a run has them."""
    reader = Reader()
    return {
        report.id: _outline(report, reader.read(report.text, [(b.start, b.end) for b in report.body]))
        for report in reports
    }


def _outline(report: Report, reading: Reading) -> Outline:
    names = []
    for sentence in reading.sentences:
        for first, end, label in spans_of([token.ner for token in sentence.tokens]):
            span = sentence.words(first, end - 1)
            names.append(Name(span.start, span.end, span.text, label))
    vectors = [sentence.vector for sentence in reading.sentences]
    has_vectors = bool(vectors) and all(vector is not None for vector in vectors)
    return Outline(
        report.id,
        tuple(sentence.span for sentence in reading.sentences),
        names=tuple(names),
        times=tuple(time for sentence in reading.sentences for time in find_times(sentence)),
        vectors=np.stack(vectors).astype(np.float16) if has_vectors else None,
    )


def _figures(
    filed: Sequence[FiledReport],
    outlines: dict[str, Outline],
    days: dict[str, PartialDate],
    suffix: str,
) -> tuple[Figure, ...]:
    settings = Settings()
    reports = [one.report for one in filed]
    published = {report_id: Published(report_id, day, "stamp") for report_id, day in days.items()}
    derivations = find_derivations(reports, outlines, settings.lineage)
    stories = cluster_stories(reports, outlines, derivations, published, settings.stories)
    found = {report_id: story.id for story in stories for report_id in story.reports}
    precision, recall, f1 = b_cubed({one.report.id: one.event for one in filed}, found)
    n_events = len({one.event for one in filed})
    note = f"P {precision:.4f} R {recall:.4f}; {len(stories)} stories for {n_events} events"
    return (Figure(f"b3_f1{suffix}", f1, n=len(filed), note=note),)
