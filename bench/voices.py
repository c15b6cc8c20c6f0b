"""What voices cost beyond the reading pass: ``python bench/voices.py [FOLDER]``; reports of about 600 words, one core.

Prints milliseconds a report for attributions (speech), for these and the hedge of every verb (the limit is for this),
for whether what every verb tells happened, and for the reading pass in the same run. Ends with 1 over the limit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from attested.model import Block, Report, Voice
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading
from attested.speech.hedging import find_hedge
from attested.speech.status import status_of
from attested.speech.voices import attribute, attribution_of, voice_of

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
WORDS = 600
LEAST = 0.8  # a last text shorter than this share of WORDS is left out
LIMIT_MS = 10.0
_DEFAULT = Voice("outlet")


def texts(folder: Path) -> list[str]:
    """Texts of about ``WORDS`` words: the folder's files one after the other, cut at blank lines."""
    found, words = [""], 0
    for path in sorted(folder.glob("*.txt")):
        for paragraph in path.read_text(encoding="utf-8", errors="ignore").split("\n\n"):
            if words >= WORDS:
                found.append("")
                words = 0
            found[-1] += paragraph + "\n\n"
            words += len(paragraph.split())
    return [text for text in found if len(text.split()) >= WORDS * LEAST]


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The best of several runs, in CPU seconds of this process."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def hedge_all(report: Report, reading: Reading) -> None:
    """Attributions, and the voice and hedge of every verb: what claims would ask for at most."""
    for sentence, rows in attribute(report, reading):
        for token in sentence.tokens:
            if token.upos == "VERB":
                span = sentence.words(token.i, token.i)
                row = attribution_of(span, rows)
                find_hedge(sentence, token.i, voice_of(span, rows, _DEFAULT), row)


def status_all(reading: Reading) -> None:
    """Whether what each verb tells happened."""
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if token.upos == "VERB":
                status_of(sentence, token.i)


def main(folder: Path = EXAMPLES) -> int:
    """Measures and prints; 1 if voices cost more than the limit, 2 if there is nothing to measure."""
    reports = [Report("rp", "pg", text, (Block(0, len(text), "body"),)) for text in texts(folder)]
    if not reports:
        least = round(WORDS * LEAST)
        print(
            f"{folder}: no text files (*.txt) with {least} words in all; give a folder of reports as text",
            file=sys.stderr,
        )
        return 2
    reader = Reader()
    readings = [reader.read(report.text, [(0, len(report.text))]) for report in reports]
    n = len(reports)
    read = seconds(lambda: [reader.read(r.text, [(0, len(r.text))]) for r in reports], 2) / n
    found = seconds(lambda: [attribute(r, x) for r, x in zip(reports, readings, strict=True)]) / n
    hedged = seconds(lambda: [hedge_all(r, x) for r, x in zip(reports, readings, strict=True)]) / n
    told = seconds(lambda: [status_all(x) for x in readings]) / n
    print(f"{n} reports of about {WORDS} words")
    print(f"reading pass          {1000 * read:7.1f} ms a report")
    print(f"attributions          {1000 * found:7.1f} ms a report, {found / read:.1%} of reading")
    print(f"and every verb hedged {1000 * hedged:7.1f} ms a report, limit {LIMIT_MS:g} ms")
    print(f"whether it happened   {1000 * told:7.1f} ms a report, beside that and without a limit")
    return int(1000 * hedged > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
