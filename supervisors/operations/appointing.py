"""From a candidate whom nobody objects to any more to a supervisor with an account, a letter and a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.accounts.operations.users import Issued, create_user
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.calendars import add_months
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from supervisors import events, rules, workflow
from supervisors.enums import ObjectionState
from supervisors.models import Candidate, Recruitment, Supervisor
from supervisors.papers import issue_papers
from supervisors.posts import give_post

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Appointed:
    """The supervisor, and for a new account its one-time password, which is kept nowhere."""

    supervisor: Supervisor
    issued: Issued | None


@operation
def appoint(
    *,
    candidate: Candidate,
    by: Actor,
    at: datetime,
    area: Jurisdiction | None = None,
    term_from_on: date | None = None,
    user: User | None = None,
    is_demo: bool = False,
) -> Appointed:
    """Appoint a candidate: number, term, post (in a new account, or in that of ``user``), letter and card.

    A replacement finishes the term of the one replaced. Raises NotAllowed, IllegalTransition, Conflict (the list is
    still shown to all, an objection is open), InvalidInput (an area elsewhere, a term that begins before today).
    """
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_appoint, row)
    recruitment, today = row.recruitment, local_date(at)
    _refuse_early(row, today)
    area = area or recruitment.jurisdiction
    if area.pk not in jurisdictions_below(recruitment.jurisdiction_id):
        raise InvalidInput("责任区域不在聘任地区内。", fields={"area": ["请选择聘任地区内的区域。"]})
    first, last = _term(row, term_from_on or today, today)
    fields = advance(row, workflow.APPOINT, at=at)
    lock(Jurisdiction, recruitment.jurisdiction_id)  # numbers of one place are given one after the other
    number = _next_number(recruitment, first)
    issued = None if user else _open_account(row, number, by=by, at=at, is_demo=is_demo)
    holder = user or issued.user
    post = give_post(holder, recruitment, area, first, last, by=by, at=at)
    supervisor = insert(
        Supervisor(
            number=number,
            jurisdiction=row.jurisdiction,
            organ=recruitment.organ,
            recruitment=recruitment,
            candidate=row,
            user=holder,
            post=post,
            area=area,
            level=recruitment.level,
            name=row.name,
            identities=row.identities,
            term_from_on=first,
            term_until_on=last,
            state_at=at,
        )
    )
    update(row, *fields)
    changes = {"number": [None, number], "term": [None, f"{first}至{last}"], "area": [None, area.name]}
    record(events.APPOINTED, subject=supervisor, by=by, at=at, changes=changes)
    issue_papers(supervisor, first=first, last=last, by=by, at=at)
    return Appointed(supervisor, issued)


def _refuse_early(row: Candidate, today: date) -> None:
    until = row.recruitment.publicity_until_on
    if today <= until:
        raise Conflict(f"公示至{until}止，期满后才能聘任。", code="publicity_runs")
    if row.objections.filter(state=ObjectionState.OPEN).exists():
        raise Conflict("该人选有待处理的异议，处理后才能聘任。", code="objection_open")


def _term(row: Candidate, first: date, today: date) -> tuple[date, date]:
    if first < today:
        raise InvalidInput("聘期不能早于今天开始。", fields={"term_from_on": ["不能早于今天。"]})
    if row.replaces is None:
        return first, add_months(first, row.recruitment.term_months) - DAY
    if row.replaces.term_until_on < first:
        raise Conflict("被接替监督员的原聘期已满，请作为新人选推荐。", code="replaced_term_over")
    return first, row.replaces.term_until_on


def _next_number(recruitment: Recruitment, first: date) -> str:
    return next_number(Supervisor, f"JDY-{recruitment.jurisdiction.code}-{first.year}-", digits=3)


def _open_account(row: Candidate, number: str, *, by: Actor, at: datetime, is_demo: bool) -> Issued:
    keeper = by.allowed(Can.MANAGE_ACCOUNTS, scope=frozenset({row.recruitment.organ.jurisdiction_id}))
    return create_user(
        organ=row.recruitment.organ,
        username=number.lower(),
        name=row.name,
        phone=row.phone,
        is_demo=is_demo,
        by=keeper,
        at=at,
    )
