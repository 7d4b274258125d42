"""推荐人选 and the objections that people raise while the list is shown to all."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.models import Photo
from foundation.regions.models import Jurisdiction
from supervisors.enums import CandidateState, Identity, ObjectionChannel, ObjectionState, Sex

from .recruitment import Recruitment


class Candidate(models.Model):
    """One person whom a district nominates. ``met`` are the conditions that the review found to be met."""

    SCOPE = Scope("jurisdiction_id")

    recruitment = models.ForeignKey(
        Recruitment, verbose_name="征集", on_delete=models.PROTECT, related_name="candidates"
    )
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="推荐地区", on_delete=models.PROTECT)
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=10, choices=Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField("出生年份")
    workplace = models.CharField("工作单位", max_length=120)
    position = models.CharField("职务", max_length=60, blank=True)
    identities = ArrayField(models.CharField(max_length=20, choices=Identity.choices), verbose_name="身份类别")
    phone = SealedTextField("手机号码")
    statement = models.TextField("推荐意见", max_length=2000)
    portrait = models.OneToOneField(
        Photo, verbose_name="照片", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaces = models.ForeignKey(
        "Supervisor",
        verbose_name="补选接替",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
    )
    nominated_by = models.ForeignKey(User, verbose_name="推荐经办人", on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField("推荐时间")
    state = models.CharField("状态", max_length=12, choices=CandidateState.choices, default=CandidateState.NOMINATED)
    state_at = models.DateTimeField("状态时间")
    met = ArrayField(models.CharField(max_length=40), verbose_name="符合的条件", default=list, blank=True)
    reviewed_by = models.ForeignKey(
        User, verbose_name="审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    review_reason = models.CharField("审核意见", max_length=500, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "监督员人选"
        verbose_name_plural = "监督员人选"
        constraints = [
            one_of("state", CandidateState, name="candidate_state_known"),
            one_of("sex", Sex, name="candidate_sex_known", blank=True),
            models.CheckConstraint(
                condition=Q(identities__len__gte=1) & Q(identities__contained_by=Identity.values),
                name="candidate_identities_known",
                violation_error_message="请至少选择一种身份类别。",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__gte=1900, birth_year__lte=2100),
                name="candidate_birth_year_sane",
                violation_error_message="出生年份无效。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(statement="") & ~Q(workplace=""),
                name="candidate_says_who",
                violation_error_message="姓名、工作单位和推荐意见不能为空。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CandidateState.PASSED, CandidateState.APPOINTED, CandidateState.REJECTED])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="candidate_reviewed_by_someone",
                violation_error_message="审核过的人选必须有审核人和时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidateState.REJECTED) | ~Q(review_reason=""),
                name="candidate_rejected_has_reason",
                violation_error_message="审核不通过必须写明理由。",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=[CandidateState.NOMINATED, CandidateState.PASSED, CandidateState.APPOINTED]),
                name="candidate_replaces_once",
                violation_error_message="该监督员已有补选人选。",
            ),
        ]
        indexes = [models.Index(fields=["recruitment", "state"], name="candidate_by_recruitment")]

    def __str__(self) -> str:
        return f"{self.name}（{self.jurisdiction}推荐）"


class Objection(models.Model):
    """What somebody holds against a candidate, signed with the real name; name and contact are sealed."""

    SCOPE = Scope("candidate__recruitment__jurisdiction_id")

    candidate = models.ForeignKey(Candidate, verbose_name="人选", on_delete=models.PROTECT, related_name="objections")
    channel = models.CharField("渠道", max_length=10, choices=ObjectionChannel.choices)
    objector = SealedTextField("异议人姓名")
    contact = SealedTextField("异议人联系方式")
    reason = SealedTextField("异议内容")
    filed_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    state_at = models.DateTimeField("状态时间")
    handled_by = models.ForeignKey(
        User, verbose_name="处理人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    findings = models.CharField("核查情况和处理意见", max_length=1000, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公示异议"
        verbose_name_plural = "公示异议"
        constraints = [
            one_of("state", ObjectionState, name="objection_state_known"),
            one_of("channel", ObjectionChannel, name="objection_channel_known"),
            models.CheckConstraint(
                condition=~Q(objector="") & ~Q(contact="") & ~Q(reason=""),
                name="objection_signed",
                violation_error_message="异议须实名提出，并写明联系方式和内容。",
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN) | (Q(handled_by__isnull=False) & ~Q(findings="")),
                name="objection_handled_has_findings",
                violation_error_message="处理异议必须写明核查情况和处理意见。",
            ),
        ]
        indexes = [models.Index(fields=["candidate", "state"], name="objection_by_candidate")]

    def __str__(self) -> str:
        return f"对{self.candidate.name}的异议"
