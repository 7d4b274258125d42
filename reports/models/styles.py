"""How rates are printed, as each bureau decides: a dated setting that is replaced, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from reports.enums import Rounding

MOST_PLACES = 4


class RatioStyle(models.Model):
    """From ``set_at`` a bureau prints a rate (``code``) so; the newest one counts, for the bureaus below it too."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="适用地区", on_delete=models.PROTECT)
    code = models.CharField("指标代码", max_length=40)
    label = models.CharField("指标", max_length=60)
    places = models.PositiveSmallIntegerField("小数位数")
    rounding = models.CharField("取舍", max_length=10, choices=Rounding.choices)
    reason = models.CharField("理由", max_length=300)
    set_by = models.ForeignKey(User, verbose_name="设定人", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "指标取舍"
        verbose_name_plural = "指标取舍"
        constraints = [
            one_of("rounding", Rounding, name="ratio_style_rounding_known"),
            models.CheckConstraint(
                condition=Q(places__lte=MOST_PLACES),
                name="ratio_style_places_few",
                violation_error_message=f"小数位数须在0到{MOST_PLACES}之间。",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(label="") & ~Q(reason=""),
                name="ratio_style_says_why",
                violation_error_message="须写明指标和理由。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "code", "-set_at"], name="ratio_style_newest")]

    def __str__(self) -> str:
        return f"{self.label}：{self.places}位小数，{self.get_rounding_display()}"
