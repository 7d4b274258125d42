"""The three named persons of an institution: from posts over areas and categories, correctable by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.accounts.models import Post
from foundation.audit.record import record, record_many
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from institutions import events, rules
from institutions.covering import Step, steps_for
from institutions.enums import Net
from institutions.models import DepartmentCharge, Institution, Responsible


@dataclass(frozen=True)
class Filled:
    """How many names ``fill_nets`` gave, and how many it took away without finding another."""

    named: int
    released: int


@operation
def name_responsible(
    *, institution: Institution, net: str, post: Post, by: Actor, at: datetime, by_hand: bool = True
) -> Responsible:
    """Name the person of one net for an institution. A name given by hand is not replaced by ``fill_nets``.

    Raises NotAllowed, InvalidInput (the post is over).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    if post.valid_to is not None and post.valid_to < local_date(at):
        raise InvalidInput("该岗位已经结束，请另选在岗人员。", code="post_over", fields={"post": ["该岗位已经结束。"]})
    person = {"post": post, "organ": post.organ, "person_name": post.user.name, "by_hand": by_hand}
    held = Responsible.objects.select_for_update(of=("self",)).filter(institution=row, net=net).first()
    if held is None:
        held = insert(Responsible(institution=row, net=net, since=local_date(at), **person))
        changes: dict[str, list] = {Net(net).label: [None, held.person_name]}
    else:
        before = held.person_name
        for name, value in person.items():
            setattr(held, name, value)
        held.since = local_date(at)
        if not update(held, *person, "since"):
            return held
        changes = {Net(net).label: [before, held.person_name]}
    record(events.RESPONSIBLE_NAMED, subject=row, by=by, at=at, changes=changes)
    return held


@operation
def fill_nets(*, institutions: Iterable[Institution], by: Actor, at: datetime) -> Filled:
    """Name whom the posts give to each institution in each net (``covering.steps_for``), for thousands in one go.

    A name given by hand stays while its post is held; a name whose post is over is replaced or released. Each name
    given or released is an event of its institution. Raises NotAllowed if one of them may not be edited.
    """
    rows = lock_all(Institution, [row.pk for row in institutions])
    for row in rows:
        authorize(by, rules.can_edit, row)
    steps = steps_for(rows, on=local_date(at))
    named = [step for step in steps if step.post is not None]
    released = [step for step in steps if step.post is None]
    _write(named, since=local_date(at))
    Responsible.objects.filter(pk__in=[step.held.pk for step in released if step.held]).delete()
    record_many(events.RESPONSIBLE_NAMED, _facts(named), by=by, at=at)
    record_many(events.RESPONSIBLE_RELEASED, _facts(released), by=by, at=at)
    return Filled(len(named), len(released))


def _write(steps: list[Step], *, since: date) -> None:
    new, changed = [], []
    for step in steps:
        held = step.held or Responsible(institution=step.institution, net=step.net)
        (changed if step.held else new).append(held)
        held.post, held.organ, held.person_name = step.post, step.post.organ, step.post.user.name
        held.by_hand, held.since = False, since
    Responsible.objects.bulk_create(new, batch_size=1000)
    Responsible.objects.bulk_update(changed, ["post", "organ", "person_name", "by_hand", "since"], batch_size=1000)


def _facts(steps: list[Step]) -> Iterator[tuple[Institution, dict[str, list[str | None]]]]:
    """Each institution with the net and the names before and after."""
    for step in steps:
        after = step.post.user.name if step.post else None
        yield step.institution, {step.net.label: [step.before, after]}


@operation
def set_charge(
    *,
    charge: str,
    department: str,
    jurisdiction: Jurisdiction | None,
    effective_from: date,
    by: Actor,
    at: datetime,
) -> DepartmentCharge:
    """Put a kind of department in charge of a kind of institution from a day on; no jurisdiction means everywhere.

    What held there ends the day before; the same day set again is corrected. Names follow with the next
    ``fill_nets``. Raises NotAllowed, InvalidInput (not such a department, before what is set already).
    """
    authorize(by, rules.can_set_charge_in, jurisdiction)
    if department not in rules.CHARGED:
        raise InvalidInput("该部门不承担分类包干。", code="department", fields={"department": ["请另选部门。"]})
    held = (
        DepartmentCharge.objects.select_for_update(of=("self",))
        .filter(charge=charge, jurisdiction=jurisdiction, effective_to__isnull=True)
        .first()
    )
    before = held.department if held is not None else None
    if held is not None and held.effective_from == effective_from:
        row, held.department = held, department
        update(row, "department")
    else:
        if held is not None:
            _end(held, before=effective_from)
        row = insert(
            DepartmentCharge(
                charge=charge, department=department, jurisdiction=jurisdiction, effective_from=effective_from
            )
        )
    changes = {"department": [before, department], "effective_from": [None, effective_from]}
    record(events.CHARGE_SET, subject=row, by=by, at=at, changes=changes)
    return row


def _end(held: DepartmentCharge, *, before: date) -> None:
    if before < held.effective_from:
        message = f"现行分工自 {held.effective_from} 起施行，新分工不能更早。"
        raise InvalidInput(message, code="charge_not_later", fields={"effective_from": [message]})
    held.effective_to = before - timedelta(days=1)
    update(held, "effective_to")
