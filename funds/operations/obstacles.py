"""监管问题: entered by kind with an owner and a day, closed with a result; and trainings of administrators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, User
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from funds import events, notices, queries, rules, workflow
from funds.models import AdminTraining, Obstacle, TrainingOrgan
from institutions.models import Institution


@operation
def open_obstacle(
    *,
    kind: str,
    words: str,
    owner: User,
    due_on: date,
    found_on: date,
    by: Actor,
    at: datetime,
    institution: Institution | None = None,
) -> Obstacle:
    """Enter what stands in the way, of one institution or (none given) of the county; a clock runs to its day.

    Raises NotAllowed (another county's institution), InvalidInput (no words, an owner of another organ, days that do
    not fit).
    """
    if institution is None:
        authorize(by, rules.can_keep_some)
    else:
        authorize(by, rules.can_keep, institution)
    need_words(words, "words", "请填写问题。")
    if not queries.keepers_of(by, on=local_date(at)).filter(pk=owner.pk).exists():
        raise invalid("owner", "负责人应是本单位在岗的经办人。")
    if found_on > local_date(at) or due_on < local_date(at):
        raise invalid("due_on", "发现日期不能晚于今天，解决期限不能早于今天。")
    organ = Organ.objects.select_related("jurisdiction").get(pk=by.organ_id)
    place = institution.jurisdiction if institution else organ.jurisdiction
    facts = {"kind": kind, "words": words.strip(), "found_on": found_on, "owner": owner, "due_on": due_on}
    about = {"jurisdiction": place, "institution": institution}
    row = insert(Obstacle(**about, **facts, state_at=at, opened_at=at, opened_by_id=by.user_id))
    start_deadline(
        subject=row,
        code=notices.OBSTACLE_CLOCK,
        started_on=local_date(at),
        due_on=due_on,
        title="监管问题解决",
        url=reverse("admin:funds_obstacle_change", args=[row.pk]),
        capability=Can.KEEP_FUNDS,
        jurisdiction=place,
        organ=organ,
        by=by,
        at=at,
    )
    changes = {"kind": [None, row.get_kind_display()], "owner": [None, owner.name], "due_on": [None, due_on]}
    record(events.OBSTACLE_OPENED, subject=row, by=by, at=at, changes=changes, reason=row.words)
    return row


@operation
def close_obstacle(*, obstacle: Obstacle, closed_on: date, result: str, by: Actor, at: datetime) -> Obstacle:
    """It is out of the way, and how; the clock stops. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Obstacle, obstacle.pk)
    authorize(by, rules.can_close_obstacle, row)
    need_words(result, "result", "请填写处理结果。")
    if not row.found_on <= closed_on <= local_date(at):
        raise invalid("closed_on", f"解决日期应在发现日期{row.found_on}至今天之间。")
    fields = advance(row, workflow.CLOSE, at=at)
    row.closed_on, row.result = closed_on, result.strip()
    changes = update(row, *fields, "closed_on", "result")
    for deadline in open_clocks_of(row):
        meet_deadline(deadline=deadline, by=by, at=at)
    record(events.OBSTACLE_CLOSED, subject=row, by=by, at=at, changes=changes, reason=result)
    return row


@operation
def hold_admin_training(
    *,
    mode: str,
    held_on: date,
    topic: str,
    persons: int,
    organs: Sequence[Organ],
    by: Actor,
    at: datetime,
    place: str = "",
) -> AdminTraining:
    """Write down a session for administrators with the organs that had people there.

    Raises NotAllowed, InvalidInput (a day to come, no topic, nobody there, an organ outside the area).
    """
    authorize(by, rules.can_hold_training)
    if held_on > local_date(at):
        raise invalid("held_on", "培训日期不能晚于今天。")
    allowed = set(queries.training_organs(by).filter(pk__in=[one.pk for one in organs]).values_list("pk", flat=True))
    if not organs or {one.pk for one in organs} != allowed:
        raise invalid("organs", "请选择参训单位，且应在本辖区内。")
    host = Organ.objects.get(pk=by.organ_id)
    facts = {"mode": mode, "held_on": held_on, "topic": topic.strip(), "place": place, "persons": persons}
    row = insert(
        AdminTraining(
            jurisdiction_id=host.jurisdiction_id, organ=host, recorded_by_id=by.user_id, recorded_at=at, **facts
        )
    )
    insert_all(TrainingOrgan(training=row, organ=one) for one in organs)
    changes = {"topic": [None, row.topic], "persons": [None, persons], "attending": [None, len(organs)]}
    record(events.TRAINING_HELD, subject=row, by=by, at=at, changes=changes)
    return row
