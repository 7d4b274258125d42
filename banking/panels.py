"""What bank files show on the pages of banks and accounts."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from funds.models import Bank, SupervisedAccount

from . import rules
from .enums import FileState
from .models import AccountDay, BankFile, BankLine

SHOWN = 10


@panel(Bank, label="对账文件", order=20)
def files_of(actor: Actor, bank: Bank) -> Panel | None:
    if not rules.can_view(actor):
        return None
    tones = {FileState.ACCEPTED: "ok", FileState.REFUSED: "bad"}
    rows = [
        (
            link(f"{row.received_at:%Y-%m-%d}", reverse("admin:banking_bankfile_change", args=[row.pk])),
            row.name,
            chip(row.get_state_display(), tones[FileState(row.state)]),
            row.reason or f"{row.lines}笔，新增{row.fresh}笔",
        )
        for row in BankFile.objects.visible_to(actor).filter(bank=bank).order_by("-received_at", "-pk")[:SHOWN]
    ]
    return Panel(("报送时间", "文件", "结果", "说明"), rows)


@panel(SupervisedAccount, label="银行余额", order=20)
def days_of(actor: Actor, account: SupervisedAccount) -> Panel:
    rows = [
        (row.day, amount(row.opening_fen), amount(row.closing_fen), row.lines)
        for row in AccountDay.objects.visible_to(actor).filter(account=account).order_by("-day")[:SHOWN]
    ]
    return Panel(("日期", "期初余额(元)", "期末余额(元)", "明细数"), rows)


@panel(SupervisedAccount, label="银行明细", order=21)
def lines_of(actor: Actor, account: SupervisedAccount) -> Panel:
    rows = [
        (row.day, amount(row.fen), row.memo, row.serial or "—")
        for row in BankLine.objects.visible_to(actor).filter(account=account).order_by("-day", "-pk")[:SHOWN]
    ]
    url = reverse("admin:banking_bankline_changelist") + f"?q={account.number_tail}"
    return Panel(("日期", "金额(元)", "摘要", "流水号"), rows, more_url=url)
