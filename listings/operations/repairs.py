"""信用修复: the party applies with proof, two officers look again, and only then is its removal asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from enforcement.queries import PUT_RIGHT
from foundation.accounts.links import can_answer, locked_by
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.rules import RUN_DEADLINES
from foundation.photos.notices import KEEP_BY_LINK
from foundation.photos.operations import Sent, keep_photos
from foundation.photos.sending import check_photos
from inspections.models import Visit
from listings import clocks, events, notices, papers, queries, rules, terms, workflow
from listings.enums import REPAIR_LINK, RemovalGround, RepairState
from listings.leaving import take_off
from listings.models import ListEntry, Repair, RepairPhoto
from listings.telling import tell_later


@operation
def apply_for_repair(
    *, entry: ListEntry, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> Repair:
    """Enter for the party its application to be taken off early, with what proves it.

    Raises NotAllowed (not in force, a list without a hearing), Conflict (too early), InvalidInput (no words, nobody
    named, too many photos, an application that is still open).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_take_repair, row)
    return _take_in(row, text, given_by, photos, by=by, at=at)


@operation
def apply_by_link(
    *, code: str, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> Repair:
    """The party itself applies, with its code (``code``: its hash); the same words again are the same application.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more; not in force, too early),
    InvalidInput as ``apply_for_repair``.
    """
    authorize(by, can_answer)
    row = locked_by(REPAIR_LINK, ListEntry, code, at=at)
    same = row.repairs.filter(entered_by=None, text=text.strip(), given_by=given_by.strip(), state=RepairState.APPLIED)
    if there := same.first():
        return there
    if not rules.may_be_repaired(row):
        raise Conflict("这条名单记录现在不能申请信用修复。", code="repair_closed")
    by = by.allowed(KEEP_BY_LINK, RUN_DEADLINES, scope=frozenset({row.institution.jurisdiction_id}))
    return _take_in(row, text, given_by, photos, by=by, at=at)


def _take_in(row: ListEntry, text: str, given_by: str, photos: Sequence[Sent], *, by: Actor, at: datetime) -> Repair:
    need_words(text, "text", "请写明整改和修复情况。")
    need_words(given_by, "given_by", "请填写由谁申请。")
    check_photos(photos)
    _refuse_early(row, at)
    repair = insert(
        Repair(
            entry=row,
            text=text.strip(),
            given_by=given_by.strip(),
            received_at=at,
            entered_by_id=by.user_id,
            state_at=at,
        )
    )
    kept = keep_photos(sent=photos, jurisdiction=row.institution.jurisdiction, by=by, at=at) if photos else []
    insert_all(RepairPhoto(repair=repair, photo=photo) for photo in kept)
    clocks.start_repair(repair, by=by, at=at)
    changes = {"repairs": [None, f"{repair.given_by}，照片{len(kept)}张"]}
    record(events.REPAIR_APPLIED, subject=row, by=by, at=at, changes=changes)
    tell_later(row, notices.REPAIR_APPLIED, at)
    return repair


def _refuse_early(row: ListEntry, at: datetime) -> None:
    if early := terms.too_early_to_repair(row, on=local_date(at)):
        raise Conflict(early, code="repair_early")


@operation
def pass_repair(*, repair: Repair, visit: Visit, by: Actor, at: datetime, remark: str = "") -> ListEntry:
    """A visit of two officers found everything put right: the entry's removal is asked for, another person decides.

    Raises NotAllowed, IllegalTransition, InvalidInput (a visit elsewhere, before the application, or not clean).
    """
    row = lock(ListEntry, repair.entry_id)
    asked = lock(Repair, repair.pk)
    authorize(by, rules.can_check_repair, asked)
    fields = advance(asked, workflow.PASS_REPAIR, at=at)
    asked.visit, asked.remark = _checking_visit(asked, visit, clean=True), remark.strip()
    changes = update(asked, *fields, "visit", "remark")
    clocks.end_repair(asked, by=by, at=at)
    record(events.REPAIR_PASSED, subject=row, by=by, at=at, changes=changes, reason=remark)
    reason = remark.strip() or f"信用修复核查通过（检查记录{asked.visit.number}）"
    return take_off(row, reason, RemovalGround.REPAIRED, by=by, at=at)


@operation
def refuse_repair(*, repair: Repair, remark: str, by: Actor, at: datetime, visit: Visit | None = None) -> Repair:
    """What the party applied with does not do; it stays listed, is told so, and may apply again.

    Raises NotAllowed, IllegalTransition, InvalidInput (no words, a visit that is none of this party's since).
    """
    row = lock(ListEntry, repair.entry_id)
    asked = lock(Repair, repair.pk)
    authorize(by, rules.can_check_repair, asked)
    need_words(remark, "remark", "请写明哪些没有修复到位。")
    fields = advance(asked, workflow.REFUSE_REPAIR, at=at)
    asked.visit = _checking_visit(asked, visit, clean=False) if visit else None
    asked.remark = remark.strip()
    changes = update(asked, *fields, "visit", "remark")
    clocks.end_repair(asked, by=by, at=at)
    papers.issue_result(row, f"不予移出{row.get_kind_display()}", asked.remark, by=by, at=at)
    record(events.REPAIR_REFUSED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return asked


def _checking_visit(repair: Repair, visit: Visit, *, clean: bool) -> Visit:
    seen = queries.visits_for(repair).filter(pk=visit.pk).first()
    if seen is None or (clean and seen.outcome not in PUT_RIGHT):
        raise invalid(
            "visit", "请选择申请之后由两名以上人员进行、结论为未发现问题或已当场改正的检查作为依据。", code="evidence"
        )
    return seen
