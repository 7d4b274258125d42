"""Monthly duty: what each supervisor owed and did. Counts supervisors' visits alone, never officers'.

A visit counts for the month of its date while it is not void and was entered in time (``Timeliness``), and within the
supervisor's own term. A month is owed by whoever is in office on all of its days. 家次 counts visits however late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from foundation.core.actor import Actor
from inspections.checking import DAYS_OF_GRACE
from inspections.enums import FindingState, Timeliness, VisitKind
from inspections.models import Finding, Visit

from .enums import SupervisorState
from .models import Duty, Supervisor
from .months import Month, months_until


def visits_of(supervisor: Supervisor) -> QuerySet[Visit]:
    """The supervisor's visits of this term that are not void, newest first."""
    rows = Visit.objects.filter(
        kind=VisitKind.SUPERVISOR,
        voided_at__isnull=True,
        filed_by=supervisor.user_id,
        visited_on__gte=supervisor.term_from_on,
        visited_on__lte=last_day_of(supervisor),
    )
    return rows.order_by("-visited_on", "-pk")


def visits_of_month(supervisor: Supervisor, month: Month) -> QuerySet[Visit]:
    return visits_of(supervisor).filter(visited_on__gte=month.first, visited_on__lte=month.last)


def visits_of_year(supervisor: Supervisor, year: int) -> QuerySet[Visit]:
    return visits_of(supervisor).filter(visited_on__year=year)


def done_in(supervisor: Supervisor, month: Month) -> int:
    """家次 that count for the month's duty."""
    return visits_of_month(supervisor, month).exclude(timeliness=Timeliness.OVERDUE).count()


def last_day_of(supervisor: Supervisor) -> date:
    """The last day in office: the one on which the person left, else the end of the term."""
    return supervisor.last_day_on or supervisor.term_until_on


def owes(supervisor: Supervisor, month: Month) -> bool:
    """Whether the supervisor is in office on every day of the month."""
    return supervisor.term_from_on <= month.first and last_day_of(supervisor) >= month.last


def months_over(supervisor: Supervisor, *, on: date) -> list[Month]:
    """The last twelve months that have ended and of which the supervisor was in office on a day, newest first."""
    served = Month.of(supervisor.term_from_on), Month.of(last_day_of(supervisor))
    return [month for month in reversed(months_until(Month.of(on).back(), 12)) if served[0] <= month <= served[1]]


@dataclass(frozen=True)
class Requirement:
    """What a batch owes a month, 家次."""

    minimum: int
    target: int


def requirements(recruitment_ids: Iterable[int]) -> dict[int, list[Duty]]:
    """The duties of batches, oldest first; one query."""
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(recruitment__in=set(recruitment_ids)).order_by("from_on"):
        found[duty.recruitment_id].append(duty)
    return found


def requirement_in(duties: Sequence[Duty], month: Month) -> Requirement:
    """What held in a month: the newest duty that had begun; before the first one, the first."""
    begun = [duty for duty in duties if duty.from_on <= month.first] or list(duties[:1])
    duty = begun[-1]
    return Requirement(duty.minimum, duty.target)


def requirement_for(supervisor: Supervisor, month: Month) -> Requirement:
    return requirement_in(requirements([supervisor.recruitment_id])[supervisor.recruitment_id], month)


@dataclass(frozen=True)
class Cell:
    """One supervisor's month: 家次 done and how many of them late, problems found, what was owed (None: nothing)."""

    month: Month
    done: int
    late: int
    findings: int
    required: Requirement | None
    closed: bool

    @property
    def is_short(self) -> bool:
        """Below the minimum, and nothing can be entered any more."""
        return self.closed and self.required is not None and self.done < self.required.minimum

    @property
    def words(self) -> str:
        return f"{self.done}/{self.required.target}" if self.required else (str(self.done) if self.done else "")

    @property
    def tone(self) -> str:
        if self.required is None:
            return "plain"
        if self.done >= self.required.target:
            return "ok"
        if self.done >= self.required.minimum:
            return "primary"
        return "bad" if self.closed else "notice"


@dataclass(frozen=True)
class Kept:
    """Of one supervisor: the months owed and over, those of them with the minimum done, and the 家次 done in them."""

    owed: int
    reached: int
    done: int


