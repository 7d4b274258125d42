"""What is forbidden, in dated words: a changed law is a new row, and a case keeps the words it was filed under."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q

from foundation.accounts.models import DateRange
from foundation.core.constraints import ordered


class Violation(models.Model):
    """One kind of unlawful conduct: the clause that forbids it, the clause that punishes it, and who is competent.

    ``needs_review``: the words come from practice and the bureau's lawyers have not checked them yet.
    """

    code = models.CharField("代码", max_length=10)
    name = models.CharField("违法行为", max_length=60)
    conduct = models.TextField("行为表现", max_length=1000)
    forbidden_by = models.CharField("违反条款", max_length=300)
    punished_by = models.CharField("处罚依据", max_length=300)
    consequence = models.TextField("处罚种类和幅度", max_length=1000)
    competent = models.CharField("主管部门", max_length=100)
    needs_review = models.BooleanField("待核实", default=False)
    effective_from = models.DateField("施行起")
    effective_to = models.DateField("施行止", null=True, blank=True)

    class Meta:
        verbose_name = "违法行为条款"
        verbose_name_plural = "违法行为条款"
        constraints = [
            ordered(
                "effective_from", "effective_to", name="violation_period_ordered", message="施行止不能早于施行起。"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name="") & ~Q(forbidden_by="") & ~Q(punished_by=""),
                name="violation_whole",
                violation_error_message="代码、名称、违反条款和处罚依据不能为空。",
            ),
            ExclusionConstraint(
                name="violation_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一代码的施行时间不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
