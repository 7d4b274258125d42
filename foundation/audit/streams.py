"""Which append-only tables are sealed, and which of their fields the seal covers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from foundation.core.canonical import canonical

from .models import Event


@dataclass(frozen=True)
class Stream:
    """A sealed table; ``recorded`` names the field with the database's insert time."""

    name: str
    model: type[models.Model]
    recorded: str = "recorded_at"

    def fields(self) -> list[str]:
        return sorted(field.attname for field in self.model._meta.concrete_fields)

    def rows(self, ids: list[int]) -> dict[int, bytes]:
        """Canonical bytes of the rows that exist, by id."""
        found = self.model._base_manager.filter(pk__in=ids).values(*self.fields())
        return {row["id"]: canonical(row) for row in found}


EVENTS = Stream("event", Event)
_streams: dict[str, Stream] = {EVENTS.name: EVENTS}


def register(stream: Stream) -> Stream:
    """Add a sealed table of a higher app (in its ``tasks.py``)."""
    return _streams.setdefault(stream.name, stream)


def all_streams() -> list[Stream]:
    return list(_streams.values())
