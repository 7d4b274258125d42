"""Ratings and the annual check of 思明 in the base demo: in every stage that a list page has to show."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from institutions.enums import OPERATING
from institutions.models import Institution
from listings.answering_yearly import CHECK
from listings.models import AnnualCheck, Rating
from listings.operations.disputes import propose_grade, take_in_dispute
from listings.operations.files import issue_evidence_file
from listings.operations.ratings import (
    confirm_rating,
    object_to_rating,
    publish_rating,
    rate_institution,
    start_run,
)
from listings.operations.yearly import (
    add_to_check,
    announce_check,
    conclude_check,
    open_check_year,
    record_site_check,
    report_check_by_link,
    review_report,
    take_in_report,
)
from listings.yearly import QUESTIONS, visits_for

from .answered import code_of
from .organs import People

OFFICER, SECOND, LEADER = "siming.jingban", "siming.zhifa", "siming.shenhe"


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """After the visits and orders: what they come to."""
    chosen = Institution.objects.filter(pk__in=[row.pk for row in rows[:16]], status__in=OPERATING)
    operating = list(chosen.order_by("pk"))
    _rate(people, operating, now - timedelta(days=24), now)
    _check(people, operating, now - timedelta(days=12), now)


def _rate(people: People, rows: list[Institution], at: datetime, now: datetime) -> None:
    """Six final, one sent back, two shown as proposed (one disputed), the rest waiting; by the first rubric."""
    officer, leader = people.acts(OFFICER), people.acts(LEADER)
    with clock.set_to(at):
        run = start_run(jurisdiction=rows[0].jurisdiction, year=at.year, by=officer, at=at)
        made = [rate_institution(institution=row, run=run, by=officer, at=at) for row in rows]
        shown = [_shown(rating, leader, at) for rating in made[:6]]
        object_to_rating(rating=made[6], reason="十月的检查尚未录入，请补录后重新计算。", by=leader, at=at)
    after = max(rating.notice_until for rating in shown) + timedelta(days=1)
    over = at + (after - clock.local_date(at))
    with clock.set_to(over):
        for rating in shown:
            publish_rating(rating=rating, by=leader, at=over)
    lately = now - timedelta(days=1)
    with clock.set_to(lately):
        disputed, _ = (_shown(rating, leader, lately) for rating in made[7:9])
        text = "检查记录中的“疏散通道堆放杂物”当日已清理，请核实后不扣分。"
        said = {"text": text, "given_by": "机构负责人", "received_on": clock.local_date(lately)}
        take_in_dispute(rating=disputed, **said, by=people.acts(SECOND), at=lately)
        pictured = Rating.objects.filter(pk__in=[row.pk for row in made if row.points])
        pictured = pictured.filter(institution__visits__photos__isnull=False).order_by("pk")[0]
        issue_evidence_file(subject=pictured, by=officer, at=lately)


def _shown(rating: Rating, leader, at: datetime) -> Rating:
    confirmed = confirm_rating(rating=rating, remark="逐项核对无误", by=leader, at=at)
    return propose_grade(rating=confirmed, by=leader, at=at)


def _check(people: People, rows: list[Institution], at: datetime, now: datetime) -> None:
    officer, leader = people.acts(OFFICER), people.acts(LEADER)
    with clock.set_to(at):
        due = clock.local_date(now) + timedelta(days=20)
        year = open_check_year(jurisdiction=rows[0].jurisdiction, year=at.year, report_by=due, by=officer, at=at)
        checks = [add_to_check(check_year=year, institution=row, by=officer, at=at) for row in rows]
        seen = [check for check in checks if visits_for(check).exists()]
        for check in seen[:3]:
            _through(check, officer, at)
        take_in_report(check=checks[-1], answers=_answers(), given_by="机构负责人", by=officer, at=at)
        slips = [code_of(CHECK, check, by=officer, at=at) for check in checks[-4:-1]]
        report_check_by_link(code=slips[-1], answers=_answers(), given_by="机构负责人", by=ANONYMOUS, at=at)
    lately = now - timedelta(days=2)
    with clock.set_to(lately):
        for check in seen[:2]:
            announce_check(check=check, by=leader, at=lately)


def _through(check: AnnualCheck, officer, at: datetime) -> None:
    take_in_report(check=check, answers=_answers(), given_by="机构负责人", by=officer, at=at)
    review_report(check=check, review="材料齐全，与系统记录一致。", by=officer, at=at)
    visit = visits_for(check).first()
    record_site_check(check=check, visit=visit, by=officer, at=at)
    clean = not visit.findings.exists()
    conclude_check(
        check=check,
        conclusion="合格" if clean else "基本合格",
        reasons="各项符合要求。" if clean else "检查发现的问题已责令整改，其余各项符合要求。",
        by=officer,
        at=at,
    )


def _answers() -> list[str]:
    return ["符合要求，材料见附件"] * (len(QUESTIONS) - 1) + ["上年度无遗留问题"]
