"""Web and worker killed with ``kill -9`` under load, 20 times each: no acknowledged posting lost, none doubled.

Only by ``script/prove killed``: it starts PostgreSQL, Valkey, granian, Celery and beat of its own, as script/server
does. The controls run the same against a web server that answers, and a worker that reports, before the commit.
"""

from __future__ import annotations

import http.client
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest

from tests.stack.portal import Portal, portal
from tests.stack.running import until

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="script/prove killed kills a portal of its own"),
]
KILLS, CONTROL_KILLS, CLIENTS = 20, 5, 3
PAGES = {
    "payment": ("/admin/contracts/payment/{}/deposit/", {"arrived_on": "2026-11-02"}, "payment:{}"),
    "lessons": ("/admin/payouts/consumption/{}/confirm/", {"remark": ""}, "lessons:{}"),
}
FORM_KEY = "x" * 32
OF_THE_BOOKS = "FROM core_outboxmessage WHERE kind IN ('banking.reconcile_account', 'payouts.confirm_silent')"
JOBS_DONE = f"SELECT count(*) {OF_THE_BOOKS} AND state = 'done'"
JOBS_OPEN = f"SELECT count(*) {OF_THE_BOOKS} AND state IN ('due', 'claimed')"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Portal, dict]]:
    with portal() as made:
        yield made, made.answers("fill")


@dataclass
class Officers:
    """Clients that press one button after another, and each again until it is answered."""

    port: int
    cookie: str
    waiting: list[tuple[str, int]]
    acknowledged: list[str] = field(default_factory=list)
    asked_again: int = 0
    answered_again: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _work(self) -> None:
        while not self.over.is_set() and self.waiting:
            kind, number = self.waiting.pop()
            path, form, key = PAGES[kind]
            self._press(path.format(number), form, key.format(number))

    def _press(self, path: str, form: dict[str, str], key: str) -> None:
        times = 0
        while not self.over.is_set() or times:  # what was sent once is sent until it is answered
            times += 1
            try:
                status, where, page = self._post(path, form)
            except (OSError, http.client.HTTPException):
                self.asked_again += 1
                time.sleep(0.2)
                continue
            if status == 302 and "login" not in where:
                self.acknowledged.append(key)
            elif times > 1 and status in (403, 409):
                self.answered_again.append(key)  # done already: a killed server had committed it and told nobody
            else:
                self.strange.append(f"{key}: {status} {where} {page[:300]}")
            return

    def _post(self, path: str, form: dict[str, str]) -> tuple[int, str, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {
                "Cookie": f"{self.cookie}; csrftoken={FORM_KEY}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            link.request("POST", path, urlencode({**form, "csrfmiddlewaretoken": FORM_KEY}), headers)
            answer = link.getresponse()
            where = answer.getheader("Location", "")
            return answer.status, where, "" if where else answer.read().decode()
        finally:
            link.close()


def officers_while_killed(made: Portal, facts: dict, lane: str, kills: int) -> tuple[Officers, dict]:
    """The web server is killed while it answers: after each start some answers came."""
    dice = random.Random(7)
    work = [tuple(one) for one in facts[lane]]
    dice.shuffle(work)
    officers = Officers(made.port, f"{facts['cookie']}={facts['session']}", work)
    try:
        for _ in range(kills):
            before = len(officers.acknowledged)
            until(lambda: len(officers.acknowledged) > before + 4, 120, "answers come")  # noqa: B023
            time.sleep(dice.uniform(0, 0.8))
            made.kill("web")
            made.start("web")
    finally:
        officers.end()
    return officers, made.answers("found", lane)


def agrees(made: Portal) -> None:
    """``check_ledger`` and ``verify_ledger`` end with an error when they find anything."""
    assert "BROKEN" not in made.said("manage.py", "check_ledger")
    said = made.said("manage.py", "verify_ledger", "--seal")
    assert " 0 not yet: intact" in said
    sys.stdout.write(f"  {said.splitlines()[0]}\n")


def test_no_posting_that_the_web_server_acknowledged_is_lost_and_none_doubled(running):
    made, facts = running
    officers, found = officers_while_killed(made, facts, "web", KILLS)
    told = [*officers.acknowledged, *officers.answered_again]
    lost = set(told) - set(found["keys"])
    sys.stdout.write(
        f"web, {KILLS} kills: {len(officers.acknowledged)} acknowledged, {len(lost)} lost; {officers.asked_again} "
        f"requests broken, {len(officers.answered_again)} of them had been committed\n"
    )
    assert officers.strange == []
    assert len(told) == len(set(told)) > KILLS * 4
    assert lost == set()
    assert (found["doubled"], found["told_twice"]) == ([], [])
    agrees(made)


def test_control_a_web_server_that_answers_before_the_commit_loses_postings(running):
    made, facts = running
    with made.instead("web", "shuanjian.wsgi", "tests.stack.hasty_web"):
        officers, found = officers_while_killed(made, facts, "hasty_web", CONTROL_KILLS)
    lost = set(officers.acknowledged) - set(found["keys"])
    sys.stdout.write(f"control, web: {len(lost)} of {len(officers.acknowledged)} acknowledged postings lost\n")
    assert lost


def bank_files_while_killed(made: Portal, lane: str, kills: int, tmp_path) -> dict:
    """The worker is killed while it books: after each start some jobs were done."""
    dice, log = random.Random(11), tmp_path / "committed"
    load = made.python("-m", "tests.stack.booking", "load", lane, str(log))
    try:
        for _ in range(kills):
            before = made.asked(JOBS_DONE)
            until(lambda: made.asked(JOBS_DONE) > before + 3, 120, "the worker works")  # noqa: B023
            time.sleep(dice.uniform(0, 1.5))
            made.kill("worker")
            made.start("worker")
    finally:
        log.with_suffix(".over").touch()
        load.communicate(timeout=60)
    assert load.returncode == 0
    until(lambda: made.asked(JOBS_OPEN) == 0, 300, "the worker is through")
    return {**made.answers("found", lane), "committed": log.read_text().splitlines()}


def test_no_posting_of_the_worker_is_lost_and_none_doubled(running, tmp_path):
    made, _facts = running
    found = bank_files_while_killed(made, "worker", KILLS, tmp_path)
    files = [line for line in found["committed"] if line.endswith("accepted")]
    lessons = {f"lessons:{line.split()[1]}" for line in found["committed"] if line.endswith("told")}
    lost = lessons - set(found["keys"])
    sys.stdout.write(
        f"worker, {KILLS} kills: {len(files)} files with {found['lines']} lines, {found['unbooked']} not booked; "
        f"{len(lessons)} silent confirmations, {len(lost)} lost; jobs: {found['attempts']}\n"
    )
    assert len(files) + len(lessons) == len(found["committed"]) > KILLS * 3
    assert (found["unbooked"], lost) == (0, set())
    assert (found["doubled"], found["told_twice"]) == ([], [])
    assert any(not name.endswith(" 1") for name in found["attempts"]), "no kill hit a job"
    assert not any(name.startswith("dead") for name in found["attempts"])
    agrees(made)


def test_control_a_worker_that_reports_before_the_commit_loses_postings(running, tmp_path):
    made, _facts = running
    with made.hasty_worker():
        found = bank_files_while_killed(made, "hasty_worker", CONTROL_KILLS, tmp_path)
    sys.stdout.write(f"control, worker: {found['unbooked']} of {found['lines']} lines never booked\n")
    assert found["unbooked"]
