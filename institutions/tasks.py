"""Nightly: what a new day changes reaches today's columns and the public's feed. After an import: rows are findable."""

from datetime import time

from django.db import transaction
from django.db.models.functions import TruncDate

from foundation.core import clock, outbox, schedule
from foundation.core.locking import lock_all
from foundation.imports.queries import written_ids

from . import changes, search
from .models import Institution, StandingEvent, StatusEvent
from .notices import IMPORTED
from .present import refresh_cached

REFRESH_TODAY = "institutions.refresh_today"

schedule.periodic(REFRESH_TODAY, schedule.Daily(at=time(0, 5)))


@outbox.handles(REFRESH_TODAY)
def refresh_today(message) -> None:
    """Bring in the events that were recorded ahead of their day; doing it twice changes nothing."""
    today = clock.today()
    due: set[int] = set()
    for model in (StatusEvent, StandingEvent):
        ahead = model.objects.filter(effective_on__lte=today, effective_on__gt=TruncDate("recorded_at"))
        due |= set(ahead.values_list("institution_id", flat=True))
    ids = sorted(due)
    for start in range(0, len(ids), 500):
        with transaction.atomic():
            for row in lock_all(Institution, ids[start : start + 500]):
                refresh_cached(row, on=today)
    changes.note_turned_days(today=today)


@outbox.handles(IMPORTED, long=True)
def make_imported_findable(message) -> None:
    """The search terms of a batch's institutions, in slices."""
    search.refresh(written_ids(message.payload["batch_id"]))
