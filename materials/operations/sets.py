"""A set of training materials: registered, reviewed inside the institution, offered for review again.

A set has one state, so it cannot be approved and under review at once: it is offered again only when its approval is
over. What is to be used without a gap is registered as a set of its own (a new edition) and reviewed before that; the
reminders say so.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from institutions.models import Institution
from materials import events, rules, workflow
from materials.alarming import raise_alarm
from materials.enums import Cause, SetState, UseSource
from materials.models import MaterialSet
from materials.notices import RENEWAL


@dataclass(frozen=True, kw_only=True)
class SetFacts:
    """What a set is; a published one has its ISBN."""

    title: str
    subject: str
    stage: str
    kind: str
    edition: str = ""
    isbn: str = ""
    author: str = ""


@operation
def register_set(
    *, institution: Institution, facts: SetFacts, by: Actor, at: datetime, reserved: int | None = None
) -> MaterialSet:
    """Enter a set of an institution, to be reviewed inside. ``reserved`` is its id where an import gave it one.

    Raises NotAllowed, InvalidInput (no title, a published one without ISBN, registered before).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_register_for, row)
    need_words(facts.title, "title", "请填写材料名称。")
    told = {name: value.strip() for name, value in asdict(facts).items()}
    made = insert(MaterialSet(pk=reserved, institution=row, state_at=at, registered_on=local_date(at), **told))
    record(events.REGISTERED, subject=made, by=by, at=at, changes={"state": [None, made.state]})
    return made


@operation
def pass_inside(
    *, material: MaterialSet, reviewed_by: str, reviewed_on: date, note: str, by: Actor, at: datetime
) -> MaterialSet:
    """Note that the institution's own review let the set pass: who, when, with what conclusion.

    Raises NotAllowed, IllegalTransition, InvalidInput (nobody named, no conclusion, a day to come).
    """
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_keep, row)
    fields = advance(row, workflow.PASS_INSIDE, at=at)
    need_words(reviewed_by, "reviewed_by", "请填写内审人。")
    need_words(note, "note", "请填写内审结论。")
    if reviewed_on > local_date(at):
        raise invalid("reviewed_on", "内审日期不能晚于今天。")
    row.inside_by, row.inside_on, row.inside_note = reviewed_by.strip(), reviewed_on, note.strip()
    changes = update(row, *fields, "inside_by", "inside_on", "inside_note")
    record(events.PASSED_INSIDE, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def resubmit_set(*, material: MaterialSet, reason: str, by: Actor, at: datetime) -> MaterialSet:
    """Begin anew with a set that was refused or withdrawn, or whose approval is over; its former reviews stay.

    Classes that go on using one whose approval is over raise alarms, if the night's job has not raised them.
    Raises NotAllowed, IllegalTransition, InvalidInput (no reason), Conflict (an approval that still holds).
    """
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_keep, row)
    if row.state == SetState.APPROVED and row.holds_on(local_date(at)):
        text = f"审核有效期至{row.valid_to}，到期后才能重新送审。{RENEWAL}"
        raise Conflict(text, code="still_holds")
    is_over = row.state == SetState.APPROVED
    fields = advance(row, workflow.RESUBMIT, at=at)
    need_words(reason, "reason", "请写明重新送审的事由。")
    row.inside_by, row.inside_on, row.inside_note = "", None, ""
    row.number = row.valid_from = row.valid_to = None
    cleared = ("inside_by", "inside_on", "inside_note", "number", "valid_from", "valid_to")
    changes = update(row, *fields, *cleared)
    record(events.RESUBMITTED, subject=row, by=by, at=at, changes=changes, reason=reason)
    if is_over:
        for use in row.uses.filter(stopped_on__isnull=True).order_by("pk"):
            raise_alarm(use, Cause.EXPIRED, UseSource.PAPERS, by=by, at=at)
    return row
