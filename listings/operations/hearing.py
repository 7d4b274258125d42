"""Due process before an adverse list: the party is told in writing, has its days to answer, and is heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from enforcement.serving import check_service
from foundation.accounts.links import can_answer, locked_by
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.enums import DeadlineState
from foundation.photos.notices import KEEP_BY_LINK
from foundation.photos.operations import Sent, keep_photos
from foundation.photos.sending import check_photos
from listings import clocks, events, notices, papers, rules, workflow
from listings.enums import DEFENCE_LINK, Hearing, ListState
from listings.models import Defence, DefencePhoto, ListEntry
from listings.telling import tell_later


@operation
def notify_party(*, entry: ListEntry, by: Actor, at: datetime) -> ListEntry:
    """Issue the numbered 名单事先告知书 with cause, evidence, basis, term and the days for a defence.

    Raises NotAllowed (another area, a kind that needs no defence), IllegalTransition, InvalidInput (no 机关代字).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_notify, row)
    fields = advance(row, workflow.NOTIFY, at=at)
    row.prior_notice = papers.issue_prior_notice(row, by=by, at=at)
    changes = update(row, *fields, "prior_notice") | {"number": [None, row.prior_notice.number]}
    record(events.NOTIFIED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def record_notice_service(
    *, entry: ListEntry, service: str, served_on: date, recipient: str, by: Actor, at: datetime, witness: str = ""
) -> ListEntry:
    """Say how and when the notice reached the party; from that day its defence window runs.

    Raises NotAllowed, IllegalTransition, InvalidInput (a day in the future or before the notice, nobody who signed).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.SERVE, at=at)
    made_on = local_date(row.prior_notice.issued_at)
    check_service(service, served_on, recipient, made_on=made_on, today=local_date(at))
    row.service, row.served_on = service, served_on
    row.recipient, row.witness = recipient.strip(), witness.strip()
    changes = update(row, *fields, "service", "served_on", "recipient", "witness")
    clocks.start_window(row, by=by, at=at)
    record(events.NOTICE_SERVED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def take_in_defence(
    *, entry: ListEntry, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> Defence:
    """Enter what the party says against the proposal, while its window is open; it may say more than once.

    Raises NotAllowed, Conflict (the window is not open), InvalidInput (no words, nobody named, too many photos).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_handle, row)
    return _take_in(row, text, given_by, photos, by=by, at=at)


@operation
def defend_by_link(
    *, code: str, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> Defence:
    """The party itself says it, with the code of its notice (``code``: its hash), until the last day of its window.

    The same words of the same person again are the same defence. Raises NotAllowed (somebody who is logged in),
    Conflict (no such code, or no more; the window is over), InvalidInput as ``take_in_defence``.
    """
    authorize(by, can_answer)
    row = locked_by(DEFENCE_LINK, ListEntry, code, at=at)
    said = row.defences.filter(entered_by=None, waiver=False, text=text.strip(), given_by=given_by.strip()).first()
    if said is not None:
        return said
    window = clocks.window_of(row)
    if window is not None and window.state == DeadlineState.RUNNING and window.due_on < local_date(at):
        raise Conflict(f"陈述申辩期已于{window.due_on}届满。", code="window")
    by = by.allowed(KEEP_BY_LINK, scope=frozenset({row.institution.jurisdiction_id}))
    return _take_in(row, text, given_by, photos, by=by, at=at)


def _take_in(row: ListEntry, text: str, given_by: str, photos: Sequence[Sent], *, by: Actor, at: datetime) -> Defence:
    if row.state != ListState.DEFENDING:
        raise Conflict("只有在陈述申辩期内才能提出陈述申辩。", code="window")
    check_photos(photos)
    defence = _said(row, text, given_by, waiver=False, by=by, at=at)
    kept = keep_photos(sent=photos, jurisdiction=row.institution.jurisdiction, by=by, at=at) if photos else []
    insert_all(DefencePhoto(defence=defence, photo=photo) for photo in kept)
    changes = {"defences": [None, f"{defence.given_by}，{len(defence.text)}字，照片{len(kept)}张"]}
    record(events.DEFENCE_TAKEN_IN, subject=row, by=by, at=at, changes=changes)
    tell_later(row, notices.DEFENCE_IN, at)
    return defence


@operation
def waive_defence(*, entry: ListEntry, text: str, given_by: str, by: Actor, at: datetime) -> ListEntry:
    """The party gives its defence up in writing: ``text`` says what paper that is. The entry can be decided now.

    Raises NotAllowed, IllegalTransition, InvalidInput (no paper named, nobody named).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.WAIVE, at=at)
    _said(row, text, given_by, waiver=True, by=by, at=at)
    _heard(row, Hearing.WAIVED, fields, events.DEFENCE_WAIVED, by=by, at=at, reason=text)
    return row


@operation
def close_window(*, entry: ListEntry, by: Actor, at: datetime) -> ListEntry:
    """The last day of the window has passed; whatever was said is kept, silence too. By the portal's job or a person.

    Raises NotAllowed, IllegalTransition, Conflict (the window is still open).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_close_window, row)
    fields = advance(row, workflow.CLOSE_WINDOW, at=at)
    window = clocks.window_of(row)
    if window is not None and (window.state != "running" or local_date(at) <= window.due_on):
        raise Conflict(f"陈述申辩期至{window.due_on}(含当日)，期满后才能转入审核。", code="window")
    said = row.defences.exists()
    reason = "期满，已收到陈述申辩" if said else "期满，当事人未提出陈述申辩"
    _heard(row, Hearing.LAPSED, fields, events.WINDOW_CLOSED, by=by, at=at, reason=reason)
    return row


def _said(row: ListEntry, text: str, given_by: str, *, waiver: bool, by: Actor, at: datetime) -> Defence:
    words = "请写明书面放弃的材料名称和日期。" if waiver else "请写明陈述申辩内容。"
    need_words(text, "text", words)
    need_words(given_by, "given_by", "请填写由谁提出。")
    return insert(
        Defence(
            entry=row,
            waiver=waiver,
            text=text.strip(),
            given_by=given_by.strip(),
            received_at=at,
            entered_by_id=by.user_id,
        )
    )


def _heard(row: ListEntry, hearing: Hearing, fields: list[str], event, *, by: Actor, at: datetime, reason: str) -> None:
    row.hearing, row.heard_on = hearing, local_date(at)
    changes = update(row, *fields, "hearing", "heard_on")
    clocks.close_window(row, by=by, at=at)
    record(event, subject=row, by=by, at=at, changes=changes, reason=reason)
    tell_later(row, notices.HEARD, at)
