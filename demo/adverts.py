"""A few advertisements in 思明: reported in three taps, pasted and screened, removed on one outing, one passed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from clues.enums import AdUnit, Channel, Claim, Medium, Nearness
from clues.models import Sighting
from clues.operations.adverts import AdvertFacts, report_posts, report_sighting
from enforcement.enums import AdOutcome
from enforcement.operations.removals import Done, Outing, record_removal
from foundation.core import clock
from foundation.regions.models import Jurisdiction
from inspections.reports import OnSite
from institutions.models import Institution

from .organs import SIMING, People

POSTS = (
    "【秋季招生】小学数学思维班火热报名中！签约提分，不提分全额退款，名师押题，前20名立减300元，扫码预约试听。",
    "别让孩子输在起跑线上！我们的初三冲刺班去年学员100%考入重点高中，家长好评率99%，加微信了解课程。",
)
#: (days ago, who, channel, what, what it says, which institution of the register)
SEEN = (
    (25, "siming.jiedao", Channel.STAFF, AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.BOARD, quantity=2),
     "中考冲刺 包上重点 报名热线", 5),
    (16, "siming.wangge", Channel.GRID,
     AdvertFacts(medium=Medium.LEAFLET, unit=AdUnit.SHEET, quantity=120, at_least=True, nearness=Nearness.GATE),
     "英语一对一 保证提分 开学优惠", None),
    (9, "siming.jiedao", Channel.STAFF,
     AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.FACE, quantity=1, claims=(Claim.TEACHERS,)),
     "特级教师亲授 小学语文 招生", 5),
    (1, "siming.wangge", Channel.GRID, AdvertFacts(medium=Medium.POSTER, unit=AdUnit.SHEET, quantity=6),
     "", None),
)  # fmt: skip


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """Reported over a month; the older ones removed, the last ones still there."""
    seen = [_seen(people, rows, now, *facts) for facts in SEEN]
    officer, market = people.acts("siming.jingban"), people.posts["siming.shijian"]
    team = (OnSite.of_post(people.posts["siming.jingban"]), OnSite.of_post(market))
    guests = (OnSite("吴建明", "思明区城市管理局"), OnSite("蔡文彬", "思明区城市管理局"))
    at = now - timedelta(days=14)
    with clock.set_to(at):
        outing = Outing(done_on=clock.local_date(at), officers=(*team, *guests), remark="校门口和沿街集中清理")
        done = [
            Done(seen[0], AdOutcome.DISMANTLED),
            Done(seen[1], AdOutcome.CONFISCATED),
            Done(seen[1], AdOutcome.DESTROYED),
        ]
        record_removal(outing=outing, done=done, by=officer, at=at)
    at = now - timedelta(days=7)
    with clock.set_to(at):
        outing = Outing(done_on=clock.local_date(at), officers=team)
        done = [Done(seen[2], AdOutcome.DISMANTLED), Done(seen[2], AdOutcome.TRANSFERRED)]
        record_removal(outing=outing, done=done, by=officer, at=at)
    at = now - timedelta(days=2)
    with clock.set_to(at):
        report_posts(
            posts=POSTS, medium=Medium.ACCOUNT, jurisdiction=rows[8].jurisdiction, division=rows[8].division,
            institution=rows[8], channel=Channel.STAFF, happened_on=clock.local_date(at), by=officer, at=at,
        )  # fmt: skip


def _seen(
    people: People, rows: list[Institution], now: datetime, days: int, who: str, channel: str, advert: AdvertFacts,
    words: str, about: int | None,
) -> Sighting:  # fmt: skip
    at, grid = now - timedelta(days=days), people.posts["siming.wangge"].grid
    town = people.posts["siming.jiedao"].organ.division
    with clock.set_to(at):
        return report_sighting(
            advert=advert, jurisdiction=Jurisdiction.objects.get(code=SIMING),
            division=grid.division if channel == Channel.GRID else town, content=words, channel=channel,
            institution=_at(rows, about, town), sign="" if about else "演示路口", by=people.acts(who), at=at,
        )  # fmt: skip


def _at(rows: list[Institution], about: int | None, town) -> Institution | None:
    """An institution of the street's own town, the same for the same number."""
    if about is None:
        return None
    here = [row for row in rows if row.division_id == town.pk]
    return here[about % len(here)]
