"""A bureau's own words for a kind of document: proposed by one person, decided by another."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.canonical import sha256
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.documents import events, local_words, rules, workflow
from foundation.documents.models import LocalWording
from foundation.documents.wording import in_use


@operation
def propose_wording(
    *, kind: str, text: str, basis: str, effective_on: date, by: Actor, at: datetime, title: str = ""
) -> LocalWording:
    """Put a kind into the own organ's words from a day on; without text, back into the standard ones.

    Raises NotAllowed, InvalidInput (a kind whose form is a drawing, a text that ``local_words.check`` refuses, a day
    that is over, no basis, another one of the kind that waits).
    """
    authorize(by, rules.can_propose_wording)
    template = in_use(kind)
    if not local_words.changeable(template):
        raise InvalidInput(f"{template.kind.label}的版式固定，不能改用本地格式。", code="kind")
    if text.strip():
        local_words.check(template, text)
    need_words(basis, "basis", "请写明依据，如本地发布的文书格式文件。")
    if effective_on < local_date(at):
        message = "启用日期不能早于今天。"
        raise InvalidInput(message, code="effective_on", fields={"effective_on": [message]})
    organ = Organ.objects.get(pk=by.organ_id)
    wording = insert(
        LocalWording(
            jurisdiction_id=organ.jurisdiction_id,
            organ=organ,
            kind=kind,
            title=title.strip(),
            text=text.strip(),
            basis=basis.strip(),
            effective_on=effective_on,
            state_at=at,
            proposed_by_id=by.user_id,
        )
    )
    changes = {"kind": [None, kind], "sha256": [None, sha256(wording.text.encode())]}
    record(events.WORDING_PROPOSED, subject=wording, by=by, at=at, changes=changes, reason=wording.basis)
    return wording


@operation
def approve_wording(*, wording: LocalWording, by: Actor, at: datetime, remark: str = "") -> LocalWording:
    """Let documents of the organ be issued in these words from their day on, from today at the earliest.

    Raises NotAllowed (who proposed it, another organ's), IllegalTransition, InvalidInput (its fields changed since).
    """
    row = lock(LocalWording, wording.pk)
    authorize(by, rules.can_decide_wording, row)
    if row.text:
        local_words.check(in_use(row.kind), row.text)
    row.effective_on = max(row.effective_on, local_date(at))
    return _decide(row, workflow.APPROVE, events.WORDING_APPROVED, remark, by, at)


@operation
def refuse_wording(*, wording: LocalWording, remark: str, by: Actor, at: datetime) -> LocalWording:
    """Leave the words as they were. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(LocalWording, wording.pk)
    authorize(by, rules.can_decide_wording, row)
    need_words(remark, "remark", "请写明不批准的理由。")
    return _decide(row, workflow.REFUSE, events.WORDING_REFUSED, remark, by, at)


@operation
def withdraw_wording(*, wording: LocalWording, by: Actor, at: datetime) -> LocalWording:
    """Give a proposal up. Raises NotAllowed, IllegalTransition."""
    row = lock(LocalWording, wording.pk)
    authorize(by, rules.can_withdraw_wording, row)
    changes = update(row, *advance(row, workflow.WITHDRAW, at=at))
    record(events.WORDING_WITHDRAWN, subject=row, by=by, at=at, changes=changes)
    return row


def _decide(
    row: LocalWording, step: Transition, event: EventKind, remark: str, by: Actor, at: datetime
) -> LocalWording:
    fields = advance(row, step, at=at)
    row.decided_by_id, row.decision_remark = by.user_id, remark.strip()
    changes = update(row, *fields, "effective_on", "decided_by", "decision_remark")
    record(event, subject=row, by=by, at=at, changes=changes, reason=row.decision_remark)
    return row
