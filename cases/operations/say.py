"""The party's say: its defence and the answer to it, its waiver, the hearing. No decision before it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases import clocks, events, notices, queries, rules, workflow
from cases.enums import SAY_LINK, CaseState, StatementKind
from cases.models import Case, CasePaper, Hearing, Statement
from cases.telling import tell
from foundation.accounts.enums import Can
from foundation.accounts.links import can_answer, locked_by
from foundation.accounts.models import Post
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.enums import Limit


@operation
def take_statement(
    *, case: Case, kind: str, text: str, given_by: str, given_on: date, by: Actor, at: datetime
) -> Statement:
    """Write down what the party says about the notice: a defence, its wish to be heard, or that it waives its say.

    A wish to be heard comes within its term, where there is a right to it. Raises NotAllowed, InvalidInput, Conflict.
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_take_statement, row)
    return _take_in(row, kind, text, given_by, given_on, by=by, at=at)


@operation
def say_by_link(*, code: str, kind: str, text: str, given_by: str, by: Actor, at: datetime) -> Statement:
    """The party itself says it, with the code of its notice (``code``: its hash), until the last day of its term.

    The same words of the same person again are the same statement; a waiver is given in writing only. Raises
    NotAllowed (somebody who is logged in), Conflict (no such code, or no more; the term is over), InvalidInput.
    """
    authorize(by, can_answer)
    row = locked_by(SAY_LINK, Case, code, at=at)
    notice = _served_notice(row)
    same = {"entered_by": None, "kind": kind, "text": text.strip(), "given_by": given_by.strip()}
    if said := notice.statements.filter(**same).first():
        return said
    if kind == StatementKind.WAIVER:
        raise invalid("kind", "放弃陈述申辩须提交书面声明，请交给经办人。", code="waiver")
    last = clocks.last_day(row, Limit.DEFENCE_STATEMENT)
    if row.state != CaseState.NOTIFIED or last is None or local_date(at) > last:
        raise Conflict("陈述申辩的期限已过。", code="say_over")
    by = by.allowed(Can.KEEP_CASE_TERMS, scope=frozenset({row.jurisdiction_id}))
    statement = _take_in(row, kind, text, given_by, local_date(at), by=by, at=at)
    tell(row, notices.SAID, at=at)
    return statement


def _take_in(row: Case, kind: str, text: str, given_by: str, given_on: date, *, by: Actor, at: datetime) -> Statement:
    notice = _served_notice(row)
    need_words(text, "text", "请写明当事人意见的内容。")
    if not notice.served_on <= given_on <= local_date(at):
        raise invalid("given_on", f"日期应在告知书送达之日（{notice.served_on}）至今天之间。", code="date")
    if kind == StatementKind.HEARING:
        _hearing_in_time(row, given_on)
    statement = insert(
        Statement(
            case=row,
            notice=notice,
            kind=kind,
            text=text.strip(),
            given_by=given_by.strip(),
            given_on=given_on,
            entered_by_id=by.user_id,
        )
    )
    changes: dict = {"statement": [None, str(statement)]}
    if kind == StatementKind.HEARING:
        changes |= update(row, *advance(row, workflow.REQUEST_HEARING, at=at))
        clocks.meet(row, Limit.HEARING_REQUEST, by=by, at=at)
    record(events.STATED, subject=row, by=by, at=at, changes=changes)
    return statement


def _served_notice(case: Case) -> CasePaper:
    notice = queries.notice_paper(case)
    if notice is None or notice.served_on is None:
        raise Conflict("告知书还没有送达，请先登记送达。", code="notice_not_served")
    return notice


def _hearing_in_time(case: Case, given_on: date) -> None:
    last = clocks.last_day(case, Limit.HEARING_REQUEST)
    if not queries.may_be_heard(case) or last is None:
        raise Conflict("拟作出的处罚不属于可以要求听证的种类。", code="no_hearing")
    if given_on > last:
        raise Conflict(f"申请听证的期限（{last}）已过。", code="hearing_too_late")


@operation
def answer_statement(*, statement: Statement, accepted: bool, answer: str, by: Actor, at: datetime) -> Statement:
    """Say whether the defence is accepted, and why. Raises NotAllowed (answered already), InvalidInput (no words)."""
    row = lock(Statement, statement.pk)
    authorize(by, rules.can_answer_statement, row)
    need_words(answer, "answer", "请写明复核意见。")
    row.accepted, row.answer, row.answered_by_id = accepted, answer.strip(), by.user_id
    changes = update(row, "accepted", "answer", "answered_by")
    record(events.STATEMENT_ANSWERED, subject=row.case, by=by, at=at, changes=changes, reason=answer)
    return row


