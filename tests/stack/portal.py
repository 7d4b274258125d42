"""Web, worker and beat as script/server starts them, on durable servers of their own, to be killed and revived."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg2
import pytest
from stack import serve, servers
from stack.family import Child, Family

from tests.stack.running import OURS, ROOT, free_port, until


class Portal:
    """The running portal. ``kill`` takes a part with all its processes at once, ``start`` brings it back."""

    def __init__(self, home: Path, **more: str) -> None:
        self.family, self.port = Family(), free_port()
        running = self.servers = servers.start(self.family, home, durable=True)
        self.settings = {
            **running.environment, "SECRET_KEY": "only-for-this-proof-" * 4, "FIELD_KEY": "0123456789abcdef" * 4,
            "DEMO_MODE": "0", "SITE_ADDRESS": f"http://127.0.0.1:{self.port}", "MEDIA_ROOT": str(home / "media"),
            "SHUANJIAN_STATE_DIR": str(home), **more,
        }  # fmt: skip
        self.parts = {
            "web": serve.web_server(self.port, self.settings),
            "worker": serve.worker(self.settings),
            "beat": serve.celery("beat", self.settings, "--schedule", str(home / "celerybeat-schedule")),
        }

    def start(self, name: str) -> Child:
        return self.family.start(self.parts[name])

    def kill(self, name: str) -> None:
        """The part and every process below it, in one blow: nothing of it can answer or commit any more."""
        os.killpg(self.parts[name].process.pid, signal.SIGKILL)
        self.parts[name].process.wait()

    def kill_valkey(self) -> None:
        """With all that waited in it; what is not in the database is lost."""
        os.killpg(self.servers.valkey.child.process.pid, signal.SIGKILL)
        self.servers.valkey.child.process.wait()

    def start_valkey(self) -> None:
        """On the port of before, so that beat and worker find it again; who gave up is started anew."""
        self.family.start(self.servers.valkey.child)
        self.servers.valkey.wait_ready(self.family)
        for name in ("worker", "beat"):
            if not self.parts[name].alive:
                self.start(name)

    def revive_in_turn(self, number: int) -> None:
        """Kill Valkey at odd numbers, the worker at even ones, and bring it back."""
        if number % 2:
            self.kill_valkey()
            self.start_valkey()
        else:
            self.kill("worker")
            self.start("worker")

    @contextmanager
    def instead(self, name: str, ours: str, other: str) -> Iterator[None]:
        """Run another module in the place of ours, for a control; then ours again."""
        self._replace(name, ours, other)
        try:
            yield
        finally:
            self._replace(name, other, ours)

    def hasty_worker(self) -> AbstractContextManager[None]:
        """A worker that reports a job as done before it is carried out."""
        return self.instead("worker", "shuanjian.celery", "tests.stack.hasty_worker")

    def _replace(self, name: str, ours: str, other: str) -> None:
        self.family.stop(self.parts[name])
        self.parts[name].command = [word.replace(ours, other) for word in self.parts[name].command]
        self.start(name)

    def python(self, *words: str) -> subprocess.Popen[str]:
        """A process that sees the portal's database and Valkey as a second shell would."""
        command = [sys.executable, "-W", "ignore", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.parts["web"].env, stdout=subprocess.PIPE, text=True)

    def said(self, *words: str) -> str:
        process = self.python(*words)
        text, _ = process.communicate()
        assert process.returncode == 0, text
        return text

    def asked(self, sql: str) -> int:
        """A number out of the database, without starting a process for it."""
        link = psycopg2.connect(self.settings["DATABASE_URL"])
        try:
            with link.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchone()[0]
        finally:
            link.close()

    def answers(self, *words: str, of: str = "tests.stack.booking") -> dict:
        return json.loads(self.said("-m", of, *words))


@contextmanager
def portal(**more: str) -> Iterator[Portal]:
    """Migrated and filled with nothing; its folder and all processes go afterwards. ``more``: settings of its own."""
    home = Path(tempfile.mkdtemp(prefix="shuanjian-killed-", dir="/var/tmp"))
    home.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:  # the test run's own servers are not meant
        for name in OURS:
            patch.delenv(name, raising=False)
        made = Portal(home, **more)
        try:
            made.said("manage.py", "migrate", "-v", "0")
            for name in made.parts:
                made.start(name)
            until(lambda: _listens(made.port), 60, "the web server answers")
            yield made
        finally:
            made.family.stop_all()
            shutil.rmtree(home, ignore_errors=True)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
