"""An appointment for a post of the cast, without the months before it: a supervisor's post alone files nothing."""

from __future__ import annotations

from datetime import date

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, Post
from foundation.core import clock
from foundation.core.actor import Actor
from supervisors.enums import CandidateState, Level, RecruitmentState
from supervisors.models import Candidate, Duty, Recruitment, Supervisor
from tests.cast import SINCE

UNTIL = date(2099, 12, 31)


def in_office(actor: Actor) -> Supervisor | None:
    """The actor's appointment for all days of the tests, made unless there is one; None for who is no supervisor."""
    if not actor.can(Can.SUPERVISE):
        return None
    held = Supervisor.objects.filter(user=actor.user_id).first()
    return held or _appointed(
        Post.objects.select_related("user").get(pk=actor.post_id), Organ.objects.get(pk=actor.organ_id)
    )


def _appointed(post: Post, organ: Organ) -> Supervisor:
    at = clock.now()
    person = {"jurisdiction": organ.jurisdiction, "name": post.user.name, "identities": ["teacher"], "state_at": at}
    return Supervisor.objects.create(
        number=f"JDY-CAST-{post.pk}",
        organ=organ,
        recruitment=(batch := _batch(organ)),
        candidate=_candidate(batch, post, person),
        user=post.user,
        post=post,
        area=organ.jurisdiction,
        level=Level.CITY,
        term_from_on=SINCE,
        term_until_on=UNTIL,
        **person,
    )


def _batch(organ: Organ) -> Recruitment:
    at = clock.now()
    row, new = Recruitment.objects.get_or_create(
        jurisdiction=organ.jurisdiction,
        batch="在任",
        defaults={
            "organ": organ,
            "level": Level.CITY,
            "nominate_by_on": SINCE,
            "state": RecruitmentState.FINISHED,
            "state_at": at,
            "opened_at": at,
            "publicity_from_on": SINCE,
            "publicity_until_on": SINCE,
            "objection_contact": "0592-0000000",
        },
    )
    if new:
        Duty.objects.create(recruitment=row, from_on=SINCE.replace(day=1))
    return row


def _candidate(batch: Recruitment, post: Post, person: dict[str, object]) -> Candidate:
    at = clock.now()
    return Candidate.objects.create(
        recruitment=batch,
        birth_year=1980,
        workplace="测试小学",
        phone="12300000000",
        statement="推荐",
        nominated_by=post.user,
        nominated_at=at,
        reviewed_by=post.user,
        reviewed_at=at,
        state=CandidateState.APPOINTED,
        **person,
    )
