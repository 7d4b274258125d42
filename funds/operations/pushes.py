"""催办: those that lack a flag today become assignments of the towns or counties where they lie, in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from assignments.enums import Urgency
from assignments.operations.assign import assign
from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all
from foundation.core.errors import Conflict, invalid
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from funds import events, rates, rules
from funds.enums import Flag
from funds.models import Push, PushedInstitution
from institutions.models import Institution

LONGEST = 1900  # letters of an assignment's text


@operation
def push_missing(*, flag: str, due_on: date, by: Actor, at: datetime, urgency: str = Urgency.NORMAL) -> Push:
    """Give each town (from a county) or each county's bureau (from a city) its own list of those that lack the flag.

    Institutions without an organ to give them to are kept in the push without an assignment, and said so.
    Raises NotAllowed, Conflict (nobody lacks it, or nobody is there to give it to), InvalidInput (a day in the past).
    """
    authorize(by, rules.can_push)
    if due_on < local_date(at):
        raise invalid("due_on", "办理期限不能早于今天。")
    when = rates.moment(by, on=local_date(at))
    missing = rates.should_be_supervised(by, when).exclude(rates.with_flag(flag, when)).order_by("name", "pk")
    lists = _by_organ(missing, by)
    if not any(lists.values()):
        raise Conflict("没有未完成的机构，无需催办。", code="nobody")
    if set(lists) == {None}:
        raise Conflict("未完成机构所在的镇街或县区没有登记单位，无法交办。", code="no_organ")
    bureau = Organ.objects.get(pk=by.organ_id)
    given = {"flag": flag, "due_on": due_on, "pushed_by_id": by.user_id, "pushed_at": at}
    push = insert(Push(jurisdiction_id=bureau.jurisdiction_id, organ=bureau, **given))
    for organ, rows in lists.items():
        page = reverse("admin:funds_push_change", args=[push.pk]) if organ and organ.kind != OrganKind.TOWN else ""
        asked = _asked(push, rows) | {"subject_url": page, "urgency": urgency}
        assignment = organ and assign(**asked, organs=[organ], by=by, at=at)
        insert_all(PushedInstitution(push=push, institution=row, assignment=assignment) for row in rows)
    changes = {
        "flag": [None, Flag(flag).label],
        "organs": [None, [organ.name for organ in lists if organ]],
        "institutions": [None, sum(len(rows) for rows in lists.values())],
        "left_out": [None, len(lists.get(None, []))],
    }
    record(events.PUSHED, subject=push, by=by, at=at, changes=changes)
    return push


def _by_organ(missing: Iterable[Institution], by: Actor) -> dict[Organ | None, list[Institution]]:
    """Each receiving organ with its institutions; None for those that no organ is there for."""
    open_ones = Organ.objects.filter(jurisdiction__in=by.scope, closed_on__isnull=True).exclude(pk=by.organ_id)
    if Jurisdiction.objects.filter(pk__in=by.scope, children__isnull=False).exists():
        bureaus = open_ones.filter(kind=OrganKind.EDUCATION).order_by("-pk")
        receivers = {organ.jurisdiction_id: organ for organ in bureaus}
        key = "jurisdiction_id"
    else:
        receivers = {organ.division_id: organ for organ in open_ones.filter(kind=OrganKind.TOWN).order_by("-pk")}
        key = "town"
    lists: dict[Organ | None, list[Institution]] = defaultdict(list)
    for row in missing:
        lists[receivers.get(getattr(row, key))].append(row)
    return lists


def _asked(push: Push, rows: list[Institution]) -> dict[str, object]:
    label, on = push.get_flag_display(), local_date(push.pushed_at)
    head = f"截至{on}，下列{len(rows)}家机构尚未完成“{label}”，请于{push.due_on}前督促办理并反馈："
    names, left = "", len(rows)
    for number, row in enumerate(rows, start=1):
        line = f"\n{number}. {row.name}"
        if len(head) + len(names) + len(line) > LONGEST:
            names += f"\n……其余{left}家见催办记录。"
            break
        names, left = names + line, left - 1
    return {
        "title": f"督促完成{label}（{len(rows)}家）",
        "content": head + names,
        "due_on": push.due_on,
        "subject_label": str(push)[:200],
    }
