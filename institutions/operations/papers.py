"""Papers about an institution: 承诺书 for it to sign, 退费协调记录 of a talk with a family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.errors import invalid
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.money import yuan
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.queries import refuse_second
from institutions import events, rules
from institutions.models import Institution


@dataclass(frozen=True, kw_only=True)
class RefundTalk:
    """What was said and agreed; amounts in fen, ``agreed_fen`` None where nothing was agreed.

    Names of pupil and parent are not asked for: they write them on the paper.
    """

    held_on: date
    place: str
    coordinator: str
    paid_fen: int
    claimed_fen: int
    parents_words: str
    institutions_words: str
    agreed_fen: int | None = None
    pay_by: date | None = None
    course: str = ""
    contract_no: str = ""
    remark: str = ""


@operation
def issue_commitment(*, institution: Institution, year: int, items: Sequence[str], by: Actor, at: datetime) -> Document:
    """Number a 承诺书 of a year for the institution to sign.

    Raises NotAllowed, InvalidInput (no items), Conflict (there is a valid one of the year: void it first).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_issue_papers, row)
    refuse_second(row, DocumentKind.COMMITMENT, year=str(year))
    fields = {"year": str(year), "items": list(items)}
    return _issued(row, DocumentKind.COMMITMENT, fields, events.COMMITMENT_ISSUED, by=by, at=at)


@operation
def record_refund_talk(*, institution: Institution, talk: RefundTalk, by: Actor, at: datetime) -> Document:
    """Number and freeze what family and institution said about a refund, and what they agreed.

    Raises NotAllowed, InvalidInput (a day to come, more claimed than paid or agreed than claimed, an agreement without
    a day, or a day without one).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_issue_papers, row)
    _check(talk, today=local_date(at))
    fields = {
        "course": talk.course,
        "contract_no": talk.contract_no,
        "paid": _amount(talk.paid_fen),
        "claimed": _amount(talk.claimed_fen),
        "held_on": talk.held_on,
        "place": talk.place,
        "coordinator": talk.coordinator,
        "parents_words": talk.parents_words,
        "institutions_words": talk.institutions_words,
        "agreed": _amount(talk.agreed_fen) if talk.agreed_fen else "",
        "pay_by": talk.pay_by,
        "remark": talk.remark,
    }
    return _issued(row, DocumentKind.REFUND, fields, events.REFUND_TALKED, by=by, at=at)


def _check(talk: RefundTalk, *, today: date) -> None:
    if talk.held_on > today:
        raise invalid("held_on", "协调日期不能晚于今天。")
    if not 0 < talk.claimed_fen <= talk.paid_fen:
        raise invalid("claimed", "请求退费应大于零，且不超过已交费用。")
    if talk.agreed_fen is not None and not 0 < talk.agreed_fen <= talk.claimed_fen:
        raise invalid("agreed", "同意退还的金额应大于零，且不超过请求的金额；没有达成一致的不填。")
    if (talk.agreed_fen is None) != (talk.pay_by is None):
        raise invalid("pay_by", "达成一致的写明退还期限；没有达成一致的不填。")
    if talk.pay_by is not None and talk.pay_by < talk.held_on:
        raise invalid("pay_by", "退还期限不能早于协调日期。")


def _amount(amount_fen: int) -> str:
    return f"¥{yuan(amount_fen)}"


def _issued(
    row: Institution, kind: DocumentKind, fields: dict[str, object], event: EventKind, *, by: Actor, at: datetime
) -> Document:
    organ = Organ.objects.get(pk=by.organ_id)
    party = {
        "party_name": row.name,
        "party_code": row.credit_code or "",
        "party_address": row.address,
        "legal_person": row.legal_person,
        "bureau": organ.name,
    }
    document = issue_document(kind=kind, organ=organ, fields=party | fields, subject=row, by=by, at=at)
    record(event, subject=row, by=by, at=at, changes={"document": [None, document.number]})
    return document
