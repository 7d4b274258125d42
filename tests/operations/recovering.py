"""A real server with the shipped logins, settings and archive script, filled with a small world, and its backups."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from stack import binaries, identity
from stack.family import Family
from stack.identity import ENVIRONMENT
from stack.layout import passing_dir, state_dir
from stack.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs/operations"
#: Both lists with an edition each, a sealed phone number, a document with its files, money, a sealed trail.
FILLING = """
from django.core.management import call_command
from tests.cast import build_cast
from tests.documents.factories import rendered
from tests.ledger.factories import deposited
from tests.publicity.factories import good, world
cast = build_cast()
world(cast)
deposited(cast, good(cast, name="厦门海风画室", phone="05922190001"))
rendered(cast.officer)
call_command("verify_audit", "--seal")
"""
PASSWORDS = {name: f"{name}-password-of-the-test" for name in ("owner", "site", "backup")}


@dataclass
class Done:
    code: int
    out: str
    err: str

    def record(self) -> dict:
        return json.loads(self.out.splitlines()[0])


class Server:
    """PostgreSQL that archives its log, in a folder of its own."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="shuanjian-recovery-", dir=passing_dir()))
        self.home.chmod(0o711)
        self.store, self.media = self.home / "backups", self.home / "media"
        self.family, self.who = Family(), identity.choose()
        self.programs = binaries.postgres(self.who, state_dir())
        for folder in (self.store, self.store / "wal", self.media, self.home / "bin"):
            folder.mkdir()
            folder.chmod(0o755)
        self.who.give(self.store / "wal")
        self.postgres = Postgres(self.home, self.programs, self.who, self.settings())

    def settings(self) -> dict[str, str]:
        """The shipped settings and logins; only sizes, paths and the harness's own login differ."""
        script = shutil.copy(HANDBOOK / "bin/wal-archive", self.home / "bin")  # nobody may not walk into the checkout
        given = shipped_settings()
        archive = given["archive_command"].replace("/opt/shuanjian/docs/operations/bin/wal-archive", str(script))
        logins = (HANDBOOK / "postgresql/pg_hba.conf").read_text(encoding="utf-8")
        file = self.home / "pg_hba.conf"
        file.write_text(f"host all postgres 127.0.0.1/32 scram-sha-256\n{logins}", encoding="utf-8")
        ours = {
            "listen_addresses": "127.0.0.1", "shared_buffers": "64MB", "archive_timeout": "0",
            "archive_command": archive.replace("/var/backups/shuanjian/wal", str(self.store / "wal")),
            "hba_file": str(file),
        }  # fmt: skip
        return {**given, **ours}

    def start(self) -> None:
        """The cluster, the logins of logins.sql, the migrations, a small world."""
        self.postgres._note(prepared=True)  # not the stack's own logins: those of the handbook
        self.postgres.start(self.family)
        self.postgres._note(prepared=True)
        self.postgres.wait_ready(self.family)
        given = [word for name, value in PASSWORDS.items() for word in ("-v", f"{name}={value}")]
        self.psql("postgres", *given, "-f", str(HANDBOOK / "postgresql/logins.sql"))
        both = {"DATABASE_OWNER_URL": self.url("owner"), "DATABASE_URL": self.url("site")}
        assert self.manage("migrate", "-v", "0", **both).code == 0
        filled = self.manage("shell", "-v", "0", "-c", FILLING, DATABASE_URL=self.url("site"))
        assert filled.code == 0, filled.err

    def url(self, role: str) -> str:
        return f"postgresql://shuanjian_{role}:{PASSWORDS[role]}@127.0.0.1:{self.postgres.notes['port']}/shuanjian"

    def psql(self, database: str, *arguments: str) -> str:
        target = f"host=127.0.0.1 port={self.postgres.notes['port']} user=postgres dbname={database}"
        done = subprocess.run(
            [self.programs["psql"], "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", target, *arguments],
            env={**ENVIRONMENT, "PGPASSWORD": self.postgres.notes["postgres"]}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def environment(self, **given: str) -> dict[str, str]:
        left_out = {"DATABASE_OWNER_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the latter is of a browser test's process
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        return {**kept, "DATABASE_URL": self.url("backup"), "MEDIA_ROOT": str(self.media), **given}

    def manage(self, *arguments: str, **given: str) -> Done:
        command, environment = [sys.executable, "manage.py", *arguments], self.environment(**given)
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    def back_up(self) -> Done:
        return self.manage("backup", "--to", str(self.store), "--postgres-bin", str(self.programs.folder))

    def drill_command(self, store: Path) -> list[str]:
        where = ["--from", str(store), "--postgres-bin", str(self.programs.folder), "--scratch", str(self.scratch())]
        return [sys.executable, "manage.py", "restore_drill", *where, "--json"]

    def drill(self, store: Path | None = None, **given: str) -> Done:
        return self.manage(*self.drill_command(store or self.store)[2:], **given)

    def scratch(self) -> Path:
        folder = self.home / "scratch"
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
        return folder

    def copied_store(self, name: str) -> Path:
        """Another copy of the backups, to be tampered with."""
        copy = self.home / name
        subprocess.run(["cp", "-a", str(self.store), str(copy)], check=True)
        return copy

    def archive_all(self) -> None:
        """Close the present segment and wait until it is archived."""
        segment = self.psql("shuanjian", "-c", "SELECT pg_walfile_name(pg_switch_wal())")
        give_up = time.monotonic() + 30
        while not (self.store / "wal" / f"{segment}.gz").exists():
            assert time.monotonic() < give_up, f"{segment} was not archived"
            time.sleep(0.1)

    def end(self) -> None:
        self.family.stop_all()
        shutil.rmtree(self.home)


def shipped_settings() -> dict[str, str]:
    """The settings of the shipped file, as PostgreSQL reads them."""
    found = {}
    for line in (HANDBOOK / "postgresql/shuanjian.conf").read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("#")[0].partition("=")
        if equals:
            found[name.strip()] = value.strip().strip("'").replace("''", "'")
    return found
