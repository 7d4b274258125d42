"""Rows at the places of the authorization matrix: all of batches of the city bureau, recommended from the place."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from foundation.accounts.enums import Duty as PostDuty
from foundation.accounts.enums import Role
from foundation.accounts.models import Post, User
from foundation.core import clock
from supervisors.enums import CandidateState, FeedbackKind, Level, LibraryKind, Outlet, RecruitmentState
from supervisors.models import (
    Candidate,
    ClueTask,
    Duty,
    Feedback,
    LibraryItem,
    LibrarySection,
    Objection,
    Proposal,
    PublicityActivity,
    Question,
    Quiz,
    Quota,
    Recruitment,
    Supervisor,
    Training,
)
from tests.authz.relations import Objects, Place
from tests.cast import CITY, organ
from tests.clues.placed import placed as clue
from tests.inspections.factories import first_version

_numbers = count(1)


def _citys_manager() -> User:
    return User.objects.get(posts__organ=organ(CITY), posts__role=Role.CITY_MANAGER)


def _somebody() -> User:
    """Not of the cast: nobody reviews whom he nominated."""
    return User.objects.get_or_create(username="nominator", defaults={"name": "推荐人", "organ": organ(CITY)})[0]


def recruitment(place: Place, state: str = RecruitmentState.NOMINATING) -> Recruitment:
    at, today = clock.now(), clock.today()
    shown = {}
    if state == RecruitmentState.PUBLICITY:
        shown = {"publicity_from_on": today, "publicity_until_on": today + timedelta(days=7), "objection_contact": "x"}
    row = Recruitment.objects.create(
        jurisdiction=organ(CITY).jurisdiction,
        organ=organ(CITY),
        level=Level.CITY,
        batch=f"第{next(_numbers)}批",
        nominate_by_on=today + timedelta(days=9),
        state=state,
        state_at=at,
        opened_at=at,
        **shown,
    )
    Quota.objects.create(recruitment=row, jurisdiction=place.jurisdiction, places=3)
    Duty.objects.create(recruitment=row, from_on=date(2026, 1, 1))
    return row


def reviewed_recruitment(place: Place) -> Recruitment:
    return recruitment(place, RecruitmentState.REVIEWING)


def announced_recruitment(place: Place) -> Recruitment:
    return recruitment(place, RecruitmentState.PUBLICITY)


def candidate(place: Place, state: str = CandidateState.NOMINATED, of: str = RecruitmentState.NOMINATING) -> Candidate:
    at = clock.now()
    reviewed = {} if state == CandidateState.NOMINATED else {"reviewed_by": _citys_manager(), "reviewed_at": at}
    return Candidate.objects.create(
        recruitment=recruitment(place, of),
        jurisdiction=place.jurisdiction,
        name="人选",
        birth_year=1980,
        workplace="测试小学",
        identities=["teacher"],
        phone="12300000000",
        statement="推荐",
        nominated_by=_somebody(),
        nominated_at=at,
        state=state,
        state_at=at,
        **reviewed,
    )


def announced_candidate(place: Place) -> Candidate:
    return candidate(place, CandidateState.PASSED, RecruitmentState.PUBLICITY)


def objection(place: Place) -> Objection:
    at = clock.now()
    return Objection.objects.create(
        candidate=announced_candidate(place),
        channel="phone",
        objector="某人",
        contact="12300000000",
        reason="测试",
        filed_at=at,
        state_at=at,
    )


def supervisor(place: Place) -> Supervisor:
    at, today, number = clock.now(), clock.today(), next(_numbers)
    row = candidate(place, CandidateState.APPOINTED, RecruitmentState.PUBLICITY)
    user = User.objects.create(username=f"jdy-{number}", name="监督员", organ=organ(CITY), password="!")
    until = today + timedelta(days=300)
    post = Post.objects.create(
        user=user,
        organ=organ(CITY),
        role=Role.SUPERVISOR,
        duty=PostDuty.BUSINESS,
        valid_from=today,
        valid_to=until,
    )
    return Supervisor.objects.create(
        number=f"JDY-{number}",
        jurisdiction=place.jurisdiction,
        organ=organ(CITY),
        recruitment=row.recruitment,
        candidate=row,
        user=user,
        post=post,
        area=place.jurisdiction,
        level=Level.CITY,
        name="监督员",
        identities=["teacher"],
        term_from_on=today,
        term_until_on=until,
        state_at=at,
    )


def feedback(place: Place) -> Feedback:
    at = clock.now()
    return Feedback.objects.create(
        supervisor=supervisor(place),
        jurisdiction=place.jurisdiction,
        kind=FeedbackKind.SAFETY,
        text="通道堵塞",
        filed_at=at,
        state_at=at,
    )


def proposal(place: Place) -> Proposal:
    at = clock.now()
    return Proposal.objects.create(supervisor=supervisor(place), title="建议", text="内容", filed_at=at, state_at=at)


def activity(place: Place) -> PublicityActivity:
    return PublicityActivity.objects.create(
        supervisor=supervisor(place),
        outlet=Outlet.SCHOOL,
        title="家长会",
        description="讲解收费规定",
        held_on=clock.today(),
        recorded_at=clock.now(),
    )


def training(place: Place) -> Training:
    return Training.objects.create(
        jurisdiction=place.jurisdiction,
        organ=organ(CITY),
        title="培训",
        held_on=clock.today(),
        recorded_at=clock.now(),
    )


def quiz(place: Place) -> Quiz:
    row = Quiz.objects.create(
        jurisdiction=place.jurisdiction,
        checklist=first_version(),
        title="测试",
        made_by=_citys_manager(),
        made_at=clock.now(),
    )
    Question.objects.create(quiz=row, no=1, text="能否罚款？", options=["能", "不能"], answer=2)
    return row


def library_item(place: Place) -> LibraryItem:
    return library_section(place).item


def library_section(place: Place) -> LibrarySection:
    item = LibraryItem.objects.create(
        jurisdiction=place.jurisdiction,
        kind=LibraryKind.HANDBOOK,
        title=f"手册{next(_numbers)}",
        version=1,
        published_on=clock.today(),
        published_at=clock.now(),
        published_by=_citys_manager(),
    )
    return LibrarySection.objects.create(item=item, no=1, title="第一节", text="正文")


def clue_task(place: Place) -> ClueTask:
    return ClueTask.objects.create(
        clue=clue(place),
        supervisor=supervisor(place),
        place="测试场所",
        address="测试路5号",
        points=["看门口有没有招牌"],
        due_on=clock.today(),
        given_by=_citys_manager(),
        given_at=clock.now(),
        state_at=clock.now(),
    )


OBJECTS: dict[str, Objects] = {
    "admin:supervisors_supervisor": Objects(supervisor),
    "admin:supervisors_monthlyduty": Objects(supervisor),
    "admin:supervisors_recruitment": Objects(recruitment, relations=("own",)),
    "admin:supervisors_recruitment_start-publicity": Objects(reviewed_recruitment, relations=("own",)),
    "admin:supervisors_recruitment_finish": Objects(announced_recruitment, relations=("own",)),
    "admin:supervisors_candidate": Objects(candidate),
    **dict.fromkeys(
        [f"admin:supervisors_candidate_{page}" for page in ("appoint", "objection", "strike")],
        Objects(announced_candidate),
    ),
    "admin:supervisors_objection": Objects(objection, relations=("own",)),
    "admin:supervisors_feedback": Objects(feedback),
    "admin:supervisors_cluetask": Objects(clue_task, place=True),
    "admin:supervisors_proposal": Objects(proposal),
    "admin:supervisors_publicityactivity": Objects(activity),
    "admin:supervisors_training": Objects(training),
    "admin:supervisors_quiz": Objects(quiz),
    "admin:supervisors_libraryitem": Objects(library_item),
    "phone:duty_item": Objects(library_item),
    "phone:duty_section": Objects(library_section),
    "phone:duty_quiz": Objects(quiz),
    "phone:duty_task": Objects(clue_task),
    "publicity:supervisor_notice": Objects(announced_recruitment, relations=("own",)),
    "publicity:supervisor_object": Objects(announced_recruitment, relations=("own",)),
}
