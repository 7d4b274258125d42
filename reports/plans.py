"""Monthly reports that are due: on or after a plan's day, unless the month has one."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from foundation.accounts.models import Post

from .enums import ReportState, SheetKind
from .models import Report, ReportPlan
from .seasons import month_before


def title_of(first: date) -> str:
    """What a monthly report is called."""
    return f"{first.year}年{first.month}月校外培训治理工作月报"


def due(*, on: date) -> QuerySet[ReportPlan]:
    """Plans whose day of this month has come, without a report of the month before, also after days without a job."""
    first, last = month_before(on)
    there = Report.objects.filter(
        organ=OuterRef("organ"), kind=SheetKind.MONTH, period_from=first, period_to=last
    ).exclude(state=ReportState.WITHDRAWN)
    plans = ReportPlan.objects.filter(~Exists(there), ended_at__isnull=True, day__lte=on.day)
    return plans.select_related("organ", "keeper").order_by("pk")


def keeper_on(plan: ReportPlan, day: date) -> Post | None:
    """The post that prepares the report, while somebody active holds it."""
    held = Post.objects.filter(pk=plan.keeper_id, user__is_active=True, valid_from__lte=day)
    post = held.select_related("organ", "user", "grid", "school").first()
    return post if post and (post.valid_to is None or post.valid_to >= day) else None
