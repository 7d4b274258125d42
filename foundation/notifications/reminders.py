"""Which reminders a deadline gets, and when: rules by deadline code, stages in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.models import Deadline

from .kinds import DEADLINE_REMINDER, NoticeKind


@dataclass(frozen=True)
class ReminderRule:
    """``days_before``: remind when so many working days are left; ``overdue_every``: then each so many working days.

    ``calendar_days``: the days before are counted as they stand in the calendar, as validity is.
    """

    notice: NoticeKind
    days_before: tuple[int, ...]
    overdue_every: int
    calendar_days: bool = False

    def stage(self, deadline: Deadline, *, on: date, along: WorkingCalendar) -> str | None:
        """The reminder that is due on a day, as a period key, or None.

        The stage is read from the present state, so that days on which nothing ran are caught up by the one reminder
        that is true now. The key holds the due day: after an extension the deadline is reminded of anew.
        """
        if deadline.due_on < on:
            late = along.working_days_between(deadline.due_on, on).value
            return f"{deadline.due_on}:overdue:{late // self.overdue_every}"
        left = (deadline.due_on - on).days
        if not self.calendar_days:
            left = along.working_days_between(on, deadline.due_on).value
        reached = [days for days in self.days_before if left <= days]
        return f"{deadline.due_on}:{min(reached)}" if reached else None


_by_code: dict[str, ReminderRule] = {}
_default = ReminderRule(DEADLINE_REMINDER, (3, 1, 0), 5)


def rule(
    notice: NoticeKind,
    *,
    codes: tuple[str, ...],
    days_before: tuple[int, ...],
    overdue_every: int = 5,
    calendar_days: bool = False,
) -> None:
    """Declare how deadlines of these codes are reminded of (in a higher app's ``tasks.py``)."""
    for code in codes:
        if code in _by_code:
            raise RuntimeError(f"two reminder rules for {code}")
        _by_code[code] = ReminderRule(notice, days_before, overdue_every, calendar_days)


def rule_for(code: str) -> ReminderRule:
    """The rule declared for a deadline's code, else: three, one and no working days before, then every fifth."""
    return _by_code.get(code, _default)
