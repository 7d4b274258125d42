"""What an institution's money page shows of the books, of its contracts and of what leaves: as of the page's day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse

from contracts.models import Contract
from contracts.rules import can_view_contracts
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from funds.overview import Money
from ledger import queries as books
from ledger.models import Purse

from . import rules
from .enums import RefundState, ReleaseState
from .models import AccountBlock, ContractPurse, Hold, Refund, Release

SHOWN = 10
UNUSED = F("deposited_fen") - F("consumed_fen") - F("refunded_fen")
RELEASES = {ReleaseState.PAID: "ok", ReleaseState.FAILED: "bad", ReleaseState.REFUSED: "plain"}
REFUNDS = {RefundState.PAID: "ok", RefundState.DISPUTED: "bad"}
OVER = (RefundState.DECLINED, RefundState.WITHDRAWN)


@panel(Money, label="余额", order=10)
def balances(actor: Actor, money: Money) -> Panel | None:
    """What the books say at the end of the day: of all contracts together, and of the special account."""
    if not rules.can_view(actor):
        return None
    found = books.standing(money.institution.pk, on=money.on)
    held = found.purses
    rows = [
        ("未消课", amount(held.unused), "学员已缴、尚未上课也未退的钱"),
        ("已消课、待核拨", amount(held.consumed - held.released), "已确认上课、还没有拨给机构的钱"),
        ("核定待退", amount(held.to_repay), "已核定、银行还没有退给家长的钱"),
        ("应在专户", amount(held.at_bank), "以上三项之和"),
        ("专户账上余额", amount(found.custody), "账上专户的余额，含待查款、利息和手续费"),
        ("冻结", amount(held.frozen), "因退费等暂不核拨的钱"),
        ("累计缴费", amount(held.deposited), "自开户起存入专户的学费"),
        ("累计核拨", amount(held.released), "自开户起拨给机构的"),
        ("累计退费", amount(held.repaid), "自开户起退给家长的"),
        ("风险保证金", amount(found.risk), "另存的保证金"),
    ]
    url = reverse("admin:institutions_institution_books", args=[money.institution.pk])
    return Panel(("项目", "金额(元)", "说明"), rows, more_url=url)


@panel(Money, label="合同", order=30)
def contracts(actor: Actor, money: Money) -> Panel | None:
    """The contracts with the most money not yet taught at the end of the day, with what stood there then."""
    if not (rules.can_view(actor) and can_view_contracts(actor)):
        return None
    held = _held(money)
    most = sorted(held, key=lambda pk: (-held[pk].unused, pk))[:SHOWN]
    found = ContractPurse.objects.visible_to(actor).filter(purse__in=most).select_related("contract")
    by_purse = {row.purse_id: row.contract for row in found}
    rows = [_contract(by_purse[pk], pk, held[pk]) for pk in most if pk in by_purse]
    url = reverse("admin:contracts_contract_changelist") + f"?home={money.institution.pk}"
    columns = ("合同", "签订", "现在状态", "总价", "已缴", "未消课", "冻结", "账")
    return Panel(columns, rows, more_url=url, empty="还没有钱存入专户的合同。")


def _held(money: Money) -> dict[int, books.Balance]:
    """Of today from the purses; of a day that is over from the entries up to it."""
    if money.on < clock.today():
        return books.purses_on(money.institution.pk, on=money.on)
    purses = Purse.objects.filter(institution=money.institution).order_by(-UNUSED, "pk")[:SHOWN]
    return {row.pk: books.figures_of(row) for row in purses}


def _contract(contract: Contract, purse: int, held: books.Balance) -> tuple[object, ...]:
    return (
        link(contract, reverse("admin:contracts_contract_change", args=[contract.pk])),
        contract.signed_on,
        contract.get_state_display(),
        amount(contract.total_fen),
        amount(held.deposited),
        amount(held.unused),
        amount(held.frozen),
        link("流水", reverse("admin:ledger_purse_change", args=[purse])),
    )


@panel(Money, label="核拨", order=32)
def releases(actor: Actor, money: Money) -> Panel | None:
    if not rules.can_view(actor):
        return None
    rows = Release.objects.visible_to(actor).filter(
        institution=money.institution, proposed_at__lte=clock.end_of(money.on)
    )
    shown = [
        (
            link(clock.local_date(row.proposed_at), reverse("admin:payouts_release_change", args=[row.pk])),
            row.lines_count,
            amount(row.amount_fen),
            chip(row.get_state_display(), RELEASES.get(ReleaseState(row.state), "notice")),
            row.paid_on or "—",
        )
        for row in rows.order_by("-proposed_at", "-pk")[:SHOWN]
    ]
    url = reverse("admin:payouts_release_changelist") + f"?home={money.institution.pk}"
    return Panel(("提请日期", "人次", "金额(元)", "状态", "付款日期"), shown, more_url=url, empty="没有核拨。")


@panel(Money, label="退费", order=34)
def refunds(actor: Actor, money: Money) -> Panel | None:
    if not rules.can_view(actor):
        return None
    rows = Refund.objects.visible_to(actor).filter(contract__institution=money.institution, asked_on__lte=money.on)
    shown = [
        (
            link(row.asked_on, reverse("admin:payouts_refund_change", args=[row.pk])),
            amount(row.asked_fen),
            amount(row.agreed_fen) or "—",
            chip(row.get_state_display(), _tone(RefundState(row.state))),
            row.paid_on or "—",
        )
        for row in rows.order_by("-asked_on", "-pk")[:SHOWN]
    ]
    url = reverse("admin:payouts_refund_changelist") + f"?home={money.institution.pk}"
    return Panel(("申请日期", "申请(元)", "同意(元)", "状态", "退款日期"), shown, more_url=url, empty="没有退费。")


def _tone(state: RefundState) -> str:
    return "plain" if state in OVER else REFUNDS.get(state, "notice")


@panel(Money, label="暂停核拨和停付", order=36)
def holds(actor: Actor, money: Money) -> Panel | None:
    """Holds of the institution and blocks of its accounts that stood on the day, or since."""
    if not rules.can_view(actor):
        return None
    held = Hold.objects.visible_to(actor).filter(institution=money.institution, from_on__lte=money.on)
    rows: list[tuple[object, ...]] = []
    for row in held.order_by("-from_on", "-pk")[:SHOWN]:
        ended = clock.local_date(row.ended_at) if row.ended_at else row.until_on + timedelta(days=1)
        named = link("暂停核拨", reverse("admin:payouts_hold_change", args=[row.pk]))
        rows.append((named, row.from_on, row.until_on, row.reason, _stands(ended, money.on)))
    blocks = AccountBlock.objects.visible_to(actor).filter(
        Q(account__institution=money.institution), set_at__lte=clock.end_of(money.on)
    )
    for block in blocks.order_by("-set_at")[:SHOWN]:
        ended = clock.local_date(block.ended_at) if block.ended_at else None
        rows.append(("账户停付", clock.local_date(block.set_at), "查清差异后", block.reason, _stands(ended, money.on)))
    return Panel(("事项", "自", "至", "原因", "当日"), rows, empty="没有暂停核拨，账户没有停付。")


def _stands(ended: date | None, on: date) -> object:
    return chip("生效中", "bad") if ended is None or ended > on else chip("已恢复", "plain")
