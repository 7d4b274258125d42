"""A huge register through the page, beside visitors, with the worker killed three times; and its memory.

The real stack runs in a state folder of its own, started by script/server: web server, worker, beat, PostgreSQL,
Valkey. ``script/prove import_large`` runs it: 100,000 rows, and memory for 10,000 and 200,000. A run of all tests
leaves it out (conftest.py): it wants the machine for itself.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from bench import registry
from tests.stack.running import Stack, ended, environment, family_of

from .at_the_portal import Clerk, Visitors

pytestmark = [pytest.mark.slow, pytest.mark.prove]
FULL = os.environ.get("PROVE_FULL") == "1"
ROWS = 100_000 if FULL else 20_000
MOVES = 10 if FULL else 3  # how often the bar must have moved at least
COUNTY = "350203"
QUIET = 20.0 if FULL else 3.0  # seconds of visits without an import, before and after
RESPONSIVE = 1000.0  # milliseconds within which a page feels answered, though slower than on an idle machine
LONGEST = 600.0  # seconds that anything may take
WRITING = r"""
SELECT max(substring(application_name FROM 'write (\d+)/')::int) FROM pg_stat_activity
WHERE application_name LIKE 'import % write %'
"""
PHASES = ("before", "upload", "check", "apply", "search", "after")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Portal(Stack):
    """script/server with the demo."""

    def command(self, *arguments: str) -> list[str]:
        return ["--no-cases" if word == "--no-demo" else word for word in super().command(*arguments)]

    def clerk(self) -> Clerk:
        """The clerk of the demo's county, logged in."""
        logins = json.loads((self.state / "logins.json").read_text(encoding="utf-8"))
        password = next(login["password"] for login in logins if login["username"] == "siming.jingban")
        return Clerk(self.port, "siming.jingban", password)

    def ask(self, sql: str) -> tuple[Any, ...]:
        """The first row of an answer of the database."""
        connection = psycopg2.connect(self.address("DATABASE_URL"))
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchone()
        finally:
            connection.close()

    def content(self) -> dict[str, Any]:
        """What the import left, without ids and moments."""
        lines = (self.state / "local.env").read_text(encoding="utf-8").splitlines()
        own = {**environment(self.state), **dict(line.split("=", 1) for line in lines)}
        own["DJANGO_SETTINGS_MODULE"] = "shuanjian.settings.local"
        command = [sys.executable, "-m", "tests.imports.stored_content"]
        done = subprocess.run(command, cwd=self.root, env=own, capture_output=True, text=True, timeout=LONGEST)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def worker(self) -> int:
        return self.child("celery --quiet -A shuanjian.celery worker")

    def replace_worker(self, signum: int) -> None:
        """End the worker with all its processes, and wait until script/server has started another one."""
        before = self.worker()
        os.killpg(before, signum)
        wait_for(lambda: self.worker() not in {0, before}, "another worker")

    def peak(self) -> int:
        """The most memory in bytes that one process of the present worker has held."""
        peaks = [0]
        for pid in family_of(self.worker()):
            with contextlib.suppress(OSError):
                found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
                peaks.append(int(found[1]) * 1024 if found else 0)
        return max(peaks)


def wait_for(condition: Callable[[], object], what: str, pause: float = 0.05) -> None:
    give_up = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < give_up, f"not within {LONGEST:.0f} s: {what}"
        time.sleep(pause)


