"""核拨: an institution's earned fees leave its supervised account, line by line of each contract (人次)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contracts.models import Contract
from foundation.accounts.models import User
from foundation.core.constraints import one_of, other_person
from foundation.core.money import yuan
from funds.models import SupervisedAccount
from funds.models.scoped import OF_INSTITUTION, FundsQuerySet
from institutions.models import Institution
from ledger.models import Entry
from payouts.enums import ReleaseState


class ReleaseQuerySet(FundsQuerySet):
    BANK = "account__bank__organ_id"


class Release(models.Model):
    """One order to the bank: proposed by one person, agreed by another, then paid or failed."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="releases")
    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="releases"
    )
    up_to = models.DateField("消课截至")
    amount_fen = models.BigIntegerField("金额(分)")
    lines_count = models.PositiveIntegerField("人次")
    state = models.CharField("状态", max_length=10, choices=ReleaseState.choices, default=ReleaseState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    proposed_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")
    decided_by = models.ForeignKey(
        User, verbose_name="审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    remark = models.CharField("意见", max_length=300, blank=True)
    paid_on = models.DateField("付款日期", null=True, blank=True)
    bank_reference = models.CharField("银行回单号", max_length=60, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "核拨"
        verbose_name_plural = "核拨"
        constraints = [
            one_of("state", ReleaseState, name="release_state_known"),
            other_person(
                "proposed_by", "decided_by", name="release_decided_by_another", message="核拨须由提请人以外的人审核。"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, lines_count__gt=0),
                name="release_not_empty",
                violation_error_message="核拨至少一笔，金额应大于零。",
            ),
            models.CheckConstraint(
                condition=Q(state=ReleaseState.PROPOSED, decided_by__isnull=True)
                | (~Q(state=ReleaseState.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="release_decided_whole",
                violation_error_message="审核过的核拨须有审核人和时间。",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReleaseState.PAID, paid_on__isnull=False) & ~Q(bank_reference=""))
                | (~Q(state=ReleaseState.PAID) & Q(paid_on__isnull=True, bank_reference="")),
                name="release_paid_has_proof",
                violation_error_message="已付款的核拨须有付款日期和银行回单号。",
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state__in=(ReleaseState.PROPOSED, ReleaseState.APPROVED)),
                name="release_one_at_a_time",
                violation_error_message="该机构已有一笔核拨正在办理。",
            ),
        ]
        indexes = [models.Index(fields=["state", "paid_on"], name="release_by_day")]

    def __str__(self) -> str:
        return f"{self.institution} 核拨{yuan(self.amount_fen)}元"


class ReleaseLine(models.Model):
    """One contract's part, one 人次; ``entry`` is its posting, once agreed."""

    release = models.ForeignKey(Release, verbose_name="核拨", on_delete=models.PROTECT, related_name="lines")
    contract = models.ForeignKey(Contract, verbose_name="合同", on_delete=models.PROTECT, related_name="release_lines")
    amount_fen = models.BigIntegerField("金额(分)")
    entry = models.OneToOneField(
        Entry, verbose_name="分录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "核拨明细"
        verbose_name_plural = "核拨明细"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "contract"],
                name="release_line_once",
                violation_error_message="同一份合同在一笔核拨中只能有一行。",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="release_line_positive",
                violation_error_message="核拨金额应大于零。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {yuan(self.amount_fen)}元"
