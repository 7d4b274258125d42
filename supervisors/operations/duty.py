"""What a supervisor files besides visits, and what the bureau makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from clues.enums import Channel
from clues.operations.clues import take_in_clue
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.notifications.kinds import NoticeKind
from foundation.photos.operations import Sent, keep_photos
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import county_of
from institutions.models import Institution
from supervisors import events, notices, rules, workflow
from supervisors.enums import ProposalState
from supervisors.models import ActivityPhoto, Feedback, Proposal, PublicityActivity, Supervisor

MOST_PICTURES = 6
DECISIONS = {
    ProposalState.ADOPTED: workflow.ADOPT,
    ProposalState.PARTLY: workflow.ADOPT_PARTLY,
    ProposalState.DECLINED: workflow.DECLINE,
}


@operation
def file_feedback(
    *,
    supervisor: Supervisor,
    kind: str,
    text: str,
    by: Actor,
    at: datetime,
    institution: Institution | None = None,
) -> Feedback:
    """A supervisor tells the bureau what was noticed.

    Raises NotAllowed (another's, out of office or area), InvalidInput.
    """
    row = _own(supervisor, by, at)
    if institution is not None:
        authorize(by, rules.can_tell_of, institution)
    feedback = insert(
        Feedback(
            supervisor=row,
            jurisdiction=institution.jurisdiction if institution else row.area,
            institution=institution,
            kind=kind,
            text=text.strip(),
            filed_at=at,
            state_at=at,
        )
    )
    record(events.FED_BACK, subject=feedback, by=by, at=at, changes={"kind": [None, kind]})
    _tell_managers(row, notices.FED_BACK, f"{row.name}：{feedback.get_kind_display()}", feedback, at)
    return feedback


@operation
def answer_feedback(*, feedback: Feedback, reply: str, by: Actor, at: datetime) -> Feedback:
    """The bureau answers; the supervisor is told. Raises NotAllowed, IllegalTransition, InvalidInput (no reply)."""
    row = lock(Feedback, feedback.pk)
    authorize(by, rules.can_handle_feedback, row)
    need_words(reply, "reply", "请填写答复。")
    fields = advance(row, workflow.ANSWER, at=at)
    row.reply, row.handled_by_id = reply.strip(), by.user_id
    changes = update(row, *fields, "reply", "handled_by")
    record(events.FEEDBACK_ANSWERED, subject=row, by=by, at=at, changes=changes)
    _tell_supervisor(row.supervisor, notices.ANSWERED, f"反馈“{row.get_kind_display()}”已答复", row, at)
    return row


@operation
def convert_feedback(*, feedback: Feedback, division: Division, subject: str, by: Actor, at: datetime) -> Feedback:
    """Make a clue of it, in the town named; the link stays, and the supervisor is told that it is followed up.
    The clue names the supervisor as its reporter, as those of all own people do.

    Raises NotAllowed, IllegalTransition, InvalidInput and Conflict as the clue's own operation does.
    """
    row = lock(Feedback, feedback.pk)
    authorize(by, rules.can_handle_feedback, row)
    fields = advance(row, workflow.CONVERT, at=at)
    place = row.institution.jurisdiction if row.institution_id else _bureau_of(division)
    row.clue = take_in_clue(
        jurisdiction=place,
        division=division,
        subject=subject,
        channel=Channel.SUPERVISOR,
        content=row.text,
        institution=row.institution,
        reported_by=row.supervisor.user,
        happened_on=local_date(row.filed_at),
        by=by,
        at=at,
    )
    row.handled_by_id = by.user_id
    changes = update(row, *fields, "clue", "handled_by")
    record(events.FEEDBACK_CONVERTED, subject=row, by=by, at=at, changes=changes)
    _tell_supervisor(row.supervisor, notices.ANSWERED, f"反馈“{row.get_kind_display()}”已转线索核查", row, at)
    return row


def _bureau_of(division: Division) -> Jurisdiction:
    bureau = Jurisdiction.objects.filter(division=county_of(division)).first()
    if bureau is None:
        raise InvalidInput("请选择区县内的乡镇或街道。", fields={"division": ["请选择区县内的乡镇或街道。"]})
    return bureau


@operation
def record_activity(
    *,
    supervisor: Supervisor,
    outlet: str,
    title: str,
    held_on: date,
    by: Actor,
    at: datetime,
    link: str = "",
    description: str = "",
    reach: int | None = None,
    photos: Sequence[Sent] = (),
) -> PublicityActivity:
    """A supervisor explained policy somewhere.

    Raises NotAllowed, InvalidInput (a day to come, nothing to show, too many pictures).
    """
    row = _own(supervisor, by, at)
    if held_on > local_date(at):
        raise InvalidInput("日期不能晚于今天。", fields={"held_on": ["日期不能晚于今天。"]})
    if len(photos) > MOST_PICTURES:
        raise InvalidInput(f"一次宣传活动最多{MOST_PICTURES}张图片。", code="photos")
    activity = insert(
        PublicityActivity(
            supervisor=row,
            outlet=outlet,
            title=title.strip(),
            link=link,
            description=description.strip(),
            held_on=held_on,
            reach=reach,
            pictured=len(photos),
            recorded_at=at,
        )
    )
    for photo in keep_photos(sent=photos, jurisdiction=row.area, by=by, at=at) if photos else ():
        insert(ActivityPhoto(activity=activity, photo=photo))
    record(events.PUBLICISED, subject=activity, by=by, at=at, changes={"outlet": [None, outlet]})
    return activity


@operation
def propose(*, supervisor: Supervisor, title: str, text: str, by: Actor, at: datetime) -> Proposal:
    """A supervisor proposes that something be done otherwise. Raises NotAllowed, InvalidInput (nothing said)."""
    row = _own(supervisor, by, at)
    proposal = insert(Proposal(supervisor=row, title=title.strip(), text=text.strip(), filed_at=at, state_at=at))
    record(events.PROPOSED, subject=proposal, by=by, at=at, changes={"title": [None, proposal.title]})
    _tell_managers(row, notices.PROPOSED, f"{row.name}：{proposal.title}", proposal, at)
    return proposal


@operation
def decide_proposal(*, proposal: Proposal, decision: str, reply: str, by: Actor, at: datetime) -> Proposal:
    """采纳, 部分采纳 or 未采纳, with a word to the supervisor. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Proposal, proposal.pk)
    authorize(by, rules.can_decide_proposal, row)
    need_words(reply, "reply", "请填写答复。")
    if decision not in DECISIONS:
        raise InvalidInput("请选择采纳情况。", fields={"decision": ["请选择采纳情况。"]})
    step: Transition = DECISIONS[ProposalState(decision)]
    fields = advance(row, step, at=at)
    row.reply, row.decided_by_id = reply.strip(), by.user_id
    changes = update(row, *fields, "reply", "decided_by")
    record(events.PROPOSAL_DECIDED, subject=row, by=by, at=at, changes=changes, reason=row.reply)
    _tell_supervisor(row.supervisor, notices.ANSWERED, f"建议“{row.title}”：{row.get_state_display()}", row, at)
    return row


def _own(supervisor: Supervisor, by: Actor, at: datetime) -> Supervisor:
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.is_own_and_in_office, row, local_date(at))
    return row


def _tell_managers(row: Supervisor, notice: NoticeKind, title: str, about: Feedback | Proposal, at: datetime) -> None:
    outbox.put(
        notices.FOR_MANAGERS,
        at=at,
        notice=notice.code,
        organ_id=row.organ_id,
        title=title,
        model=about._meta.label_lower,
        pk=about.pk,
    )


def _tell_supervisor(row: Supervisor, notice: NoticeKind, title: str, about: Feedback | Proposal, at: datetime) -> None:
    outbox.put(
        notices.FOR_SUPERVISOR,
        at=at,
        notice=notice.code,
        user_id=row.user_id,
        title=title,
        model=about._meta.label_lower,
        pk=about.pk,
    )
