"""暂停核拨: for a reason and until a day nothing is released to an institution; refunds go on."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.constraints import ordered
from funds.models.scoped import OF_INSTITUTION, FundsQuerySet
from institutions.models import Institution


class HoldQuerySet(FundsQuerySet):
    def holding(self, on: date) -> HoldQuerySet:
        """Holds in force on a day; both days inclusive, ended ones no more."""
        return self.filter(from_on__lte=on, until_on__gte=on, ended_at__isnull=True)


class Hold(models.Model):
    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="holds")
    from_on = models.DateField("暂停起")
    until_on = models.DateField("暂停止")
    reason = models.CharField("理由", max_length=300)
    set_by = models.ForeignKey(User, verbose_name="决定人", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("决定时间")
    ended_by = models.ForeignKey(
        User, verbose_name="恢复人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("恢复时间", null=True, blank=True)
    end_reason = models.CharField("恢复理由", max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "暂停核拨"
        verbose_name_plural = "暂停核拨"
        constraints = [
            ordered("from_on", "until_on", name="hold_period_ordered", message="暂停止不能早于暂停起。"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="hold_has_reason", violation_error_message="请写明暂停核拨的理由。"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="hold_ended_whole",
                violation_error_message="提前恢复须写明由谁恢复和理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.from_on}至{self.until_on}暂停核拨"
