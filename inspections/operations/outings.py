"""While a shift is under way: who came, what each group saw, what a joint patrol came to; its ledger afterwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from inspections import events
from inspections.enums import JointOutcome, ShiftKind, Source, VisitKind
from inspections.models import GroupVisit, PatrolGroup, Shift, Visit
from inspections.reports import VisitReport
from inspections.rosters import on_site
from inspections.rules import patrols as rules

from .tagging import tag_visit
from .visits import file_visit


@operation
def record_attendance(*, group: PatrolGroup, present: Collection[int], by: Actor, at: datetime) -> PatrolGroup:
    """Note who came (ids of members); the others were absent and go into no visit of the group after this.

    Raises NotAllowed, InvalidInput (nobody came, a member of another group).
    """
    lock(Shift, group.shift_id)
    row = lock(PatrolGroup, group.pk)
    authorize(by, rules.can_take_attendance, row)
    members = {member.pk: member for member in row.members.order_by("pk")}
    if not present or not set(present) <= set(members):
        raise InvalidInput("请至少选择一名到岗人员。", code="present", fields={"present": ["请选择到岗人员。"]})
    absent = []
    for pk, member in members.items():
        member.attended = pk in present
        update(member, "attended")
        if not member.attended:
            absent.append(str(member))
    changes = {"group": [None, row.name], "absent": [None, absent]}
    record(events.ATTENDANCE_TAKEN, subject=row.shift, by=by, at=at, changes=changes)
    return row


@operation
def file_group_visit(
    *,
    group: PatrolGroup,
    report: VisitReport,
    by: Actor,
    at: datetime,
    outcome: str = "",
    source: str = Source.DESK,
) -> Visit:
    """File what a group saw at one site: day, slot, covert and officers are the shift's and the group's own.

    Tagged for the shift's campaign. The same form sent again gives the same record back. ``outcome`` is 封, 改 or
    引导纳管 of a joint patrol. Raises NotAllowed, InvalidInput, Conflict (the form was filed for another group).
    """
    shift = lock(Shift, group.shift_id)
    row = lock(PatrolGroup, group.pk)
    authorize(by, rules.can_file_for, row)
    _check_outcome(shift, outcome)
    visit = file_visit(report=_of_group(report, row, shift), by=by, at=at, source=source)
    if link := GroupVisit.objects.filter(visit=visit).first():
        if link.group_id != row.pk:
            raise Conflict("这份检查表已登记在另一组。", code="other_group")
        return visit
    link = insert(GroupVisit(group=row, visit=visit, outcome=outcome))
    if shift.campaign is not None:
        tag_visit(visit=visit, campaign=shift.campaign, by=by, at=at)
    changes = {"group": [None, row.name], "visit": [None, visit.number]}
    record(events.GROUP_VISIT_FILED, subject=link, by=by, at=at, changes=changes)
    return visit


def _of_group(report: VisitReport, group: PatrolGroup, shift: Shift) -> VisitReport:
    came = group.members.exclude(attended=False).select_related("user", "organ").order_by("-leads", "pk")
    return replace(
        report,
        kind=_kind(report, shift),
        visited_on=shift.held_on,
        slot=shift.slot,
        covert=shift.covert,
        officers=tuple(map(on_site, came)),
        group=group.key,
        group_name=group.name,
    )


def _kind(report: VisitReport, shift: Shift) -> VisitKind:
    """What the visit is in law: covert and joint go before the campaign, a re-check stays one."""
    if report.kind == VisitKind.RECHECK:
        return VisitKind.RECHECK
    if shift.covert:
        return VisitKind.COVERT
    if shift.kind == ShiftKind.JOINT:
        return VisitKind.JOINT
    return VisitKind.CAMPAIGN if shift.campaign_id else VisitKind.ROUTINE


def _check_outcome(shift: Shift, outcome: str) -> None:
    if outcome and (shift.kind != ShiftKind.JOINT or outcome not in JointOutcome.values):
        sentence = "封、改、引导纳管只用于联合巡查。"
        raise InvalidInput(sentence, code="outcome", fields={"joint_outcome": [sentence]})


@operation
def set_joint_outcome(*, visit: GroupVisit, outcome: str, by: Actor, at: datetime) -> GroupVisit:
    """Say whether it came to 封, 改 or 引导纳管 at this site. Raises NotAllowed, InvalidInput."""
    row = lock(GroupVisit, visit.pk)
    authorize(by, rules.can_set_outcome, row)
    if not outcome:
        raise InvalidInput("请选择处置。", code="outcome", fields={"joint_outcome": ["请选择处置。"]})
    _check_outcome(row.group.shift, outcome)
    row.outcome = outcome
    changes = update(row, "outcome")
    record(events.JOINT_OUTCOME_SET, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def take_ledger(*, shift: Shift, by: Actor, at: datetime) -> Shift:
    """Note that the shift's 工作台账, which names people, was taken out as a file. Raises NotAllowed."""
    authorize(by, rules.can_take_ledger, shift)
    record(events.LEDGER_TAKEN, subject=shift, by=by, at=at)
    return shift