@operation
def end_say(*, case: Case, by: Actor, at: datetime) -> Case:
    """The party has said what it wanted, waived its say in writing, or let its terms pass.

    Raises NotAllowed, IllegalTransition, Conflict (not served, the terms still run, a defence without an answer).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.END_SAY, at=at)
    notice = _served_notice(row)
    _refuse_unanswered(notice)
    if not notice.statements.filter(kind=StatementKind.WAIVER).exists():
        _refuse_running(row, at)
    changes = update(row, *fields)
    _stop_say(row, by=by, at=at)
    record(events.SAY_ENDED, subject=row, by=by, at=at, changes=changes)
    return row


def _refuse_unanswered(notice: CasePaper) -> None:
    if queries.unanswered(notice).exists():
        raise Conflict("当事人的陈述申辩还没有复核，请先复核。", code="not_answered")


def _refuse_running(case: Case, at: datetime) -> None:
    terms = [clocks.last_day(case, code) for code in (Limit.DEFENCE_STATEMENT, Limit.HEARING_REQUEST)]
    last = max(day for day in terms if day)
    if local_date(at) <= last:
        raise Conflict(
            f"陈述申辩和申请听证的期限到{last}，期满前不能结束；当事人书面放弃的，请先登记。", code="say_runs"
        )


def _stop_say(case: Case, *, by: Actor, at: datetime) -> None:
    for code in (Limit.DEFENCE_STATEMENT, Limit.HEARING_REQUEST):
        clocks.meet(case, code, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class HearingPlan:
    """Who leads the hearing, when and where, open to all or not."""

    host: Post
    planned_on: date
    place: str
    open_to_all: bool = True


@operation
def call_hearing(*, case: Case, plan: HearingPlan, by: Actor, at: datetime) -> Hearing:
    """Call the party to the hearing it asked for, at least seven working days ahead.

    Raises NotAllowed, InvalidInput (too soon, a host who handles the case), Conflict (called already, none asked for).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    asked = Statement.objects.filter(case=row, notice__turn=row.turn, kind=StatementKind.HEARING).last()
    if asked is None or hasattr(asked, "hearing"):
        raise Conflict("当事人没有要求听证，或者已经通知听证。", code="hearing")
    if plan.host.organ_id != row.organ_id or plan.host.user_id in queries.investigators(row):
        raise invalid("host", "听证由本单位非本案调查人员主持。")
    first = queries.earliest_hearing(row, called_on=local_date(at))
    if plan.planned_on < first:
        raise invalid("planned_on", f"应当在举行听证的七个工作日前通知，听证最早在{first}举行。", code="date")
    hearing = insert(
        Hearing(
            case=row,
            request=asked,
            host_id=plan.host.user_id,
            called_on=local_date(at),
            planned_on=plan.planned_on,
            place=plan.place.strip(),
            open_to_all=plan.open_to_all,
        )
    )
    changes = {"planned_on": [None, plan.planned_on], "host": [None, plan.host.user.name]}
    record(events.HEARING_CALLED, subject=row, by=by, at=at, changes=changes)
    return hearing


@operation
def hold_hearing(
    *, hearing: Hearing, held_on: date, text: str, by: Actor, at: datetime, withdrawn: bool = False
) -> Hearing:
    """Write down the hearing, or that the party withdrew or stayed away. Raises NotAllowed, InvalidInput, Conflict."""
    case = lock(Case, hearing.case_id)
    row = lock(Hearing, hearing.pk)
    authorize(by, rules.can_handle, case)
    need_words(text, "text", "请写明听证情况。")
    if row.held_on is not None:
        raise Conflict("听证已经结束。", code="hearing")
    if held_on > local_date(at) or (not withdrawn and held_on < row.planned_on):
        raise invalid("held_on", f"听证日期应在{row.planned_on}至今天之间。", code="date")
    fields = advance(case, workflow.END_HEARING, at=at)
    _refuse_unanswered(row.request.notice)
    row.held_on, row.record, row.withdrawn = held_on, text.strip(), withdrawn
    changes = update(row, "held_on", "record", "withdrawn") | update(case, *fields)
    _stop_say(case, by=by, at=at)
    record(events.HEARING_HELD, subject=case, by=by, at=at, changes=changes)
    return row


@operation
def reopen(*, case: Case, reason: str, by: Actor, at: datetime) -> Case:
    """What the party said calls for more facts: investigate, be reviewed and tell it again.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    need_words(reason, "reason", "请写明重新调查的理由。")
    changes = update(row, *advance(row, workflow.REOPEN, at=at))
    record(events.REOPENED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
