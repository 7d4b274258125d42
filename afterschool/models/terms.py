"""学期, the same for everybody; and the blocks of 2+N as a bureau names them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q

from afterschool.enums import BlockKind, Season
from foundation.accounts.models import DateRange
from foundation.core.constraints import one_of
from foundation.core.scope import Scope
from foundation.regions.models import Jurisdiction

from .scoped import BureauRowsQuerySet


class Term(models.Model):
    """A school term, such as 2023年春季学期; both days inclusive."""

    year = models.PositiveSmallIntegerField("年份")
    season = models.CharField("季", max_length=10, choices=Season.choices)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "学期"
        verbose_name_plural = "学期"
        constraints = [
            one_of("season", Season, name="term_season_known"),
            models.UniqueConstraint(
                fields=["year", "season"], name="term_once", violation_error_message="这个学期已经登记。"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="term_ordered",
                violation_error_message="学期的结束日期应晚于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(year=models.F("starts_on__year")),
                name="term_named_by_its_year",
                violation_error_message="学期的年份是开始日期的年份。",
            ),
            ExclusionConstraint(
                name="term_no_overlap",
                expressions=[
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message="与另一个学期的日期重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_season_display()}学期"


class Block(models.Model):
    """One block of 2+N under a bureau's own name; no more offered once it is closed."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    kind = models.CharField("类别", max_length=10, choices=BlockKind.choices)
    name = models.CharField("服务内容", max_length=40)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = BureauRowsQuerySet.as_manager()

    class Meta:
        verbose_name = "服务内容"
        verbose_name_plural = "服务内容(2+N)"
        constraints = [
            one_of("kind", BlockKind, name="block_kind_known"),
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="block_name_once",
                violation_error_message="本单位已有同名的服务内容。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="block_has_name", violation_error_message="请填写服务内容的名称。"
            ),
        ]

    def __str__(self) -> str:
        return self.name
