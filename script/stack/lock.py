"""One owner per state folder, by flock: the lock ends with its holders, so there is nothing stale to clean up."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from stack.console import Refusal


class Held(Refusal):
    """Another live process owns the folder."""

    def __init__(self, note: dict[str, Any]) -> None:
        where = f", serving http://127.0.0.1:{note['port']}/" if note.get("port") else ""
        super().__init__(f"The stack of this checkout is already running (pid {note.get('pid', '?')}{where}).", code=2)


class Lock:
    """The guard process inherits `fd`, so the folder stays locked until it has stopped a dead supervisor's servers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fd = -1

    def acquire(self, note: dict[str, Any] | None = None, patience: float = 20.0) -> None:
        """Take the lock or raise Held. Waits only while a dead owner's guard is still cleaning up."""
        self.fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        give_up = time.monotonic() + patience
        while not self._try():
            owner = self._note()
            if _alive(owner.get("pid")) or time.monotonic() > give_up:
                self.release()
                raise Held(owner)
            time.sleep(0.05)
        os.ftruncate(self.fd, 0)
        os.pwrite(self.fd, json.dumps({"pid": os.getpid(), **(note or {})}).encode(), 0)

    def release(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def _try(self) -> bool:
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _note(self) -> dict[str, Any]:
        try:
            return dict(json.loads(os.pread(self.fd, 4096, 0) or b"{}"))
        except ValueError:
            return {}


def _alive(pid: int | None) -> bool:
    if pid is None:
        return True  # the owner is between taking the lock and writing its name
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
