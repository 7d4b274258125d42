"""Visits with certified officers, and orders issued from them through the operation."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from enforcement.enums import OrderKind, OrderState
from enforcement.models import Order
from enforcement.operations.followup import accept_rectification, take_in_proof
from enforcement.operations.orders import OrderFacts, escalate_order, issue_order, void_order
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.actor import Actor
from inspections.enums import Aspect, Outcome, Severity, Slot, VisitKind
from inspections.models import Visit
from inspections.reports import OnSite, Problem
from institutions.models import Institution, UnlicensedSite
from tests.cast import Cast
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution

TWO = (
    OnSite("陈晓岚", "思明区教育局", certificate_no="闽D0001"),
    OnSite("林志远", "思明区市场监督管理局", certificate_no="闽D0002"),
)
DUE = DAY + timedelta(days=15)
LATER = AT + timedelta(days=10)


def named(by: Actor, word: str = "思教") -> None:
    """Give the actor's organ the word that its documents are numbered with."""
    Organ.objects.filter(pk=by.organ_id).update(document_word=word)


def inspected(cast: Cast, subject: Institution | UnlicensedSite | None = None, *, at: datetime = AT, **given) -> Visit:
    """A routine visit of two certified officers that found two problems."""
    by = cast.officer
    named(by)
    facts = {
        "visited_on": at.date(),
        "officers": TWO,
        "outcome": Outcome.FOLLOW_UP,
        "problems": (
            Problem("疏散通道堆放杂物", Aspect.SAFETY, Severity.CRITICAL, "二楼东侧"),
            Problem("未公示收费标准", Aspect.FEES, Severity.MAJOR),
        ),
    }
    report = officers_report(subject or institution(cast.officer), by, by, **facts | given)
    return filed(report, by, at=at)


def rechecked(cast: Cast, order: Order, *, at: datetime = LATER, **given) -> Visit:
    """A later visit of two officers at the order's party that found nothing left."""
    facts = {
        "kind": VisitKind.RECHECK,
        "visited_on": at.date(),
        "slot": Slot.MORNING,
        "officers": TWO,
        "outcome": Outcome.CLEAN,
        "client_id": uuid4(),
    }
    return filed(officers_report(order.party, cast.officer, cast.second_officer, **facts | given), cast.officer, at=at)


def facts_of(kind: OrderKind = OrderKind.RECTIFY, **given) -> OrderFacts:
    said = {
        "kind": kind,
        "facts": [["B03", "疏散通道堆放杂物：二楼东侧", "消防安全管理九项规定"]],
        "clauses": "《校外培训机构消防安全管理九项规定》",
        "due_on": DUE,
        "requirements": ["立即清理疏散通道"],
        "contact": "执法股 0592-1234567",
    }
    if kind == OrderKind.STOP:
        said |= {"stop_scope": "全部学科类培训", "refund_arrangement": "三日内退还剩余课时费。"}
    return OrderFacts(**said | given)


def issued(
    cast: Cast, kind: OrderKind = OrderKind.RECTIFY, *, visit: Visit | None = None, at: datetime = AT, **given
) -> Order:
    seen = visit or inspected(cast)
    officers = list(seen.officers.order_by("pk"))
    return issue_order(visit=seen, facts=facts_of(kind, **given), officers=officers, by=cast.officer, at=at)


def issued_today(cast: Cast, subject: Institution | UnlicensedSite) -> Order:
    """A notice of this very moment to a given party."""
    now = clock.now()
    return issued(cast, visit=inspected(cast, subject, at=now), at=now, due_on=clock.today())


def in_state(cast: Cast, state: OrderState) -> Order:
    """An order that has come this far."""
    order = issued(cast)
    if state == OrderState.ANSWERED:
        take_in_proof(order=order, text="已清理", given_by="校长", by=cast.officer, at=AT)
    elif state == OrderState.CLOSED:
        accept_rectification(order=order, visit=rechecked(cast, order), by=cast.officer, at=LATER)
    elif state == OrderState.ESCALATED:
        escalate_order(order=order, reason="拒不整改", by=cast.officer, at=AT)
    elif state == OrderState.VOIDED:
        void_order(order=order, reason="当事人写错", by=cast.second_officer, at=AT)
    return Order.objects.get(pk=order.pk)
