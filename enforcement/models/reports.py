"""What a summoned institution reports of having put right after an interview."""

from __future__ import annotations

from django.db import models

from foundation.accounts.models import User
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo

from .interviews import InterviewParty


class InterviewReport(models.Model):
    """Words of one of the summoned. ``entered_by`` is empty when they came by a one-purpose link."""

    SCOPE = Scope(
        "party__institution__jurisdiction_id",
        division="party__institution__division_id",
        category="party__institution__category",
        withdrawn="party__institution__withdrawn_at",
    )

    party = models.ForeignKey(InterviewParty, verbose_name="约谈对象", on_delete=models.PROTECT, related_name="reports")
    text = models.TextField("整改情况", max_length=2000)
    given_by = models.CharField("报告人", max_length=60)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "约谈整改报告"
        verbose_name_plural = "约谈整改报告"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(given_by=""),
                name="interview_report_says_something",
                violation_error_message="整改报告必须写明情况和报告人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.given_by}"


class InterviewReportPhoto(models.Model):
    """A photo of a report."""

    SCOPE = Scope(
        "report__party__institution__jurisdiction_id",
        division="report__party__institution__division_id",
        category="report__party__institution__category",
        withdrawn="report__party__institution__withdrawn_at",
    )

    report = models.ForeignKey(
        InterviewReport, verbose_name="整改报告", on_delete=models.PROTECT, related_name="photos"
    )
    photo = models.OneToOneField(
        Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_interview_report"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "约谈整改照片"
        verbose_name_plural = "约谈整改照片"

    def __str__(self) -> str:
        return f"{self.report_id} · {self.photo_id}"


belongs_to(InterviewReportPhoto, "report")
