"""Reading limits and deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.errors import InvalidInput
from foundation.regions.models import Jurisdiction

from .calendars import DAY, Answer, WorkingCalendar
from .enums import WINDOWS, DeadlineState
from .models import Deadline, LimitRule
from .reckoning import CountedDay, Term, explain
from .workflow import OPEN_STATES
from .working_days import calendar, versions_in_force

SOON = 3


def limit_for(code: str, jurisdiction: Jurisdiction | None, on: date) -> LimitRule:
    """The limit in force on a day for a place: its own, else its superior's, else the one that counts everywhere.

    Raises InvalidInput when there is none.
    """
    line = _upward(jurisdiction)
    in_force = LimitRule.objects.filter(code=code, effective_from__lte=on).filter(
        Q(effective_to__isnull=True) | Q(effective_to__gte=on),
        Q(jurisdiction__isnull=True) | Q(jurisdiction__in=line),
    )
    by_place = {rule.jurisdiction_id: rule for rule in in_force}
    for place in (*(each.pk for each in line), None):
        if place in by_place:
            return by_place[place]
    raise InvalidInput(f"没有在 {on} 施行的期限规定（{code}），请先在“法定期限”中设定。", code="no_limit")


def _upward(jurisdiction: Jurisdiction | None) -> list[Jurisdiction]:
    line = []
    while jurisdiction is not None:
        line.append(jurisdiction)
        jurisdiction = jurisdiction.parent
    return line


def visible_to(actor: Actor) -> QuerySet[Deadline]:
    """All deadlines of the actor's area."""
    return Deadline.objects.visible_to(actor)


def clocks_of(subject: models.Model) -> QuerySet[Deadline]:
    """Every clock that runs or ran over one object, the oldest first."""
    return Deadline.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")


def open_clocks_of(subject: models.Model) -> QuerySet[Deadline]:
    """Those that run or pause."""
    return clocks_of(subject).filter(state__in=OPEN_STATES)


def open_for(actor: Actor) -> QuerySet[Deadline]:
    """Open deadlines that this actor has to keep: in scope, with the capability, of their post or organ if named."""
    mine = (Q(post__isnull=True) | Q(post=actor.post_id)) & (
        Q(organ__isnull=True) | Q(organ=actor.organ_id) | Q(post=actor.post_id)
    )
    return visible_to(actor).filter(mine, state__in=OPEN_STATES, capability__in=actor.capabilities)


def late(on: date) -> Q:
    """Running deadlines whose last day has passed. A paused one is not overdue, nor is the end of a party's window."""
    return Q(state=DeadlineState.RUNNING, due_on__lt=on) & ~Q(code__in=WINDOWS)


def overdue(rows: QuerySet[Deadline], *, on: date) -> QuerySet[Deadline]:
    """Those that somebody should have kept."""
    return rows.filter(late(on))


def due_within(
    rows: QuerySet[Deadline], working_days: int, *, on: date, along: WorkingCalendar | None = None
) -> QuerySet[Deadline]:
    """Running deadlines due today or within the next so many working days."""
    last = (along or calendar()).add_working_days(on, working_days).value
    return rows.filter(state=DeadlineState.RUNNING, due_on__gte=on, due_on__lte=last)


def remaining(deadline: Deadline, *, on: date, along: WorkingCalendar) -> Answer[int]:
    """Working days left after ``on``; negative when overdue. Zero means: due today or on a day off that follows."""
    return along.working_days_between(on, deadline.due_on)


def chip(deadline: Deadline, *, on: date, along: WorkingCalendar) -> tuple[str, str]:
    """(words, tone) of a deadline: 剩余 3 个工作日, 今天到期, 超期 2 天; a party's window is over, never late."""
    window = deadline.code in WINDOWS
    if deadline.state == DeadlineState.PAUSED:
        return "已中止", "plain"
    if deadline.state != DeadlineState.RUNNING:
        after = not window and deadline.met_at is not None and local_date(deadline.met_at) > deadline.due_on
        return f"{deadline.get_state_display()}{'（逾期）' if after else ''}", "bad" if after else "ok"
    if deadline.due_on < on:
        if window:
            return "已期满", "notice"
        return f"超期 {(on - deadline.due_on).days} 天", "bad"
    if deadline.due_on == on:
        return "今天到期", "notice"
    left = remaining(deadline, on=on, along=along).value
    return (f"剩余 {left} 个工作日" if left else "下一工作日前到期"), "notice" if left <= SOON else "ok"


def term_of(deadline: Deadline, pauses: Iterable[tuple[date, date | None]], *, until: date | None = None) -> Term:
    """The count of a deadline that is not a fixed date. An open pause is left out, or taken to last ``until`` a day."""
    return Term(
        started_on=deadline.started_on,
        amount=(deadline.amount or 0) + deadline.extended_by,
        unit=deadline.unit,
        rolls_over=deadline.rolls_over,
        pauses=tuple((first, resumed or max(first, until or first)) for first, resumed in pauses),
    )


def pauses_of(deadline: Deadline) -> list[tuple[date, date | None]]:
    """(first day, day of resuming or None) of each pause, in order."""
    return list(deadline.pauses.order_by("from_on").values_list("from_on", "resumed_on"))


def day_by_day(deadline: Deadline, *, along: WorkingCalendar) -> list[CountedDay]:
    """Every day from the start to the due day with the reason why it counts or not; empty for a fixed date."""
    if deadline.fixed_due_on:
        return []
    term = term_of(deadline, pauses_of(deadline), until=deadline.due_on + DAY)
    return explain(term, deadline.due_on, along)


def unannounced_year(on: date) -> int | None:
    """The year whose notice is missing although it is time: this year, or from October on the next; else None."""
    versions = versions_in_force()
    for year in (on.year, on.year + 1) if on.month >= 10 else (on.year,):
        if year not in versions or not versions[year].confirmed:
            return year
    return None
