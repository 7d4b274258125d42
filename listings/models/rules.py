"""What each list asks for, how long it lasts and how one leaves it: dated rows of a bureau, never code."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from foundation.accounts.models import DateRange
from foundation.core.constraints import one_of, ordered
from foundation.regions.models import Jurisdiction
from listings.enums import Grade, ListKind


class ListRule(models.Model):
    """How one kind of list is kept in a place (none: everywhere) from a day on; a change is a new row.

    What runs already keeps what it was proposed under: the entry copies ``published`` and ``needs_defence``. Of the
    kinds that hurt, what is published needs a defence first; the black list always does, and is always published.
    """

    kind = models.CharField("名单", max_length=12, choices=ListKind.choices)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="适用地区", on_delete=models.PROTECT, null=True, blank=True
    )
    published = models.BooleanField("向社会公布", default=True)
    needs_defence = models.BooleanField("列入前须告知并听取申辩", default=False)
    months = models.PositiveSmallIntegerField("期限(月)")
    severe_months = models.PositiveSmallIntegerField("情节严重的期限(月)", null=True, blank=True)
    until_permit_end = models.BooleanField("不超过许可有效期", default=False)
    lowest_grade = models.CharField("诚信等级不低于", max_length=1, choices=Grade.choices, blank=True)
    years_of_a = models.PositiveSmallIntegerField("连续A级年数", default=0)
    needs_licence = models.BooleanField("须证照齐全且许可有效", default=False)
    needs_no_open_order = models.BooleanField("须无未办结的通知书", default=False)
    excludes = ArrayField(
        models.CharField(max_length=12, choices=ListKind.choices), verbose_name="不得同时列入", default=list, blank=True
    )
    repair_after_months = models.PositiveSmallIntegerField("列入满几个月可申请信用修复", default=0)
    removal = models.CharField("移出条件", max_length=300)
    basis = models.CharField("依据", max_length=200)
    effective_from = models.DateField("施行起")
    effective_to = models.DateField("施行止", null=True, blank=True)

    class Meta:
        verbose_name = "名单规则"
        verbose_name_plural = "名单规则"
        constraints = [
            one_of("kind", ListKind, name="list_rule_kind_known"),
            one_of("lowest_grade", Grade, name="list_rule_grade_known", blank=True),
            ordered(
                "effective_from", "effective_to", name="list_rule_period_ordered", message="施行止不能早于施行起。"
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=120)
                & (Q(severe_months__isnull=True) | Q(severe_months__gt=F("months"), severe_months__lte=120)),
                name="list_rule_months_sane",
                violation_error_message="期限应在1至120个月之间，情节严重的应长于一般期限。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.BLACK) | Q(needs_defence=True, published=True),
                name="list_rule_black_is_heard",
                violation_error_message="黑名单必须向社会公布，列入前必须告知并听取申辩。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.WARNING) | Q(published=False) | Q(needs_defence=True),
                name="list_rule_warning_is_heard",
                violation_error_message="向社会公布的预警名单，列入前必须告知并听取申辩。",
            ),
            models.CheckConstraint(
                condition=Q(kind=ListKind.WARNING) | Q(published=True),
                name="list_rule_only_warnings_inside",
                violation_error_message="只有预警名单可以不向社会公布。",
            ),
            ExclusionConstraint(
                name="list_rule_one_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce(F("jurisdiction_id"), Value(0)), RangeOperators.EQUAL),
                    (
                        DateRange(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一名单在同一地区的规则施行时间不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}规则（{self.effective_from}起）"
