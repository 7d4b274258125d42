"""What an institution declared and asked for, on its own page and on theirs; home tiles of what waits."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.panels import slip_panel
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from foundation.photos.showing import gallery
from institutions.models import Institution

from . import queries, rules
from .enums import CHANGE_LINK, CHANGEABLE, DECLARE_LINK, DeclarationState, Reply
from .models import ChangeRequest, Declaration, Inquiry, RuleSet

TONES = {Reply.YES: "ok", Reply.NO: "bad", Reply.NOT_APPLICABLE: "plain"}
SHOWN = 200

kept(Inquiry, kind=MatterKind("inquiry", "机构申报", 75), keeper=named_in(Inquiry, "opened_by"))


@panel(Institution, label="机构申报", order=38)
def of_institution(actor: Actor, institution: Institution) -> Panel:
    found = Declaration.objects.visible_to(actor).filter(institution=institution).select_related("inquiry")
    rows = [
        (
            link(row.inquiry.title, reverse("admin:declarations_declaration_change", args=[row.pk])),
            row.inquiry.get_kind_display(),
            row.get_state_display(),
            local_date(row.received_at) if row.received_at else "—",
            row.given_by or "—",
            row.faults,
        )
        for row in found.order_by("-inquiry__due_on", "-pk")[:SHOWN]
    ]
    return Panel(("申报", "种类", "状态", "收到日期", "报送人", "不符合项"), rows, empty="还没有列入申报")


@panel(Institution, label="资料变更申请", order=39)
def changes_of_institution(actor: Actor, institution: Institution) -> Panel:
    found = ChangeRequest.objects.visible_to(actor).filter(institution=institution).order_by("-pk")[:SHOWN]
    rows = [
        (
            link(local_date(row.received_at), reverse("admin:declarations_changerequest_change", args=[row.pk])),
            queries.labels_of(row),
            row.given_by,
            row.get_state_display(),
        )
        for row in found
    ]
    return Panel(("收到日期", "申请变更", "申请人", "状态"), rows, empty="没有申请过变更资料")


@panel(Institution, label="资料变更回执", order=39)
def slip_for_change(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_take_change(actor, institution):
        return None
    found = slip_panel(CHANGE_LINK, institution)
    return found if found.rows else None


@panel(Inquiry, label="事项", order=10)
def items(actor: Actor, inquiry: Inquiry) -> Panel:
    return Panel(("序号", "内容"), [tuple(pair) for pair in inquiry.items])


@panel(RuleSet, label="各条内容", order=10)
def rules_of(actor: Actor, row: RuleSet) -> Panel:
    kinds = [*(("规范", text) for text in row.norms), *(("不准", text) for text in row.bans)]
    return Panel(("序号", "种类", "内容"), [(number, *each) for number, each in enumerate(kinds, start=1)])


@panel(Inquiry, label="未报机构", order=20)
def not_declared(actor: Actor, inquiry: Inquiry) -> Panel:
    found = Declaration.objects.visible_to(actor).filter(inquiry=inquiry, state=DeclarationState.OPEN)
    rows = [
        (
            link(row.institution.name, reverse("admin:declarations_declaration_change", args=[row.pk])),
            row.institution.public_phone or "—",
            row.review or "—",
        )
        for row in found.select_related("institution").order_by("institution__name", "pk")[:SHOWN]
    ]
    return Panel(("机构", "公开电话", "补正要求"), rows, empty="没有未报的机构")


@panel(Declaration, label="报送内容", order=10)
def answers(actor: Actor, row: Declaration) -> Panel:
    rows = [
        (code, text, chip(Reply(reply).label, TONES[Reply(reply)]), note or "—")
        for code, text, reply, note in row.answers
    ]
    if row.signed_on:
        rows = [(code, text, chip("承诺遵守", "ok"), "—") for code, text in row.inquiry.items]
    return Panel(("序号", "事项", "情况", "说明"), rows, empty="机构还没有报送")


@panel(Declaration, label="照片", order=20)
def photos(actor: Actor, row: Declaration) -> Panel | None:
    found = [each.photo for each in row.photos.select_related("photo").order_by("pk")]
    return Panel(("照片",), [(gallery(found),)]) if found else None


@panel(Declaration, label="网上回执", order=30)
def slip_of_declaration(actor: Actor, row: Declaration) -> Panel:
    return slip_panel(DECLARE_LINK, row)


@panel(ChangeRequest, label="逐项办理", order=10)
def fields_of_change(actor: Actor, row: ChangeRequest) -> Panel:
    rows = [
        (CHANGEABLE[name], queries.shown_value(name, value), row.came_of(name)) for name, value in row.proposed.items()
    ]
    return Panel(("项目", "申请变更为", "结果"), rows)


@todo_tile(order=39)
def late(actor: Actor) -> Tile | None:
    """Institutions that have not declared in time; opens exactly these rows."""
    count = queries.late(actor, on=clock.today()).count() if rules.can_view(actor) else 0
    url = reverse("admin:declarations_declaration_changelist") + "?waiting=late"
    return Tile("申报逾期未报", count, url, unit="家", tone="bad") if count else None


@todo_tile(order=40)
def to_decide(actor: Actor) -> Tile | None:
    """Changes that institutions ask for; opens exactly these rows."""
    count = queries.changes_to_decide(actor).count() if rules.can_view(actor) else 0
    url = reverse("admin:declarations_changerequest_changelist") + "?waiting=me"
    return Tile("资料变更申请待办理", count, url, tone="notice") if count else None
