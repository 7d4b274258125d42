"""Onto a list and off it: one person asks, another decides."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.notifications.kinds import NoticeKind
from institutions import queries as register
from institutions.enums import ENDED, Status
from institutions.models import Institution
from institutions.operations.status import set_standing
from listings import events, notices, rules, workflow
from listings.enums import STANDING, ListKind
from listings.models import ListEntry
from listings.numbering import promise_edition
from listings.queries import ENTRY_SOURCE

LISTED = "在列"


@operation
def propose_listing(
    *,
    institution: Institution,
    kind: str,
    reason: str,
    basis: str,
    effective_on: date,
    until: date,
    by: Actor,
    at: datetime,
    evidence: str = "",
) -> ListEntry:
    """Ask for an institution to be put on a list for a term (last day included); nothing is public yet.

    Raises NotAllowed outside the actor's area, InvalidInput (no grounds, a term that ends before it begins, an ended
    institution for the white list, an open entry of the same list).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_propose, row)
    _refuse_gone(row, kind)
    entry = insert(
        ListEntry(
            institution=row,
            kind=kind,
            reason=reason.strip(),
            basis=basis.strip(),
            evidence=evidence,
            effective_on=effective_on,
            until=until,
            state_at=at,
            proposed_by_id=by.user_id,
            proposed_at=at,
        )
    )
    changes = {"state": [None, entry.state], "effective_on": [None, effective_on], "until": [None, until]}
    record(events.PROPOSED, subject=entry, by=by, at=at, changes=changes, reason=entry.reason)
    _tell(entry, notices.PROPOSED, at)
    return entry


@operation
def approve_listing(*, entry: ListEntry, by: Actor, at: datetime, remark: str = "") -> ListEntry:
    """Publish a proposed entry: it is in force from its day on, and a new edition follows.

    Raises NotAllowed (the proposer, another area), IllegalTransition, Conflict (the institution is on the other list or
    has ended meanwhile, or the term is over).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide, row)
    fields = advance(row, workflow.APPROVE, at=at)
    institution = lock(Institution, row.institution_id)
    _refuse_gone(institution, row.kind)
    if row.until < local_date(at):
        raise Conflict("该提请的期限已过，请退回后重新提请。", code="term_over")
    _refuse_other_list(institution, row, on=max(row.effective_on, local_date(at)))
    row.decided_by_id, row.decided_at, row.decision_remark = by.user_id, at, remark
    row.organ_name = by.organ_name
    changes = update(row, *fields, "decided_by", "decided_at", "decision_remark", "organ_name")
    _set(institution, row, LISTED, row.effective_on, by=by, at=at, reason=row.reason)
    record(events.APPROVED, subject=row, by=by, at=at, changes=changes, reason=remark)
    _tell(row, notices.APPROVED, at)
    promise_edition(row.kind, at=at)
    return row


@operation
def reject_listing(*, entry: ListEntry, remark: str, by: Actor, at: datetime) -> ListEntry:
    """Send a proposal back with a reason. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide, row)
    need_words(remark, "remark", "请填写退回理由。", code="reason")
    fields = advance(row, workflow.REJECT, at=at)
    row.decided_by_id, row.decided_at, row.decision_remark = by.user_id, at, remark
    changes = update(row, *fields, "decided_by", "decided_at", "decision_remark")
    record(events.REJECTED, subject=row, by=by, at=at, changes=changes, reason=remark)
    _tell(row, notices.REJECTED, at)
    return row


@operation
def propose_delisting(*, entry: ListEntry, reason: str, by: Actor, at: datetime) -> ListEntry:
    """Ask for an entry to be taken off its list; it stays public until another person agrees.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_propose_removal, row)
    need_words(reason, "reason", "请填写移出事由。")
    fields = advance(row, workflow.PROPOSE_REMOVAL, at=at)
    row.removal_reason, row.removal_proposed_by_id = reason.strip(), by.user_id
    row.removal_decided_by_id, row.removal_remark = None, ""
    changes = update(row, *fields, "removal_reason", "removal_proposed_by", "removal_decided_by", "removal_remark")
    record(events.REMOVAL_PROPOSED, subject=row, by=by, at=at, changes=changes, reason=reason)
    _tell(row, notices.REMOVAL_PROPOSED, at)
    return row


@operation
def approve_delisting(*, entry: ListEntry, by: Actor, at: datetime, remark: str = "") -> ListEntry:
    """Take an entry off its list today: it is gone from page, API, search and export with this commit.

    An entry whose day has not come ends on that day, so that it never takes effect. Raises NotAllowed (the one who
    asked, another area), IllegalTransition.
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide_removal, row)
    fields = advance(row, workflow.APPROVE_REMOVAL, at=at)
    institution = lock(Institution, row.institution_id)
    row.removal_decided_by_id, row.removal_remark = by.user_id, remark
    row.ended_on = max(local_date(at), row.effective_on)
    changes = update(row, *fields, "removal_decided_by", "removal_remark", "ended_on")
    _set(institution, row, "", row.ended_on, by=by, at=at, reason=row.removal_reason)
    record(events.REMOVAL_APPROVED, subject=row, by=by, at=at, changes=changes, reason=remark)
    _tell(row, notices.REMOVED, at)
    promise_edition(row.kind, at=at)
    return row


