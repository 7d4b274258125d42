"""Historical totals on other pages: the home tile of who may decide, and what the system recorded for the period."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.panels import Panel, panel
from inspections.enums import TotalState
from inspections.models import HistoricalTotal
from inspections.queries import totals as queries
from inspections.rules import totals as rules


@todo_tile(order=45)
def totals_to_decide(actor: Actor) -> Tile | None:
    """Totals that this actor may confirm; opens exactly these rows."""
    if not rules.can_approve_totals(actor) or not rules.can_view_totals(actor):
        return None
    count = queries.waiting_for(actor).count()
    url = reverse("admin:inspections_historicaltotal_changelist") + "?waiting=me"
    return Tile("待审核历史汇总", count, url, tone="notice" if count else "plain")


@panel(HistoricalTotal, label="同期系统记录", order=10)
def records_of_the_period(actor: Actor, total: HistoricalTotal) -> Panel:
    """What the approver has to know: records of the same days would be a second count of the same thing."""
    head = ("来源", "数值", "说明")
    rows = [("历史汇总", total.amount, f"{total.source_title}；{total.get_state_display()}")]
    found = queries.records_in_period(total)
    if found is None:
        rows.append(("系统记录", "—", "系统目前没有登记这一指标的明细"))
    else:
        amount = f"{found.value:,}{'余' if found.at_least else ''}{total.unit.label}"
        warned = found.records and total.state in (TotalState.PENDING, TotalState.CONFIRMED)
        said = "同一期间已有明细记录，请核对文件中的数是否已包括这些记录" if warned else ""
        rows.append(("系统记录", amount, said or "同一期间没有重复计算的明细"))
    return Panel(head, rows)