@dataclass
class Import:
    """One file on its way through the pages."""

    portal: Portal
    clerk: Clerk
    batch: str = ""
    seen: dict[str, list[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[step] = time.monotonic() - began

    def upload(self, path: Path) -> None:
        with self.timed("upload"):
            self.batch = self.clerk.upload(path)

    def check(self) -> None:
        with self.timed("check"):
            self.watch("checked")

    def apply(self) -> None:
        with self.timed("apply"):
            self.clerk.confirm(self.batch)
            self.watch("applied")

    def become_findable(self) -> None:
        with self.timed("search"):
            waiting = "SELECT count(*) FROM core_outboxmessage WHERE kind = 'institutions.imported' AND state <> 'done'"
            wait_for(lambda: self.portal.ask(waiting) == (0,), "search terms", pause=0.2)

    def watch(self, state: str) -> None:
        """Look at the batch's page until it says so; what the bar showed is kept."""

        def arrived() -> bool:
            look = self.clerk.look(self.batch)
            shown = self.seen.setdefault(look.state, [])
            if look.done is not None and look.done not in shown[-1:]:
                shown.append(look.done)
            return look.state == state

        wait_for(arrived, f"the page says {state}", pause=0.25)

    def kill_worker_when(self, half_way: Callable[[], bool], what: str) -> float:
        """Kill the worker half way; returns the moment."""
        wait_for(half_way, what, pause=0.01)
        self.portal.replace_worker(signal.SIGKILL)
        return time.monotonic()


def write_registry(path: Path, start: int, rows: int) -> Path:
    """In the encoding of Chinese spreadsheets: in UTF-8 200,000 rows would be larger than the portal takes."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(registry.HEADINGS)
        writer.writerows(islice(registry.registry(start + rows, county=COUNTY), start, None))
    return path


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """For state and files. Root's PostgreSQL runs as nobody, who must reach it."""
    path = Path(tempfile.mkdtemp(prefix="shuanjian-import-large-", dir="/var/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def clean(folder: Path) -> tuple[Import, dict[str, Any]]:
    """One undisturbed import beside visitors: how it went, and what it left."""
    file = write_registry(folder / "registry.csv", 0, ROWS)
    with ended(Portal(folder / "state").start()) as portal:
        one = portal.ask("SELECT public_id FROM institutions_institution WHERE status = 'normal' ORDER BY id LIMIT 1")
        paths = ["/lists/", "/institutions/", f"/institutions/{one[0]}/", "/"]
        run = Import(portal, portal.clerk())
        with Visitors(portal.port, paths, phase="before").reading() as visitors:
            time.sleep(QUIET)
            for phase, step in (
                ("upload", lambda: run.upload(file)),
                ("check", run.check),
                ("apply", run.apply),
                ("search", run.become_findable),
                ("after", lambda: time.sleep(QUIET)),
            ):
                visitors.phase = phase
                step()
        tell(run, visitors, portal)
        return run, {"content": portal.content(), "visitors": visitors}


def tell(run: Import, visitors: Visitors, portal: Portal) -> None:
    taken = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in run.seconds.items())
    say(f"\n{ROWS:,} rows through the page: {taken}; worker's peak {portal.peak() / 2**20:.0f} MB")
    for state in ("uploaded", "applying"):
        say(f"the bar showed while {state}: {' '.join(map(str, run.seen[state]))}")
    say("public pages          visits   p50 ms   p95 ms   max ms")
    for phase in PHASES:
        number, *figures = visitors.figures(phase)
        worst = ", ".join(f"{path} {visitors.figures(phase, path)[2]:.0f}" for path in visitors.paths)
        say(f"  {phase:<18}{number:>8}" + "".join(f"{figure:>9.0f}" for figure in figures) + f"   p95: {worst}")


def test_the_bar_moves_and_visitors_do_not_wait(clean):
    run, left = clean
    visitors = left["visitors"]
    assert len(run.seen["uploaded"]) >= MOVES
    for shown in run.seen.values():
        assert shown == sorted(shown)
    assert left["content"]["verdicts counted"] == {"created": ROWS}
    assert visitors.refused == []
    if FULL:
        idle = max(visitors.figures("before")[2], visitors.figures("after")[2])
        for phase in ("check", "apply", "search"):
            assert visitors.figures(phase)[2] <= max(3 * idle, RESPONSIVE), f"p95 while {phase}"


def test_a_worker_killed_three_times_leaves_what_one_clean_run_leaves(clean, folder):
    _, left = clean
    with ended(Portal(folder / "state").start("--reset")) as portal:
        run = Import(portal, portal.clerk())
        run.upload(folder / "registry.csv")

        def checked(attempt: int) -> bool:
            found = portal.ask("SELECT attempt, rows_checked, rows_total FROM imports_batch ORDER BY id DESC LIMIT 1")
            return found[0] == attempt and 0.4 < found[1] / found[2] < 1

        for attempt in (1, 2) if FULL else (1,):
            killed = run.kill_worker_when(lambda: checked(attempt), f"check {attempt} half way")  # noqa: B023
            again = "SELECT attempt FROM imports_batch ORDER BY id DESC LIMIT 1"
            wait_for(lambda: portal.ask(again) == (attempt + 1,), "the check begins again")  # noqa: B023
            say(f"\nkilled half way in check {attempt}; begun again after {time.monotonic() - killed:.1f} s")
        run.check()
        killed = confirm_and_kill(run)
        run.watch("applied")
        say(f"killed half way in the application; applied {time.monotonic() - killed:.1f} s after that")
        run.become_findable()
        content = portal.content()
    for name, value in content.items():
        same = "equal" if value == left["content"][name] else "DIFFERENT"
        say(f"  {name:<18} {same:<10} {str(value)[:110]}")
    assert content == left["content"]


def confirm_and_kill(run: Import) -> float:
    """Kill the worker when half of the rows are written; nothing of them may be there then. Returns the moment."""
    portal = run.portal
    before = portal.ask("SELECT count(*) FROM institutions_institution")
    run.clerk.confirm(run.batch)
    killed = run.kill_worker_when(lambda: (portal.ask(WRITING)[0] or 0) >= ROWS / 2, "half of the rows are written")
    assert portal.ask("SELECT state FROM imports_batch ORDER BY id DESC LIMIT 1") == ("applying",)
    assert portal.ask("SELECT count(*) FROM institutions_institution") == before
    return killed


@pytest.mark.skipif(not FULL, reason="minutes: script/prove import_large")
def test_twenty_times_the_rows_take_at_most_twice_the_memory(folder):
    peaks = {}
    with ended(Portal(folder / "state").start("--reset")) as portal:
        clerk = portal.clerk()
        for start, rows in ((0, 10_000), (10_000, 200_000)):
            portal.replace_worker(signal.SIGTERM)
            run = Import(portal, clerk)
            run.upload(write_registry(folder / f"{rows}.csv", start, rows))
            run.check()
            run.apply()
            run.become_findable()
            peaks[rows] = portal.peak()
            say(f"\n{rows:,} rows: the worker's largest process held at most {peaks[rows] / 2**20:.0f} MB")
    ratio = peaks[200_000] / peaks[10_000]
    say(f"  ratio {ratio:.2f}")
    assert ratio <= 2
