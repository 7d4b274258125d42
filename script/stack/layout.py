"""Where things live: the checkout, its virtual environment, its state; and small files that only we may read."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
ROOMY = 4 << 30  # bytes; a whole run of the tests keeps some 1.5 GB of databases


def venv_dir() -> Path:
    """The virtual environment of this checkout; SHUANJIAN_VENV names another one (.ci/run does)."""
    return Path(os.environ.get("SHUANJIAN_VENV") or ROOT / ".venv").absolute()


def venv_python() -> str:
    return str(venv_dir() / "bin" / "python")


def inherited_environment() -> dict[str, str]:
    """The caller's environment, except that byte code is kept: without it each start compiles the portal anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def state_dir() -> Path:
    """All data of this checkout's local stack. SHUANJIAN_STATE_DIR overrides it."""
    if given := os.environ.get("SHUANJIAN_STATE_DIR"):
        return Path(given).absolute()
    if os.geteuid() == 0 and Path("/var/lib").is_dir():
        # Root's PostgreSQL runs as nobody, who often cannot walk to the checkout (root's home is 0700).
        return Path("/var/lib") / f"shuanjian-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
    return ROOT / ".state"


def throwaway_dir() -> Path:
    """Where the servers of a test run stand: in memory where there is plenty of it, else with all other data."""
    folder = MEMORY / f"shuanjian-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}-{os.geteuid()}"
    if os.environ.get("SHUANJIAN_STATE_DIR") or not roomy_memory():
        return state_dir()
    make_private_dir(folder)
    return folder if folder.stat().st_uid == os.geteuid() and not folder.is_symlink() else state_dir()


def passing_dir() -> Path:
    """The parent of folders that one test makes and removes, which PostgreSQL's own user can reach."""
    return MEMORY if roomy_memory() else Path("/var/tmp")


def roomy_memory() -> bool:
    """Whether files may stand in memory: twice the room is free there, and programs may be started from it.

    A database is 2,300 files. To make them took 1.7 s on a large ext4 and 0.05 s in memory, for each test that commits.
    """
    try:
        free = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="utf-8").splitlines())
        room = min(int(free["MemAvailable"].split()[0]) << 10, shutil.disk_usage(MEMORY).free)
        return room > 2 * ROOMY and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    except (OSError, KeyError, ValueError):
        return False


def local_env_file() -> Path:
    """The file that manage.py in a second shell reads; see shuanjian/settings/local.py."""
    given = os.environ.get("SHUANJIAN_STATE_DIR")
    return (Path(given).absolute() if given else ROOT / ".state") / "local.env"


def make_private_dir(path: Path) -> Path:
    """Create a folder that others cannot list. Root's stays passable (0711), because nobody must reach inside."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only the owner can read it, at no moment anyone else."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """The stored object, or an empty one when there is none yet."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    write_private(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def digest_of_sources() -> str:
    """A fingerprint of what `manage.py migrate` may depend on: our code and its data, the pinned packages."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("requirements*.txt")) + sorted(_sources()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources() -> list[Path]:
    ours = (path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith("."))
    apps = [path for path in ours if path.name not in {"tests", "bench", "docs", "script", "node_modules", "media"}]
    found = [path for app in apps for path in app.rglob("*") if path.suffix in {".py", ".sql", ".csv", ".json"}]
    return found + list(ROOT.glob("*.py"))
