"""What parties reported, by themselves or through an officer, and whether they hold a link."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from enforcement.enums import INTERVIEW_LINK, ORDER_LINK
from enforcement.models import InterviewParty, Order
from foundation.accounts.panels import slip_panel
from foundation.core.actor import Actor
from foundation.core.marks import entered
from foundation.core.panels import Panel, panel
from foundation.photos.showing import gallery


@panel(Order, label="整改报告", order=10)
def proofs(actor: Actor, order: Order) -> Panel:
    return _reports(order.proofs.all())


@panel(InterviewParty, label="整改报告", order=10)
def reports(actor: Actor, party: InterviewParty) -> Panel:
    return _reports(party.reports.all())


def _reports(found: QuerySet) -> Panel:
    rows = [
        (
            _minute(said.received_at),
            said.given_by,
            said.text,
            gallery([shown.photo for shown in said.photos.all()]),
            entered(said.entered_by, otherwise="当事人提交"),
        )
        for said in found.select_related("entered_by").prefetch_related("photos__photo").order_by("-pk")
    ]
    return Panel(("收到时间", "报告人", "整改情况", "照片", "登记"), rows, empty="当事人还没有报告整改情况")


def _minute(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


@panel(Order, label="网上回执", order=15)
def slip_of_order(actor: Actor, order: Order) -> Panel:
    return slip_panel(ORDER_LINK, order)


@panel(InterviewParty, label="网上回执", order=15)
def slip_of_party(actor: Actor, party: InterviewParty) -> Panel:
    return slip_panel(INTERVIEW_LINK, party)
