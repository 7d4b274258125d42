"""How a bank writes its day files: data, so that a bank that changes its system needs no programmer."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from banking.enums import AMOUNT_COLUMNS, NEEDED, AmountStyle, Column
from banking.statements import Layout
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from funds.models import Bank


class BankProfile(models.Model):
    """The layout of one bank's files. Who changed it, and from what, the audit tells."""

    SCOPE = Scope("bank__jurisdiction_id")

    bank = models.OneToOneField(Bank, verbose_name="银行", on_delete=models.PROTECT, related_name="profile")
    headings = models.JSONField("各列的列名")
    style = models.CharField("金额写法", max_length=12, choices=AmountStyle.choices)
    first = models.CharField("期初余额行的摘要", max_length=20, default="期初余额")
    last = models.CharField("期末余额行的摘要", max_length=20, default="期末余额")
    income = models.CharField("收入的写法", max_length=10, blank=True)
    outgo = models.CharField("支出的写法", max_length=10, blank=True)
    fee_words = ArrayField(models.CharField(max_length=20), verbose_name="手续费的摘要", default=list, blank=True)
    interest_words = ArrayField(models.CharField(max_length=20), verbose_name="利息的摘要", default=list, blank=True)
    fee_most_fen = models.BigIntegerField("单笔手续费上限(分)", default=100_00)
    set_at = models.DateTimeField("设定时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "对账文件格式"
        verbose_name_plural = "对账文件格式"
        constraints = [
            one_of("style", AmountStyle, name="bank_profile_style_known"),
            models.CheckConstraint(
                condition=~Q(first="") & ~Q(last="") & ~Q(first=models.F("last")),
                name="bank_profile_marks_differ",
                violation_error_message="期初和期末余额行的摘要都要填写，且不能相同。",
            ),
            models.CheckConstraint(
                condition=~Q(style=AmountStyle.MARKED) | (~Q(income="") & ~Q(outgo="") & ~Q(income=models.F("outgo"))),
                name="bank_profile_directions_differ",
                violation_error_message="另列写明收支方向的，要填写收入和支出各自的写法，且不能相同。",
            ),
            models.CheckConstraint(
                condition=Q(fee_most_fen__gte=0),
                name="bank_profile_fee_most_sane",
                violation_error_message="单笔手续费上限不能为负。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank}的对账文件格式"

    def clean(self) -> None:
        heads = list(self.headings.values())
        needed = NEEDED | AMOUNT_COLUMNS.get(AmountStyle(self.style), frozenset())
        if missing := sorted(Column(column).label for column in needed if not self.headings.get(column)):
            raise ValidationError({"headings": f"缺少列名：{'、'.join(missing)}。"})
        if len(set(heads)) < len(heads):
            raise ValidationError({"headings": "两列不能用同一个列名。"})

    @property
    def layout(self) -> Layout:
        return Layout(self.headings, AmountStyle(self.style), self.first, self.last, self.income, self.outgo)
