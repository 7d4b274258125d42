"""Inbox: told once, read by the recipient only, choices per person."""

from datetime import date, time

import pytest

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core.actor import ANONYMOUS, job
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.notifications import queries
from foundation.notifications.enums import Channel, Topic
from foundation.notifications.models import Delivery, Message, Preference
from foundation.notifications.operations.messages import choose_preference, mark_all_read, mark_read, send
from foundation.notifications.rules import SENDER
from tests.cast import OWN, jurisdiction
from tests.deadlines.factories import at
from tests.notifications.factories import NEWS, TEST, told

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 10, 8), 10)
LATER = at(date(2026, 10, 8), 11)


def test_a_thing_is_told_once_a_period(cast):
    about = jurisdiction(OWN)
    assert len(told(cast.officer, NOW, about=about, period="1")) == 1
    assert told(cast.officer, LATER, about=about, period="1") == []
    assert len(told(cast.officer, LATER, about=about, period="2")) == 1
    assert len(told(cast.officer, LATER, about=about, period="1", notice=NEWS)) == 1
    assert len(told(cast.leader, LATER, about=about, period="1")) == 1
    assert Message.objects.count() == 4
    assert Event.objects.filter(kind="notifications.sent").count() == 4


def test_one_send_is_one_event(cast):
    to = [cast.officer.user_id, cast.leader.user_id, cast.officer.user_id]
    assert len(send(notice=TEST, to=to, title="x", by=SENDER, at=NOW)) == 2
    assert Event.objects.get(kind="notifications.sent").changes["recipients"] == [0, 2]


def test_people_who_left_are_not_told(cast):
    User.objects.filter(pk=cast.officer.user_id).update(is_active=False)
    assert told(cast.officer, NOW) == []
    assert not Event.objects.filter(kind="notifications.sent").exists()


@pytest.mark.parametrize("by", [ANONYMOUS, job("别的任务")])
def test_the_public_and_other_jobs_send_nothing(cast, by):
    with pytest.raises(NotAllowed):
        told(cast.officer, NOW, by=by)
    assert not Message.objects.exists()


def test_everybody_sees_only_their_own_inbox(cast):
    for actor in (cast.officer, cast.leader, cast.supervisor):
        told(actor, NOW)
    seen = {who: Message.objects.visible_to(actor).count() for who, actor in cast.everyone().items()}
    assert {who for who, count in seen.items() if count} == {"officer", "leader", "supervisor"}
    assert set(seen.values()) == {0, 1}


def test_the_recipient_reads_once(cast):
    (message,) = told(cast.officer, NOW)
    mark_read(message=message, by=cast.officer, at=LATER)
    mark_read(message=message, by=cast.officer, at=at(date(2026, 10, 9)))
    assert Message.objects.get().read_at == LATER
    assert Event.objects.filter(kind="notifications.read").count() == 1


@pytest.mark.parametrize("who", ["leader", "second_officer", "city", "auditor", "public"])
def test_nobody_reads_for_another(cast, who):
    (message,) = told(cast.officer, NOW)
    with pytest.raises(NotAllowed, match="发给自己"):
        mark_read(message=message, by=getattr(cast, who), at=LATER)
    assert Message.objects.get().read_at is None
    assert not Event.objects.filter(kind="notifications.read").exists()


def test_all_read_marks_the_own_ones_only(cast):
    told(cast.officer, NOW, period="1")
    told(cast.officer, NOW, period="2")
    told(cast.leader, NOW)
    assert mark_all_read(by=cast.officer, at=LATER) == 2
    assert (queries.unread(cast.officer).count(), queries.unread(cast.leader).count()) == (0, 1)
    assert Event.objects.get(kind="notifications.inbox_read").changes == {"read": [0, 2]}
    assert mark_all_read(by=cast.officer, at=LATER) == 0
    assert Event.objects.filter(kind="notifications.inbox_read").count() == 1
    with pytest.raises(NotAllowed):
        mark_all_read(by=ANONYMOUS, at=LATER)


def chosen(by, **given):
    facts = {"email_topics": [], "sms_topics": [Topic.NEWS], "quiet_from": None, "quiet_to": None, "at": NOW}
    facts |= {"off": [], "gathers": True, **given}
    return choose_preference(by=by, **facts)


def test_without_a_choice_the_defaults_hold(cast):
    told(cast.officer, NOW)
    told(cast.officer, NOW, notice=NEWS)
    went = set(Delivery.objects.values_list("message__topic", "channel"))
    assert went == {
        (Topic.DEADLINE, Channel.EMAIL),
        (Topic.DEADLINE, Channel.SMS),
        (Topic.NEWS, Channel.EMAIL),
    }


def test_a_choice_holds_for_the_one_who_chose(cast):
    chosen(cast.officer)
    told(cast.officer, NOW)
    told(cast.officer, NOW, notice=NEWS)
    told(cast.leader, NOW)
    mine = Delivery.objects.filter(message__recipient=cast.officer.user_id)
    assert list(mine.values_list("message__topic", "channel")) == [(Topic.NEWS, Channel.SMS)]
    assert Delivery.objects.filter(message__recipient=cast.leader.user_id).count() == 2
    assert Message.objects.visible_to(cast.officer).count() == 2, "the inbox gets everything"


def test_choosing_again_changes_the_one_row_and_tells_what(cast):
    chosen(cast.officer)
    chosen(cast.officer, sms_topics=[])
    chosen(cast.officer, sms_topics=[])
    assert Preference.objects.count() == 1
    events = Event.objects.filter(kind="notifications.preference_chosen").order_by("pk")
    assert [set(event.changes) for event in events] == [
        {"email_topics", "sms_topics", "off", "gathers", "quiet_from", "quiet_to"},
        {"sms_topics"},
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"quiet_from": time(21)}, "同时填写"),
        ({"quiet_from": time(21), "quiet_to": time(21)}, "不能相同"),
        ({"sms_topics": ["everything"]}, "everything"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(cast, given, message):
    with pytest.raises(InvalidInput, match=message):
        chosen(cast.officer, **given)
    assert not Preference.objects.exists()
    with pytest.raises(NotAllowed):
        chosen(ANONYMOUS)
