"""履职台账: what each supervisor did in a month, duty by duty (监督, 反馈, 宣传; besides 建议, 核查, 培训).

One query counts a month for any number of supervisors; ``rows_of`` gives the rows behind each number by the same words.
Everything counts within the supervisor's own term. 监督 is 家次 however late, never officers' visits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from inspections.enums import VisitKind
from inspections.models import Visit

from .duties import last_day_of
from .enums import TaskState
from .models import Attendance, ClueTask, Feedback, Proposal, PublicityActivity, Supervisor
from .months import Month


@dataclass(frozen=True)
class Counted:
    """One duty: its column, its unit, the rows of a supervisor, and the day on which each of them counts."""

    key: str
    label: str
    unit: str
    rows: Callable[[], QuerySet]
    day: str
    whose: str = "supervisor"

    @property
    def head(self) -> str:
        return f"{self.label}({self.unit})"

    def between(self, whose: object, first: object, last: object) -> QuerySet:
        return self.rows().filter(**{self.whose: whose, f"{self.day}__gte": first, f"{self.day}__lte": last})


def _visits() -> QuerySet[Visit]:
    return Visit.objects.filter(kind=VisitKind.SUPERVISOR, voided_at__isnull=True)


DUTIES = (
    Counted("supervision", "监督", "家次", _visits, "visited_on", whose="filed_by"),
    Counted("feedback_filed", "反馈", "件", Feedback.objects.all, "filed_at__date"),
    Counted("publicity", "宣传", "次", PublicityActivity.objects.all, "held_on"),
    Counted("proposed", "建议", "件", Proposal.objects.all, "filed_at__date"),
    Counted("checked", "核查", "项", lambda: ClueTask.objects.filter(state=TaskState.DONE), "state_at__date"),
    Counted("trained", "培训", "次", Attendance.objects.all, "training__held_on"),
)


def counted_in(supervisors: QuerySet[Supervisor], month: Month) -> QuerySet[Supervisor]:
    """Those in office on a day of the month, each with the number of every duty and the month's first day."""
    last_day = Coalesce("last_day_on", "term_until_on")
    first, last = Value(month.first, DateField()), Value(month.last, DateField())
    held = supervisors.filter(term_from_on__lte=month.last).filter(
        Q(last_day_on__isnull=True, term_until_on__gte=month.first) | Q(last_day_on__gte=month.first)
    )
    held = held.alias(from_on=Greatest(F("term_from_on"), first), to_on=Least(last_day, last))
    numbers = {duty.key: _number(duty) for duty in DUTIES}
    return held.annotate(month_on=first, **numbers)


def _number(duty: Counted) -> Coalesce:
    whose = OuterRef("user_id") if duty.whose == "filed_by" else OuterRef("pk")
    rows = duty.between(whose, OuterRef("from_on"), OuterRef("to_on")).order_by()
    counts = rows.values(duty.whose).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def rows_of(supervisor: Supervisor, month: Month) -> list[tuple[Counted, QuerySet[Model]]]:
    """The rows behind each of the month's numbers, oldest first."""
    first: date = max(month.first, supervisor.term_from_on)
    last = min(month.last, last_day_of(supervisor))
    return [
        (
            duty,
            duty.between(supervisor.user_id if duty.whose == "filed_by" else supervisor.pk, first, last).order_by(
                duty.day.removesuffix("__date"), "pk"
            ),
        )
        for duty in DUTIES
    ]
