"""Who sent it: sealed apart, guarded by the database, opened by two persons for hours, destroyed in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from clues import receipts, sealing, tasks, workflow
from clues.enums import Channel, ClueState, OpeningState, SenderKind, Verdict
from clues.models import Clue, SealedSender, SenderOpening
from clues.operations import senders
from clues.operations.clues import close_clue, start_checking
from clues.sealing import Sender
from foundation.audit.models import Event
from foundation.core import ciphers, clock, outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from tests.cast import NEIGHBOUR
from tests.clues.factories import accepted, clue
from tests.clues.tipping import tip
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
WHO = Sender("陈小明", "13900001234")
PURPOSE = "需要本人提供合同原件"


def named(**given) -> Clue:
    return tip(sender=WHO, **given)


def asked(cast, row: Clue | None = None) -> SenderOpening:
    return senders.ask_for_sender(clue=row or named(), purpose=PURPOSE, by=cast.officer, at=AT)


def allowed(cast, row: Clue | None = None) -> SenderOpening:
    return senders.allow_opening(opening=asked(cast, row), hours=2, by=cast.leader, at=AT)


# -- sealed --------------------------------------------------------------------------------------------------------
def test_who_sent_it_is_known_to_be_sealed_and_is_nowhere_in_plain(cast):
    row, nobody = named(), tip("2" * 16)
    assert (row.sender, nobody.sender, clue(cast.officer, channel=Channel.STAFF).sender) == (
        SenderKind.SEALED, SenderKind.ANONYMOUS, "",
    )  # fmt: skip
    opening = allowed(cast, row)
    assert senders.read_sender(opening=opening, by=cast.officer, at=AT) == WHO
    with sealing.opened(row, scope=cast.officer.scope) as sealed:
        stored = f"{sealed.key} {sealed.name} {sealed.contact}"
    trail = " ".join(f"{event.changes}{event.reason}{event.subject_label}" for event in Event.objects.all())
    assert not any(word in stored + trail for word in (WHO.name, WHO.contact))


def test_the_desk_seals_a_caller_too(cast):
    row = clue(cast.officer, channel=Channel.PHONE, sender=WHO)
    assert (row.sender, WHO.contact in row.content) == (SenderKind.SEALED, False)
    assert senders.read_sender(opening=allowed(cast, row), by=cast.officer, at=AT) == WHO


def test_a_value_moved_to_another_row_or_field_does_not_open(cast):
    row, other = named(), named(receipt="2" * 16)
    for where, field in ((row, "name"), (other, "contact")):
        with sealing.opened(row, scope=cast.officer.scope) as sealed, pytest.raises(ciphers.Unreadable):
            ciphers.open_under(sealed.key, sealed.contact, row=f"clues_sealedsender/{where.pk}", field=field)


# -- the database's guard ------------------------------------------------------------------------------------------
def seen() -> list[int]:
    """Every row that a statement without any filter of ours finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clue_id FROM clues_sealedsender ORDER BY clue_id")
        return [pk for (pk,) in cursor.fetchall()]


def test_without_the_application_nobody_sees_a_row(cast):
    own, elsewhere = named(), named(receipt="2" * 16, county=NEIGHBOUR)
    assert (seen(), list(SealedSender.objects.all())) == ([], [])
    with sealing.opened(own, scope=cast.officer.scope):
        assert seen() == [own.pk]
    assert seen() == []
    # The application's filter removed: the officer asks for the neighbour's row by its id and gets nothing.
    with pytest.raises(Conflict), sealing.opened(elsewhere, scope=cast.officer.scope):
        pass
    with pytest.raises(Conflict), sealing.opened(own, scope=frozenset()):
        pass
    with sealing.opened(elsewhere, scope=cast.city.scope):
        assert seen() == [elsewhere.pk]


def test_a_row_is_neither_changed_nor_deleted(cast):
    row = named()
    for sql in ("UPDATE clues_sealedsender SET name = 'x'", "DELETE FROM clues_sealedsender"):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount == 0
    with sealing.opened(row, scope=cast.officer.scope), connection.cursor() as cursor:
        cursor.execute("DELETE FROM clues_sealedsender")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("UPDATE clues_sealedsender SET contact = 'x'")


