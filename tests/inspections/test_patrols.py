"""Patrols: a roster planned in one go, changed before the day, gone out with; 人 and 人次; coverage of a sweep."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from foundation.regions.models import Division
from inspections.enums import JointFocus, JointLevel, JointOutcome, ShiftKind, ShiftState, Slot, VisitKind
from inspections.models import GroupMember, GroupVisit, PatrolGroup, Shift, Visit
from inspections.operations.outings import record_attendance, set_joint_outcome, take_ledger
from inspections.operations.patrols import (
    add_group,
    begin_shift,
    cancel_shift,
    change_group,
    change_shift,
    finish_shift,
    remove_group,
)
from inspections.operations.visits import void_visit
from inspections.queries.campaigns import tagged
from inspections.queries.patrols import (
    coverage,
    duties_of,
    is_off_hours,
    joint_outcomes,
    month_grid,
    shifts_of,
    turnout,
    unmanned_towns,
    visits_on,
)
from inspections.rosters import GroupPlan
from institutions.enums import SiteType, Status
from institutions.operations.status import change_status
from tests.inspections.campaigning import drafted, group_report, named, plan, planned, running, seen, under_way
from tests.inspections.factories import AT, DAY, me
from tests.institutions.factories import institution, unlicensed
from tests.listings.factories import deliver

pytestmark = pytest.mark.django_db
JOINT = {"kind": ShiftKind.JOINT, "level": JointLevel.COUNTY, "round": 2, "focus": JointFocus.SPECIAL}


# -- the roster ------------------------------------------------------------------------------------------------------
def test_a_shift_is_planned_with_its_groups_in_one_go(cast):
    shift = planned(cast.officer, plan(cast.officer), plan(cast.second_officer, named("王五"), name="第二组"))
    assert (shift.number, shift.state) == ("XC-350203-202611-0001", ShiftState.PLANNED)
    assert [(group.name, group.members.count()) for group in shift.groups.order_by("pk")] == [
        ("第一组", 2),
        ("第二组", 2),
    ]
    leaders = GroupMember.objects.filter(leads=True).order_by("pk").values_list("name", flat=True)
    assert list(leaders) == [cast.officer.name, cast.second_officer.name]
    assert Event.objects.get(kind="shift.planned").changes["groups"] == [None, ["第一组", "第二组"]]
    assert is_off_hours(shift)
    assert not is_off_hours(planned(cast.officer, slot=Slot.MORNING))


def test_an_earlier_roster_is_copied(cast):
    earlier = planned(cast.officer, plan(cast.officer), plan(cast.second_officer, name="第二组"))
    plans = [GroupPlan.of(group) for group in earlier.groups.order_by("pk")]
    later = planned(cast.officer, *plans, held_on=DAY + timedelta(days=7))
    assert [GroupPlan.of(group) for group in later.groups.order_by("pk")] == plans


WRONG = {
    "over": ({"held_on": DAY - timedelta(days=1)}, "不能早于今天"),
    "joint without level": ({"kind": ShiftKind.JOINT}, "联合巡查须填写层级"),
    "level without joint": ({"level": JointLevel.CITY}, "只用于联合巡查"),
}


@pytest.mark.parametrize(("facts", "sentence"), WRONG.values(), ids=WRONG)
def test_facts_that_are_refused(cast, facts, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        planned(cast.officer, **facts)
    assert not Shift.objects.exists()
    assert not Event.objects.filter(kind__startswith="shift.").exists()


def test_groups_that_are_refused(cast):
    mine = me(cast.officer)
    elsewhere = Division.objects.filter(parent__code="350211", level="town").order_by("code").first()
    for plans, sentence in (
        ([plan(cast.officer), plan(cast.officer)], "组名“第一组”重复"),
        ([GroupPlan("第一组", ())], "没有人员"),
        ([GroupPlan(" ", (mine,))], "请填写组名"),
        ([GroupPlan("第一组", (mine, mine))], "人员重复"),
        ([GroupPlan("第一组", (mine,), (elsewhere,))], "不在思明区辖区内"),
    ):
        with pytest.raises(InvalidInput, match=sentence):
            planned(cast.officer, *plans)
    with pytest.raises(InvalidInput, match="进行中的专项行动"):
        planned(cast.officer, campaign=drafted(cast.officer))
    assert not PatrolGroup.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "other_city", "province", "leader", "culture", "legal", "grid"])
def test_who_may_not_plan(cast, who):
    with pytest.raises(NotAllowed):
        planned(getattr(cast, who), plan(cast.officer))


def test_a_town_keeps_its_own_shifts_only(cast):
    of_county, of_town = planned(cast.officer), planned(cast.town, plan(cast.town))
    begin_shift(shift=of_town, by=cast.town, at=AT)
    with pytest.raises(NotAllowed):
        begin_shift(shift=of_county, by=cast.town, at=AT)


def test_the_roster_is_changed_before_it_begins(cast):
    shift = planned(cast.officer)
    [group] = shift.groups.all()
    change_shift(shift=shift, facts={"slot": Slot.AFTERNOON}, by=cast.officer, at=AT)
    other = add_group(shift=shift, plan=plan(cast.second_officer, name="第二组"), by=cast.officer, at=AT)
    change_group(group=group, plan=plan(cast.leader, name="机动组"), by=cast.officer, at=AT)
    changes = Event.objects.get(kind="shift.group_changed").changes["group"]
    assert [text.partition("：")[0] for text in changes] == ["第一组", "机动组"]
    remove_group(group=other, by=cast.officer, at=AT)
    assert [(row.name, row.members.get(leads=True).name) for row in shift.groups.all()] == [
        ("机动组", cast.leader.name)
    ]
    begin_shift(shift=shift, by=cast.officer, at=AT)
    group = shift.groups.get()
    events = Event.objects.count()
    for change in (
        lambda: change_shift(shift=shift, facts={"title": "x"}, by=cast.officer, at=AT),
        lambda: add_group(shift=shift, plan=plan(cast.officer, name="第三组"), by=cast.officer, at=AT),
        lambda: change_group(group=group, plan=plan(cast.officer), by=cast.officer, at=AT),
        lambda: remove_group(group=group, by=cast.officer, at=AT),
    ):
        with pytest.raises(NotAllowed, match="开始前"):
            change()
    assert Event.objects.count() == events


STEPS = {
    "begin": lambda shift, by: begin_shift(shift=shift, by=by, at=AT),
    "finish": lambda shift, by: finish_shift(shift=shift, by=by, at=AT),
    "call_off": lambda shift, by: cancel_shift(shift=shift, reason="台风", by=by, at=AT),
}
ALLOWED = {("begin", "planned"), ("call_off", "planned"), ("finish", "under_way")}
WAYS = {"planned": [], "under_way": ["begin"], "done": ["begin", "finish"], "cancelled": ["call_off"]}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ShiftState.values)
def test_every_step_from_every_state(cast, step, state):
    shift = planned(cast.officer)
    for way in WAYS[state]:
        shift = STEPS[way](shift, cast.officer)
    if (step, state) in ALLOWED:
        assert STEPS[step](shift, cast.officer).state != state
        return
    with pytest.raises(IllegalTransition):
        STEPS[step](shift, cast.officer)
    shift.refresh_from_db()
    assert shift.state == state


def test_it_begins_on_its_day_and_with_groups(cast):
    shift = planned(cast.officer, held_on=DAY + timedelta(days=1))
    with pytest.raises(IllegalTransition, match="到当天才能开始"):
        begin_shift(shift=shift, by=cast.officer, at=AT)
    remove_group(group=shift.groups.get(), by=cast.officer, at=AT)
    with pytest.raises(IllegalTransition, match="还没有分组"):
        begin_shift(shift=shift, by=cast.officer, at=AT + timedelta(days=1))
    with pytest.raises(InvalidInput, match="取消原因"):
        cancel_shift(shift=shift, reason=" ", by=cast.officer, at=AT)


def test_who_goes_is_told_once_and_again_when_the_day_moves(cast):
    shift = planned(cast.officer, plan(cast.second_officer))
    with clock.set_to(AT):
        deliver(AT)
        change_shift(shift=shift, facts={"title": "夜查"}, by=cast.officer, at=AT)
        deliver(AT)
        assert told("inspections.on_duty") == [cast.second_officer.user_id]
        change_shift(shift=shift, facts={"held_on": DAY + timedelta(days=1)}, by=cast.officer, at=AT)
        deliver(AT)
        assert told("inspections.on_duty") == [cast.second_officer.user_id] * 2
        cancel_shift(shift=shift, reason="台风", by=cast.officer, at=AT)
        deliver(AT)
        assert told("inspections.shift_off") == [cast.second_officer.user_id]


def told(kind: str) -> list[int]:
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("recipient", flat=True))


# -- 人 and 人次 ------------------------------------------------------------------------------------------------------
def test_persons_and_person_times_are_kept_apart(cast):
    """In two groups of an evening a person is one 人 and one 人次; on two evenings one 人 and two 人次."""
    shift = under_way(
        cast.officer,
        plan(cast.officer, named("张三"), named("李四")),
        plan(cast.second_officer, named("张三"), named("张三", "集美区公安分局"), name="第二组"),
    )
    later = planned(cast.officer, held_on=DAY + timedelta(days=1))  # the officer and 张三 again
    evening = Shift.objects.filter(pk=shift.pk)
    assert (turnout(evening).persons, turnout(evening).person_times, turnout(evening).groups) == (5, 5, 2)
    both = Shift.objects.filter(pk__in=[shift.pk, later.pk])
    assert (turnout(both).persons, turnout(both).person_times) == (5, 7)
    group = shift.groups.get(name="第一组")
    came = set(group.members.exclude(name="李四").values_list("pk", flat=True))
    record_attendance(group=group, present=came, by=cast.officer, at=AT)
    assert turnout(evening).persons == 4
    assert Event.objects.get(kind="shift.attendance_taken").changes["absent"] == [None, ["李四（思明区公安分局）"]]


def test_attendance_refusals(cast):
    shift = planned(cast.officer)
    [group] = shift.groups.all()
    everybody = set(group.members.values_list("pk", flat=True))
    with pytest.raises(NotAllowed):
        record_attendance(group=group, present=everybody, by=cast.officer, at=AT)  # not begun
    begin_shift(shift=shift, by=cast.officer, at=AT)
    for present in (set(), {0}):
        with pytest.raises(InvalidInput, match="到岗人员"):
            record_attendance(group=group, present=present, by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        record_attendance(group=group, present=everybody, by=cast.culture, at=AT)
    assert not GroupMember.objects.filter(attended__isnull=False).exists()


# -- visits of a group -----------------------------------------------------------------------------------------------
def test_a_groups_visit_takes_day_slot_and_people_from_the_roster(cast):
    campaign = running(cast.officer)
    shift = under_way(cast.officer, plan(cast.town, named("张三"), named("李四")), campaign=campaign)
    [group] = shift.groups.all()
    came = set(group.members.exclude(name="李四").values_list("pk", flat=True))
    record_attendance(group=group, present=came, by=cast.town, at=AT)
    visit = seen(group, institution(cast.officer), cast.town)
    assert (visit.kind, visit.slot, visit.visited_on, visit.off_hours) == (VisitKind.CAMPAIGN, Slot.EVENING, DAY, True)
    assert (visit.group_key, visit.group_name) == (group.key, "第一组")
    assert sorted(visit.officers.values_list("name", flat=True)) == sorted([cast.town.name, "张三"])
    assert list(tagged(campaign)) == [visit]
    assert list(visits_on(Shift.objects.all(), cast.officer)) == [visit]
    assert Event.objects.get(kind="shift.visit_filed").changes["visit"] == [None, visit.number]


def test_the_same_form_is_one_visit_of_one_group(cast):
    shift = under_way(cast.officer, plan(cast.officer), plan(cast.officer, named("李四"), name="第二组"))
    first, second = shift.groups.order_by("pk")
    report = group_report(institution(cast.officer))
    visits = {seen(first, report.subject, cast.officer, client_id=report.client_id) for _ in range(3)}
    assert (len(visits), GroupVisit.objects.count(), Visit.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict, match="另一组"):
        seen(second, report.subject, cast.officer, client_id=report.client_id)
    with pytest.raises(InvalidInput, match="同一组人员在同一天同一时段"):
        seen(first, report.subject, cast.officer)
    seen(second, report.subject, cast.officer)
    assert Event.objects.filter(kind="shift.visit_filed").count() == 2


@pytest.mark.parametrize(
    ("facts", "kind"),
    [({}, VisitKind.ROUTINE), ({"covert": True}, VisitKind.COVERT), (JOINT, VisitKind.JOINT)],
    ids=["open", "covert", "joint"],
)
def test_what_kind_of_visit_it_is(cast, facts, kind):
    shift = under_way(cast.officer, **facts)
    visit = seen(shift.groups.get(), institution(cast.officer), cast.officer)
    assert (visit.kind, visit.covert) == (kind, kind == VisitKind.COVERT)


def test_who_may_not_file_for_a_group(cast):
    shift = planned(cast.officer, plan(cast.officer, me(cast.leader)))
    [group] = shift.groups.all()
    place = institution(cast.officer)
    with pytest.raises(NotAllowed, match="巡查进行中"):
        seen(group, place, cast.officer)
    begin_shift(shift=shift, by=cast.officer, at=AT)
    for who in ("culture", "town", "neighbour", "legal", "supervisor", "city"):
        with pytest.raises(NotAllowed):
            seen(group, place, getattr(cast, who))
    seen(group, place, cast.leader)  # a member
    finish_shift(shift=shift, by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        seen(group, institution(cast.officer), cast.officer)
    assert Visit.objects.count() == 1


def test_joint_outcomes(cast):
    shift = under_way(cast.officer, **JOINT)
    [group] = shift.groups.all()
    visit = seen(group, institution(cast.officer), cast.officer, outcome=JointOutcome.CLOSED)
    other = seen(group, institution(cast.officer), cast.officer)
    set_joint_outcome(visit=other.group_visit, outcome=JointOutcome.GUIDED, by=cast.officer, at=AT)
    assert joint_outcomes(shift) == {"closed": 1, "corrected": 0, "guided": 1}
    void_visit(visit=visit, reason="录错", by=cast.leader, at=AT)
    assert joint_outcomes(shift) == {"closed": 0, "corrected": 0, "guided": 1}
    with pytest.raises(InvalidInput):
        set_joint_outcome(visit=other.group_visit, outcome="", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        set_joint_outcome(visit=other.group_visit, outcome=JointOutcome.CLOSED, by=cast.culture, at=AT)
    alone = under_way(cast.officer)
    with pytest.raises(InvalidInput, match="只用于联合巡查"):
        seen(alone.groups.get(), institution(cast.officer), cast.officer, outcome=JointOutcome.CLOSED)


# -- sweeps ----------------------------------------------------------------------------------------------------------
def test_coverage_of_a_sweep(cast):
    """Registered, 托管 and open unlicensed sites of the day; what closed before is not expected."""
    towns = list(Division.objects.filter(parent__code="350203", level="town").order_by("code")[:3])
    here, care = institution(cast.officer), institution(cast.officer, site_type=SiteType.CARE)
    site, there = unlicensed(cast.officer), institution(cast.officer, division=towns[1])
    closed = institution(cast.officer, effective_on=DAY - timedelta(days=30))
    change_status(
        institution=closed, status=Status.DEREGISTERED, effective_on=DAY - timedelta(days=1), reason="注销",
        by=cast.officer, at=AT,
    )  # fmt: skip
    shift = under_way(
        cast.officer,
        plan(cast.officer, areas=(towns[0],)),
        plan(cast.second_officer, name="第二组", areas=(towns[0], towns[1])),
        kind=ShiftKind.SWEEP,
    )
    first, second = shift.groups.order_by("pk")
    seen(first, here, cast.officer)
    seen(second, here, cast.officer)
    seen(first, site, cast.officer)
    rows = [(row.area, row.groups, row.visited, row.expected, row.percent) for row in coverage(shift, cast.officer)]
    assert rows == [(towns[0], ("第一组", "第二组"), 2, 3, 66), (towns[1], ("第二组",), 0, 1, 0)]
    waiting = [[site.subject for site in row.waiting] for row in coverage(shift, cast.officer)]
    assert waiting == [[care], [there]]
    unmanned = unmanned_towns(shift, cast.officer)
    assert towns[2] in unmanned
    assert not {towns[0], towns[1]} & set(unmanned)
    assert [(row.area, row.expected) for row in coverage(shift, cast.town)] == [(towns[0], 3), (towns[1], 0)]


def test_the_ledger_is_noted_when_taken(cast):
    shift = planned(cast.officer)
    take_ledger(shift=shift, by=cast.officer, at=AT)
    assert Event.objects.filter(kind="shift.ledger_taken").count() == 1
    for who in ("town", "neighbour", "auditor"):
        with pytest.raises(NotAllowed):
            take_ledger(shift=shift, by=getattr(cast, who), at=AT)


# -- the calendar ----------------------------------------------------------------------------------------------------
def test_the_month_has_whole_weeks_and_its_shifts(cast, django_assert_num_queries):
    shift = planned(cast.officer)
    planned(cast.officer, slot=Slot.MORNING)
    cancel_shift(shift=planned(cast.officer, title="取消的"), reason="台风", by=cast.officer, at=AT)
    with django_assert_num_queries(4):
        weeks = month_grid(cast.officer, DAY)
    assert {len(week) for week in weeks} == {7}
    assert (weeks[0][0].day.isoformat(), weeks[-1][-1].day.isoformat()) == ("2026-10-26", "2026-12-06")
    [today] = [cell for week in weeks for cell in week if cell.day == DAY]
    assert [row.slot for row in today.shifts] == [Slot.MORNING, Slot.EVENING]
    assert today.shifts[1] == shift
    assert not any(cell.shifts for week in month_grid(cast.neighbour, DAY) for cell in week)


def test_my_duty_today(cast):
    shift = planned(cast.officer, plan(cast.town))
    [group] = duties_of(cast.town, on=DAY)
    assert (group.shift, [member.name for member in group.members.all()]) == (shift, [cast.town.name, "张三"])
    assert list(shifts_of(cast.town, on=DAY)) == [shift]
    assert duties_of(cast.culture, on=DAY) == duties_of(cast.public, on=DAY) == []
    cancel_shift(shift=shift, reason="台风", by=cast.officer, at=AT)
    assert duties_of(cast.town, on=DAY) == []
