"""退费: asked for, answered or not, coordinated where it is disputed, agreed by a second person, paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from contracts.models import Contract
from foundation.accounts.models import User
from foundation.core.constraints import one_of, other_person
from foundation.core.money import yuan
from funds.models.scoped import FundsQuerySet
from payouts.enums import ENDED, AskedBy, RefundState

from .purses import OF_CONTRACT

#: Somebody said how much; before that nothing is agreed.
AGREED_ON = (RefundState.AGREED, RefundState.SETTLED, RefundState.APPROVED, RefundState.PAID)


class Refund(models.Model):
    """One wish of a guardian. ``frozen_fen`` is held back from release until the matter ends.

    ``coordinator``: the bureau's person who brought both sides together (协调退费); ``silent``: the institution did not
    answer in time, which counts as agreed. ``entered_by``: who entered it; of what the guardian asked online, the
    officer who took the next step, so that there is always one who may not agree to it.
    """

    SCOPE = OF_CONTRACT

    contract = models.ForeignKey(Contract, verbose_name="合同", on_delete=models.PROTECT, related_name="refunds")
    asked_on = models.DateField("申请日期")
    asked_by = models.CharField("申请方式", max_length=12, choices=AskedBy.choices)
    asked_fen = models.BigIntegerField("申请金额(分)")
    reason = models.CharField("退费原因", max_length=300)
    unused_fen = models.BigIntegerField("申请时未消课(分)")
    frozen_fen = models.BigIntegerField("为此冻结(分)", default=0)
    state = models.CharField("状态", max_length=10, choices=RefundState.choices, default=RefundState.ASKED)
    state_at = models.DateTimeField("状态时间")
    entered_by = models.ForeignKey(
        User, verbose_name="登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("登记时间")
    answer = models.CharField("机构答复", max_length=300, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    silent = models.BooleanField("逾期未答复", default=False)
    agreed_fen = models.BigIntegerField("同意金额(分)", null=True, blank=True)
    coordinator = models.ForeignKey(
        User, verbose_name="协调人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    coordinated_on = models.DateField("协调日期", null=True, blank=True)
    outcome = models.CharField("协调情况", max_length=300, blank=True)
    approved_by = models.ForeignKey(
        User, verbose_name="核定人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("核定时间", null=True, blank=True)
    paid_on = models.DateField("退款日期", null=True, blank=True)
    bank_reference = models.CharField("银行回单号", max_length=60, blank=True)

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "退费"
        verbose_name_plural = "退费"
        constraints = [
            one_of("state", RefundState, name="refund_state_known"),
            one_of("asked_by", AskedBy, name="refund_asked_by_known"),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=False)
                | Q(asked_by=AskedBy.ONLINE, state__in=(RefundState.ASKED, RefundState.WITHDRAWN)),
                name="refund_entered_or_asked_online",
                violation_error_message="退费须有登记人；家长网上申请的，由第一个经办的人承办。",
            ),
            other_person(
                "entered_by", "approved_by", name="refund_approved_by_another", message="退费须由登记人以外的人核定。"
            ),
            models.CheckConstraint(
                condition=Q(asked_fen__gt=0, frozen_fen__gte=0, frozen_fen__lte=F("asked_fen")) & ~Q(reason=""),
                name="refund_figures_sane",
                violation_error_message="申请金额应大于零，并写明原因。",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=AGREED_ON, agreed_fen__isnull=False, agreed_fen__gt=0))
                | (~Q(state__in=AGREED_ON) & Q(agreed_fen__isnull=True)),
                name="refund_agreed_has_amount",
                violation_error_message="同意退费的须写明金额。",
            ),
            models.CheckConstraint(
                condition=Q(agreed_fen__isnull=True) | Q(agreed_fen__lte=F("asked_fen")),
                name="refund_agreed_within_asked",
                violation_error_message="同意金额不能超过申请金额。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=(RefundState.APPROVED, RefundState.PAID), approved_by__isnull=False)
                    & Q(approved_at__isnull=False)
                )
                | (~Q(state__in=(RefundState.APPROVED, RefundState.PAID)) & Q(approved_by__isnull=True)),
                name="refund_approved_whole",
                violation_error_message="核定的退费须有核定人和时间。",
            ),
            models.CheckConstraint(
                condition=(Q(state=RefundState.PAID, paid_on__isnull=False) & ~Q(bank_reference=""))
                | (~Q(state=RefundState.PAID) & Q(paid_on__isnull=True, bank_reference="")),
                name="refund_paid_has_proof",
                violation_error_message="已退款的须有退款日期和银行回单号。",
            ),
            models.CheckConstraint(
                condition=Q(coordinator__isnull=True, coordinated_on__isnull=True, outcome="")
                | (Q(coordinator__isnull=False, coordinated_on__isnull=False) & ~Q(outcome="")),
                name="refund_coordinated_whole",
                violation_error_message="协调须写明协调人、日期和情况。",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=~Q(state__in=ENDED),
                name="refund_one_at_a_time",
                violation_error_message="该合同已有一笔退费正在办理。",
            ),
        ]
        indexes = [models.Index(fields=["state", "paid_on"], name="refund_by_day")]

    def __str__(self) -> str:
        return f"{self.contract} 退费{yuan(self.agreed_fen if self.agreed_fen is not None else self.asked_fen)}元"
