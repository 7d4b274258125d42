"""Words of bank files. Values are stable; labels are what screens print."""

from django.db.models import TextChoices


class AmountStyle(TextChoices):
    """How a bank writes what came in and what went out."""

    TWO_COLUMNS = "two_columns", "收入、支出两列"
    SIGNED = "signed", "一列金额，支出为负数"
    MARKED = "marked", "一列金额，另列写明收支方向"


class Column(TextChoices):
    """What a column of a day file can mean."""

    ACCOUNT = "account", "本方账号"
    DAY = "day", "交易日期"
    SERIAL = "serial", "银行流水号"
    MEMO = "memo", "摘要"
    INCOME = "income", "收入金额"
    OUTGO = "outgo", "支出金额"
    AMOUNT = "amount", "金额"
    DIRECTION = "direction", "收支方向"
    BALANCE = "balance", "余额"
    NAME = "name", "对方户名"
    NUMBER = "number", "对方账号"


#: Without these a file cannot be proved: whose money, on which day, and what there was before and after.
NEEDED = frozenset({Column.ACCOUNT, Column.DAY, Column.MEMO, Column.BALANCE})
#: What each style of amounts needs besides.
AMOUNT_COLUMNS = {
    AmountStyle.TWO_COLUMNS: frozenset({Column.INCOME, Column.OUTGO}),
    AmountStyle.SIGNED: frozenset({Column.AMOUNT}),
    AmountStyle.MARKED: frozenset({Column.AMOUNT, Column.DIRECTION}),
}


class FileState(TextChoices):
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "整份退回"
