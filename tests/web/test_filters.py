"""Addresses as queries."""

from datetime import date

import pytest

from attested.errors import InputError
from attested.ledger.shown import Query
from attested.web.filters import page_asked, query_of


def test_an_empty_address_asks_for_all_incidents():
    assert query_of({}) == Query()
    assert query_of({"q": " ", "country": "", "unknown": "x"}) == Query()


def test_each_name_is_read():
    asked = {
        "q": "market", "kind": "all", "since": "2025-03-01", "until": "2025-03-31", "country": "NG", "type": "Attack",
        "actor": "police", "origins": "2", "disputed": "yes", "judged": "no", "dated": "no", "box": "-10,0,10.5,20",
        "sort": "-killed",
    }  # fmt: skip
    assert query_of(asked) == Query(
        text="market", kind="", since=date(2025, 3, 1), until=date(2025, 3, 31), country="NG", type="Attack",
        actor="police", min_origins=2, disputed=True, judged=False, dated=False, box=(-10.0, 0.0, 10.5, 20.0),
        sort="-killed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("since", "last week", "day such as"),
        ("since", "2025-02-30", "day such as"),
        ("kind", "report", "one of incident"),
        ("disputed", "1", "yes or no"),
        ("origins", "-1", "number"),
        ("origins", "²", "number"),
        ("box", "1,2,3", "degrees"),
        ("box", "nan,0,1,1", "degrees"),
        ("box", "0,10,1,5", "degrees"),
        ("box", "0,0,1e999,1", "degrees"),
    ],
)
def test_what_is_no_value_is_said(name: str, text: str, says: str):
    with pytest.raises(InputError, match=f"{name}.*{says}"):
        query_of({name: text})


def test_pages_begin_at_one():
    assert [page_asked({"page": text}) for text in ("", "0", "1", "12")] == [1, 1, 1, 12]
    with pytest.raises(InputError, match="page is a number"):
        page_asked({"page": "last"})
