"""Off a list: by a second person, by the end of a term, or because the institution is gone."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.operations.links import end_link
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from institutions.enums import ENDED
from institutions.models import Institution
from listings import events, notices, papers, rules, workflow
from listings.enums import REPAIR_LINK, ListKind, RemovalGround, RepairState
from listings.leaving import take_off
from listings.models import ListEntry, Repair
from listings.numbering import promise_edition
from listings.standing import set_listed
from listings.telling import tell_later


@operation
def propose_delisting(
    *, entry: ListEntry, reason: str, by: Actor, at: datetime, ground: str = RemovalGround.OTHER
) -> ListEntry:
    """Ask for an entry to be taken off its list; it stays public until another person agrees.

    Off a list that the party was heard about, only because the entry was wrong: a repair goes by its own application
    and visit. Raises NotAllowed, IllegalTransition, InvalidInput (no reason, a ground that does not do).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_propose_removal, row)
    if row.needs_defence and ground != RemovalGround.MISTAKE:
        raise invalid("ground", "列入有误或依据已失效的，可以直接提请移出；整改到位的，请先登记信用修复申请并核查。")
    return take_off(row, reason, ground, by=by, at=at)


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
    set_listed(institution, row, "", row.ended_on, by=by, at=at, reason=row.removal_reason)
    _settle_repair(row, workflow.ACCEPT_REPAIR, "", at=at)
    end_link(subject=row, purpose=REPAIR_LINK, by=by, at=at)
    papers.issue_result(row, f"移出{row.get_kind_display()}", row.removal_reason, by=by, at=at)
    record(events.REMOVAL_APPROVED, subject=row, by=by, at=at, changes=changes, reason=remark)
    tell_later(row, notices.REMOVED, at)
    if row.published:
        promise_edition(row.kind, at=at)
    return row


@operation
def reject_delisting(*, entry: ListEntry, remark: str, by: Actor, at: datetime) -> ListEntry:
    """Keep an entry on its list; a party that applied is told. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide_removal, row)
    need_words(remark, "remark", "请填写不同意移出的理由。", code="reason")
    fields = advance(row, workflow.REJECT_REMOVAL, at=at)
    row.removal_decided_by_id, row.removal_remark = by.user_id, remark
    changes = update(row, *fields, "removal_decided_by", "removal_remark")
    if _settle_repair(row, workflow.REFUSE_REPAIR, remark, at=at):
        papers.issue_result(row, f"不予移出{row.get_kind_display()}", remark, by=by, at=at)
    record(events.REMOVAL_REJECTED, subject=row, by=by, at=at, changes=changes, reason=remark)
    tell_later(row, notices.REMOVAL_REJECTED, at)
    return row


def _settle_repair(row: ListEntry, step, remark: str, *, at: datetime) -> bool:
    """End the application that led here, if one did; part of the decision's own fact."""
    open_one = Repair.objects.filter(entry=row, state__in=[RepairState.APPLIED, RepairState.PASSED]).first()
    if open_one is None or not step.starts_from(open_one.state):
        return False
    repair = lock(Repair, open_one.pk)
    fields = advance(repair, step, at=at)
    repair.remark = remark or repair.remark
    update(repair, *fields, "remark")
    return True


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
        set_listed(institution, row, "", row.ended_on, by=by, at=at, reason=row.removal_reason)
    changes = update(row, *fields, "removal_reason", "ended_on")
    end_link(subject=row, purpose=REPAIR_LINK, by=by, at=at)
    record(events.LAPSED, subject=row, by=by, at=at, changes=changes, reason=row.removal_reason)
    if row.published:
        promise_edition(row.kind, at=at)
    return row


def _why_lapsed(row: ListEntry, institution: Institution, today: date) -> tuple[str, date]:
    """(reason, last day) of an entry that ends by itself; raises Conflict when it does not."""
    ended = max(today, row.effective_on)
    if row.until < today:
        return "期限届满", row.until
    if institution.merged_into_id or institution.withdrawn_at:
        return "机构记录已合并或撤回", ended
    if row.kind != ListKind.BLACK and institution.status in ENDED:
        return f"机构已{institution.get_status_display()}", ended
    raise Conflict("该名单记录仍在期限内。", code="not_lapsed")
