"""E-mail and SMS: after the commit, once, not at night, not too many, and no number in a log or the outbox."""

import logging
from datetime import date, timedelta

import pytest
from django.core import mail

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import IllegalTransition, NotAllowed
from foundation.core.models import OutboxMessage, OutboxState
from foundation.deadlines.operations.deadlines import meet_deadline
from foundation.notifications.adapters import KeptTexts
from foundation.notifications.enums import Channel, DeliveryState
from foundation.notifications.enums import DeliveryState as S
from foundation.notifications.models import Delivery, SentText
from foundation.notifications.operations import deliveries as operations
from foundation.notifications.operations.messages import choose_preference
from foundation.notifications.quiet import next_allowed
from foundation.notifications.rules import SENDER
from foundation.notifications.workflow import DELIVERY
from tests.deadlines.factories import at, started
from tests.notifications.factories import reachable, told

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 8)
NOW = at(DAY, 10)
PHONE = "13800001234"
KEPT = "foundation.notifications.adapters.KeptTexts"
BROKEN = f"{__name__}.Broken"
DYING = f"{__name__}.Dying"


class Broken:
    """An adapter whose error carries the number, as careless ones do."""

    def send(self, *, phone, text, reference):
        raise ConnectionError(f"gateway refused {phone}")


class Dying:
    """An adapter under which the process dies after the provider took the text."""

    def send(self, *, phone, text, reference):
        KeptTexts().send(phone=phone, text=text, reference=reference)
        raise KeyboardInterrupt


@pytest.fixture
def texts(settings):
    settings.SMS_ADAPTER = KEPT


def run(when=NOW) -> None:
    with clock.set_to(when):
        outbox.deliver_all(at=when)


def text_of(message) -> Delivery:
    return message.deliveries.get(channel=Channel.SMS)


def test_both_channels_carry_the_message_out_once(cast, texts):
    reachable(cast.officer)
    (message,) = told(cast.officer, NOW, body="“测试”将到期。", url="/admin/")
    assert (mail.outbox, SentText.objects.count()) == ([], 0), "nothing goes out before the commit"
    run()
    run()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["officer@example.com"], "请办理测试事项")
    assert letter.body == "“测试”将到期。\n\n办理：http://127.0.0.1:8000/admin/"
    kept = SentText.objects.get()
    assert (kept.phone, kept.text) == (PHONE, "【双减监管】请办理测试事项。请登录平台办理。")
    assert set(message.deliveries.values_list("state", "sent_at")) == {(S.SENT, NOW)}
    assert Event.objects.filter(kind="notifications.delivery_sent").count() == 2


@pytest.mark.parametrize(
    ("adapter", "phone", "reason"),
    [("", PHONE, "未配置短信通道。"), (KEPT, "", "收件人未登记手机号码。")],
)
def test_what_cannot_be_sent_is_said(cast, settings, adapter, phone, reason):
    settings.SMS_ADAPTER = adapter
    reachable(cast.officer, phone=phone)
    (message,) = told(cast.officer, NOW)
    run()
    assert (text_of(message).state, text_of(message).reason) == (S.SKIPPED, reason)
    assert Event.objects.get(kind="notifications.delivery_skipped").reason == reason


@pytest.mark.parametrize(
    ("backend", "email", "reason"),
    [
        ("django.core.mail.backends.dummy.EmailBackend", "a@example.com", "未配置邮件服务器。"),
        ("django.core.mail.backends.locmem.EmailBackend", "", "收件人未登记电子邮箱。"),
    ],
)
def test_mail_that_cannot_be_sent_is_said(cast, settings, backend, email, reason):
    settings.EMAIL_BACKEND = backend
    reachable(cast.officer, email=email)
    (message,) = told(cast.officer, NOW)
    run()
    delivery = message.deliveries.get(channel=Channel.EMAIL)
    assert (delivery.state, delivery.reason, mail.outbox) == (S.SKIPPED, reason, [])


