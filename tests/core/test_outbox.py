from datetime import timedelta

import pytest

from foundation.core import clock, outbox
from foundation.core.models import OutboxMessage, OutboxState

pytestmark = pytest.mark.django_db
KIND = "test.effect"


@pytest.fixture
def effects(monkeypatch):
    """A handler for KIND that keeps what it carried out and can be told to fail."""
    seen: list = []
    monkeypatch.setitem(outbox._handlers, KIND, lambda message: seen.append(message.payload))
    return seen


def test_a_due_message_is_carried_out_once(effects):
    at = clock.now()
    outbox.put(KIND, at=at, subject_id=7)
    assert outbox.deliver_all(at=at) == 1
    assert outbox.deliver_all(at=at) == 0
    assert effects == [{"subject_id": 7}]


def test_a_keyed_message_is_promised_once():
    at = clock.now()
    assert outbox.put(KIND, at=at, key="slot:1") is not None
    assert outbox.put(KIND, at=at, key="slot:1") is None
    assert OutboxMessage.objects.count() == 1


def test_a_later_message_waits(effects):
    at = clock.now()
    outbox.put(KIND, at=at, due_at=at + timedelta(hours=1))
    assert outbox.deliver_all(at=at) == 0
    assert outbox.deliver_all(at=at + timedelta(hours=2)) == 1


def test_what_was_promised_before_can_be_left_to_others(effects):
    at = clock.now()
    earlier = outbox.put(KIND, at=at, subject_id=1)
    outbox.put(KIND, at=at, subject_id=2)
    assert outbox.deliver_all(at=at, after=earlier.pk) == 1
    assert effects == [{"subject_id": 2}]
    assert outbox.deliver_all(at=at) == 1


def test_a_failing_message_is_tried_again_and_then_set_aside(monkeypatch, caplog):
    def fail(message):
        raise RuntimeError("no")

    monkeypatch.setitem(outbox._handlers, KIND, fail)
    at = clock.now()
    message = outbox.put(KIND, at=at)
    for attempt in range(outbox.MAX_ATTEMPTS):
        later = at + timedelta(days=attempt + 1)
        assert [outbox.deliver(i, at=later) for i in outbox.claim_due(at=later)] == [False]
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (OutboxState.DEAD, 8, "RuntimeError: no")
    assert outbox.claim_due(at=at + timedelta(days=99)) == []


def test_a_claim_that_nobody_took_up_runs_out(effects):
    at = clock.now()
    outbox.put(KIND, at=at)
    first = outbox.claim_due(at=at)
    assert outbox.claim_due(at=at + outbox.CLAIM_FOR / 2) == []
    assert outbox.claim_due(at=at + outbox.CLAIM_FOR * 2) == first


def test_waiting_in_a_backlog_wears_no_message_out(effects):
    at = clock.now()
    message = outbox.put(KIND, at=at, subject_id=7)
    for told in range(outbox.MAX_ATTEMPTS * 3):
        assert outbox.claim_due(at=at + outbox.CLAIM_FOR * 2 * told) == [message.id]
    assert outbox.deliver(message.id, at=at) is True
    message.refresh_from_db()
    assert (message.state, message.attempts, effects) == (OutboxState.DONE, 1, [{"subject_id": 7}])


def test_a_bell_that_rings_late_finds_nothing_to_do(effects):
    at = clock.now()
    message = outbox.put(KIND, at=at)
    assert outbox.deliver(message.id, at=at) is False, "not claimed"
    outbox.deliver_all(at=at)
    assert outbox.deliver(message.id, at=at) is False, "done"
    assert effects == [{}]
