"""Deadlines for tests: over any subject, started through the operation."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines.calendars import NamedDay, package_days
from foundation.deadlines.enums import DayKind, Limit
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.calendars import import_year, publish_calendar
from foundation.deadlines.operations.deadlines import start_deadline
from foundation.deadlines.previews import preview_calendar
from tests.cast import OWN, jurisdiction

STARTED = date(2026, 9, 29)


def at(on: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of a day in Beijing."""
    return timezone.make_aware(datetime.combine(on, time(hour, minute)))


def started(by: Actor, **given) -> Deadline:
    """A five-working-day deadline over a jurisdiction as its subject, unless told otherwise."""
    on = given.get("started_on", STARTED)
    place = given.pop("place", OWN)
    facts = {
        "subject": jurisdiction(place),
        "code": Limit.REFUND_ANSWER,
        "started_on": on,
        "capability": Can.EDIT_REGISTER,
        "jurisdiction": jurisdiction(place),
        "at": at(on),
        **given,
    }
    return start_deadline(by=by, **facts)


def off(*days: date) -> list[NamedDay]:
    return [NamedDay(day, DayKind.OFF, "放假") for day in days]


def published(by: Actor, year: int, days: list[NamedDay], **given):
    """A confirmed version of a year, as previewed."""
    facts = {
        "notice_no": f"国办发明电〔{year - 1}〕9号",
        "notice_on": date(year - 1, 11, 20),
        "remark": "按通知录入",
        "previewed": preview_calendar(year=year, days=days).digest,
        "at": at(date(2026, 11, 20)),
        **given,
    }
    return publish_calendar(year=year, days=days, by=by, **facts)


def drafted(by: Actor, year: int, **given):
    """A year's draft from the package, as previewed."""
    digest = preview_calendar(year=year, days=package_days(year), confirmed=False).digest
    return import_year(year=year, by=by, **{"previewed": digest, "at": at(date(2026, 11, 20)), **given})
