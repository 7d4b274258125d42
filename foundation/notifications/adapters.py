"""The SMS adapter for local work and the demo: texts are kept in a table instead of being sent."""

from __future__ import annotations

from foundation.core import clock

from .channels import DELIVERY
from .models import SentText


class KeptTexts:
    """Keeps each text once, by its reference."""

    def send(self, *, phone: str, text: str, reference: str) -> None:
        kind, _, number = reference.rpartition("-")
        kept = {"phone": phone, "text": text[:300], "sent_at": clock.now()}
        kept["delivery_id"] = int(number) if kind == DELIVERY else None
        SentText.objects.get_or_create(reference=reference, defaults=kept)
