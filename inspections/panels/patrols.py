"""A shift's groups, coverage and visits; the shift on a visit's page; today's duty on the home page."""

from __future__ import annotations

from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from inspections.enums import JointOutcome, Outcome, ShiftKind
from inspections.models import GroupVisit, PatrolGroup, Shift, Visit
from inspections.queries.patrols import AREAS, coverage, joint_outcomes, shifts_of, unmanned_towns, visits_on
from inspections.rules import patrols as rules

SHOWN = 200
TONES = {Outcome.CLEAN: "ok", Outcome.CORRECTED: "notice", Outcome.FOLLOW_UP: "bad", Outcome.REFUSED: "bad"}


def group_link(group: PatrolGroup) -> object:
    return link(group.name, reverse("admin:inspections_patrolgroup_change", args=[group.pk]))


@panel(Shift, label="分组", order=10)
def groups(actor: Actor, shift: Shift) -> Panel:
    rows = []
    for group in shift.groups.prefetch_related("members", AREAS, "visits").order_by("pk"):
        people = sorted(group.members.all(), key=lambda member: (not member.leads, member.pk))
        rows.append(
            (
                group_link(group),
                "、".join(str(area) for area in group.areas.all()) or "—",
                next((str(member) for member in people if member.leads), "—"),
                "、".join(str(member) for member in people if not member.leads) or "—",
                sum(member.attended is not False for member in people),
                len(group.visits.all()),
            )
        )
    return Panel(("分组", "区域", "组长", "组员", "人数", "检查(家次)"), rows, empty="还没有分组，请“增加分组”")


@panel(Shift, label="覆盖情况", order=20)
def covered(actor: Actor, shift: Shift) -> Panel:
    """Visited of expected, area by area; what waits is named."""
    rows: list[tuple[object, ...]] = [
        (
            row.area,
            "、".join(row.groups),
            row.expected,
            row.visited,
            chip(f"{row.percent}%", "ok" if not row.waiting else "notice"),
            "、".join(site.name for site in row.waiting[:SHOWN]) or "—",
        )
        for row in coverage(shift, actor)
    ]
    if shift.kind == ShiftKind.SWEEP:
        rows += [(town, chip("未安排分组", "bad"), "—", "—", "—", "—") for town in unmanned_towns(shift, actor)]
    return Panel(("区域", "分组", "应查(家)", "已查(家)", "覆盖率", "尚未检查"), rows, empty="分组还没有负责区域")


@panel(Shift, label="检查记录", order=30)
def visits(actor: Actor, shift: Shift) -> Panel:
    found = visits_on(Shift.objects.filter(pk=shift.pk), actor)
    return Panel(
        ("检查对象", "地址", "结论", "分组", "编号"),
        [_visit_row(row) for row in found.order_by("group_name", "number")[:SHOWN]],
        empty="还没有登记检查",
    )


def _visit_row(row: Visit) -> tuple[object, ...]:
    outcome = chip(row.get_outcome_display(), TONES.get(Outcome(row.outcome), "plain"))
    return row.subject_name, row.address, outcome, row.group_name, row.number


@panel(Shift, label="联合处置", order=40)
def joint(actor: Actor, shift: Shift) -> Panel | None:
    if shift.kind != ShiftKind.JOINT:
        return None
    rows = [(JointOutcome(value).label, number) for value, number in joint_outcomes(shift).items()]
    return Panel(("处置", "检查(家次)"), rows)


@panel(PatrolGroup, label="组员", order=10)
def people(actor: Actor, group: PatrolGroup) -> Panel:
    words = {None: "—", True: chip("到岗", "ok"), False: chip("未到", "bad")}
    rows = [
        (member.name, member.organ_name or "—", "组长" if member.leads else "", words[member.attended])
        for member in group.members.order_by("-leads", "pk")
    ]
    return Panel(("姓名", "单位", "职责", "到岗"), rows)


@panel(PatrolGroup, label="检查记录", order=20)
def group_visits(actor: Actor, group: PatrolGroup) -> Panel:
    seen = Visit.objects.visible_to(actor).filter(group_visit__group=group, voided_at__isnull=True)
    rows = [_visit_row(row) for row in seen.order_by("number")[:SHOWN]]
    return Panel(("检查对象", "地址", "结论", "分组", "编号"), rows, empty="还没有登记检查")


@panel(Visit, label="巡查班次", order=65)
def of_visit(actor: Actor, visit: Visit) -> Panel | None:
    made = GroupVisit.objects.filter(visit=visit).select_related("group__shift").first()
    if made is None or not Shift.objects.visible_to(actor).filter(pk=made.group.shift_id).exists():
        return None
    shift = made.group.shift
    row = (
        link(shift, reverse("admin:inspections_shift_change", args=[shift.pk])),
        shift.get_kind_display(),
        group_link(made.group),
        made.get_outcome_display() or "—",
    )
    return Panel(("班次", "种类", "分组", "联合处置"), [row])


@todo_tile(order=5)
def today(actor: Actor) -> Tile | None:
    """Shifts of today in which this person goes out."""
    if not rules.can_view_shifts(actor):
        return None
    number = shifts_of(actor, on=clock.today()).count()
    url = reverse("admin:inspections_shift_changelist") + "?mine=today"
    return Tile("今日巡查", number, url, unit="班", tone="notice") if number else None
