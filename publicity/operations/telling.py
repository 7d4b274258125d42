"""Alarming the editors: each problem once, and one message a person for all that are new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.notifications.models import Message
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import holders, people_who_can
from foundation.notifications.rules import SENDER
from foundation.regions.enums import JurisdictionLevel
from institutions.models import Institution

from .. import notices, rules
from ..checking.advice import advice_for
from ..enums import FindingKind
from ..models import Finding, PublicCheck

LISTED = 8
_FROM_THE_TOP = (JurisdictionLevel.PROVINCE, JurisdictionLevel.CITY, JurisdictionLevel.COUNTY)


@operation
def alarm_editors(*, check: PublicCheck, by: Actor, at: datetime) -> list[Message]:
    """Tell editors of the open problems that a check found and nobody was told of; a known one is never told again.

    Those of an institution or a bureau go to the editors of its area, those of the site to the highest level's.
    """
    check = lock(PublicCheck, check.pk)
    authorize(by, rules.can_record_check)
    rows = list(Finding.objects.open().filter(first_check=check, alarmed_at__isnull=True).order_by("pk"))
    if not rows:
        return []
    by_person: dict[int, list[Finding]] = defaultdict(list)
    for row in rows:
        for person in _editors(row, on=local_date(at)):
            by_person[person].append(row)
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for person, told in by_person.items():
        groups[tuple(row.pk for row in told)].append(person)
    found = {row.pk: row for row in rows}
    sent = [
        message
        for pks, people in sorted(groups.items())
        for message in _tell(check, [found[pk] for pk in pks], people, at=at)
    ]
    Finding.objects.filter(pk__in=found).update(alarmed_at=at)
    return sent


def _tell(check: PublicCheck, rows: list[Finding], people: list[int], *, at: datetime) -> list[Message]:
    counts = Counter(FindingKind(row.kind).label for row in rows)
    url = reverse("admin:publicity_finding_changelist") + "?standing=open"
    if len(rows) == 1:
        url = reverse("admin:publicity_finding_change", args=[rows[0].pk])
    words = "、".join(f"{label}{number}处" for label, number in counts.items())
    return send(
        notice=notices.PROBLEMS_FOUND,
        to=people,
        about=check,
        title=f"公众网站检查发现{len(rows)}处新问题：{words}",
        body=_body(rows),
        url=url,
        period=f"{rows[0].pk}-{rows[-1].pk}",
        by=SENDER,
        at=at,
    )


def _body(rows: list[Finding]) -> str:
    lines = [
        f"{number}. {row.get_kind_display()}：{row.subject or row.place}"
        f"{'“' + row.field + '”' if row.field else ''}，{row.excerpt}。"
        f"{advice_for(row.kind, of_a_row=bool(row.institution_id or row.organ_id))}"
        for number, row in enumerate(rows[:LISTED], start=1)
    ]
    if len(rows) > LISTED:
        lines.append(f"另有{len(rows) - LISTED}处，见“网站检查问题”。")
    return "\n".join(lines)


def _editors(row: Finding, *, on: date) -> Iterable[int]:
    if row.jurisdiction_id is None:
        return _highest(on=on)
    place = {"jurisdiction_id": row.jurisdiction_id, "on": on}
    if row.institution_id:
        found = Institution.objects.filter(pk=row.institution_id)
        place |= found.values("division_id", "category").first() or {}
    return people_who_can(Can.KEEP_PUBLIC_SITE, own_level=True, **place) or people_who_can(
        Can.KEEP_PUBLIC_SITE, **place
    )


def _highest(*, on: date) -> list[int]:
    """The editors of the highest level that has any."""
    posts = holders(Can.KEEP_PUBLIC_SITE, on=on)
    for level in _FROM_THE_TOP:
        if people := sorted(set(posts.filter(organ__jurisdiction__level=level).values_list("user_id", flat=True))):
            return people
    return []
