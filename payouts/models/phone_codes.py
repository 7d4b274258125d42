"""短信验证: who has the receipt and the guardian's phone reads the contract's money for half an hour, no account."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from contracts.models import Contract
from foundation.core.ciphers import blind
from funds.models.scoped import FundsQuerySet

from .purses import OF_CONTRACT

#: A code lives so long, and may be guessed at so often; what it opened stays open so long.
CODE_FOR, TRIES, OPEN_FOR = timedelta(minutes=10), 5, timedelta(minutes=30)


class PhoneCode(models.Model):
    """One text with six digits. They are kept nowhere: they follow from the row and FIELD_KEY, used once.

    ``session_hash``: of the sixteen digits with which the page goes on asking, as a slip's.
    """

    SCOPE = OF_CONTRACT

    contract = models.ForeignKey(Contract, verbose_name="合同", on_delete=models.PROTECT, related_name="phone_codes")
    asked_at = models.DateTimeField("申请时间")
    tries = models.PositiveSmallIntegerField("试过次数", default=0)
    opened_at = models.DateTimeField("打开时间", null=True, blank=True)
    session_hash = models.CharField("查询凭证摘要", max_length=64, blank=True)

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "短信验证"
        verbose_name_plural = "短信验证"
        constraints = [
            models.UniqueConstraint(
                fields=["session_hash"],
                condition=~Q(session_hash=""),
                name="phone_code_session_once",
                violation_error_message="查询凭证重复，请重试。",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, session_hash="")
                | Q(opened_at__isnull=False, session_hash__regex=r"^[0-9a-f]{64}$"),
                name="phone_code_opened_whole",
                violation_error_message="打开的验证须有时间和查询凭证。",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=TRIES), name="phone_code_few_tries", violation_error_message="试的次数过多。"
            ),
        ]
        indexes = [models.Index(fields=["contract", "asked_at"], name="phone_code_by_contract")]

    def __str__(self) -> str:
        return f"{self.contract} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def digits(self) -> str:
        made = f"{self.pk}|{self.contract_id}|{self.asked_at.timestamp()}"
        return f"{int(blind(made, column='payouts.phone_code')[:16], 16) % 10**6:06d}"

    def waits(self, at: datetime) -> bool:
        """Whether its digits may still be told."""
        return self.opened_at is None and self.tries < TRIES and at <= self.asked_at + CODE_FOR

    def is_open(self, at: datetime) -> bool:
        return self.opened_at is not None and at <= self.opened_at + OPEN_FOR
