"""Reading patrols: rosters, persons and person-times, coverage of areas, shares of evenings and off-hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractIsoWeekDay

from foundation.core.actor import Actor
from foundation.core.numbers import percent
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division
from foundation.regions.queries import divisions_below, pickable_divisions
from inspections.checking import in_office_hours
from inspections.counters import PERSON, figures
from inspections.enums import JointOutcome, ShiftState, Slot
from inspections.models import GroupArea, GroupMember, GroupVisit, PatrolGroup, Shift, Visit
from institutions.enums import OPERATING
from institutions.models import Institution, StatusEvent, UnlicensedSite
from institutions.queries import open_unlicensed_on

from .visits import REGISTERED, counted

#: The places of groups in the order in which they were named.
AREAS = Prefetch("areas", GroupArea.objects.select_related("division").order_by("pk"))


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole``."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        return percent(self.part, self.whole)


# -- rosters -------------------------------------------------------------------------------------------------------
def with_rosters(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Shifts with groups, members and areas: four queries for any number of shifts."""
    groups = PatrolGroup.objects.order_by("pk").prefetch_related(
        Prefetch("members", GroupMember.objects.select_related("user", "organ").order_by("-leads", "pk")),
        AREAS,
    )
    return shifts.prefetch_related(Prefetch("groups", groups))


def held_between(actor: Actor, first: date, last: date) -> QuerySet[Shift]:
    """The actor's shifts of a period that were not called off, by day and slot."""
    rows = Shift.objects.visible_to(actor).filter(held_on__range=(first, last)).exclude(state=ShiftState.CANCELLED)
    return rows.order_by("held_on", "pk")


def duties_of(actor: Actor, *, on: date) -> list[PatrolGroup]:
    """The groups with which the person goes out on a day, with their shift, colleagues and areas."""
    if actor.user_id is None:
        return []
    rows = PatrolGroup.objects.filter(members__user=actor.user_id, shift__held_on=on)
    rows = rows.exclude(shift__state=ShiftState.CANCELLED).select_related("shift")
    members = Prefetch("members", GroupMember.objects.order_by("-leads", "pk"))
    return list(rows.prefetch_related(members, AREAS).order_by("shift__slot", "pk"))


def shifts_of(actor: Actor, *, on: date) -> QuerySet[Shift]:
    """Visible shifts of a day in which the person goes out."""
    rows = Shift.objects.visible_to(actor).filter(held_on=on).exclude(state=ShiftState.CANCELLED)
    return rows.filter(pk__in=GroupMember.objects.filter(user=actor.user_id).values("group__shift"))


def earlier_rosters(actor: Actor) -> QuerySet[Shift]:
    """Shifts whose groups may be copied, the latest first."""
    return Shift.objects.visible_to(actor).filter(groups__isnull=False).distinct().order_by("-held_on", "-pk")


# -- persons -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Turnout:
    """人 distinct persons, 人次 persons per shift, organs distinct units; those who were absent do not count."""

    persons: int
    person_times: int
    organs: int
    groups: int


def turnout(shifts: QuerySet[Shift]) -> Turnout:
    """Who went out on these shifts. In two groups of one shift a person is one 人 and one 人次."""
    members = went(shifts)
    pairs = members.values("group__shift", "person").distinct()
    organs = members.exclude(organ_name="").values("organ_name").distinct()
    groups = PatrolGroup.objects.filter(shift__in=shifts.order_by().values("pk"))
    return Turnout(members.values("person").distinct().count(), pairs.count(), organs.count(), groups.count())


def went(shifts: QuerySet[Shift]) -> QuerySet[GroupMember]:
    """Members of these shifts who were not absent, each with ``person``; unordered, for counting."""
    rows = GroupMember.objects.filter(group__shift__in=shifts.order_by().values("pk")).exclude(attended=False)
    return rows.annotate(person=PERSON).order_by()


def visits_on(shifts: QuerySet[Shift], actor: Actor) -> QuerySet[Visit]:
    """Visits that groups of these shifts made, in the actor's area."""
    made = GroupVisit.objects.filter(group__shift__in=shifts.order_by().values("pk"))
    return counted(actor).filter(pk__in=made.values("visit"))


@dataclass(frozen=True)
class Seen:
    """家次, 家, 家 with a problem; ``rate`` is 问题发现率, sites with a problem among those checked."""

    visits: int
    sites: int
    with_problem: int

    @property
    def rate(self) -> str:
        return Share(self.with_problem, self.sites).percent


def seen_on(shifts: QuerySet[Shift], actor: Actor) -> Seen:
    """What the groups of these shifts saw."""
    found = figures(visits_on(shifts, actor))
    return Seen(int(found["visits"]), int(found["sites"]), int(found["with_problem"]))


def joint_outcomes(shift: Shift) -> dict[str, int]:
    """How often a joint patrol came to 封, 改, 引导纳管 (家次)."""
    rows = GroupVisit.objects.filter(group__shift=shift, visit__voided_at__isnull=True)
    found = dict(rows.order_by("outcome").values_list("outcome").annotate(n=Count("pk")))
    return {value: found.get(value, 0) for value in JointOutcome.values}


# -- coverage of a sweep -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Expected:
    """A site that a sweep means to see."""

    division_id: int
    subject: Institution | UnlicensedSite
    visited: bool

    @property
    def name(self) -> str:
        return self.subject.name


