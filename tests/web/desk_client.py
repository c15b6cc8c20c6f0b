"""A desk over a ledger file, asked without a network."""

from pathlib import Path

from starlette.testclient import TestClient

from attested.web.app import make_app
from attested.web.guard import Access

TOKEN = "a-token-for-tests-only"
HOME = "http://127.0.0.1:8300"


def desk(ledger: Path, *, with_token: bool = False, **access: object) -> TestClient:
    """A client of the desk at ``HOME``; ``with_token`` it may decide."""
    client = TestClient(make_app(ledger, Access(TOKEN, **access)), base_url=HOME, follow_redirects=False)  # type: ignore[arg-type]
    if with_token:
        client.cookies.set("attested_desk", TOKEN)
    return client
