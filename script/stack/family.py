"""Child processes that never outlive the parent: own process group each, death signal, and a guard process."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stack import stopping
from stack.console import Refusal, tail
from stack.guard import send

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """How to start and stop one program. `rank` 1 = a server that others write to (stopped last), 2 = the others."""

    name: str
    command: list[str]
    env: dict[str, str] | None = None
    cwd: Path | str = "/"
    log: Path | None = None
    stop_signal: int = signal.SIGTERM
    grace: float = 10.0
    rank: int = 2
    popen: dict[str, Any] = field(default_factory=dict)
    before_start: Callable[[], None] | None = None
    own_group: bool = True
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Family:
    """All processes of one stack. Use from the main thread only: PDEATHSIG fires when the starting *thread* ends."""

    def __init__(self, lock_fd: int | None = None) -> None:
        self.children: list[Child] = []
        self._inherited = () if lock_fd is None else (lock_fd,)
        self._guard: subprocess.Popen[bytes] | None = None

    def start(self, child: Child) -> Child:
        """Start a child (again); its old group, if any, is killed first, so no old worker keeps serving."""
        self.ensure_guard()
        self._bury(child)
        if child.before_start:
            child.before_start()
        log = _fresh_log(child.log) if child.log else None
        try:
            child.process = subprocess.Popen(
                child.command,
                env=child.env, cwd=child.cwd, stdin=subprocess.DEVNULL if child.own_group else None,
                stdout=log, stderr=log, start_new_session=child.own_group,
                preexec_fn=_tied_to_parent(child.stop_signal), **child.popen,
            )  # fmt: skip
        finally:
            if log is not None:
                os.close(log)
        child.started = time.monotonic()
        if child.own_group:
            self._tell(f"add {child.process.pid} {int(child.stop_signal)} {child.rank}")
        if child not in self.children:
            self.children.append(child)
        return child

    def run(self, child: Child) -> None:
        """Run a command to its end; raises Refusal with the end of its log when it fails."""
        code = self.wait(self.start(child))
        if code != 0:
            said = tail(child.log) if child.log else ""
            raise Refusal(f"{said}\n\n{child.name} failed ({describe_exit(code)})." + _see(child.log))

    def wait(self, child: Child) -> int:
        """Wait for a child to end by itself and forget it; stopped with the family when we are interrupted."""
        assert child.process is not None
        while (code := child.process.poll()) is None:
            stopping.pause(0.02)
        self._forget(child)
        return code

    def stop(self, *children: Child) -> None:
        """Ask all to stop, in the order given, then wait for each; kill the group of one that does not."""
        for child in children:
            if child.alive:
                assert child.process is not None
                child.process.send_signal(child.stop_signal)
        for child in children:
            if child.process is not None:
                try:
                    child.process.wait(child.grace)
                except subprocess.TimeoutExpired:
                    child.process.kill()
                    child.process.wait()
            self._forget(child)

    def stop_all(self) -> None:
        """Stop everything in reverse order of start, servers last, then the guard."""
        for rank in (2, 1):
            self.stop(*[child for child in reversed(self.children) if child.rank == rank])
        if self._guard is not None:
            guard, self._guard = self._guard, None
            assert guard.stdin is not None
            guard.stdin.close()
            guard.wait()

    def ensure_guard(self) -> None:
        """Start the guard, or a new one when it was killed."""
        if self._guard is not None and self._guard.poll() is None:
            return
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
        script = Path(__file__).with_name("guard.py")
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(script)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0,
            cwd="/", start_new_session=True, pass_fds=self._inherited,
        )  # fmt: skip
        for child in self.children:
            if child.alive and child.own_group:
                assert child.process is not None
                self._tell(f"add {child.process.pid} {int(child.stop_signal)} {child.rank}")

    def _tell(self, line: str) -> None:
        assert self._guard is not None
        assert self._guard.stdin is not None
        try:
            self._guard.stdin.write(f"{line}\n".encode())
        except BrokenPipeError:
            self.ensure_guard()  # the new guard is told about every child, this one too

    def _bury(self, child: Child) -> None:
        """Kill what is left of a dead child's group: granian's workers would go on serving the old port."""
        if child.process is not None and child.own_group:
            send(child.process.pid, signal.SIGKILL)
            child.process.wait()
            self._tell(f"drop {child.process.pid}")
        child.process = None

    def _forget(self, child: Child) -> None:
        self._bury(child)
        if child in self.children:
            self.children.remove(child)


def describe_exit(code: int) -> str:
    """`exit code 3` or `SIGKILL`."""
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _tied_to_parent(signum: int) -> Callable[[], None]:
    parent = os.getpid()

    def tie() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # `command &` in a script leaves it ignored for all below
        if _libc is not None:
            _libc.prctl(1, int(signum))  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)

    return tie


def _fresh_log(path: Path) -> int:
    """Open a log anew; the one before stays beside it, for the run that died."""
    if path.exists():
        path.replace(path.with_name(f"{path.name}.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _see(log: Path | None) -> str:
    return f" Its log: {log}" if log else ""
