"""A few invented clues: from the grid worker's phone, the school's specialist, the hotline, in every state."""

from __future__ import annotations

from datetime import datetime, timedelta

from assignments.enums import Urgency
from clues.enums import OWN_PEOPLE, Channel, Subject, Verdict
from clues.operations.clues import close_clue, start_checking, take_in_clue
from clues.operations.triage import accept_clue
from foundation.core import clock
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
TAKEN_UP = {3}  # days ago of those that somebody is checking


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
