"""The suite's own guard: nothing but this machine is reached."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest
from loopback import NotLoopback

ELSEWHERE = "192.0.2.7"  # RFC 5737: an address for examples, which nobody has


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((ELSEWHERE, 80), timeout=1),
        lambda: socket.socket().connect((ELSEWHERE, 80)),
        lambda: socket.socket().connect_ex((ELSEWHERE, 80)),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", (ELSEWHERE, 53)),
        lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::7", 80)),
        lambda: socket.getaddrinfo("example.org", 80),
        lambda: socket.gethostbyname("example.org"),
        lambda: asyncio.run(asyncio.open_connection(ELSEWHERE, 80)),
    ],
)
def test_other_machines_are_refused(reach):
    with pytest.raises(NotLoopback, match=r"192\.0\.2\.7|2001:db8::7|example\.org"):
        reach()


def test_this_machine_is_reached():
    server = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: server.accept()[0].sendall(b"here"))
    thread.start()
    with socket.create_connection(("localhost", server.getsockname()[1]), timeout=5) as client:
        assert client.recv(9) == b"here"
    thread.join()
    server.close()


def test_sockets_of_the_file_system_are_reached(tmp_path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "s"))
    server.listen()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(tmp_path / "s"))
    server.close()


def test_what_a_test_starts_fetches_nothing():
    fetch = f"import urllib.request; urllib.request.urlopen('http://{ELSEWHERE}/', timeout=5)"
    done = subprocess.run([sys.executable, "-c", fetch], capture_output=True, text=True, timeout=30)
    assert "Connection refused" in done.stderr  # by the port that stands for the way out, at once
    assert urllib.request.getproxies()["http"] == os.environ["http_proxy"]
