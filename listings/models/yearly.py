"""年检: a bureau's year of checks, and one institution's check from its own report to the published conclusion."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.regions.models import Jurisdiction
from inspections.models import Visit
from institutions.models import Institution
from listings.enums import CHECK_CONCLUDED, CheckState

from .lists import VIA_INSTITUTION


class CheckYear(models.Model):
    """The annual check of a bureau for a year: what the institutions report, by when, and what it may come to."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="组织单位", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField("年度")
    report_by = models.DateField("自查报送截止")
    questions = ArrayField(models.CharField(max_length=80), verbose_name="自查项目")
    grades = ArrayField(models.CharField(max_length=20), verbose_name="结论等次")
    notice_days = models.PositiveSmallIntegerField("公示天数(工作日)", default=7)
    opened_by = models.ForeignKey(User, verbose_name="发起人", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("发起时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "年检安排"
        verbose_name_plural = "年检安排"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year"],
                name="check_year_once",
                violation_error_message="该地区这一年度的年检已经安排。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2021, year__lte=2100, notice_days__gte=1, notice_days__lte=60),
                name="check_year_sane",
                violation_error_message="年度应在2021至2100之间，公示天数应在1至60之间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}{self.year}年度检查"


class AnnualCheck(models.Model):
    """One institution's check. ``report`` are rows of (question, answer); ``rows`` are what the portal's apps held of
    the year when the conclusion was drawn: (source, day, what, result), kept as they stood."""

    SCOPE = VIA_INSTITUTION

    check_year = models.ForeignKey(CheckYear, verbose_name="年检安排", on_delete=models.PROTECT, related_name="checks")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="annual_checks"
    )
    state = models.CharField("状态", max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    state_at = models.DateTimeField("状态时间")
    report = models.JSONField("自查情况", default=list, blank=True)
    reported_by = models.CharField("报送人", max_length=60, blank=True)
    reported_at = models.DateTimeField("报送时间", null=True, blank=True)
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        User, verbose_name="书面审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review = models.TextField("书面审核意见", max_length=1000, blank=True)
    visit = models.ForeignKey(
        Visit, verbose_name="实地检查记录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conclusion = models.CharField("拟定结论", max_length=20, blank=True)
    reasons = models.TextField("结论理由", max_length=1000, blank=True)
    rows = models.JSONField("年度记录", default=list, blank=True)
    concluded_by = models.ForeignKey(
        User, verbose_name="拟定人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        User, verbose_name="审定人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notice_from = models.DateField("公示起", null=True, blank=True)
    notice_until = models.DateField("公示至", null=True, blank=True)
    document = models.OneToOneField(
        Document, verbose_name="年检表", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "年检"
        verbose_name_plural = "年检"
        constraints = [
            one_of("state", CheckState, name="annual_check_state_known"),
            models.UniqueConstraint(
                fields=["check_year", "institution"],
                name="annual_check_once",
                violation_error_message="该机构已在这一年度的年检中。",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.OPEN) | (~Q(reported_by="") & Q(reported_at__isnull=False)),
                name="annual_check_reported",
                violation_error_message="报送必须有报送人和时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CHECK_CONCLUDED)
                | (Q(visit__isnull=False, concluded_by__isnull=False) & ~Q(conclusion="")),
                name="annual_check_concluded_on_site",
                violation_error_message="年检结论必须有实地检查记录和拟定人。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CheckState.NOTICE, CheckState.DONE])
                | Q(published_by__isnull=False, notice_from__isnull=False)
                & Q(notice_until__isnull=False, notice_until__gte=F("notice_from")),
                name="annual_check_notice_has_end",
                violation_error_message="公示必须有审定人和起止日期。",
            ),
            other_person(
                "concluded_by",
                "published_by",
                name="annual_check_four_eyes",
                message="拟定结论的人不能审定。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-id"], name="annual_check_by_inst")]

    def __str__(self) -> str:
        return f"{self.institution} {self.check_year.year}年度检查"
