"""Who may ask the desk for what: known hosts, no other site's forms, a token for writing, and strict headers on all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PUBLIC = ("/static/",)  # what the page that asks for the token needs
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none, browsers say of our own forms that they come from "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer: nothing from elsewhere is loaded, nothing of ours is framed, sent on or guessed at."""


@dataclass(frozen=True, slots=True)
class Access:
    """Under which names the desk answers (``hosts``, without port), and the token that lets a person write.

    ``is_open`` desks (on loopback) are read without the token. ``cookie`` names the one that remembers it: browsers
    tell cookies apart by host and not by port, so two desks on one machine need two names.
    """

    token: str
    hosts: frozenset[str] = LOOPBACK
    is_open: bool = True
    cookie: str = "attested_desk"

    def answers(self, host: str) -> bool:
        """Whether the desk goes by this ``Host`` header: what a rebound name sends is refused."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        return (name if port.isdigit() and name else host).lower() in self.hosts

    def may_write(self, headers: Headers) -> bool:
        """Whether the request has the token, in the cookie or as ``Authorization: Bearer``."""
        kind, _, given = headers.get("authorization", "").partition(" ")
        told = given.strip() if kind.lower() == "bearer" else _cookie(headers, self.cookie)
        return self.is_token(told)

    def is_token(self, told: str) -> bool:
        """Whether this is the token, in a time that does not depend on how much of it is right."""
        return compare_digest(told.encode(), self.token.encode())


class Guard:
    """Wraps an ASGI app; refuses what may not be, and puts ``HEADERS`` on every answer."""

    def __init__(self, app: App, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on with ``scope["may_write"]`` set."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        scope["may_write"] = self._access.may_write(headers)
        refusal = self._refusal(scope, headers) or self._login(scope)
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self._access.answers(host):
            return _no(
                400, f"this desk does not answer to the name {host!r}; if it is its own, start it with --name"
            )
        if scope["method"] not in _SAFE:
            if not _is_own(headers, host):
                return _no(
                    403, "another site may not decide here: use the desk's own page, or the API with a token"
                )
            return None if scope["may_write"] else _no(403, _ASK_TOKEN, ask=True)
        is_read = self._access.is_open or scope["may_write"] or scope["path"].startswith(_PUBLIC)
        return None if is_read or _told(scope) is not None else _no(401, _ASK_TOKEN, ask=True)

    def _login(self, scope: Scope) -> Response | None:
        """The token in an address is put into a cookie, and out of the address."""
        told = _told(scope)
        if told is None or scope["method"] not in _SAFE:
            return None
        if not self._access.is_token(told):
            return _no(403, "that is not the token of this desk: " + _ASK_TOKEN, ask=True)
        rest = urlencode([(name, value) for name, value in _query(scope) if name != "token"])
        path = "/" + scope["path"].lstrip("/\\")  # "//host" would lead to another site
        response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        response.set_cookie(self._access.cookie, told, httponly=True, samesite="strict", path="/")
        return response


_ASK_TOKEN = (
    "open the address that `attested desk` printed when it started (it ends in ?token=...), "
    "or send it as: Authorization: Bearer TOKEN"
)


def bracketed(host: str) -> str:
    """A name or address as addresses of the web and ``Host`` headers have it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a request that changes something comes from the desk's own page, or from no browser at all.

    As Go 1.25 (net/http CrossOriginProtection) has it: browsers say where a request comes from, in a header that no
    page can set; what names neither a site nor an origin is no browser's.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _told(scope: Scope) -> str | None:
    """The token that an address brings, right or wrong; ``_login`` sees which."""
    return next((value for name, value in _query(scope) if name == "token"), None)


def _cookie(headers: Mapping[str, str], name: str) -> str:
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookie[name].value if name in cookie else ""


def _no(status: int, why: str, *, ask: bool = False) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if ask else {}
    return PlainTextResponse(f"attested desk: {why}\n", status, headers)
