"""A report taken out as a workbook leaves a trace."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.errors import Conflict
from foundation.core.operation import authorize, operation
from reports import events, rules
from reports.models import Report


@operation
def take_workbook(*, report: Report, by: Actor, at: datetime) -> Report:
    """Note that the numbers were taken out as a file. Raises NotAllowed, Conflict (nothing was counted yet)."""
    authorize(by, rules.can_take, report)
    if report.counting is None:
        raise Conflict("报表还在统计，请稍后再试。", code="counting")
    record(events.TAKEN, subject=report, by=by, at=at)
    return report
