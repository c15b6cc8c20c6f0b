"""Runs a command on a terminal of its own and prints what it says as plain text; ends with its exit code.

Tables are for a terminal: where the demo's output is caught, its commands are given one.
"""

import os
import pty
import re
import subprocess
import sys

WIDTH = 150  # columns
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def said_on_terminal(command: list[str], *, width: int = WIDTH, folder: str | None = None) -> tuple[str, int]:
    """What a command writes to a terminal, without colours and trailing blanks, and its exit code."""
    master, slave = pty.openpty()
    env = os.environ | {"COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=slave) as process:
        os.close(slave)
        said = b"".join(iter(lambda: _chunk(master), b""))
    os.close(master)
    lines = STYLE.sub("", said.decode("utf-8")).replace("\r\n", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n"), process.returncode


def _chunk(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end was closed
        return b""


if __name__ == "__main__":
    text, code = said_on_terminal(sys.argv[1:])
    print(text)
    sys.exit(code)
