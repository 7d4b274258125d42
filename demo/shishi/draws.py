"""石狮's two double-random draws (双随机一公开): a year ago and this spring, each checked, its results published."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from inspections.enums import CheckResult, VisitKind
from inspections.models import Draw, DrawnObject
from inspections.operations.draw_results import finish_check, publish_results, record_result
from inspections.operations.random_draw import freeze_draw, plan_draw, run_draw
from institutions.enums import SiteType

from ..case_diary import at_hour
from .checks import Rounds

FACTS = {
    "plan": "石狮市校外培训机构“双随机、一公开”年度抽查计划(演示)",
    "items": "办学许可、收费公示、预收费监管、从业人员资质、消防安全",
    "site_type": SiteType.TRAINING,
    "ratio_ungraded": 20,
}
#: Days before today on which a pool is frozen, the title, the number that came.
DRAWS = (
    (400, "秋季校外培训机构双随机抽查", "05 11 14 20 27 33 + 02"),
    (160, "春季校外培训机构双随机抽查", "01 08 13 19 24 30 + 11"),
)


def plan(rounds: Rounds) -> None:
    """Enter the draws in the diary."""
    for days, title, number in DRAWS:
        at = at_hour(rounds.county.today - timedelta(days=days), 9)
        rounds.county.diary.on(at, partial(_frozen, rounds, title, number))


def _frozen(rounds: Rounds, title: str, number: str, at) -> None:
    county = rounds.county
    facts = {**FACTS, "title": f"{at.year}年{title}"}
    draw = plan_draw(facts=facts, officers=county.inspectors, by=county.officer, at=at)
    number_on = at.date() + timedelta(days=1)
    source = f"中国福利彩票双色球{number_on:%Y年%m月%d日}开奖号码，按公布次序(演示)"
    freeze_draw(draw=draw, number_source=source, number_on=number_on, by=county.officer, at=at)
    county.diary.on(at + timedelta(days=2), partial(_drawn, rounds, draw, number))


def _drawn(rounds: Rounds, draw: Draw, number: str, at) -> None:
    county = rounds.county
    run_draw(draw=draw, public_number=number, by=county.officer, at=at)
    for place, drawn in enumerate(draw.drawn.select_related("institution").order_by("stratum", "rank")):
        day = at + timedelta(days=2 + place // 3, hours=place % 3)
        county.diary.on(day, partial(_checked, rounds, drawn))
    county.diary.on(at + timedelta(days=14), partial(_published, rounds, draw))


def _checked(rounds: Rounds, drawn: DrawnObject, at) -> None:
    """Two of the drawn officers and whoever goes with them."""
    rounds.repeats -= 1
    seen = rounds.visit(drawn.institution, at, kind=VisitKind.RANDOM)
    facts = {"result": CheckResult.NOTHING, "checked_on": at.date(), "visit": seen}
    record_result(drawn=drawn, by=rounds.county.officer, at=at, **facts)


def _published(rounds: Rounds, draw: Draw, at) -> None:
    finish_check(draw=draw, by=rounds.county.officer, at=at)
    publish_results(draw=draw, by=rounds.county.officer, at=at + timedelta(hours=3))
