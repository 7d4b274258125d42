"""Opening a batch, sharing out places, showing the list to all, closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.working_days import calendar, hold_calendar
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction
from supervisors import events, rules, workflow
from supervisors.enums import CONDITIONS, CandidateState, Level, RecruitmentState
from supervisors.models import Candidate, Duty, Quota, Recruitment


@operation
def open_recruitment(
    *,
    jurisdiction: Jurisdiction,
    batch: str,
    nominate_by_on: date,
    by: Actor,
    at: datetime,
    term_months: int = 24,
    publicity_days: int = 5,
    conditions: Sequence[str] = CONDITIONS,
    notes: str = "",
    minimum: int = 1,
    target: int = 2,
) -> Recruitment:
    """Begin a batch of a city's or county's supervisors, with what each of them will owe a month (家次).

    Raises NotAllowed, InvalidInput (a name used before, no conditions, a last day in the past, a province).
    """
    authorize(by, rules.can_recruit_in, jurisdiction)
    if jurisdiction.level == JurisdictionLevel.PROVINCE:
        raise InvalidInput("省级不聘任社会监督员，请选择市或区县。", fields={"jurisdiction": ["请选择市或区县。"]})
    if nominate_by_on < local_date(at):
        raise InvalidInput("推荐截止不能早于今天。", fields={"nominate_by_on": ["不能早于今天。"]})
    row = insert(
        Recruitment(
            jurisdiction=jurisdiction,
            organ=Organ.objects.get(pk=by.organ_id),
            level=Level.CITY if jurisdiction.level == JurisdictionLevel.CITY else Level.COUNTY,
            batch=batch.strip(),
            term_months=term_months,
            publicity_days=publicity_days,
            conditions=[text.strip() for text in conditions if text.strip()],
            notes=notes,
            nominate_by_on=nominate_by_on,
            state_at=at,
            opened_at=at,
        )
    )
    first = local_date(at).replace(day=1)
    insert(Duty(recruitment=row, from_on=first, minimum=minimum, target=target))
    changes = {"batch": [None, row.batch], "term_months": [None, term_months], "duty": [None, f"{minimum}/{target}"]}
    record(events.RECRUITMENT_OPENED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def set_quotas(*, recruitment: Recruitment, places: Mapping[Jurisdiction, int], by: Actor, at: datetime) -> Recruitment:
    """Say how many persons each district may nominate, in place of what was said before.

    Raises NotAllowed, InvalidInput (outside the area, less than it has nominated), Conflict (nominations are over).
    """
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_manage_recruitment, row)
    if row.state != RecruitmentState.NOMINATING:
        raise Conflict("推荐已结束，不能再调整名额。", code="nomination_over")
    before = {quota.jurisdiction_id: quota for quota in row.quotas.select_related("jurisdiction")}
    changes: dict[str, list] = {}
    for place, number in places.items():
        if place.pk not in by.scope:
            raise InvalidInput(f"{place}不在本辖区。", code="outside")
        quota = before.get(place.pk)
        if quota is None and not number:
            continue
        _refuse_fewer(row, place, number)
        if quota is None:
            insert(Quota(recruitment=row, jurisdiction=place, places=number))
            changes[place.name] = [0, number]
        elif quota.places != number:
            changes[place.name] = [quota.places, number]
            quota.places = number
            update(quota, "places")
    if changes:
        record(events.QUOTA_SET, subject=row, by=by, at=at, changes=changes)
    return row


def _refuse_fewer(recruitment: Recruitment, place: Jurisdiction, number: int) -> None:
    nominated = Candidate.objects.filter(recruitment=recruitment, jurisdiction=place)
    taken = nominated.exclude(state=CandidateState.WITHDRAWN).count()
    if number < taken:
        raise InvalidInput(f"{place}已推荐{taken}人，名额不能少于{taken}。", code="quota_below_nominated")


@operation
def set_duty(
    *,
    recruitment: Recruitment,
    from_on: date,
    minimum: int,
    target: int,
    by: Actor,
    at: datetime,
) -> Duty:
    """What supervisors of the batch owe a month (家次) from a month on; months before keep what held then.

    Raises NotAllowed, InvalidInput (a past month, a month set before, more at least than as the target).
    """
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_manage_recruitment, row)
    if from_on < local_date(at).replace(day=1):
        raise InvalidInput("已过去的月份不能改变履职要求。", fields={"from_on": ["最早为本月。"]})
    duty = insert(Duty(recruitment=row, from_on=from_on.replace(day=1), minimum=minimum, target=target))
    changes = {"from_on": [None, duty.from_on], "minimum": [None, minimum], "target": [None, target]}
    record(events.DUTY_SET, subject=row, by=by, at=at, changes=changes)
    return duty


@operation
def end_nomination(*, recruitment: Recruitment, by: Actor, at: datetime) -> Recruitment:
    """No more nominations. Raises NotAllowed, IllegalTransition, InvalidInput (nobody was nominated)."""
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_manage_recruitment, row)
    if not row.candidates.exclude(state=CandidateState.WITHDRAWN).exists():
        raise InvalidInput("还没有推荐人选，不能结束推荐。", code="no_candidates")
    fields = advance(row, workflow.END_NOMINATION, at=at)
    changes = update(row, *fields)
    record(events.NOMINATION_ENDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def start_publicity(*, recruitment: Recruitment, objection_contact: str, by: Actor, at: datetime) -> Recruitment:
    """Show the list to all for the batch's number of working days; the day of the notice is not counted.

    Raises NotAllowed, IllegalTransition, InvalidInput (somebody is still to be reviewed, nobody passed, no contact).
    """
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_manage_recruitment, row)
    states = set(row.candidates.values_list("state", flat=True))
    if CandidateState.NOMINATED in states:
        raise InvalidInput("还有人选待资格审核，不能公示。", code="reviews_open")
    if CandidateState.PASSED not in states:
        raise InvalidInput("没有审核通过的人选，不能公示。", code="nobody_passed")
    fields = advance(row, workflow.START_PUBLICITY, at=at)
    hold_calendar()
    row.publicity_from_on = local_date(at)
    row.publicity_until_on = calendar().add_working_days(row.publicity_from_on, row.publicity_days).value
    row.objection_contact = objection_contact.strip()
    changes = update(row, *fields, "publicity_from_on", "publicity_until_on", "objection_contact")
    record(events.PUBLICITY_STARTED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def finish_recruitment(*, recruitment: Recruitment, by: Actor, at: datetime) -> Recruitment:
    """Close a batch in which nobody waits any more. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_manage_recruitment, row)
    if row.candidates.filter(state=CandidateState.PASSED).exists():
        raise InvalidInput("还有人选未聘任，请先聘任或取消资格。", code="candidates_waiting")
    fields = advance(row, workflow.FINISH, at=at)
    changes = update(row, *fields)
    record(events.RECRUITMENT_FINISHED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def cancel_recruitment(*, recruitment: Recruitment, reason: str, by: Actor, at: datetime) -> Recruitment:
    """Give a batch up before its list is shown. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_manage_recruitment, row)
    if not reason.strip():
        raise InvalidInput("请填写取消理由。", fields={"reason": ["请填写取消理由。"]})
    fields = advance(row, workflow.CANCEL, at=at)
    changes = update(row, *fields)
    record(events.RECRUITMENT_CANCELLED, subject=row, by=by, at=at, changes=changes, reason=reason.strip())
    return row
