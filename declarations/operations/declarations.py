"""An institution declares, by an officer or by its own link; what is incomplete goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from declarations import events, notices, rules, workflow
from declarations.enums import DECLARE_LINK, DeclarationState, InquiryKind, InquiryState, Reply
from declarations.models import Declaration, DeclarationPhoto
from foundation.accounts.links import can_answer, locked_by
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert_all, update
from foundation.core.errors import Conflict, InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.photos.notices import KEEP_BY_LINK
from foundation.photos.operations import Sent, keep_photos
from foundation.photos.sending import check_photos


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an institution declares: of a self-check (reply, note) for each item in their order, of a commitment the
    day of signature."""

    given_by: str
    replies: Sequence[tuple[str, str]] = ()
    text: str = ""
    signed_on: date | None = None
    photos: Sequence[Sent] = field(default=(), compare=False)


@operation
def take_in_declaration(*, declaration: Declaration, told: Told, by: Actor, at: datetime) -> Declaration:
    """Enter for an institution what it declares on paper.

    Raises NotAllowed, IllegalTransition, Conflict (closed), InvalidInput (an item without a reply, a fault without a
    word, nobody named, signed tomorrow, too many photos).
    """
    row = lock(Declaration, declaration.pk)
    authorize(by, rules.can_handle, row)
    return _take_in(row, told, by=by, at=at)


@operation
def declare_by_link(*, code: str, told: Told, by: Actor, at: datetime) -> Declaration:
    """The institution itself declares, with its code (``code``: its hash); sent twice, it is one declaration.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more), as ``take_in_declaration``.
    """
    authorize(by, can_answer)
    row = locked_by(DECLARE_LINK, Declaration, code, at=at)
    if row.state == DeclarationState.GIVEN and row.entered_by_id is None and _is(row, told):
        return row
    by = by.allowed(KEEP_BY_LINK, scope=frozenset({row.institution.jurisdiction_id}))
    return _take_in(row, told, by=by, at=at)


def _is(row: Declaration, told: Told) -> bool:
    """The same words of the same person."""
    said = Told(
        given_by=row.given_by,
        replies=[(reply, note) for _, _, reply, note in row.answers],
        text=row.text,
        signed_on=row.signed_on,
    )
    asked = [(reply, note.strip()) for reply, note in told.replies]
    return said == Told(given_by=told.given_by.strip(), replies=asked, text=told.text.strip(), signed_on=told.signed_on)


def _take_in(row: Declaration, told: Told, *, by: Actor, at: datetime) -> Declaration:
    fields = advance(row, workflow.GIVE, at=at)
    if row.inquiry.state != InquiryState.OPEN:
        raise Conflict("这次申报已经结束收取。", code="closed")
    need_words(told.given_by, "given_by", "请填写由谁报送。")
    if row.inquiry.kind == InquiryKind.SELF_CHECK:
        row.answers = _answers(row, told.replies)
        row.faults = sum(reply == Reply.NO for _, _, reply, _ in row.answers)
    elif told.signed_on is None or told.signed_on > local_date(at):
        raise invalid("signed_on", "请填写签署日期，不能晚于今天。")
    check_photos(told.photos)
    row.text, row.signed_on, row.given_by = told.text.strip(), told.signed_on, told.given_by.strip()
    row.received_at, row.entered_by_id = at, by.user_id
    facts = ("answers", "faults", "text", "signed_on", "given_by", "received_at", "entered_by")
    changes = update(row, *fields, *facts)
    place = row.institution.jurisdiction
    kept = keep_photos(sent=told.photos, jurisdiction=place, by=by, at=at) if told.photos else []
    insert_all(DeclarationPhoto(declaration=row, photo=photo) for photo in kept)
    record(events.DECLARED, subject=row, by=by, at=at, changes=changes)
    if not by.is_person:
        outbox.put(notices.GIVEN, at=at, declaration_id=row.pk)
    return row


def _answers(row: Declaration, replies: Sequence[tuple[str, str]]) -> list[list[str]]:
    items = row.inquiry.items
    if len(replies) != len(items) or not all(reply in Reply.values for reply, _ in replies):
        raise InvalidInput("请逐项选择符合、不符合或不适用。", code="replies")
    kept = []
    for number, ((code, text), (reply, note)) in enumerate(zip(items, replies, strict=True)):
        if reply == Reply.NO:
            need_words(note, f"note{number}", "不符合的，请写明情况和整改打算。")
        kept.append([code, text, reply, note.strip()[:300]])
    return kept


@operation
def send_back_declaration(*, declaration: Declaration, reason: str, by: Actor, at: datetime) -> Declaration:
    """Ask for a better one; the link that the institution holds works again.

    Raises NotAllowed, IllegalTransition, Conflict (closed), InvalidInput (no reason).
    """
    row = lock(Declaration, declaration.pk)
    authorize(by, rules.can_handle, row)
    need_words(reason, "reason", "请写明需要补正什么。")
    fields = advance(row, workflow.SEND_BACK, at=at)
    if row.inquiry.state != InquiryState.OPEN:
        raise Conflict("这次申报已经结束收取，不能退回。", code="closed")
    row.review = reason.strip()
    changes = update(row, *fields, "review")
    record(events.SENT_BACK, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
