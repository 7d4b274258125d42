"""The words of the notices: what a visit and its party give, as the fields that the templates ask for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document, void_document
from inspections.enums import FindingState
from inspections.models import Finding, Visit
from inspections.records import party_fields

from .enums import DOCUMENT_OF, OrderKind
from .models import Interview, InterviewParty, Order, OrderOfficer, Recheck

CONSEQUENCES = {
    OrderKind.RECTIFY: "逾期未整改或者整改不到位的，本机关将依法作出处理。",
    OrderKind.STOP: "拒不停止培训的，本机关将依法立案查处，并会同有关部门采取措施。",
    OrderKind.ON_SPOT: "未当场改正或者再次发生的，本机关将依法作出处理。",
}
REMEDY = "你单位有权进行陈述和申辩，可以书面或者口头向本机关提出；本机关将予以复核，不因陈述申辩而加重处理。"
PUT_RIGHT, NOT_YET = "经复查，已整改到位，可以办结。", "经复查，尚未整改到位，通知书继续有效。"
NOT_STATED = "见检查清单"


def findings_of(visit: Visit) -> QuerySet[Finding]:
    """What the visit found and nobody has dismissed, in the order of the checklist."""
    found = Finding.objects.filter(visit=visit).exclude(state=FindingState.DISMISSED)
    return found.select_related("item").order_by("code", "pk")


def fact_of(finding: Finding) -> list[str]:
    """One row of the notice: code, what was found, the clause that the checklist names."""
    told = f"{finding.text}：{finding.note}" if finding.note else finding.text
    return [finding.code or "—", told, finding.item.basis if finding.item and finding.item.basis else NOT_STATED]


def clauses_of(facts: list[list[str]]) -> str:
    """The clauses of all facts, each once."""
    named = dict.fromkeys(clause for _, _, clause in facts if clause != NOT_STATED)
    return "、".join(f"《{clause}》" if not clause.startswith("《") else clause for clause in named)


def issue_notice(
    order: Order,
    officers: list[OrderOfficer],
    *,
    contact: str,
    evidence: list[str],
    refund_arrangement: str,
    by: Actor,
    at,
) -> Document:
    """Number and freeze the notice of an order; inside the operation that issues it."""
    visit, party = order.visit, order.party
    code = party.credit_code or ""
    fields = {
        "party_name": order.party_name,
        "party_code": code,
        "party_address": party.address,
        "person_in_charge": order.person_in_charge,
        "inspected_on": visit.visited_on,
        "inspection_place": visit.address or party.address,
        "facts": order.facts,
        "clauses": order.clauses,
        "requirements": order.requirements,
        "evidence": evidence,
        "consequences": CONSEQUENCES[OrderKind(order.kind)],
        "remedy": REMEDY,
        "contact": contact,
        "officers": [f"{officer.name}（{officer.organ_name}，执法证{officer.certificate_no}）" for officer in officers],
    }
    if order.kind == OrderKind.STOP:
        fields |= {"stop_scope": order.stop_scope, "refund_arrangement": refund_arrangement}
    if order.kind == OrderKind.RECTIFY:
        fields |= {"deadline": order.due_on}
    kind = DOCUMENT_OF[OrderKind(order.kind)]
    return issue_document(kind=kind, organ=order.organ, fields=fields, subject=order, by=by, at=at)


def void_notice(order: Order, *, reason: str, by: Actor, at: datetime) -> None:
    """Declare the notice of an order void; inside the operation that voids the order."""
    if order.document is not None:
        void_document(document=order.document, reason=reason, by=by, at=at)


def issue_interview_record(interview: Interview, parties: list[InterviewParty], *, by: Actor, at: datetime) -> Document:
    """Number and freeze the record of an interview; inside the operation that holds it."""
    fields = {
        "title": interview.title,
        "kind": interview.get_kind_display(),
        "held_on": interview.held_on,
        "place": interview.place,
        "host": interview.host,
        "present": interview.present,
        "parties": [[party.institution.name, party.attendee or "未到场"] for party in parties],
        "problems": list(interview.problems.order_by("pk").values_list("name", flat=True)),
        "requirements": interview.requirements,
        "due_on": interview.due_on,
        "commitments": interview.commitments,
    }
    kind = DocumentKind.INTERVIEW
    return issue_document(kind=kind, organ=interview.organ, fields=fields, subject=interview, by=by, at=at)


def issue_recheck_record(order: Order, recheck: Recheck, *, statement: str, by: Actor, at: datetime) -> Document:
    """Number and freeze the record of a re-check: each fact of the order beside what was seen now."""
    seen = recheck.visit
    reported = order.proofs.filter(received_at__lte=recheck.recorded_at).order_by("-pk").first()
    fields = party_fields(seen) | {
        "order_number": order.number,
        "order_kind": order.get_kind_display(),
        "due_on": order.due_on,
        "facts": [[code, told, "已整改" if recheck.passed else "□ 已整改 □ 未整改"] for code, told, _ in order.facts],
        "reported": f"{reported.given_by}：{reported.text}" if reported else "",
        "passed": "合格" if recheck.passed else "不合格",
        "consequence": PUT_RIGHT if recheck.passed else NOT_YET,
        "remark": recheck.remark,
        "statement": statement or seen.statement,
    }
    kind = DocumentKind.RECHECK_RECORD
    return issue_document(kind=kind, organ=order.organ, fields=fields, subject=recheck, by=by, at=at)