# -- two persons ---------------------------------------------------------------------------------------------------
STEPS = {
    workflow.ALLOW: lambda row, by: senders.allow_opening(opening=row, hours=2, by=by, at=AT),
    workflow.REFUSE_OPENING: lambda row, by: senders.refuse_opening(opening=row, remark="不必", by=by, at=AT),
}


@pytest.mark.parametrize("state", OpeningState)
@pytest.mark.parametrize("step", workflow.OPENING.transitions, ids=lambda step: step.name)
def test_each_step_from_each_state(cast, state, step):
    row = asked(cast)
    if state != OpeningState.ASKED:
        STEPS[workflow.ALLOW if state == OpeningState.ALLOWED else workflow.REFUSE_OPENING](row, cast.leader)
    if step.starts_from(state):
        assert STEPS[step](row, cast.leader).state == step.target
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](row, cast.leader)
        row.refresh_from_db()
        assert row.state == state


def test_every_reading_is_an_event_and_the_hours_end(cast):
    opening = allowed(cast)
    for minutes in (0, 60, 120):
        senders.read_sender(opening=opening, by=cast.officer, at=AT + timedelta(minutes=minutes))
    with pytest.raises(Conflict, match="有效时间"):
        senders.read_sender(opening=opening, by=cast.officer, at=AT + timedelta(minutes=121))
    events = list(Event.objects.filter(kind__startswith="clue.sender").order_by("pk").values_list("kind", "actor_id"))
    assert events == [
        ("clue.sender_asked", cast.officer.user_id), ("clue.sender_allowed", cast.leader.user_id),
        *[("clue.sender_read", cast.officer.user_id)] * 3,
    ]  # fmt: skip
    assert Event.objects.filter(kind="clue.sender_read", reason=PURPOSE).count() == 3


def test_nobody_reads_what_was_not_allowed_or_was_allowed_to_another(cast):
    waiting = asked(cast)
    with pytest.raises(NotAllowed):
        senders.read_sender(opening=waiting, by=cast.officer, at=AT)
    opening = senders.allow_opening(opening=waiting, hours=1, by=cast.leader, at=AT)
    for name, actor in cast.everyone().items():
        if name != "officer":
            with pytest.raises(NotAllowed):
                senders.read_sender(opening=opening, by=actor, at=AT)
    assert not Event.objects.filter(kind="clue.sender_read").exists()


def test_who_may_ask_and_who_decide(cast):
    row = named()
    may_ask = {"officer", "second_officer", "city"}
    for name, actor in cast.everyone().items():
        if name in may_ask:
            assert senders.ask_for_sender(clue=row, purpose=PURPOSE, by=actor, at=AT)
        else:
            with pytest.raises(NotAllowed):
                senders.ask_for_sender(clue=row, purpose=PURPOSE, by=actor, at=AT)
    [opening] = SenderOpening.objects.filter(asked_by=cast.city.user_id)
    for name, actor in cast.everyone().items():
        if name not in {"leader"}:  # the city may decide, but not what it asked for itself
            with pytest.raises(NotAllowed):
                senders.allow_opening(opening=opening, hours=1, by=actor, at=AT)
    assert senders.allow_opening(opening=opening, hours=1, by=cast.leader, at=AT).state == OpeningState.ALLOWED


def test_what_does_not_fit_is_refused(cast):
    with pytest.raises(Conflict, match="没有可以拆封"):
        asked(cast, tip("3" * 16))
    with pytest.raises(InvalidInput, match="至少6个字"):
        senders.ask_for_sender(clue=named(), purpose="看看", by=cast.officer, at=AT)
    row = asked(cast)
    for hours in (0, 9):
        with pytest.raises(InvalidInput, match="1至8小时"):
            senders.allow_opening(opening=row, hours=hours, by=cast.leader, at=AT)
    with pytest.raises(InvalidInput, match="理由"):
        senders.refuse_opening(opening=row, remark=" ", by=cast.leader, at=AT)
    with pytest.raises(InvalidInput, match="已经申请过"), transaction.atomic():
        asked(cast, row.clue)


