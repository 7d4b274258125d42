"""工作报表: the numbers of an area and period, as they were counted for one person and reviewed by another."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.regions.models import Division, Jurisdiction
from inspections.models import Campaign
from reports.enums import UNDER_WAY, ReportState, SheetKind

_UNDER_WAY = Q(state__in=UNDER_WAY)
_TWICE = "这个期间的报表正在办理，请打开那一份。"


class Report(models.Model):
    """Both days of the period are included. Its numbers are the lines of its last counting."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="填报地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="填报单位", on_delete=models.PROTECT)
    kind = models.CharField("种类", max_length=10, choices=SheetKind.choices)
    campaign = models.ForeignKey(
        Campaign, verbose_name="专项行动", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    title = models.CharField("表名", max_length=120)
    period_from = models.DateField("期间起")
    period_to = models.DateField("期间止")
    body = models.TextField("正文", max_length=20_000, blank=True)
    remark = models.TextField("情况说明", max_length=1000, blank=True)
    revises = models.ForeignKey(
        "self", verbose_name="修订的报表", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    state = models.CharField("状态", max_length=10, choices=ReportState.choices, default=ReportState.COUNTING)
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
        verbose_name = "工作报表"
        verbose_name_plural = "工作报表"
        constraints = [
            one_of("kind", SheetKind, name="report_kind_known"),
            one_of("state", ReportState, name="report_state_known"),
            ordered("period_from", "period_to", name="report_period_ordered", message="期间止不能早于期间起。"),
            models.CheckConstraint(
                condition=Q(kind=SheetKind.CAMPAIGN, campaign__isnull=False)
                | (~Q(kind=SheetKind.CAMPAIGN) & Q(campaign__isnull=True)),
                name="report_campaign_named",
                violation_error_message="专项行动统计表必须属于一个专项行动，其他报表不能。",
            ),
            models.CheckConstraint(
                condition=Q(kind=SheetKind.BULLETIN) & ~Q(body="") | ~Q(kind=SheetKind.BULLETIN) & Q(body=""),
                name="report_bulletin_has_words",
                violation_error_message="工作简报必须有正文，其他报表没有。",
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("prepared_by")),
                name="report_two_persons",
                violation_error_message="报表须由编制人以外的另一人审核。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReportState.REVIEWED, ReportState.ISSUED, ReportState.RETURNED])
                | Q(reviewed_by__isnull=False),
                name="report_reviewed_by_somebody",
                violation_error_message="审核过的报表必须有审核人。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(review_remark=""),
                name="report_returned_says_why",
                violation_error_message="退回报表必须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.ISSUED, document__isnull=False)
                | (~Q(state=ReportState.ISSUED) & Q(document__isnull=True)),
                name="report_issued_has_document",
                violation_error_message="已定稿的报表必须有文书。",
            ),
            models.CheckConstraint(
                condition=Q(revises__isnull=True) | ~Q(remark=""),
                name="report_revision_says_why",
                violation_error_message="修订报表必须写明修订原因。",
            ),
            models.UniqueConstraint(
                fields=["organ", "kind", "period_from", "period_to"],
                condition=_UNDER_WAY & Q(kind=SheetKind.MONTH),
                name="report_period_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["organ", "campaign", "period_from", "period_to"],
                condition=_UNDER_WAY & Q(campaign__isnull=False),
                name="report_campaign_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["revises"],
                condition=~Q(state=ReportState.WITHDRAWN),
                name="report_revised_once",
                violation_error_message="这份报表已经修订过，请修订最新的一份。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-period_to", "-id"], name="report_by_bureau")]

    def __str__(self) -> str:
        return f"{self.title}（{self.period_from}至{self.period_to}）"

    @property
    def counting(self) -> Counting | None:
        """The last counting: the numbers that count."""
        return self.countings.order_by("-number").first()

    @property
    def counted_at(self) -> datetime | None:
        counting = self.counting
        return counting.counted_at if counting else None


class Counting(models.Model):
    """The lines of a report as of one instant, never changed; ``digest`` is the SHA-256 of all that they say."""

    SCOPE = Scope("report__jurisdiction_id")

    report = models.ForeignKey(Report, verbose_name="报表", on_delete=models.PROTECT, related_name="countings")
    number = models.PositiveSmallIntegerField("第几次统计")
    counted_at = models.DateTimeField("统计时间")
    digest = models.CharField("校验值", max_length=64)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "报表统计"
        verbose_name_plural = "报表统计"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="counting_numbered",
                violation_error_message="这份报表刚刚统计过，请刷新。",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"),
                name="counting_digest_whole",
                violation_error_message="校验值不完整。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}次统计"

    def in_order(self) -> models.QuerySet[ReportLine]:
        """Its lines, each with its place."""
        return self.lines.select_related("place", "town", "campaign").order_by("position")


class ReportLine(models.Model):
    """One number: ``printed`` with its ``unit``; ``value`` is exact (fen for 元), of a rate ``part`` and ``whole``.

    ``first``, ``last`` and ``campaign`` are what was asked. ``typed``: somebody wrote another number over the counted
    one, which ``value`` still is. ``place`` or ``town`` is set on the lines of the table by place. ``of`` says which
    part of the KPI it is (无证, 责令停止培训), ``late`` how many rows were put on record after the period, ``past``
    the historical totals beside it.
    """

    SCOPE = Scope("counting__report__jurisdiction_id")

    counting = models.ForeignKey(Counting, verbose_name="统计", on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("序号")
    section = models.CharField("类别", max_length=40)
    place = models.ForeignKey(
        Jurisdiction, verbose_name="地区", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    town = models.ForeignKey(
        Division, verbose_name="镇街", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField("指标代码", max_length=40)
    label = models.CharField("指标", max_length=60)
    of = models.CharField("其中", max_length=120, blank=True)
    printed = models.CharField("数量", max_length=40)
    unit = models.CharField("单位", max_length=10)
    value = models.BigIntegerField("数值", null=True, blank=True)
    part = models.BigIntegerField("分子", null=True, blank=True)
    whole = models.BigIntegerField("分母", null=True, blank=True)
    typed = models.BooleanField("人工", default=False)
    first = models.DateField("起")
    last = models.DateField("止")
    campaign = models.ForeignKey(
        Campaign, verbose_name="专项行动", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    late = models.PositiveIntegerField("其中补录", default=0)
    past = models.CharField("历史汇总", max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "报表数据"
        verbose_name_plural = "报表数据"
        constraints = [
            models.UniqueConstraint(
                fields=["counting", "position"],
                name="report_line_in_its_place",
                violation_error_message="同一次统计里两行的序号相同。",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(town__isnull=True),
                name="report_line_one_place",
                violation_error_message="一行数据只属于一个地区。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.printed}{self.unit}"

    @property
    def words(self) -> str:
        """What the number is, as a table says it."""
        return f"其中：{self.of}" if self.of else self.label

    @property
    def where(self) -> str:
        return str(self.place or self.town or "")
