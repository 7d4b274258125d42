"""What orders show on other pages, and what a page of an order shows below itself."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from enforcement import queries, rules
from enforcement.models import Order
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from foundation.documents.showing import papers_panel
from inspections.models import Campaign, Visit
from institutions.models import Institution, UnlicensedSite

kept(Order, kind=MatterKind("order", "通知书", 40), keeper=named_in(Order, "issued_by"))

COLUMNS = ("文号", "种类", "当事人", "开具日期", "整改期限", "状态")


def _panel(actor: Actor, found: QuerySet[Order]) -> Panel | None:
    if not rules.can_view_orders(actor):
        return None
    rows = [
        (
            link(order.number, reverse("admin:enforcement_order_change", args=[order.pk])),
            order.get_kind_display(),
            order.party_name,
            order.issued_on,
            order.due_on,
            order.get_state_display(),
        )
        for order in found.order_by("-issued_on", "-pk")
    ]
    return Panel(COLUMNS, rows, empty="没有通知书")


@panel(Institution, label="责令改正通知书", order=42)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    return _panel(actor, Order.objects.visible_to(actor).filter(institution=institution))


@panel(UnlicensedSite, label="责令改正通知书", order=18)
def of_site(actor: Actor, site: UnlicensedSite) -> Panel | None:
    return _panel(actor, Order.objects.visible_to(actor).filter(unlicensed=site))


@panel(Visit, label="责令改正通知书", order=30)
def of_visit(actor: Actor, visit: Visit) -> Panel | None:
    return _panel(actor, Order.objects.visible_to(actor).filter(visit=visit))


@panel(Campaign, label="责令改正通知书", order=40)
def of_campaign(actor: Actor, campaign: Campaign) -> Panel | None:
    return _panel(actor, queries.counted(Order.objects.visible_to(actor)).filter(campaigns__campaign=campaign))


@panel(Order, label="复查", order=20)
def rechecks(actor: Actor, order: Order) -> Panel:
    rows = [
        (
            link(check.visit.number, reverse("admin:inspections_visit_change", args=[check.visit_id])),
            check.visit.visited_on,
            "合格" if check.passed else "不合格",
            check.remark or "—",
            check.recorded_by.name,
        )
        for check in order.rechecks.select_related("visit", "recorded_by").order_by("-pk")
    ]
    return Panel(("检查记录", "日期", "结果", "情况", "登记人"), rows, empty="还没有复查")


@panel(Order, label="文书", order=30)
def papers(actor: Actor, order: Order) -> Panel:
    return papers_panel(actor, order, *order.rechecks.order_by("pk"))


@todo_tile(order=24)
def to_recheck(actor: Actor) -> Tile | None:
    """Orders whose party has reported, for those who may look again; opens exactly these rows."""
    count = queries.to_recheck(actor).count() if rules.can_view_orders(actor) else 0
    url = reverse("admin:enforcement_order_changelist") + "?waiting=recheck"
    return Tile("待复查通知书", count, url, unit="份", tone="notice") if count else None


@todo_tile(order=25)
def over_time(actor: Actor) -> Tile | None:
    """Open orders over time; opens exactly these rows."""
    if not rules.can_view_orders(actor):
        return None
    count = queries.overdue(Order.objects.visible_to(actor), on=clock.today()).count()
    url = reverse("admin:enforcement_order_changelist") + "?waiting=overdue"
    return Tile("逾期未整改", count, url, unit="份", tone="bad") if count else None
