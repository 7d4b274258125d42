"""差异 and 日对账: what bank and books say differently, and each day of an account held against the books."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from banking.enums import CheckState, DifferenceKind, DifferenceState
from contracts.models import Payment
from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered, other_person
from foundation.core.money import yuan
from funds.models import SupervisedAccount
from ledger.models import Entry
from payouts.models import Refund, Release

from .files import OF_ACCOUNT, BankLine, OfAccountQuerySet


class Difference(models.Model):
    """One thing that the bank and the books say differently from ``day`` on, until ``ended_on`` (not included).

    ``key`` says what it is about. ``effect_fen`` is what the bank's balance is more than the books' through it: a line
    that stands as unexplained in the books has none, and waits for an explanation all the same.
    """

    SCOPE = OF_ACCOUNT

    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="differences"
    )
    key = models.CharField("事项", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=DifferenceKind.choices)
    day = models.DateField("日期")
    bank_fen = models.BigIntegerField("银行金额(分)", null=True, blank=True)
    books_fen = models.BigIntegerField("账上金额(分)", null=True, blank=True)
    effect_fen = models.BigIntegerField("对余额的影响(分)", default=0)
    blocks = models.BooleanField("停付", default=True)
    line = models.ForeignKey(
        BankLine, verbose_name="银行明细", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payment = models.ForeignKey(
        Payment, verbose_name="缴费", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    release = models.ForeignKey(
        Release, verbose_name="核拨", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refund = models.ForeignKey(
        Refund, verbose_name="退费", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey(
        Entry, verbose_name="分录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField("消除日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=DifferenceState.choices, default=DifferenceState.OPEN)
    state_at = models.DateTimeField("状态时间")
    found_at = models.DateTimeField("发现时间")
    owner = models.ForeignKey(
        User, verbose_name="责任人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("查清期限")
    explanation = models.CharField("说明", max_length=300, blank=True)
    explained_by = models.ForeignKey(
        User, verbose_name="说明人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "对账差异"
        verbose_name_plural = "对账差异"
        constraints = [
            one_of("kind", DifferenceKind, name="difference_kind_known"),
            one_of("state", DifferenceState, name="difference_state_known"),
            models.UniqueConstraint(
                fields=["account", "key"], name="difference_once", violation_error_message="这项差异已经列出。"
            ),
            models.CheckConstraint(
                condition=(Q(state=DifferenceState.EXPLAINED, explained_by__isnull=False) & ~Q(explanation=""))
                | ~Q(state=DifferenceState.EXPLAINED),
                name="difference_explained_whole",
                violation_error_message="说明差异须写明情况和说明人。",
            ),
            models.CheckConstraint(
                condition=Q(bank_fen__isnull=False) | Q(books_fen__isnull=False),
                name="difference_has_amount",
                violation_error_message="差异须有银行或账上的金额。",
            ),
            ordered("day", "ended_on", name="difference_days_ordered", message="消除日期不能早于发生日期。"),
        ]
        indexes = [models.Index(fields=["state", "day"], name="difference_by_state")]

    def __str__(self) -> str:
        shown = self.bank_fen if self.bank_fen is not None else self.books_fen
        return f"{self.day} {self.get_kind_display()} {yuan(shown)}元"


class DayCheck(models.Model):
    """One day of an account: the bank's closing balance, the books', and what listed differences explain."""

    SCOPE = OF_ACCOUNT

    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="day_checks"
    )
    day = models.DateField("日期")
    bank_fen = models.BigIntegerField("银行余额(分)")
    books_fen = models.BigIntegerField("账上余额(分)")
    listed_fen = models.BigIntegerField("差异合计(分)")
    matched = models.PositiveIntegerField("对上笔数")
    waiting = models.PositiveIntegerField("待查差异")
    prepared_by = models.ForeignKey(User, verbose_name="经办人", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=CheckState.choices, default=CheckState.OPEN)
    state_at = models.DateTimeField("状态时间")
    signed_by = models.ForeignKey(
        User, verbose_name="签认人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "日对账"
        verbose_name_plural = "日对账"
        constraints = [
            one_of("state", CheckState, name="day_check_state_known"),
            models.UniqueConstraint(
                fields=["account", "day"], name="day_check_once", violation_error_message="该账户这一天已对账。"
            ),
            other_person(
                "prepared_by", "signed_by", name="day_check_signed_by_another", message="日对账须由经办人以外的人签认。"
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.OPEN, signed_by__isnull=True)
                | Q(state=CheckState.SIGNED, signed_by__isnull=False, waiting=0)
                & Q(bank_fen=F("books_fen") + F("listed_fen")),
                name="day_check_signed_when_even",
                violation_error_message="银行与账上一致、没有待查差异的日对账才能签认。",
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="day_check_by_state")]

    def __str__(self) -> str:
        return f"{self.account} {self.day}对账"

    @property
    def residue_fen(self) -> int:
        """What nothing explains."""
        return self.bank_fen - self.books_fen - self.listed_fen
