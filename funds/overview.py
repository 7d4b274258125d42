"""What one institution's money page says: a line of what holds on a day, and tables to which higher apps add theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.core.actor import Actor
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from institutions.models import Institution

from . import queries
from .enums import Flag, ProposalState
from .models import Exemption, FlagEvent, ModeEvent
from .models.proposals import Proposal

TONES = {
    ProposalState.PROPOSED: "notice",
    ProposalState.APPROVED: "ok",
    ProposalState.REFUSED: "bad",
    ProposalState.ENDED: "plain",
}


@dataclass(frozen=True)
class Money:
    """One institution's money at the end of a day: what the tables of the money page are asked about."""

    institution: Institution
    on: date


def to_money(institution: Institution) -> SafeString:
    """The institution's name, leading to its money page."""
    return link(institution.name, reverse("admin:institutions_institution_funds", args=[institution.pk]))


def summary(institution: Institution, *, on: date) -> list[tuple[str, object, str]]:
    account, mode = queries.account_on(institution, on=on), queries.mode_on(institution, on=on)
    held = (f"{account.bank} 尾号{account.number_tail}", "plain") if account else ("未开设", "bad")
    minimum = queries.minimum_on(institution, on=on)
    exempt = institution.fund_exemptions.in_force(on).first()
    told = [
        ("监管账户", *held),
        ("监管方式", mode.get_mode_display() if mode else "未设定", "plain" if mode else "notice"),
    ]
    standing = queries.flags_on(institution, on=on)
    for flag in Flag:
        done = flag in standing and standing[flag].up
        told.append((flag.label, f"{standing[flag].effective_on}起" if done else "未完成", "ok" if done else "notice"))
    if mode and mode.deposit_fen:
        told.append(("风险保证金", amount(mode.deposit_fen), "plain"))
    if minimum:
        told.append(("最低余额", amount(minimum.amount_fen), "plain"))
    if exempt:
        told.append(("豁免监管", f"至{exempt.until_on}", "notice"))
    return told


@panel(Money, label="监管账户", order=20)
def accounts(actor: Actor, money: Money) -> Panel:
    rows = [
        (
            link(f"尾号{row.number_tail}", reverse("admin:funds_supervisedaccount_change", args=[row.pk])),
            row.bank,
            row.holder,
            row.opened_on,
            row.closed_on or "在用",
        )
        for row in money.institution.supervised_accounts.select_related("bank").order_by("-opened_on", "-pk")
    ]
    return Panel(("账号", "监管银行", "户名", "开户", "销户"), rows, empty="未登记监管账户")


@panel(Money, label="监管方式", order=54)
def modes(actor: Actor, money: Money) -> Panel:
    events = ModeEvent.objects.filter(institution=money.institution).believed()
    rows = [
        (event.effective_on, event.get_mode_display(), amount(event.deposit_fen or None) or "—", event.reason)
        for event in events.order_by("-effective_on", "-recorded_at", "-pk")
    ]
    return Panel(("生效日期", "监管方式", "风险保证金", "事由"), rows, empty="未设定监管方式")


@panel(Money, label="三方协议", order=52)
def agreements(actor: Actor, money: Money) -> Panel:
    rows = [
        (
            link(row.bank, reverse("admin:funds_agreement_change", args=[row.pk])),
            row.get_mode_display(),
            f"{row.valid_from}至{row.valid_to}",
            row.signed_on or "—",
            row.get_state_display(),
        )
        for row in money.institution.fund_agreements.select_related("bank").order_by("-valid_from", "-pk")
    ]
    return Panel(("监管银行", "监管方式", "有效期", "签署", "状态"), rows, empty="没有三方协议")


@panel(Money, label="最低余额", order=56)
def minimums(actor: Actor, money: Money) -> Panel:
    rows = [
        (_to(row, amount(row.amount_fen)), row.effective_on, _state(row), row.reason, row.proposed_by, row.decided_by)
        for row in money.institution.minimum_balances.select_related("proposed_by", "decided_by").order_by("-pk")
    ]
    return Panel(("最低余额", "生效日期", "状态", "理由", "提请", "审核"), rows, empty="未设最低余额")


@panel(Money, label="豁免监管", order=58)
def exemptions(actor: Actor, money: Money) -> Panel:
    rows = [
        (_to(row, row.get_kind_display()), _days(row), _state(row), row.reason, row.proposed_by, row.decided_by)
        for row in money.institution.fund_exemptions.select_related("proposed_by", "decided_by").order_by("-pk")
    ]
    return Panel(("豁免情形", "期限", "状态", "理由", "提请", "审核"), rows, empty="没有豁免")


def _days(row: Exemption) -> str:
    return f"{row.from_on}至{row.ended_on or row.until_on}"


def _state(row: Proposal) -> object:
    return chip(row.get_state_display(), TONES[ProposalState(row.state)])


def _to(row: Proposal, text: object) -> object:
    return link(text, reverse(f"admin:funds_{row._meta.model_name}_change", args=[row.pk]))


@panel(Money, label="三项登记", order=50)
def flags(actor: Actor, money: Money) -> Panel:
    believed = set(FlagEvent.objects.filter(institution=money.institution).believed().values_list("pk", flat=True))
    rows = [
        (
            link(row.get_flag_display(), reverse("admin:funds_flagevent_change", args=[row.pk])),
            chip("完成", "ok") if row.up else chip("撤销", "bad"),
            row.effective_on,
            row.evidence or "见附件",
            row.recorded_at,
            "有效" if row.pk in believed else "已更正",
        )
        for row in money.institution.fund_flags.filter(withdrawn=False).order_by("-effective_on", "-recorded_at", "-pk")
    ]
    return Panel(("事项", "登记", "自", "依据或理由", "登记时间", "记录"), rows, empty="三项均未登记")


@panel(Money, label="监管问题", order=60)
def obstacles(actor: Actor, money: Money) -> Panel:
    rows = [
        (
            link(row.get_kind_display(), reverse("admin:funds_obstacle_change", args=[row.pk])),
            row.words,
            row.owner,
            row.due_on,
            row.result or row.get_state_display(),
        )
        for row in money.institution.fund_obstacles.select_related("owner").order_by("-state", "due_on", "pk")
    ]
    return Panel(("问题分类", "问题", "负责人", "解决期限", "结果"), rows, empty="没有监管问题")
