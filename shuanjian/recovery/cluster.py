"""A throwaway PostgreSQL cluster, made of a base backup and the archive of the log; private socket only."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

import psycopg2

from . import programs
from .programs import ProgramFailed, Programs
from .store import Broken

PORT = "5432"  # only a part of the socket's name
#: What a server says that will answer later, or that has just gone; anything else will not change by waiting.
FOR_NOW = ("starting up", "not yet accepting", "shutting down", "No such file", "refused", "closed the connection")
#: What a standby needs at least as high as the server had it, as pg_controldata names it.
CARRIED = {
    "max_connections": "max_connections", "max_worker_processes": "max_worker_processes",
    "max_wal_senders": "max_wal_senders", "max_prepared_transactions": "max_prepared_xacts",
    "max_locks_per_transaction": "max_locks_per_xact",
}  # fmt: skip
OURS = {
    "listen_addresses": "", "port": PORT, "archive_mode": "off", "fsync": "off", "full_page_writes": "off",
    "hot_standby": "on", "shared_buffers": "128MB", "jit": "off", "lc_messages": "C", "logging_collector": "off",
    "recovery_target_timeline": "latest", "unix_socket_permissions": "0700", "synchronous_standby_names": "",
}  # fmt: skip


class Throwaway:
    """The cluster lives from ``unpack`` to ``remove``; ``start`` and ``stop`` as often as one likes in between."""

    def __init__(self, tools: Programs, archive: Path, parent: str | None = None) -> None:
        self.tools, self.archive, self.who = tools, archive, programs.account(archive)
        self.folder = Path(tempfile.mkdtemp(prefix="drill-", dir=parent or "/var/tmp"))  # noqa: S108 (mode 0700)
        self.data, self.log = self.folder / "data", self.folder / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.controls: dict[str, str] = {}

    def unpack(self, base: Path) -> None:
        """Unpack a base backup and compare every file with its manifest."""
        (self.data / "pg_wal").mkdir(parents=True, mode=0o700)
        for name, folder in (("base.tar.gz", self.data), ("pg_wal.tar.gz", self.data / "pg_wal")):
            try:
                with tarfile.open(base / name) as archive:
                    archive.extractall(folder, filter="data")
            except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
                raise Broken(f"{base / name}: {error}") from error
        tablespaces = self.data / "pg_tblspc"
        if tablespaces.is_dir() and any(tablespaces.iterdir()):
            raise Broken("the cluster has tablespaces; the drill restores clusters without")
        shutil.copy(base / "backup_manifest", self.data / "backup_manifest")
        self.data.chmod(0o700)
        programs.give(self.folder, self.who)
        self.tools.run("pg_verifybackup", "--quiet", "--exit-on-error", str(self.data), **self.who)
        said = self.tools.run("pg_controldata", str(self.data), **self.who)
        settings = dict(re.findall(r"^(\w+) setting:\s+(\d+)", said, re.MULTILINE))
        self.controls = {name: settings[shown] for name, shown in CARRIED.items() if shown in settings}

    def configure(self, **target: str) -> None:
        """Our own settings in the place of the server's: no archiving, no network, recovery from the archive."""
        file = shlex.quote(f"{self.archive}/%f.gz").replace("%%", "%")
        restore = f'test -f {file} && gzip -dc {file} > "%p"'
        values = {**self.controls, **OURS, "unix_socket_directories": str(self.folder), **target}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in values.items()]
        lines.append("restore_command = '" + restore.replace("'", "''") + "'")
        for name, text in (
            ("postgresql.conf", "\n".join(lines) + "\n"), ("postgresql.auto.conf", ""), ("pg_ident.conf", ""),
            ("pg_hba.conf", "local all all trust\n"), ("recovery.signal", ""),
        ):  # fmt: skip
            (self.data / name).write_text(text, encoding="utf-8")
        programs.give(self.data, self.who)

    def start(self, user: str, database: str, *, patience: float) -> None:
        """Start and wait until the cluster lets us read; raises ProgramFailed when it ends instead."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [self.tools["postgres"], "-D", str(self.data)], cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, env={"PATH": os.defpath, "LC_ALL": "C"}, start_new_session=True, **self.who,
            )  # fmt: skip
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up:
            try:
                self.ask(user, database, "SELECT 1")
            except psycopg2.OperationalError as error:
                self._need_life()
                self._need_patience(error)
                time.sleep(0.1)
            else:
                return
        raise ProgramFailed(f"the restored cluster does not answer within {patience:.0f} s: {self.last_words()}")

    def until(self, user: str, database: str, sql: str, *, patience: float) -> None:
        """Wait until a question is answered with true."""
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up:
            try:
                if self.ask(user, database, sql)[0]:
                    return
            except psycopg2.OperationalError as error:
                time.sleep(0.3)  # it may be ending
                self._need_life()
                self._need_patience(error)
            self._need_life()
            time.sleep(0.1)
        raise ProgramFailed(f"recovery takes longer than {patience:.0f} s: {self.last_words()}")

    def ask(self, user: str, database: str, sql: str) -> tuple[Any, ...]:
        link = psycopg2.connect(host=str(self.folder), port=PORT, user=user, dbname=database, connect_timeout=5)
        try:
            with link.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchone()
        finally:
            link.close()

    def manage(self, user: str, database: str, media: Path, *arguments: str) -> str:
        """A command of this portal on the restored database and files; what it printed, or ProgramFailed."""
        gone = {"DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE", "DATABASE_URL_FILE", "MEDIA_ROOT_FILE"}
        kept = {name: value for name, value in os.environ.items() if name not in gone and not name.startswith("PG")}
        here = {"DATABASE_URL": f"postgresql://{user}@/{database}", "MEDIA_ROOT": str(media)}
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(Path(__file__).resolve().parents[2] / "manage.py"), *arguments],
            env={**kept, **here, "PGHOST": str(self.folder), "PGPORT": PORT}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise ProgramFailed(
                f"{arguments[0]} on the restored database: {done.stderr[-programs.MOST_SAID :].strip()}"
            )
        return done.stdout

    def last_words(self) -> str:
        """The end of the cluster's log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-programs.MOST_SAID :].strip()

    def stop(self) -> None:
        """Stop the cluster, if need be by force."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)
        self.process = None

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _need_life(self) -> None:
        if self.process is not None and self.process.poll() is not None:
            self.process = None
            raise ProgramFailed(f"the restored cluster ended: {self.last_words()}")

    def _need_patience(self, error: psycopg2.OperationalError) -> None:
        if not any(words in str(error) for words in FOR_NOW):
            raise ProgramFailed(f"the restored cluster refuses: {str(error).strip()}") from error