def test_the_second_person_is_told_and_then_the_first(cast):
    row = asked(cast)
    outbox.deliver_all(at=AT)
    assert set(Message.objects.filter(kind="clues.opening_asked").values_list("recipient", flat=True)) == {
        cast.leader.user_id
    }
    senders.allow_opening(opening=row, hours=1, by=cast.leader, at=AT)
    outbox.deliver_all(at=AT)
    assert Message.objects.get(kind="clues.opening_decided").recipient_id == cast.officer.user_id
    assert not any(WHO.name in message.title + message.body for message in Message.objects.all())


# -- destroyed -----------------------------------------------------------------------------------------------------
def closed(cast, row: Clue) -> Clue:
    row = start_checking(clue=accepted(row, cast.officer), by=cast.officer, at=AT)
    return close_clue(clue=row, verdict=Verdict.TRUE, result="已查", by=cast.officer, at=AT)


def test_after_the_retention_time_nobody_reads_it_any_more(cast, settings):
    settings.SENDER_KEPT_DAYS = 90
    row, running = closed(cast, named()), named(receipt="2" * 16)
    opening = allowed(cast, row)
    with sealing.opened(row, scope=cast.officer.scope) as sealed:
        copy = (sealed.key, sealed.contact)
    for days, kinds in ((90, SenderKind.SEALED), (91, SenderKind.DESTROYED)):
        with clock.set_to(AT + timedelta(days=days)):
            tasks.destroy_senders(None)
            tasks.destroy_senders(None)
        row.refresh_from_db()
        running.refresh_from_db()
        assert (row.sender, running.sender) == (kinds, SenderKind.SEALED)
    assert Event.objects.filter(kind="clue.sender_destroyed").count() == 1
    with pytest.raises(Conflict, match="已按保存期限销毁"):
        senders.read_sender(opening=opening, by=cast.officer, at=AT)
    with sealing.opened(row, scope=cast.officer.scope) as sealed:
        assert (sealed.key, sealed.name, sealed.contact) == ("", "", "")
        with pytest.raises(ciphers.Unreadable):
            ciphers.open_under(sealed.key, copy[1], row=f"clues_sealedsender/{row.pk}", field="contact")


def test_only_the_portals_own_job_destroys(cast):
    row = closed(cast, named())
    for actor in cast.everyone().values():
        with pytest.raises(NotAllowed):
            senders.destroy_sender(clue=row, by=actor, at=AT)
    row.refresh_from_db()
    assert (row.sender, row.state, receipts.DIGITS) == (SenderKind.SEALED, ClueState.CLOSED, 16)


# -- pages ---------------------------------------------------------------------------------------------------------
def test_asked_allowed_and_read_on_pages(cast, enter):
    row = named()
    with clock.set_to(AT):
        client = enter(cast.officer)
        html = client.get(f"/admin/clues/clue/{row.pk}/").content.decode()
        assert ("实名（已密封）" in html, WHO.contact in html) == (True, False)
        client.post(f"/admin/clues/clue/{row.pk}/ask-sender/", {"purpose": PURPOSE})
        page = f"/admin/clues/senderopening/{SenderOpening.objects.get().pk}/"
        assert client.get(f"{page}allow/").status_code == 403
        enter(cast.leader).post(f"{page}allow/", {"hours": 1, "remark": "同意"})
        client = enter(cast.officer)
        assert WHO.contact not in client.get(f"{page}read/").content.decode()
        html = client.post(f"{page}read/").content.decode()
        assert (WHO.name in html, WHO.contact in html) == (True, True)
    with clock.set_to(AT + timedelta(minutes=20)):
        shown = client.get(page)
        told = shown.content.decode()
        assert (shown.status_code, "已批准，1小时" in told, "decided_by" in told) == (200, True, False)
    with clock.set_to(AT + timedelta(hours=2)):
        client.logout()
        response = enter(cast.officer).post(f"{page}read/")
        assert (response.status_code, WHO.contact in response.content.decode()) == (409, False)
