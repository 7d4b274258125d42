"""The clocks of a clue by hand-counted days, who sees them, and what is said of the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from clues import clocks, receipts
from clues.enums import Channel, ClueState, Satisfaction, Verdict
from clues.following import follow
from clues.models import CallBack, Clue
from clues.operations import callbacks, triage
from clues.operations.clues import close_clue, start_checking
from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import extend_deadline, pause_deadline, resume_deadline
from foundation.deadlines.queries import clocks_of
from foundation.notifications.models import Message
from tests.cast import NEIGHBOUR, jurisdiction
from tests.clues.factories import accepted, clue, in_state
from tests.clues.tipping import RECEIPT, tip
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def clock_of(row: Clue, code: str) -> Deadline:
    return clocks_of(row).get(code=code)


# 2026-11-02 is a Monday; no day off of November falls on a working day.
def test_three_days_to_decide_and_thirteen_to_answer(cast):
    row = tip()
    assert clock_of(row, clocks.ACCEPTANCE).due_on == date(2026, 11, 5)
    assert follow(receipts.hashed(RECEIPT)).answer_by is None
    accepted(row, cast.officer, at=AT + DAY)
    decided, answer = clock_of(row, clocks.ACCEPTANCE), clock_of(row, clocks.ANSWER)
    assert (decided.state, answer.due_on) == (DeadlineState.MET, date(2026, 11, 20))
    assert follow(receipts.hashed(RECEIPT)).answer_by == date(2026, 11, 20)
    start_checking(clue=row, by=cast.officer, at=AT + DAY)
    close_clue(clue=row, verdict=Verdict.TRUE, result="已查", by=cast.officer, at=AT + 2 * DAY)
    answer.refresh_from_db()
    assert (answer.state, answer.met_at) == (DeadlineState.MET, AT + 2 * DAY)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (AT.replace(year=2026, month=9, day=30), date(2026, 10, 10)),  # 国庆 1-7, worked on Saturday the 10th
        (AT.replace(year=2026, month=2, day=13), date(2026, 2, 25)),  # 春节 15-23, worked on Saturday the 14th
    ],
)
def test_days_off_and_make_up_days_are_counted(cast, at, due):
    assert clock_of(tip(at=at, happened_on=at.date()), clocks.ACCEPTANCE).due_on == due


def test_it_is_paused_and_extended_with_a_reason_and_the_sender_sees_the_new_day(cast):
    row = accepted(tip(), cast.officer)
    answer = clock_of(row, clocks.ANSWER)
    assert answer.due_on == date(2026, 11, 19)
    pause_deadline(deadline=answer, reason="等待专家鉴别", by=cast.officer, at=AT + DAY)
    assert follow(receipts.hashed(RECEIPT)).answer_by is None
    resume_deadline(deadline=answer, by=cast.officer, at=AT + 8 * DAY)
    assert follow(receipts.hashed(RECEIPT)).answer_by == date(2026, 11, 26)
    extend_deadline(deadline=answer, amount=5, reason="涉及多个部门", by=cast.officer, at=AT + 9 * DAY)
    assert follow(receipts.hashed(RECEIPT)).answer_by == date(2026, 12, 3)
    with pytest.raises(NotAllowed):
        extend_deadline(deadline=answer, amount=5, reason="x", by=cast.town, at=AT + 9 * DAY)


def test_only_those_who_handle_or_watch_clues_see_that_there_is_one(cast):
    """The leader opens clues and sees whose are late; only who handles them runs the clock."""
    row = tip()
    seen = {name for name, actor in cast.everyone().items() if Deadline.objects.visible_to(actor).exists()}
    assert seen == {"officer", "second_officer", "leader", "city"}
    assert clock_of(row, clocks.ACCEPTANCE).confidential


def test_refused_merged_handed_over_and_given_back(cast):
    refused, merged, moved = in_state(cast, ClueState.REFUSED), in_state(cast, ClueState.MERGED), tip()
    assert [d.state for d in clocks_of(refused)] == [DeadlineState.MET]
    assert [d.state for d in clocks_of(merged)] == [DeadlineState.CANCELLED]
    triage.hand_over(clue=moved, to=jurisdiction(NEIGHBOUR), reason="不在本区", by=cast.officer, at=AT + DAY)
    triage.give_back(clue=moved, reason="也不在本区", by=cast.neighbour, at=AT + 2 * DAY)
    found = [(d.jurisdiction.code == NEIGHBOUR, d.state, d.due_on) for d in clocks_of(moved)]
    assert found == [
        (False, DeadlineState.MET, date(2026, 11, 5)), (True, DeadlineState.MET, date(2026, 11, 6)),
        (False, DeadlineState.RUNNING, date(2026, 11, 9)),
    ]  # fmt: skip


def test_our_own_people_wait_for_no_answer(cast):
    row = accepted(clue(cast.officer, channel=Channel.STAFF), cast.officer)
    assert not clocks_of(row).exists()


# -- call-back -----------------------------------------------------------------------------------------------------
def test_the_sender_says_once_what_it_thinks_of_the_end(cast):
    row, mine = tip(), receipts.hashed(RECEIPT)
    say = {"receipt": mine, "satisfaction": Satisfaction.UNSATISFIED, "words": "没人来看", "by": ANONYMOUS, "at": AT}
    with pytest.raises(IllegalTransition, match="办结以后"):
        callbacks.rate_as_sender(**say)
    start_checking(clue=accepted(row, cast.officer), by=cast.officer, at=AT)
    close_clue(clue=row, verdict=Verdict.UNTRUE, result="未见培训", by=cast.officer, at=AT)
    assert follow(mine).may_rate
    callbacks.rate_as_sender(**say)
    assert not follow(mine).may_rate
    with pytest.raises(InvalidInput):
        callbacks.rate_as_sender(**say)
    with pytest.raises(Conflict):
        callbacks.rate_as_sender(**{**say, "receipt": "0" * 64})
    with pytest.raises(InvalidInput):
        callbacks.rate_as_sender(**{**say, "satisfaction": Satisfaction.UNREACHABLE})
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM clues_callback")
        assert "没人来看" not in cursor.fetchone()[0]
    outbox.deliver_all(at=AT)
    assert Message.objects.get(kind="clues.unsatisfied").recipient_id == cast.officer.user_id


def test_the_desk_calls_back_and_nobody_else(cast, enter):
    row = in_state(cast, ClueState.CLOSED)
    for name, actor in cast.everyone().items():
        if name not in {"officer", "second_officer", "city"}:
            with pytest.raises(NotAllowed):
                callbacks.record_call_back(clue=row, satisfaction=Satisfaction.SATISFIED, by=actor, at=AT)
    with clock.set_to(AT):
        client, page = enter(cast.officer), f"/admin/clues/clue/{row.pk}/"
        client.post(f"{page}call-back/", {"satisfaction": "satisfied", "words": "谢谢"})
        html = client.get(page).content.decode()
    assert (CallBack.objects.get().called_by_id, "谢谢" in html) == (cast.officer.user_id, True)
    assert "/call-back/" not in html


def test_the_sender_rates_on_the_page(cast, client):
    row = tip()
    start_checking(clue=accepted(row, cast.officer), by=cast.officer, at=AT)
    close_clue(clue=row, verdict=Verdict.TRUE, result="已查", by=cast.officer, at=AT)
    assert "满意" in client.post("/tips/progress/", {"receipt": RECEIPT}).content.decode()
    html = client.post("/tips/progress/", {"receipt": RECEIPT, "satisfaction": "partly"}).content.decode()
    assert ("您对办理结果满意吗" in html, CallBack.objects.get().satisfaction) == (False, Satisfaction.PARTLY)
    client.post("/tips/progress/", {"receipt": RECEIPT, "satisfaction": "satisfied"})
    assert CallBack.objects.get().satisfaction == Satisfaction.PARTLY
