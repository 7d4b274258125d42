"""What bank files show on the pages of banks and accounts."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from funds.models import Bank, SupervisedAccount

from . import (
    overview,  # noqa: F401  (declares its part of an institution's money page)
    queries,
    rules,
)
from .enums import FileState
from .models import AccountDay, BankFile, BankLine, CallbackEvent, CallbackKey, Difference

SHOWN = 10
ANNOUNCED = {"file_ready": "对账文件已生成", "money_moved": "账户有变动"}

kept(Difference, kind=MatterKind("difference", "对账差异", 75), keeper=named_in(Difference, "owner"))


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


@panel(Bank, label="银行通知", order=21)
def announcements_of(actor: Actor, bank: Bank) -> Panel | None:
    """What the bank's program announced last; nothing while it has no key."""
    if not rules.can_view_desk(actor) or not CallbackKey.objects.visible_to(actor).filter(bank=bank).exists():
        return None
    rows = [
        (f"{row.received_at:%Y-%m-%d %H:%M}", ANNOUNCED.get(row.kind, row.kind), row.event_id)
        for row in CallbackEvent.objects.visible_to(actor).filter(bank=bank).order_by("-received_at")[:SHOWN]
    ]
    return Panel(("收到时间", "通知", "事件编号"), rows)


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


@panel(SupervisedAccount, label="对账差异", order=22)
def differences_of(actor: Actor, account: SupervisedAccount) -> Panel | None:
    if not rules.can_view_desk(actor):
        return None
    rows = [
        (
            link(row.day, reverse("admin:banking_difference_change", args=[row.pk])),
            row.get_kind_display(),
            amount(row.bank_fen),
            amount(row.books_fen),
            row.get_state_display(),
        )
        for row in Difference.objects.visible_to(actor).filter(account=account).order_by("-day", "-pk")[:SHOWN]
    ]
    return Panel(("日期", "类别", "银行(元)", "账上(元)", "状态"), rows)


@todo_tile(order=35)
def differences_to_explain(actor: Actor) -> Tile | None:
    if not actor.can(Can.KEEP_FUNDS):
        return None
    count = queries.open_differences(actor).count()
    url = reverse("admin:banking_difference_changelist") + "?difference=open"
    return Tile("对账差异待查清", count, url, tone="notice") if count else None


@todo_tile(order=36)
def days_to_sign(actor: Actor) -> Tile | None:
    if not actor.can(Can.APPROVE_FUNDS):
        return None
    count = queries.days_to_sign(actor).count()
    url = reverse("admin:banking_daycheck_changelist") + "?check=to_sign"
    return Tile("日对账待签认", count, url, tone="notice") if count else None
