"""A few invented clues: from the grid worker's phone, the school's specialist, the hotline, the public; a whistle."""

from __future__ import annotations

from datetime import datetime, timedelta

from assignments.enums import Urgency
from clues import receipts
from clues.enums import OWN_PEOPLE, Channel, Subject, Verdict
from clues.operations.clues import close_clue, start_checking, take_in_clue
from clues.operations.tips import send_tip, write_to_sender
from clues.operations.triage import accept_clue
from clues.operations.whistles import blow_whistle, report_in
from clues.sealing import Sender
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from .organs import SIMING, People

#: (days ago, who, channel, subject, words, what became of it)
CLUES = [
    (20, "siming.wangge", Channel.GRID, Subject.UNLICENSED, "二楼新挂“金榜晚托”，晚上有学生写作业", Verdict.TRUE),
    (12, "siming.jingban", Channel.HOTLINE, Subject.FEES, "家长反映退费拖了两个月", Verdict.PARTLY),
    (6, "siming.xuexiao", Channel.SCHOOL, Subject.ADVERT, "校门口有人发暑假补课传单", Verdict.UNTRUE),
    (3, "siming.jiedao", Channel.STAFF, Subject.HOURS, "周六上午教室里在上数学课", None),
    (1, "siming.wangge", Channel.GRID, Subject.ADVERT, "", None),
    (0, "siming.wangge", Channel.GRID, Subject.SAFETY, "后门被锁，楼道堆满桌椅", None),
]
#: (days ago, subject, sign, address, words, who sent it) of tips from the public form.
TIPS = [
    (
        5,
        Subject.DISGUISED,
        "金榜托管",
        "厦港路8号三单元502",
        "每周六上午补数学，收现金，不开票",
        Sender("陈女士", "演示电话"),
    ),
    (2, Subject.DISGUISED, "金榜晚托", "厦港路8号3单元502室", "周六上午在补数学，只收现金", None),
    (0, Subject.FEES, "", "", "一次收了一年的钱，转给个人", None),
]
TAKEN_UP = {3}  # days ago of those that somebody is checking


def load_tips(people: People, now: datetime) -> None:
    """From the public form, one of them accepted and asked back; nobody has their receipts."""
    place, officer = Jurisdiction.objects.get(code=SIMING), people.acts("siming.jingban")
    town = people.posts["siming.xuexiao"].school.division
    about = Institution.objects.filter(division=town).order_by("pk").last()
    for days, subject, sign, address, words, sender in TIPS:
        at = now - timedelta(days=days, hours=3)
        with clock.set_to(at):
            tip = send_tip(
                receipt=receipts.hashed(receipts.receipt_of(receipts.new_stamp(at=at))), notice_version="demo",
                jurisdiction=place, division=town, subject=subject, sign=sign, address=address, content=words,
                institution=None if sign else about, sender=sender, by=ANONYMOUS, at=at,
            )  # fmt: skip
            if sender is not None:
                accept_clue(clue=tip, urgency=Urgency.NORMAL, delay_days=3, by=officer, at=at)
                write_to_sender(clue=tip, body="请问大约有多少学生、几点下课？", by=officer, at=at)


def load_whistle(people: People, now: datetime) -> None:
    """A street calls two departments; one has reported in."""
    street, at = people.acts("siming.jiedao"), now - timedelta(hours=2)
    market, culture = people.acts("siming.shijian"), people.acts("siming.wenlv")
    called = Organ.objects.filter(pk__in=[market.organ_id, culture.organ_id]).order_by("pk")
    with clock.set_to(at):
        whistle = blow_whistle(
            division=people.posts["siming.wangge"].grid.division, address="厦港路8号二楼", subject=Subject.UNLICENSED,
            words="二楼有二十多个孩子在上课，拒不开门", organs=called,
            minutes=60, by=street, at=at,
        )  # fmt: skip
    later = at + timedelta(minutes=25)
    with clock.set_to(later):
        report_in(call=whistle.calls.get(organ=market.organ_id), by=market, at=later)


def load_clues(people: People, now: datetime) -> None:
    """Taken in through the one operation, checked and closed by the county's officer."""
    place, officer = Jurisdiction.objects.get(code=SIMING), people.acts("siming.jingban")
    town = people.posts["siming.xuexiao"].school.division
    community = people.posts["siming.wangge"].grid.division
    about = Institution.objects.filter(division=town).order_by("pk").first()
    for days, who, channel, subject, words, verdict in CLUES:
        at = now - timedelta(days=days, hours=2)
        with clock.set_to(at):
            clue = take_in_clue(
                jurisdiction=place, division=community if channel == Channel.GRID else town, channel=channel,
                subject=subject, content=words, institution=about if subject in (Subject.FEES, Subject.HOURS) else None,
                urgency=Urgency.URGENT if subject == Subject.SAFETY else Urgency.NORMAL, by=people.acts(who), at=at,
            )  # fmt: skip
        if verdict is None and days not in TAKEN_UP:
            continue
        later = at + timedelta(hours=1)
        with clock.set_to(later):
            if channel not in OWN_PEOPLE:
                accept_clue(clue=clue, urgency=Urgency.NORMAL, delay_days=3, by=officer, at=later)
            start_checking(clue=clue, by=officer, at=later)
            if verdict is not None:
                close_clue(clue=clue, verdict=verdict, result="已到现场核查并告知负责人。", by=officer, at=later)
