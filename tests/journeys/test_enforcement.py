"""What was ordered, filed and talked about in 连江, 集美, 石狮 and 泉州: the bulletin's figures, counted from records.

The rows are made through the operations, in the cast's county; each figure is asked of the query that its page shows.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import queries as cases
from cases.models import Case
from cases.operations.filing import approve_filing
from enforcement import queries
from enforcement.enums import InterviewKind, OrderKind
from enforcement.models import Interview, Order
from enforcement.operations.followup import accept_rectification
from enforcement.operations.interviews import (
    InterviewPlan,
    InterviewRecord,
    confirm_fixed,
    hold_interview,
    plan_interview,
    summon,
)
from foundation.deadlines.models import Deadline
from inspections.enums import CampaignKind, Slot, VisitKind
from inspections.models import Campaign, Visit
from inspections.operations.tagging import tag_visit
from inspections.queries.visits import tally
from inspections.reports import HeadCount
from institutions.enums import Disposal
from institutions.models import UnlicensedSite
from institutions.operations.unlicensed import dispose_unlicensed
from tests.cases.factories import proposed, violation
from tests.enforcement.factories import inspected, issued, named, rechecked
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db


def places(cast, amount: int) -> list:
    return [institution(cast.officer, name=f"连环培训中心{number}") for number in range(amount)]


def test_lianjiang_45_unlicensed_9_notices_on_the_spot_5_cases(cast):
    sites = [unlicensed(cast.officer, sign=f"无牌教室{number}", address=f"学院路{number}号") for number in range(45)]
    for site in sites[:40]:
        dispose_unlicensed(site=site, disposal=Disposal.BANNED, disposed_on=DAY, reason="查处", by=cast.officer, at=AT)
    seen = [inspected(cast, place) for place in places(cast, 14)]
    for visit in seen[:9]:
        issued(cast, visit=visit, on_spot=True)
    for visit in seen[9:]:
        case = proposed(cast, visit=visit, subject=visit.institution)
        approve_filing(case=case, opinion="同意立案", by=cast.leader, at=AT)
    declined = proposed(cast)
    found = queries.figures(Order.objects.visible_to(cast.officer), on=DAY)
    assert UnlicensedSite.objects.visible_to(cast.officer).count() == 45
    assert (found.issued, found.issued_on_spot, found.rectify) == (9, 9, 9)
    assert cases.figures(Case.objects.visible_to(cast.officer)).filed == 5
    assert declined.filed_on is None


def test_jimei_36_joint_visits_6_told_on_the_spot_220_pupils_and_eight_cases(cast):
    guard = running(cast.officer, name="监管护苗", kind=CampaignKind.GUARD)
    named_campaign = running(cast.officer, name="点题整治", kind=CampaignKind.NAMED)
    for number, place in enumerate(places(cast, 36)):
        gone = HeadCount(37 if number < 5 else 35, at_least=number == 5) if number < 6 else HeadCount()
        visit = inspected(cast, place, kind=VisitKind.JOINT, dispersed=gone)
        tag_visit(visit=visit, campaign=guard, by=cast.officer, at=AT)
        if number < 6:
            issued(cast, OrderKind.ON_SPOT, visit=visit)
    for code, amount in (("WAD", 2), ("WFI", 6)):
        for _ in range(amount):
            visit = inspected(cast)
            tag_visit(visit=visit, campaign=named_campaign, by=cast.officer, at=AT)
            case = proposed(cast, visit=visit, subject=visit.institution, violation=violation(code))
            approve_filing(case=case, opinion="同意立案", by=cast.leader, at=AT)
    seen = tally(Visit.objects.filter(campaign_tags__campaign=guard))
    assert (seen.sites, seen.dispersed, seen.dispersed_at_least) == (36, 220, True)
    ordered = queries.figures(Order.objects.filter(campaigns__campaign=guard), on=DAY)
    assert (ordered.issued, ordered.on_spot_kind) == (6, 6)
    filed = Case.objects.filter(campaigns__campaign=named_campaign, filed_on__isnull=False)
    assert [filed.filter(violation__code=code).count() for code in ("WAD", "WFI")] == [2, 6]
    assert Campaign.objects.count() == 2


def test_shishi_68_notices_all_closed(cast):
    for place in places(cast, 68):
        order = issued(cast, visit=inspected(cast, place))
        again = rechecked(cast, order)
        accept_rectification(order=order, visit=again, by=cast.officer, at=AT + timedelta(days=10))
    found = queries.figures(Order.objects.visible_to(cast.officer), on=DAY + timedelta(days=30))
    assert (found.issued, found.closed, found.overdue, found.closed_percent) == (68, 68, 0, "100.00%")
    assert not Deadline.objects.filter(code="order.due", state="running").exists()


def test_quanzhou_61_summoned_at_once_about_three_problems_each_with_a_day(cast):
    named(cast.officer)
    plan = InterviewPlan(
        kind=InterviewKind.COLLECTIVE,
        title="预收费监管集体约谈",
        planned_on=DAY,
        place="市教育局会议室",
        problems=("资金未全额进入监管账户", "未使用合同示范文本", "发票、合同、购课人不一致"),
        due_on=DAY + timedelta(days=30),
    )
    interview = plan_interview(plan=plan, by=cast.officer, at=AT)
    parties = [summon(interview=interview, institution=row, by=cast.officer, at=AT) for row in places(cast, 61)]
    told = InterviewRecord(
        held_on=DAY,
        host="副局长",
        present="人民银行、金融监管分局",
        requirements="限期整改",
        commitments="按期整改",
        attendance={party.pk: "校长" for party in parties},
    )
    hold_interview(interview=interview, told=told, by=cast.officer, at=AT)
    found = queries.interview_figures(Interview.objects.visible_to(cast.officer))
    assert (found.institutions, found.problems, found.fixed, found.open) == (61, 3, 0, 61)
    assert Deadline.objects.filter(code="interview.due", state="running").count() == 61
    seen = inspected(
        cast, parties[0].institution, at=AT + timedelta(days=9), outcome="clean", problems=(), slot=Slot.MORNING
    )
    confirm_fixed(party=parties[0], visit=seen, remark="已整改", by=cast.officer, at=AT + timedelta(days=9))
    again = queries.interview_figures(Interview.objects.all())
    assert (again.fixed, again.open) == (1, 60)
