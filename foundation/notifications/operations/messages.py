"""Telling people, and what they do with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.db import IntegrityError, models, transaction

from foundation.accounts.models import User
from foundation.audit import record as audit
from foundation.core.actor import Actor
from foundation.core.constraints import insert, message_for, update
from foundation.core.errors import InvalidInput
from foundation.core.locking import hold_all, lock, lock_all
from foundation.core.operation import authorize, operation

from .. import events, queries, registry, rules
from ..kinds import NoticeKind
from ..models import Message, Preference
from ..posting import put_deliveries

TOLD_ONCE = "message_told_once"  # the constraint


@operation
def send(
    *,
    notice: NoticeKind,
    to: Iterable[int],
    title: str,
    by: Actor,
    at: datetime,
    about: models.Model | None = None,
    body: str = "",
    url: str = "",
    period: str = "",
    reminder: str = "",
) -> list[Message]:
    """Put a message into the inbox of each active person of ``to`` (user ids), and on its way by their other channels.

    Whoever was told the same (kind, subject, period) before is left out; returns the new messages. With the code of a
    ``reminder`` its recipients are held, so that two runs at once make one digest, which its letter may be.
    """
    authorize(by, rules.can_send)
    key = {
        "kind": notice.code,
        "about_type": about._meta.label_lower if about is not None else "",
        "about_id": about.pk if about is not None else 0,
        "period": period,
    }
    if reminder:
        to = list(to)
        hold_all(User, to)
    words = {"label": notice.label, "topic": notice.topic, "title": title[:120], "body": body, "url": url}
    words["reminder"] = reminder
    sent = _into_inboxes(set(to), key, words, at=at)
    preferences = queries.preferences_of([message.recipient for message in sent])
    for message in sent:
        put_deliveries(message, preferences[message.recipient_id], at=at)
    if sent:
        audit.record(
            events.MESSAGES_SENT,
            subject=about if about is not None else sent[0],
            by=by,
            at=at,
            changes={"kind": [None, notice.code], "recipients": [0, len(sent)]},
            reason=title,
        )
    return sent


def _into_inboxes(to: set[int], key: dict[str, object], words: dict[str, str], *, at: datetime) -> list[Message]:
    """One for each active person who has none; who was told by somebody else at the same moment is left out, too."""
    for left in reversed(range(len(to) + 1)):  # a refusal means that one more of them was told
        told = Message.objects.filter(**key, recipient__in=to).values("recipient")
        people = User.objects.filter(pk__in=to, is_active=True).exclude(pk__in=told).order_by("pk")
        try:
            with transaction.atomic():
                return [insert(Message(recipient=person, created_at=at, **key, **words)) for person in people]
        except IntegrityError as error:
            if not left or message_for(error)[0] != TOLD_ONCE:
                raise
    return []


@operation
def mark_read(*, message: Message, by: Actor, at: datetime) -> Message:
    """The recipient has read it; reading again changes nothing."""
    message = lock(Message, message.pk)
    authorize(by, rules.can_read, message)
    if message.read_at is None:
        message.read_at = at
        changes = update(message, "read_at")
        audit.record(events.MESSAGE_READ, subject=message, by=by, at=at, changes=changes)
    return message


@operation
def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Everything unread in the actor's inbox is read; returns how many. Nothing unread changes nothing."""
    authorize(by, rules.can_choose)
    rows = lock_all(Message, queries.unread(by).values_list("pk", flat=True))
    unread = [row for row in rows if row.read_at is None]
    if not unread:
        return 0
    Message.objects.filter(pk__in=[row.pk for row in unread]).update(read_at=at)
    audit.record(events.INBOX_READ, subject=unread[-1], by=by, at=at, changes={"read": [0, len(unread)]})
    return len(unread)


@operation
def choose_preference(
    *,
    email_topics: list[str],
    sms_topics: list[str],
    off: list[str],
    gathers: bool,
    quiet_from: time | None,
    quiet_to: time | None,
    by: Actor,
    at: datetime,
) -> Preference:
    """The actor chooses channels by topic, reminders that stay in the inbox, digest and quiet hours; the inbox always
    gets everything. Raises InvalidInput for a reminder that nobody can switch off."""
    authorize(by, rules.can_choose)
    if fixed := set(off) - {each.code for each in registry.optional()}:
        raise InvalidInput(f"有 {len(fixed)} 项提醒不能关闭：法定期限的提醒始终发送。", code="fixed_reminder")
    user = lock(User, by.user_id)
    wanted = {
        "email_topics": sorted(email_topics),
        "sms_topics": sorted(sms_topics),
        "off": sorted(off),
        "gathers": gathers,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
    }
    preference = Preference.objects.filter(user=user).first()
    if preference is None:
        before = Preference.default_for(user)
        preference = insert(Preference(user=user, **wanted))
        changes = {name: [getattr(before, name), value] for name, value in wanted.items()}
    else:
        for name, value in wanted.items():
            setattr(preference, name, value)
        changes = update(preference, *wanted)
    if changes:
        audit.record(events.PREFERENCE_CHOSEN, subject=preference, by=by, at=at, changes=changes)
    return preference
