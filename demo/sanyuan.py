"""三元区 as its case tells it (domain note 1.6): 盯、跟、撒、抓、树; here the evening of 17 March 2022.

Twelve towns and five departments, 42 people, 120 sites, 19 with problems; the other four steps stand in
``sanyuan_steps``. Names and sites are invented, figures those of the case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from foundation.accounts.actors import actor_of
from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ, Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.models import Division
from inspections.enums import Aspect, CampaignKind, Outcome, PaperKind, Severity, ShiftKind, Slot, UnitRole, VisitKind
from inspections.models import Campaign, Shift
from inspections.operations.campaigns import add_unit, close_campaign, draft_campaign, start_campaign
from inspections.operations.outings import file_group_visit, record_attendance
from inspections.operations.papers import add_paper
from inspections.operations.patrols import begin_shift, finish_shift, plan_shift
from inspections.operations.targets import list_targets
from inspections.reports import HeadCount, OnSite, Problem, VisitReport
from inspections.rosters import GroupPlan
from institutions.enums import Category, Discovery, LegalType, LicenceStatus, SiteType
from institutions.models import Institution, UnlicensedSite
from institutions.operations.register import register_institution
from institutions.operations.unlicensed import report_unlicensed

from . import invented, sanyuan_steps
from .case_diary import Diary, Story, Tell, instant
from .case_people import CasePlace
from .case_steps import staff
from .organs import Login

SANYUAN, SEED, SINCE = "350404", 20220317, date(2021, 7, 24)
CAMPAIGN = "校外培训和托管机构疫情防控大检查"
OPENED = instant(2022, 1, 5, 9)
EVENING = datetime(2022, 3, 17, 19, 0, tzinfo=timezone.get_default_timezone())
GROUPS, PEOPLE, SITES, TROUBLED = 12, 42, 120, 19
#: Of the 120: registered training institutions, registered 托管 places, sites without a permit.
TRAINING, CARE = 66, 42

Subject = Institution | UnlicensedSite
DEPARTMENTS = (OrganKind.SCIENCE, OrganKind.CULTURE, OrganKind.MARKET, OrganKind.LABOUR)
PROBLEMS = (
    Problem("未按要求暂停线下培训", Aspect.CONDUCT, Severity.MAJOR, "现场有学生上课"),
    Problem("未落实入门查验和登记", Aspect.DAILY, Severity.LIGHT, "当晚登记表空白"),
    Problem("教室未按要求通风消毒", Aspect.SAFETY, Severity.MAJOR, "无消毒记录"),
)


@dataclass
class Evening:
    """What the replay has made so far."""

    here: CasePlace
    planner: Actor
    towns: list[Division]
    departments: list[Organ]
    leaders: dict[int, Post] = field(default_factory=dict)  # by town
    subjects: dict[int, list[Subject]] = field(default_factory=dict)  # by town


def load(tell: Tell) -> list[Login]:
    """Replay the case; returns the logins of those whom it added."""
    with clock.set_to(OPENED):
        evening = _people(OPENED)
    diary = Diary()
    diary.tell(_evening(evening))
    for story in sanyuan_steps.stories(evening.here, diary):
        diary.tell(story)
    diary.run(tell)
    over = instant(2022, 9, 30, 18)
    with clock.set_to(over):
        diary.deliver()
    return evening.here.logins


def _evening(evening: Evening) -> Story:
    """撒大网: the sites of the register three weeks before, the roster in the afternoon, and the evening itself."""
    yield EVENING - timedelta(days=20)
    _register(evening, clock.now())
    yield EVENING - timedelta(hours=4)
    campaign = _campaign(evening, clock.now())
    shift = _roster(evening, campaign, clock.now())
    yield EVENING
    _go(evening, shift)
    yield EVENING + timedelta(hours=4)
    _close(evening, campaign)


# -- before ----------------------------------------------------------------------------------------------------------
def _people(at: datetime) -> Evening:
    """The bureau, its departments, and a town office with its leader of a group in each of twelve towns."""
    here = CasePlace.of(SANYUAN, "sanyuan", at=at, seed=SEED)
    staff(here)
    departments = [here.bureau, *map(here.organ, DEPARTMENTS)]
    evening = Evening(here, here.acts("jingban"), here.towns(), departments)
    for number, town in enumerate(evening.towns, start=1):
        evening.leaders[town.pk] = here.post(f"zhenjie{number:02d}", Role.TOWN_STAFF, here.office(town))
    return evening


def _register(evening: Evening, at: datetime) -> None:
    """120 sites over the towns in turn: training institutions, 托管 places, and some without any permit."""
    codes = invented.credit_codes(SANYUAN)
    for number in range(SITES):
        town = evening.towns[number % GROUPS]
        found = evening.subjects.setdefault(town.pk, [])
        if number < TRAINING + CARE:
            found.append(_institution(evening, town, next(codes), number, at))
        else:
            found.append(_unlicensed(evening, town, number, at))


def _institution(evening: Evening, town: Division, code: str, number: int, at: datetime) -> Institution:
    care = number >= TRAINING
    brand = invented.BRANDS[number % len(invented.BRANDS)]
    facts = {
        "name": f"三元区{brand}{'托管' if care else '培训'}中心{number // len(invented.BRANDS) + 1}部",
        "credit_code": code,
        "site_type": SiteType.CARE if care else SiteType.TRAINING,
        "category": Category.OTHER if care else (Category.ARTS, Category.SUBJECT, Category.SPORT)[number % 3],
        "legal_type": LegalType.SOLE_TRADER if care else LegalType.NON_PROFIT,
        "licence_status": LicenceStatus.COMPLETE,
        "legal_person": invented.person(evening.here.dice),
        "phone": invented.phone(number + 1),
        "division": town,
        "address": f"{town}演示路{number + 1}号",
    }
    return register_institution(
        jurisdiction=evening.here.place, facts=facts, effective_on=SINCE, reason="演示数据",
        by=evening.planner, at=at,
    )  # fmt: skip


def _unlicensed(evening: Evening, town: Division, number: int, at: datetime) -> UnlicensedSite:
    return report_unlicensed(
        jurisdiction=evening.here.place, division=town, address=f"{town}演示里{number + 1}号",
        sign=f"{invented.BRANDS[number % len(invented.BRANDS)]}辅导{number}", category=Category.SUBJECT,
        discovery=Discovery.SWEEP, operator=invented.person(evening.here.dice), found_on=clock.local_date(at),
        by=evening.planner, at=at,
    )  # fmt: skip


# -- the afternoon ---------------------------------------------------------------------------------------------------
def _campaign(evening: Evening, at: datetime) -> Campaign:
    """Led by the bureau, with the departments and towns as members and the command's notice as its paper."""
    by, day = evening.planner, clock.local_date(at)
    campaign = draft_campaign(
        jurisdiction=evening.here.place,
        facts={
            "name": CAMPAIGN,
            "kind": CampaignKind.OTHER,
            "starts_on": day,
            "ends_on": day,
            "daily_returns": False,
            "aim": "由区应对疫情工作领导小组牵头，一晚覆盖全区培训和托管机构。",
        },
        by=by,
        at=at,
    )
    add_paper(
        campaign=campaign, kind=PaperKind.NOTICE, title="关于开展校外培训和托管机构疫情防控大检查的通知(演示)",
        dated_on=day, organ_name="三元区应对疫情工作领导小组(演示)", by=by, at=at,
    )  # fmt: skip
    for organ in evening.departments[1:]:
        add_unit(campaign=campaign, organ=organ, by=by, at=at)
    for post in evening.leaders.values():
        add_unit(campaign=campaign, organ=post.organ, role=UnitRole.SUPPORT, by=by, at=at)
    list_targets(campaign=campaign, tags=["scope"], by=by, at=at)
    return start_campaign(campaign=campaign, by=by, at=at)


