"""PostgreSQL's own programs, found and run; as root under an account that PostgreSQL accepts."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCOUNTS = ("postgres", "nobody")
MOST_SAID = 2000  # characters of a failed program's output that are repeated


class ProgramFailed(Exception):
    """A program is missing or ended with an error; the text says which and what it said."""


@dataclass(frozen=True)
class Programs:
    """The folder with pg_basebackup, postgres and the others, of the server's major version."""

    folder: Path

    @classmethod
    def of(cls, major: int, given: str = "") -> Programs:
        """From the folder given, Debian's folder of this major version, or PATH."""
        places = [given] if given else [f"/usr/lib/postgresql/{major}/bin", f"/usr/pgsql-{major}/bin"]
        if not given and (found := shutil.which("pg_basebackup")):
            places.append(str(Path(found).resolve().parent))
        for place in places:
            if Path(place, "postgres").is_file() and Path(place, "pg_basebackup").is_file():
                return cls(Path(place))
        raise ProgramFailed(f"no postgres and pg_basebackup of PostgreSQL {major} in {', '.join(places)}")

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)

    def run(self, name: str, *arguments: str, **more: Any) -> str:
        """Run a program to its end; what it printed, or ProgramFailed with what it said."""
        environment = {"PATH": os.defpath, "LC_ALL": "C", **more.pop("env", {})}
        done = subprocess.run(  # noqa: S603
            [self[name], *arguments], env=environment, cwd="/", capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, **more,
        )  # fmt: skip
        if done.returncode != 0:
            raise ProgramFailed(
                f"{name} ended with {done.returncode}: {(done.stderr or done.stdout)[-MOST_SAID:].strip()}"
            )
        return done.stdout


def account(archive: Path) -> dict[str, Any]:
    """How subprocess steps down from root, whom PostgreSQL refuses: to the owner of the archive, who can read it.

    Nothing for everybody else.
    """
    if os.geteuid() != 0:
        return {}
    owner = archive.stat()
    if owner.st_uid:
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    for name in ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise ProgramFailed(f"root needs one of the accounts {', '.join(ACCOUNTS)}")


def give(path: Path, who: dict[str, Any]) -> None:
    """Make the account the owner of a folder and all in it."""
    if who:
        for found in [path, *path.rglob("*")]:
            os.chown(found, who["user"], who["group"], follow_symlinks=False)