@operation
def reject_delisting(*, entry: ListEntry, remark: str, by: Actor, at: datetime) -> ListEntry:
    """Keep an entry on its list. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide_removal, row)
    need_words(remark, "remark", "请填写不同意移出的理由。", code="reason")
    fields = advance(row, workflow.REJECT_REMOVAL, at=at)
    row.removal_decided_by_id, row.removal_remark = by.user_id, remark
    changes = update(row, *fields, "removal_decided_by", "removal_remark")
    record(events.REMOVAL_REJECTED, subject=row, by=by, at=at, changes=changes, reason=remark)
    _tell(row, notices.REMOVAL_REJECTED, at)
    return row


@operation
def let_lapse(*, entry: ListEntry, by: Actor, at: datetime) -> ListEntry:
    """Close an entry whose term is over or whose institution is gone; for the portal's own job.

    The standing of an institution that is gone is ended too. Raises NotAllowed, IllegalTransition, Conflict (neither).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_let_lapse, row)
    fields = advance(row, workflow.LAPSE, at=at)
    institution, today = lock(Institution, row.institution_id), local_date(at)
    row.removal_reason, row.ended_on = _why_lapsed(row, institution, today)
    if row.until >= today:
        _set(institution, row, "", row.ended_on, by=by, at=at, reason=row.removal_reason)
    changes = update(row, *fields, "removal_reason", "ended_on")
    record(events.LAPSED, subject=row, by=by, at=at, changes=changes, reason=row.removal_reason)
    promise_edition(row.kind, at=at)
    return row


def _why_lapsed(row: ListEntry, institution: Institution, today: date) -> tuple[str, date]:
    """(reason, last day) of an entry that ends by itself; raises Conflict when it does not."""
    ended = max(today, row.effective_on)
    if row.until < today:
        return "期限届满", row.until
    if institution.merged_into_id or institution.withdrawn_at:
        return "机构记录已合并或撤回", ended
    if row.kind == ListKind.WHITE and institution.status in ENDED:
        return f"机构已{institution.get_status_display()}", ended
    raise Conflict("该名单记录仍在期限内。", code="not_lapsed")


def _refuse_gone(institution: Institution, kind: str) -> None:
    if institution.merged_into_id or institution.withdrawn_at:
        raise Conflict("该机构记录已合并或撤回，不能列入名单。", code="gone")
    if kind == ListKind.WHITE and institution.status in ENDED:
        label = Status(institution.status).label
        raise Conflict(f"状态为“{label}”的机构不能列入白名单。", code="ended_institution")


def _refuse_other_list(institution: Institution, row: ListEntry, *, on: date) -> None:
    """White and black exclude each other, also where the standing was set by something else than an entry."""
    other = ListKind.BLACK if row.kind == ListKind.WHITE else ListKind.WHITE
    if (STANDING[other], "") in register.standing(institution, on=on):
        raise Conflict(f"该机构已在{other.label}中，请先移出。", code="list_entry_one_list_at_a_time")


def _set(
    institution: Institution, row: ListEntry, value: str, on: date, *, by: Actor, at: datetime, reason: str
) -> None:
    set_standing(
        institution=institution,
        kind=STANDING[ListKind(row.kind)],
        value=value,
        effective_on=on,
        until=row.until if value else None,
        reason=reason,
        source=f"{ENTRY_SOURCE}{row.pk}",
        by=by,
        at=at,
    )


def _tell(entry: ListEntry, notice: NoticeKind, at: datetime) -> None:
    outbox.put(notices.ENTRY_MOVED, at=at, entry_id=entry.pk, notice=notice.code, moved_at=at.isoformat())
