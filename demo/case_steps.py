"""Steps that the cases share: officers visit, a notice follows, it is put right; a campaign runs; sites are registered.

Each acts at the instant at which the clock stands (``demo.case_diary``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from enforcement.enums import OrderKind, Service
from enforcement.models import Order
from enforcement.operations.followup import accept_rectification, take_in_proof
from enforcement.operations.orders import OrderFacts, issue_order, record_service
from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.regions.models import Division, School
from inspections.enums import Aspect, CampaignKind, Outcome, PaperKind, Severity, Slot, VisitKind
from inspections.models import Campaign, Visit
from inspections.operations.campaigns import add_unit, close_campaign, draft_campaign, start_campaign
from inspections.operations.papers import add_paper
from inspections.operations.tagging import file_tagged_visit
from inspections.operations.targets import list_targets
from inspections.reports import OnSite, Problem, VisitReport
from institutions.enums import Category, Disposal, LegalType, LicenceStatus, PermitKind, SiteType, Stage
from institutions.models import Institution, UnlicensedSite
from institutions.operations.premises import add_permit
from institutions.operations.register import register_institution
from institutions.operations.unlicensed import dispose_unlicensed, record_round, report_unlicensed

from . import invented
from .case_diary import Story
from .case_people import CasePlace

SINCE = date(2021, 7, 24)
Site = Institution | UnlicensedSite


def slot_of(at: datetime) -> Slot:
    """The part of the day."""
    if at.hour >= 18:
        return Slot.EVENING
    return Slot.AFTERNOON if at.hour >= 12 else Slot.MORNING


# -- people ------------------------------------------------------------------------------------------------------------
def staff(here: CasePlace) -> None:
    """Two officers with certificates, the leader, the lawyer, and an inspector of the market regulator."""
    number = f"闽演示{here.code}"
    here.post("jingban", Role.COUNTY_OFFICER, certificate_no=f"{number}01")
    here.post("zhifa", Role.COUNTY_OFFICER, certificate_no=f"{number}02")
    here.post("shenhe", Role.COUNTY_LEADER)
    here.post("fazhi", Role.LEGAL_REVIEWER)
    here.post("shijian", Role.DEPARTMENT_OFFICER, here.organ(OrganKind.MARKET), certificate_no=f"{number}03")


def departments(here: CasePlace) -> None:
    """部门分类包干: culture, sport and science each with its category; 学校包片: the head of the school area."""
    for name, kind, category in (
        ("wenlv", OrganKind.CULTURE, Category.ARTS),
        ("tiyu", OrganKind.SPORT, Category.SPORT),
        ("keji", OrganKind.SCIENCE, Category.SCIENCE),
    ):
        here.post(name, Role.DEPARTMENT_OFFICER, here.organ(kind), categories=[category])
    here.post("pianqu", Role.AREA_HEAD)


def net_posts(here: CasePlace, town: Division, school: School, number: int) -> None:
    """The grid worker of a town's first grid and the specialist of a school; ``number`` counts from 0."""
    again = str(number + 1) if number else ""
    grid = here.grid(town.children.order_by("code").first())
    here.post(f"wangge{again}", Role.GRID_WORKER, here.office(town), grid=grid)
    here.post(f"xuexiao{again}", Role.SCHOOL_SPECIALIST, here.organ(OrganKind.SCHOOL, school.name), school=school)


# -- the register --------------------------------------------------------------------------------------------------
KINDS = (
    (Category.ARTS, "舞蹈艺术", "dance"),
    (Category.ARTS, "美术书法", "painting"),
    (Category.SPORT, "篮球", "ball_games"),
    (Category.SCIENCE, "少儿编程", "coding"),
    (Category.ARTS, "音乐", "music"),
    (Category.SPORT, "武术", "martial_arts"),
    (Category.SCIENCE, "机器人", "robotics"),
)


