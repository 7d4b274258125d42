"""What fund supervision shows on pages and on the home page."""

from __future__ import annotations

from collections import defaultdict

from django.urls import reverse

from assignments.models import Part
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, figure_tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from foundation.documents.showing import papers_panel
from institutions.models import Institution

from . import (
    overview,  # noqa: F401  (declares its part of an institution's money page)
    progress,
    queries,
    rates,
    rules,
)
from .enums import BankStatus, Flag, ProposalState
from .models import (
    AdminTraining,
    Agreement,
    Bank,
    Exemption,
    FlagEvent,
    FundsFile,
    MinimumBalance,
    Obstacle,
    Push,
    PushedInstitution,
)

kept(Obstacle, kind=MatterKind("fund_obstacle", "监管问题", 71), keeper=named_in(Obstacle, "owner"))
kept(Agreement, kind=MatterKind("agreement", "三方协议", 70), keeper=named_in(Agreement, "drafted_by"))


@panel(Bank, label="遴选记录", order=10)
def bank_history(actor: Actor, bank: Bank) -> Panel:
    rows = [
        (event.effective_on, event.get_status_display(), event.reason, event.basis or "—", event.recorded_at)
        for event in bank.status_events.believed().order_by("-effective_on", "-recorded_at", "-pk")
    ]
    return Panel(("生效日期", "状态", "理由", "依据文件", "登记时间"), rows)


@figure_tile(order=72)
def selected_banks(actor: Actor) -> Tile | None:
    if not rules.can_view(actor):
        return None
    count = queries.banks_on(actor, on=clock.today()).count()
    url = reverse("admin:funds_bank_changelist") + f"?status__exact={BankStatus.SELECTED}"
    return Tile("入选监管银行", count, url, unit="家")


@panel(Institution, label="资金监管", order=34)
def funds_of(actor: Actor, institution: Institution) -> Panel | None:
    """What holds today, each beside its name; the tables are on the money page."""
    if not rules.can_view_of(actor, institution):
        return None
    account = queries.account_on(institution, on=clock.today())
    mode = queries.mode_on(institution, on=clock.today())
    rows = [
        ("监管账户", f"{account.bank} 尾号{account.number_tail}" if account else chip("未开设", "bad")),
        ("监管方式", mode.get_mode_display() if mode else chip("未设定", "notice")),
    ]
    url = reverse("admin:institutions_institution_funds", args=[institution.pk])
    return Panel(("事项", "今天"), rows, more_url=url)


@todo_tile(order=36)
def minimums_to_decide(actor: Actor) -> Tile | None:
    return _to_decide(actor, MinimumBalance, "最低余额待审核")


@todo_tile(order=37)
def exemptions_to_decide(actor: Actor) -> Tile | None:
    return _to_decide(actor, Exemption, "豁免监管待审核")


def _to_decide(actor: Actor, model: type[MinimumBalance | Exemption], label: str) -> Tile | None:
    count = queries.to_decide(actor, model).count()
    url = reverse(f"admin:funds_{model._meta.model_name}_changelist") + f"?state__exact={ProposalState.PROPOSED}"
    return Tile(label, count, url, tone="notice") if count else None


@figure_tile(order=71)
def supervised(actor: Actor) -> Tile | None:
    if not rules.can_view(actor):
        return None
    count = queries.supervised_on(actor, on=clock.today()).count()
    url = reverse("admin:funds_supervisedaccount_changelist") + "?account=active"
    return Tile("纳入监管机构", count, url, unit="家")


@panel(Agreement, label="扫描件", order=10)
def scans(actor: Actor, agreement: Agreement) -> Panel:
    rows = [
        (
            link(row.filename, reverse("admin:funds_fundsfile_take", args=[row.pk])),
            row.added_at,
            row.added_by if rules.can_view(actor) else "—",
        )
        for row in FundsFile.objects.visible_to(actor).filter(agreement=agreement).select_related("added_by")
    ]
    return Panel(("文件", "上传时间", "上传人"), rows, empty="登记签署时上传扫描件。")


