"""月报 and 专项行动统计表: the figures of an area and period, as one person counted them and another reviewed them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.regions.models import Jurisdiction
from inspections.enums import SHEETS_UNDER_WAY, SheetState

from .campaigns import Campaign

_UNDER_WAY = Q(state__in=SHEETS_UNDER_WAY)
_TWICE = "这个期间的统计表正在办理，请打开那一份。"


class FigureSheet(models.Model):
    """``figures`` are rows of (label, number as printed, unit), frozen at ``counted_at``; both days are included."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="填报地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="填报单位", on_delete=models.PROTECT)
    campaign = models.ForeignKey(
        Campaign, verbose_name="专项行动", on_delete=models.PROTECT, null=True, blank=True, related_name="figure_sheets"
    )
    title = models.CharField("表名", max_length=120)
    period_from = models.DateField("期间起")
    period_to = models.DateField("期间止")
    figures = models.JSONField("数据")
    counted_at = models.DateTimeField("数据截止时间")
    remark = models.TextField("情况说明", max_length=1000, blank=True)
    state = models.CharField("状态", max_length=10, choices=SheetState.choices, default=SheetState.PREPARED)
    state_at = models.DateTimeField("状态时间")
    prepared_by = models.ForeignKey(User, verbose_name="编制人", on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(
        User, verbose_name="审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_remark = models.CharField("审核意见", max_length=300, blank=True)
    document = models.OneToOneField(
        Document, verbose_name="文书", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "工作统计表"
        verbose_name_plural = "工作统计表"
        constraints = [
            one_of("state", SheetState, name="figure_sheet_state_known"),
            ordered("period_from", "period_to", name="figure_sheet_period_ordered", message="期间止不能早于期间起。"),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("prepared_by")),
                name="figure_sheet_two_persons",
                violation_error_message="统计表须由编制人以外的另一人审核。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SheetState.REVIEWED, SheetState.ISSUED, SheetState.RETURNED])
                | Q(reviewed_by__isnull=False),
                name="figure_sheet_reviewed_by_somebody",
                violation_error_message="审核过的统计表必须有审核人。",
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.RETURNED) | ~Q(review_remark=""),
                name="figure_sheet_returned_says_why",
                violation_error_message="退回统计表必须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.ISSUED, document__isnull=False)
                | (~Q(state=SheetState.ISSUED) & Q(document__isnull=True)),
                name="figure_sheet_issued_has_document",
                violation_error_message="已出具的统计表必须有文书。",
            ),
            models.UniqueConstraint(
                fields=["organ", "period_from", "period_to"],
                condition=_UNDER_WAY & Q(campaign__isnull=True),
                name="figure_sheet_period_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["organ", "campaign", "period_from", "period_to"],
                condition=_UNDER_WAY & Q(campaign__isnull=False),
                name="figure_sheet_campaign_once",
                violation_error_message=_TWICE,
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-period_to", "-id"], name="figure_sheet_by_bureau")]

    def __str__(self) -> str:
        return f"{self.title}（{self.period_from}至{self.period_to}）"
