"""三元's other four steps: a call answered in an afternoon, pupils followed, an advertisement traced, good examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from clues.enums import Channel, Medium, Subject
from clues.operations.adverts import AdvertFacts, report_sighting
from enforcement.enums import AdOutcome, InterviewKind, OrderKind
from enforcement.operations.interviews import (
    InterviewPlan,
    InterviewRecord,
    hold_interview,
    plan_interview,
    record_study_visit,
    summon,
)
from enforcement.operations.removals import Done, Outing, record_removal
from foundation.accounts.enums import OrganKind
from foundation.core import clock
from foundation.regions.models import Division
from inspections.enums import Aspect, Outcome, Severity, VisitKind
from inspections.reports import HeadCount, OnSite
from institutions.enums import Category, Discovery, Disposal, LicenceStatus, SiteType
from institutions.models import Institution, UnlicensedSite

from .case_clues import answer, hear, take_up
from .case_diary import Diary, Story, instant
from .case_people import CasePlace
from .case_steps import codes, dispose, fault, notify, put_right, register, see, unlicensed

LAW = "《中华人民共和国民办教育促进法》第十二条"
GRAVE = (Aspect.CONDUCT, Severity.CRITICAL)
EXERCISES = fault("托管期间开展学科类培训", *GRAVE, "十来个学生在做题", LAW, "立即停止学科培训活动。")
ENGLISH = fault("无证开展英语学科教学", *GRAVE, "现场并无办学资格牌照", LAW, "立刻停止培训活动。")
RECORDING = fault("无证录制线上学科类课程", *GRAVE, "店面内架设录播设备", LAW, "立即停止培训，下架课程。")
POST = "寒假线上特训营！名师录播课，小学数学、英语全册精讲，扫码九块九试听，报名满一百节送辅导。"
HEADS = 4  # heads of influential institutions, one interview each


def stories(here: CasePlace, diary: Diary) -> Iterator[Story]:
    yield from (_followed(here, diary), _caught(here, diary), _examples(here), _called(here, diary))


def _community(here: CasePlace, name: str) -> Division:
    return Division.objects.get(parent__parent__code=here.code, name__startswith=name, valid_to__isnull=True)


def _of(here: CasePlace, division: Division) -> OnSite:
    """Somebody of a community, in its street's office."""
    return here.guest(here.office(division.parent), 7)


def _closed(here: CasePlace, site: UnlicensedSite, at, disposal: Disposal, words: str) -> Story:
    yield at
    dispose(here, site, disposal, words)


# -- 盯线索 ------------------------------------------------------------------------------------------------------------
def _called(here: CasePlace, diary: Diary) -> Story:
    """15 August, in the afternoon: a call to 12345, on the spot within the hour, the notice before five."""
    yield instant(2022, 8, 15, 14, 5)
    place = _community(here, "东乾")
    words = "丹蓉新村有托管班暑假给孩子上课，每天下午都有十来个学生进出"
    facts = {"order_no": "SM12345-2022081500317", "sign": "善进托管(演示)", "address": "丹蓉新村"}
    clue = hear(here, place, Channel.HOTLINE, Subject.DISGUISED, words, **facts)
    yield instant(2022, 8, 15, 14, 20)
    take_up(here, clue)
    yield instant(2022, 8, 15, 15, 10)
    seen = {"site_type": SiteType.CARE, "licence_status": LicenceStatus.NO_PERMIT, "discovery": Discovery.HOTLINE}
    count = {"pupils": 10, "pupils_at_least": True}
    site = unlicensed(here, place, "丹蓉新村12幢101", sign="善进托管(演示)", **seen, **count)
    went = (*here.went("jingban", "shijian"), _of(here, place))
    found = {"problems": (EXERCISES.problem,), "outcome": Outcome.FOLLOW_UP, "pupils": HeadCount(10, at_least=True)}
    visit = see(here, site, went=went, kind=VisitKind.JOINT, **found)
    yield instant(2022, 8, 15, 15, 50)
    order = notify(here, visit, EXERCISES, days=7)
    yield instant(2022, 8, 15, 16, 30)
    answer(here, clue, "到场查实，当场下达整改通知书，立即停止学科培训活动。", visit=visit)
    diary.tell(put_right(here, order, instant(2022, 8, 22, 15)))
    diary.tell(_closed(here, site, instant(2022, 8, 23, 10), Disposal.TRANSFORMED, "只提供看护和就餐"))


