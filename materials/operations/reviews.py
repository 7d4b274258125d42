"""外审: two of the team speak, another person decides; an approval is numbered, dated and may be withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from materials import events, rules, workflow
from materials.alarming import close_alarms, raise_alarm
from materials.enums import Cause, Closing, UseSource, Verdict
from materials.models import MaterialSet, Opinion, Review, Reviewer, UseAlarm


@operation
def send_for_review(
    *, material: MaterialSet, first: Reviewer, second: Reviewer, by: Actor, at: datetime
) -> MaterialSet:
    """Give a set to two of the bureau's team, of whom neither belongs to the institution.

    Raises NotAllowed, IllegalTransition, InvalidInput (one person twice, not of the team today, of the institution).
    """
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_keep, row)
    fields = advance(row, workflow.SEND, at=at)
    today = local_date(at)
    team = {pk: lock(Reviewer, pk) for pk in sorted({first.pk, second.pk})}  # a term may have ended meanwhile
    first, second = team[first.pk], team[second.pk]
    for name, reviewer in (("first", first), ("second", second)):
        if reviewer.jurisdiction_id != row.institution.jurisdiction_id or not reviewer.serves_on(today):
            raise invalid(name, f"{reviewer.name}不是本辖区任期内的审核人员。", code="not_of_team")
        if _belongs_to(reviewer, row.institution):
            raise invalid(name, f"{reviewer.name}是这家机构的人员，不能审核本机构的材料。", code="own_person")
    review = insert(Review(material=row, first=first, second=second, sent_on=today, sent_by_id=by.user_id))
    changes = {**update(row, *fields), "reviewers": [None, f"{review.first.name}、{review.second.name}"]}
    record(events.SENT, subject=row, by=by, at=at, changes=changes)
    return row


def _belongs_to(reviewer: Reviewer, institution: Institution) -> bool:
    """Works there, answers for it, or gave it as the place of work."""
    if institution.name in reviewer.workplace or reviewer.name == institution.legal_person:
        return True
    return institution.staff.filter(name=reviewer.name, left_on__isnull=True).exists()


@operation
def give_opinion(
    *, material: MaterialSet, reviewer: Reviewer, verdict: str, points: str, given_on: date, by: Actor, at: datetime
) -> Opinion:
    """Note what one of the two said of a set. Raises NotAllowed, Conflict (not under review), InvalidInput (not one of
    the two, said before, no points where it does not agree, a day to come)."""
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_keep, row)
    review = _under_review(row)
    if reviewer.pk not in (review.first_id, review.second_id):
        raise invalid("reviewer", "只能登记这次外审的两名审核人员的意见。", code="not_asked")
    if given_on > local_date(at) or given_on < review.sent_on:
        raise invalid("given_on", "意见日期应在送审日期和今天之间。")
    opinion = insert(
        Opinion(
            review=review,
            reviewer=reviewer,
            verdict=Verdict(verdict),
            points=points.strip(),
            given_on=given_on,
            entered_by_id=by.user_id,
        )
    )
    changes = {"reviewer": [None, reviewer.name], "verdict": [None, opinion.get_verdict_display()]}
    record(events.OPINION_GIVEN, subject=row, by=by, at=at, changes=changes, reason=opinion.points)
    return opinion


def _under_review(material: MaterialSet) -> Review:
    review = Review.objects.filter(material=material, verdict="").first()
    if review is None:
        raise Conflict("这套材料现在不在外审中。请刷新页面查看最新进展。", code="not_under_review")
    return review


@operation
def approve_set(*, material: MaterialSet, valid_to: date, by: Actor, at: datetime) -> MaterialSet:
    """File a set of which both reviewers agreed, under a number, until a day; what used it before is no alarm any more.

    Raises NotAllowed (who sent it), IllegalTransition, Conflict (an opinion is missing), InvalidInput (somebody did
    not agree, a day that has passed).
    """
    row, review, fields = _decide(material, workflow.APPROVE, by=by, at=at)
    if review.opinions.exclude(verdict=Verdict.APPROVE).exists():
        raise InvalidInput("有审核人员没有同意使用，不能审核通过。", code="not_agreed")
    today = local_date(at)
    if valid_to <= today:
        raise invalid("valid_to", "有效期至应晚于今天。")
    place = lock(Jurisdiction, row.institution.jurisdiction_id)  # numbers of one bureau are given one after the other
    review.number = row.number = next_number(Review, f"CL-{place.code}-{today.year}-")
    review.valid_to = row.valid_to = valid_to
    row.valid_from = today
    _conclude(review, Verdict.APPROVE, "", by=by, at=at)
    changes = update(row, *fields, "number", "valid_from", "valid_to")
    record(events.APPROVED, subject=row, by=by, at=at, changes=changes)
    waiting = UseAlarm.objects.filter(material=row, closed_on__isnull=True)
    close_alarms(waiting, Closing.APPROVED, f"审核通过，备案号{row.number}", by=by, at=at)
    return row


@operation
def return_set(*, material: MaterialSet, points: str, by: Actor, at: datetime) -> MaterialSet:
    """Send a set back with what is to be changed. Raises as ``approve_set``, InvalidInput (no points)."""
    row, review, fields = _decide(material, workflow.RETURN, by=by, at=at)
    need_words(points, "points", "请写明要修改的问题。")
    _conclude(review, Verdict.RETURN, points, by=by, at=at)
    record(events.RETURNED, subject=row, by=by, at=at, changes=update(row, *fields), reason=points)
    return row


@operation
def refuse_set(*, material: MaterialSet, points: str, by: Actor, at: datetime) -> MaterialSet:
    """Refuse a set, with why. Raises as ``approve_set``, InvalidInput (no reason)."""
    row, review, fields = _decide(material, workflow.REFUSE, by=by, at=at)
    need_words(points, "points", "请写明不通过的理由。")
    _conclude(review, Verdict.REFUSE, points, by=by, at=at)
    record(events.REFUSED, subject=row, by=by, at=at, changes=update(row, *fields), reason=points)
    return row


def _decide(
    material: MaterialSet, step: Transition, *, by: Actor, at: datetime
) -> tuple[MaterialSet, Review, list[str]]:
    """The locked set and its open review, decided by another person than who sent it, after both have spoken."""
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_decide, row)
    fields = advance(row, step, at=at)
    review = _under_review(row)
    authorize(by, rules.is_another_person, review.sent_by_id)
    if review.opinions.count() < 2:
        raise Conflict("两名审核人员的意见还没有都登记，不能作出结论。", code="opinions_missing")
    return row, review, fields


def _conclude(review: Review, verdict: Verdict, points: str, *, by: Actor, at: datetime) -> None:
    review.verdict, review.points = verdict, points.strip()
    review.decided_on, review.decided_by_id = local_date(at), by.user_id
    update(review, "verdict", "points", "decided_on", "decided_by", "number", "valid_to")


@operation
def withdraw_set(*, material: MaterialSet, reason: str, by: Actor, at: datetime) -> MaterialSet:
    """Withdraw an approval from today; classes that use the set raise alarms.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(MaterialSet, material.pk)
    authorize(by, rules.can_decide, row)
    fields = advance(row, workflow.WITHDRAW, at=at)
    need_words(reason, "reason", "请写明撤销的理由。")
    review = row.reviews.get(number=row.number)
    review.ended_on = local_date(at)
    update(review, "ended_on")
    record(events.WITHDRAWN, subject=row, by=by, at=at, changes=update(row, *fields), reason=reason)
    for use in row.uses.filter(stopped_on__isnull=True).order_by("pk"):
        raise_alarm(use, Cause.WITHDRAWN, UseSource.PAPERS, by=by, at=at)
    return row
