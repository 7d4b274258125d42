"""Institutions with alerts, made as the nightly sweep makes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from alerts import queries, tasks
from alerts.facts import Facts, Incident
from alerts.models import Alert, ScoreDay
from alerts.notices import SWEEP
from alerts.operations.sweeping import refresh_alerts
from foundation.core import clock
from foundation.core.actor import Actor, job
from foundation.deadlines.rules import RUN_DEADLINES
from institutions.models import Institution
from tests.institutions.factories import AT


def sweeper(home: Institution) -> Actor:
    return job("风险预警", SWEEP, RUN_DEADLINES, scope=frozenset({home.jurisdiction_id}))


def swept(home: Institution, *, at: datetime = AT, **facts) -> ScoreDay:
    """The sweep of one institution with these facts alone."""
    on = clock.local_date(at)
    limits = queries.thresholds_of(home.jurisdiction_id, on=on)
    return refresh_alerts(institution=home, facts=Facts(on=on, **facts), limits=limits, by=sweeper(home), at=at)


def sweep_all(at: datetime) -> None:
    """The job as the worker runs it."""
    with clock.set_to(at):
        tasks.sweep(None)


def moved_away(on: date) -> dict:
    """Facts of an institution that was reported to have moved away on a day (R08)."""
    return {"reports": [Incident(on, "搬离原址", True)]}


def alerted(home: Institution, *, at: datetime = AT) -> Alert:
    """One open alert (R08)."""
    swept(home, at=at, **moved_away(clock.local_date(at) - timedelta(days=1)))
    return Alert.objects.get(institution=home, state="open")
