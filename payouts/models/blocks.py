"""账户停付: nothing is released from an account on which some money is unexplained."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.core.scope import Scope
from funds.models import SupervisedAccount
from funds.models.scoped import FundsQuerySet

OF_ACCOUNT = Scope(
    "account__institution__jurisdiction_id",
    division="account__institution__division_id",
    category="account__institution__category",
    withdrawn="account__institution__withdrawn_at",
)


class AccountBlock(models.Model):
    """Set and ended by the reconciliation (a higher app), by no person; refunds go on."""

    SCOPE = OF_ACCOUNT

    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="blocks"
    )
    reason = models.CharField("原因", max_length=300)
    set_at = models.DateTimeField("停付时间")
    ended_at = models.DateTimeField("恢复时间", null=True, blank=True)

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "账户停付"
        verbose_name_plural = "账户停付"
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at__isnull=True),
                name="account_block_one_open",
                violation_error_message="该账户已停付。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="account_block_has_reason", violation_error_message="请写明停付的原因。"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("set_at")),
                name="account_block_times_ordered",
                violation_error_message="恢复时间不能早于停付时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} 停付"