@dataclass(frozen=True)
class Line:
    """One supervisor's months, oldest first."""

    supervisor: Supervisor
    cells: list[Cell]

    @property
    def done(self) -> int:
        return sum(cell.done for cell in self.cells)

    @property
    def shortfalls(self) -> int:
        return sum(cell.is_short for cell in self.cells)


@dataclass(frozen=True)
class Overview:
    """The months of many supervisors, those with most shortfalls first, and what it comes to.

    ``owed`` and ``reached`` are person-months that are closed: in office all month, and at least the minimum done.
    """

    months: list[Month]
    lines: list[Line]
    owed: int = 0
    reached: int = 0
    short: list[tuple[Supervisor, Cell]] = field(default_factory=list)

    @property
    def rate(self) -> str:
        """达标率, cut off after two decimals; a dash where nothing was owed."""
        if not self.owed:
            return "—"
        return f"{self.reached * 10000 // self.owed / 100:.2f}%"


def overview(supervisors: QuerySet[Supervisor], *, until: Month, number: int, on: date) -> Overview:
    """``number`` months up to ``until``; four queries, however many supervisors there are."""
    months = months_until(until, number)
    rows = list(
        supervisors.filter(term_from_on__lte=until.last)
        .select_related("area", "jurisdiction", "recruitment", "user")
        .order_by("area__code", "number")
    )
    counts, findings = _counts(rows, months), _findings(rows, months)
    duties = requirements(row.recruitment_id for row in rows)
    lines = [
        Line(row, [_cell(row, month, duties[row.recruitment_id], counts, findings, on) for month in months])
        for row in rows
        if last_day_of(row) >= months[0].first
    ]
    lines.sort(key=lambda line: (-line.shortfalls, line.supervisor.area.code, line.supervisor.number))
    closed = [(line.supervisor, cell) for line in lines for cell in line.cells if cell.closed and cell.required]
    return Overview(
        months=months,
        lines=lines,
        owed=len(closed),
        reached=sum(not cell.is_short for _, cell in closed),
        short=[(supervisor, cell) for supervisor, cell in closed if cell.is_short],
    )


def kept(
    supervisors: QuerySet[Supervisor], *, months: list[Month], on: date, known_at: datetime | None = None
) -> dict[int, Kept]:
    """What each supervisor who owed one of the months has done in them, by ``on``."""
    rows = list(supervisors)
    counts = _counts(rows, months, known_at)
    duties = requirements(row.recruitment_id for row in rows)
    found = {}
    for row in rows:
        cells = [_cell(row, month, duties[row.recruitment_id], counts, {}, on) for month in months]
        owed = [cell for cell in cells if cell.closed and cell.required]
        if owed:
            short = sum(cell.is_short for cell in owed)
            found[row.pk] = Kept(len(owed), reached=len(owed) - short, done=sum(cell.done for cell in owed))
    return found


def _cell(row: Supervisor, month: Month, duties: Sequence[Duty], counts, findings, on: date) -> Cell:
    required = requirement_in(duties, month)
    done, late = counts.get((row.pk, month), (0, 0))
    return Cell(
        month=month,
        done=done,
        late=late,
        findings=findings.get((row.pk, month), 0),
        required=required if owes(row, month) else None,
        closed=on > month.closes_on(DAYS_OF_GRACE),
    )


def _in_term(known_at: datetime | None = None) -> Q:
    """The visit joined as ``user__visits_filed`` is the supervisor's own: of the term, and not void, as known then."""
    standing = Q(user__visits_filed__voided_at__isnull=True)
    if known_at is not None:
        standing |= Q(user__visits_filed__voided_at__gt=known_at)
        standing &= Q(user__visits_filed__recorded_at__lte=known_at)
    return standing & Q(
        user__visits_filed__kind=VisitKind.SUPERVISOR,
        user__visits_filed__visited_on__gte=F("term_from_on"),
        user__visits_filed__visited_on__lte=Coalesce("last_day_on", "term_until_on"),
    )


