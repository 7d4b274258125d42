"""Which bureau's monthly report the portal counts by itself, on which day, and for whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, Post, User
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction

LAST_DAY = 28  # every month has it


class ReportPlan(models.Model):
    """On ``day`` of each month the report of the month before is counted; ``keeper`` is who prepares it."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="填报地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="填报单位", on_delete=models.PROTECT)
    day = models.PositiveSmallIntegerField("每月几日")
    keeper = models.ForeignKey(Post, verbose_name="编制人", on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(User, verbose_name="设定人", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "月报计划"
        verbose_name_plural = "月报计划"
        constraints = [
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=LAST_DAY),
                name="report_plan_day_in_every_month",
                violation_error_message=f"请选择1日到{LAST_DAY}日。",
            ),
            models.UniqueConstraint(
                fields=["organ"],
                condition=Q(ended_at__isnull=True),
                name="report_plan_one_an_organ",
                violation_error_message="本单位已有月报计划，请先停用。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ}每月{self.day}日编制上月月报"
