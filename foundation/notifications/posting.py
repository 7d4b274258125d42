"""Which letters and texts a new message gets: its own, or a place in the day's digest. Inside the sending operation."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from foundation.core import outbox
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update

from . import queries, registry
from .enums import Channel, DeliveryState
from .kinds import DIGEST
from .models import Delivery, Message, Preference
from .quiet import next_allowed

DELIVER = "notifications.deliver"
#: What comes late, after a stand-still, is waited for so long before the digest goes out.
WAITED = timedelta(minutes=10)


def put_deliveries(message: Message, preference: Preference, *, at: datetime) -> None:
    """By each channel that the person wants it by. A digest that is under way takes nothing more along."""
    reminder = registry.find(message.reminder)
    gathers = preference.gathers and reminder is not None and reminder.gathered
    for channel in Channel:
        if queries.wanted(preference, channel, message):
            carrier = _digest(message, at=at) if gathers else message
            if not _put(carrier, channel, preference, at=at) and carrier is not message:
                _put(message, channel, preference, at=at)
            elif carrier is not message and message.digest_id is None:
                message.digest = carrier
                update(message, "digest")


def _digest(message: Message, *, at: datetime) -> Message:
    """The digest of the person's day; the operation holds the person, so there is one. Never in the inbox."""
    day = local_date(at)
    key = {"kind": DIGEST.code, "about_type": "", "about_id": 0, "period": f"{day}", "recipient": message.recipient}
    found = Message.objects.filter(**key).first()
    words = {"label": DIGEST.label, "topic": DIGEST.topic, "title": f"{day} 提醒汇总", "created_at": at, "read_at": at}
    return found or insert(Message(**key, **words))


def _put(carrier: Message, channel: Channel, preference: Preference, *, at: datetime) -> bool:
    """Promise the carrier by the channel, once; False when it has left already."""
    under_way = Delivery.objects.filter(message=carrier, channel=channel).values_list("state", flat=True).first()
    if under_way is not None:
        return under_way == DeliveryState.DUE
    hour = timezone.localtime(at).replace(
        hour=registry.GATHERED_AT.hour, minute=registry.GATHERED_AT.minute, second=0, microsecond=0
    )
    wished = max(hour, at + WAITED) if carrier.kind == DIGEST.code else at
    due_at = next_allowed(wished, preference.quiet_from, preference.quiet_to)
    facts = {"state": DeliveryState.DUE, "state_at": at, "due_at": due_at, "attempts": 0}
    delivery = insert(Delivery(message=carrier, channel=channel, **facts))
    outbox.put(DELIVER, at=at, due_at=due_at, delivery_id=delivery.pk)
    return True
