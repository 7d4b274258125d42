"""One delivery from beginning to end, between the outbox and the channel."""

from __future__ import annotations

from foundation.core import clock

from .channels import SENDERS, NotReachable
from .enums import Channel, DeliveryState
from .models import Delivery
from .operations.deliveries import begin_delivery, fail_delivery, skip_delivery, succeed_delivery
from .rules import SENDER


class ChannelFailed(Exception):
    """A channel's error by its type only: its text may hold a number or an address, and the outbox keeps texts."""


def carry_out(delivery: Delivery) -> None:
    """Send one delivery unless it is done or moot; raises ChannelFailed, so that the outbox tries again later."""
    delivery = begin_delivery(delivery=delivery, by=SENDER, at=clock.now())
    if delivery.state != DeliveryState.SENDING:
        return
    try:
        SENDERS[Channel(delivery.channel)](delivery)
    except NotReachable as reason:
        skip_delivery(delivery=delivery, reason=str(reason), by=SENDER, at=clock.now())
    except Exception as error:  # noqa: BLE001 - adapters raise what they like
        name = type(error).__name__
        failed = fail_delivery(delivery=delivery, error=name, by=SENDER, at=clock.now())
        if failed.state != DeliveryState.FAILED:
            raise ChannelFailed(f"{delivery.channel} {delivery.pk}: {name}") from None
    else:
        succeed_delivery(delivery=delivery, by=SENDER, at=clock.now())
