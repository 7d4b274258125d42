"""Nightly: a new day reaches today's columns, the public's feed, the three nets. After an import: rows are findable."""

from datetime import time

from django.db import transaction
from django.db.models.functions import TruncDate

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.locking import lock_all
from foundation.imports.queries import written_ids

from . import changes, coverage, search
from .models import Institution, StandingEvent, StatusEvent
from .notices import IMPORTED
from .operations.nets import fill_nets
from .present import refresh_cached

REFRESH_TODAY = "institutions.refresh_today"
FILL_NETS = "institutions.fill_nets"
FILLED_AT_ONCE = 2000

schedule.periodic(REFRESH_TODAY, schedule.Daily(at=time(0, 5)))
schedule.periodic(FILL_NETS, schedule.Daily(at=time(0, 20)))


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


@outbox.handles(FILL_NETS, long=True)
def fill_every_net(message) -> None:
    """Names follow the posts of today, a bureau at a time; doing it twice changes nothing."""
    for bureau in Institution.objects.current().order_by().values_list("jurisdiction_id", flat=True).distinct():
        keeper = job("三张网补齐", Can.EDIT_REGISTER, scope=frozenset({bureau}))
        rows = list(coverage.operating(keeper).only("pk").order_by("pk"))
        for start in range(0, len(rows), FILLED_AT_ONCE):
            fill_nets(institutions=rows[start : start + FILLED_AT_ONCE], by=keeper, at=clock.now())
