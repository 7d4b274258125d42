"""script/server end to end on the real portal: kills, refusals, resets, copies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from tests.stack.running import ROOT, Stack, ended, family_of, living, until


def test_taken_port_is_said_before_anything_slow(state):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        began = time.monotonic()
        refused = Stack(state, port=port).try_start()
    assert refused.returncode == 2
    assert f"Port {port} is taken by another program." in refused.stderr
    assert refused.stdout == ""
    assert time.monotonic() - began < 5


def execute(stack: Stack, sql: str) -> list[tuple]:
    """Run one statement as the owner, committed at once."""
    connection = psycopg2.connect(stack.address("DATABASE_OWNER_URL"), connect_timeout=3)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def answers(stack: Stack) -> bool:
    try:
        return execute(stack, "SELECT 1") == [(1,)]
    except psycopg2.OperationalError:
        return False


class Load:
    """A light load: one row and one list entry at a time, counting what the servers acknowledged."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.rows: list[int] = []
        self.entries: list[int] = []
        self._over = threading.Event()
        execute(stack, "DROP TABLE IF EXISTS stack_load; CREATE TABLE stack_load (n int PRIMARY KEY)")
        with redis.Redis.from_url(stack.address("REDIS_URL")) as client:
            client.delete("stack-load")
        self._threads = [threading.Thread(target=self._rows), threading.Thread(target=self._entries)]
        for thread in self._threads:
            thread.start()

    def _rows(self) -> None:
        number = 0
        while not self._over.wait(0.01):
            number += 1
            try:
                execute(self.stack, f"INSERT INTO stack_load VALUES ({number})")
            except psycopg2.Error:
                continue
            self.rows.append(number)

    def _entries(self) -> None:
        number = 0
        while not self._over.wait(0.01):
            number += 1
            try:
                with redis.Redis.from_url(self.stack.address("REDIS_URL"), socket_timeout=3) as client:
                    client.rpush("stack-load", number)
            except redis.RedisError:
                continue
            self.entries.append(number)

    def __enter__(self) -> Load:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def missing(self) -> tuple[set[int], set[int]]:
        """What was acknowledged and is not there."""
        rows = {number for (number,) in execute(self.stack, "SELECT n FROM stack_load")}
        with redis.Redis.from_url(self.stack.address("REDIS_URL")) as client:
            entries = {int(entry) for entry in client.lrange("stack-load", 0, -1)}
        return set(self.rows) - rows, set(self.entries) - entries


@pytest.mark.slow
def test_every_child_killed_in_turn_under_load_comes_back_and_nothing_is_lost(state):
    with ended(Stack(state).start()) as stack, Load(stack) as load:
        for name in ("granian", "celery --quiet -A shuanjian.celery worker", "celery --quiet -A shuanjian.celery beat",
                     "/postgres -D", "valkey.conf", "guard.py"):  # fmt: skip
            before = stack.child(name)
            assert before, name
            time.sleep(0.3)
            os.kill(before, signal.SIGKILL)
            until(lambda: stack.child(name) not in {0, before}, 60, f"{name} runs again")  # noqa: B023
            until(lambda: stack.page() == 200, 60, "the page answers")
        time.sleep(0.5)
        load.end()
        until(lambda: answers(stack), 60, "the database has recovered")
        assert load.missing() == (set(), set())
        assert len(load.rows) > 20
        assert len(load.entries) > 20
        everything = family_of(stack.process.pid)
        assert stack.end(signal.SIGINT) == 0
        until(lambda: not living(everything), 5, "no orphan")
        for name in ("web", "worker", "beat", "PostgreSQL", "Valkey"):
            assert f"{name} died (SIGKILL); starting it again in 0.2 s" in stack.text()


@pytest.mark.slow
def test_killed_supervisor_leaves_no_orphan_and_the_next_start_finds_the_data_whole(state):
    with ended(Stack(state).start()) as stack, Load(stack) as load:
        time.sleep(1)
        everything = family_of(stack.process.pid)
        assert len(everything) > 12
        stack.process.kill()
        stack.process.wait()
        load.end()
        again = Stack(state).start()  # at once: it waits for the guard of the dead one
        with ended(again):
            assert not living(everything)
            load.stack = again
            assert load.missing() == (set(), set())
            assert "(unchanged)" in again.text()


@pytest.mark.slow
def test_supervisor_and_guard_and_postgres_killed_together(state):
    with ended(Stack(state).start()) as stack:
        for pid in (stack.child("guard.py"), stack.process.pid, stack.child("/postgres -D")):
            os.kill(pid, signal.SIGKILL)
        stack.process.wait()
        stale = next(state.glob("postgres-*/data/postmaster.pid"))
        lines = stale.read_text().split("\n", 1)
        stale.write_text(f"{os.getpid()}\n{lines[1]}")  # the number now belongs to somebody else: this test
        time.sleep(1)
        with ended(Stack(state).start()) as again:
            assert again.page() == 200


@pytest.mark.turns(2)
@pytest.mark.slow
def test_second_start_and_reset_are_refused_while_one_runs_and_reset_works_afterwards(state):
    with ended(Stack(state).start()) as stack:
        execute(stack, "CREATE TABLE IF NOT EXISTS stack_load (n int PRIMARY KEY)")
        for arguments in ((), ("--reset",)):
            refused = Stack(state).try_start(*arguments)
            assert refused.returncode == 2
            assert (
                f"already running (pid {stack.process.pid}, serving http://127.0.0.1:{stack.port}/)" in refused.stderr
            )
        assert stack.page() == 200
        secret = stack.address("SECRET_KEY")
        assert stack.end() == 0
        with ended(Stack(state).start("--reset")) as again:
            assert again.address("SECRET_KEY") != secret
            assert execute(again, "SELECT to_regclass('stack_load')") == [(None,)]


@pytest.mark.turns(3)
@pytest.mark.slow
def test_two_copies_of_the_checkout_run_side_by_side_from_paths_with_spaces_and_chinese(state):
    hidden = (".git", ".venv", ".state", ".ci", "node_modules", "staticfiles", "media", "screenshots")
    copy = Path(shutil.copytree(ROOT, state.parent / "双减 copy", ignore=shutil.ignore_patterns(*hidden)))
    with ended(Stack(state).start()) as first, ended(Stack(copy / ".state", root=copy).start()) as second:
        assert (first.page(), second.page()) == (200, 200)
        assert first.address("DATABASE_URL") != second.address("DATABASE_URL")
