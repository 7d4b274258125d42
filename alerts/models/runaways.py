"""爆雷/跑路: each that happened, and which sources were searched for which days, so that 0 起 can be shown."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alerts.enums import RunawayKind
from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from .scoped import AlertQuerySet


class Runaway(models.Model):
    """One event (起). ``name`` is kept: not all who ran away were in the register."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, null=True, blank=True, related_name="runaways"
    )
    name = models.CharField("机构名称", max_length=120)
    kind = models.CharField("类型", max_length=10, choices=RunawayKind.choices)
    happened_on = models.DateField("发生日期")
    persons = models.PositiveIntegerField("涉及人数")
    amount_fen = models.BigIntegerField("涉及金额(分)")
    source = models.CharField("来源", max_length=120)
    words = models.CharField("情况", max_length=500)
    entered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("更正时间", null=True, blank=True)
    strike_reason = models.CharField("更正理由", max_length=300, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "爆雷跑路"
        verbose_name_plural = "爆雷跑路登记"
        constraints = [
            one_of("kind", RunawayKind, name="runaway_kind_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(source="") & ~Q(words="") & Q(amount_fen__gte=0),
                name="runaway_says_what",
                violation_error_message="请写明机构名称、来源和情况，金额不能为负。",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, strike_reason="")
                | (Q(struck_at__isnull=False) & ~Q(strike_reason="")),
                name="runaway_struck_whole",
                violation_error_message="更正须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "happened_on"], name="runaway_by_bureau")]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.name}{self.get_kind_display()}"


class Search(models.Model):
    """Somebody looked through sources for signs of runaways in some days of the past, and what came of it."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    first_on = models.DateField("排查期间起")
    last_on = models.DateField("排查期间止")
    sources = models.CharField("查过的来源", max_length=300)
    found = models.CharField("排查结果", max_length=300)
    searched_by = models.ForeignKey(User, verbose_name="排查人", on_delete=models.PROTECT, related_name="+")
    searched_at = models.DateTimeField("登记时间")

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "爆雷跑路排查"
        verbose_name_plural = "爆雷跑路排查"
        constraints = [
            ordered("first_on", "last_on", name="search_period_ordered", message="排查期间止不能早于起。"),
            models.CheckConstraint(
                condition=~Q(sources="") & ~Q(found=""),
                name="search_says_what",
                violation_error_message="请写明查过哪些来源和结果。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "first_on"], name="search_by_bureau")]

    def __str__(self) -> str:
        return f"{self.first_on}至{self.last_on} {self.sources[:30]}"
