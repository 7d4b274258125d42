"""The virtual environment and its pinned packages; skipped when the requirements files have not changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stack import layout, stopping
from stack.console import Refusal
from stack.family import Child, Family

LOCAL, DEV = "requirements-local.txt", "requirements-dev.txt"


def install(family: Family, requirements: str, remark: Callable[[str], None]) -> None:
    """Bring `.venv` to the state that a requirements file asks for."""
    if _installed(requirements):
        remark("unchanged")
        return
    lock = _lock()
    try:
        if _installed(requirements):  # another script of this checkout did it while we waited
            return
        if not _usable():
            _make_venv(family)
        _pip(family, requirements)
        marks = {name: digest(name) for name in ((LOCAL, DEV) if requirements == DEV else (LOCAL,))}
        layout.write_json(_mark_file(), {"python": _python(), **marks})
    finally:
        os.close(lock)


def digest(requirements: str) -> str:
    """A hash over the file and those that it includes."""
    text = (layout.ROOT / requirements).read_text(encoding="utf-8")
    parts = [hashlib.sha256(text.encode()).hexdigest()]
    parts += [digest(line.split()[1]) for line in text.splitlines() if line.startswith("-r ")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _installed(requirements: str) -> bool:
    mark = _mark()
    return (
        mark.get("python") == _python()
        and mark.get(requirements) == digest(requirements)
        and os.access(layout.venv_python(), os.X_OK)
    )


def _usable() -> bool:
    """Whether the environment is whole and of our Python; one that somebody made by hand is kept."""
    probe = [layout.venv_python(), "-c", f"import pip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '{_python()}')"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _mark_file() -> Path:
    return layout.venv_dir() / "installed.json"


def _mark() -> dict[str, Any]:
    return layout.read_json(_mark_file())


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _lock() -> int:
    """Two scripts must not run pip in one environment at a time."""
    folder = layout.make_private_dir(layout.ROOT / ".state")
    lock = os.open(folder / f"{layout.venv_dir().name.strip('.')}.lock", os.O_WRONLY | os.O_CREAT, 0o600)
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stopping.pause(0.1)
        else:
            return lock


def _make_venv(family: Family) -> None:
    _need_ensurepip(family)
    log = layout.ROOT / ".state" / "venv.log"
    # --clear: an environment of another Python, or half made, is of no use.
    family.run(Child("Making .venv", [sys.executable, "-m", "venv", "--clear", str(layout.venv_dir())], log=log))


def _need_ensurepip(family: Family) -> None:
    """Debian packs ensurepip apart from Python."""
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt_install(family, "python3-venv", f"python{_python()}-venv")
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return
    raise Refusal(
        f"{sys.executable} cannot make virtual environments (ensurepip is missing). "
        f"On Debian or Ubuntu: apt-get install python3-venv (or python{_python()}-venv)."
    )


def _pip(family: Family, requirements: str) -> None:
    log = layout.ROOT / ".state" / "pip.log"
    command = [layout.venv_python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    family.run(Child("pip install", [*command, "-r", requirements], cwd=layout.ROOT, log=log))


def apt_install(family: Family, *names: str) -> bool:
    """Install Debian packages (root only); False when that did not work, the log is .state/apt.log."""
    log = layout.make_private_dir(layout.ROOT / ".state") / "apt.log"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_now = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    for command in (install_now, ["apt-get", "update"], install_now):
        code = family.wait(family.start(Child("apt-get", command, env=env, log=log)))
        if code == 0 and command is install_now:
            return True
    return False
