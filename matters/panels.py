"""What a clue's page shows of the visits that looked into it."""

from __future__ import annotations

from django.urls import reverse

from clues.models import Clue
from foundation.core.actor import Actor
from foundation.core.marks import link
from foundation.core.panels import Panel, panel

from .models import ClueVisit


@panel(Clue, label="核查记录", order=25)
def of_clue(actor: Actor, clue: Clue) -> Panel | None:
    found = ClueVisit.objects.visible_to(actor).filter(clue=clue).select_related("visit", "linked_by").order_by("pk")
    rows = [
        (
            link(each.visit.number, reverse("admin:inspections_visit_change", args=[each.visit_id])),
            each.visit.visited_on,
            each.visit.subject_name,
            each.visit.get_outcome_display(),
            each.linked_by.name,
        )
        for each in found
    ]
    return Panel(("检查记录", "日期", "对象", "结论", "登记人"), rows, empty="还没有核查记录") if rows else None
