"""What cases show on other pages, and what a case's page shows below itself."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html_join

from cases import papers, published, queries, rules  # noqa: F401  (these declare figures and days that turn)
from cases.enums import SAY_LINK, CaseState
from cases.models import Case, CaseOfficer, CasePaper, Fulfilment, Preservation
from enforcement.models import Order
from foundation.accounts.panels import slip_panel
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import amount, entered, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept
from inspections.models import Campaign, Visit
from institutions.models import Institution, UnlicensedSite

#: The first of those who still handle the case answers for its terms.
_OFFICERS = CaseOfficer.objects.filter(until__isnull=True).order_by("pk").values("user_id")
CASE = MatterKind("case", "案件", 50)
kept(Case, kind=CASE, keeper=_OFFICERS.filter(case=OuterRef("subject_id"))[:1])
kept(Preservation, kind=CASE, keeper=_OFFICERS.filter(case__preservations=OuterRef("subject_id"))[:1])

COLUMNS = ("立案号", "当事人", "涉嫌违法行为", "立案日期", "状态")


def _panel(actor: Actor, found: QuerySet[Case]) -> Panel | None:
    if not rules.can_view_cases(actor):
        return None
    rows = [
        (
            link(case.number or "待编号", reverse("admin:cases_case_change", args=[case.pk])),
            case.party_name,
            case.violation.name,
            case.filed_on or "—",
            case.get_state_display(),
        )
        for case in found.select_related("violation").order_by("-proposed_at", "-pk")
    ]
    return Panel(COLUMNS, rows, empty="没有案件")


@panel(Institution, label="案件", order=43)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    return _panel(actor, Case.objects.visible_to(actor).filter(institution=institution))


@panel(UnlicensedSite, label="案件", order=19)
def of_site(actor: Actor, site: UnlicensedSite) -> Panel | None:
    return _panel(actor, Case.objects.visible_to(actor).filter(unlicensed=site))


@panel(Visit, label="案件", order=31)
def of_visit(actor: Actor, visit: Visit) -> Panel | None:
    return _panel(actor, Case.objects.visible_to(actor).filter(visit=visit))


@panel(Order, label="案件", order=30)
def of_order(actor: Actor, order: Order) -> Panel | None:
    return _panel(actor, Case.objects.visible_to(actor).filter(order=order))


@panel(Campaign, label="案件", order=41)
def of_campaign(actor: Actor, campaign: Campaign) -> Panel | None:
    found = Case.objects.visible_to(actor).filter(campaigns__campaign=campaign, filed_on__isnull=False)
    return _panel(actor, found)


# -- parts of a case -----------------------------------------------------------------------------------------------
def _document(paper: CasePaper) -> str:
    return link(paper.document.number, reverse("admin:documents_document_change", args=[paper.document_id]))


@panel(Case, label="卷内文书", order=10)
def of_case_papers(actor: Actor, case: Case) -> Panel:
    found = case.papers.select_related("document", "receipt", "made_by").order_by("pk")
    rows = [
        (
            paper.get_kind_display(),
            _document(paper),
            paper.made_on,
            paper.made_by.name,
            f"{paper.get_service_display()} {paper.served_on}" if paper.served_on else "—",
            link(paper.receipt.number, reverse("admin:documents_document_change", args=[paper.receipt_id]))
            if paper.receipt
            else "—",
        )
        for paper in found
    ]
    return Panel(("文书", "文号", "日期", "制作人", "送达", "送达回证"), rows, empty="还没有文书")


@panel(Case, label="证据", order=20)
def of_case_evidence(actor: Actor, case: Case) -> Panel:
    rows = [
        (
            piece.no,
            piece.get_kind_display(),
            piece.title,
            piece.shows,
            f"{piece.taken_from}，{piece.taken_on}，{piece.taken_by}",
            _files(piece),
        )
        for piece in case.evidence.prefetch_related("files").order_by("no")
    ]
    return Panel(("序号", "种类", "名称", "证明内容", "来源、日期、取证人", "文件"), rows, empty="还没有登记证据")


def _files(piece) -> object:
    files = [(reverse("admin:cases_evidencefile_change", args=[file.pk]), file.filename) for file in piece.files.all()]
    return format_html_join("、", '<a class="link" href="{}">{}</a>', files) or "—"


@panel(Case, label="先行登记保存", order=25)
def of_case_keeping(actor: Actor, case: Case) -> Panel | None:
    kept = list(case.preservations.order_by("pk"))
    if not kept:
        return None
    rows = [
        (
            row.preserved_on,
            "；".join(row.items),
            f"{row.place}，{row.keeper}",
            row.get_disposal_display(),
            row.disposed_on or "—",
            row.disposal_note or "—",
        )
        for row in kept
    ]
    return Panel(("日期", "物品", "地点和保管人", "处理", "处理日期", "说明"), rows, empty="")


@panel(Case, label="拟处罚和处罚决定", order=30)
def of_case_penalties(actor: Actor, case: Case) -> Panel:
    found = case.penalties.order_by("pk")
    rows = [
        (
            penalty.get_stage_display(),
            f"第{penalty.turn}轮" if penalty.turn != case.turn else "现行",
            *papers.shown(penalty),
            "已退回重提" if penalty.dropped else "—",
        )
        for penalty in found
    ]
    return Panel(("阶段", "轮次", "种类", "内容", "说明"), rows, empty="没有拟处罚内容")


@panel(Case, label="当事人意见", order=35)
def of_case_say(actor: Actor, case: Case) -> Panel | None:
    said = list(case.statements.select_related("entered_by").order_by("pk"))
    if not said:
        return None
    rows = [
        (
            row.get_kind_display(),
            row.given_on,
            row.given_by,
            row.text,
            entered(row.entered_by, otherwise="当事人提交"),
            "—" if row.accepted is None else f"{'采纳' if row.accepted else '不予采纳'}：{row.answer}",
        )
        for row in said
    ]
    return Panel(("种类", "日期", "陈述人", "内容", "登记", "复核"), rows, empty="")


@panel(Case, label="网上回执", order=35)
def slip_of_case(actor: Actor, case: Case) -> Panel | None:
    return slip_panel(SAY_LINK, case) if case.state == CaseState.NOTIFIED else None


@panel(Case, label="听证", order=36)
def of_case_hearings(actor: Actor, case: Case) -> Panel | None:
    held = list(case.hearings.select_related("host").order_by("pk"))
    if not held:
        return None
    rows = [
        (
            row.called_on,
            row.planned_on,
            row.place,
            row.host.name,
            "未举行" if row.held_on is None else "撤回或未到场" if row.withdrawn else f"{row.held_on}举行",
            row.record or "—",
        )
        for row in held
    ]
    return Panel(("通知日期", "听证日期", "地点", "主持人", "结果", "情况"), rows, empty="")


@panel(Case, label="履行情况", order=40)
def of_case_fulfilment(actor: Actor, case: Case) -> Panel | None:
    done: list[Fulfilment] = list(queries.fulfilments(case))
    if not done and not queries.decided(case).exists():
        return None
    rows = [
        (
            str(row.penalty),
            row.done_on,
            amount(row.amount) or "—",
            amount(row.late_fee) if row.late_fee else "—",
            row.note,
            row.recorded_by.name,
        )
        for row in done
    ]
    columns = ("处罚", "日期", "缴纳金额", "其中加处罚款", "情况", "登记人")
    return Panel(columns, rows, empty="还没有履行记录")


@panel(Case, label="公开", order=45)
def of_case_publication(actor: Actor, case: Case) -> Panel | None:
    if not hasattr(case, "publication"):
        return None
    shown = case.publication
    rows = [
        (
            shown.party,
            shown.facts,
            shown.penalty,
            f"{shown.published_on}至{shown.until}",
            f"{shown.withdrawn_on}：{shown.withdrawn_because}" if shown.withdrawn_on else "—",
        )
    ]
    return Panel(("当事人", "违法事实", "处罚内容", "公开期间", "撤下"), rows, empty="")


@todo_tile(order=26)
def waiting(actor: Actor) -> Tile | None:
    """Cases that wait for this actor's approval or review; opens exactly these rows."""
    count = queries.waiting_for(actor).count() if rules.can_view_cases(actor) else 0
    url = reverse("admin:cases_case_changelist") + "?waiting=mine"
    return Tile("待审批、待审核案件", count, url, unit="件", tone="notice") if count else None
