"""厦门: 首批12名市级社会监督员, through the operations that people use, each at its own moment.

15 persons from six districts, three of them rejected with reasons, five working days of publicity with one objection
that proves wrong, twelve appointed with letter and card, trained and tested, and 162 家次 in the nine months since.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from clues.enums import ClueState
from clues.models import Clue
from foundation.accounts.actors import actor_of
from foundation.accounts.enums import Role
from foundation.accounts.models import Post
from foundation.accounts.operations.posts import end_post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.models import OutboxMessage
from foundation.deadlines.calendars import add_months
from foundation.deadlines.working_days import calendar
from foundation.photos import intake
from foundation.photos.notices import DRAW
from foundation.photos.operations import Sent
from foundation.photos.tasks import draw_copies
from foundation.regions.models import Jurisdiction
from inspections.enums import Answer, Audience, Outcome, Slot, VersionState, VisitKind
from inspections.models import ChecklistVersion
from inspections.operations.visits import file_visit
from inspections.reports import OnSite, VisitReport
from institutions.enums import Category, LegalType, LicenceStatus, Stage
from institutions.models import Institution
from institutions.operations.register import register_institution
from supervisors.enums import (
    CandidateState,
    FeedbackKind,
    LibraryKind,
    ObjectionChannel,
    Outlet,
    ProposalState,
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
from supervisors.operations.duty import decide_proposal, file_feedback, propose, record_activity
from supervisors.operations.library import publish_library_item
from supervisors.operations.recruiting import (
    end_nomination,
    finish_recruitment,
    open_recruitment,
    set_quotas,
    start_publicity,
)
from supervisors.operations.training import hold_training, make_quiz, take_quiz
from supervisors.operations.verifying import assign_clue

from . import invented
from .case_diary import Tell
from .case_people import CasePlace
from .invented import leaflet, portrait
from .organs import SIMING, XIAMEN, Login
from .xiamen_facts import CERTIFICATES, CONDITION_AGAINST, DISTRICTS, HANDBOOK, OBJECTED_TO, PEOPLE, PROBLEMS, QUIZ

#: Whole months in office so far.
MONTHS = 9
STEPS, SEED = 5, 350200
#: Districts whose institutions the twelve go and see, and how many in each.
VISITED, SITES = (SIMING, "350205", "350206", "350212", "350213"), 7
BRANDS = ("鹭声", "白海豚", "三角梅", "环岛", "筼筜", "五缘", "鼓浪")
KINDS = (
    (Category.ARTS, "dance", "舞蹈"),
    (Category.SPORT, "ball_games", "篮球"),
    (Category.ARTS, "painting", "美术书法"),
    (Category.SCIENCE, "coding", "少儿编程"),
)


def load(tell: Tell) -> list[Login]:
    """Replay the case so that today lies in the tenth month of office; the clock is set to each step's moment.

    It makes what it needs: with reference data alone or on top of the base demo. Returns the logins that it made.
    """
    now = clock.now()
    first = add_months(clock.local_date(now).replace(day=1), -MONTHS)
    begun = _office_day(first - timedelta(days=75))
    with clock.set_to(begun):
        here = CasePlace.of(XIAMEN, "xiamen", at=begun, seed=SEED)
        here.post("guanli", Role.CITY_MANAGER)
        known = here.post("jiandu", Role.SUPERVISOR)
        districts = {code: _district(code, word, begun) for code, word in DISTRICTS.items()}
        sites = [site for code in VISITED for site in _register(districts[code], begun)]
    officers = {code: district.acts("jingban") for code, district in districts.items()}
    city = here.acts("guanli")
    tell(1, STEPS)
    recruitment = _recruit(city, officers, known.user.name, first)
    tell(2, STEPS)
    supervisors = _appoint(here, city, recruitment, known, first)
    _train(city, supervisors, first)
    tell(3, STEPS)
    _visit(supervisors, sites, first)
    tell(4, STEPS)
    _other_duties(city, supervisors, sites[0], first)
    _ask_to_look(officers[SIMING], supervisors[0], now)
    tell(STEPS, STEPS)
    return [login for each in (here, *districts.values()) for login in each.logins]


def _at(day: date, hour: int = 10) -> datetime:
    """That day at the full hour."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _office_day(day: date) -> datetime:
    """Ten in the morning of that day, or of the next one on which offices work."""
    return _at(calendar().next_working_day(day).value)


def _district(code: str, word: str, at: datetime) -> CasePlace:
    """A district's bureau with its officer."""
    district = CasePlace.of(code, word, at=at, seed=int(code))
    district.post("jingban", Role.COUNTY_OFFICER, certificate_no=CERTIFICATES.get(code, f"闽演示{code}"))
    return district


