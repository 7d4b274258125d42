"""Planning a shift with its groups, changing the roster, running and closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, InvalidInput, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import lies_in
from inspections import events, notices, workflow
from inspections.enums import CampaignState
from inspections.models import Campaign, GroupArea, GroupMember, PatrolGroup, Shift
from inspections.rosters import GroupPlan, check_groups
from inspections.rules import patrols as rules

#: What the planner writes; the state and the groups have operations of their own.
EDITABLE = frozenset({"kind", "title", "held_on", "slot", "covert", "campaign", "level", "round", "focus", "remark"})


@operation
def plan_shift(
    *,
    jurisdiction: Jurisdiction,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime,
    groups: Sequence[GroupPlan] = (),
) -> Shift:
    """Plan an outing with its groups in one go; groups of an earlier roster come as ``GroupPlan.of``.

    Raises NotAllowed (another area), InvalidInput (a day that is over, groups with faults, a campaign that is over).
    """
    _check_facts(facts, at)
    check_groups(groups)
    place = lock(Jurisdiction, jurisdiction.pk)  # numbers of one bureau are given one after the other
    authorize(by, rules.can_plan_in, place)
    held_on = facts["held_on"]
    shift = insert(
        Shift(
            number=_next_number(place, held_on),
            jurisdiction=place,
            organ_id=by.organ_id,
            state_at=at,
            planned_by_id=by.user_id,
            **facts,
        )
    )
    for plan in groups:
        _insert_group(shift, plan)
    changes = {"held_on": [None, held_on], "groups": [None, [plan.name for plan in groups]]}
    record(events.SHIFT_PLANNED, subject=shift, by=by, at=at, changes=changes)
    outbox.put(notices.SHIFT_TOLD, at=at, shift_id=shift.pk)
    return shift


def _check_facts(facts: Mapping[str, object], at: datetime) -> None:
    if unknown := set(facts) - EDITABLE:
        raise TypeError(f"not facts of a shift: {sorted(unknown)}")
    if "held_on" in facts and facts["held_on"] < local_date(at):
        raise InvalidInput("巡查日期不能早于今天。", code="date", fields={"held_on": ["巡查日期不能早于今天。"]})
    campaign: Campaign | None = facts.get("campaign")
    if campaign and not Campaign.objects.filter(pk=campaign.pk, state=CampaignState.RUNNING).exists():
        sentence = "只能选择进行中的专项行动。"
        raise InvalidInput(sentence, code="campaign", fields={"campaign": [sentence]})


def _next_number(place: Jurisdiction, held_on: date) -> str:
    return next_number(Shift, f"XC-{place.code}-{held_on:%Y%m}-")


def _insert_group(shift: Shift, plan: GroupPlan) -> PatrolGroup:
    group = insert(PatrolGroup(shift=shift, name=plan.name.strip()))
    _fill_group(group, plan)
    return group


def _fill_group(group: PatrolGroup, plan: GroupPlan) -> None:
    outside = [area.name for area in plan.areas if not lies_in(area, group.shift.jurisdiction)]
    if outside:
        sentence = f"{'、'.join(outside)}不在{group.shift.jurisdiction}辖区内。"
        raise InvalidInput(sentence, code="areas", fields={"areas": [sentence]})
    for area in plan.areas:
        insert(GroupArea(group=group, division=area))
    for member in plan.members:
        insert(GroupMember(group=group, leads=member is plan.leader, **vars(member)))


@operation
def change_shift(*, shift: Shift, facts: Mapping[str, object], by: Actor, at: datetime) -> Shift:
    """Change day, slot or what else is planned, before it begins. Raises NotAllowed, InvalidInput."""
    _check_facts(facts, at)
    row = lock(Shift, shift.pk)
    authorize(by, rules.can_keep_roster, row)
    for name, value in facts.items():
        setattr(row, name, value)
    changes = update(row, *facts)
    if changes:
        record(events.SHIFT_CHANGED, subject=row, by=by, at=at, changes=changes)
        outbox.put(notices.SHIFT_TOLD, at=at, shift_id=row.pk)
    return row


@operation
def add_group(*, shift: Shift, plan: GroupPlan, by: Actor, at: datetime) -> PatrolGroup:
    """One more group, before the shift begins. Raises NotAllowed, InvalidInput."""
    row = lock(Shift, shift.pk)
    authorize(by, rules.can_keep_roster, row)
    check_groups([plan])
    group = _insert_group(row, plan)
    record(events.GROUP_ADDED, subject=row, by=by, at=at, changes={"group": [None, _words(group)]})
    outbox.put(notices.SHIFT_TOLD, at=at, shift_id=row.pk)
    return group


@operation
def change_group(*, group: PatrolGroup, plan: GroupPlan, by: Actor, at: datetime) -> PatrolGroup:
    """Other people, areas or another name, before the shift begins. Raises NotAllowed, InvalidInput."""
    shift = lock(Shift, group.shift_id)
    authorize(by, rules.can_keep_roster, shift)
    check_groups([plan])
    row = lock(PatrolGroup, group.pk)
    before = _words(row)
    row.name = plan.name.strip()
    update(row, "name")
    row.members.all().delete()  # a plan, not a fact: what was planned before stands in the event
    row.areas.all().delete()
    _fill_group(row, plan)
    record(events.GROUP_CHANGED, subject=shift, by=by, at=at, changes={"group": [before, _words(row)]})
    outbox.put(notices.SHIFT_TOLD, at=at, shift_id=shift.pk)
    return row


@operation
def remove_group(*, group: PatrolGroup, by: Actor, at: datetime) -> Shift:
    """Take a group off the roster, before the shift begins. Raises NotAllowed."""
    shift = lock(Shift, group.shift_id)
    authorize(by, rules.can_keep_roster, shift)
    row = lock(PatrolGroup, group.pk)
    changes = {"group": [_words(row), None]}
    row.members.all().delete()
    row.areas.all().delete()
    row.delete()
    record(events.GROUP_REMOVED, subject=shift, by=by, at=at, changes=changes)
    return shift


def _words(group: PatrolGroup) -> str:
    """A group in one line, for the trail."""
    members = "、".join(str(member) for member in group.members.order_by("-leads", "pk"))
    areas = "、".join(str(area) for area in group.areas.select_related("division").order_by("pk"))
    return f"{group.name}：{members}" + (f"（{areas}）" if areas else "")


@operation
def begin_shift(*, shift: Shift, by: Actor, at: datetime) -> Shift:
    """Go out: from now on groups file visits. Raises NotAllowed, IllegalTransition (not its day, no groups)."""
    row = lock(Shift, shift.pk)
    authorize(by, rules.can_keep_shift, row)
    fields = advance(row, workflow.BEGIN, at=at)
    if row.held_on > local_date(at):
        raise IllegalTransition(f"巡查日期是{row.held_on}，到当天才能开始。")
    if not row.groups.exists():
        raise IllegalTransition("还没有分组，不能开始。")
    changes = update(row, *fields)
    record(events.SHIFT_BEGUN, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def finish_shift(*, shift: Shift, by: Actor, at: datetime, remark: str = "") -> Shift:
    """Everybody is back. Raises NotAllowed, IllegalTransition."""
    return _end(shift, workflow.FINISH, events.SHIFT_CLOSED, remark, by, at)


@operation
def cancel_shift(*, shift: Shift, reason: str, by: Actor, at: datetime) -> Shift:
    """It does not take place. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    need_words(reason, "reason", "请填写取消原因。")
    row = _end(shift, workflow.CALL_OFF, events.SHIFT_CANCELLED, reason, by, at)
    outbox.put(notices.SHIFT_TOLD, at=at, shift_id=row.pk)
    return row


def _end(shift: Shift, step: Transition, fact: EventKind, remark: str, by: Actor, at: datetime) -> Shift:
    row = lock(Shift, shift.pk)
    authorize(by, rules.can_keep_shift, row)
    fields = advance(row, step, at=at)
    row.remark = "\n".join(filter(None, (row.remark, remark.strip())))
    changes = update(row, *fields, "remark")
    record(fact, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row
