"""After the draw: results by object, the end of the check, publication within 20 working days, filing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, IllegalTransition, invalid
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import meet_deadline, start_deadline
from foundation.deadlines.rules import RUN_DEADLINES
from inspections import events, workflow
from inspections.enums import DrawState
from inspections.models import Draw, DrawnObject, DrawOfficer, InterestDeclaration, Visit
from inspections.queries import draws as queries
from inspections.rules import draws as rules

#: The states in which results are entered; in the last one each change needs a reason and shows at once.
ENTERED = (DrawState.DRAWN, DrawState.CHECKED, DrawState.PUBLISHED)


@operation
def record_result(
    *,
    drawn: DrawnObject,
    result: str,
    checked_on: date,
    by: Actor,
    at: datetime,
    follow_up: str = "",
    visit: Visit | None = None,
    reason: str = "",
) -> DrawnObject:
    """Enter what came of one object, or correct it (with a reason once the check is finished).

    ``visit`` is the record of the check, if one was filed. Raises NotAllowed, IllegalTransition, Conflict (voiding is
    asked for, nobody was sent), InvalidInput (no result, a day before the draw or after today, another institution's or
    a voided visit, no reason for a correction).
    """
    draw = lock(Draw, drawn.draw_id)
    row = lock(DrawnObject, drawn.pk)
    authorize(by, rules.can_record_result, row)
    _refuse_state(draw, ENTERED, "登记结果")
    _refuse_void_asked(draw)
    if row.first_officer_id is None:
        raise Conflict("该对象没有检查人员，请先指定。", code="no_pair")
    if not local_date(draw.drawn_at) <= checked_on <= local_date(at):
        raise invalid("checked_on", f"检查日期应在抽取之日({local_date(draw.drawn_at)})至今天之间。")
    if not result:
        raise invalid("result", "请选择检查结果。")
    if visit is not None and (visit.institution_id != row.institution_id or visit.voided_at):
        raise invalid("visit", "检查记录应是对这家机构的、未作废的记录。")
    corrects = draw.state != DrawState.DRAWN
    if corrects and not reason.strip():
        raise invalid("reason", "检查完成后更正结果，请写明理由。")
    row.result, row.checked_on, row.follow_up, row.entered_by_id = result, checked_on, follow_up.strip(), by.user_id
    row.visit = visit
    changes = update(row, "result", "checked_on", "follow_up", "entered_by", "visit")
    if changes:
        kind = events.DRAW_RESULT_CORRECTED if corrects else events.DRAW_RESULT_RECORDED
        record(kind, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def name_pair(*, drawn: DrawnObject, officers: Sequence[Post], reason: str, by: Actor, at: datetime) -> DrawnObject:
    """Name two officers by hand where the draw found no two without conflict; published as such, with the reason.

    Raises NotAllowed (the draw gave a pair), InvalidInput (not two, no certificate, a declared interest, no reason).
    """
    draw = lock(Draw, drawn.draw_id)
    row = lock(DrawnObject, drawn.pk)
    authorize(by, rules.can_name_pair, row)
    _refuse_void_asked(draw)
    allowed = set(queries.possible_officers(by, on=local_date(at)).values_list("pk", flat=True))
    people = {post.user_id for post in officers}
    if len(people) != 2 or len(officers) != 2 or not {post.pk for post in officers} <= allowed:
        raise invalid("officers", "请指定两名本辖区在岗、有执法证的人员。")
    interests = InterestDeclaration.objects.in_force(local_date(at)).filter(institution=row.institution_id)
    if interested := interests.filter(person__in=people).select_related("person").order_by("pk").first():
        raise invalid("officers", f"{interested.person}与该机构有利益关系，应当回避。")
    if not reason.strip():
        raise invalid("reason", "请写明指定的理由。")
    first, second = (_officer(draw, post) for post in sorted(officers, key=lambda post: post.certificate_no))
    row.first_officer, row.second_officer, row.pair_reason = first, second, reason.strip()
    update(row, "first_officer", "second_officer", "pair_reason")
    changes = {"officers": [None, [first.number, second.number]]}
    record(events.DRAW_PAIR_NAMED, subject=row, by=by, at=at, changes=changes, reason=row.pair_reason)
    return row


@operation
def finish_check(*, draw: Draw, by: Actor, at: datetime) -> Draw:
    """All objects are checked: the 20 working days for publication run from the last check's day (国发〔2019〕5号).

    Raises NotAllowed, IllegalTransition, Conflict (objects without a result, voiding is asked for).
    """
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    fields = advance(row, workflow.FINISH_CHECK, at=at)
    _refuse_void_asked(row)
    if missing := row.drawn.filter(result="").count():
        raise Conflict(f"还有 {missing} 家没有登记检查结果。", code="results_missing")
    row.checked_on = row.drawn.aggregate(last=Max("checked_on"))["last"] or local_date(at)
    changes = update(row, *fields, "checked_on")
    start_deadline(
        subject=row,
        code=queries.PUBLICATION,
        started_on=row.checked_on,
        title="公示双随机检查结果",
        url=reverse("admin:inspections_draw_change", args=[row.pk]),
        capability=Can.RUN_DRAW,
        jurisdiction=row.jurisdiction,
        organ=row.organ,
        by=_keeper(by, row),
        at=at,
    )
    record(events.DRAW_CHECKED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def publish_results(*, draw: Draw, by: Actor, at: datetime) -> Draw:
    """Show all results to the public; the clock stops. Raises NotAllowed, IllegalTransition."""
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    fields = advance(row, workflow.PUBLISH_RESULTS, at=at)
    row.published_on = local_date(at)
    changes = update(row, *fields, "published_on")
    row.drawn.update(published_on=row.published_on)
    if deadline := queries.publication_deadline(row):
        meet_deadline(deadline=deadline, by=_keeper(by, row), at=at)
    record(events.DRAW_PUBLISHED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def close_draw(*, draw: Draw, by: Actor, at: datetime) -> Draw:
    """File the draw: results are corrected no more; it stays public. Raises NotAllowed, IllegalTransition."""
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    fields = advance(row, workflow.CLOSE_DRAW, at=at)
    changes = update(row, *fields)
    record(events.DRAW_CLOSED, subject=row, by=by, at=at, changes=changes)
    return row


def _officer(draw: Draw, post: Post) -> DrawOfficer:
    """The person as an officer of this draw; from outside the pool where the draw could not give the person."""
    number = post.certificate_no.strip()
    known = DrawOfficer.objects.filter(draw=draw, number=number).first()
    return known or insert(DrawOfficer(draw=draw, post=post, number=number, by_hand=True))


def _keeper(by: Actor, draw: Draw) -> Actor:
    """The same person, allowed to run this draw's clock: the rule of the calling operation has decided that already."""
    return by.allowed(RUN_DEADLINES, scope=frozenset({draw.jurisdiction_id}))


def _refuse_state(draw: Draw, states: Sequence[str], what: str) -> None:
    if draw.state not in states:
        raise IllegalTransition(f"当前状态为“{draw.get_state_display()}”，不能{what}。请刷新页面查看最新进展。")


def _refuse_void_asked(draw: Draw) -> None:
    if draw.void_asked_by_id is not None:
        raise Conflict("这次抽查有待审核的作废申请，审核前不能办理。", code="void_asked")
