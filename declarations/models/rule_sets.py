"""规范制度: a bureau's rules for its institutions, in versions that never change; a commitment refers to one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction


class RuleSet(models.Model):
    """One version. ``norms`` are what to keep to, ``bans`` what not to do, a sentence each, in the bureau's own words;
    how many there are (such as 五规范、三不准) is the bureau's affair."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="地区", on_delete=models.PROTECT)
    title = models.CharField("制度名称", max_length=80)
    version = models.PositiveSmallIntegerField("版本")
    norms = models.JSONField("规范")
    bans = models.JSONField("不准", default=list, blank=True)
    effective_on = models.DateField("施行日期")
    laid_down_at = models.DateTimeField("制定时间")
    laid_down_by = models.ForeignKey(User, verbose_name="制定人", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "规范制度"
        verbose_name_plural = "规范制度"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "title", "version"],
                name="rule_set_version_once",
                violation_error_message="这一版本已经制定。",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(version__gte=1),
                name="rule_set_named",
                violation_error_message="规范制度必须有名称和版本。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"

    @property
    def count_text(self) -> str:
        """Such as 5规范3不准."""
        return f"{len(self.norms)}规范{len(self.bans)}不准"
