"""Count a report in one snapshot of the database, and keep what was counted."""

from __future__ import annotations

from django.db import connection, transaction

from foundation.core import clock, underway
from foundation.core.actor import job
from foundation.core.errors import IllegalTransition

from . import notices
from .counting import count
from .enums import ReportState
from .models import Counting, Report
from .operations import file_counting

COUNTER = job("报表统计", notices.COUNT_REPORTS)
STEP = "count"


def work_name(report: Report) -> str:
    """What the session is called that counts it; see ``core.underway``."""
    return f"report {report.pk}"


def count_report(report: Report) -> Counting | None:
    """Count it and keep the lines; None when it does not wait for its numbers (any more).

    All lines see the same records: the counting reads one snapshot, and its instant is taken after the snapshot.
    """
    if report.state != ReportState.COUNTING:
        return None
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:  # a snapshot has to be the first thing of a transaction
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        counted_at = clock.now()
        lines = count(report, lambda done, of: underway.note(work_name(report), STEP, done, of))
    try:
        return file_counting(report=report, lines=lines, by=COUNTER, at=counted_at)
    except IllegalTransition:  # withdrawn meanwhile, or another worker was first
        return None
