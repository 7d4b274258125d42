"""A day of downtime is caught up without doubles: slots that run late, twice, and at the same moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail

from foundation.core import clock, outbox, schedule
from foundation.core.models import OutboxMessage
from foundation.notifications import registry
from foundation.notifications.daily import kind_of, send_due
from foundation.notifications.models import Message, SentText
from foundation.notifications.operations.messages import send
from foundation.notifications.rules import SENDER
from tests import beat
from tests.cast import OWN, build_cast, jurisdiction
from tests.deadlines.factories import at, started
from tests.notifications.factories import TEST, reachable
from tests.racing import together
from tests.supervisors.factories import in_office_from

DUE = date(2026, 10, 12)
CODES = ("payouts.refunds", "assignments.answer", "supervisors.duty", "deadlines.calendar_missing")


def told() -> Counter:
    rows = Message.objects.exclude(kind="notifications.digest")
    return Counter(rows.values_list("kind", "about_type", "about_id", "period", "recipient"))


def three_due(cast) -> None:
    for number in range(3):
        started(cast.officer, code=f"rest.{number}", due_on=DUE)
    started(cast.officer, code="assignment.answer", due_on=DUE)
    started(cast.officer, due_on=DUE)


def late_slots(at_) -> list[int]:
    """Beat's slots of that moment, promised and claimed."""
    with clock.set_to(at_):
        schedule.put_due_slots(at=at_)
        kinds = {kind_of(each) for each in registry.every()}
        OutboxMessage.objects.exclude(kind__in=kinds).filter(key__startswith="slot:").delete()
        return outbox.claim_due(at=at_, limit=1000)


@pytest.mark.django_db
def test_a_day_that_was_missed_is_caught_up_once(cast, settings):
    """Seen to fail with a message that is told without its unique period."""
    settings.SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"
    reachable(cast.officer)
    three_due(cast)
    beat.live(at(date(2026, 10, 8), 20))
    before = told()
    missed = at(DUE, 15)  # nothing ran on the 9th, the 10th and until the afternoon
    for _ in range(2):
        beat.live(missed)
        beat.live(missed + timedelta(minutes=11))
    after = told()
    assert max(after.values()) == 1
    own = [key for key in after if key[4] == cast.officer.user_id and "deadlines.reminder" in key]
    assert {key[3] for key in own if key not in before} == {"2026-10-12:0"}
    assert len([key for key in own if key not in before]) == 5
    assert len(mail.outbox) == SentText.objects.count() == 2, "a letter and a text on each of the two days"


def test_slots_that_run_at_the_same_moment_tell_once(committed_db):
    """Two workers, two beats: each reminder by two at once, four times over. Seen to raise with the recipients free."""
    cast = build_cast()
    three_due(cast)
    in_office_from(cast, date(2026, 1, 1))
    when = at(date(2026, 10, 29), 10)
    with clock.set_to(when):
        wanted = [registry.find(code) for code in (*CODES, "deadlines.other")]
        for _ in range(2):
            answers = together(*(lambda each=each: send_due(each) for each in wanted for _ in range(2)))
            assert answers == [None] * len(wanted) * 2
    once = told()
    assert max(once.values()) == 1
    assert {key[0] for key in once} == {
        "deadlines.reminder", "supervisors.duty_reminder", "deadlines.calendar_missing",
    }  # fmt: skip
    assert Message.objects.filter(kind="notifications.digest").count() == len({key[4] for key in once})


def test_what_two_tell_at_the_same_moment_is_told_once_and_nobody_fails(committed_db):
    """Two jobs about two declarations of one day. Seen to raise without the second try."""
    cast = build_cast()
    to = [cast.officer.user_id, cast.leader.user_id]
    facts = {"notice": TEST, "about": jurisdiction(OWN), "title": "有机构报送", "by": SENDER}
    for period in map(str, range(8)):
        moments = (at(DUE, 9) + timedelta(seconds=number) for number in range(3))
        acts = (lambda when=when, period=period: send(to=to, period=period, at=when, **facts) for when in moments)
        sent = together(*acts)
        assert sorted(map(len, sent)) == [0, 0, 2]
    assert max(told().values()) == 1


def test_a_slot_that_is_promised_twice_and_delivered_twice_tells_once(committed_db):
    cast = build_cast()
    three_due(cast)
    when = at(DUE, 9)
    with clock.set_to(when):
        ids = late_slots(when)
        assert len(ids) == len(registry.every())
        assert late_slots(when) == []
        together(*(lambda: [outbox.deliver(each, at=when) for each in ids] for _ in range(3)))
    assert max(told().values()) == 1
    assert not OutboxMessage.objects.filter(pk__in=ids).exclude(state="done").exists()


@pytest.mark.django_db
def test_one_that_cannot_be_sent_stops_no_other(cast, monkeypatch):
    """The error comes out in the end, so that the outbox tries again. Seen to fail without the except."""
    three_due(cast)
    rest = registry.find("deadlines.other")
    first = rest.rows(DUE).order_by("pk").first()

    def broken(row, on, along):
        if row.pk == first.pk:
            raise RuntimeError("broken row")
        return rest.words(row, on, along)

    with clock.set_to(at(DUE, 8)), pytest.raises(RuntimeError, match="broken row"):
        send_due(replace(rest, words=broken))
    assert len({key[2] for key in told()}) == 2
