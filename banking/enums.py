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


class Means(TextChoices):
    """What a line is for the books."""

    DEPOSIT = "deposit", "缴费入账"
    RELEASE = "release", "核拨付款"
    REFUND = "refund", "退费付款"
    FEE = "fee", "银行手续费"
    INTEREST = "interest", "银行利息"
    UNEXPLAINED = "unexplained", "待查"
    UNPOSTED = "unposted", "未能记账"


#: Nobody knows yet why the money moved.
OPEN_MEANINGS = (Means.UNEXPLAINED, Means.UNPOSTED)


class DifferenceKind(TextChoices):
    OURS_ONLY = "ours_only", "账上有、银行没有"
    BANK_ONLY = "bank_only", "银行有、账上没有"
    AMOUNT = "amount", "金额不符"
    OPENING = "opening", "期初余额"


class DifferenceState(TextChoices):
    OPEN = "open", "待查"
    MATCHED = "matched", "已对上"
    EXPLAINED = "explained", "已说明"


class CheckState(TextChoices):
    OPEN = "open", "待签认"
    SIGNED = "signed", "已签认"


#: How a difference looks: tones of chips.
TONES = {DifferenceState.OPEN: "bad", DifferenceState.MATCHED: "ok", DifferenceState.EXPLAINED: "plain"}
