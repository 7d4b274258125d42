"""PostgreSQL killed with ``kill -9`` under load, 20 times: what was acknowledged is there, once, and the books agree.

Only by ``script/prove crash``: it starts a durable cluster of its own. The control runs it with
``synchronous_commit=off`` and must lose acknowledged postings.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from stack import binaries, identity
from stack.family import Family
from stack.layout import state_dir
from stack.postgres import DURABLE, Postgres

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="script/prove crash kills a server of its own"),
]
KILLS, CLIENTS = 20, 3
FILLING = """
from tests.cast import build_cast
from tests.institutions.factories import institution
from tests.ledger.factories import purse
cast = build_cast()
rows = [institution(cast.officer) for _ in range(2)]
[purse(rows[number % 2], cast.officer) for number in range(6)]
"""
CHECKED = """
import json
from ledger import invariants
from ledger.models import Entry
from foundation.audit.sealing import seal
from foundation.audit.verify import verify
from ledger.sealing import ENTRIES
seal(ENTRIES, everything=True)
verdict = verify(ENTRIES)
print(json.dumps({"keys": list(Entry.objects.values_list("key", flat=True)), "fault": verdict.fault,
    "unsealed": verdict.unsealed, "broken": [one.what for one in invariants.broken()]}))
"""


class Cluster:
    """A PostgreSQL of our own with the given settings, that is killed and started again."""

    def __init__(self, home: Path, settings: dict[str, str]) -> None:
        self.family, who = Family(), identity.choose()
        self.postgres = Postgres(home, binaries.postgres(who, state_dir()), who, {**DURABLE, **settings})
        self.start()

    def start(self) -> None:
        self.postgres.start(self.family)
        self.postgres.wait_ready(self.family)

    def kill(self) -> None:
        """The postmaster and every backend at once: nothing of it can write any more."""
        assert self.postgres.child is not None
        postmaster = int((self.postgres.data / "postmaster.pid").read_text().split()[0])
        below = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True)
        for pid in [postmaster, *map(int, below.stdout.split())]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.family.stop(self.postgres.child)

    def environment(self) -> dict[str, str]:
        urls = {"DATABASE_URL": self.postgres.url("site"), "DATABASE_OWNER_URL": self.postgres.url("owner")}
        return {**os.environ, **urls}

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *words], cwd=ROOT, env=self.environment(),
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def cluster(**settings: str) -> Iterator[tuple[Cluster, Path]]:
    home = Path(tempfile.mkdtemp(prefix="shuanjian-ledger-", dir="/var/tmp"))
    home.chmod(0o711)
    made = Cluster(home, settings)
    try:
        made.manage("migrate", "-v", "0")
        made.manage("shell", "-v", "0", "-c", FILLING)
        yield made, home
    finally:
        made.family.stop_all()
        shutil.rmtree(home)


def killed_under_load(made: Cluster, home: Path) -> dict:
    """The clients' acknowledgements and what the books hold after all kills."""
    logs = [home / f"client-{number}.log" for number in range(CLIENTS)]
    clients = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.ledger.acknowledging", str(number), str(log)], cwd=ROOT,
            env=made.environment(),
        )
        for number, log in enumerate(logs)
    ]  # fmt: skip
    try:
        dice, ups = random.Random(5), []
        while not all(log.exists() and log.stat().st_size > 200 for log in logs):
            time.sleep(0.1)
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.4, 1.6))
            made.kill()
            began = time.monotonic()
            made.start()
            ups.append(time.monotonic() - began)
        time.sleep(1)
    finally:
        for client in clients:
            client.terminate()
            client.wait(timeout=20)
    pairs = [line.split() for log in logs for line in log.read_text().splitlines()]
    found = json.loads(made.manage("shell", "-v", "0", "-c", CHECKED))
    replayed = sum(1 for _, replays in pairs if replays != "0")
    return {**found, "acknowledged": [key for key, _ in pairs], "replayed": replayed, "slowest_start": max(ups)}


def test_no_acknowledged_posting_is_lost_and_none_doubled():
    with cluster() as (made, home):
        found = killed_under_load(made, home)
    acknowledged, keys = found["acknowledged"], found["keys"]
    lost = set(acknowledged) - set(keys)
    sys.stdout.write(
        f"{KILLS} kills: {len(acknowledged)} acknowledged, {len(lost)} lost, {found['replayed']} answered again, "
        f"{len(keys) - len(acknowledged)} posted and not yet acknowledged, up again in at most "
        f"{found['slowest_start']:.1f} s\n"
    )
    assert len(acknowledged) == len(set(acknowledged)) > 500
    assert lost == set()
    assert len(keys) == len(set(keys)) <= len(acknowledged) + CLIENTS * 5
    assert (found["fault"], found["unsealed"], found["broken"]) == (None, 0, [])


def test_control_without_synchronous_commit_postings_are_lost():
    with cluster(synchronous_commit="off", wal_writer_delay="2000ms", wal_writer_flush_after="64MB") as (made, home):
        found = killed_under_load(made, home)
    lost = set(found["acknowledged"]) - set(found["keys"])
    sys.stdout.write(f"control: {len(lost)} of {len(found['acknowledged'])} acknowledged postings lost\n")
    assert lost