def register(here: CasePlace, number: int, town: Division, code: str, *, by: str = "jingban", **facts) -> Institution:
    """The ``number``-th licensed institution of the place, as of 双减; ``facts`` say what is different."""
    turn, at = divmod(number, len(invented.BRANDS))
    category, word, fine = KINDS[(at + turn) % len(KINDS)]
    brand, again = invented.BRANDS[at], turn // len(KINDS)
    told = {
        "name": f"{here.place.name}{brand}{word}培训中心{f'{again + 1}部' if again else ''}",
        "credit_code": code,
        "category": category,
        "subcategory": fine,
        "stages": [Stage.PRIMARY, Stage.JUNIOR],
        "legal_type": LegalType.NON_PROFIT,
        "licence_status": LicenceStatus.COMPLETE,
        "legal_person": invented.person(here.dice),
        "phone": invented.phone(number + 1),
        "division": town,
        "address": f"{town}{here.dice.choice(invented.ROADS)}{here.dice.randint(1, 399)}号{number % 5 + 1}层",
        "hours": "周一至周五 18:00-20:30；周末 08:30-20:30",
        "bank": invented.BANKS[number % len(invented.BANKS)],
        "account_tail": f"{here.dice.randint(0, 9999):04d}",
        **facts,
    }
    given = {"effective_on": SINCE, "reason": "名录首次登记(演示)", "by": here.acts(by), "at": clock.now()}
    row = register_institution(jurisdiction=here.place, facts=told, **given)
    if row.site_type == SiteType.TRAINING:
        _permit(here, row, number, by)
    return row


def _permit(here: CasePlace, row: Institution, number: int, by: str) -> None:
    subject, since = row.category == Category.SUBJECT, date(2021, 1, 1) + timedelta(days=11 * (number % 30))
    add_permit(
        institution=row, kind=PermitKind.SCHOOL if subject else PermitKind.NON_SUBJECT,
        number=f"教民1{here.code}6{number:06d}", issuer=here.bureau.name, valid_from=since,
        valid_to=date(since.year + 8, 12, 31), by=here.acts(by), at=clock.now(),
    )  # fmt: skip


def codes(here: CasePlace) -> Iterator[str]:
    """Credit codes that nobody in the place has yet."""
    taken = set(Institution.objects.filter(jurisdiction=here.place).values_list("credit_code", flat=True))
    return (code for code in invented.credit_codes(here.code) if code not in taken)


def visit_id(here: CasePlace, subject: Site, at: datetime) -> UUID:
    """The same for the same visit."""
    return uuid5(NAMESPACE_URL, f"{here.word}-{subject._meta.label}-{subject.pk}-{at.isoformat()}")


# -- visits ----------------------------------------------------------------------------------------------------------
def see(
    here: CasePlace,
    subject: Site,
    *,
    went: Sequence[OnSite] = (),
    campaigns: Sequence[Campaign] = (),
    by: str = "jingban",
    **facts,
) -> Visit:
    """Officers go there and file it the same hour: two of the bureau where nobody is named."""
    at = clock.now()
    told = {"kind": VisitKind.CAMPAIGN if campaigns else VisitKind.ROUTINE, "outcome": Outcome.CLEAN, **facts}
    report = VisitReport(
        client_id=visit_id(here, subject, at),
        subject=subject,
        visited_on=clock.today(),
        slot=slot_of(at),
        officers=tuple(went or here.went("jingban", "zhifa")),
        **told,
    )
    return file_tagged_visit(report=report, campaigns=campaigns, by=here.acts(by), at=at)


@dataclass(frozen=True)
class Fault:
    """What officers find, what it breaks, and what the notice asks for."""

    problem: Problem
    clause: str
    demand: str


def fault(text: str, aspect: Aspect, severity: Severity, note: str, clause: str, demand: str) -> Fault:
    return Fault(Problem(text, aspect, severity, note), clause, demand)


FAULTS = (
    fault("办学制度和台账不健全", Aspect.DAILY, Severity.MAJOR, "学员考勤、退费台账缺三个月",
          "《中华人民共和国民办教育促进法》第六十二条", "七日内补齐学员、考勤、退费台账并专人保管。"),
    fault("安全出口、疏散通道堵塞", Aspect.SAFETY, Severity.CRITICAL, "二楼东侧疏散通道堆放桌椅",
          "《校外培训机构消防安全管理九项规定》", "立即清空疏散通道，补足灭火器并建立巡查记录。"),
    fault("培训结束时间晚于20:30", Aspect.CONDUCT, Severity.MAJOR, "20:50仍有两个班未下课",
          "《关于规范面向中小学生的非学科类校外培训的意见》", "调整课程表，每日培训20:30前结束。"),
    fault("广告含有对培训效果的保证性承诺", Aspect.PUBLICITY, Severity.MAJOR, "门头和宣传栏写有“保证提分”",
          "《中华人民共和国广告法》第二十四条", "撤除全部违规宣传内容，重新报备。"),
    fault("收费项目和标准未公示", Aspect.FEES, Severity.MAJOR, "前台和宣传栏均无收费公示",
          "《关于加强校外培训机构预收费监管工作的通知》", "在显著位置公示收费项目和标准，收费全部进入专户。"),
)  # fmt: skip


