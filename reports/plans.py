"""Monthly reports that are due: from a plan's day on, for each month that has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.accounts.models import Post
from foundation.core import clock

from .enums import ReportState, SheetKind
from .models import Report, ReportPlan
from .seasons import Span, month_before

CAUGHT_UP = 3  # months: a stand-still of the portal that lasts longer leaves older reports to people


@dataclass(frozen=True)
class Due:
    """A plan, and the first and last day of the month that it is due for."""

    plan: ReportPlan
    first: date
    last: date


def title_of(first: date) -> str:
    """What a monthly report is called."""
    return f"{first.year}年{first.month}月校外培训治理工作月报"


def due(*, on: date, **only: int) -> list[Due]:
    """What each plan (or ``only`` one) owes: the month before once its day came, and earlier ones whose day was missed.

    A plan that was set after its day catches up the month before, and nothing older.
    """
    months = list(_months_before(on))
    there = Report.objects.filter(kind=SheetKind.MONTH, period_from__in=[first for first, _ in months])
    made = set(there.exclude(state=ReportState.WITHDRAWN).values_list("organ", "period_from", "period_to"))
    plans = ReportPlan.objects.filter(ended_at__isnull=True, **only)
    return [
        Due(plan, first, last)
        for plan in plans.select_related("organ", "keeper").order_by("pk")
        for first, last in reversed(months)
        if _has_come(plan, last, on) and (plan.organ_id, first, last) not in made
    ]


def _months_before(on: date) -> Iterator[Span]:
    """The months before, the newest first."""
    day = on
    for _ in range(CAUGHT_UP):
        span = month_before(day)
        yield span
        day = span[0]


def _has_come(plan: ReportPlan, last: date, on: date) -> bool:
    day = (last + timedelta(days=1)).replace(day=plan.day)
    return day <= on and (day >= clock.local_date(plan.set_at) or last == month_before(on)[1])


def keeper_on(plan: ReportPlan, day: date) -> Post | None:
    """The post that prepares the report, while somebody active holds it."""
    held = Post.objects.filter(pk=plan.keeper_id, user__is_active=True, valid_from__lte=day)
    post = held.select_related("organ", "user", "grid", "school").first()
    return post if post and (post.valid_to is None or post.valid_to >= day) else None
