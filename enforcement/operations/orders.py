"""Issuing an order, having it served, extending, escalating and voiding it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from enforcement import clocks, events, notices, papers, rules, workflow
from enforcement.enums import ORDER_LINK, OrderKind
from enforcement.models import Order, OrderCampaign, OrderOfficer
from enforcement.serving import check_service
from foundation.accounts.models import Organ
from foundation.accounts.operations.links import end_link
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import extend_deadline
from inspections.models import Campaign, CampaignVisit, Visit, VisitOfficer
from institutions.queries import in_charge_of

OFFICERS_NEEDED = 2


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """What the notice says. ``facts``: rows of (item code, what was found, clause); ``due_on``: see ``Order``."""

    kind: OrderKind
    facts: Sequence[Sequence[str]]
    clauses: str
    due_on: date
    requirements: Sequence[str] = ()
    stop_scope: str = ""
    refund_arrangement: str = ""
    evidence: Sequence[str] = ()
    contact: str = ""
    on_spot: bool = False


@operation
def issue_order(*, visit: Visit, facts: OrderFacts, officers: Sequence[VisitOfficer], by: Actor, at: datetime) -> Order:
    """Hand a party a numbered notice about what a visit found; it counts in the campaigns of the visit.

    Raises NotAllowed (out of the area, a covert or voided visit, a volunteer's), InvalidInput (fewer than two officers
    of the visit with certificates, no facts, a term that is over, a second notice of the kind).
    """
    row = lock(Visit, visit.pk)
    authorize(by, rules.can_issue, row)
    authorize(by, rules.can_issue_now, row)
    signing = _signing(row, officers)
    order = insert(_order_of(row, facts, by=by, at=at))
    signed = insert_all(
        OrderOfficer(
            order=order,
            user_id=officer.user_id,
            name=officer.name,
            organ_name=officer.organ_name,
            certificate_no=officer.certificate_no,
        )
        for officer in signing
    )
    campaigns = CampaignVisit.objects.filter(visit=row, ended_at__isnull=True).values_list("campaign_id", flat=True)
    insert_all(OrderCampaign(order=order, campaign_id=campaign) for campaign in campaigns)
    order.document = papers.issue_notice(
        order,
        signed,
        contact=facts.contact,
        evidence=list(facts.evidence),
        refund_arrangement=facts.refund_arrangement,
        by=by,
        at=at,
    )
    order.number = order.document.number
    update(order, "document", "number")
    clocks.start(order, by=by, at=at)
    changes = {"number": [None, order.number], "kind": [None, order.kind], "due_on": [None, order.due_on]}
    record(events.ORDER_ISSUED, subject=order, by=by, at=at, changes=changes)
    return order


def _signing(visit: Visit, officers: Sequence[VisitOfficer]) -> list[VisitOfficer]:
    """The chosen officers of this very visit, each with a certificate. Raises InvalidInput."""
    chosen = {officer.pk for officer in officers}
    found = list(visit.officers.filter(pk__in=chosen).exclude(certificate_no="").order_by("pk"))
    if len(found) < max(OFFICERS_NEEDED, len(chosen)):
        message = f"通知书须由参加这次检查、持有执法证的{OFFICERS_NEEDED}名以上人员签名。"
        raise InvalidInput(message, code="order_officers", fields={"officers": [message]})
    return found


def _order_of(visit: Visit, given: OrderFacts, *, by: Actor, at: datetime) -> Order:
    if not given.facts:
        raise InvalidInput("请至少写明一项问题。", code="order_facts", fields={"findings": ["请至少选一项。"]})
    party = visit.institution or visit.unlicensed
    return Order(
        kind=given.kind,
        on_spot=given.on_spot or given.kind == OrderKind.ON_SPOT,
        visit=visit,
        institution=visit.institution,
        unlicensed=visit.unlicensed,
        jurisdiction_id=party.jurisdiction_id,
        division_id=party.division_id,
        category=party.category,
        party_name=visit.subject_name,
        person_in_charge=in_charge_of(party),
        facts=[list(fact) for fact in given.facts],
        clauses=given.clauses.strip(),
        requirements=[text for text in (line.strip() for line in given.requirements) if text],
        stop_scope=given.stop_scope.strip(),
        organ=Organ.objects.get(pk=by.organ_id),
        issued_by_id=by.user_id,
        issued_at=at,
        issued_on=local_date(at),
        due_on=given.due_on,
        state_at=at,
    )


@operation
def record_service(
    *, order: Order, service: str, served_on: date, recipient: str, by: Actor, at: datetime, witness: str = ""
) -> Order:
    """Say how and when the notice reached its party. Raises NotAllowed (served already, void), InvalidInput."""
    row = lock(Order, order.pk)
    authorize(by, rules.can_record_service, row)
    check_service(service, served_on, recipient, made_on=row.issued_on, today=local_date(at))
    row.service, row.served_on = service, served_on
    row.recipient, row.witness = recipient.strip(), witness.strip()
    changes = update(row, "service", "served_on", "recipient", "witness")
    record(events.ORDER_SERVED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def extend_order(*, order: Order, due_on: date, reason: str, by: Actor, at: datetime) -> Order:
    """Give the party more time, once.

    Raises NotAllowed (extended or ended already), InvalidInput (no reason, an earlier day).
    """
    row = lock(Order, order.pk)
    authorize(by, rules.can_extend, row)
    need_words(reason, "reason", "请填写延期理由。")
    row.extended_from, row.due_on, row.extension_reason = row.due_on, due_on, reason.strip()
    changes = update(row, "extended_from", "due_on", "extension_reason")
    if clock := clocks.of(row):
        extend_deadline(deadline=clock, until=due_on, reason=reason, by=by, at=at)
    record(events.ORDER_EXTENDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def escalate_order(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The order was not followed, or what it is about deserves a case. Raises NotAllowed, IllegalTransition."""
    row = lock(Order, order.pk)
    authorize(by, rules.can_follow_up, row)
    need_words(reason, "reason", "请填写转立案的理由。")
    fields = advance(row, workflow.ESCALATE, at=at)
    row.end_reason = reason.strip()
    changes = update(row, *fields, "end_reason")
    clocks.stop(row, reason="转立案", by=by, at=at)
    end_link(subject=row, purpose=ORDER_LINK, by=by, at=at)
    record(events.ORDER_ESCALATED, subject=row, by=by, at=at, changes=changes, reason=reason)
    outbox.put(notices.ORDER_MOVED, at=at, order_id=row.pk, notice=notices.ESCALATED.code)
    return row


