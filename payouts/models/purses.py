"""Which purse of the ledger holds a contract's money: contracts know no ledger, the ledger knows no contract."""

from __future__ import annotations

from django.db import models

from contracts.models import Contract
from foundation.core.scope import Scope
from funds.models.scoped import FundsQuerySet
from ledger.models import Purse

OF_CONTRACT = Scope(
    "contract__jurisdiction_id",
    division="contract__institution__division_id",
    category="contract__institution__category",
    withdrawn="contract__voided_at",
)


class ContractPurse(models.Model):
    SCOPE = OF_CONTRACT

    contract = models.OneToOneField(
        Contract, verbose_name="合同", on_delete=models.PROTECT, primary_key=True, related_name="money"
    )
    purse = models.OneToOneField(Purse, verbose_name="合同资金", on_delete=models.PROTECT, related_name="+")

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "合同的资金"
        verbose_name_plural = "合同的资金"

    def __str__(self) -> str:
        return f"{self.contract}的资金"
