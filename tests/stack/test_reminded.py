"""Worker and Valkey killed with ``kill -9`` in the reminder hour: afterwards every reminder was sent exactly once.

Only by ``script/prove reminded``. First while the day's reminders are written, then while their texts are sent. The
control runs the same against a worker that reports a job as done before it is carried out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import psycopg2
import pytest

from tests.stack.portal import Portal, portal
from tests.stack.reminding import SLOT
from tests.stack.running import until

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="script/prove reminded kills a portal of its own"),
]
KILLS = 3  # of each part, in each phase; a job is set aside after eight deaths
TOLD = "SELECT count(*) FROM notifications_message WHERE reminder = 'institutions.permit'"
SENT = "SELECT count(*) FROM notifications_delivery WHERE state = 'sent'"
OPEN_SLOTS = f"SELECT count(*) FROM core_outboxmessage WHERE key LIKE '{SLOT}%' AND state <> 'done'"
SLOTS = f"SELECT count(*) FROM core_outboxmessage WHERE key LIKE '{SLOT}%'"
OPEN_TEXTS = "SELECT count(*) FROM notifications_delivery WHERE state IN ('due', 'sending')"
REMINDING = "tests.stack.reminding"


@pytest.fixture(scope="module")
def running() -> Iterator[Portal]:
    with portal(SMS_DAILY_CAP="100000") as made:
        made.kill("web")
        yield made


def let_go(made: Portal) -> None:
    """Nobody is quiet any more: the digest and all other texts are due at once."""
    link = psycopg2.connect(made.settings["DATABASE_URL"])
    with link, link.cursor() as cursor:
        cursor.execute("UPDATE notifications_preference SET quiet_from = NULL, quiet_to = NULL")
        cursor.execute("UPDATE core_outboxmessage SET due_at = now() WHERE kind = 'notifications.deliver'")
    link.close()


def killed(made: Portal, counted: str, upto: int, kills: int) -> None:
    """Worker and Valkey in turn, each time when some more of the ``upto`` have been done."""
    start = made.asked(counted)
    for number in range(kills * 2):
        wanted = start + (upto * (number + 1)) // (kills * 2 + 1)
        until(lambda: made.asked(counted) >= wanted, 180, f"{wanted} of {start + upto}")  # noqa: B023
        made.revive_in_turn(number)


def filled(made: Portal, lane: str) -> int:
    """The permits of a lane."""
    permits = made.answers("fill", lane, of=REMINDING)["permits"]
    until(lambda: made.asked(SLOTS) == 1, 30, "beat promises the slot")
    return permits


def test_every_reminder_is_sent_exactly_once(running):
    made = running
    before = made.asked(TOLD)
    permits = filled(made, "kept")
    killed(made, TOLD, permits * 2, KILLS)
    until(lambda: made.asked(OPEN_SLOTS) == 0, 180, "the slot is done")
    assert made.asked(TOLD) - before == permits * 2
    assert made.asked(SENT) == 0
    let_go(made)
    killed(made, SENT, permits, KILLS)
    let_go(made)
    until(lambda: made.asked(OPEN_TEXTS) == 0, 300, "all texts went out")
    found = made.answers("found", "kept", of=REMINDING)
    sys.stdout.write(f"reminders, {KILLS} kills of worker and of Valkey in each of two phases: {found}\n")
    assert (found["told"], found["twice"]) == (permits * 2, [])
    assert (found["own"], found["sent"], found["texts"]) == (permits, permits, permits)
    assert (len(found["digests"]), found["gathered"], found["digest_texts"]) == (1, permits, 1)
    assert found["dead"] == 0
    assert not found["slot"][0].endswith(" 1"), "no kill hit the job"


def test_control_a_worker_that_reports_before_it_has_told_loses_reminders(running):
    made = running
    with made.hasty_worker():
        before = made.asked(TOLD)
        permits = filled(made, "hasty")
        until(lambda: made.asked(TOLD) > before + permits // 4, 60, "some are told")
        made.revive_in_turn(0)
        until(lambda: made.asked(OPEN_SLOTS) == 0, 120, "the slot counts as done")
        found = made.answers("found", "hasty", of=REMINDING)
    sys.stdout.write(f"control: {permits * 2 - found['told']} of {permits * 2} reminders lost\n")
    assert found["told"] < permits * 2
