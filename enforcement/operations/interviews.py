"""约谈: planned with its problems, institutions summoned one by one or ticked in a list, held, and followed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from enforcement import clocks, events, papers, queries, rules, workflow
from enforcement.enums import INTERVIEW_LINK, InterviewKind, PartyState
from enforcement.models import Interview, InterviewParty, InterviewProblem, StudyGuest, StudyVisit
from foundation.accounts.models import Organ
from foundation.accounts.operations.links import end_link
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock, lock_all
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import meet_deadline
from inspections.models import Campaign, Visit
from institutions.models import Institution


@dataclass(frozen=True, kw_only=True)
class InterviewPlan:
    """``problems`` are the kinds of problems to talk about; with one at least, ``due_on`` says until when.

    ``campaign`` is the campaign in which the interview counts, if any.
    """

    kind: InterviewKind
    title: str
    planned_on: date
    place: str
    problems: Sequence[str] = ()
    due_on: date | None = None
    campaign: Campaign | None = None


@dataclass(frozen=True, kw_only=True)
class InterviewRecord:
    """What was said. ``attendance`` maps a party's id to who came, with the office held; empty means nobody did."""

    held_on: date
    host: str
    present: str = ""
    requirements: str = ""
    commitments: str = ""
    attendance: Mapping[int, str]


@operation
def plan_interview(*, plan: InterviewPlan, by: Actor, at: datetime) -> Interview:
    """Set an interview of the actor's own organ. Raises NotAllowed, InvalidInput (problems without a day, or the other
    way round; a day before the interview)."""
    organ = lock(Organ, by.organ_id)  # numbers of one bureau are given one after the other
    authorize(by, rules.can_plan_interviews)
    problems = list(dict.fromkeys(filter(None, (name.strip() for name in plan.problems))))
    if bool(problems) != (plan.due_on is not None):
        message = "列了要整改的问题，就要写整改期限；没有问题的，不写期限。"
        raise InvalidInput(message, code="interview_due", fields={"due_on": [message]})
    interview = insert(
        Interview(
            number=next_number(Interview, f"YT-{organ.jurisdiction.code}-{local_date(at).year}-"),
            kind=plan.kind,
            title=plan.title.strip(),
            jurisdiction=organ.jurisdiction,
            organ=organ,
            planned_on=plan.planned_on,
            place=plan.place.strip(),
            due_on=plan.due_on,
            campaign=plan.campaign,
            planned_by_id=by.user_id,
            planned_at=at,
            state_at=at,
        )
    )
    insert_all(InterviewProblem(interview=interview, name=name) for name in problems)
    record(events.INTERVIEW_PLANNED, subject=interview, by=by, at=at, changes={"problems": [None, problems]})
    return interview


@operation
def summon(*, interview: Interview, institution: Institution, by: Actor, at: datetime) -> InterviewParty:
    """Ask an institution to come. Raises NotAllowed (out of the area), IllegalTransition (held or cancelled), Conflict
    (the institution is gone; a second one for an individual interview)."""
    row = lock(Interview, interview.pk)
    authorize(by, rules.can_lead, row)
    authorize(by, rules.can_summon, institution)
    if not workflow.HOLD.starts_from(row.state):
        raise IllegalTransition(f"这次约谈{row.get_state_display()}，不能再加入机构。")
    if institution.merged_into_id or institution.withdrawn_at:
        raise Conflict("该机构记录已合并或撤回，不能约谈。", code="gone")
    if row.kind == InterviewKind.INDIVIDUAL and queries.summoned(row).exists():
        raise Conflict("个别约谈只约谈一家机构。", code="interview_individual")
    party = insert(InterviewParty(interview=row, institution=institution, state_at=at))
    record(events.PARTY_SUMMONED, subject=party, by=by, at=at, changes={"state": [None, party.state]})
    return party


