"""What 思明 told people, met about and were honoured for in the last months."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.core import clock
from outreach.enums import Channel, MeetingKind
from outreach.operations.records import Held, record_honour, record_meeting, record_outreach

from .organs import People

OFFICERS = ("siming.jingban",)
TOLD = (
    (80, Channel.MEDIA, "开学季理性选择培训机构访谈(演示)", "本地电视台", None, False),
    (60, Channel.DOOR, "社区入户发放致家长信(演示)", "演示社区", 420, False),
    (41, Channel.HOME_VISIT, "教师家访讲解预收费规定(演示)", "演示小学", 96, False),
    (25, Channel.PUSH, "家长端推送白名单(演示)", "校外教育培训家长端", 3000, True),
    (9, Channel.ACCOUNT, "公众号推文：退费怎么办(演示)", "教育局公众号", 1200, True),
)
MET = (
    (75, MeetingKind.JOINT, "双减工作联席会议(演示)", "暑期集中整治安排", "各部门按分工巡查，每周报送。"),
    (33, MeetingKind.SYMPOSIUM, "校外培训机构负责人座谈会(演示)", "预收费监管和材料审核", "机构本月内补齐材料备案。"),
    (12, MeetingKind.PROMOTION, "规范办学推进会(演示)", "寒假巡查", ""),
)
ATTENDEES = (("教育局", 4), ("市场监管局", 2), ("文化和旅游局", 1), ("消防救援大队", 1))


def load(people: People, now: datetime) -> None:
    """Each on its day, by the officer of the county."""
    for login in OFFICERS:
        by = people.acts(login)
        for days, channel, title, place, audience, at_least in TOLD:
            with clock.set_to(at := now - timedelta(days=days)):
                facts = {"place": place, "audience": audience, "at_least": at_least, "happened_on": clock.today()}
                record_outreach(channel=channel, title=title, by=by, at=at, **facts)
        for days, kind, title, topics, decisions in MET:
            with clock.set_to(at := now - timedelta(days=days)):
                words = {"title": title, "topics": topics, "decisions": decisions, "attendees": ATTENDEES}
                held = Held(kind=kind, happened_on=clock.today(), organiser=by.organ_name, **words)
                record_meeting(held=held, by=by, at=at)
        with clock.set_to(at := now - timedelta(days=50)):
            words = {"title": "双减工作典型案例(演示)", "giver": "上级教育行政部门(演示)", "document": "演示文件"}
            record_honour(happened_on=clock.today(), by=by, at=at, **words)
