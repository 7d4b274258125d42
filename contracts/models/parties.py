"""Pupil and guardian of a contract: sealed under a key of their own, after the guardian agreed; opened on approval.

The party's primary key is its consent's, the consent's is the contract's: without a consent to this very contract the
database keeps no party.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from clues.enums import OpeningState
from foundation.accounts.models import User
from foundation.core.constraints import one_of, other_person
from foundation.core.scope import Scope, ScopedQuerySet

from ..enums import ConsentWay
from .contracts import Contract


class Consent(models.Model):
    """监护人同意: who agreed to which words, when and in which way. Stays as proof when the party is destroyed."""

    SCOPE = Scope("contract__jurisdiction_id", withdrawn="contract__voided_at")

    contract = models.OneToOneField(
        Contract, verbose_name="合同", on_delete=models.PROTECT, primary_key=True, related_name="consent"
    )
    guardian_masked = models.CharField("监护人", max_length=20)
    text_version = models.CharField("告知书版本", max_length=20)
    text_hash = models.CharField("告知书摘要(SHA-256)", max_length=64)
    given_on = models.DateField("同意日期")
    way = models.CharField("同意方式", max_length=10, choices=ConsentWay.choices)
    recorded_on = models.DateField("登记日期")
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "监护人同意"
        verbose_name_plural = "监护人同意"
        constraints = [
            one_of("way", ConsentWay, name="consent_way_known"),
            models.CheckConstraint(
                condition=Q(text_hash__regex=r"^[0-9a-f]{64}$") & ~Q(text_version=""),
                name="consent_names_its_words",
                violation_error_message="监护人同意必须写明告知书的版本和摘要。",
            ),
            models.CheckConstraint(
                condition=Q(given_on__lte=F("recorded_on")),
                name="consent_before_it_was_recorded",
                violation_error_message="同意日期不能晚于登记日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_masked} {self.given_on}"


class ContractParty(models.Model):
    """Who signed: all of it sealed in one text. Masks are for lists, keyed hashes for exact search and comparison."""

    SCOPE = Scope("consent__contract__jurisdiction_id", withdrawn="consent__contract__voided_at")

    consent = models.OneToOneField(
        Consent, verbose_name="监护人同意", on_delete=models.PROTECT, primary_key=True, related_name="party"
    )
    key = models.TextField("密钥（已加密）", blank=True)
    sealed = models.TextField("学员和监护人（已加密）", blank=True)
    pupil_masked = models.CharField("学员", max_length=20)
    guardian_masked = models.CharField("监护人", max_length=20)
    phone_masked = models.CharField("监护人电话", max_length=20, blank=True)
    pupil_blind = models.CharField("学员索引", max_length=64, blank=True)
    guardian_blind = models.CharField("监护人索引", max_length=64, blank=True)
    phone_blind = models.CharField("电话索引", max_length=64, blank=True)
    learner_blind = models.CharField("同一学员索引", max_length=64, blank=True)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "学员和监护人"
        verbose_name_plural = "学员和监护人"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(destroyed_at__isnull=True)
                    & ~Q(key="")
                    & ~Q(sealed="")
                    & ~Q(pupil_blind="")
                    & ~Q(guardian_blind="")
                    & ~Q(learner_blind="")
                )
                | Q(
                    destroyed_at__isnull=False,
                    key="",
                    sealed="",
                    pupil_blind="",
                    guardian_blind="",
                    phone_blind="",
                    learner_blind="",
                ),
                name="party_whole_or_gone",
                violation_error_message="学员和监护人信息要么完整，要么已销毁。",
            ),
        ]
        indexes = [
            models.Index(fields=["pupil_blind"], name="party_by_pupil"),
            models.Index(fields=["guardian_blind"], name="party_by_guardian"),
            models.Index(fields=["phone_blind"], name="party_by_phone"),
            models.Index(fields=["learner_blind"], name="party_by_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.pupil_masked}（{self.guardian_masked}）"


class PartyOpening(models.Model):
    """查看申请: one asks with a purpose, another allows it until an hour; each reading is an event."""

    SCOPE = Scope("contract__jurisdiction_id", withdrawn="contract__voided_at")

    contract = models.ForeignKey(Contract, verbose_name="合同", on_delete=models.PROTECT, related_name="openings")
    purpose = models.CharField("用途", max_length=300)
    asked_by = models.ForeignKey(User, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=10, choices=OpeningState.choices, default=OpeningState.ASKED)
    state_at = models.DateTimeField("状态时间")
    decided_by = models.ForeignKey(
        User, verbose_name="审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("审批意见", max_length=300, blank=True)
    ends_at = models.DateTimeField("有效至", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "学员信息查看申请"
        verbose_name_plural = "学员信息查看申请"
        constraints = [
            one_of("state", OpeningState, name="party_opening_state_known"),
            models.UniqueConstraint(
                fields=["contract", "asked_by"],
                condition=Q(state=OpeningState.ASKED),
                name="party_opening_asked_once",
                violation_error_message="您已经申请过，正在等审批。",
            ),
            other_person(
                "asked_by", "decided_by", name="party_opening_by_another", message="必须由申请人以外的人审批。"
            ),
            models.CheckConstraint(
                condition=Q(state=OpeningState.ASKED, decided_by__isnull=True, ends_at__isnull=True)
                | Q(state=OpeningState.ALLOWED, decided_by__isnull=False, ends_at__isnull=False)
                | Q(state=OpeningState.REFUSED, decided_by__isnull=False, ends_at__isnull=True),
                name="party_opening_decided_whole",
                violation_error_message="批准的查看必须有审批人和截止时间。",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__lte=F("state_at") + timedelta(hours=8)),
                name="party_opening_eight_hours",
                violation_error_message="查看的有效时间最长8小时。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} 查看申请"
