"""Kinds of accounts and of postings. What a kind debits and credits is data: ``ledger_postingrule``."""

from django.db.models import TextChoices


class AccountKind(TextChoices):
    """The chart of accounts of one institution; the first two are money at a bank, one row a bank account."""

    CUSTODY = "custody", "监管专户存款"
    RISK_BANK = "risk_bank", "风险保证金存款"
    PREPAID = "prepaid", "预收学员款"
    PAYABLE = "payable", "应付机构款"
    REFUNDS = "refunds", "应付退费"
    HELD = "held", "冻结登记"
    HOLDS = "holds", "冻结登记对应"
    RISK = "risk", "机构风险保证金"
    BANK_ITEMS = "bank_items", "银行费用与利息"
    SUSPENSE = "suspense", "待查款"
    TRANSIT = "transit", "专户划转在途"


#: Money at a bank: these accounts are told apart by a number.
AT_BANK = (AccountKind.CUSTODY, AccountKind.RISK_BANK)
#: Accounts on which debits always cover credits.
DEBIT_FLOOR = (*AT_BANK, AccountKind.HOLDS)
#: Accounts on which credits always cover debits.
CREDIT_FLOOR = (
    AccountKind.PREPAID,
    AccountKind.PAYABLE,
    AccountKind.REFUNDS,
    AccountKind.HELD,
    AccountKind.RISK,
)


class Kind(TextChoices):
    """What a posting says. A reversal keeps the kind of what it takes back, and names it in ``reverses``."""

    DEPOSIT = "deposit", "缴费入账"
    CONSUME = "consume", "消课确认"
    RELEASE = "release", "核拨"
    REFUND = "refund", "退费核定"
    REPAY = "repay", "退费支付"
    FREEZE = "freeze", "冻结"
    UNFREEZE = "unfreeze", "解冻"
    RISK_IN = "risk_in", "保证金存入"
    RISK_OUT = "risk_out", "保证金退出"
    FEE = "fee", "银行手续费"
    INTEREST = "interest", "银行利息"
    UNEXPLAINED_IN = "unexplained_in", "待查入账"
    UNEXPLAINED_OUT = "unexplained_out", "待查出账"
    MOVE_OUT = "move_out", "专户划出"
    MOVE_IN = "move_in", "专户划入"


#: Postings of one contract's money; the others are of an institution's bank account.
OF_A_PURSE = (Kind.DEPOSIT, Kind.CONSUME, Kind.RELEASE, Kind.REFUND, Kind.REPAY, Kind.FREEZE, Kind.UNFREEZE)
#: Money is let go: a second person has agreed.
CHECKED = (Kind.RELEASE, Kind.REFUND, Kind.RISK_OUT)
