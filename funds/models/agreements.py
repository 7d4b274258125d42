"""三方协议 of bureau, bank and institution, their scans, and the three dated flags with their evidence."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q

from foundation.accounts.models import DateRange, Organ, User
from foundation.core.constraints import one_of, ordered
from foundation.core.history import DatedEvent, DatedEventQuerySet, withdrawal_replaces_something
from funds.enums import AgreementState, Flag, SupervisionMode
from inspections.models.papers import AttachedFile, attached_file_constraints
from institutions.models import Institution

from .accounts import SupervisedAccount
from .banks import Bank
from .scoped import OF_INSTITUTION, FundsQuerySet


class AgreementQuerySet(FundsQuerySet):
    BANK = "bank__organ_id"

    def in_force(self, on: date) -> AgreementQuerySet:
        """Signed agreements whose days cover a day, as believed now."""
        return self.filter(state=AgreementState.SIGNED, valid_from__lte=on, valid_to__gte=on)


class Agreement(models.Model):
    """One agreement of the three parties. ``renews`` is the one whose place it takes when that ends."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="fund_agreements"
    )
    organ = models.ForeignKey(Organ, verbose_name="主管机关", on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(Bank, verbose_name="监管银行", on_delete=models.PROTECT, related_name="agreements")
    account = models.ForeignKey(
        SupervisedAccount,
        verbose_name="监管账户",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
    )
    mode = models.CharField("监管方式", max_length=12, choices=SupervisionMode.choices)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期至")
    renews = models.OneToOneField(
        "self", verbose_name="续签自", on_delete=models.PROTECT, null=True, blank=True, related_name="renewal"
    )
    state = models.CharField("状态", max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFTED)
    state_at = models.DateTimeField("状态时间")
    drafted_by = models.ForeignKey(User, verbose_name="拟定人", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("拟定时间")
    signed_on = models.DateField("签署日期", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    end_reason = models.CharField("终止理由", max_length=300, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "三方协议"
        verbose_name_plural = "三方协议"
        constraints = [
            one_of("mode", SupervisionMode, name="agreement_mode_known"),
            one_of("state", AgreementState, name="agreement_state_known"),
            ordered("valid_from", "valid_to", name="agreement_period_ordered", message="有效期止不能早于有效期起。"),
            models.CheckConstraint(
                condition=~Q(state__in=[AgreementState.SIGNED, AgreementState.EXPIRED]) | Q(signed_on__isnull=False),
                name="agreement_signed_on_a_day",
                violation_error_message="已签署的协议须有签署日期。",
            ),
            models.CheckConstraint(
                condition=(Q(state=AgreementState.TERMINATED, ended_on__isnull=False) & ~Q(end_reason=""))
                | (~Q(state=AgreementState.TERMINATED) & Q(ended_on__isnull=True, end_reason="")),
                name="agreement_end_has_reason",
                violation_error_message="终止协议须写明日期和理由。",
            ),
            ExclusionConstraint(
                name="agreement_one_at_a_time",
                expressions=[
                    ("institution", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state=AgreementState.SIGNED),
                violation_error_message="该机构在此期间已有签署的三方协议。更换银行的，请先终止原协议。",
            ),
        ]
        indexes = [models.Index(fields=["bank", "state"], name="agreement_by_bank")]

    def __str__(self) -> str:
        return f"{self.institution} · {self.bank}"


class AgreementEvent(DatedEvent):
    """From ``effective_on`` an agreement is signed, has run out or was ended."""

    SUBJECT = ("agreement_id",)

    agreement = models.ForeignKey(Agreement, verbose_name="三方协议", on_delete=models.PROTECT, related_name="events")
    state = models.CharField("状态", max_length=10, choices=AgreementState.choices)
    reason = models.CharField("事由", max_length=300, blank=True)

    class Meta:
        verbose_name = "协议变化"
        verbose_name_plural = "协议变化"
        constraints = [
            one_of("state", AgreementState, name="agreement_event_state_known"),
            withdrawal_replaces_something("agreement_event_withdrawal_replaces"),
        ]
        indexes = [models.Index(fields=["agreement", "-effective_on", "-recorded_at"], name="agreement_event_chain")]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_state_display()}"


class FlagEventQuerySet(DatedEventQuerySet, FundsQuerySet):
    """Dated events that are seen like all of an institution's money."""


class FlagEvent(DatedEvent):
    """From ``effective_on`` a flag of an institution is up or down, on the evidence that is told or attached."""

    SCOPE = OF_INSTITUTION
    SUBJECT = ("institution_id", "flag")

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="fund_flags"
    )
    flag = models.CharField("事项", max_length=10, choices=Flag.choices)
    up = models.BooleanField("已完成")
    evidence = models.CharField("依据或理由", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = FlagEventQuerySet.as_manager()

    class Meta:
        verbose_name = "三项登记"
        verbose_name_plural = "三项登记"
        constraints = [
            one_of("flag", Flag, name="flag_event_flag_known"),
            withdrawal_replaces_something("flag_event_withdrawal_replaces"),
            models.CheckConstraint(
                condition=Q(up=True) | ~Q(evidence=""),
                name="flag_event_down_has_reason",
                violation_error_message="撤销须写明理由。",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "flag", "-effective_on", "-recorded_at"], name="flag_event_chain")
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.get_flag_display()} {self.effective_on}"


class FundsFileQuerySet(FundsQuerySet):
    BANK = "agreement__bank__organ_id"


class FundsFile(AttachedFile):
    """A sealed scan: of a signed agreement, or the evidence of a flag."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="fund_files"
    )
    agreement = models.ForeignKey(
        Agreement, verbose_name="三方协议", on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    flag = models.ForeignKey(
        FlagEvent, verbose_name="三项登记", on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )

    objects = FundsFileQuerySet.as_manager()

    class Meta:
        verbose_name = "资金监管附件"
        verbose_name_plural = "资金监管附件"
        constraints = [
            *attached_file_constraints("funds_file", owner="agreement"),
            models.UniqueConstraint(
                fields=["flag", "sha256"], name="funds_file_flag_once", violation_error_message="这份附件已经上传过。"
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, flag__isnull=False) | Q(agreement__isnull=False, flag__isnull=True),
                name="funds_file_one_owner",
                violation_error_message="附件须属于一份协议或一项登记。",
            ),
        ]
