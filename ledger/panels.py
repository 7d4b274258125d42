"""What the books show on the page of a contract's money."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.marks import amount, link
from foundation.core.panels import Panel, panel

from . import rules, running, words
from .models import Purse


@panel(Purse, label="流水", order=10)
def statement(actor: Actor, purse: Purse) -> Panel | None:
    """Every entry in the order of the books, with what was left after it."""
    if not rules.can_view_books(actor):
        return None
    rows = [
        (
            link(entry.happened_on, reverse("admin:ledger_entry_change", args=[entry.pk])),
            words.kind(entry),
            amount(running.signed(entry)),
            amount(after.unused),
            amount(after.frozen),
            amount(after.at_bank),
            words.source(entry),
            entry.by_name,
        )
        for entry, after in running.of_purse(purse)
    ]
    return Panel(("记账日期", "种类", "金额(元)", "未消课", "冻结", "应在专户", "凭据", "经办人"), rows)
