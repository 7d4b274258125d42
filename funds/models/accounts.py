"""监管专户 of an institution, under which mode its fees are supervised, and its minimum balance."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q

from foundation.accounts.models import DateRange
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of, ordered
from foundation.core.history import DatedEvent, withdrawal_replaces_something
from funds.enums import SupervisionMode
from institutions.models import Institution

from .banks import Bank
from .proposals import Proposal, proposal_constraints
from .scoped import OF_INSTITUTION, FundsQuerySet

V14 = "V14：该机构在此期间已有监管专户，一家机构同一时间只能有一个。请先办理原专户销户。"


class AccountQuerySet(FundsQuerySet):
    BANK = "bank__organ_id"

    def active(self, on: date) -> AccountQuerySet:
        """Accounts open on a day, as believed now; on the day of closing an account is open no more."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), opened_on__lte=on)


class SupervisedAccount(models.Model):
    """One special account at one bank. Its number is sealed; the last four stay readable, a keyed hash finds it."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="supervised_accounts"
    )
    bank = models.ForeignKey(Bank, verbose_name="监管银行", on_delete=models.PROTECT, related_name="accounts")
    holder = models.CharField("户名", max_length=120)
    number = SealedTextField("账号")
    number_tail = models.CharField("账号尾号", max_length=4)
    number_hash = models.CharField("账号摘要", max_length=64)
    opened_on = models.DateField("开户日期")
    closed_on = models.DateField("销户日期", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "监管账户"
        verbose_name_plural = "监管账户"
        constraints = [
            ordered("opened_on", "closed_on", name="account_period_ordered", message="销户日期不能早于开户日期。"),
            models.CheckConstraint(
                condition=Q(number_tail__regex=r"^\d{4}$", number_hash__regex=r"^[0-9a-f]{64}$") & ~Q(number=""),
                name="account_number_whole",
                violation_error_message="账号不完整。",
            ),
            models.CheckConstraint(
                condition=~Q(holder=""), name="account_has_holder", violation_error_message="请填写户名。"
            ),
            ExclusionConstraint(
                name="account_one_at_a_time",
                expressions=[
                    ("institution", RangeOperators.EQUAL),
                    (DateRange("opened_on", "closed_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=V14,
            ),
            ExclusionConstraint(
                name="account_number_one_owner",
                expressions=[
                    ("number_hash", RangeOperators.EQUAL),
                    (DateRange("opened_on", "closed_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="该账号已登记为另一家机构的监管专户。",
            ),
        ]
        indexes = [models.Index(fields=["bank", "opened_on"], name="account_by_bank")]

    def __str__(self) -> str:
        return f"{self.holder} · 尾号{self.number_tail}"


class AccountEvent(DatedEvent):
    """From ``effective_on`` an account is open or closed: what was true when, with both clocks."""

    SUBJECT = ("account_id",)

    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="events"
    )
    active = models.BooleanField("在用")
    reason = models.CharField("事由", max_length=300, blank=True)

    class Meta:
        verbose_name = "账户变化"
        verbose_name_plural = "账户变化"
        constraints = [withdrawal_replaces_something("account_event_withdrawal_replaces")]
        indexes = [models.Index(fields=["account", "-effective_on", "-recorded_at"], name="account_event_chain")]

    def __str__(self) -> str:
        return f"{self.effective_on} {'在用' if self.active else '销户'}"


class ModeEvent(DatedEvent):
    """From ``effective_on`` the institution's fees are supervised in this mode.

    银行托管 goes with exactly one way of release (一课一消, 分阶段解付, 大额异动预警), and may have a 风险保证金 beside
    it; 风险保证金 alone releases nothing, and needs an amount.
    """

    SUBJECT = ("institution_id",)

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="supervision_modes"
    )
    mode = models.CharField("监管方式", max_length=12, choices=SupervisionMode.choices)
    deposit_fen = models.BigIntegerField("风险保证金(分)", default=0)
    reason = models.CharField("事由", max_length=300)

    class Meta:
        verbose_name = "监管方式变化"
        verbose_name_plural = "监管方式变化"
        constraints = [
            one_of("mode", SupervisionMode, name="mode_event_mode_known"),
            withdrawal_replaces_something("mode_event_withdrawal_replaces"),
            models.CheckConstraint(
                condition=Q(deposit_fen__gt=0) | (Q(deposit_fen=0) & ~Q(mode=SupervisionMode.DEPOSIT)),
                name="mode_event_deposit_fits",
                violation_error_message="采用风险保证金的应写明金额；金额不能小于零。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-effective_on", "-recorded_at"], name="mode_event_chain")]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_mode_display()}"


class MinimumBalance(Proposal):
    """The balance that must stay in an institution's account from a day on: proposed, then agreed by another person."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="minimum_balances"
    )
    amount_fen = models.BigIntegerField("最低余额(分)")
    effective_on = models.DateField("生效日期")

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "最低余额"
        verbose_name_plural = "最低余额"
        constraints = [
            *proposal_constraints("minimum", ends=False),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="minimum_positive",
                violation_error_message="最低余额应大于零。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} 自{self.effective_on}"
