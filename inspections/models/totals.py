"""历史汇总: totals of periods of which no records exist, from a document, confirmed by a second person."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import DateRange, User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from inspections.enums import TOTALS_IN_FORCE, UNIT_OF, Measure, TotalState, Unit


class HistoricalTotal(models.Model):
    """One number for one measure, bureau and period (both days included). Never mixed with what is counted.

    ``records_then`` is how many records of the system the approver saw for the same period.
    """

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    measure = models.CharField("指标", max_length=20, choices=Measure.choices)
    period_from = models.DateField("期间起")
    period_to = models.DateField("期间止")
    value = models.PositiveBigIntegerField("数值")
    at_least = models.BooleanField("数值为下限(余、多)", default=False)
    source_title = models.CharField("依据文件", max_length=120)
    source_no = models.CharField("文号", max_length=60, blank=True)
    source_on = models.DateField("文件日期")
    remark = models.CharField("备注", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=TotalState.choices, default=TotalState.PENDING)
    state_at = models.DateTimeField("状态时间")
    entered_by = models.ForeignKey(User, verbose_name="录入人", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入时间")
    decided_by = models.ForeignKey(
        User, verbose_name="审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_remark = models.CharField("审核意见", max_length=300, blank=True)
    records_then = models.PositiveIntegerField("审核时系统记录数", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "历史汇总"
        verbose_name_plural = "历史汇总"
        constraints = [
            one_of("measure", Measure, name="total_measure_known"),
            one_of("state", TotalState, name="total_state_known"),
            ordered("period_from", "period_to", name="total_period_ordered", message="期间止不能早于期间起。"),
            ExclusionConstraint(
                name="total_one_a_period",
                expressions=[
                    ("jurisdiction", RangeOperators.EQUAL),
                    ("measure", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "period_from", "period_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=TOTALS_IN_FORCE),
                violation_error_message="这个单位的同一指标在这段时间已有历史汇总，期间不能重叠。",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("entered_by")),
                name="total_two_persons",
                violation_error_message="历史汇总须由录入人以外的另一人审核。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TotalState.CONFIRMED, TotalState.RETURNED]) | Q(decided_by__isnull=False),
                name="total_decided_by_somebody",
                violation_error_message="已确认或退回的历史汇总必须写明审核人。",
            ),
            models.CheckConstraint(
                condition=~Q(state=TotalState.RETURNED) | ~Q(decision_remark=""),
                name="total_returned_says_why",
                violation_error_message="退回历史汇总必须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(state=TotalState.VOIDED) ^ Q(void_reason=""),
                name="total_void_has_reason",
                violation_error_message="作废历史汇总必须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "measure", "period_from"], name="total_by_measure")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.amount}（{self.period_from}至{self.period_to}）"

    @property
    def unit(self) -> Unit:
        return UNIT_OF[Measure(self.measure)]

    @property
    def amount(self) -> str:
        """``7,364家次``, ``220余人``."""
        return f"{self.value:,}{'余' if self.at_least else ''}{self.unit.label}"
