"""受理: a clue is accepted with a day before which nobody goes there, refused, handed over, merged, sent to check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from assignments.enums import Urgency
from assignments.operations.assign import assign
from clues import clocks, events, notices, rules, workflow
from clues.enums import OWN_PEOPLE, ClueState
from clues.models import CheckRequest, Clue, Handover
from clues.timing import need_visit_day
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

SHORTEST_DELAY, LONGEST_DELAY = 2, 10  # days between acceptance and a visit that no emergency hurries


@operation
def accept_clue(*, clue: Clue, urgency: str, delay_days: int, by: Actor, at: datetime) -> Clue:
    """Take it on. Urgent means now; else a visit waits ``delay_days``, so that nobody can tell which tip led to it.

    Raises NotAllowed, IllegalTransition, InvalidInput (an urgent one that waits, another one that does not).
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.ACCEPT, at=at)
    _check_delay(row, urgency, delay_days)
    row.urgency, row.visit_from_on = urgency, local_date(at) + timedelta(days=delay_days)
    changes = update(row, *fields, "urgency", "visit_from_on")
    record(events.ACCEPTED, subject=row, by=by, at=at, changes=changes)
    clocks.stop(row, by=by, at=at)
    if row.channel not in OWN_PEOPLE:
        clocks.start(row, clocks.ANSWER, by=by, at=at)
    return row


def _check_delay(row: Clue, urgency: str, days: int) -> None:
    message = ""
    if urgency != Urgency.NORMAL:
        message = "紧急的线索立即核查，不设等待。" if days else ""
    elif row.channel in OWN_PEOPLE:
        message = "" if 0 <= days <= LONGEST_DELAY else f"等待不超过{LONGEST_DELAY}天。"
    elif not SHORTEST_DELAY <= days <= LONGEST_DELAY:
        message = f"为保护反映人，现场核查前须等待{SHORTEST_DELAY}至{LONGEST_DELAY}天；紧急的请改为“急件”或“特急”。"
    if message:
        raise InvalidInput(message, code="delay", fields={"delay_days": [message]})


@operation
def refuse_clue(*, clue: Clue, reason: str, by: Actor, at: datetime) -> Clue:
    """Not for us, and why, in words that the sender reads. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.REFUSE, at=at)
    need_words(reason, "reason", "请写明不予受理的理由，反映人看得到。")
    row.refusal = reason.strip()
    changes = update(row, *fields, "refusal")
    changes["refusal"] = ["***", "***"]
    record(events.REFUSED, subject=row, by=by, at=at, changes=changes)
    clocks.stop(row, by=by, at=at)
    if row.reported_by_id is not None:
        outbox.put(notices.CLUE_CLOSED, at=at, clue_id=row.pk)
    return row


@operation
def hand_over(*, clue: Clue, to: Jurisdiction, reason: str, by: Actor, at: datetime) -> Clue:
    """Another bureau's matter: from now on that one reads and handles it, and this one does not.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason, to oneself), Conflict (to the unit it is about).
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.HAND_OVER, at=at)
    need_words(reason, "reason", "请写明移交的理由。")
    if row.recused_id == to.pk:
        raise Conflict("反映涉及这个单位，不能移交给它。", code="recused")
    if to.level == JurisdictionLevel.PROVINCE:
        raise InvalidInput("请移交给市或县的教育部门。", code="to", fields={"to": ["请选择市或县。"]})
    insert(
        Handover(clue=row, from_jurisdiction=row.jurisdiction, to_jurisdiction=to, reason=reason.strip(), handed_at=at)
    )
    clocks.stop(row, by=by, at=at)
    row.jurisdiction = to
    record(events.HANDED_OVER, subject=row, by=by, at=at, changes=update(row, *fields, "jurisdiction"), reason=reason)
    _start_again(row, by=by, at=at)
    outbox.put(notices.CLUE_TAKEN_IN, at=at, clue_id=row.pk)
    return row


@operation
def give_back(*, clue: Clue, reason: str, by: Actor, at: datetime) -> Clue:
    """Not ours either, and why: once; then it stays. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.GIVE_BACK, at=at)
    need_words(reason, "reason", "请写明退回的理由。")
    handover = lock(Handover, row.handovers.order_by("-pk").values_list("pk", flat=True)[0])
    handover.given_back_at, handover.back_reason = at, reason.strip()
    update(handover, "given_back_at", "back_reason")
    clocks.stop(row, by=by, at=at)
    row.jurisdiction = handover.from_jurisdiction
    record(events.GIVEN_BACK, subject=row, by=by, at=at, changes=update(row, *fields, "jurisdiction"), reason=reason)
    _start_again(row, by=by, at=at)
    outbox.put(notices.CLUE_TAKEN_IN, at=at, clue_id=row.pk)
    return row


def _start_again(row: Clue, *, by: Actor, at: datetime) -> None:
    """The bureau that has it now gets the whole time to decide."""
    if row.channel not in OWN_PEOPLE:
        clocks.start(row, clocks.ACCEPTANCE, by=by, at=at)


@operation
def merge_clue(*, clue: Clue, into: Clue, by: Actor, at: datetime) -> Clue:
    """One more person says the same: it is followed up with the other, whose number counts for both.

    Raises NotAllowed, IllegalTransition, InvalidInput (into itself, elsewhere, into one that ended).
    """
    rows = {row.pk: row for row in lock_all(Clue, {clue.pk, into.pk})}
    row, main = rows[clue.pk], rows[into.pk]
    authorize(by, rules.can_handle, row)
    authorize(by, rules.can_handle, main)
    fields = advance(row, workflow.MERGE, at=at)
    if row.pk == main.pk or main.state in (ClueState.MERGED, ClueState.REFUSED):
        raise InvalidInput("请选择另一条仍在办理或已办结的线索。", code="into", fields={"into": ["请重新选择。"]})
    if (row.jurisdiction_id, row.recused_id) != (main.jurisdiction_id, main.recused_id):
        raise InvalidInput("两条线索不由同一单位办理，不能合并。", code="into", fields={"into": ["请重新选择。"]})
    for other in lock_all(Clue, row.merged.values_list("pk", flat=True)):
        other.merged_into = main
        update(other, "merged_into")
    row.merged_into = main
    clocks.drop(row, reason=f"已并入{main.number}", by=by, at=at)
    record(events.MERGED, subject=row, by=by, at=at, changes=update(row, *fields, "merged_into"))
    return row


@operation
def ask_for_check(*, clue: Clue, organs: Sequence[Organ], due_on: date, by: Actor, at: datetime) -> CheckRequest:
    """Send the check points, the place and a day to those who go there: one task like any other, nothing of the clue.

    Not before the day that acceptance chose. Raises NotAllowed, Conflict (too early, not accepted), InvalidInput.
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    need_visit_day(row, on=local_date(at))
    if row.recused_id and any(organ.jurisdiction_id == row.recused_id for organ in organs):
        raise Conflict("反映涉及这一级的单位，不能交给它核查。", code="recused")
    assignment = assign(
        title="现场核查",
        content="\n".join([f"地点：{row.division} {row.about}".strip(), *row.points]),
        organs=organs,
        due_on=due_on,
        by=by,
        at=at,
    )
    request = insert(CheckRequest(clue=row, assignment=assignment))
    changes = {"assignment": [None, assignment.number], "organs": [None, [organ.name for organ in organs]]}
    record(events.CHECK_ASKED, subject=row, by=by, at=at, changes=changes)
    return request
