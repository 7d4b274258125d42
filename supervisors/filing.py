"""What a supervisor's visit needs before it is filed, through whichever door (``inspections.conditions``)."""

from __future__ import annotations

from datetime import date

from foundation.core.actor import Actor
from foundation.core.operation import authorize
from inspections.conditions import condition
from inspections.enums import VisitKind
from inspections.reports import VisitReport
from institutions.models import Institution

from . import queries, rules


@condition(VisitKind.SUPERVISOR)
def appointed_and_instructed(report: VisitReport, by: Actor, on: date) -> None:
    """In office today and on the day of the visit, every quiz passed, no interest declared. Raises NotAllowed."""
    supervisor = queries.supervisor_of(by)
    authorize(by, rules.is_appointed, supervisor, on)
    if report.visited_on != on:
        authorize(by, rules.was_appointed, report.visited_on)
    authorize(by, rules.is_instructed, supervisor)
    if isinstance(report.subject, Institution):
        authorize(by, rules.may_visit, report.subject, report.visited_on)


def why_not_yet(actor: Actor, on: date) -> str:
    """What keeps the actor, a supervisor, from visiting on a day, as a sentence; "" for whoever may go."""
    supervisor = queries.supervisor_of(actor)
    if not rules.is_appointed(actor, supervisor, on):
        return rules.is_appointed.refusal
    return "" if rules.is_instructed(actor, supervisor) else rules.is_instructed.refusal
