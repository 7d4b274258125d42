"""Worker and Valkey killed with ``kill -9`` while the monthly reports are counted: every report is there once.

Only by ``script/prove reported``. The control runs the same against a worker that reports a job as done before it is
carried out.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator

import pytest

from reports import notices
from tests.stack.portal import Portal, portal
from tests.stack.running import until

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="script/prove reported kills a portal of its own"),
]
KILLS = 6  # of each part
COUNTED = "SELECT count(*) FROM reports_counting"
OPEN = "SELECT count(*) FROM core_outboxmessage WHERE kind LIKE 'reports.%' AND state IN ('due', 'claimed')"
COUNTING = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'report %'"
SLOTS = f"SELECT count(*) FROM core_outboxmessage WHERE key LIKE 'slot:{notices.PLANS}:%'"
REPORTING = "tests.stack.reporting"


@pytest.fixture(scope="module")
def running() -> Iterator[Portal]:
    with portal() as made:
        made.kill("web")
        yield made


def morning(made: Portal, lane: str) -> tuple[int, int]:
    """(plans, reports) of a lane, when beat has promised the slot that asks for the planned ones."""
    filled = made.answers("fill", lane, of=REPORTING)
    until(lambda: made.asked(SLOTS) == 1, 60, "beat promises the slot")
    return filled["plans"], filled["reports"]


def test_every_monthly_report_is_counted_exactly_once(running):
    made, dice = running, random.Random(13)
    plans, reports = morning(made, "kept")
    for number in range(KILLS * 2):
        wanted = reports * (number + 1) // (KILLS * 2 + 1)
        until(lambda: made.asked(COUNTED) >= wanted, 180, f"{wanted} of {reports} are counted")  # noqa: B023
        until(lambda: made.asked(COUNTING), 180, "one is being counted")
        time.sleep(dice.uniform(0, 0.2))
        made.revive_in_turn(number)
    until(lambda: made.asked(OPEN) == 0, 300, "no job is open")
    found = made.answers("found", "kept", of=REPORTING)
    sys.stdout.write(f"reports, {KILLS} kills of worker and of Valkey: {found}\n")
    assert (found["planned"], found["reports"], found["countings"]) == (plans, reports, reports)
    assert (found["states"], found["broken"], found["dead"]) == (["prepared"], [], 0)
    assert found["fewest_lines"] > 10
    assert (found["told"], found["told_of"]) == (reports, reports)
    assert any(not words.endswith(" 1") for words in found["attempts"]), "no kill hit a job"


def test_control_a_worker_that_reports_before_it_has_counted_loses_reports(running):
    made = running
    with made.hasty_worker():
        before = made.asked(COUNTED)
        _plans, reports = morning(made, "hasty")
        until(lambda: made.asked(COUNTED) > before and made.asked(COUNTING), 60, "one is counted after the first")
        made.revive_in_turn(0)
        until(lambda: made.asked(OPEN) == 0, 180, "the jobs count as done")
        found = made.answers("found", "hasty", of=REPORTING)
    sys.stdout.write(f"control: {reports - found['countings']} of {reports} reports never counted\n")
    assert found["countings"] < reports