def test_a_failing_channel_is_tried_again_and_never_tells_the_number(cast, settings, caplog):
    settings.SMS_ADAPTER = BROKEN
    reachable(cast.officer)
    (message,) = told(cast.officer, NOW)
    with caplog.at_level(logging.DEBUG):
        run()
    delivery = text_of(message)
    assert (delivery.state, delivery.attempts) == (S.DUE, 1)
    assert delivery.reason == "通道出错（ConnectionError），已尝试 1 次。"
    stored = str(list(OutboxMessage.objects.values())) + str(list(Event.objects.values()))
    assert PHONE not in stored + caplog.text
    assert OutboxMessage.objects.get(payload__delivery_id=delivery.pk).payload == {"delivery_id": delivery.pk}
    settings.SMS_ADAPTER = KEPT
    run(NOW + timedelta(minutes=5))
    assert (text_of(message).state, SentText.objects.count()) == (S.SENT, 1)


def test_a_channel_that_never_answers_is_given_up(cast, settings, caplog):
    settings.SMS_ADAPTER = BROKEN
    reachable(cast.officer)
    choose(cast.officer)
    (message,) = told(cast.officer, NOW)
    for hours in range(outbox.MAX_ATTEMPTS):
        run(NOW + timedelta(hours=hours))
    delivery = text_of(message)
    assert (delivery.state, delivery.attempts) == (S.FAILED, outbox.MAX_ATTEMPTS)
    assert Event.objects.filter(kind="notifications.delivery_failed").count() == 1
    assert not OutboxMessage.objects.filter(state=OutboxState.DEAD).exists()


def test_a_sender_that_died_is_followed_by_another_with_the_same_reference(cast, settings):
    settings.SMS_ADAPTER = DYING
    reachable(cast.officer)
    (message,) = told(cast.officer, NOW)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert text_of(message).state == S.SENDING
    settings.SMS_ADAPTER = KEPT
    run(NOW + outbox.CLAIM_FOR * 2)
    assert (text_of(message).state, SentText.objects.count()) == (S.SENT, 1)


def choose(actor, **given):
    facts = {"email_topics": [], "sms_topics": ["deadline"], "off": [], "gathers": True}
    facts |= {"quiet_from": None, "quiet_to": None, **given}
    return choose_preference(by=actor, at=NOW, **facts)


def test_nobody_is_disturbed_at_night(cast, texts):
    reachable(cast.officer)
    night = at(DAY, 22, 30)
    (message,) = told(cast.officer, night)
    run(night)
    assert (text_of(message).state, text_of(message).due_at) == (S.DUE, at(date(2026, 10, 9), 8))
    run(at(date(2026, 10, 9), 7, 59))
    assert not SentText.objects.exists()
    run(at(date(2026, 10, 9), 8))
    assert SentText.objects.count() == 1


def test_a_delivery_that_is_late_waits_for_the_morning_too(cast, texts):
    reachable(cast.officer)
    (message,) = told(cast.officer, NOW)
    run(at(DAY, 23))
    assert (text_of(message).state, text_of(message).due_at) == (S.DUE, at(date(2026, 10, 9), 8))
    run(at(date(2026, 10, 9), 8))
    assert (text_of(message).state, text_of(message).attempts) == (S.SENT, 1)


@pytest.mark.parametrize(
    ("clock_time", "start", "end", "expected"),
    [
        ((22, 0), (21, 0), (8, 0), (9, 8, 0)),
        ((0, 30), (21, 0), (8, 0), (8, 8, 0)),
        ((20, 59), (21, 0), (8, 0), (8, 20, 59)),
        ((8, 0), (21, 0), (8, 0), (8, 8, 0)),
        ((12, 30), (12, 0), (14, 0), (8, 14, 0)),
        ((14, 0), (12, 0), (14, 0), (8, 14, 0)),
    ],
)
def test_quiet_hours_may_run_over_midnight(clock_time, start, end, expected):
    start, end = at(DAY, *start).time(), at(DAY, *end).time()
    day, hour, minute = expected
    assert next_allowed(at(DAY, *clock_time), start, end) == at(date(2026, 10, day), hour, minute)
    assert next_allowed(at(DAY, *clock_time), None, None) == at(DAY, *clock_time)