def notify(here: CasePlace, visit: Visit, found: Fault, kind: OrderKind = OrderKind.RECTIFY, days: int = 15) -> Order:
    """The notice is handed over on the spot and signed for."""
    stops, by, at, today = kind == OrderKind.STOP, here.acts("jingban"), clock.now(), clock.today()
    facts = OrderFacts(
        kind=kind,
        facts=[["—", f"{found.problem.text}：{found.problem.note}", found.clause]],
        clauses=found.clause,
        due_on=today + timedelta(days=days),
        requirements=[found.demand],
        stop_scope="全部学科类培训" if stops else "",
        refund_arrangement="三日内向家长退还剩余课时费，并将清单报送本机关。" if stops else "",
        evidence=["现场照片2张", "检查记录1份"],
        contact=f"{here.bureau.name} {here.bureau.report_phone}",
        on_spot=True,
    )
    signing = list(visit.officers.exclude(certificate_no="").order_by("pk"))
    order = issue_order(visit=visit, facts=facts, officers=signing, by=by, at=at)
    served = {"served_on": today, "recipient": order.person_in_charge or "现场负责人"}
    return record_service(order=order, service=Service.DIRECT, by=by, at=at, **served)


def put_right(here: CasePlace, order: Order, at: datetime, remark: str = "现场复查，已整改到位") -> Story:
    """The party reports two days before; a re-check of two officers closes the notice."""
    by = here.acts("jingban")
    yield at - timedelta(days=2)
    words = {"text": "已按要求整改，并安排专人每日检查。", "given_by": order.person_in_charge or "负责人"}
    take_in_proof(order=order, by=by, at=clock.now(), **words)
    yield at
    seen = see(here, order.institution or order.unlicensed, kind=VisitKind.RECHECK)
    accept_rectification(order=order, visit=seen, remark=remark, by=by, at=at)


# -- unlicensed sites ------------------------------------------------------------------------------------------------
def unlicensed(here: CasePlace, town: Division, address: str, *, by: str = "jingban", **facts) -> UnlicensedSite:
    """Found today; subject training unless told otherwise."""
    told = {"category": Category.SUBJECT, "operator": invented.person(here.dice), **facts}
    return report_unlicensed(
        jurisdiction=here.place, division=town, address=address, found_on=clock.today(), by=here.acts(by),
        at=clock.now(), **told,
    )  # fmt: skip


def look_again(here: CasePlace, site: UnlicensedSite, organ: Organ, finding: str, *, open_still: bool) -> None:
    """One more round of checking by two officers."""
    officers = "、".join(one.name for one in here.went("jingban", "zhifa"))
    facts = {"organ": organ, "officers": officers, "finding": finding, "still_operating": open_still}
    record_round(site=site, checked_on=clock.today(), by=here.acts("jingban"), at=clock.now(), **facts)


def dispose(here: CasePlace, site: UnlicensedSite, disposal: Disposal, reason: str) -> None:
    given = {"disposed_on": clock.today(), "by": here.acts("jingban"), "at": clock.now()}
    dispose_unlicensed(site=site, disposal=disposal, reason=reason, **given)


# -- campaigns -------------------------------------------------------------------------------------------------------
def begin(
    here: CasePlace,
    name: str,
    kind: CampaignKind,
    *,
    until: date,
    aim: str,
    group: str,
    units: Sequence[Organ] = (),
    tags: Sequence[str] = (),
    by: str = "jingban",
    **facts,
) -> Campaign:
    """Drafted with its leading group and plan, its members and targets, and started. ``group`` signs the papers."""
    by, at, today = here.acts(by), clock.now(), clock.today()
    told = {"name": name, "kind": kind, "starts_on": today, "ends_on": until, "aim": aim, "daily_returns": False}
    campaign = draft_campaign(jurisdiction=here.place, facts=told | facts, by=by, at=at)
    for paper, title in (
        (PaperKind.LEADING_GROUP, f"关于成立“{name}”工作专班的通知(演示)"),
        (PaperKind.PLAN, f"“{name}”实施方案(演示)"),
    ):
        add_paper(campaign=campaign, kind=paper, title=title, dated_on=today, organ_name=group, by=by, at=at)
    for organ in units:
        add_unit(campaign=campaign, organ=organ, by=by, at=at)
    if tags:
        list_targets(campaign=campaign, tags=tags, by=by, at=at)
    return start_campaign(campaign=campaign, by=by, at=at)


def end(here: CasePlace, campaign: Campaign, report: str, *, by: str = "shenhe") -> Campaign:
    return close_campaign(campaign=campaign, report=report, by=here.acts(by), at=clock.now())