@operation
def drop_party(*, party: InterviewParty, reason: str, by: Actor, at: datetime) -> InterviewParty:
    """Take an institution out of an interview that has not been held. Raises NotAllowed, IllegalTransition."""
    lock(Interview, party.interview_id)
    row = lock(InterviewParty, party.pk)
    authorize(by, rules.can_lead, row.interview)
    need_words(reason, "reason", "请填写移出理由。")
    fields = advance(row, workflow.DROP, at=at)
    changes = update(row, *fields)
    record(events.PARTY_DROPPED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def hold_interview(*, interview: Interview, told: InterviewRecord, by: Actor, at: datetime) -> Interview:
    """The interview took place: its record is a numbered paper, and the clock of each party with problems begins,
    also of who stayed away.

    Raises NotAllowed, IllegalTransition, InvalidInput (nobody summoned, a day in the future, an attendance missing).
    """
    row = lock(Interview, interview.pk)
    authorize(by, rules.can_lead, row)
    fields = advance(row, workflow.HOLD, at=at)
    parties = lock_all(InterviewParty, queries.summoned(row).values_list("pk", flat=True))
    _check(told, parties, at=at)
    row.held_on, row.host, row.present = told.held_on, told.host.strip(), told.present.strip()
    row.requirements, row.commitments = told.requirements.strip(), told.commitments.strip()
    for party in parties:
        _talked_to(party, row, told.attendance[party.pk].strip(), by=by, at=at)
    row.document = papers.issue_interview_record(row, parties, by=by, at=at)
    changes = update(row, *fields, "held_on", "host", "present", "requirements", "commitments", "document")
    record(events.INTERVIEW_HELD, subject=row, by=by, at=at, changes=changes | {"parties": [None, len(parties)]})
    return row


def _check(told: InterviewRecord, parties: list[InterviewParty], *, at: datetime) -> None:
    if not parties:
        raise InvalidInput("还没有通知任何机构，请先加入约谈对象。", code="interview_parties")
    if told.held_on > local_date(at):
        raise InvalidInput("约谈日期不能晚于今天。", code="date", fields={"held_on": ["不能晚于今天。"]})
    if missing := [party for party in parties if party.pk not in told.attendance]:
        raise InvalidInput(f"还有{len(missing)}家没有登记到场情况。", code="attendance")


def _talked_to(party: InterviewParty, interview: Interview, attendee: str, *, by: Actor, at: datetime) -> None:
    party.attended, party.attendee = bool(attendee), attendee
    party.due_on = interview.due_on
    fields = advance(party, workflow.ASK if interview.due_on else workflow.TALK, at=at)
    update(party, *fields, "attended", "attendee", "due_on")
    if party.state == PartyState.OPEN:
        clocks.start_for_party(party, interview, by=by, at=at)


@operation
def cancel_interview(*, interview: Interview, reason: str, by: Actor, at: datetime) -> Interview:
    """Call off an interview; its parties are free. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Interview, interview.pk)
    authorize(by, rules.can_lead, row)
    need_words(reason, "reason", "请填写取消理由。")
    fields = advance(row, workflow.CANCEL, at=at)
    row.cancel_reason = reason.strip()
    for party in lock_all(InterviewParty, queries.summoned(row).values_list("pk", flat=True)):
        update(party, *advance(party, workflow.DROP, at=at))
    changes = update(row, *fields, "cancel_reason")
    record(events.INTERVIEW_CANCELLED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def confirm_fixed(*, party: InterviewParty, visit: Visit, by: Actor, at: datetime, remark: str = "") -> InterviewParty:
    """A visit of two officers found that what the interview asked for is done.

    Raises NotAllowed, IllegalTransition, InvalidInput (a visit elsewhere, before the interview, or not clean).
    """
    row = lock(InterviewParty, party.pk)
    authorize(by, rules.can_confirm_fixed, row)
    fields = advance(row, workflow.FIX, at=at)
    seen = queries.visits_after(row.institution, row.interview.held_on).filter(pk=visit.pk).first()
    if seen is None or seen.outcome not in queries.PUT_RIGHT:
        message = "请选择约谈之后由两名以上人员进行、结论为未发现问题或已当场改正的检查作为依据。"
        raise InvalidInput(message, code="evidence", fields={"visit": [message]})
    row.closing_visit, row.remark = seen, remark.strip()
    changes = update(row, *fields, "closing_visit", "remark")
    if clock := clocks.of_party(row):
        meet_deadline(deadline=clock, by=by, at=at)
    end_link(subject=row, purpose=INTERVIEW_LINK, by=by, at=at)
    record(events.PARTY_FIXED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def record_study_visit(
    *,
    institution: Institution,
    held_on: date,
    topics: str,
    persons: int,
    guests: Sequence[Institution],
    by: Actor,
    at: datetime,
) -> StudyVisit:
    """Note that heads of other institutions were led through this one. Raises NotAllowed, InvalidInput."""
    host = lock(Institution, institution.pk)
    authorize(by, rules.can_summon, host)
    for guest in guests:
        authorize(by, rules.can_summon, guest)
    if held_on > local_date(at):
        raise InvalidInput("日期不能晚于今天。", code="date", fields={"held_on": ["不能晚于今天。"]})
    if host in guests:
        raise InvalidInput("观摩机构本身不列为参加机构。", code="guests", fields={"guests": ["不含观摩机构。"]})
    row = insert(
        StudyVisit(
            institution=host,
            organ_id=by.organ_id,
            held_on=held_on,
            topics=topics.strip(),
            persons=persons,
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
    )
    insert_all(StudyGuest(study_visit=row, institution=guest) for guest in guests)
    changes = {"persons": [None, persons], "guests": [None, len(guests)]}
    record(events.STUDY_VISIT_RECORDED, subject=row, by=by, at=at, changes=changes)
    return row
