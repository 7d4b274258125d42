"""What 石狮 published and noted: white and black list, searches that make "0起" count, plans, meetings, honours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from alerts.operations.reporting import note_search
from enforcement.enums import Service
from institutions import dossier
from listings.enums import ListKind
from listings.models import ListEntry
from listings.operations.entries import approve_listing, propose_listing
from listings.operations.hearing import close_window, notify_party, record_notice_service
from outreach.enums import Channel, MeetingKind
from outreach.operations.records import Held, record_honour, record_meeting, record_outreach

from ..case_diary import at_hour
from .checks import Rounds
from .county import SINCE, County

SOURCES = "12345工单、信访件、公安通报、网络搜索、日常巡查记录"
BASIS = "石狮市校外培训机构“黑白名单”管理办法(演示)"
WHITE = 24


def plan(rounds: Rounds) -> None:
    """Enter all of it in the diary."""
    county = rounds.county
    _searches(county)
    _told(county)
    white = county.today - timedelta(days=150)
    for number in range(WHITE):
        day = white + timedelta(days=number // 4)
        county.diary.on(at_hour(day, 9, number % 4), partial(_white, rounds, number))
    county.diary.on(at_hour(county.today - timedelta(days=95), 9), partial(_black, rounds))


def _searches(county: County) -> None:
    """Each quarter somebody looks for runaways through the same sources, the last time yesterday."""
    first = SINCE
    while first < county.today:
        last = min(first + timedelta(days=90), county.today - timedelta(days=1))
        if last >= first:
            county.diary.on(at_hour(last, 17), partial(_searched, county, first))
        first = last + timedelta(days=1)
        if last == county.today - timedelta(days=1):
            break


def _searched(county: County, first: date, at: datetime) -> None:
    found = "未发现机构爆雷、跑路"
    note_search(first_on=first, last_on=at.date(), sources=SOURCES, found=found, by=county.officer, at=at)


# -- lists -----------------------------------------------------------------------------------------------------------
def _entry(rounds: Rounds, row, kind: ListKind, reason: str, at: datetime, **given) -> ListEntry:
    days = {"effective_on": at.date(), "until": at.date() + timedelta(days=364)}
    by = rounds.county.officer
    return propose_listing(institution=row, kind=kind, reason=reason, basis=BASIS, by=by, at=at, **days, **given)


def _white(rounds: Rounds, number: int, at: datetime) -> None:
    row = rounds.register.supervised[number + 1]
    entry = _entry(rounds, row, ListKind.WHITE, "年检合格，预收费全额监管，未发现违规行为", at)
    approve_listing(entry=entry, by=rounds.county.leader, at=at)


def _black(rounds: Rounds, at: datetime) -> None:
    """For what the first visit to it found; the party is heard, the leader decides three weeks later."""
    row, by = rounds.register.others[0], rounds.county.officer
    keys = [record.key for record in dossier.records_of(row, among={"finding"})]
    reason = "收费项目和标准未公示，另行收取资料费，拒不退还"
    entry = _entry(rounds, row, ListKind.BLACK, reason, at, records=keys, contact="石狮市教育局 0595-0000581")
    notify_party(entry=entry, by=by, at=at)
    served = {"service": Service.DIRECT, "served_on": at.date(), "recipient": "机构负责人"}
    entry = record_notice_service(entry=entry, by=by, at=at, **served)
    rounds.county.diary.on(at + timedelta(days=20), partial(_decided, rounds, entry))


def _decided(rounds: Rounds, entry: ListEntry, at: datetime) -> None:
    close_window(entry=entry, by=rounds.county.officer, at=at)
    approve_listing(entry=entry, by=rounds.county.leader, at=at)


# -- meetings, outreach, honours -------------------------------------------------------------------------------------
MET = (
    (date(2021, 8, 20), MeetingKind.PROMOTION, "校外培训机构整治工作部署会", "成立整治专班，部署摸底排查"),
    (date(2022, 3, 2), MeetingKind.JOINT, "“点题整治”联席会议", "重点整治隐形变异培训"),
    (date(2022, 10, 9), MeetingKind.PROMOTION, "预收费资金监管推进会", "六家银行接入全国平台"),
)
TOLD = (
    (date(2021, 9, 8), Channel.ACCOUNT, "公布校外培训举报电话和邮箱", "石狮市教育局公众号", 5200),
    (date(2022, 7, 1), Channel.DOOR, "暑期入户发放致家长一封信", "各镇街社区", 8600),
    (date(2023, 2, 20), Channel.MEDIA, "课后服务专题报道", "石狮市融媒体中心", 12000),
)
HONOURS = (
    (date(2022, 5, 20), "课后服务获教育部“双减”工作典型报道", "教育部"),
    (date(2022, 11, 18), "入选全省第三批落实“双减”工作典型案例", "福建省教育厅"),
)
ATTENDEES = (("教育局", 6), ("市场监管局", 3), ("公安局", 2), ("城市管理局", 2), ("消防救援大队", 1))


def _told(county: County) -> None:
    for day, kind, title, topics in MET:
        words = {"title": title, "topics": topics, "decisions": "各部门按分工落实，每周报送。", "attendees": ATTENDEES}
        held = Held(kind=kind, happened_on=day, organiser="石狮市教育局", **words)
        county.diary.on(at_hour(day, 16), partial(_call, county, record_meeting, held=held))
    for day, channel, title, place, audience in TOLD:
        facts = {"channel": channel, "title": title, "place": place, "audience": audience, "at_least": True}
        county.diary.on(at_hour(day, 16), partial(_call, county, record_outreach, happened_on=day, **facts))
    for day, title, giver in HONOURS:
        facts = {"title": title, "giver": giver, "document": "演示文件", "happened_on": day}
        county.diary.on(at_hour(day, 16), partial(_call, county, record_honour, **facts))


def _call(county: County, operation, at: datetime, **facts) -> None:
    operation(by=county.officer, at=at, **facts)
