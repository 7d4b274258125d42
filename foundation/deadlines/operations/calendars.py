"""New versions of a year's calendar, and moving with them all that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.audit import record as audit
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation

from .. import events, rules
from ..calendars import NamedDay, package_days
from ..models import CalendarDay, CalendarYear, Deadline
from ..previews import Move, Preview, preview_calendar
from ..workflow import OPEN_STATES
from ..working_days import change_calendar

PACKAGE = "开源日历数据 holidays"


@operation
def publish_calendar(
    *,
    year: int,
    days: Sequence[NamedDay],
    notice_no: str,
    notice_on: date,
    remark: str,
    previewed: str,
    by: Actor,
    at: datetime,
) -> CalendarYear:
    """Put a year's notice of the State Council into force and move every open deadline that counts through it.

    ``previewed`` is the digest of the preview that the person saw; raises Conflict when the effect is another by now.
    """
    change_calendar()
    authorize(by, rules.can_change_calendar)
    _check_days(year, days)
    preview = _as_previewed(previewed, year=year, days=days, confirmed=True)
    version = _insert_version(
        year, days, at=at, by=by, confirmed=True, notice_no=notice_no, notice_on=notice_on, remark=remark
    )
    audit.record(
        events.CALENDAR_PUBLISHED,
        subject=version,
        by=by,
        at=at,
        changes={"days": [[], [str(day.date) for day in days]], "moved": [0, len(preview.moves)]},
        reason=remark,
    )
    for move in sorted(preview.moves, key=lambda move: move.deadline.pk):
        _move(move, version, by=by, at=at)
    return version


@operation
def import_year(*, year: int, previewed: str, by: Actor, at: datetime) -> CalendarYear:
    """Keep what the package ``holidays`` knows of a year as a draft, used with a warning until a notice is out.

    ``previewed``: see ``publish_calendar``.
    """
    change_calendar()
    authorize(by, rules.can_change_calendar)
    if CalendarYear.objects.filter(year=year, confirmed=True).exists():
        raise Conflict(f"{year}年已有按通知确认的日历，不再导入草案。", code="already_confirmed")
    days = package_days(year)
    moves = _as_previewed(previewed, year=year, days=days, confirmed=False).moves
    version = _insert_version(year, days, at=at, by=by, confirmed=False, source=PACKAGE)
    audit.record(
        events.CALENDAR_IMPORTED,
        subject=version,
        by=by,
        at=at,
        changes={"days": [[], [str(day.date) for day in days]], "moved": [0, len(moves)]},
    )
    for move in sorted(moves, key=lambda move: move.deadline.pk):
        _move(move, version, by=by, at=at)
    return version


def _as_previewed(digest: str, *, year: int, days: Sequence[NamedDay], confirmed: bool) -> Preview:
    """What is going to change, if it is still what the person saw; else Conflict."""
    preview = preview_calendar(year=year, days=days, confirmed=confirmed)
    if preview.digest != digest:
        raise Conflict("预览之后日历或期限又有变化，请重新查看影响后再确认。", code="preview_outdated")
    return preview


def _check_days(year: int, days: Sequence[NamedDay]) -> None:
    """The database cannot see that a named day lies in its calendar's year, or that a whole notice is missing."""
    if strangers := [str(day.date) for day in days if day.date.year != year]:
        raise InvalidInput(f"以下日期不在{year}年内：{'、'.join(strangers)}。", code="calendar_day_in_year")
    if not days:
        raise InvalidInput("请填写放假和调休上班的日期。", code="calendar_days_missing")


def _insert_version(
    year: int,
    days: Sequence[NamedDay],
    *,
    at: datetime,
    by: Actor,
    confirmed: bool,
    source: str = "国务院办公厅通知",
    **facts: object,
) -> CalendarYear:
    newest = CalendarYear.objects.filter(year=year).order_by("-version").first()
    version = insert(
        CalendarYear(
            year=year,
            version=newest.version + 1 if newest else 1,
            confirmed=confirmed,
            source=source,
            recorded_at=at,
            recorded_by=by.name,
            **facts,
        )
    )
    for day in days:
        insert(CalendarDay(calendar=version, date=day.date, kind=day.kind.value, name=day.name))
    return version


def _move(move: Move, version: CalendarYear, *, by: Actor, at: datetime) -> None:
    deadline = lock(Deadline, move.deadline.pk)
    if deadline.state not in OPEN_STATES:
        return  # done while the preview was being made
    deadline.due_on, deadline.warning = move.after, move.warning
    changes = update(deadline, "due_on", "warning")
    audit.record(events.DEADLINE_MOVED, subject=deadline, by=by, at=at, changes=changes, reason=str(version))