def test_the_daily_cap_counts_by_person_and_beijing_day(cast, texts, settings):
    settings.SMS_DAILY_CAP = 2
    for actor in (cast.officer, cast.leader):
        reachable(actor)
        choose(actor)
    sent = [told(cast.officer, NOW, period=str(n))[0] for n in range(3)]
    (other,) = told(cast.leader, NOW)
    run()
    assert [text_of(message).state for message in sent] == [S.SENT, S.SENT, S.SKIPPED]
    assert text_of(sent[2]).reason == "已达每人每日短信上限（2 条）。"
    assert text_of(other).state == S.SENT
    after_midnight = at(date(2026, 10, 9), 0, 30)
    (tomorrow,) = told(cast.officer, after_midnight, period="4")
    run(after_midnight)
    assert text_of(tomorrow).state == S.SENT


def test_a_deadline_that_was_met_meanwhile_is_not_reminded_of(cast, texts):
    reachable(cast.officer)
    deadline = started(cast.officer)
    (message,) = told(cast.officer, at(DAY, 22), about=deadline)
    meet_deadline(deadline=deadline, by=cast.officer, at=at(DAY, 23))
    run(at(date(2026, 10, 9), 9))
    assert {(row.state, row.reason) for row in message.deliveries.all()} == {
        (S.SKIPPED, "发送前事项已办结、撤销或中止。")
    }
    assert (mail.outbox, SentText.objects.count()) == ([], 0)


def test_a_channel_switched_off_before_sending_stays_silent(cast, texts):
    reachable(cast.officer)
    (message,) = told(cast.officer, NOW)
    choose(cast.officer, sms_topics=[])
    run()
    assert {row.reason for row in message.deliveries.all()} == {"收件人已关闭这类提醒。"}


STEPS = {
    "begin": lambda row: operations.begin_delivery(delivery=row, by=SENDER, at=NOW),
    "succeed": lambda row: operations.succeed_delivery(delivery=row, by=SENDER, at=NOW),
    "skip": lambda row: operations.skip_delivery(delivery=row, reason="未配置。", by=SENDER, at=NOW),
    "postpone": lambda row: operations.fail_delivery(delivery=row, error="TimeoutError", by=SENDER, at=NOW),
}
REACH = {S.DUE: (), S.SENDING: ("begin",), S.SENT: ("begin", "succeed"), S.SKIPPED: ("skip",)}
NEXT = {transition.name: transition for transition in DELIVERY.transitions}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [*REACH, S.FAILED])
def test_every_state_and_step(cast, state, step):
    reachable(cast.officer)
    (message,) = told(cast.officer, NOW)
    delivery = text_of(message)
    if state == S.FAILED:
        Delivery.objects.filter(pk=delivery.pk).update(state=S.FAILED, reason="通道出错")
    for earlier in REACH.get(state, ()):
        STEPS[earlier](delivery)
    if step == "begin" and not NEXT["begin"].starts_from(state):
        assert STEPS[step](delivery).state == state, "a repeated outbox message finds it settled"
    elif NEXT[step].starts_from(state):
        assert STEPS[step](delivery).state == NEXT[step].target
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](delivery)
        assert text_of(message).state == state


@pytest.mark.parametrize("who", ["officer", "system", "public"])
def test_people_do_not_deliver(cast, who):
    (message,) = told(cast.officer, NOW)
    with pytest.raises(NotAllowed):
        operations.begin_delivery(delivery=text_of(message), by=getattr(cast, who), at=NOW)
    assert text_of(message).state == DeliveryState.DUE
