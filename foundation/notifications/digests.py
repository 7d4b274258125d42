"""What the day's digest carries when it is sent: messages whose matter is open and which the person still wants."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline

from . import queries
from .models import Delivery, Message, Preference


def over(messages: Iterable[Message]) -> set[int]:
    """Ids of those whose clock was met, cancelled or paused since; one query."""
    clocks = {each.pk: each.about_id for each in messages if each.about_type == Deadline._meta.label_lower}
    running = Deadline.objects.filter(pk__in=clocks.values(), state=DeadlineState.RUNNING)
    still = set(running.values_list("pk", flat=True)) if clocks else set()
    return {pk for pk, clock in clocks.items() if clock not in still}


def carried(delivery: Delivery, preference: Preference) -> list[Message]:
    """What the digest says by this channel now; what had to go by itself is not said twice."""
    rows = list(delivery.message.gathered.exclude(deliveries__channel=delivery.channel).order_by("created_at", "pk"))
    gone = over(rows)
    return [row for row in rows if row.pk not in gone and queries.wanted(preference, delivery.channel, row)]
