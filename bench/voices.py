"""What voices cost beyond the reading pass: ``python bench/voices.py [FOLDER]``; reports of about 600 words, one core.

Prints milliseconds a report for finding attributions (speech), for hedges and whether each trigger happened, and for
the reading pass itself in the same run; the ratio is the one to watch.
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
from attested.speech.voices import attribute, attribution_of, voice_of

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
WORDS = 600
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
    return [text for text in found if len(text.split()) >= WORDS * 0.8]


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


def main() -> None:
    """Measures and prints."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    reader = Reader()
    reports = [Report("rp", "pg", text, (Block(0, len(text), "body"),)) for text in texts(folder)]
    readings = [reader.read(report.text, [(0, len(report.text))]) for report in reports]
    n = len(reports)
    read = seconds(lambda: [reader.read(r.text, [(0, len(r.text))]) for r in reports], 2) / n
    found = seconds(lambda: [attribute(r, x) for r, x in zip(reports, readings, strict=True)]) / n
    hedged = seconds(lambda: [hedge_all(r, x) for r, x in zip(reports, readings, strict=True)]) / n
    print(f"{n} reports of about {WORDS} words")
    print(f"reading pass          {1000 * read:7.1f} ms a report")
    print(f"attributions          {1000 * found:7.1f} ms a report, {found / read:.1%} of reading")
    print(f"and every verb hedged {1000 * hedged:7.1f} ms a report, limit {LIMIT_MS:g} ms")


if __name__ == "__main__":
    main()
