"""集美 as its case tells it (domain note 1.4), at a small scale: three nets, 点题整治, 监管护苗 and 回头看.

A leading group with its papers, departments as members, targets from records, joint visits of which some find
something, pupils sent home, daily returns, and clues that count in the campaign. The bulletin's 7,364 家次 are not
here: a first start must stay quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from clues.enums import Channel, Subject, Verdict
from clues.operations.clues import close_clue, start_checking, take_in_clue
from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ
from foundation.accounts.operations.organs import register_organ
from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.operations.grids import register_grid
from foundation.regions.operations.schools import register_school, register_school_area
from inspections.enums import (
    Aspect,
    CampaignKind,
    Outcome,
    PaperKind,
    RecheckResult,
    Severity,
    ShiftKind,
    Slot,
    TargetTag,
    VisitKind,
)
from inspections.models import Campaign, Shift, Visit
from inspections.operations.campaigns import add_unit, close_campaign, draft_campaign, start_campaign
from inspections.operations.outings import file_group_visit, record_attendance
from inspections.operations.papers import add_paper
from inspections.operations.patrols import begin_shift, finish_shift, plan_shift
from inspections.operations.returns import file_return
from inspections.operations.tagging import file_tagged_visit, tag_clue
from inspections.operations.targets import list_targets, record_recheck
from inspections.reports import HeadCount, OnSite, Problem, VisitReport
from inspections.rosters import GroupPlan
from institutions.enums import Category, Discovery, Disposal, Status
from institutions.models import Institution, UnlicensedSite
from institutions.operations.nets import fill_nets
from institutions.operations.unlicensed import dispose_unlicensed, report_unlicensed

from .organs import JIMEI, People, add_person

Site = Institution | UnlicensedSite
GROUP = "集美区“双减”工作领导小组(演示)"
#: (sign, what it became, after how many days) of the sites that 点题整治 found; the last one is still open.
FOUND = (
    ("向日葵课后辅导", Disposal.BANNED, 6),
    ("名校数学小班", Disposal.BANNED, 9),
    ("浔江英语角", Disposal.SELF_CLOSED, 12),
    ("杏滨书屋二楼", None, 0),
)
PROBLEMS = (
    Problem("学科类教师未持证上课", Aspect.CONDUCT, Severity.MAJOR, "一名授课人员不能出示教师资格证书"),
    Problem("收费标准未公示", Aspect.FEES, Severity.LIGHT, "前台无收费公示，已当场张贴"),
    Problem("安全出口上锁", Aspect.SAFETY, Severity.CRITICAL, "二楼安全出口锁闭，已当场打开"),
)
#: Of the visits of 监管护苗 by their number: what was found, what it came to, pupils sent home (余: a lower bound).
TROUBLE = {
    2: (0, Outcome.FOLLOW_UP, HeadCount(18, at_least=True)),
    5: (1, Outcome.CORRECTED, HeadCount()),
    8: (2, Outcome.CORRECTED, HeadCount(12)),
}
VISITS = 10


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """Everything in its order; ``rows`` are the institutions that the base demo registered there."""
    now = timezone.localtime(now)  # hours below are those of the place
    _people(people, rows, now - timedelta(days=100))
    _named(people, now)
    open_now = Institution.objects.filter(pk__in=[row.pk for row in rows], status=Status.NORMAL).order_by("pk")
    _guard(people, list(open_now), now)
    _recheck(people, now)
    _patrols(people, rows, now)


# -- three nets ------------------------------------------------------------------------------------------------------
def _people(people: People, rows: list[Institution], at: datetime) -> None:
    """街道—社区—网格员, 片区负责人—学校专员, departments by category; then the posts name somebody for each site."""
    place, bureau = Jurisdiction.objects.get(code=JIMEI), people.posts["jimei.jingban"].organ
    by, town = people.acts("jimei.jingban"), rows[0].division
    with clock.set_to(at):
        street = _organ(people, OrganKind.TOWN, f"{town}办事处", at, division=town)
        market = _organ(people, OrganKind.MARKET, "集美区市场监督管理局", at)
        school_organ = _organ(people, OrganKind.SCHOOL, "集美区演示小学", at)
        community = town.children.order_by("code").first()
        grid = register_grid(jurisdiction=place, division=community, name="第一网格", by=by, at=at)
        area = register_school_area(jurisdiction=place, name="集美片区", by=by, at=at)
        school = register_school(
            jurisdiction=place, division=town, name="集美区演示小学", stage=SchoolStage.PRIMARY, area=area, by=by, at=at
        )
        add_person(people, "jimei.shenhe", Role.COUNTY_LEADER, bureau)
        add_person(people, "jimei.jiedao", Role.TOWN_STAFF, street)
        add_person(people, "jimei.shijian", Role.DEPARTMENT_OFFICER, market)
        add_person(people, "jimei.wangge", Role.GRID_WORKER, street, grid=grid)
        add_person(people, "jimei.pianqu", Role.AREA_HEAD, bureau)
        add_person(people, "jimei.xuexiao", Role.SCHOOL_SPECIALIST, school_organ, school=school)
        fill_nets(institutions=rows, by=by, at=at)


def _organ(people: People, kind: OrganKind, name: str, at: datetime, **given) -> Organ:
    place = Jurisdiction.objects.get(code=JIMEI)
    return register_organ(jurisdiction=place, kind=kind, name=name, by=people.loader, at=at, **given)


# -- campaigns -------------------------------------------------------------------------------------------------------
def _begun(
    people: People, name: str, kind: CampaignKind, aim: str, at: datetime, *, days: int, tags: tuple[str, ...] = ()
) -> Campaign:
    """Drafted with its papers, members and targets, and started."""
    by, day = people.acts("jimei.jingban"), clock.local_date(at)
    with clock.set_to(at):
        facts = {"name": name, "kind": kind, "starts_on": day, "ends_on": day + timedelta(days=days), "aim": aim}
        facts["daily_returns"] = kind == CampaignKind.GUARD
        place = Jurisdiction.objects.get(code=JIMEI)
        campaign = draft_campaign(jurisdiction=place, facts=facts, by=by, at=at)
        add_paper(
            campaign=campaign, kind=PaperKind.LEADING_GROUP, title=f"关于成立“{name}”工作专班的通知(演示)",
            dated_on=day, organ_name=GROUP, by=by, at=at,
            text="区教育局牵头，市场监管部门和各镇街参加。",
        )  # fmt: skip
        add_paper(
            campaign=campaign, kind=PaperKind.PLAN, title=f"“{name}”工作方案(演示)", dated_on=day, organ_name=GROUP,
            by=by, at=at,
        )  # fmt: skip
        for kind_of_organ in (OrganKind.MARKET, OrganKind.TOWN):
            organ = Organ.objects.filter(jurisdiction=place, kind=kind_of_organ).order_by("pk").first()
            add_unit(campaign=campaign, organ=organ, by=by, at=at)
        if tags:
            list_targets(campaign=campaign, tags=tags, by=by, at=at)
        return start_campaign(campaign=campaign, by=by, at=at)


def _visit(people: People, campaigns: Iterable[Campaign], subject: Site, at: datetime, **found) -> Visit:
    """Officers of the bureau and of the market department together, filed the same day."""
    facts = {"outcome": Outcome.CLEAN, "slot": Slot.EVENING if at.hour >= 18 else Slot.AFTERNOON, **found}
    with clock.set_to(at):
        report = VisitReport(
            client_id=uuid5(NAMESPACE_URL, f"jimei-{subject._meta.label}-{subject.pk}-{at:%m%d}"),
            kind=VisitKind.CAMPAIGN,
            subject=subject,
            visited_on=clock.local_date(at),
            officers=tuple(OnSite.of_post(people.posts[name]) for name in ("jimei.jingban", "jimei.shijian")),
            **facts,
        )
        return file_tagged_visit(report=report, campaigns=campaigns, by=people.acts("jimei.jingban"), at=at)


def _named(people: People, now: datetime) -> None:
    """点题整治 of two months ago: unlicensed subject sites found, visited, closed one after the other; reported."""
    by, start = people.acts("jimei.jingban"), now - timedelta(days=60)
    aim = "整治无证学科类培训，动态清零。"
    campaign = _begun(people, "无证学科类培训点题整治", CampaignKind.NAMED, aim, start, days=40)
    place = Jurisdiction.objects.get(code=JIMEI)
    towns = list(Division.objects.filter(parent__code=JIMEI, level="town").order_by("code"))
    for number, (sign, disposal, days) in enumerate(FOUND):
        at = start + timedelta(days=3 + 4 * number)
        town = towns[number % len(towns)]
        with clock.set_to(at):
            site = report_unlicensed(
                jurisdiction=place, division=town, address=f"{town}演示里{number + 21}号2楼", sign=sign,
                category=Category.SUBJECT, discovery=Discovery.SWEEP, pupils=9 + number, pupils_at_least=False,
                found_on=clock.local_date(at), by=by, at=at,
            )  # fmt: skip
        problem = Problem("无证开展学科类培训", Aspect.CONDUCT, Severity.CRITICAL, "不能出示办学许可证和营业执照")
        facts = {"problems": (problem,), "pupils": HeadCount(9 + number), "dispersed": HeadCount(9 + number)}
        _visit(people, [campaign], site, at, outcome=Outcome.FOLLOW_UP, **facts)
        if disposal is not None:
            later = at + timedelta(days=days)
            with clock.set_to(later):
                dispose_unlicensed(
                    site=site, disposal=disposal, disposed_on=clock.local_date(later), reason="已停止培训并退费",
                    by=by, at=later,
                )  # fmt: skip
    end = start + timedelta(days=40)
    with clock.set_to(end):
        report = f"共发现无证学科类场所{len(FOUND)}处，取缔和自行停办3处，1处继续跟进。"
        close_campaign(campaign=campaign, report=report, by=people.acts("jimei.shenhe"), at=end)


def _guard(people: People, rows: list[Institution], now: datetime) -> None:
    """监管护苗, running: joint visits to most of the targets, some in the evening; returns of most days; two clues."""
    start = now - timedelta(days=12)
    campaign = _begun(
        people, "监管护苗联合检查", CampaignKind.GUARD, "联合检查校外培训机构，当场整改，清散违规上课学生。", start,
        days=30, tags=(TargetTag.SCOPE, TargetTag.UNLICENSED),
    )  # fmt: skip
    for number, row in enumerate(rows[:VISITS]):
        at = (start + timedelta(days=1 + number)).replace(hour=19 if number % 3 == 2 else 15, minute=10)
        problem, outcome, dispersed = TROUBLE.get(number, (None, Outcome.CLEAN, HeadCount()))
        facts = {"problems": () if problem is None else (PROBLEMS[problem],), "dispersed": dispersed}
        _visit(people, [campaign], row, at, outcome=outcome, pupils=HeadCount(6 + 2 * number), **facts)
    _returns(people, campaign, start)
    _clues(people, campaign, rows, now)


def _returns(people: People, campaign: Campaign, start: datetime) -> None:
    """Each unit every evening until yesterday; the street forgot two days."""
    for day in range(12):
        at = (start + timedelta(days=day)).replace(hour=21)
        for username in ("jimei.jingban", "jimei.shijian", "jimei.jiedao"):
            if username == "jimei.jiedao" and day in (4, 11):
                continue
            with clock.set_to(at):
                file_return(
                    campaign=campaign, day_on=clock.local_date(at), led_by_leaders=day % 2,
                    by=people.acts(username), at=at,
                )  # fmt: skip


def _clues(people: People, campaign: Campaign, rows: list[Institution], now: datetime) -> None:
    """What a grid worker saw, followed up and closed; a call that nobody has begun to check."""
    officer, place = people.acts("jimei.jingban"), Jurisdiction.objects.get(code=JIMEI)
    community = people.posts["jimei.wangge"].grid.division
    at = now - timedelta(days=6)
    with clock.set_to(at):
        seen = take_in_clue(
            jurisdiction=place, division=community, channel=Channel.GRID, subject=Subject.HOURS,
            content="周六上午教室里有学生在上数学课", by=people.acts("jimei.wangge"), at=at,
        )  # fmt: skip
        start_checking(clue=seen, by=officer, at=at)
        close_clue(clue=seen, verdict=Verdict.TRUE, result="已到现场，责令停止并退费。", by=officer, at=at)
        tag_clue(clue=seen, campaign=campaign, by=officer, at=at)
    at = now - timedelta(days=1)
    with clock.set_to(at):
        told = take_in_clue(
            jurisdiction=place, division=rows[0].division, channel=Channel.HOTLINE, subject=Subject.ADVERT,
            content="校门口有人散发寒假补课传单", institution=rows[0], by=officer, at=at,
        )  # fmt: skip
        tag_clue(clue=told, campaign=campaign, by=officer, at=at)


def _recheck(people: People, now: datetime) -> None:
    """回头看 of what closed: whether anybody still teaches there."""
    start, by = now - timedelta(days=8), people.acts("jimei.jingban")
    campaign = _begun(
        people, "学科类机构回头看", CampaignKind.RECHECK, "排查已取缔、转型和注销的机构是否反弹。", start,
        days=25, tags=(TargetTag.FORMER,),
    )  # fmt: skip
    target = campaign.targets.filter(institution__isnull=False).select_related("institution").order_by("pk").first()
    at = start + timedelta(days=2)
    visit = _visit(people, [campaign], target.institution, at)
    with clock.set_to(at):
        record_recheck(
            target=target,
            result=RecheckResult.CORRECTED,
            visit=visit,
            remark="场地已改作他用，无培训活动。",
            by=by,
            at=at,
        )


# -- patrols ---------------------------------------------------------------------------------------------------------
def _patrols(people: People, rows: list[Institution], now: datetime) -> None:
    """白+黑: one evening done by two groups, one to come next week."""
    by = people.acts("jimei.jingban")
    evening = (now - timedelta(days=4)).replace(hour=19, minute=0)
    with clock.set_to(evening):
        shift = begin_shift(shift=_shift(people, rows, evening, "集美片区晚间巡查"), by=by, at=evening)
    for number, group in enumerate(shift.groups.order_by("pk")):
        with clock.set_to(evening):
            record_attendance(group=group, present=list(group.members.values_list("pk", flat=True)), by=by, at=evening)
        subject = rows[11 + number]
        at = evening + timedelta(minutes=40)
        report = VisitReport(
            client_id=uuid5(NAMESPACE_URL, f"jimei-evening-{number}"), kind=VisitKind.ROUTINE, subject=subject,
            visited_on=clock.local_date(at), slot=Slot.EVENING, started_at=at, outcome=Outcome.CLEAN,
            pupils=HeadCount(14 + number),
        )  # fmt: skip
        with clock.set_to(at):
            file_group_visit(group=group, report=report, by=by, at=at)
    back = evening + timedelta(hours=2)
    with clock.set_to(back):
        finish_shift(shift=shift, remark="两个组均已返回，未发现违规培训。", by=by, at=back)
    with clock.set_to(now):
        _shift(people, rows, now + timedelta(days=3), "周中晚间巡查", planned_at=now)


def _shift(
    people: People, rows: list[Institution], evening: datetime, title: str, *, planned_at: datetime | None = None
) -> Shift:
    """Two groups of two, each with its town."""
    officer, market, street = (
        OnSite.of_post(people.posts[name]) for name in ("jimei.jingban", "jimei.shijian", "jimei.jiedao")
    )
    guest = OnSite("苏晓东", street.organ_name, None, street.organ)
    plans = [
        GroupPlan("第一组", (officer, market), (rows[0].division,)),
        GroupPlan("第二组", (street, guest), (rows[1].division,)),
    ]
    facts = {
        "kind": ShiftKind.PATROL, "title": title, "held_on": clock.local_date(evening), "slot": Slot.EVENING,
    }  # fmt: skip
    place, by = Jurisdiction.objects.get(code=JIMEI), people.acts("jimei.jingban")
    return plan_shift(jurisdiction=place, facts=facts, groups=plans, by=by, at=planned_at or evening)
