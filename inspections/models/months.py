"""What visits add up to by bureau and month, kept by the database with every visit."""

from __future__ import annotations

from django.db import models

from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction


class VisitMonth(models.Model):
    """A part of a month's numbers: they are the sums over all its rows, exact at every moment.

    Each statement that changes visits adds a row with what it changed, so nobody waits for anybody; a job folds the
    rows of a month into one (``inspections.folding``). Written by triggers alone. ``official``: not a social
    supervisor's; ``evening``: in the evening of Monday to Friday. ``dispersed`` in 人, ``dispersed_flags``: visits of
    which only a lower bound is known.
    """

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT, db_index=False)
    month = models.DateField("月份")
    official = models.BooleanField("执法检查")
    evening = models.BooleanField("工作日晚间")
    visits = models.IntegerField("家次")
    person_times = models.IntegerField("人次")
    dispersed = models.IntegerField("清散(人)")
    dispersed_flags = models.IntegerField("清散只记下限的家次")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查月汇总"
        verbose_name_plural = "检查月汇总"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="visit_month_is_a_first_day",
                violation_error_message="月份以当月第一天表示。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "month"], name="visit_month_by_bureau")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.jurisdiction_id}"
