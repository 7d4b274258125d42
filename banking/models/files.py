"""What banks handed in: files, what an account had at each day's beginning and end, and every line once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from banking.enums import FileState
from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of, ordered
from foundation.core.money import yuan
from foundation.core.scope import Scope, ScopedQuerySet
from funds.models import Bank, SupervisedAccount

OF_ACCOUNT = Scope(
    "account__institution__jurisdiction_id",
    division="account__institution__division_id",
    category="account__institution__category",
    withdrawn="account__institution__withdrawn_at",
)


class FileQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> FileQuerySet:
        """Files of the banks that the actor's bureaus chose, or of the clerk's own bank; else none."""
        if actor.can(Can.BANK_DESK):
            return self.filter(bank__organ_id=actor.organ_id) if actor.organ_id else self.none()
        return super().visible_to(actor) if actor.can(Can.VIEW_FUNDS) else self.none()


class OfAccountQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> OfAccountQuerySet:
        """What belongs to the accounts that the actor sees."""
        return self.filter(account__in=SupervisedAccount.objects.visible_to(actor))


class BankFile(models.Model):
    """One file as it came, accepted whole or sent back whole. The bytes lie sealed on the disk."""

    SCOPE = Scope("bank__jurisdiction_id")

    bank = models.ForeignKey(Bank, verbose_name="银行", on_delete=models.PROTECT, related_name="files")
    name = models.CharField("文件名", max_length=80)
    path = models.CharField("存放位置", max_length=120)
    sealed_sha256 = models.CharField("存放内容的摘要", max_length=64)
    sha256 = models.CharField("文件摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")
    received_by = models.ForeignKey(User, verbose_name="报送人", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField("报送时间")
    state = models.CharField("状态", max_length=10, choices=FileState.choices)
    code = models.CharField("退回代码", max_length=40, blank=True)
    reason = models.CharField("退回原因", max_length=300, blank=True)
    first_on = models.DateField("对账期间起", null=True, blank=True)
    last_on = models.DateField("对账期间止", null=True, blank=True)
    accounts = models.PositiveIntegerField("账户数", default=0)
    lines = models.PositiveIntegerField("明细数", default=0)
    fresh = models.PositiveIntegerField("新增明细数", default=0)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "对账文件"
        verbose_name_plural = "对账文件"
        constraints = [
            one_of("state", FileState, name="bank_file_state_known"),
            models.UniqueConstraint(
                fields=["bank", "sha256"],
                condition=Q(state=FileState.ACCEPTED),
                name="bank_file_accepted_once",
                violation_error_message="这份文件已经接收过。",
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.ACCEPTED, code="", reason="", first_on__isnull=False, last_on__isnull=False)
                | (Q(state=FileState.REFUSED, lines=0, fresh=0) & ~Q(code="") & ~Q(reason="")),
                name="bank_file_refused_with_reason",
                violation_error_message="退回的文件须写明原因，并且一笔也不入账。",
            ),
            models.CheckConstraint(
                condition=Q(fresh__lte=F("lines")),
                name="bank_file_fresh_among_lines",
                violation_error_message="新增明细不能多于文件的明细。",
            ),
            ordered("first_on", "last_on", name="bank_file_days_ordered", message="对账期间的止日不能早于起日。"),
        ]
        indexes = [models.Index(fields=["bank", "-received_at"], name="bank_file_by_bank")]

    def __str__(self) -> str:
        return f"{self.bank} {self.name}"


class AccountDay(models.Model):
    """What the bank says an account had at a day's beginning and end. Days follow each other without a break in money.

    The last file that spoke of the day is named; a later file may bring more lines of it, never fewer.
    """

    SCOPE = OF_ACCOUNT

    account = models.ForeignKey(SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT)
    day = models.DateField("日期")
    opening_fen = models.BigIntegerField("期初余额(分)")
    closing_fen = models.BigIntegerField("期末余额(分)")
    lines = models.PositiveIntegerField("明细数")
    file = models.ForeignKey(BankFile, verbose_name="对账文件", on_delete=models.PROTECT, related_name="days")

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "账户日余额"
        verbose_name_plural = "账户日余额"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "day"], name="account_day_once", violation_error_message="该账户这一天已有余额。"
            ),
            models.CheckConstraint(
                condition=Q(lines__gt=0) | Q(opening_fen=F("closing_fen")),
                name="account_day_moves_by_lines",
                violation_error_message="没有明细的一天，期初和期末余额应相等。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {yuan(self.closing_fen)}元"


class BankLine(models.Model):
    """One movement on an account, once however often it was handed in. Never changed.

    ``identity`` is the bank's own number; where it has none, a keyed hash of what the line says and its number among
    the equal lines of that day: real identical lines are all there, a line that comes again is not.
    """

    SCOPE = OF_ACCOUNT

    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    day = models.DateField("日期")
    fen = models.BigIntegerField("金额(分)")
    serial = models.CharField("银行流水号", max_length=60, blank=True)
    memo = models.CharField("摘要", max_length=200, blank=True)
    name = SealedTextField("对方户名", blank=True)
    number = SealedTextField("对方账号", blank=True)
    identity = models.CharField("唯一标识", max_length=80)
    content = models.CharField("内容摘要", max_length=64)
    file = models.ForeignKey(BankFile, verbose_name="对账文件", on_delete=models.PROTECT, related_name="new_lines")
    row = models.PositiveIntegerField("行号")

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "银行明细"
        verbose_name_plural = "银行明细"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "identity"],
                name="bank_line_once",
                violation_error_message="这笔银行明细已经入库。",
            ),
            models.CheckConstraint(
                condition=~Q(fen=0), name="bank_line_moves", violation_error_message="银行明细的金额不能为零。"
            ),
        ]
        indexes = [models.Index(fields=["account", "day"], name="bank_line_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {yuan(self.fen)}元 {self.memo}".strip()
