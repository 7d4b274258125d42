"""From the call for supervisors to their first morning: 15 nominated, 3 rejected, 12 appointed and trained."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from foundation.accounts.models import Post
from foundation.accounts.operations.posts import end_post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.models import OutboxMessage
from foundation.photos import intake
from foundation.photos.notices import DRAW
from foundation.photos.operations import Sent
from foundation.photos.tasks import draw_copies
from foundation.regions.models import Jurisdiction
from supervisors.enums import (
    CandidateState,
    LibraryKind,
    ObjectionChannel,
)
from supervisors.models import Candidate, Recruitment, Supervisor
from supervisors.operations.appointing import appoint
from supervisors.operations.candidates import (
    dismiss_objection,
    enter_objection,
    nominate,
    pass_candidate,
    reject_candidate,
    set_portrait,
)
from supervisors.operations.library import publish_library_item
from supervisors.operations.recruiting import (
    end_nomination,
    finish_recruitment,
    open_recruitment,
    set_quotas,
    start_publicity,
)
from supervisors.operations.training import hold_training, make_quiz, take_quiz

from ..case_diary import at_hour
from ..case_people import CasePlace
from ..invented import portrait
from ..organs import XIAMEN
from .facts import CONDITION_AGAINST, DISTRICTS, HANDBOOK, OBJECTED_TO, PEOPLE, QUIZ
from .steps import acting, checklist, office_day


def recruit(city: Actor, officers: dict[str, Actor], known: str, first: date) -> Recruitment:
    """From the opening of the batch to the end of publicity; the first one nominated has a login already."""
    persons = [(PEOPLE[0][0], known, *PEOPLE[0][2:]), *PEOPLE[1:]]
    at = office_day(first - timedelta(days=60))
    places = {code: sum(row[0] == code for row in PEOPLE) for code in DISTRICTS}
    with clock.set_to(at):
        row = open_recruitment(
            jurisdiction=Jurisdiction.objects.get(code=XIAMEN), batch="首批", by=city, at=at,
            nominate_by_on=first - timedelta(days=40), notes="由各区教育局推荐，市教育局资格审核、公示后聘任。",
        )  # fmt: skip
        quotas = {Jurisdiction.objects.get(code=code): number for code, number in places.items()}
        set_quotas(recruitment=row, places=quotas, by=city, at=at)
    at = office_day(first - timedelta(days=48))
    with clock.set_to(at):
        candidates = [_nominate(row, officers, number, facts, at) for number, facts in enumerate(persons)]
        for number, candidate in enumerate(candidates):
            _portray(candidate, number, officers[PEOPLE[number][0]], at)
        _draw_copies(candidates)
    at = office_day(first - timedelta(days=35))
    with clock.set_to(at):
        end_nomination(recruitment=row, by=city, at=at)
        for candidate, facts in zip(candidates, PEOPLE, strict=True):
            _review(row, candidate, facts[-1], city, at)
        start_publicity(recruitment=row, objection_contact="厦门市教育局民办教育处(演示) 0592-0000200", by=city, at=at)
    _object(
        city,
        next(one for one in candidates if one.name == OBJECTED_TO),
        office_day(clock.local_date(at) + timedelta(days=1)),
    )
    return Recruitment.objects.get(pk=row.pk)


def _nominate(row: Recruitment, officers: dict[str, Actor], number: int, facts: tuple, at: datetime) -> Candidate:
    code, name, born, workplace, position, identities, _ = facts
    return nominate(
        recruitment=row, jurisdiction=Jurisdiction.objects.get(code=code), name=name, birth_year=born,
        workplace=workplace, position=position, identities=identities, phone=f"123{90000000 + number}",
        statement="热心教育事业，责任心强，在群众中有较高公信力。", by=officers[code], at=at,
    )  # fmt: skip


def _portray(candidate: Candidate, number: int, officer: Actor, at: datetime) -> None:
    """All but the last ones have sent their picture: a card without one leaves room for it."""
    if number >= len(PEOPLE) - 5:
        return
    with intake.taking([io.BytesIO(portrait(number))]) as [taken]:
        sent = Sent(taken, uuid5(NAMESPACE_URL, f"shuanjian:xiamen:portrait:{number}"))
        set_portrait(candidate=candidate, sent=sent, by=officer, at=at)


def _draw_copies(candidates: Sequence[Candidate]) -> None:
    """What the worker does after a commit, now: the cards show the copies."""
    photos = [candidate.portrait_id for candidate in Candidate.objects.filter(pk__in=[each.pk for each in candidates])]
    for message in OutboxMessage.objects.filter(kind=DRAW, payload__photo_id__in=[pk for pk in photos if pk]):
        draw_copies(message)


def _review(row: Recruitment, candidate: Candidate, why: str, city: Actor, at: datetime) -> None:
    if why:
        met = [condition for condition in row.conditions if condition != CONDITION_AGAINST]
        reject_candidate(candidate=candidate, met=met, reason=why, by=city, at=at)
    else:
        pass_candidate(candidate=candidate, met=row.conditions, by=city, at=at)


def _object(city: Actor, candidate: Candidate, at: datetime) -> None:
    """One objection, heard and found wrong."""
    with clock.set_to(at):
        objection = enter_objection(
            candidate=candidate, channel=ObjectionChannel.PHONE, objector="演示异议人", contact="12300009999",
            reason="反映其代理过培训机构的案件", by=city, at=at,
        )  # fmt: skip
    at = office_day(clock.local_date(at) + timedelta(days=2))
    with clock.set_to(at):
        dismiss_objection(
            objection=objection, findings="经核查，该案已于三年前办结，现无委托关系，不影响履职。", by=city, at=at
        )


def appoint_twelve(
    here: CasePlace, city: Actor, recruitment: Recruitment, known: Post, first: date
) -> list[Supervisor]:
    """Twelve letters and cards; the base demo's supervisor is one of the twelve."""
    at = office_day(first - timedelta(days=10))
    appointed = []
    with clock.set_to(at):
        for number, row in enumerate(recruitment.candidates.filter(state=CandidateState.PASSED).order_by("pk")):
            user = known.user if number == 0 else None
            if user:  # from here on the appointment's own post counts
                end_post(post=known, last_day=clock.today(), reason="聘任换岗", by=here.people.loader, at=at)
            found = appoint(candidate=row, term_from_on=first, user=user, is_demo=True, by=city, at=at)
            appointed.append(found.supervisor)
        finish_recruitment(recruitment=recruitment, by=city, at=at)
    return appointed


def train(city: Actor, supervisors: Sequence[Supervisor], first: date) -> None:
    """Handbook, training and quiz on the first morning."""
    at = at_hour(first, 9)
    version = checklist()
    with clock.set_to(at):
        publish_library_item(
            kind=LibraryKind.HANDBOOK, title="校外培训监督员工作手册", sections=HANDBOOK, by=city, at=at
        )
        hold_training(
            title="首批社会监督员岗前培训", held_on=first, place="厦门市教育局会议室", lecturer="民办教育处",
            material="政策解读；43项清单逐项说明；拍照与回避。", attended=supervisors, by=city, at=at,
        )  # fmt: skip
        quiz = make_quiz(checklist=version, title="监督检查清单（9方面43项）上岗测试", questions=QUIZ, by=city, at=at)
        for supervisor in supervisors:
            chosen = [answer for _, _, answer in QUIZ]
            take_quiz(quiz=quiz, supervisor=supervisor, chosen=chosen, by=acting(supervisor), at=at)
