"""社会监督员 in office, and their yearly reviews."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, Post, User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.codes import new_code
from foundation.documents.models import CODE
from foundation.regions.models import Jurisdiction
from supervisors.enums import ENDED_EARLY, Identity, Level, SupervisorState, Verdict

from .candidate import Candidate
from .recruitment import Recruitment


class Supervisor(models.Model):
    """One appointed person. ``area`` is where the person works; the post of the same days opens the phone."""

    SCOPE = Scope("jurisdiction_id")

    number = models.CharField("监督员编号", max_length=30)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="推荐地区", on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, verbose_name="聘任单位", on_delete=models.PROTECT, related_name="+")
    recruitment = models.ForeignKey(
        Recruitment, verbose_name="征集", on_delete=models.PROTECT, related_name="supervisors"
    )
    candidate = models.OneToOneField(
        Candidate, verbose_name="人选", on_delete=models.PROTECT, related_name="supervisor"
    )
    user = models.ForeignKey(User, verbose_name="账号", on_delete=models.PROTECT, related_name="supervising")
    post = models.ForeignKey(Post, verbose_name="岗位", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Jurisdiction, verbose_name="责任区域", on_delete=models.PROTECT, related_name="+")
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    name = models.CharField("姓名", max_length=60)
    identities = ArrayField(models.CharField(max_length=20, choices=Identity.choices), verbose_name="身份类别")
    term_from_on = models.DateField("聘期起")
    term_until_on = models.DateField("聘期止")
    state = models.CharField("状态", max_length=10, choices=SupervisorState.choices, default=SupervisorState.IN_OFFICE)
    state_at = models.DateTimeField("状态时间")
    last_day_on = models.DateField("最后在聘日", null=True, blank=True)
    end_reason = models.CharField("离任理由", max_length=500, blank=True)
    public_code = models.CharField("核验码", max_length=16, default=new_code)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "社会监督员"
        verbose_name_plural = "社会监督员"
        constraints = [
            one_of("state", SupervisorState, name="supervisor_state_known"),
            one_of("level", Level, name="supervisor_level_known"),
            ordered("term_from_on", "term_until_on", name="supervisor_term_ordered", message="聘期止不能早于聘期起。"),
            models.UniqueConstraint(
                fields=["number"], name="supervisor_number_once", violation_error_message="监督员编号重复。"
            ),
            models.UniqueConstraint(
                fields=["public_code"], name="supervisor_code_once", violation_error_message="核验码重复，请重试。"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state=SupervisorState.IN_OFFICE),
                name="supervisor_in_office_once",
                violation_error_message="该人员已是在聘监督员。",
            ),
            models.CheckConstraint(
                condition=Q(identities__len__gte=1) & Q(identities__contained_by=Identity.values),
                name="supervisor_identities_known",
                violation_error_message="请至少选择一种身份类别。",
            ),
            models.CheckConstraint(
                condition=Q(public_code__regex=CODE),
                name="supervisor_code_whole",
                violation_error_message="核验码不完整。",
            ),
            models.CheckConstraint(
                condition=(Q(state=SupervisorState.IN_OFFICE) & Q(last_day_on__isnull=True))
                | (~Q(state=SupervisorState.IN_OFFICE) & Q(last_day_on__isnull=False)),
                name="supervisor_end_has_date",
                violation_error_message="最后在聘日应与状态一致。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ENDED_EARLY)) | ~Q(end_reason=""),
                name="supervisor_end_has_reason",
                violation_error_message="解聘和辞聘必须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["state", "term_until_on"], name="supervisor_by_state")]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"


class MonthlyDuty(Supervisor):
    """A supervisor as the ledger of a month shows one: with the number of every duty (``ledger.counted_in``)."""

    class Meta:
        proxy = True
        verbose_name = "履职台账"
        verbose_name_plural = "履职台账"


class YearReview(models.Model):
    """年度考核: how a supervisor did in one calendar year."""

    SCOPE = Scope("supervisor__jurisdiction_id")

    supervisor = models.ForeignKey(Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField("年度")
    verdict = models.CharField("考核结果", max_length=10, choices=Verdict.choices)
    remark = models.CharField("考核意见", max_length=500)
    visits = models.PositiveIntegerField("监督(家次)")
    reviewed_by = models.ForeignKey(User, verbose_name="考核人", on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField("考核时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "年度考核"
        verbose_name_plural = "年度考核"
        constraints = [
            one_of("verdict", Verdict, name="year_review_verdict_known"),
            models.UniqueConstraint(
                fields=["supervisor", "year"], name="year_review_once", violation_error_message="该年度已考核。"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2021, year__lte=2200) & ~Q(remark=""),
                name="year_review_whole",
                violation_error_message="请填写年度和考核意见。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} {self.year}年"