@operation
def void_order(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """Take back a wrong notice; its paper is void with it and says so when it is verified.

    Raises NotAllowed (the one who issued it, another organ), IllegalTransition (ended), InvalidInput (no reason).
    """
    row = lock(Order, order.pk)
    authorize(by, rules.can_void, row)
    need_words(reason, "reason", "请填写撤销理由。")
    fields = advance(row, workflow.VOID, at=at)
    row.end_reason, row.voided_by_id = reason.strip(), by.user_id
    changes = update(row, *fields, "end_reason", "voided_by")
    papers.void_notice(row, reason=reason, by=by, at=at)
    clocks.stop(row, reason="通知书已撤销", by=by, at=at)
    end_link(subject=row, purpose=ORDER_LINK, by=by, at=at)
    record(events.ORDER_VOIDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def tag_order(*, order: Order, campaign: Campaign, by: Actor, at: datetime) -> OrderCampaign:
    """Let an order count in a campaign besides those of its visit; said again, the same tag is given back.

    Raises NotAllowed.
    """
    row = lock(Order, order.pk)
    authorize(by, rules.can_follow_up, row)
    if tag := OrderCampaign.objects.filter(order=row, campaign=campaign).first():
        return tag
    tag = insert(OrderCampaign(order=row, campaign=campaign))
    record(events.ORDER_TAGGED, subject=row, by=by, at=at, changes={"campaigns": [None, campaign.name]})
    return tag
