"""A server of an earlier run that is still alive in our folder (its supervisor and guard were both killed)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def command_line(pid: int) -> str:
    """The command of a live process, empty for none or a zombie. Bare Debian has no `ps`, macOS no /proc."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    done = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def end(pid_file: Path, marker: str, signum: int, patience: float = 20.0) -> None:
    """Stop the process that the pid file names, but only when its command line shows that it is ours."""
    try:
        pid = int(pid_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    until = time.monotonic() + patience
    while pid > 1 and marker in command_line(pid):
        os.kill(pid, signum if time.monotonic() < until else signal.SIGKILL)
        time.sleep(0.1)
    # A foreign process may have got this number since: PostgreSQL would take it for a running postmaster.
    pid_file.unlink(missing_ok=True)
