"""吹哨, 报到, and the end of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from clues import events, notices, rules, workflow
from clues.models import Whistle, WhistleCall
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.regions.models import Division, Jurisdiction
from institutions.identity import check_place

SHORTEST, LONGEST = 15, 24 * 60  # minutes to report in


@operation
def blow_whistle(
    *,
    division: Division,
    address: str,
    subject: str,
    words: str,
    organs: Sequence[Organ],
    minutes: int,
    by: Actor,
    at: datetime,
) -> Whistle:
    """A town calls departments of its county to a place; each is told at once and has ``minutes`` to report in.

    Raises NotAllowed (no town, another town's place, an organ that cannot be called), InvalidInput.
    """
    town = Organ.objects.select_related("jurisdiction").filter(pk=by.organ_id).first()
    place = lock(Jurisdiction, town.jurisdiction_id) if town else None
    row = Whistle(
        number=next_number(Whistle, f"CS-{place.code}-{local_date(at).year}-") if place else "",
        jurisdiction=place,
        division=division,
        address=address.strip(),
        subject=subject,
        words=words.strip(),
        organ=town,
        raised_by_id=by.user_id,
        raised_at=at,
        due_at=at + timedelta(minutes=minutes),
        state_at=at,
    )
    authorize(by, rules.can_whistle_here, row)
    check_place(division, place)
    if not SHORTEST <= minutes <= LONGEST:
        message = f"报到时限为{SHORTEST}分钟至24小时。"
        raise InvalidInput(message, code="minutes", fields={"minutes": [message]})
    if not organs:
        raise InvalidInput("请至少选择一个部门。", code="organs", fields={"organs": ["请至少选择一个部门。"]})
    insert(row)
    for organ in organs:
        authorize(by, rules.can_be_called, row, organ)
        insert(WhistleCall(whistle=row, organ=organ))
    names = [organ.name for organ in organs]
    record(events.WHISTLED, subject=row, by=by, at=at, changes={"organs": [None, names], "due_at": [None, row.due_at]})
    outbox.put(notices.WHISTLE, at=at, whistle_id=row.pk)
    outbox.put(notices.WHISTLE_LATE, at=at, due_at=row.due_at, whistle_id=row.pk)
    return row


@operation
def report_in(*, call: WhistleCall, by: Actor, at: datetime) -> WhistleCall:
    """The department is there. Raises NotAllowed (another's), IllegalTransition (ended), Conflict (reported before)."""
    whistle = lock(Whistle, call.whistle_id)
    row = lock(WhistleCall, call.pk)
    authorize(by, rules.can_report_in, row)
    if workflow.WHISTLE.is_final(whistle.state):
        raise IllegalTransition("这次吹哨已经结束，不用再报到。")
    if row.reported_at is not None:
        raise Conflict("本单位已经报到。", code="reported")
    row.whistle, row.reported_at, row.reported_by_id = whistle, at, by.user_id
    update(row, "reported_at", "reported_by")
    changes = {"organ": [None, row.organ.name], "minutes": [None, row.minutes]}
    record(events.REPORTED_IN, subject=whistle, by=by, at=at, changes=changes)
    return row


@operation
def end_whistle(*, whistle: Whistle, result: str, by: Actor, at: datetime) -> Whistle:
    """The town says what came of it. Raises NotAllowed, IllegalTransition, InvalidInput (nothing said)."""
    return _ended(whistle, workflow.END, result, "请写明处置结果。", by=by, at=at)


@operation
def withdraw_whistle(*, whistle: Whistle, reason: str, by: Actor, at: datetime) -> Whistle:
    """The town takes it back, and why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    return _ended(whistle, workflow.WITHDRAW_WHISTLE, reason, "请写明撤回的理由。", by=by, at=at)


def _ended(whistle: Whistle, step: Transition, words: str, missing: str, *, by: Actor, at: datetime) -> Whistle:
    row = lock(Whistle, whistle.pk)
    authorize(by, rules.can_end_whistle, row)
    fields = advance(row, step, at=at)
    need_words(words, "result", missing)
    row.result = words.strip()
    changes = update(row, *fields, "result")
    changes["result"] = ["***", "***"]
    record(events.WHISTLE_ENDED, subject=row, by=by, at=at, changes=changes)
    return row
