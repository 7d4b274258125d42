"""Take a backup: base, facts at a named point of the log, private files."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from foundation.core import clock

from . import facts, points
from .programs import Programs
from .store import STAMP, Store, write_signed

ARCHIVE_PATIENCE = 120.0


class NotArchived(Exception):
    """The server does not archive its log, so a backup could not be brought forward to its own facts."""


def login_environment() -> dict[str, str]:
    """The database of DATABASE_URL as libpq's variables, the password among them: never on a command line."""
    login = settings.DATABASES["default"]
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: value for name, value in os.environ.items() if name.startswith("PG")}  # PGHOST, PGSSLMODE
    return {**given, **{name: str(login[key]) for name, key in named.items() if login[key]}}


def server_major() -> int:
    """The major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def take(store: Store, *, at: datetime, bin_folder: str = "") -> dict[str, Any]:
    """A new base backup with its facts; returns what was done. A cut-off one leaves only a folder named ``.part``."""
    store.prepare()
    stamp = at.strftime(STAMP)
    target, whole = store.base / f"{stamp}.part", store.base / stamp
    for left in store.base.glob("*.part"):
        shutil.rmtree(left)
    programs = Programs.of(server_major(), bin_folder)
    programs.run(
        "pg_basebackup", "--pgdata", str(target), "--format=tar", "--gzip", "--wal-method=stream", "--checkpoint=fast",
        "--manifest-checksums=SHA256", "--no-password", f"--label=shuanjian {stamp}", env=login_environment(),
    )  # fmt: skip
    copied = store.copy_files(Path(settings.MEDIA_ROOT))
    with points.restore_point(stamp) as point, clock.set_to(clock.now()):
        as_of, found = clock.now(), facts.gather()
    copied += store.copy_files(Path(settings.MEDIA_ROOT))
    if not points.archived(point, patience=ARCHIVE_PATIENCE):
        raise NotArchived(f"{point.segment} was not archived within {ARCHIVE_PATIENCE:.0f} s: see archive_command")
    body = {"stamp": stamp, "at": as_of.isoformat(), "point": vars(point), "facts": found}
    body |= {"database": str(settings.DATABASES["default"]["NAME"]), "major": server_major()}
    write_signed(target / "facts.json", body)
    target.rename(whole)
    faults = facts.faults_in(found)
    return {"base": str(whole), "point": point.name, "files_copied": copied, "bytes": _size(whole), "faults": faults}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