def _register(district: CasePlace, at: datetime) -> Iterator[Institution]:
    """Institutions of a district that the twelve go and see, in its towns in turn."""
    codes, towns, by = invented.credit_codes(district.code, series="MJX"), district.towns(), district.acts("jingban")
    for number in range(SITES):
        category, fine, word = KINDS[number % len(KINDS)]
        town = towns[number % len(towns)]
        facts = {
            "name": f"{district.place.name}{BRANDS[number]}{word}培训中心",
            "credit_code": next(codes),
            "category": category,
            "subcategory": fine,
            "stages": [Stage.PRIMARY, Stage.JUNIOR],
            "legal_type": LegalType.NON_PROFIT,
            "licence_status": LicenceStatus.COMPLETE,
            "legal_person": invented.person(district.dice),
            "phone": invented.phone(52_000_000 + int(district.code[-3:]) * 100 + number),
            "public_phone": f"0592-001{district.code[-3:]}{number}",
            "division": town,
            "address": f"{town}{district.dice.choice(invented.ROADS)}{district.dice.randint(1, 399)}号",
            "hours": "周一至周五 18:00-20:30；周末 08:30-20:30",
        }
        yield register_institution(jurisdiction=district.place, facts=facts, by=by, at=at)


def _recruit(city: Actor, officers: dict[str, Actor], known: str, first: date) -> Recruitment:
    """From the opening of the batch to the end of publicity; the first one nominated has a login already."""
    persons = [(PEOPLE[0][0], known, *PEOPLE[0][2:]), *PEOPLE[1:]]
    at = _office_day(first - timedelta(days=60))
    places = {code: sum(row[0] == code for row in PEOPLE) for code in DISTRICTS}
    with clock.set_to(at):
        row = open_recruitment(
            jurisdiction=Jurisdiction.objects.get(code=XIAMEN), batch="首批", by=city, at=at,
            nominate_by_on=first - timedelta(days=40), notes="由各区教育局推荐，市教育局资格审核、公示后聘任。",
        )  # fmt: skip
        quotas = {Jurisdiction.objects.get(code=code): number for code, number in places.items()}
        set_quotas(recruitment=row, places=quotas, by=city, at=at)
    at = _office_day(first - timedelta(days=48))
    with clock.set_to(at):
        candidates = [_nominate(row, officers, number, facts, at) for number, facts in enumerate(persons)]
        for number, candidate in enumerate(candidates):
            _portray(candidate, number, officers[PEOPLE[number][0]], at)
        _draw_copies(candidates)
    at = _office_day(first - timedelta(days=35))
    with clock.set_to(at):
        end_nomination(recruitment=row, by=city, at=at)
        for candidate, facts in zip(candidates, PEOPLE, strict=True):
            _review(row, candidate, facts[-1], city, at)
        start_publicity(recruitment=row, objection_contact="厦门市教育局民办教育处(演示) 0592-0000200", by=city, at=at)
    _object(
        city,
        next(one for one in candidates if one.name == OBJECTED_TO),
        _office_day(clock.local_date(at) + timedelta(days=1)),
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
    at = _office_day(clock.local_date(at) + timedelta(days=2))
    with clock.set_to(at):
        dismiss_objection(
            objection=objection, findings="经核查，该案已于三年前办结，现无委托关系，不影响履职。", by=city, at=at
        )


def _appoint(here: CasePlace, city: Actor, recruitment: Recruitment, known: Post, first: date) -> list[Supervisor]:
    """Twelve letters and cards; the base demo's supervisor is one of the twelve."""
    at = _office_day(first - timedelta(days=10))
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


def _train(city: Actor, supervisors: Sequence[Supervisor], first: date) -> None:
    """Handbook, training and quiz on the first morning."""
    at = _at(first, 9)
    version = _version()
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
            take_quiz(quiz=quiz, supervisor=supervisor, chosen=chosen, by=_acting(supervisor), at=at)


def _acting(supervisor: Supervisor) -> Actor:
    post = Post.objects.select_related("organ", "user", "grid", "school").get(pk=supervisor.post_id)
    return actor_of(post, user=post.user)


def _plan(number: int, *, months: int) -> Iterator[int]:
    """Visits of one supervisor in each month, 1 or 2; one person has an empty month.

    Nine whole months come to 13 or 14 each, so that the twelve have made 162 altogether.
    """
    wanted = 14 if number % 2 else 13
    counts = [2 if (month + number) % 2 == 0 else 1 for month in range(months)]
    if number == 5:
        counts[6] = 0  # the one shortfall
    short = wanted - sum(counts)
    for month in range(months):
        if short > 0 and counts[month] == 1:
            counts[month], short = 2, short - 1
        elif short < 0 and counts[month] == 2:
            counts[month], short = 1, short + 1
    yield from counts


def _visit(supervisors: Sequence[Supervisor], sites: Sequence[Institution], first: date) -> None:
    """162 visits by the checklist, each filed that evening, one entered late; nothing yet in the month that runs."""
    version = _version()
    items = sorted(version.items.values_list("code", flat=True))
    filed = 0
    for number, supervisor in enumerate(supervisors):
        actor, officer = _acting(supervisor), OnSite.of_post(_post(supervisor))
        for month, visits in enumerate(_plan(number, months=MONTHS)):
            for one in range(visits):
                day = add_months(first, month) + timedelta(days=4 + 13 * one + number % 9)
                late = (number, month, one) == (3, 4, visits - 1)
                at = _at(add_months(first, month + 1) + timedelta(days=1)) if late else _at(day, 20)
                report = _report(
                    sites[(number * 7 + month * 3 + one) % len(sites)], version, items, officer, day, filed
                )
                with clock.set_to(at):
                    file_visit(report=report, by=actor, at=at)
                filed += 1


def _post(supervisor: Supervisor) -> Post:
    return Post.objects.select_related("user", "organ").get(pk=supervisor.post_id)


def _version() -> ChecklistVersion:
    """The province's list of nine sections and 43 items."""
    return ChecklistVersion.objects.get(
        checklist__audience=Audience.SUPERVISORS, checklist__jurisdiction__parent=None, state=VersionState.IN_USE
    )


def _report(
    site: Institution, version: ChecklistVersion, items: list[str], officer: OnSite, day: date, number: int
) -> VisitReport:
    """Most find nothing; every ninth finds one thing, and what volunteers cannot see they say so."""
    answers = dict.fromkeys(items, Answer.YES) | dict.fromkeys(("C02", "C03", "E02", "F06", "G04"), Answer.UNSEEN)
    notes = {}
    if number % 9 == 4:
        code, note = PROBLEMS[number // 9 % len(PROBLEMS)]
        answers[code], notes[code] = Answer.NO, note
    return VisitReport(
        client_id=uuid5(NAMESPACE_URL, f"shuanjian:xiamen:{number}"),
        kind=VisitKind.SUPERVISOR,
        subject=site,
        visited_on=day,
        slot=Slot.EVENING if number % 3 == 0 else Slot.AFTERNOON,
        outcome=Outcome.FOLLOW_UP if notes else Outcome.CLEAN,
        officers=(officer,),
        checklist=version,
        answers=answers,
        notes=notes,
        latitude=2448,
        longitude=11808,
    )


def _ask_to_look(officer: Actor, supervisor: Supervisor, now: datetime) -> None:
    """A clue that is being checked waits for the first supervisor to go and see (核实群众举报线索)."""
    asked = Clue.objects.filter(state=ClueState.CHECKING, institution__isnull=False, jurisdiction__code=SIMING)
    clue = asked.order_by("pk").first()
    if clue:
        due_on = clock.local_date(now) + timedelta(days=7)
        with clock.set_to(now):
            assign_clue(clue=clue, supervisor=supervisor, due_on=due_on, by=officer, at=now)


def _other_duties(city: Actor, supervisors: Sequence[Supervisor], site: Institution, first: date) -> None:
    """Feedback, publicity and proposals of the last months; some answered, some waiting."""
    told = (
        (0, 8, FeedbackKind.HIDDEN, "小区内晚间有学生成群进出，疑似学科类培训。", None),
        (3, 8, FeedbackKind.SAFETY, "消防通道堆放桌椅，已当面提醒。", site),
        (6, 7, FeedbackKind.WEAKNESS, "部分家长不知道监管账户在哪里查。", None),
    )
    for number, month, kind, text, about in told:
        at = _at(add_months(first, month) + timedelta(days=20))
        with clock.set_to(at):
            actor = _acting(supervisors[number])
            file_feedback(supervisor=supervisors[number], kind=kind, text=text, institution=about, by=actor, at=at)
    for number, title, outlet in (
        (1, "家长会讲解预收费规定", Outlet.SCHOOL),
        (2, "转发理性选择培训提醒", Outlet.MOMENTS),
    ):
        at = _at(add_months(first, 5) + timedelta(days=number))
        with clock.set_to(at):
            with intake.taking([io.BytesIO(leaflet())]) as [taken]:
                photos = [Sent(taken, uuid5(NAMESPACE_URL, f"shuanjian:xiamen:leaflet:{number}"))]
                record_activity(
                    supervisor=supervisors[number], outlet=outlet, title=title, description="面向班级家长，现场答疑。",
                    held_on=clock.today(), reach=60, photos=photos, by=_acting(supervisors[number]), at=at,
                )  # fmt: skip
    at = _at(add_months(first, 6))
    with clock.set_to(at):
        actor = _acting(supervisors[7])
        row = propose(
            supervisor=supervisors[7], title="在机构门口张贴查询码", text="家长扫码即可查证照和账户。", by=actor, at=at
        )
        later = at + timedelta(days=9)
        decide_proposal(
            proposal=row, decision=ProposalState.ADOPTED, reply="已在机构页面提供海报下载。", by=city, at=later
        )
        propose(supervisor=supervisors[8], title="增加晚间走访", text="建议每季度安排一次晚间集中走访。",
                by=_acting(supervisors[8]), at=at)  # fmt: skip
