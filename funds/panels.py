"""What fund supervision shows on pages and on the home page."""

from __future__ import annotations

from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, figure_tile
from foundation.core.panels import Panel, panel

from . import queries, rules
from .enums import BankStatus
from .models import Bank


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