def _roster(evening: Evening, campaign: Campaign, at: datetime) -> Shift:
    """Twelve groups, each led by its town; 30 people of the departments fill them up to 42, three or four a group."""
    guests = [
        evening.here.guest(organ, number)
        for number in range(PEOPLE - GROUPS)
        for organ in [evening.departments[number % len(evening.departments)]]
    ]
    plans = [
        GroupPlan(f"{town.name}组", (OnSite.of_post(evening.leaders[town.pk]), *guests[number::GROUPS]), (town,))
        for number, town in enumerate(evening.towns)
    ]
    facts = {
        "kind": ShiftKind.SWEEP,
        "title": "培训和托管机构大检查",
        "held_on": clock.local_date(EVENING),
        "slot": Slot.EVENING,
        "campaign": campaign,
    }
    return plan_shift(jurisdiction=evening.here.place, facts=facts, groups=plans, by=evening.planner, at=at)


# -- the evening -----------------------------------------------------------------------------------------------------
def _go(evening: Evening, shift: Shift) -> None:
    """Each leader takes attendance and files the group's ten sites; all are back before ten."""
    troubled = set(evening.here.dice.sample(range(SITES), TROUBLED))
    with clock.set_to(EVENING):
        begin_shift(shift=shift, by=evening.planner, at=EVENING)
    number = 0
    for group in shift.groups.select_related("shift").prefetch_related("areas").order_by("pk"):
        [area] = group.areas.all()
        post = evening.leaders[area.division_id]
        by = actor_of(post, user=post.user)
        everybody = list(group.members.values_list("pk", flat=True))
        with clock.set_to(EVENING):
            record_attendance(group=group, present=everybody, by=by, at=EVENING)
        for turn, subject in enumerate(evening.subjects[area.division_id]):
            at = EVENING + timedelta(minutes=15 * turn + 10)
            with clock.set_to(at):
                report = _report(subject, number, at, bad=number in troubled)
                file_group_visit(group=group, report=report, by=by, at=at)
            number += 1
    back = EVENING + timedelta(hours=3)
    with clock.set_to(back):
        finish_shift(
            shift=shift, remark="12个组全部返回，19家未按要求运营的已当场责令改正或移交。", by=evening.planner, at=back
        )


def _close(evening: Evening, campaign: Campaign) -> None:
    """The report of the evening."""
    at = EVENING + timedelta(hours=4)
    with clock.set_to(at):
        took_part = f"当晚{GROUPS}个乡镇(街道)和教育、科技、文旅、市监、人社等部门出动{PEOPLE}人"
        report = f"{took_part}，检查{SITES}家，{TROUBLED}家未按要求运营。"
        close_campaign(campaign=campaign, report=report, by=evening.planner, at=at)


def _report(subject: Subject, number: int, at: datetime, *, bad: bool) -> VisitReport:
    outcome = (Outcome.CORRECTED if number % 2 else Outcome.FOLLOW_UP) if bad else Outcome.CLEAN
    return VisitReport(
        client_id=uuid5(NAMESPACE_URL, f"sanyuan-2022-03-17-{number}"),
        kind=VisitKind.CAMPAIGN,
        subject=subject,
        visited_on=clock.local_date(at),
        slot=Slot.EVENING,
        started_at=at,
        outcome=outcome,
        problems=(PROBLEMS[number % len(PROBLEMS)],) if bad else (),
        pupils=HeadCount(number % 9, at_least=False) if bad else HeadCount(0),
    )
