"""A report's numbers on its page, the reports of a campaign on the campaign's, and what waits for review."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from inspections.models import Campaign

from . import papers, queries, rules
from .comparing import line_url
from .composing import loose, pieces
from .counting import BY_PLACE, IN_PROSE, digest
from .enums import ReportState, SheetKind
from .models import Counting, Report, ReportLine


@panel(Report, label="正文", order=5)
def prose(actor: Actor, report: Report) -> Panel | None:
    """A bulletin's paragraphs; each number opens its rows, what somebody typed is marked."""
    is_told = report.kind == SheetKind.BULLETIN and report.state != ReportState.COUNTING
    counting = report.counting if is_told else None
    if counting is None:
        return None
    lines = list(counting.in_order())

    def shown(text: str, number: int) -> object:
        return _in_prose(report, lines[number - 1], counting, actor) if number else text

    paragraphs = (((shown(*part),) for part in parts) for parts in pieces(report.body))
    rows: list[tuple[object, ...]] = [(format_html_join("", "{}", parts),) for parts in paragraphs]
    if by_hand := loose(report.body):
        rows.append((f"正文里另有人工数字，不取自系统记录：{'、'.join(by_hand)}",))
    return Panel(("段落",), rows)


def _in_prose(report: Report, line: ReportLine, counting: Counting, actor: Actor) -> SafeString:
    url = line_url(report, line, counting.counted_at, actor)
    words = f"{line.printed}{line.unit}"
    mark = chip(f"人工，系统记录为{papers.counted(line)}{line.unit}", "notice") if line.typed else ""
    return format_html("<strong>{}</strong>〔{}〕{}", link(words, url) if url else words, line.position, mark)


@panel(Report, label="数据", order=10)
def figures(actor: Actor, report: Report) -> Panel | None:
    """Each number opens its rows as they were known at the counting."""
    counting = report.counting
    if counting is None:
        return Panel(("类别", "项目", "数量", "单位", "备注"), [], empty="系统正在统计，本页会自动更新。")
    lines = list(counting.in_order())
    rows = [
        (line.section, _name(line), _linked(report, line, counting.counted_at, actor), line.unit, papers.note(line))
        for line in lines
        if line.section != BY_PLACE
    ]
    sound = "与校验值相符" if digest(lines) == counting.digest else "与校验值不符，请联系系统管理员"
    rows.append(("校验", f"第{counting.number}次统计，{sound}", "", "", counting.digest[:16]))
    return Panel(("类别", "项目", "数量", "单位", "备注"), rows)


@panel(Report, label="分地区", order=20)
def places(actor: Actor, report: Report) -> Panel | None:
    counting = report.counting
    lines = counting.in_order().filter(section=BY_PLACE) if counting else []
    table = papers.places(lines)
    return Panel(tuple(table[0]), [tuple(row) for row in table[1:]]) if table else None


def _name(line: ReportLine) -> str:
    return f"〔{line.position}〕{papers.named(line)}" if line.section == IN_PROSE else line.words


def _linked(report: Report, line: ReportLine, known_at, actor: Actor) -> object:
    url = line_url(report, line, known_at, actor) if not line.of else ""
    return link(line.printed, url) if url else line.printed


@panel(Campaign, label="统计表", order=45)
def of_campaign(actor: Actor, campaign: Campaign) -> Panel | None:
    if not rules.can_view_reports(actor):
        return None
    found = Report.objects.visible_to(actor).filter(campaign=campaign).select_related("organ")
    rows = [
        (
            link(report.title, reverse("admin:reports_report_change", args=[report.pk])),
            f"{report.period_from}至{report.period_to}",
            report.organ.name,
            report.get_state_display(),
        )
        for report in found.order_by("-period_to", "-pk")
    ]
    return Panel(("表名", "期间", "填报单位", "状态"), rows, empty="还没有编制统计表")


@todo_tile(order=46)
def reports_to_review(actor: Actor) -> Tile | None:
    """Reports that wait for this actor; opens exactly these rows."""
    number = queries.to_review(actor).count() if rules.can_view_reports(actor) else 0
    url = reverse("admin:reports_report_changelist") + "?waiting=me"
    return Tile("待审核报表", number, url, unit="份", tone="notice") if number else None
