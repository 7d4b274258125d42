"""After the commit: tell those who have to look again, or to open a case."""

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from foundation.notifications.rules import SENDER

from . import notices
from .models import Order


@outbox.handles(notices.ORDER_MOVED)
def tell(message) -> None:
    """One message to the officers of the organ that issued the order; telling twice changes nothing."""
    notice = notices.BY_CODE[message.payload["notice"]]
    order = Order.objects.get(pk=message.payload["order_id"])
    send(
        notice=notice,
        to=people_in(order.organ_id, Can.ISSUE_ORDER, on=clock.today()),
        title=f"{order.party_name}：{order.number}",
        url=reverse("admin:enforcement_order_change", args=[order.pk]),
        about=order,
        period=order.state_at.isoformat(),
        by=SENDER,
        at=clock.now(),
    )
