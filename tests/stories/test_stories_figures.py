import json
from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.stories import evaluate, read_report


def filed(
    folder: Path, name: str, event: str | None, text: str, day: str | None = "2025-06-03T10:00:00"
) -> Path:
    row = {"text": text, "title": text[:30], "date_publish": day, "source_domain": "echo.example"}
    if event:
        row["newsCluster"] = {"Event": event}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_a_file_is_read_with_its_event_and_day(tmp_path: Path) -> None:
    found = read_report(filed(tmp_path, "a", "ferry", "A ferry sank."))
    assert found is not None
    assert (found.event, found.day.start and found.day.start.isoformat()) == ("ferry", "2025-06-03")
    assert not read_report(filed(tmp_path, "b", "ferry", "A ferry sank.", None)).day.is_known  # type: ignore[union-attr]
    assert read_report(filed(tmp_path, "c", None, "A ferry sank.")) is None


def test_stories_are_measured_against_events(tmp_path: Path) -> None:
    filed(tmp_path, "a", "ferry", "A ferry with sixty passengers sank off Lumo island in heavy seas.")
    filed(tmp_path, "b", "ferry", "The ferry that sank off Lumo island had sixty passengers on board.")
    filed(tmp_path, "c", "mine", "Gunmen on motorcycles raided a gold mine at Bani and burned two trucks.")
    figures = evaluate(tmp_path)
    assert figures["b3_f1"] == figures["b3_f1 undated"] == 1.0
    assert figures.measured == ("a.json", "b.json", "c.json")


def test_a_folder_without_the_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        evaluate(tmp_path)
