"""What is asked of a KPI: an area, a period, as of which day, as known at which instant.

A fact counts when it *happened* within the period and was *recorded* by the instant; what was put on record after the
period was over is late (补录). A state (closed, in force) is that of ``on``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import DateTimeField, Field, Model, Q, QuerySet
from django.utils import timezone

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.deadlines.enums import NamedDayKind
from foundation.deadlines.models import CalendarDay
from foundation.deadlines.working_days import versions_in_force
from foundation.regions.queries import in_town
from inspections.enums import Slot
from inspections.models import Campaign
from inspections.queries.visits import SATURDAY
from supervisors.months import Month

from .departments import Department
from .enums import Days


@dataclass(frozen=True, kw_only=True)
class Question:
    """``area`` are jurisdiction ids; ``first`` and ``last`` are both included.

    ``on`` is the day whose state is told, and no fact after it counts; ``known_at`` is the instant up to which records
    count (None: now). ``town`` is a division's id, ``campaign`` narrows to what a campaign's records say. ``seen_by``
    is an actor who sees no whole bureau: only records that are visible to this one count.
    """

    area: frozenset[int]
    first: date
    last: date
    on: date
    known_at: datetime | None = None
    town: int | None = None
    campaign: Campaign | None = None
    days: Days = Days.ALL
    department: Department | None = None
    seen_by: Actor | None = None

    @property
    def until(self) -> date:
        """The last day that counts."""
        return min(self.last, self.on)

    @property
    def known(self) -> datetime:
        """The instant up to which records count."""
        return self.known_at or clock.now()

    @property
    def known_on(self) -> date:
        """The day of that instant: what is stated by day alone was on record from its day on."""
        return clock.local_date(self.known)

    @property
    def moment(self) -> datetime:
        """For states that have no day of their own but an instant: the end of ``on``, or what was known if earlier."""
        return min(self.known, clock.end_of(self.on))

    @property
    def over_at(self) -> datetime:
        """When the period was over: what is recorded from then on is late."""
        return start_of(self.last + timedelta(days=1))

    @property
    def is_of_whole_months(self) -> bool:
        """All days of its months, of whole bureaus, as known now: what stands ready by month answers it.

        The last month may be under way: nothing can have happened after today.
        """
        narrowed = self.known_at or self.town or self.campaign or self.days or self.department or self.seen_by
        after = self.until + timedelta(days=1)
        return not narrowed and self.first.day == 1 and (after.day == 1 or self.until >= clock.today())

    def part_of(self, month: Month) -> tuple[date, date]:
        """The first and the last day of the period that lie in a month."""
        return max(month.first, self.first), min(month.last, self.last)

    # -- narrowing ---------------------------------------------------------------------------------------------------
    def here(self, rows: QuerySet, *, place: str = "jurisdiction", town: str = "division") -> QuerySet:
        """Rows of the area; ``place`` and ``town`` are the paths to jurisdiction and division (``town`` "": none)."""
        rows = rows.filter(**{f"{place}__in": self.area})
        if self.town is None:
            return rows
        if not town:
            return rows.none()
        return rows.filter(in_town(self.town, town))

    def happened(self, rows: QuerySet, day: str, *, slot: str = "") -> QuerySet:
        """Rows whose ``day`` (a date or an instant) lies in the period, on the days of the week that are asked for.

        ``slot`` is the path to the part of the day; rows without one are none of an evening's.
        """
        if isinstance(_field(rows, day), DateTimeField):
            bounds = {f"{day}__gte": start_of(self.first), f"{day}__lt": start_of(self.until + timedelta(days=1))}
        else:
            bounds = {f"{day}__gte": self.first, f"{day}__lte": self.until}
        rows = rows.filter(**bounds)
        if self.days == Days.EVENINGS:
            if not slot:
                return rows.none()
            rows = rows.filter(**{slot: Slot.EVENING, f"{day}__iso_week_day__lt": SATURDAY})
        if self.days == Days.HOLIDAYS:
            off = CalendarDay.objects.filter(calendar__in=versions_in_force().values(), kind=NamedDayKind.OFF)
            rows = rows.filter(**{f"{_date_of(rows, day)}__in": off.values("date")})
        return rows

    def tagged(self, rows: QuerySet, tags: type[Model], subject: str) -> QuerySet:
        """Rows that the campaign counted by then, where one is asked about; ``subject`` is what a tag points to."""
        if self.campaign is None:
            return rows
        found = tags._default_manager.filter(campaign=self.campaign, tagged_at__lte=self.known)
        still = Q(ended_at__isnull=True) | Q(ended_at__gt=self.moment)
        return rows.filter(pk__in=found.filter(still).values(subject))

    def recorded(self, rows: QuerySet, known: str = "recorded_at", voided: str = "") -> QuerySet:
        """Rows that were on record by the instant, and not voided by then."""
        if self.known_at is not None:
            rows = rows.filter(**{f"{known}__lte": self.known_at})
        if not voided:
            return rows
        if self.known_at is None:
            return rows.filter(**{f"{voided}__isnull": True})
        return rows.filter(Q(**{f"{voided}__isnull": True}) | Q(**{f"{voided}__gt": self.known_at}))


def start_of(day: date) -> datetime:
    """The first instant of a day in Asia/Shanghai."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _field(rows: QuerySet, path: str) -> Field:
    """The field at the end of a path."""
    model = rows.model
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    return field


def _date_of(rows: QuerySet, path: str) -> str:
    return f"{path}__date" if isinstance(_field(rows, path), DateTimeField) else path