# -- 跟人员 ------------------------------------------------------------------------------------------------------------
def _followed(here: CasePlace, diary: Diary) -> Story:
    """19 January: pupils go into one building; a teacher at English, and through her the one in charge."""
    yield instant(2022, 1, 19, 15, 20)
    town = here.towns()[0]
    people = {"operator": "庄文斌", "teachers": "许雅婷（英语）", "pupils": 9, "pupils_at_least": False}
    site = unlicensed(here, town, f"{town}新市中路演示大厦6楼", sign="", discovery=Discovery.PATROL, **people)
    found = {"problems": (ENGLISH.problem,), "outcome": Outcome.FOLLOW_UP}
    told = {"pupils": HeadCount(9), "dispersed": HeadCount(9), "remark": "跟随学生进入；经授课老师联系到负责人到场。"}
    visit = see(here, site, went=here.went("jingban", "zhifa", "shijian"), kind=VisitKind.JOINT, **found, **told)
    yield instant(2022, 1, 19, 16, 30)
    order = notify(here, visit, ENGLISH, days=7)
    diary.tell(put_right(here, order, instant(2022, 1, 26, 10)))
    diary.tell(_closed(here, site, instant(2022, 1, 27, 10), Disposal.SELF_CLOSED, "已停止培训并退费"))


# -- 抓现形 ------------------------------------------------------------------------------------------------------------
def _caught(here: CasePlace, diary: Diary) -> Story:
    """25 January: a post among friends, a visit as parents, then the cards on the table and the order to stop."""
    yield instant(2022, 1, 25, 9, 10)
    town, by = here.towns()[1], here.acts("jingban")
    advert = AdvertFacts(medium=Medium.MOMENTS, link="https://example.invalid/moments/20220125")
    told = {"content": POST, "channel": Channel.STAFF, "by": by, "at": clock.now()}
    post = report_sighting(advert=advert, jurisdiction=here.place, division=town, sign="线上特训营", **told)
    police, street = here.guest(here.organ(OrganKind.POLICE), 0), here.guest(here.office(town), 0)
    yield instant(2022, 1, 25, 14, 30)
    site = unlicensed(here, town, f"{town}列东街演示店面18号", sign="", discovery=Discovery.ONLINE)
    words = "以家长名义询问购买线上课程，店内正在录课。"
    hidden = {"kind": VisitKind.COVERT, "covert": True, "outcome": Outcome.FOLLOW_UP, "remark": words}
    see(here, site, went=(*here.went("jingban"), police), problems=(RECORDING.problem,), **hidden)
    yield instant(2022, 1, 25, 15, 20)
    went = (*here.went("jingban", "zhifa", "shijian"), street, police)
    found = {"problems": (RECORDING.problem,), "outcome": Outcome.FOLLOW_UP, "pupils": HeadCount(0)}
    visit = see(here, site, went=went, kind=VisitKind.JOINT, **found)
    yield instant(2022, 1, 25, 16)
    order = notify(here, visit, RECORDING, kind=OrderKind.STOP, days=5)
    outing = Outing(done_on=clock.today(), officers=went[:4])
    record_removal(outing=outing, done=[Done(post, AdOutcome.DELETED)], by=by, at=clock.now())
    answer(here, take_up(here, post.clue), "据点已找到，责令停止培训，小广告已删除。", visit=visit)
    diary.tell(put_right(here, order, instant(2022, 1, 29, 10)))
    diary.tell(_closed(here, site, instant(2022, 1, 29, 11), Disposal.BANNED, "录播设备已拆除，课程下架，费用退还"))


# -- 树榜样 ------------------------------------------------------------------------------------------------------------
def _examples(here: CasePlace) -> Story:
    """Heads of influential institutions one by one, then all of them to 培根教育培训学校."""
    yield instant(2022, 4, 6, 9)
    by, towns, fresh = here.acts("jingban"), here.towns(), codes(here)
    facts = {"category": Category.SUBJECT, "subcategory": ""}
    host = register(here, 201, towns[0], next(fresh), name="三元区培根教育培训学校(演示)", **facts)
    guests = list(Institution.objects.filter(jurisdiction=here.place, **facts).exclude(pk=host.pk).order_by("pk")[:12])
    for number, row in enumerate(guests[:HEADS]):
        yield instant(2022, 4, 12 + number, 9)
        plan = InterviewPlan(
            kind=InterviewKind.INDIVIDUAL, title=f"约谈{row.name}负责人", planned_on=clock.today(),
            place=f"{here.bureau.name}会议室",
        )  # fmt: skip
        interview = plan_interview(plan=plan, by=by, at=clock.now())
        party = summon(interview=interview, institution=row, by=by, at=clock.now())
        yield clock.now() + timedelta(hours=6)
        told = InterviewRecord(
            held_on=clock.today(), host="副局长(演示)", requirements="正视问题，自我检查，积极树立标杆，示范引领。",
            commitments="表示立即开展自查。", attendance={party.pk: f"{row.legal_person} 校长"},
        )  # fmt: skip
        hold_interview(interview=interview, told=told, by=by, at=clock.now())
    yield instant(2022, 4, 22, 17)
    topics = "校外培训机构管理、培训材料收集归案、疫情防控"
    held = {"held_on": clock.today(), "topics": topics, "persons": len(guests) + 3}
    record_study_visit(institution=host, guests=guests, by=by, at=clock.now(), **held)