def _counts(
    rows: list[Supervisor], months: list[Month], known_at: datetime | None = None
) -> dict[tuple[int, Month], tuple[int, int]]:
    found = (
        Supervisor.objects.filter(
            _in_term(known_at),
            pk__in=[row.pk for row in rows],
            user__visits_filed__visited_on__gte=months[0].first,
            user__visits_filed__visited_on__lte=months[-1].last,
        )
        .annotate(month=TruncMonth("user__visits_filed__visited_on"))
        .order_by()
        .values_list("pk", "month")
        .annotate(
            done=Count("user__visits_filed", filter=~Q(user__visits_filed__timeliness=Timeliness.OVERDUE)),
            late=Count("user__visits_filed", filter=Q(user__visits_filed__timeliness=Timeliness.LATE)),
        )
    )
    return {(pk, Month.of(month)): (done, late) for pk, month, done, late in found}


def _findings(rows: list[Supervisor], months: list[Month]) -> dict[tuple[int, Month], int]:
    """Problems that were reported and not found to be untrue."""
    found = (
        Finding.objects.filter(
            visit__filed_by__in=[row.user_id for row in rows],
            visit__kind=VisitKind.SUPERVISOR,
            visit__voided_at__isnull=True,
            visit__visited_on__gte=months[0].first,
            visit__visited_on__lte=months[-1].last,
        )
        .exclude(state=FindingState.DISMISSED)
        .annotate(month=TruncMonth("visit__visited_on"))
        .order_by()
        .values_list("visit__filed_by", "month")
        .annotate(n=Count("pk"))
    )
    by_user = {(user_id, Month.of(month)): n for user_id, month, n in found}
    return {(row.pk, month): by_user.get((row.user_id, month), 0) for row in rows for month in months}


def visits_by_month(supervisors: QuerySet[Supervisor], months: Sequence[Month]) -> list[int]:
    """家次 of these supervisors in each of the months; one query."""
    found = (
        supervisors.filter(
            _in_term(),
            user__visits_filed__visited_on__gte=months[0].first,
            user__visits_filed__visited_on__lte=months[-1].last,
        )
        .annotate(month=TruncMonth("user__visits_filed__visited_on"))
        .order_by()
        .values_list("month")
        .annotate(n=Count("user__visits_filed", distinct=True))
    )
    counts = {Month.of(month): n for month, n in found}
    return [counts.get(month, 0) for month in months]


@dataclass(frozen=True)
class Total:
    """家次 of supervisors' visits alone, and 人 in office or formerly so; the mean is 家次 per person."""

    visits: int
    persons: int

    @property
    def each(self) -> str:
        """家次 per person, one decimal, cut off."""
        return f"{self.visits * 10 // self.persons / 10:.1f}" if self.persons else "—"


def total(supervisors: QuerySet[Supervisor]) -> Total:
    """All visits (家次) of these supervisors in their terms; officers' visits are another thing and not in it."""
    rows = supervisors.order_by()
    visits = rows.filter(_in_term()).values("user__visits_filed").distinct().count()
    return Total(visits=visits, persons=rows.values("user").distinct().count())


def by_area(lines: Sequence[Line]) -> list[tuple[str, int, int]]:
    """(area, supervisors, 家次 in the shown months), the least visited first."""
    found: dict[str, list[int]] = {}
    for line in lines:
        entry = found.setdefault(str(line.supervisor.area), [0, 0])
        entry[0] += 1
        entry[1] += line.done
    return sorted(((name, persons, done) for name, (persons, done) in found.items()), key=lambda row: (row[2], row[0]))


def below_minimum(supervisors: Iterable[Supervisor], month: Month) -> list[Supervisor]:
    """Those who owe the month and have not done its minimum."""
    rows = [row for row in supervisors if owes(row, month)]
    counts = _counts(rows, [month])
    duties = requirements(row.recruitment_id for row in rows)
    return [
        row
        for row in rows
        if counts.get((row.pk, month), (0, 0))[0] < requirement_in(duties[row.recruitment_id], month).minimum
    ]


def supervised(actor: Actor) -> QuerySet[Supervisor]:
    """Supervisors of the actor's area who are in office."""
    return Supervisor.objects.visible_to(actor).filter(state=SupervisorState.IN_OFFICE)
