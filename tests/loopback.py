"""No test reaches anything but this machine: sockets to other addresses and look-ups of other names fail the test."""

import socket
from typing import Any

import pytest

_LOCAL_NAMES = frozenset({"localhost", "::1", "", None})
# A program that a test starts has sockets of its own: what it would fetch over HTTP goes to a port where nobody
# listens; Chromium heeds this too.
_NOBODY = "http://127.0.0.1:9"


class NotLoopback(AssertionError):
    """A test reached out; no OSError, so that no code under test takes it for a bad connection."""


def block(patch: pytest.MonkeyPatch) -> None:
    """Refuse other machines until ``patch`` is undone."""
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _refusing(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        patch.setattr(socket, name, _knowing(getattr(socket, name)))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        patch.setenv(name, _NOBODY)
        patch.setenv(name.upper(), _NOBODY)
    patch.setenv("no_proxy", "localhost,127.0.0.1,::1")
    patch.setenv("NO_PROXY", "localhost,127.0.0.1,::1")


def _refusing(reach: Any) -> Any:
    def local(self: socket.socket, *rest: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(rest[-1][0])
        return reach(self, *rest)

    return local


def _knowing(look_up: Any) -> Any:
    def local(host: Any, *rest: Any, **more: Any) -> Any:
        _check(host)
        return look_up(host, *rest, **more)

    return local


def _check(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in _LOCAL_NAMES and not str(name).startswith("127."):
        raise NotLoopback(f"a test reached out to {name}: only this machine may be reached")
