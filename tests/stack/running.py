"""A script/server under test: started in a state folder of its own, watched through /proc."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEY", "DJANGO_SETTINGS_MODULE", "CI")


def environment(state: Path) -> dict[str, str]:
    """The caller's environment without the test stack's own addresses, with this virtual environment and state."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST")}
    return {**kept, "SHUANJIAN_STATE_DIR": str(state), "SHUANJIAN_VENV": sys.prefix}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for a condition or fail with a sentence."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def _stat(pid: int) -> tuple[int, str, str] | None:
    """Parent, state and start time of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return int(fields[1]), fields[0], fields[19]


def family_of(pid: int) -> dict[int, str]:
    """The process and all below it, each with its start time, so that a number used again is not mistaken for it."""
    every = {int(entry.name): _stat(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        if (stat := every.get(current)) and current not in found:
            found[current] = stat[2]
            waiting += [child for child, its in every.items() if its and its[0] == current]
    return found


def living(family: dict[int, str]) -> list[str]:
    """Command lines of those that still run (zombies wait for pid 1, they do not run)."""
    alive = []
    for pid, started in family.items():
        stat = _stat(pid)
        if stat and stat[2] == started and stat[1] != "Z":
            with contextlib.suppress(OSError):
                alive.append(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return alive


class Stack:
    """One script/server process."""

    def __init__(self, state: Path, root: Path = ROOT, port: int | None = None) -> None:
        self.state, self.root, self.port = state, root, port or free_port()
        self.output = state.with_name(f"{state.name}.{self.port}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [str(self.root / "script/server"), "--port", str(self.port), "--no-demo", *arguments]

    def start(self, *arguments: str) -> Stack:
        """Start and wait for the closing block."""
        with self.output.open("wb") as log:
            self.process = subprocess.Popen(
                self.command(*arguments), env=environment(self.state), cwd="/", stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until(lambda: "Ctrl-C" in self.text() or self.process.poll() is not None, 300, "the closing block")
        assert self.process.poll() is None, self.text()
        return self

    def try_start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A start that is expected to be refused."""
        return subprocess.run(
            self.command(*arguments), env=environment(self.state), cwd="/", stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def text(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def child(self, marker: str) -> int:
        """The pid of the supervisor's direct child whose command line contains the marker."""
        for pid in family_of(self.process.pid):
            stat = _stat(pid)
            with contextlib.suppress(OSError):
                line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if stat and stat[0] == self.process.pid and marker in line:
                    return pid
        return 0

    def address(self, name: str) -> str:
        """A value of local.env."""
        lines = (self.state / "local.env").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)[name]

    def page(self) -> int:
        """The status of /healthz, 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return int(error.code)
        except OSError:
            return 0

    def end(self, signum: int = signal.SIGTERM) -> int:
        """Send the signal and wait; returns the exit code."""
        self.process.send_signal(signum)
        return int(self.process.wait(60))


@contextlib.contextmanager
def ended(stack: Stack) -> Iterator[Stack]:
    """Stop the stack at the end of a test, however the test went."""
    try:
        yield stack
    finally:
        if stack.process and stack.process.poll() is None:
            stack.end()
