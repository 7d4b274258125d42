"""Recruitments, candidates and supervisors for tests, brought to any state through the operations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from foundation.accounts.models import Organ, Post
from foundation.core import clock, outbox
from foundation.core.actor import Actor
from foundation.deadlines.working_days import add_working_days
from inspections.models import Visit
from supervisors.enums import CandidateState, FeedbackKind, Identity, RecruitmentState
from supervisors.models import Candidate, Feedback, Objection, Recruitment, Supervisor
from supervisors.operations.appointing import appoint
from supervisors.operations.candidates import (
    enter_objection,
    nominate,
    pass_candidate,
    reject_candidate,
    strike_candidate,
    withdraw_nomination,
)
from supervisors.operations.duty import file_feedback
from supervisors.operations.recruiting import (
    cancel_recruitment,
    end_nomination,
    finish_recruitment,
    open_recruitment,
    set_quotas,
    start_publicity,
)
from tests.cast import CITY, NEIGHBOUR, OWN, Cast, acting, jurisdiction
from tests.inspections.factories import filed as file_report
from tests.inspections.factories import supervisors_report

AT = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.get_default_timezone())  # a Monday
DAY = AT.date()
CONTACT = "厦门市教育局民办教育处 0592-0000000"
_numbers = count(1)


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def bureau(actor: Actor, word: str = "厦教监") -> Organ:
    organ = Organ.objects.get(pk=actor.organ_id)
    if organ.document_word != word:
        organ.document_word = word
        organ.save(update_fields=["document_word"])
    return organ


def opened(cast: Cast, *, at=AT, places: int = 5, **given) -> Recruitment:
    """A batch of the city's, with places for the own county and its neighbour."""
    bureau(cast.city)
    facts = {"batch": f"第{next(_numbers)}批", "nominate_by_on": at.date() + timedelta(days=30), **given}
    row = open_recruitment(jurisdiction=jurisdiction(CITY), by=cast.city, at=at, **facts)
    quotas = {jurisdiction(OWN): places, jurisdiction(NEIGHBOUR): places}
    return set_quotas(recruitment=row, places=quotas, by=cast.city, at=at)


def nominated(cast: Cast, recruitment: Recruitment | None = None, *, at=AT, by=None, **given) -> Candidate:
    number = next(_numbers)
    facts = {
        "jurisdiction": jurisdiction(OWN),
        "name": f"监督{number}",
        "birth_year": 1980,
        "workplace": "思明区第一小学",
        "identities": [Identity.TEACHER],
        "phone": "12300000001",
        "statement": "热心教育，办事公道。",
        **given,
    }
    return nominate(recruitment=recruitment or opened(cast, at=at), by=by or cast.officer, at=at, **facts)


def passed(cast: Cast, recruitment: Recruitment | None = None, *, at=AT, **given) -> Candidate:
    row = nominated(cast, recruitment, at=at, **given)
    return pass_candidate(candidate=row, met=row.recruitment.conditions, by=cast.city, at=at)


def announced(cast: Cast, recruitment: Recruitment | None = None, *, at=AT, **given) -> Candidate:
    """A candidate on the list that is shown to all."""
    row = passed(cast, recruitment, at=at, **given)
    announce(cast, row.recruitment, at=at)
    return Candidate.objects.get(pk=row.pk)


def announce(cast: Cast, recruitment: Recruitment, *, at=AT) -> Recruitment:
    end_nomination(recruitment=recruitment, by=cast.city, at=at)
    return start_publicity(recruitment=recruitment, objection_contact=CONTACT, by=cast.city, at=at)


def after_publicity(candidate: Candidate) -> datetime:
    """The first moment at which the candidate may be appointed: ten in the morning of the day after."""
    return at_ten(candidate.recruitment.publicity_until_on + timedelta(days=1))


def appointed(cast: Cast, candidate: Candidate | None = None, *, at=AT, **given) -> Supervisor:
    row = candidate or announced(cast, at=at)
    return appoint(candidate=row, by=cast.city, at=after_publicity(row), **given).supervisor


def in_office_from(cast: Cast, first: date, **given) -> Supervisor:
    """A supervisor whose term begins on that day, announced three weeks before."""
    start = at_ten(first - timedelta(days=21))
    row = announced(cast, at=start, **given)
    return appoint(candidate=row, term_from_on=first, by=cast.city, at=after_publicity(row)).supervisor


def acting_as(supervisor: Supervisor) -> Actor:
    post = Post.objects.select_related("organ", "user", "grid", "school").get(pk=supervisor.post_id)
    return acting(post)


def candidate_in(cast: Cast, state: str) -> Candidate:
    if state == CandidateState.NOMINATED:
        return nominated(cast)
    if state == CandidateState.REJECTED:
        return reject_candidate(candidate=nominated(cast), reason="与机构有利益关系", by=cast.city, at=AT)
    if state == CandidateState.WITHDRAWN:
        return withdraw_nomination(candidate=nominated(cast), reason="本人放弃", by=cast.officer, at=AT)
    row = announced(cast)
    if state == CandidateState.STRUCK:
        return strike_candidate(candidate=row, reason="本人放弃", by=cast.city, at=AT)
    if state == CandidateState.APPOINTED:
        appointed(cast, row)
    return Candidate.objects.get(pk=row.pk)


def recruitment_in(cast: Cast, state: str) -> Recruitment:
    row = opened(cast)
    if state == RecruitmentState.CANCELLED:
        return cancel_recruitment(recruitment=row, reason="暂缓", by=cast.city, at=AT)
    if state == RecruitmentState.NOMINATING:
        return row
    candidate = passed(cast, row)
    if state == RecruitmentState.REVIEWING:
        return end_nomination(recruitment=row, by=cast.city, at=AT)
    announce(cast, row)
    if state == RecruitmentState.FINISHED:
        candidate = Candidate.objects.get(pk=candidate.pk)
        appointed(cast, candidate)
        return finish_recruitment(recruitment=row, by=cast.city, at=after_publicity(candidate))
    return Recruitment.objects.get(pk=row.pk)


def objected(cast: Cast, candidate: Candidate, *, at=AT) -> Objection:
    return enter_objection(
        candidate=candidate,
        channel="phone",
        objector="王实名",
        contact="12399999999",
        reason="其亲属在培训机构任职",
        by=cast.city,
        at=at,
    )


def visited(supervisor: Supervisor, subject, on: date, *, at: datetime | None = None, **given) -> Visit:
    """A clean visit of that day, filed on that day unless said otherwise."""
    actor = acting_as(supervisor)
    return file_report(supervisors_report(subject, actor, visited_on=on, **given), actor, at=at or at_ten(on))


def working_days_after(day: date, number: int) -> date:
    return add_working_days(day, number).value


def deliver(at: datetime) -> int:
    return outbox.deliver_all(at=at)


def fed_back_about(cast: Cast, row) -> Feedback:
    """Feedback of today about an institution, by somebody who has been in office for some weeks."""
    supervisor = in_office_from(cast, clock.today() - timedelta(days=40))
    facts = {"kind": FeedbackKind.SAFETY, "text": "通道堵塞", "institution": row}
    return file_feedback(supervisor=supervisor, by=acting_as(supervisor), at=clock.now(), **facts)
