"""The addresses of the desk."""

import re
from pathlib import Path

from desk_client import desk

API = Path(__file__).parents[2] / "docs" / "api.md"


def test_every_address_of_the_api_is_documented_and_none_else(example_run):
    told = desk(example_run[0]).get("/api").json()["addresses"]
    written = set(re.findall(r"`(/api/[^`?]*)", API.read_text(encoding="utf-8").replace("ID", "{id}")))
    assert written == {*told}


def test_what_is_not_there_is_said(example_run):
    client = desk(example_run[0])
    assert client.get("/nowhere").status_code == 404
    assert client.get("/api/nowhere").json()["error"]
    assert client.get("/incident/in_nothing").status_code == 404
    assert client.get("/decide").status_code == 405