@panel(Agreement, label="文书", order=20)
def agreement_papers(actor: Actor, agreement: Agreement) -> Panel | None:
    return papers_panel(actor, agreement) if rules.can_view(actor) else None


@figure_tile(order=73)
def without_agreement(actor: Actor) -> Tile | None:
    if not rules.can_view(actor):
        return None
    count = queries.accounts_without_agreement(actor).count()
    url = reverse("admin:funds_supervisedaccount_changelist") + "?account=v14"
    return Tile("无有效三方协议", count, url, unit="家", tone="bad" if count else "ok")


@panel(FlagEvent, label="附件", order=10)
def evidence_files(actor: Actor, event: FlagEvent) -> Panel:
    rows = [
        (link(row.filename, reverse("admin:funds_fundsfile_take", args=[row.pk])), row.added_at, row.added_by)
        for row in FundsFile.objects.visible_to(actor).filter(flag=event).select_related("added_by")
    ]
    return Panel(("文件", "上传时间", "上传人"), rows, empty="没有附件，依据见登记。")


@panel(Push, label="承办单位", order=10)
def push_by_organ(actor: Actor, push: Push) -> Panel:
    """What each organ got, where it stands, and how many of its institutions are done."""
    done, groups = progress.up_today(push), defaultdict(list)
    for row in push.institutions.select_related("assignment").order_by("pk"):
        groups[row.assignment].append(row.institution_id)
    parts = Part.objects.filter(assignment__in=[one for one in groups if one]).select_related("organ")
    held = {part.assignment_id: part for part in parts}
    rows = [_given(held.get(one.pk) if one else None, ids, done) for one, ids in groups.items()]
    return Panel(("承办单位", "机构(家)", "今天已完成", "交办状态", "办理情况"), rows)


def _given(part: Part | None, ids: list[int], done: set[int]) -> tuple[object, ...]:
    ready = sum(pk in done for pk in ids)
    if part is None:
        return chip("没有登记单位，未交办", "bad"), len(ids), ready, "—", "—"
    url = reverse("admin:assignments_part_change", args=[part.pk])
    return link(part.organ, url), len(ids), ready, part.get_state_display(), part.result or "—"


@panel(Push, label="机构", order=20)
def pushed_institutions(actor: Actor, push: Push) -> Panel:
    done = progress.up_today(push)
    rows = [
        (
            link(row.institution, reverse("admin:institutions_institution_funds", args=[row.institution_id])),
            chip("已完成", "ok") if row.institution_id in done else chip("未完成", "bad"),
        )
        for row in PushedInstitution.objects.visible_to(actor)
        .filter(push=push)
        .select_related("institution")
        .order_by("institution__name", "pk")
    ]
    return Panel(("机构", "今天"), rows)


@figure_tile(order=70)
def three_rates(actor: Actor) -> Tile | None:
    """Those that lack at least one of the three, of those that should have all."""
    if not rules.can_view(actor):
        return None
    when = rates.moment(actor, on=clock.today())
    should = rates.should_be_supervised(actor, when)
    number = should.count()
    every = should.filter(*(rates.with_flag(flag, when) for flag in Flag)).count()
    tone, note = ("notice", f"三项齐全 {every}/{number} 家") if every < number else ("ok", "三项齐全")
    return Tile("三项未齐全", number - every, reverse("admin:funds_flagevent_rates"), unit="家", tone=tone, note=note)


@panel(AdminTraining, label="参训单位", order=10)
def attending(actor: Actor, training: AdminTraining) -> Panel:
    rows = [(row.organ.jurisdiction, row.organ) for row in training.attending.select_related("organ__jurisdiction")]
    return Panel(("地区", "单位"), sorted(rows, key=lambda pair: (str(pair[0]), str(pair[1]))))


@todo_tile(order=38)
def obstacles_of_mine(actor: Actor) -> Tile | None:
    count = queries.own_obstacles(actor).count() if rules.can_keep_some(actor) else 0
    url = reverse("admin:funds_obstacle_changelist") + "?waiting=mine"
    return Tile("我负责的监管问题", count, url, unit="个", tone="notice") if count else None
