"""The SMS adapter for local work and the demo: texts are kept in a table instead of being sent."""

from __future__ import annotations

from foundation.core import clock

from .models import SentText


class KeptTexts:
    """Keeps each text once, by its reference."""

    def send(self, *, phone: str, text: str, reference: str) -> None:
        delivery_id = int(reference.rpartition("-")[2])
        SentText.objects.get_or_create(
            delivery_id=delivery_id, defaults={"phone": phone, "text": text[:300], "sent_at": clock.now()}
        )
