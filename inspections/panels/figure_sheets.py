"""A sheet's figures on its page, the sheets of a campaign on the campaign's, and what waits for review."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import link
from foundation.core.panels import Panel, panel
from inspections.models import Campaign, FigureSheet
from inspections.queries import figure_sheets as queries
from inspections.queries import sheet_lines  # noqa: F401  (declares what a sheet counts)
from inspections.rules import figure_sheets as rules


@panel(FigureSheet, label="数据", order=10)
def figures(actor: Actor, sheet: FigureSheet) -> Panel:
    return Panel(("项目", "数量", "单位"), [tuple(line) for line in sheet.figures])


@panel(Campaign, label="统计表", order=45)
def of_campaign(actor: Actor, campaign: Campaign) -> Panel | None:
    if not rules.can_view_sheets(actor):
        return None
    found = FigureSheet.objects.visible_to(actor).filter(campaign=campaign).select_related("organ")
    rows = [
        (
            link(sheet.title, reverse("admin:inspections_figuresheet_change", args=[sheet.pk])),
            f"{sheet.period_from}至{sheet.period_to}",
            sheet.organ.name,
            sheet.get_state_display(),
        )
        for sheet in found.order_by("-period_to", "-pk")
    ]
    return Panel(("表名", "期间", "填报单位", "状态"), rows, empty="还没有编制统计表")


@todo_tile(order=46)
def sheets_to_review(actor: Actor) -> Tile | None:
    """Sheets that wait for this actor; opens exactly these rows."""
    number = queries.to_review(actor).count() if rules.can_view_sheets(actor) else 0
    url = reverse("admin:inspections_figuresheet_changelist") + "?waiting=me"
    return Tile("待审核统计表", number, url, unit="份", tone="notice") if number else None
