"""What an institution's money page shows of the bank: what it says of each account, and where the books differ."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from funds.models import SupervisedAccount
from funds.overview import Money

from . import rules
from .enums import TONES, CheckState, DifferenceState
from .models import AccountDay, DayCheck, Difference

SHOWN = 10


@panel(Money, label="银行余额和日对账", order=22)
def days(actor: Actor, money: Money) -> Panel | None:
    """Of each account open that day, the last day that the bank had spoken of, beside the books and who signed."""
    if not rules.can_view_desk(actor):
        return None
    accounts = SupervisedAccount.objects.visible_to(actor).filter(institution=money.institution).active(money.on)
    said = AccountDay.objects.visible_to(actor).filter(account__in=accounts, day__lte=money.on)
    newest = said.order_by("account", "-day").distinct("account").select_related("account__bank")
    checks = DayCheck.objects.visible_to(actor).filter(account__in=accounts, day__lte=money.on)
    checked = {row.account_id: row for row in checks.order_by("account", "-day").distinct("account")}
    rows = [_said(day, checked.get(day.account_id)) for day in newest]
    columns = ("银行账户", "银行说到", "银行余额(元)", "最近对账", "账上余额(元)", "签认")
    return Panel(columns, rows, empty="银行还没有报送这家机构的账户余额。")


def _said(day: AccountDay, check: DayCheck | None) -> tuple[object, ...]:
    account = link(
        f"{day.account.bank} 尾号{day.account.number_tail}",
        reverse("admin:funds_supervisedaccount_change", args=[day.account_id]),
    )
    if check is None:
        return account, day.day, amount(day.closing_fen), "—", "—", chip("未对账", "notice")
    signed = chip("已签认", "ok") if check.state == CheckState.SIGNED else chip("待签认", "notice")
    on = link(check.day, reverse("admin:banking_daycheck_change", args=[check.pk]))
    return account, day.day, amount(day.closing_fen), on, amount(check.books_fen), signed


@panel(Money, label="对账差异", order=24)
def differences(actor: Actor, money: Money) -> Panel | None:
    """What bank and books say differently on the day or said before, the open ones first."""
    if not rules.can_view_desk(actor):
        return None
    found = Difference.objects.visible_to(actor).filter(account__institution=money.institution, day__lte=money.on)
    order = ("-state", "-day", "pk")  # open stands last in the alphabet of states
    rows = [
        (
            link(row.day, reverse("admin:banking_difference_change", args=[row.pk])),
            row.get_kind_display(),
            amount(row.bank_fen) or "—",
            amount(row.books_fen) or "—",
            chip(row.get_state_display(), TONES[DifferenceState(row.state)]),
            row.due_on,
        )
        for row in found.order_by(*order)[:SHOWN]
    ]
    url = reverse("admin:banking_difference_changelist") + f"?home={money.institution.pk}"
    empty = "没有对账差异：银行与账上一致。"
    return Panel(("日期", "类别", "银行(元)", "账上(元)", "状态", "查清期限"), rows, more_url=url, empty=empty)
