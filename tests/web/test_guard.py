"""Who may ask the desk for what."""

import socket
from pathlib import Path

import pytest
from desk_client import HOME, TOKEN
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from attested.web.guard import Access, Guard, bracketed


async def _app(scope, receive, send):
    await PlainTextResponse(f"may write: {scope['may_write']}")(scope, receive, send)


def client(**access) -> TestClient:
    return TestClient(Guard(_app, Access(TOKEN, **access)), base_url=HOME, follow_redirects=False)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8300", "localhost:1", "LocalHost", "[::1]", "[::1]:8300"]
)
def test_the_machines_own_names_are_answered(host):
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8300",
        "",
        "evil.example:127.0.0.1",
        "[::2]",
        "0.0.0.0",
    ],
)
def test_a_rebound_name_is_refused(host):
    answer = client().get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "may write" not in answer.text


@pytest.mark.parametrize("host", ["fe80::1", "[fe80::1]"])
def test_an_address_of_the_sixth_version_is_answered_as_browsers_write_it(host):
    asked = client(hosts=frozenset({bracketed(host)}))
    assert asked.get("/", headers={"host": "[fe80::1]:8300"}).status_code == 200
    assert asked.get("/", headers={"host": "[fe80::2]:8300"}).status_code == 400


def test_every_answer_is_strict():
    for answer in (
        client().get("/"),
        client().get("/", headers={"host": "evil.example"}),
        client().post("/"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_reading_needs_no_token_on_loopback_and_writing_does():
    assert client().get("/").text == "may write: False"
    assert client().post("/").status_code == 403
    with_token = {"authorization": f"Bearer {TOKEN}"}
    assert client().post("/", headers=with_token).text == "may write: True"


@pytest.mark.parametrize("told", ["", "a-token", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "tökén"])
def test_no_other_token_will_do(told):
    asked = client()
    assert asked.post("/", headers={"authorization": f"Bearer {told}".encode()}).status_code == 403
    assert asked.get("/", params={"token": told}).status_code == 403
    assert asked.post("/", params={"token": told}).status_code == 403
    assert client(is_open=False).post("/", params={"token": told}).status_code == 403
    asked.cookies.set("attested_desk", "x" + TOKEN)
    assert asked.post("/").status_code == 403


def test_a_desk_for_other_machines_asks_everybody():
    asked = client(is_open=False, hosts=frozenset({"desk.example"}))
    named = {"host": "desk.example:8300"}
    assert asked.get("/", headers=named).status_code == 401
    assert asked.get("/static/desk.css", headers=named).status_code == 200
    assert asked.get("/", headers=named | {"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_the_token_of_an_address_becomes_a_cookie_and_leaves_the_address():
    asked = client()
    answer = asked.get("/incident/in_x?as_of=2020-01-01", params={"as_of": "2020-01-01", "token": TOKEN})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incident/in_x?as_of=2020-01-01"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert asked.post("/").text == "may write: True"


def test_the_rest_of_an_address_stays_as_it_is():
    answer = client().get(f"/compare?id=in_a&token={TOKEN}&id=in_b&q=")
    assert answer.headers["location"] == "/compare?id=in_a&id=in_b&q="


def test_the_token_never_leads_to_another_site():
    answer = client().get(f"{HOME}//evil.example/?token={TOKEN}")
    assert answer.headers["location"].startswith("/evil.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_another_site_may_not_decide_even_with_the_cookie(headers):
    asked = client()
    asked.cookies.set("attested_desk", TOKEN)
    assert asked.post("/", headers=headers).status_code == 403
    assert asked.post("/", headers={"sec-fetch-site": "same-origin", "origin": HOME}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fguard.py", "/static//etc/passwd"]
)
def test_nothing_but_the_static_files_is_served(example_run, path):
    from desk_client import desk

    answer = desk(example_run[0]).get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text
    assert "root:" not in answer.text


def test_a_port_in_use_is_said(tmp_path: Path, example_run):
    from attested.errors import InputError
    from attested.web.serve import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}.*--port 0"):
            serve(example_run[0], Access(TOKEN), "127.0.0.1", port, print)
