"""What was paid, invoiced and taught under a contract; the money's whereabouts are the ledger's.

Names of payers and buyers are sealed under a key of the row's own, so that they go when the contract's people go.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from ..enums import PayChannel, ToldBy, Verdict
from .contracts import Contract


def named_or_gone(name: str) -> models.CheckConstraint:
    """A CHECK that a name is sealed under the row's key, or both are destroyed."""
    whole = ~Q(key="") & ~Q(sealed_name="") & ~Q(name_blind="")
    return models.CheckConstraint(
        condition=(Q(destroyed_at__isnull=True) & whole)
        | Q(destroyed_at__isnull=False, key="", sealed_name="", name_blind=""),
        name=name,
        violation_error_message="姓名要么完整，要么已销毁。",
    )


class Named(models.Model):
    """A row that names a person: sealed, masked for lists, hashed for exact search and comparison."""

    key = models.TextField("密钥（已加密）", blank=True)
    sealed_name = models.TextField("姓名（已加密）", blank=True)
    name_masked = models.CharField("姓名", max_length=20)
    name_blind = models.CharField("姓名索引", max_length=64, blank=True, db_index=True)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def known_by(self) -> str:
        """What makes the row this one and never changes: its seal is bound to it."""
        raise NotImplementedError(f"{type(self).__name__} says not what it is known by")


def deposit_key(payment: int) -> str:
    """Under which a payment is deposited in the books, once."""
    return f"payment:{payment}"


class Payment(Named):
    """One collection of a fee; the payer is named. ``verdict`` and ``edit`` are kept by the matcher (三一致)."""

    SCOPE = Scope("jurisdiction_id", withdrawn="voided_at")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="payments")
    contract = models.ForeignKey(
        Contract, verbose_name="合同", on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    contract_no = models.CharField("所填合同编号", max_length=60, blank=True)
    amount_fen = models.BigIntegerField("金额(分)")
    paid_on = models.DateField("缴费日期")
    channel = models.CharField("支付方式", max_length=10, choices=PayChannel.choices)
    told_by = models.CharField("流水来源", max_length=20, choices=ToldBy.choices)
    reference = models.CharField("流水号", max_length=60)
    account_tail = models.CharField("收款账号尾号", max_length=4, blank=True)
    account_blind = models.CharField("收款账号索引", max_length=64, blank=True)
    months = models.PositiveSmallIntegerField("购买月数", null=True, blank=True)
    lessons = models.PositiveSmallIntegerField("购买课时", null=True, blank=True)
    covers_from = models.DateField("费用所属期起", null=True, blank=True)
    covers_to = models.DateField("费用所属期止", null=True, blank=True)
    verdict = models.CharField("三一致", max_length=20, choices=Verdict.choices, default=Verdict.NEITHER)
    edit = models.CharField("改动建议", max_length=300, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "缴费"
        verbose_name_plural = "缴费记录"
        constraints = [
            models.UniqueConstraint(
                fields=["told_by", "institution", "reference"],
                condition=Q(voided_at__isnull=True),
                name="fee_payment_reference_once",
                violation_error_message="该来源的这个流水号已登记。",
            ),
            one_of("channel", PayChannel, name="fee_payment_channel_known"),
            one_of("told_by", ToldBy, name="fee_payment_told_by_known"),
            one_of("verdict", Verdict, name="fee_payment_verdict_known"),
            named_or_gone("fee_payment_named_or_gone"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="fee_payment_positive",
                violation_error_message="缴费金额应大于0；退费请在退费中登记。",
            ),
            models.CheckConstraint(
                condition=Q(account_tail="") | Q(account_tail__regex=r"^[0-9A-Z]{4}$"),
                name="fee_payment_tail_format",
                violation_error_message="收款账号尾号应为4位。",
            ),
            ordered("covers_from", "covers_to", name="fee_payment_ordered", message="费用所属期止不能早于所属期起。"),
        ]
        indexes = [models.Index(fields=["jurisdiction", "paid_on"], name="fee_payment_by_bureau")]

    def __str__(self) -> str:
        return f"缴费{self.reference}"

    @property
    def known_by(self) -> str:
        return f"{self.institution_id}/{self.told_by}/{self.reference}"


class Invoice(Named):
    """One invoice; the buyer is named. ``payment`` is the one that the matcher joined it with."""

    SCOPE = Scope("jurisdiction_id", withdrawn="voided_at")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="invoices")
    contract = models.ForeignKey(
        Contract, verbose_name="合同", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    contract_no = models.CharField("所填合同编号", max_length=60, blank=True)
    payment = models.ForeignKey(
        Payment, verbose_name="对应缴费", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    number = models.CharField("发票号码", max_length=40)
    amount_fen = models.BigIntegerField("金额(分)")
    issued_on = models.DateField("开票日期")
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "发票"
        verbose_name_plural = "发票"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"],
                condition=Q(voided_at__isnull=True),
                name="fee_invoice_number_once",
                violation_error_message="该机构已登记这个号码的发票。",
            ),
            named_or_gone("fee_invoice_named_or_gone"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) & ~Q(number=""),
                name="fee_invoice_positive",
                violation_error_message="发票号码不能为空，金额应大于0。",
            ),
        ]

    def __str__(self) -> str:
        return f"发票{self.number}"

    @property
    def known_by(self) -> str:
        return f"{self.institution_id}/{self.number}"


class Lesson(models.Model):
    """One attendance: how many lessons of a contract were taken on a day, and until when."""

    SCOPE = Scope("jurisdiction_id", withdrawn="voided_at")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, verbose_name="合同", on_delete=models.PROTECT, related_name="taken")
    held_on = models.DateField("上课日期")
    starts_time = models.TimeField("开始时间", null=True, blank=True)
    ends_time = models.TimeField("结束时间", null=True, blank=True)
    lessons = models.PositiveSmallIntegerField("课时数", default=1)
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "上课记录"
        verbose_name_plural = "上课记录"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "held_on", "starts_time"],
                condition=Q(voided_at__isnull=True),
                nulls_distinct=False,
                name="lesson_once",
                violation_error_message="该合同这一天这个时间的上课记录已登记。",
            ),
            models.CheckConstraint(
                condition=Q(lessons__gte=1, lessons__lte=12),
                name="lesson_number_sane",
                violation_error_message="一次上课应为1至12课时。",
            ),
            ordered("starts_time", "ends_time", name="lesson_ordered", message="结束时间不能早于开始时间。"),
        ]
        indexes = [models.Index(fields=["jurisdiction", "held_on"], name="lesson_by_bureau")]

    def __str__(self) -> str:
        return f"{self.held_on} 上课"
