from datetime import date

import pytest

from attested.reports.dates import captured_on


@pytest.mark.parametrize(
    "stated", ["", "yesterday", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-05:00"]
)
def test_a_time_of_capture_that_is_none_is_no_candidate(stated: str) -> None:
    assert captured_on(stated) is None


def test_the_day_of_capture_keeps_its_moment_where_the_zone_is_known() -> None:
    found = captured_on("2025-03-02T23:30:00-05:00")
    assert found is not None
    assert (found.kind, found.value.start, found.moment) == (
        "captured",
        date(2025, 3, 2),
        "2025-03-03T04:30:00+00:00",
    )
    naive = captured_on("2025-03-02T23:30:00")
    assert naive is not None
    assert naive.moment is None
