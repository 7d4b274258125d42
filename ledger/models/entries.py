"""Entries are facts: only ``ledger_post`` adds them, nobody changes them. Day totals are their roll-up."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from ..enums import CHECKED, OF_A_PURSE, Kind
from .accounts import OF_INSTITUTION, Account, Purse


class Entry(models.Model):
    """One posting: so many fen from the credited to the debited account. It is its own audit fact.

    Institution, jurisdiction and accounts are what ``ledger_post`` found for the locked purse or bank account; the day
    total that it writes beside the entry holds them by foreign keys. ``happened_on`` is the day in the books;
    ``recorded_at`` is the database's.
    """

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    purse = models.ForeignKey(
        Purse, verbose_name="合同资金", on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )
    debit_account = models.ForeignKey(
        Account, verbose_name="借方", on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    credit_account = models.ForeignKey(
        Account, verbose_name="贷方", on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    amount_fen = models.BigIntegerField("金额(分)")
    happened_on = models.DateField("记账日期")
    at = models.DateTimeField("办理时间")
    recorded_at = models.DateTimeField("登记时间", db_default=Now())
    by_id = models.BigIntegerField("经办人编号", null=True, blank=True)
    by_name = models.CharField("经办人", max_length=80)
    checker_id = models.BigIntegerField("复核人编号", null=True, blank=True)
    checker_name = models.CharField("复核人", max_length=80, blank=True)
    reason = models.CharField("事由", max_length=300, blank=True)
    source_kind = models.CharField("凭据种类", max_length=40)
    source_number = models.CharField("凭据编号", max_length=80)
    key = models.CharField("幂等键", max_length=120)
    request_hash = models.CharField("请求校验值", max_length=64)
    reverses = models.ForeignKey(
        "self",
        verbose_name="冲正",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="reversals",
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "分录"
        verbose_name_plural = "分录"
        constraints = [
            one_of("kind", Kind, name="ledger_entry_kind_known"),
            models.UniqueConstraint(
                fields=["key"], name="ledger_entry_key_once", violation_error_message="该幂等键已用于另一笔记账。"
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="ledger_entry_reversed_once",
                violation_error_message="该笔记账已冲正。",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="ledger_entry_amount_positive",
                violation_error_message="记账金额必须大于零。",
            ),
            models.CheckConstraint(
                condition=~Q(debit_account=F("credit_account")),
                name="ledger_entry_two_accounts",
                violation_error_message="借方和贷方不能是同一科目。",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(by_name="") & ~Q(source_kind="") & ~Q(source_number=""),
                name="ledger_entry_names_maker_and_source",
                violation_error_message="分录须写明经办人、凭据和幂等键。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_PURSE, purse__isnull=False)
                | (~Q(kind__in=OF_A_PURSE) & Q(purse__isnull=True)),
                name="ledger_entry_purse_of_kind",
                violation_error_message="合同资金的记账须有合同资金，机构账户的记账没有。",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=CHECKED) | (Q(checker_id__isnull=False) & ~Q(checker_name="")),
                name="ledger_entry_checked",
                violation_error_message="核拨、退费和退出保证金须经第二人复核。",
            ),
            models.CheckConstraint(
                condition=Q(checker_id__isnull=True) | Q(by_id__isnull=True) | ~Q(checker_id=F("by_id")),
                name="ledger_entry_checker_is_another",
                violation_error_message="复核人不能是经办人本人。",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reason=""),
                name="ledger_entry_reversal_has_reason",
                violation_error_message="冲正须写明事由。",
            ),
        ]
        indexes = [
            models.Index(fields=["purse", "happened_on"], name="ledger_entry_by_purse"),
            models.Index(fields=["institution", "happened_on"], name="ledger_entry_by_institution"),
            BrinIndex(fields=["recorded_at"], name="ledger_entry_by_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"


class DayTotal(models.Model):
    """What a day came to between two accounts, by kind: written with each posting, never summed up afterwards."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, db_index=False)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT, db_index=False)
    day = models.DateField("日期")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    debit_account = models.ForeignKey(
        Account, verbose_name="借方", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    credit_account = models.ForeignKey(
        Account, verbose_name="贷方", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    entries = models.IntegerField("笔数", default=0)
    amount_fen = models.BigIntegerField("金额(分)", default=0)
    reversals = models.IntegerField("冲正笔数", default=0)
    reversed_fen = models.BigIntegerField("冲正金额(分)", default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "日汇总"
        verbose_name_plural = "日汇总"
        constraints = [
            models.UniqueConstraint(
                fields=["debit_account", "day", "kind", "credit_account", "jurisdiction"],
                name="ledger_day_total_once",
                violation_error_message="该日汇总已存在。",
            ),
            one_of("kind", Kind, name="ledger_day_total_kind_known"),
            models.CheckConstraint(
                condition=Q(entries__gte=0, amount_fen__gte=0, reversals__gte=0, reversed_fen__gte=0),
                name="ledger_day_total_not_negative",
                violation_error_message="日汇总不能为负数。",
            ),
        ]
        indexes = [
            models.Index(fields=["credit_account", "day"], name="ledger_day_by_credit"),
            models.Index(fields=["jurisdiction", "day"], name="ledger_day_by_jurisdiction"),
            models.Index(fields=["institution", "day"], name="ledger_day_by_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


class ClosedDay(models.Model):
    """From here on nothing is posted into this day or an earlier one."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT, db_index=False)
    day = models.DateField("日期")
    closed_at = models.DateTimeField("结账时间")
    recorded_at = models.DateTimeField("登记时间", db_default=Now())
    by_id = models.BigIntegerField("经办人编号", null=True, blank=True)
    by_name = models.CharField("经办人", max_length=80)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "已结账日"
        verbose_name_plural = "已结账日"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "day"], name="ledger_day_closed_once", violation_error_message="该日已结账。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.day}"
