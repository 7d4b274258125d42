"""What the lists show on other pages: an institution's entries, an edition's changes, the home tile."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.panels import Panel, panel
from institutions.models import Institution

from . import queries, rules
from .models import Edition, ListEntry


@panel(Institution, label="黑白名单记录", order=35)
def entries(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_lists(actor):
        return None
    rows = [
        (e.get_kind_display(), e.get_state_display(), e.effective_on, e.until, e.reason, e.ended_on or "")
        for e in ListEntry.objects.visible_to(actor).filter(institution=institution).order_by("-proposed_at", "-pk")
    ]
    return Panel(("名单", "状态", "列入日期", "期限至", "事由", "移出日期"), rows, empty="从未列入名单")


@panel(Edition, label="本期变动", order=10)
def changes(actor: Actor, edition: Edition) -> Panel:
    rows = [
        (c.get_change_display(), c.institution.name, c.since, c.until or "—")
        for c in edition.changes.select_related("institution").order_by("change", "institution__name", "pk")
    ]
    return Panel(("变动", "机构", "列入日期", "期限至"), rows)


@todo_tile(order=30)
def waiting_for_me(actor: Actor) -> Tile | None:
    """Proposals and removals that this actor may decide; opens exactly these rows."""
    if not rules.can_approve_somewhere(actor) or not rules.can_view_lists(actor):
        return None
    count = queries.waiting_for(actor).count()
    url = reverse("admin:listings_listentry_changelist") + "?waiting=me"
    return Tile("待我审核名单", count, url, tone="notice" if count else "plain")
