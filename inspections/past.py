"""Past visits as a spreadsheet's row holds them: canonical texts taken apart, and the report that they make.

A row's record keeps what the sheet says as short texts: ``19:30-20:40``, ``张三(教育局)、李四等5人``, ``220余``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.utils import timezone

from institutions.models import Institution, UnlicensedSite

from .enums import Aspect, Outcome, Severity, Slot, VisitKind
from .reports import HeadCount, OnSite, Problem, VisitReport

NOON, DUSK = time(12), time(18)  # a slot begins with these hours
AT_LEAST = "余"
LONGEST_TEXT = 120
_AND_MORE = re.compile(r"等(\d+)人$", re.ASCII)
_NUMBERED = re.compile(r"(?:^|(?<=[\s;；。]))\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[.、．](?!\d))\s*|[①-⑳]|[;；]+")
_WITH_UNIT = re.compile(r"(?P<name>[^()]+)(?:\((?P<unit>[^()]+)\))?")
#: What a problem's own words say about its aspect, when the sheet does not; the first that fits.
_TELLING = (
    (re.compile("消防|安全|疏散|灭火|逃生|用电|监控|通道|应急"), Aspect.SAFETY),
    (re.compile("广告|宣传|招生简章|海报|招牌"), Aspect.PUBLICITY),
    (re.compile("收费|预收|退费|资金|课时费|发票|合同"), Aspect.FEES),
    (re.compile("学科|超纲|超标|提前教学|教师|师资|教材|周末|节假日|寒暑假|时段|作业"), Aspect.CONDUCT),
)


@dataclass(frozen=True)
class People:
    """Who went: named persons with their unit, and how many there were in all, where the sheet says so."""

    named: tuple[OnSite, ...] = ()
    in_all: int | None = None


def people_in(text: str) -> People:
    """Take ``张三(教育局)、李四等5人`` apart."""
    if not text:
        return People()
    more = _AND_MORE.search(text)
    bare = text[: more.start()] if more else text
    parts = [_WITH_UNIT.fullmatch(part) for part in bare.split("、") if part]
    named = tuple(OnSite(part["name"], part["unit"] or "") for part in parts if part)
    return People(named, int(more[1]) if more else None)


def count_in(text: str | None) -> HeadCount:
    """``220余`` is at least 220."""
    if not text:
        return HeadCount()
    return HeadCount(int(text.removesuffix(AT_LEAST)), at_least=text.endswith(AT_LEAST))


def slot_of(hour: time) -> Slot:
    """The part of the day in which a visit began."""
    if hour < NOON:
        return Slot.MORNING
    return Slot.AFTERNOON if hour < DUSK else Slot.EVENING


def times_in(text: str) -> tuple[time, ...]:
    """One or two times of ``19:30-20:40``."""
    return tuple(time.fromisoformat(part) for part in text.split("-"))


def problems_in(text: str) -> list[str]:
    """The problems of one cell: numbered, or parted by semicolons."""
    return [part for each in _NUMBERED.split(text) if (part := each.strip(" 。,，"))]


def aspect_in(problem: str) -> Aspect:
    """The aspect that a problem's own words point to; 日常管理 when they point nowhere."""
    return next((aspect for pattern, aspect in _TELLING if pattern.search(problem)), Aspect.DAILY)


def problems_of(record: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A long problem keeps its full text beside the beginning. Aspect and severity of the row hold for all of them.

    Where it says no aspect, each problem's own words do.
    """
    return tuple(
        Problem(
            text=text[:LONGEST_TEXT],
            aspect=Aspect(record.get("aspect") or aspect_in(text)),
            severity=Severity(record["severity"]),
            note=text if len(text) > LONGEST_TEXT else "",
        )
        for text in problems_in(record.get("problem") or "")
    )


def group_of(record: Mapping[str, Any]) -> str:
    """The key of a group that a sheet names; without a name the persons are the group."""
    return f"name:{record['group']}" if record.get("group") else ""


def report_of(record: Mapping[str, Any], subject: Institution | UnlicensedSite) -> VisitReport:
    """The report that a checked row makes, for the same rows as a report of the phone or the desk."""
    on = date.fromisoformat(record["visited_on"])
    return VisitReport(
        client_id=uuid4(),
        kind=VisitKind(record["kind"]),
        subject=subject,
        visited_on=on,
        slot=Slot(record["slot"]),
        started_at=_instant(on, record.get("started")),
        ended_at=_instant(on, record.get("ended")),
        outcome=Outcome(record["outcome"]),
        officers=people_in(record.get("officers") or "").named,
        unnamed=record.get("unnamed") or 0,
        problems=problems_of(record),
        covert=record["kind"] == VisitKind.COVERT,
        group=group_of(record),
        group_name=record.get("group") or "",
        remark=record.get("remark") or "",
        pupils=count_in(record.get("pupils")),
        teachers=count_in(record.get("teachers")),
        dispersed=count_in(record.get("dispersed")),
    )


def _instant(on: date, hour: str | None) -> datetime | None:
    if not hour:
        return None
    return datetime.combine(on, time.fromisoformat(hour), tzinfo=timezone.get_default_timezone())
