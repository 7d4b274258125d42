"""月结单: what one special account had at a month's beginning and end, and what came and went; made once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from funds.models import SupervisedAccount

from .files import OF_ACCOUNT, OfAccountQuerySet


class MonthStatement(models.Model):
    """Balances come from the books' day totals, the movements from its entries: a CHECK holds both to each other.

    ``carried_fen``: what was booked into earlier months after their statements were made.
    """

    SCOPE = OF_ACCOUNT

    account = models.ForeignKey(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="month_statements"
    )
    month = models.DateField("月份")
    opening_fen = models.BigIntegerField("期初余额(分)")
    deposited_fen = models.BigIntegerField("缴费入账(分)")
    released_fen = models.BigIntegerField("核拨(分)")
    repaid_fen = models.BigIntegerField("退费(分)")
    other_fen = models.BigIntegerField("其他收支(分)")
    closing_fen = models.BigIntegerField("期末余额(分)")
    frozen_fen = models.BigIntegerField("其中冻结(分)")
    carried_fen = models.BigIntegerField("补记以前月份(分)", default=0)
    made_at = models.DateTimeField("生成时间")

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "月结单"
        verbose_name_plural = "月结单"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month"], name="month_statement_once", violation_error_message="该月已有月结单。"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="month_statement_of_a_month", violation_error_message="月份应为1日。"
            ),
            models.CheckConstraint(
                condition=Q(
                    closing_fen=F("opening_fen")
                    + F("deposited_fen")
                    - F("released_fen")
                    - F("repaid_fen")
                    + F("other_fen")
                ),
                name="month_statement_adds_up",
                violation_error_message="期初加收支应等于期末。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.month:%Y年%m月}月结单"
