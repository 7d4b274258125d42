"""Reading the trail."""

from __future__ import annotations

from django.db import models

from .models import Event


def timeline(subject: models.Model, *, limit: int = 50) -> list[Event]:
    """The newest events about one object, newest first."""
    events = Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return list(events.order_by("-at", "-pk")[:limit])
