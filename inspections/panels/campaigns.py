"""A campaign's figures, each opening its rows; its units, papers and returns; campaigns on other pages."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import urlencode

from clues.enums import ClueState, Verdict
from clues.models import Clue
from clues.rules import can_view_clues
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from inspections.counters import COUNTERS, Line, by_day, by_group, figures, made_by, with_site
from inspections.enums import CampaignKind, CampaignState, RecheckResult, SiteGroup, TargetTag
from inspections.models import Campaign, CampaignPaper, CampaignTarget, PaperFile, Visit
from inspections.queries.campaigns import (
    campaigns_of,
    campaigns_of_clue,
    clues_of,
    done_and_open,
    owed_by,
    results,
    returning_units,
    returns_due,
    targets_of,
    visits_of,
)
from inspections.queries.papers import with_downloads
from inspections.queries.visits import with_problem
from inspections.rules import campaigns as rules
from institutions.models import Institution, UnlicensedSite

SHOWN = 20
LINES = ("检查(家次)", "检查(家)", "发现问题(家)")


def rows_url(campaign: Campaign, counter: str, **cut: object) -> str:
    """The page with the rows that a number counts."""
    address = reverse("admin:inspections_campaign_rows", args=[campaign.pk])
    return f"{address}?{urlencode({'counter': counter, **cut})}"


def _cells(campaign: Campaign, line: Line, **cut: object) -> tuple[object, ...]:
    numbers = {"visits": line.visits, "sites": line.sites, "with_problem": line.with_problem}
    return tuple(
        link(number, rows_url(campaign, counter, **cut)) if number else "0" for counter, number in numbers.items()
    )


@panel(Campaign, label="统计", order=10)
def totals(actor: Actor, campaign: Campaign) -> Panel:
    found = figures(visits_of(campaign, actor))
    rows = [
        (counter.label, link(found[key], rows_url(campaign, key)) if found[key] != "0" else "0", counter.unit)
        for key, counter in COUNTERS.items()
    ]
    return Panel(("指标", "数量", "单位"), rows)


@panel(Campaign, label="按对象类别", order=20)
def groups(actor: Actor, campaign: Campaign) -> Panel:
    rows = [
        (SiteGroup(line.of).label, *_cells(campaign, line, group=line.of))
        for line in by_group(visits_of(campaign, actor))
    ]
    return Panel(("对象类别", *LINES), rows)


@panel(Campaign, label="按单位(不能相加)", order=30)
def units(actor: Actor, campaign: Campaign) -> Panel:
    """Shares may overlap: a joint visit belongs to each unit that took part."""
    organs = list(dict.fromkeys(organ for organ, _first, _last in returning_units(campaign)))
    visits = visits_of(campaign, actor)
    troubled = with_problem(visits).order_by().values("pk")
    sums = {}
    for organ in organs:
        ours = made_by(organ)
        sums |= {
            f"visits_{organ.pk}": Count("pk", filter=ours),
            f"sites_{organ.pk}": Count("site", distinct=True, filter=ours),
            f"bad_{organ.pk}": Count("site", distinct=True, filter=ours & Q(pk__in=troubled)),
        }
    found = with_site(visits).order_by().aggregate(**sums)
    rows = []
    for organ in organs:
        line = Line(organ, *(found[f"{name}_{organ.pk}"] for name in ("visits", "sites", "bad")))
        rows.append((organ.name, *_cells(campaign, line, unit=organ.pk)))
    return Panel(("单位", *LINES), rows)


@panel(Campaign, label="按日", order=40)
def days(actor: Actor, campaign: Campaign) -> Panel:
    rows = [(line.of, *_cells(campaign, line, on=line.of.isoformat())) for line in by_day(visits_of(campaign, actor))]
    return Panel(("日期", *LINES), rows, empty="还没有计入本行动的检查")


@panel(Campaign, label="对象清单", order=50)
def targets(actor: Actor, campaign: Campaign) -> Panel:
    done, still_open = done_and_open(campaign, actor)
    listed = reverse("admin:inspections_campaigntarget_changelist") + f"?campaign={campaign.pk}"
    waiting_chip = chip("待查", "notice" if still_open else "plain")
    rows: list[tuple[object, ...]] = [
        (link(f"已查 {done} 家", f"{listed}&visited=yes"), "", "", chip("已查", "ok")),
        (link(f"待查 {still_open} 家", f"{listed}&visited=no"), "", "", waiting_chip),
    ]
    waiting = targets_of(campaign, actor).filter(visited=False).order_by("division__code", "site_name", "pk")
    rows += [
        (
            link(row.site_name, reverse("admin:inspections_campaigntarget_change", args=[row.pk])),
            row.address,
            "、".join(TargetTag(tag).label for tag in row.tags),
            chip("待查", "notice"),
        )
        for row in waiting[:SHOWN]
    ]
    return Panel(
        ("对象", "地址", "列入原因", "进展"),
        rows if done or still_open else [],
        f"{listed}&state=listed",
        "还没有对象，请“生成对象清单”",
    )


@panel(Campaign, label="线索", order=53)
def clues(actor: Actor, campaign: Campaign) -> Panel | None:
    """The clues that count here, by how far they are; each number opens its rows."""
    if not can_view_clues(actor):
        return None
    listed = f"{reverse('admin:clues_clue_changelist')}?campaign={campaign.pk}"
    found = clues_of(campaign, actor).order_by().values_list("state", "verdict").annotate(n=Count("pk"))
    numbers = {(state, verdict): number for state, verdict, number in found}
    lines = [(ClueState.RECEIVED, ""), (ClueState.CHECKING, ""), *((ClueState.CLOSED, verdict) for verdict in Verdict)]
    rows = []
    for state, verdict in lines:
        number = numbers.get((state, verdict), 0)
        address = f"{listed}&state__exact={state}" + (f"&verdict__exact={verdict}" if verdict else "")
        label = f"{state.label}，{Verdict(verdict).label}" if verdict else state.label
        rows.append((label, link(f"{number} 条", address) if number else "0 条"))
    total = sum(numbers.values())
    return Panel(
        ("进展", "线索"),
        [("合计", link(f"{total} 条", listed)), *rows] if total else [],
        empty="还没有计入本行动的线索，请在线索页面“计入专项行动”",
    )


@panel(Campaign, label="复核结果", order=55)
def rechecks(actor: Actor, campaign: Campaign) -> Panel | None:
    if campaign.kind != CampaignKind.RECHECK:
        return None
    found = results(campaign, actor)
    listed = reverse("admin:inspections_campaigntarget_changelist") + f"?campaign={campaign.pk}&state=listed"
    rows = [
        (result.label, link(f"{found[result]} 家", f"{listed}&result__exact={result.value}"))
        for result in RecheckResult
    ]
    return Panel(("结果", "对象"), [*rows, ("未登记", f"{found['']} 家")])


@panel(Campaign, label="日报", order=60)
def daily(actor: Actor, campaign: Campaign) -> Panel | None:
    if not campaign.daily_returns or campaign.state == CampaignState.DRAFT:
        return None
    rows = []
    for due in list(returns_due(campaign, on=clock.today()))[:SHOWN]:
        if due.filed is None:
            rows.append((due.day, due.organ.name, chip("未报", "bad"), "", "", "", "", ""))
            continue
        held, found = due.filed, due.filed.figures
        state = chip("迟报", "notice") if held.late else chip("已报", "ok")
        about = f"第{held.revision}版 {held.remark}".strip() if held.revision > 1 else held.remark
        numbers = (f"{found['visits']}家次/{found['sites']}家", found["with_problem"], found["dispersed"])
        rows.append((due.day, due.organ.name, state, *numbers, held.led_by_leaders, about))
    heads = ("日期", "单位", "报送", "检查", "发现问题(家)", "清散学生(人)", "领导带队(次)", "说明")
    return Panel(heads, rows, empty="行动尚未开始，没有应报的日报")


@panel(Campaign, label="成员单位", order=70)
def members(actor: Actor, campaign: Campaign) -> Panel:
    rows: list[tuple[object, ...]] = [(campaign.organ.name, "牵头单位", "", campaign.starts_on, "")]
    for unit in campaign.units.select_related("organ").order_by("joined_on", "pk"):
        name = link(unit.organ.name, reverse("admin:inspections_campaignunit_change", args=[unit.pk]))
        rows.append((name, unit.get_role_display(), unit.contact or "—", unit.joined_on, unit.left_on or "在列"))
    return Panel(("单位", "角色", "联络人", "加入", "退出"), rows)


@panel(Campaign, label="文件", order=80)
def papers(actor: Actor, campaign: Campaign) -> Panel:
    rows = [
        (
            paper.dated_on,
            paper.get_kind_display(),
            link(paper.title, reverse("admin:inspections_campaignpaper_change", args=[paper.pk])),
            paper.reference or "—",
            paper.organ_name,
            f"{paper.number_of_files}个" if paper.number_of_files else "—",
        )
        for paper in campaign.papers.annotate(number_of_files=Count("files")).order_by("-dated_on", "-pk")
    ]
    return Panel(("日期", "种类", "标题", "文号", "制发单位", "附件"), rows, empty="还没有登记文件")


@panel(CampaignPaper, label="附件", order=10)
def files(actor: Actor, paper: CampaignPaper) -> Panel:
    rows = [
        (
            link(file.filename, reverse("admin:inspections_paperfile_take", args=[file.pk])),
            filesizeformat(file.size),
            file.added_by.name,
            local_date(file.added_at),
            f"{file.downloads}次",
        )
        for file in with_downloads(PaperFile.objects.filter(paper=paper)).select_related("added_by").order_by("pk")
    ]
    return Panel(("附件", "大小", "上传人", "上传日期", "下载"), rows, empty="没有附件")


# -- on other pages --------------------------------------------------------------------------------------------------
@panel(Visit, label="专项行动", order=60)
def of_visit(actor: Actor, visit: Visit) -> Panel:
    return _of_record(actor, campaigns_of(visit))


@panel(Clue, label="专项行动", order=60)
def of_clue(actor: Actor, clue: Clue) -> Panel:
    return _of_record(actor, campaigns_of_clue(clue))


def _of_record(actor: Actor, counted_in: QuerySet[Campaign]) -> Panel:
    visible = Campaign.objects.visible_to(actor).values("pk")
    rows = [
        (link(row.name, reverse("admin:inspections_campaign_change", args=[row.pk])), row.get_kind_display())
        for row in counted_in.filter(pk__in=visible)
    ]
    return Panel(("专项行动", "种类"), rows, empty="没有计入专项行动")


@panel(Institution, label="专项行动", order=47)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    return _of_site(actor, institution=institution)


@panel(UnlicensedSite, label="专项行动", order=47)
def of_unlicensed(actor: Actor, site: UnlicensedSite) -> Panel | None:
    return _of_site(actor, unlicensed=site)


def _of_site(actor: Actor, **site: object) -> Panel | None:
    if not rules.can_view_campaigns(actor):
        return None
    found = CampaignTarget.objects.visible_to(actor).filter(**site).select_related("campaign")
    rows = [
        (
            link(row.campaign.name, reverse("admin:inspections_campaign_change", args=[row.campaign_id])),
            f"{row.campaign.starts_on} 至 {row.campaign.ends_on}",
            "、".join(TargetTag(tag).label for tag in row.tags),
            row.get_state_display(),
            row.get_result_display() or "—",
        )
        for row in found.order_by("-campaign__starts_on", "-pk")
    ]
    return Panel(("专项行动", "期间", "列入原因", "状态", "复核结果"), rows, empty="没有列入专项行动")


@todo_tile(order=16)
def returns_owed(actor: Actor) -> Tile | None:
    """Campaigns whose return of today the actor's organ owes."""
    number = len([row for row in owed_by(actor, on=clock.today()) if rules.can_return(actor, row)])
    url = reverse("admin:inspections_campaign_changelist") + "?returns=owed"
    return Tile("今天未报日报", number, url, tone="notice") if number else None
