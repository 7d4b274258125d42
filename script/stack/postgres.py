"""One PostgreSQL cluster of our own: made once, loopback TCP only, random passwords, two logins for the portal."""

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from stack import layout, leftover, ports, stopping
from stack.binaries import PostgresBinaries
from stack.console import Refusal, tail
from stack.family import Child, Family
from stack.identity import ENVIRONMENT, Identity

DURABLE = {"max_connections": "100", "autovacuum_naptime": "10s"}  # after a large import, plans need figures soon
THROWAWAY = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "max_wal_size": "512MB", "max_connections": "200",
}  # fmt: skip
LOCALES = ("C.UTF-8", "UTF-8", "en_US.UTF-8", "C")  # LC_CTYPE; macOS lacks the first
ROLES = """
SELECT 'CREATE ROLE shuanjian_owner LOGIN CREATEDB PASSWORD ''{owner}'''
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shuanjian_owner') \\gexec
SELECT 'CREATE ROLE shuanjian_site LOGIN PASSWORD ''{site}'''
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shuanjian_site') \\gexec
SELECT 'CREATE DATABASE shuanjian OWNER shuanjian_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'shuanjian') \\gexec
"""
# Killed test runs leave clones behind; they are dropped when there are too many to be of use.
SWEEP = """
SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
 WHERE NOT datistemplate AND datname NOT IN ('postgres', 'shuanjian')
   AND (SELECT count(*) FROM pg_database) > 40 \\gexec
"""


class Postgres:
    """A cluster in `home/postgres-<major>`; start() returns at once, wait_ready() when a login succeeds."""

    def __init__(self, home: Path, binaries: PostgresBinaries, identity: Identity, settings: dict[str, str]) -> None:
        self.binaries, self.identity, self.settings = binaries, identity, settings
        self.folder = layout.make_private_dir(home / f"postgres-{binaries.major}")
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.notes = layout.read_json(self.folder / "private.json")
        self.child: Child | None = None

    def start(self, family: Family) -> Child:
        """Make the cluster if there is none, then start it on the port of last time or a free one."""
        self._note(**{role: self.notes.get(role) or secrets.token_hex(24) for role in ("postgres", "owner", "site")})
        self._clear_pid_file()
        if not self.data.exists():
            self._make_cluster(family)
        self._note(port=ports.pick(self.notes.get("port")))
        options = {"listen_addresses": "127.0.0.1", "port": self.notes["port"], "unix_socket_directories": "",
                   "jit": "off", **self.settings}  # fmt: skip
        command = [*self.identity.prefix, self.binaries["postgres"], "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self.child = Child(
            "PostgreSQL", command, env=ENVIRONMENT, log=self.log, stop_signal=signal.SIGINT, grace=20.0, rank=1,
            popen=self.identity.popen, before_start=self._clear_pid_file,
        )  # fmt: skip
        return family.start(self.child)

    def wait_ready(self, family: Family) -> None:
        """Wait for a login with our password (it proves that the port is ours), then see to roles and database."""
        assert self.child is not None
        for attempt in range(200):
            if not self.child.alive:
                if attempt < 100 and "could not bind" in tail(self.log):  # somebody took the port in between
                    family.stop(self.child)
                    self.start(family)
                    continue
                raise Refusal(f"{tail(self.log)}\n\nPostgreSQL did not start; its log: {self.log}")
            if self._psql("SELECT 1").returncode == 0:
                break
            stopping.pause(0.03 if attempt < 100 else 0.3)
        else:
            raise Refusal(f"{tail(self.log)}\n\nPostgreSQL does not answer; its log: {self.log}")
        if not self.notes.get("prepared"):
            self._must(ROLES.format(**self.notes))
            self._note(prepared=True)

    def sweep(self) -> None:
        """Drop databases that killed test runs left behind, once they are many."""
        self._must(SWEEP)

    def url(self, role: str) -> str:
        """The address for `owner` or `site`."""
        return f"postgresql://shuanjian_{role}:{self.notes[role]}@127.0.0.1:{self.notes['port']}/shuanjian"

    def _note(self, **values: object) -> None:
        if any(self.notes.get(name) != value for name, value in values.items()):
            self.notes.update(values)
            layout.write_json(self.folder / "private.json", self.notes)

    def _make_cluster(self, family: Family) -> None:
        """initdb into a side folder, then rename: a half-made cluster never stands in the place of a whole one."""
        fresh, password_file = self.folder / "data.new", self.folder / "initdb.password"
        for locale in LOCALES:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700)
            layout.write_private(password_file, self.notes["postgres"])
            self.identity.give(fresh)
            self.identity.give(password_file)
            command = [*self.identity.prefix, self.binaries["initdb"], "-D", str(fresh), "-U", "postgres", "-E", "UTF8"]
            command += ["--locale=C", f"--lc-ctype={locale}", "-A", "scram-sha-256", "--no-sync"]
            command += ["--pwfile", str(password_file)]
            if self.binaries.major >= 17:
                command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            log = self.folder / "initdb.log"
            child = Child("initdb", command, env=ENVIRONMENT, log=log, popen=self.identity.popen)
            code = family.wait(family.start(child))
            password_file.unlink(missing_ok=True)
            if code == 0:
                self._note(prepared=False)
                os.rename(fresh, self.data)
                return
        raise Refusal(f"{tail(log)}\n\nThe PostgreSQL data folder could not be made; the log: {log}")

    def _clear_pid_file(self) -> None:
        leftover.end(self.data / "postmaster.pid", str(self.data), signal.SIGINT)

    def _must(self, sql: str) -> None:
        done = self._psql(sql)
        if done.returncode != 0:
            raise Refusal(f"{done.stderr}\nPostgreSQL refused its own set-up; its log: {self.log}")

    def _psql(self, sql: str) -> subprocess.CompletedProcess[str]:
        target = f"host=127.0.0.1 port={self.notes['port']} user=postgres dbname=postgres connect_timeout=5"
        return subprocess.run(
            [self.binaries["psql"], "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", target],
            input=sql, text=True, capture_output=True, cwd="/", check=False,
            env={**ENVIRONMENT, "PGPASSWORD": self.notes["postgres"]},
        )  # fmt: skip
