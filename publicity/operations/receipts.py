"""A letter is published by another person, handed out by its schools, read by parents, withdrawn."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import update
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.documents.codes import new_code

from .. import events, notices, rules, workflow
from ..models import LetterSchool, ParentLetter


@operation
def publish_letter(*, letter: ParentLetter, by: Actor, at: datetime) -> ParentLetter:
    """Make a letter public and give each of its schools an address for its parents; its specialists are told.

    Raises NotAllowed (who issued it, another bureau, a void letter), IllegalTransition.
    """
    row = lock(ParentLetter, letter.pk)
    authorize(by, rules.can_publish_letter, row)
    fields = advance(row, workflow.PUBLISH, at=at)
    row.published_on, row.published_by_id = local_date(at), by.user_id
    changes = update(row, *fields, "published_on", "published_by")
    for line in lock_all(LetterSchool, row.schools.values_list("pk", flat=True)):
        line.code = new_code()
        update(line, "code")
    record(events.LETTER_PUBLISHED, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.TELL_SCHOOLS, at=at, letter_id=row.pk)
    return row


@operation
def withdraw_letter(*, letter: ParentLetter, reason: str, by: Actor, at: datetime) -> ParentLetter:
    """Take a letter off the public pages; what was counted stays.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(ParentLetter, letter.pk)
    authorize(by, rules.can_withdraw_letter, row)
    fields = advance(row, workflow.WITHDRAW, at=at)
    need_words(reason, "reason", "请写明撤下的理由。")
    record(events.LETTER_WITHDRAWN, subject=row, by=by, at=at, changes=update(row, *fields), reason=reason)
    return row


@operation
def hand_out(*, line: LetterSchool, copies: int, by: Actor, at: datetime) -> LetterSchool:
    """The school's specialist says how many copies went out. Raises NotAllowed (another school's, a letter that is not
    public), Conflict (fewer than have come back or been read)."""
    row = lock(LetterSchool, line.pk)
    authorize(by, rules.can_hand_out, row)
    if copies < max(row.reads, row.receipts or 0):
        raise Conflict(f"发放份数不能少于已有的回执（网上{row.reads}次，纸质{row.receipts or 0}份）。", code="too_few")
    row.copies, row.handed_on, row.handed_by_id = copies, local_date(at), by.user_id
    changes = update(row, "copies", "handed_on", "handed_by")
    record(events.LETTER_HANDED_OUT, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def confirm_reading(*, line: LetterSchool, by: Actor, at: datetime) -> LetterSchool:
    """One parent of the school says that the letter was read; nobody's name is asked or kept.

    Raises NotAllowed (withdrawn, not handed out), Conflict (as many as copies went out have said so).
    """
    row = lock(LetterSchool, line.pk)
    authorize(by, rules.can_read, row)
    if row.reads >= row.copies:
        raise Conflict("这所学校的回执已经收齐，谢谢您的阅读。", code="all_read")
    row.reads += 1
    record(events.LETTER_READ, subject=row, by=by, at=at, changes=update(row, "reads"))
    return row
