"""What contracts' money shows on pages of contracts and institutions, and what waits on the home page."""

from __future__ import annotations

from django.urls import reverse

from cases.models import Case
from contracts.models import Contract
from contracts.rules import can_view_contracts
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from foundation.core.scope import covers
from foundation.deadlines.kinds import MatterKind, kept, named_in
from funds.models import SupervisedAccount
from institutions.models import Institution
from ledger.models import Purse
from ledger.queries import Balance, figures_of

from . import (
    overview,  # noqa: F401  (declares its part of an institution's money page)
    queries,
    rules,
)
from .enums import ReleaseState
from .models import AccountBlock, Consumption, ContractPurse, Refund, Release

SHOWN = 10

kept(Refund, kind=MatterKind("refund", "退费", 70), keeper=named_in(Refund, "entered_by"))


@panel(Contract, label="资金", order=10)
def money(actor: Actor, contract: Contract) -> Panel | None:
    """What was paid, taught, let go and is left, as the books say now."""
    if not (rules.can_view(actor) and covers(actor, contract)):
        return None
    found = ContractPurse.objects.filter(contract=contract).select_related("purse").first()
    now = figures_of(found.purse) if found else Balance()
    rows = [
        ("已缴", amount(now.deposited)),
        ("已消课", amount(now.consumed)),
        ("未消课", amount(now.unused)),
        ("已核拨", amount(now.released)),
        ("核定退费", amount(now.refunded)),
        ("冻结", amount(now.frozen)),
        ("应在专户", amount(now.at_bank)),
    ]
    return Panel(("项目", "金额(元)"), rows)


@panel(Purse, label="合同", order=5)
def contract_of(actor: Actor, purse: Purse) -> Panel | None:
    """Whose money it is: the ledger does not know."""
    if not (rules.can_view(actor) and can_view_contracts(actor)):
        return None
    found = Contract.objects.visible_to(actor).filter(money__purse=purse).first()
    if found is None:
        return None
    url = reverse("admin:contracts_contract_change", args=[found.pk])
    rows = [(link(found, url), found.course_name, found.signed_on, found.get_state_display())]
    return Panel(("合同", "课程", "签订", "状态"), rows)


@panel(Contract, label="消课", order=12)
def lessons(actor: Actor, contract: Contract) -> Panel | None:
    if not rules.can_view(actor):
        return None
    rows = [
        (
            link(row.told_on, reverse("admin:payouts_consumption_change", args=[row.pk])),
            row.lessons,
            amount(row.amount_fen),
            row.get_state_display(),
        )
        for row in Consumption.objects.visible_to(actor).filter(contract=contract).order_by("-told_on", "-pk")[:SHOWN]
    ]
    return Panel(("告知日期", "课时", "金额(元)", "状态"), rows)


@panel(Contract, label="退费", order=14)
def refunds(actor: Actor, contract: Contract) -> Panel | None:
    if not rules.can_view(actor):
        return None
    rows = [
        (
            link(row.asked_on, reverse("admin:payouts_refund_change", args=[row.pk])),
            amount(row.asked_fen),
            amount(row.agreed_fen),
            row.get_state_display(),
        )
        for row in Refund.objects.visible_to(actor).filter(contract=contract).order_by("-asked_on", "-pk")[:SHOWN]
    ]
    return Panel(("申请日期", "申请(元)", "同意(元)", "状态"), rows)


@panel(Institution, label="核拨", order=36)
def releases(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view(actor):
        return None
    rows = [
        (
            link(f"{row.proposed_at:%Y-%m-%d}", reverse("admin:payouts_release_change", args=[row.pk])),
            row.lines_count,
            amount(row.amount_fen),
            chip(row.get_state_display(), "ok" if row.state == ReleaseState.PAID else "plain"),
        )
        for row in Release.objects.visible_to(actor).filter(institution=institution).order_by("-proposed_at")[:SHOWN]
    ]
    return Panel(("提请日期", "人次", "金额(元)", "状态"), rows)


@panel(SupervisedAccount, label="停付", order=12)
def blocks_of(actor: Actor, account: SupervisedAccount) -> Panel | None:
    if not rules.can_view(actor):
        return None
    rows = [
        (f"{row.set_at:%Y-%m-%d}", row.reason, f"{row.ended_at:%Y-%m-%d}" if row.ended_at else chip("停付中", "bad"))
        for row in AccountBlock.objects.visible_to(actor).filter(account=account).order_by("-set_at")[:SHOWN]
    ]
    return Panel(("停付时间", "原因", "恢复时间"), rows) if rows else None


@panel(Case, label="资金（退费可抵减违法所得）", order=60)
def of_case(actor: Actor, case: Case) -> Panel | None:
    """The party's money at hand: what was given back to pupils is taken off illegal gains (行政处罚法第二十八条)."""
    if not rules.can_view(actor) or case.institution_id is None:
        return None
    held = queries.held_by(case.institution)
    rows = [
        ("学员已缴", amount(held.deposited)),
        ("已消课", amount(held.consumed)),
        ("已核拨给机构", amount(held.released)),
        ("已退还学员", amount(held.repaid)),
        ("核定待退", amount(held.refunded - held.repaid)),
        ("未消课", amount(held.unused)),
        ("应在专户", amount(held.at_bank)),
    ]
    return Panel(("项目", "金额(元)"), rows)


@panel(Release, label="核拨明细", order=10)
def release_lines(actor: Actor, release: Release) -> Panel:
    """Banks see amounts alone: of whom they are, the contract's number tells those who see contracts."""
    whole = actor.can(Can.VIEW_FUNDS)
    rows = [
        (str(line.contract) if whole else f"第{number}行", amount(line.amount_fen))
        for number, line in enumerate(release.lines.select_related("contract").order_by("pk"), start=1)
    ]
    return Panel(("合同", "金额(元)"), rows)


@todo_tile(order=32)
def releases_to_decide(actor: Actor) -> Tile | None:
    if not actor.can(Can.APPROVE_FUNDS):
        return None
    rows = Release.objects.visible_to(actor).filter(state=ReleaseState.PROPOSED).exclude(proposed_by=actor.user_id)
    return _todo(
        "核拨待审核", rows.count(), "admin:payouts_release_changelist", f"state__exact={ReleaseState.PROPOSED}"
    )


@todo_tile(order=33)
def refunds_to_approve(actor: Actor) -> Tile | None:
    if not actor.can(Can.APPROVE_FUNDS):
        return None
    count = queries.refunds_to_approve(actor).count()
    return _todo("退费待核定", count, "admin:payouts_refund_changelist", "refund=to_approve")


@todo_tile(order=34)
def refunds_to_handle(actor: Actor) -> Tile | None:
    if not actor.can(Can.KEEP_FUNDS):
        return None
    count = queries.refunds_to_handle(actor).count()
    return _todo("退费待办理", count, "admin:payouts_refund_changelist", "refund=to_handle")


def _todo(label: str, count: int, name: str, query: str) -> Tile | None:
    return Tile(label, count, f"{reverse(name)}?{query}", tone="notice") if count else None
