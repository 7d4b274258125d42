"""Carrying out deliveries. Reminders have their slots through ``daily``."""

from foundation.core import outbox

from .delivering import carry_out
from .models import Delivery
from .posting import DELIVER


@outbox.handles(DELIVER)
def deliver(message) -> None:
    carry_out(Delivery.objects.get(pk=message.payload["delivery_id"]))
