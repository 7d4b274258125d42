"""What follows an order: the party's report, the re-check, the end. Only evidence closes an order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from enforcement import clocks, events, notices, papers, queries, rules, workflow
from enforcement.enums import ORDER_LINK
from enforcement.models import Order, Proof, ProofPhoto, Recheck
from enforcement.reporting import check_report
from foundation.accounts.links import can_answer, locked_by
from foundation.accounts.operations.links import end_link
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import meet_deadline
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.queries import refuse_second
from foundation.photos.notices import KEEP_BY_LINK
from foundation.photos.operations import Sent, keep_photos
from inspections.models import Visit


@operation
def take_in_proof(
    *, order: Order, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> Proof:
    """Enter for the party what it reports of having put right; the order then waits for its re-check.

    Raises NotAllowed, IllegalTransition (ended), InvalidInput (no words, nobody named, too many photos).
    """
    row = lock(Order, order.pk)
    authorize(by, rules.can_follow_up, row)
    return _take_in(row, text, given_by, photos, by=by, at=at)


@operation
def report_by_link(
    *, code: str, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> Proof:
    """The party itself reports, with the code of its notice (``code``: its hash); nobody entered it for the party.

    The same words of the same person again are the same report. Raises NotAllowed (somebody who is logged in),
    Conflict (no such code, or it opens something else, or no more), InvalidInput as ``take_in_proof``.
    """
    authorize(by, can_answer)
    row = locked_by(ORDER_LINK, Order, code, at=at)
    same = row.proofs.filter(entered_by=None, text=text.strip(), given_by=given_by.strip()).first()
    if same is not None:
        return same
    by = by.allowed(KEEP_BY_LINK, scope=frozenset({row.jurisdiction_id}))
    return _take_in(row, text, given_by, photos, by=by, at=at)


def _take_in(row: Order, text: str, given_by: str, photos: Sequence[Sent], *, by: Actor, at: datetime) -> Proof:
    check_report(text, given_by, photos)
    fields = advance(row, workflow.ANSWER, at=at)
    proof = insert(
        Proof(order=row, text=text.strip(), given_by=given_by.strip(), received_at=at, entered_by_id=by.user_id)
    )
    kept = keep_photos(sent=photos, jurisdiction=row.jurisdiction, by=by, at=at) if photos else []
    insert_all(ProofPhoto(proof=proof, photo=photo) for photo in kept)
    changes = update(row, *fields) | {"proofs": [None, f"{proof.given_by}，照片{len(kept)}张"]}
    record(events.PROOF_TAKEN_IN, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.ORDER_MOVED, at=at, order_id=row.pk, notice=notices.ANSWERED.code)
    return proof


@operation
def accept_rectification(*, order: Order, visit: Visit, by: Actor, at: datetime, remark: str = "") -> Order:
    """Close an order by the visit of two officers that found it put right.

    Raises NotAllowed, IllegalTransition, InvalidInput (a visit elsewhere, too early, by one person, covert, or one
    that found something still wrong; the order's own visit without a photo of what was put right on the spot).
    """
    row = lock(Order, order.pk)
    authorize(by, rules.can_follow_up, row)
    seen = _recheck_visit(row, visit)
    if seen.outcome not in queries.PUT_RIGHT:
        _refuse(f"{seen.number}的检查结论是“{seen.get_outcome_display()}”，不能据以办结。")
    if seen.pk == row.visit_id and not seen.photos.exists():
        _refuse("当场改正的，须有改正后的照片才能办结。")
    fields = advance(row, workflow.ACCEPT, at=at)
    _note(row, seen, passed=True, remark=remark, by=by, at=at)
    row.closing_visit, row.closed_on = seen, max(seen.visited_on, row.issued_on)
    changes = update(row, *fields, "closing_visit", "closed_on")
    if clock := clocks.of(row):
        meet_deadline(deadline=clock, by=by, at=at)
    end_link(subject=row, purpose=ORDER_LINK, by=by, at=at)
    record(events.ORDER_CLOSED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def refuse_rectification(*, order: Order, visit: Visit, remark: str, by: Actor, at: datetime) -> Order:
    """The re-check found it not put right: the order stays open and its clock runs on.

    Raises NotAllowed, IllegalTransition, InvalidInput (no words, a visit that is no re-check of this order).
    """
    row = lock(Order, order.pk)
    authorize(by, rules.can_follow_up, row)
    need_words(remark, "remark", "请写明哪些没有整改到位。")
    seen = _recheck_visit(row, visit)
    fields = advance(row, workflow.REFUSE, at=at)
    _note(row, seen, passed=False, remark=remark, by=by, at=at)
    changes = update(row, *fields)
    record(events.ORDER_RECHECKED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def issue_recheck_record(*, recheck: Recheck, by: Actor, at: datetime, statement: str = "") -> Document:
    """Number and freeze what a re-check saw, for the party and the officers to sign.

    Raises NotAllowed (another organ's, a voided order), Conflict (there is a valid one: void it first), InvalidInput
    (the organ has no 机关代字).
    """
    row = lock(Order, recheck.order_id)
    authorize(by, rules.can_issue_recheck_record, row)
    seen = Recheck.objects.select_related("visit__institution", "visit__unlicensed", "visit__organ").get(pk=recheck.pk)
    refuse_second(seen, DocumentKind.RECHECK_RECORD)
    document = papers.issue_recheck_record(row, seen, statement=statement, by=by, at=at)
    changes = {"document": [None, document.number]}
    record(events.RECHECK_RECORD_ISSUED, subject=row, by=by, at=at, changes=changes)
    return document


def _recheck_visit(order: Order, visit: Visit) -> Visit:
    """The visit, if it can be the re-check of the order. Raises InvalidInput."""
    seen = queries.rechecks_for(order).filter(pk=visit.pk).first()
    if seen is None:
        _refuse("请选择对同一当事人、由两名以上人员在开具之后进行的检查作为复查依据。")
    return seen


def _refuse(message: str) -> None:
    raise InvalidInput(message, code="evidence", fields={"visit": [message]})


def _note(order: Order, visit: Visit, *, passed: bool, remark: str, by: Actor, at: datetime) -> None:
    insert(
        Recheck(
            order=order,
            visit=visit,
            passed=passed,
            remark=remark.strip(),
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
    )
