"""Carrying a message out by e-mail or SMS. The network is spoken to between two transactions, never inside one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from foundation.accounts.models import User
from foundation.audit import record as audit
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance

from .. import digests, events, queries, rules, workflow
from ..enums import Channel, DeliveryState
from ..kinds import DIGEST
from ..models import Delivery, Preference
from ..posting import DELIVER
from ..quiet import next_allowed


@operation
def begin_delivery(*, delivery: Delivery, by: Actor, at: datetime) -> Delivery:
    """Take a delivery up, or put it off (quiet hours), or skip it (not wanted, done meanwhile, enough for today).

    The caller sends only when the state is ``sending`` afterwards.
    """
    delivery = lock(Delivery, delivery.pk)
    authorize(by, rules.can_deliver)
    if delivery.state not in workflow.OPEN_STATES:
        return delivery
    user = lock(User, delivery.message.recipient_id)  # one at a time for each person: the daily cap is exact
    preference = queries.preference_of(user)
    if reason := _moot(delivery, user, preference, at=at):
        return _skip(delivery, reason, by=by, at=at)
    allowed = next_allowed(at, preference.quiet_from, preference.quiet_to)
    if allowed > at:
        fields = advance(delivery, workflow.POSTPONE, at=at)
        delivery.due_at = allowed
        update(delivery, *fields, "due_at")
        outbox.put(DELIVER, at=at, due_at=allowed, delivery_id=delivery.pk)
        return delivery
    fields = advance(delivery, workflow.BEGIN, at=at)
    delivery.attempts += 1
    update(delivery, *fields, "attempts")
    return delivery


def _moot(delivery: Delivery, user: User, preference: Preference, *, at: datetime) -> str:
    """Why it should not be sent any more, or nothing."""
    message = delivery.message
    if not user.is_active:
        return "收件人账号已停用。"
    if message.kind == DIGEST.code:
        if not digests.carried(delivery, preference):
            return "汇总中的事项均已办结，或收件人已关闭这些提醒。"
    elif not queries.wanted(preference, delivery.channel, message):
        return "收件人已关闭这类提醒。"
    if digests.over([message]):
        return "发送前事项已办结、撤销或中止。"
    if delivery.channel == Channel.SMS and _texts_today(delivery, at=at) >= settings.SMS_DAILY_CAP:
        return f"已达每人每日短信上限（{settings.SMS_DAILY_CAP} 条）。"
    return ""


def _texts_today(delivery: Delivery, *, at: datetime) -> int:
    """Other texts of this Beijing day that were sent or are being sent to the same person."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    others = Delivery.objects.exclude(pk=delivery.pk)
    return others.filter(
        message__recipient=delivery.message.recipient_id,
        channel=Channel.SMS,
        state__in=[DeliveryState.SENDING, DeliveryState.SENT],
        state_at__gte=midnight,
    ).count()


@operation
def succeed_delivery(*, delivery: Delivery, by: Actor, at: datetime) -> Delivery:
    """The channel took it."""
    delivery = lock(Delivery, delivery.pk)
    authorize(by, rules.can_deliver)
    fields = advance(delivery, workflow.SUCCEED, at=at)
    delivery.sent_at, delivery.reason = at, ""
    changes = update(delivery, *fields, "sent_at", "reason")
    audit.record(events.DELIVERY_SENT, subject=delivery, by=by, at=at, changes=changes)
    return delivery


@operation
def skip_delivery(*, delivery: Delivery, reason: str, by: Actor, at: datetime) -> Delivery:
    """It cannot be sent at all: no address, or nothing configured."""
    delivery = lock(Delivery, delivery.pk)
    authorize(by, rules.can_deliver)
    return _skip(delivery, reason, by=by, at=at)


def _skip(delivery: Delivery, reason: str, *, by: Actor, at: datetime) -> Delivery:
    fields = advance(delivery, workflow.SKIP, at=at)
    delivery.reason = reason
    changes = update(delivery, *fields, "reason")
    audit.record(events.DELIVERY_SKIPPED, subject=delivery, by=by, at=at, changes=changes, reason=reason)
    return delivery


@operation
def fail_delivery(*, delivery: Delivery, error: str, by: Actor, at: datetime) -> Delivery:
    """The channel refused or did not answer: due again, or given up after as many attempts as the outbox makes."""
    delivery = lock(Delivery, delivery.pk)
    authorize(by, rules.can_deliver)
    given_up = delivery.attempts >= outbox.MAX_ATTEMPTS
    fields = advance(delivery, workflow.FAIL if given_up else workflow.POSTPONE, at=at)
    delivery.reason = f"通道出错（{error}），已尝试 {delivery.attempts} 次。"
    changes = update(delivery, *fields, "reason")
    if given_up:
        audit.record(events.DELIVERY_FAILED, subject=delivery, by=by, at=at, changes=changes, reason=delivery.reason)
    return delivery
