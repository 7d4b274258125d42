"""Every night every watched institution is looked at, each by itself: one that fails stops no other."""

from __future__ import annotations

import logging
from datetime import time

from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.errors import DomainError
from foundation.deadlines import working_days
from foundation.deadlines.rules import RUN_DEADLINES

from . import queries
from .collecting import facts_of, season_of
from .notices import SWEEP
from .operations.sweeping import refresh_alerts

log = logging.getLogger(__name__)

schedule.periodic(SWEEP, schedule.Daily(at=time(4, 30)))


@outbox.handles(SWEEP, long=True)
def sweep(message) -> None:
    """A second run of the same day finds the same and changes nothing."""
    at = clock.now()
    on, along = clock.local_date(at), working_days.calendar()
    for place in list(queries.jurisdictions_watched()):
        by = job("风险预警", SWEEP, RUN_DEADLINES, scope=frozenset({place}))
        limits, season = queries.thresholds_of(place, on=on), season_of(place, on=on)
        for home in queries.watched().filter(jurisdiction=place).order_by("pk"):
            facts = facts_of(home, on=on, season_percent=season, calendar=along)
            try:
                refresh_alerts(institution=home, facts=facts, limits=limits, by=by, at=at)
            except DomainError as refusal:
                log.info("alerts of institution %s not refreshed: %s", home.pk, refusal.code)
