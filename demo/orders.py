"""What 思明 ordered: a stop of an unlicensed site, notices in every state, one put right on the spot, one interview."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from enforcement.enums import InterviewKind, OrderKind, Service
from enforcement.models import Order
from enforcement.operations.followup import accept_rectification, take_in_proof
from enforcement.operations.interviews import (
    InterviewPlan,
    InterviewRecord,
    confirm_fixed,
    hold_interview,
    plan_interview,
    summon,
)
from enforcement.operations.orders import OrderFacts, issue_order, record_service
from foundation.core.clock import local_date
from inspections.enums import Aspect, Outcome, Severity, Slot, VisitKind
from inspections.models import Visit
from inspections.operations.visits import file_visit
from inspections.reports import HeadCount, OnSite, Problem, VisitReport
from institutions.enums import Category, Discovery
from institutions.models import Institution, UnlicensedSite
from institutions.operations.unlicensed import report_unlicensed

from .organs import People

BY, PAIR = "siming.jingban", ("siming.jingban", "siming.shijian")
CONTACT = "思明区教育局执法股 0592-0000203"
#: (problem, clause, requirement) of each notice.
EXIT = Problem("安全出口、疏散通道堵塞", Aspect.SAFETY, Severity.CRITICAL, "二楼东侧疏散通道堆放桌椅")
PRICES = Problem("收费项目和标准未公示", Aspect.FEES, Severity.MAJOR, "前台和宣传栏均无收费公示")
LATE = Problem("培训结束时间超过20:30", Aspect.CONDUCT, Severity.MAJOR, "20:50仍有两个班未下课")
UNLICENSED = Problem("未取得办学许可开展学科类培训", Aspect.DAILY, Severity.CRITICAL, "现场十余名学生做数学习题")
CLAUSES = {
    EXIT: "《校外培训机构消防安全管理九项规定》",
    PRICES: "《关于加强校外培训机构预收费监管工作的通知》",
    LATE: "《关于规范面向中小学生的非学科类校外培训的意见》",
    UNLICENSED: "《校外培训行政处罚暂行办法》第十七条",
}


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """Five notices of the last five weeks and the interview of last month."""
    closed = _order(people, rows[3], EXIT, now - timedelta(days=34), days=10)
    _answered(people, closed, now - timedelta(days=26))
    seen = _visit(people, rows[3], (), now - timedelta(days=24), kind=VisitKind.RECHECK)
    accept_rectification(order=closed, visit=seen, remark="通道已畅通", by=people.acts(BY), at=now - timedelta(days=24))
    _order(people, rows[7], PRICES, now - timedelta(days=22), days=15)  # over time
    waiting = _order(people, rows[11], PRICES, now - timedelta(days=9), days=15)
    _answered(people, waiting, now - timedelta(days=2))
    _order(people, rows[14], LATE, now - timedelta(days=5), kind=OrderKind.ON_SPOT, days=7)
    _order(people, _site(people, now - timedelta(days=3)), UNLICENSED, now - timedelta(days=3), kind=OrderKind.STOP)
    _interview(people, rows[20:24], now - timedelta(days=30), now)


def _visit(
    people: People,
    subject: Institution | UnlicensedSite,
    problems: tuple[Problem, ...],
    at: datetime,
    *,
    kind: VisitKind,
) -> Visit:
    report = VisitReport(
        client_id=UUID(int=people.dice.getrandbits(128), version=4),
        kind=kind,
        subject=subject,
        visited_on=local_date(at),
        slot=Slot.EVENING,
        outcome=Outcome.FOLLOW_UP if problems else Outcome.CLEAN,
        officers=tuple(OnSite.of_post(people.posts[name]) for name in PAIR),
        problems=problems,
        pupils=HeadCount(people.dice.randint(8, 30), at_least=True),
    )
    return file_visit(report=report, by=people.acts(BY), at=at)


def _order(
    people: People,
    subject: Institution | UnlicensedSite,
    problem: Problem,
    at: datetime,
    *,
    kind: OrderKind = OrderKind.RECTIFY,
    days: int = 7,
) -> Order:
    """From the visit to the signature of the party, all on one evening."""
    visit, stops = _visit(people, subject, (problem,), at, kind=VisitKind.JOINT), kind == OrderKind.STOP
    facts = OrderFacts(
        kind=kind,
        facts=[["—", f"{problem.text}：{problem.note}", CLAUSES[problem]]],
        clauses=CLAUSES[problem],
        due_on=local_date(at) + timedelta(days=days),
        requirements=[f"就“{problem.text}”完成整改，并保持。"],
        stop_scope="全部学科类培训" if stops else "",
        refund_arrangement="三日内向家长退还剩余课时费，并将清单报送本机关。" if stops else "",
        evidence=["现场照片2张", "检查记录1份"],
        contact=CONTACT,
        on_spot=True,
    )
    order = issue_order(visit=visit, facts=facts, officers=list(visit.officers.all()), by=people.acts(BY), at=at)
    recipient = order.person_in_charge or "现场负责人"
    served = {"service": Service.DIRECT, "served_on": local_date(at), "recipient": recipient}
    return record_service(order=order, by=people.acts(BY), at=at, **served)


def _answered(people: People, order: Order, at: datetime) -> None:
    said = {"text": "已按要求整改，并安排专人每日检查。", "given_by": order.person_in_charge or "负责人"}
    take_in_proof(order=order, by=people.acts(BY), at=at, **said)


def _site(people: People, at: datetime) -> UnlicensedSite:
    grid = people.posts["siming.wangge"].grid
    return report_unlicensed(
        jurisdiction=people.posts[BY].organ.jurisdiction,
        division=grid.division,
        address="文屏路21号三楼",
        sign="善进托管(演示)",
        operator="王某(演示)",
        category=Category.SUBJECT,
        discovery=Discovery.TIP,
        found_on=local_date(at),
        by=people.acts(BY),
        at=at,
    )


def _interview(people: People, rows: list[Institution], at: datetime, now: datetime) -> None:
    """Four institutions about two problems; one stayed away, one has put everything right."""
    by, day = people.acts(BY), local_date(at)
    plan = InterviewPlan(
        kind=InterviewKind.COLLECTIVE,
        title="预收费监管突出问题集体约谈",
        planned_on=day,
        place="思明区教育局三楼会议室",
        problems=("预收费未全部进入监管账户", "未使用合同示范文本"),
        due_on=day + timedelta(days=40),
    )
    interview = plan_interview(plan=plan, by=by, at=at)
    parties = [summon(interview=interview, institution=row, by=by, at=at) for row in rows]
    told = InterviewRecord(
        held_on=day,
        host="副局长(演示)",
        present="区市场监管局、街道办事处",
        requirements="限期全部纳入监管账户，新签合同一律使用示范文本。",
        commitments="到场机构均表示按期整改。",
        attendance={
            party.pk: "" if party is parties[-1] else f"{party.institution.legal_person} 校长" for party in parties
        },
    )
    hold_interview(interview=interview, told=told, by=by, at=at)
    later = now - timedelta(days=12)
    seen = _visit(people, rows[0], (), later, kind=VisitKind.RECHECK)
    confirm_fixed(party=parties[0], visit=seen, remark="账户流水和合同已核对", by=by, at=later)
