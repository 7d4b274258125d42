"""Accounts of an institution, and the purse: the money of one contract. Only ``ledger_post`` writes their amounts."""

from django.db import models
from django.db.models import F, Q

from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from ..enums import AT_BANK, AccountKind, Kind

OF_INSTITUTION = Scope("institution__jurisdiction_id", withdrawn="institution__withdrawn_at")


class PostingRule(models.Model):
    """What a kind of posting debits and credits, and which amounts of the purse it moves; data of the migration."""

    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    debit = models.CharField("借方科目", max_length=12, choices=AccountKind.choices)
    credit = models.CharField("贷方科目", max_length=12, choices=AccountKind.choices)
    of_purse = models.BooleanField("属于合同资金")
    deposited = models.SmallIntegerField("对已缴的影响", default=0)
    consumed = models.SmallIntegerField("对已消课的影响", default=0)
    released = models.SmallIntegerField("对已核拨的影响", default=0)
    refunded = models.SmallIntegerField("对核定退费的影响", default=0)
    repaid = models.SmallIntegerField("对已付退费的影响", default=0)
    frozen = models.SmallIntegerField("对冻结的影响", default=0)

    class Meta:
        verbose_name = "记账规则"
        verbose_name_plural = "记账规则"
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], name="ledger_rule_once", violation_error_message="该种类已有记账规则。"
            ),
            one_of("kind", Kind, name="ledger_rule_kind_known"),
            one_of("debit", AccountKind, name="ledger_rule_debit_known"),
            one_of("credit", AccountKind, name="ledger_rule_credit_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Account(models.Model):
    """One account of an institution. One at a bank carries the sums of all that was ever debited and credited to it.

    What the other accounts come to is the sum of the purses, and of the day totals: ``queries.account_balance``.
    """

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, db_index=False)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    kind = models.CharField("科目", max_length=12, choices=AccountKind.choices)
    number = models.CharField("银行账户代号", max_length=40, blank=True, default="")
    debit_fen = models.BigIntegerField("银行存款借方累计(分)", default=0)
    credit_fen = models.BigIntegerField("银行存款贷方累计(分)", default=0)
    opened_at = models.DateTimeField("开立时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资金账科目"
        verbose_name_plural = "资金账科目"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "number"],
                name="ledger_account_once",
                violation_error_message="该机构已有这一科目。",
            ),
            one_of("kind", AccountKind, name="ledger_account_kind_known"),
            models.CheckConstraint(
                condition=Q(debit_fen__gte=0, credit_fen__gte=0),
                name="ledger_account_not_negative",
                violation_error_message="科目的借贷累计不能为负数。",
            ),
            models.CheckConstraint(
                condition=Q(debit_fen__gte=F("credit_fen")),
                name="ledger_account_above_floor",
                violation_error_message="银行账户余额不足，未记账。",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=AT_BANK) & ~Q(number=""))
                | (~Q(kind__in=AT_BANK) & Q(number="", debit_fen=0, credit_fen=0)),
                name="ledger_account_number_at_bank",
                violation_error_message="银行存款科目须有账户代号，其他科目没有，也不带累计。",
            ),
        ]

    def __str__(self) -> str:
        """``account:7`` is a key for programs."""
        number = f"{self.number.rpartition(':')[2]}号" if ":" in self.number else self.number
        return f"{self.get_kind_display()} {number}".strip()

    @property
    def at_bank_fen(self) -> int:
        """What lies on this bank account."""
        return self.debit_fen - self.credit_fen


class Purse(models.Model):
    """The money of one contract, whose contract the ledger does not know. All figures are sums since it was opened.

    未消课 = deposited - consumed - refunded; at the bank are still deposited - released - repaid.
    """

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, db_index=False)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT, db_index=False)
    number = models.CharField("资金编号", max_length=40)
    custody = models.ForeignKey(Account, verbose_name="监管专户", on_delete=models.PROTECT, db_index=False)
    opened_at = models.DateTimeField("开立时间")
    deposited_fen = models.BigIntegerField("已缴(分)", default=0)
    consumed_fen = models.BigIntegerField("已消课(分)", default=0)
    released_fen = models.BigIntegerField("已核拨(分)", default=0)
    refunded_fen = models.BigIntegerField("核定退费(分)", default=0)
    repaid_fen = models.BigIntegerField("已付退费(分)", default=0)
    frozen_fen = models.BigIntegerField("冻结(分)", default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "合同资金"
        verbose_name_plural = "合同资金"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"],
                name="ledger_purse_number_once",
                violation_error_message="该机构已有这一资金编号。",
            ),
            models.CheckConstraint(
                condition=~Q(number=""), name="ledger_purse_numbered", violation_error_message="请填写资金编号。"
            ),
            models.CheckConstraint(
                condition=Q(
                    deposited_fen__gte=0,
                    consumed_fen__gte=0,
                    released_fen__gte=0,
                    refunded_fen__gte=0,
                    repaid_fen__gte=0,
                    frozen_fen__gte=0,
                ),
                name="ledger_purse_not_negative",
                violation_error_message="合同资金的各项金额不能为负数。",
            ),
            models.CheckConstraint(
                condition=Q(released_fen__lte=F("consumed_fen")),
                name="ledger_purse_released_was_consumed",
                violation_error_message="核拨金额不能超过已消课金额。",
            ),
            models.CheckConstraint(
                condition=Q(deposited_fen__gte=F("released_fen") + F("refunded_fen") + F("frozen_fen")),
                name="ledger_purse_outgo_was_deposited",
                violation_error_message="核拨、退费与冻结之和不能超过已缴金额。",
            ),
            models.CheckConstraint(
                condition=Q(deposited_fen__gte=F("consumed_fen") + F("refunded_fen")),
                name="ledger_purse_consumed_was_deposited",
                violation_error_message="消课与退费之和不能超过已缴金额。",
            ),
            models.CheckConstraint(
                condition=Q(repaid_fen__lte=F("refunded_fen")),
                name="ledger_purse_repaid_was_refunded",
                violation_error_message="支付的退费不能超过核定的退费。",
            ),
        ]

    def __str__(self) -> str:
        """``contract:7`` is a key for programs."""
        return f"资金{self.number.rpartition(':')[2]}号" if ":" in self.number else self.number