@dataclass(frozen=True)
class Coverage:
    """An area of a shift: its groups, expected and visited sites (家); the rest are ``waiting``."""

    area: Division
    groups: tuple[str, ...]
    expected: int
    waiting: tuple[Expected, ...]

    @property
    def visited(self) -> int:
        return self.expected - len(self.waiting)

    @property
    def percent(self) -> int:
        """Visited of expected in whole percent, rounded down; 100 where nothing was expected."""
        return 100 * self.visited // self.expected if self.expected else 100


def expected_sites(shift: Shift, actor: Actor, within: Iterable[int]) -> list[Expected]:
    """What operated or stood open in these divisions on the shift's day, registered, unlicensed and 托管 alike."""
    inside = list(within)
    visits = visits_on(Shift.objects.filter(pk=shift.pk), actor).annotate(registered=REGISTERED)
    seen = {row for row in visits.values_list("registered", flat=True) if row is not None}
    seen_sites = {row for row in visits.values_list("unlicensed", flat=True) if row is not None}
    institutions = Institution.objects.visible_to(actor).filter(division__in=inside, merged_into__isnull=True)
    events = StatusEvent.objects.filter(institution__in=institutions).as_of(shift.held_on)
    operating = StatusEvent.objects.filter(pk__in=events.values("pk"), status__in=sorted(OPERATING))
    rows = [
        Expected(row.division_id, row, row.pk in seen)
        for row in institutions.filter(pk__in=operating.values("institution")).order_by("division__code", "name", "pk")
    ]
    stood_open = open_unlicensed_on(actor, on=shift.held_on).filter(division__in=inside)
    rows += [
        Expected(row.division_id, row, row.pk in seen_sites) for row in stood_open.order_by("division__code", "pk")
    ]
    return rows


def coverage(shift: Shift, actor: Actor) -> list[Coverage]:
    """Each area of the shift's groups with what was seen of it; an area of two groups stands once."""
    groups: dict[int, list[str]] = defaultdict(list)
    areas: dict[int, Division] = {}
    for group in shift.groups.prefetch_related(AREAS).order_by("pk"):
        for area in group.areas.all():
            areas[area.division_id] = area.division
            groups[area.division_id].append(group.name)
    inside = {pk: divisions_below(pk) for pk in areas}
    everything = expected_sites(shift, actor, set().union(*inside.values()) if inside else ())
    rows = []
    for pk, area in sorted(areas.items(), key=lambda item: item[1].code):
        here = [site for site in everything if site.division_id in inside[pk]]
        waiting = tuple(site for site in here if not site.visited)
        rows.append(Coverage(area, tuple(groups[pk]), len(here), waiting))
    return rows


def unmanned_towns(shift: Shift, actor: Actor) -> list[Division]:
    """Towns of the actor's area to which a sweep sends nobody."""
    manned = divisions_below(*shift.groups.values_list("areas__division", flat=True).exclude(areas=None))
    towns = pickable_divisions(actor, DivisionLevel.TOWN).exclude(pk__in=manned)
    within = divisions_below(shift.jurisdiction.division_id) if shift.jurisdiction.division_id else frozenset()
    touched = Division.objects.filter(pk__in=manned).values("parent")
    return list(towns.filter(pk__in=within).exclude(pk__in=touched.filter(level=DivisionLevel.VILLAGE)))


# -- when it is looked ---------------------------------------------------------------------------------------------
def evening_share(visits: QuerySet[Visit]) -> Share:
    """晚间占比: visits (家次) in the evening among all."""
    return _share(visits, Q(slot=Slot.EVENING))


def off_hours_share(visits: QuerySet[Visit]) -> Share:
    """班外占比: visits (家次) on evenings, weekends and holidays among all."""
    return _share(visits, Q(off_hours=True))


def covert_share(visits: QuerySet[Visit]) -> Share:
    """暗访占比: covert visits (家次) among all."""
    return _share(visits, Q(covert=True))


def _share(visits: QuerySet[Visit], part: Q) -> Share:
    counts = visits.order_by().aggregate(part=Count("pk", filter=part), whole=Count("pk"))
    return Share(counts["part"], counts["whole"])


def heat(visits: QuerySet[Visit]) -> dict[tuple[str, int], int]:
    """家次 by (slot, weekday 1-7, Monday first): all 21 cells, empty ones with 0."""
    rows = visits.order_by().annotate(weekday=ExtractIsoWeekDay("visited_on")).values_list("slot", "weekday")
    found = {(slot, weekday): n for slot, weekday, n in rows.annotate(n=Count("pk"))}
    return {(slot, weekday): found.get((slot, weekday), 0) for slot in Slot.values for weekday in range(1, 8)}


# -- the calendar --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Day:
    """A day of the month's grid."""

    day: date
    in_month: bool
    shifts: Sequence[Shift]


def month_grid(actor: Actor, month: date) -> list[list[Day]]:
    """The weeks (Monday first) that touch the month of this day, each day with its shifts."""
    first = month.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    start, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    by_day: dict[date, list[Shift]] = defaultdict(list)
    order = list(Slot.values)
    for shift in sorted(
        with_rosters(held_between(actor, start, end)), key=lambda row: (row.held_on, order.index(row.slot), row.pk)
    ):
        by_day[shift.held_on].append(shift)
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    cells = [Day(day, day.month == first.month, by_day.get(day, ())) for day in days]
    return [cells[number : number + 7] for number in range(0, len(cells), 7)]


def is_off_hours(shift: Shift) -> bool:
    """班外: evenings, weekends and holidays."""
    return not in_office_hours(shift.held_on, shift.slot)
