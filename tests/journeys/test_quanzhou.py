"""泉州: three rates of 100 %, 61 家 summoned at once about three kinds of problems, three-way matches; from records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from demo import quanzhou
from demo.case_diary import instant
from demo.organs import QUANZHOU
from demo.quanzhou import CAMPAIGN, COUNTIES, EACH, PROBLEMS
from enforcement.enums import PartyState
from enforcement.models import Interview, InterviewParty
from foundation.core import clock
from funds.enums import Flag, ObstacleState
from funds.models import Agreement, FlagEvent, Obstacle
from funds.operations.flags import strike_flag
from inspections.enums import JointFocus
from inspections.models import Campaign, GroupVisit, Shift
from outreach.models import Meeting, Outreach
from tests.journeys.figures import Figure, Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = quanzhou
NOW = instant(2023, 11, 30, 19)
TERM = {"place": QUANZHOU, "first": date(2023, 1, 1), "last": date(2023, 9, 30)}
RATES = {flag: Figure(says="100.00%", kpi=f"flag_{flag.value}_rate", **TERM) for flag in Flag}
BULLETIN = {
    **{f"rate of {flag.value}": figure for flag, figure in RATES.items()},
    "summoned": Figure(says="61家", kpi="interviewed", **TERM),
    "meetings": Figure(says="1次", kpi="interviews", **TERM),
    "fixed": Figure(
        says="61家", kpi="interviewed_fixed", **TERM | {"on": date(2023, 11, 1), "last": date(2023, 11, 1)}
    ),
}


@pytest.fixture
def manager(case):
    return Reader("quanzhou.guanli", NOW)


def test_every_figure_of_the_bulletin(manager):
    for figure in BULLETIN.values():
        manager.finds(figure)
    should = manager.told(Figure(says="", kpi="should_supervise", **TERM))
    assert should["KPI"] == f"{len(COUNTIES) * EACH}家"


def test_the_rates_rise_over_the_year_by_county(manager):
    for day, says in ((date(2022, 10, 1), "0.00%"), (date(2023, 9, 1), "100.00%")):
        manager.finds(replace(RATES[Flag.PAYABLE], says=says, on=day, last=day, first=day))
    july = replace(RATES[Flag.PAYABLE], on=date(2023, 7, 1), last=date(2023, 7, 1))
    assert 0 < float(manager.told(july)["KPI"].rstrip("%")) < 100
    events = FlagEvent.objects.filter(institution__jurisdiction__parent__code=QUANZHOU)
    assert events.filter(evidence="").count() == 0


def test_one_verification_withdrawn_lowers_the_rate_everywhere(manager):
    event = FlagEvent.objects.filter(institution__jurisdiction__code="350502", flag=Flag.VERIFIED).order_by("pk")[0]
    county = Reader("licheng.jingban", NOW)
    strike_flag(event=event, reason="核验回执是另一家机构的", by=county.actor, at=NOW)
    total = len(COUNTIES) * EACH
    manager.finds(replace(RATES[Flag.VERIFIED], says=f"{(total - 1) * 10000 // total / 100:.2f}%"))
    manager.finds(RATES[Flag.OPENED])


def test_sixty_one_about_three_kinds_each_with_a_day(manager):
    interview = Interview.objects.get()
    assert list(interview.problems.order_by("pk").values_list("name", flat=True)) == list(PROBLEMS)
    parties = InterviewParty.objects.filter(interview=interview)
    assert parties.count() == 61
    assert set(parties.values_list("due_on", flat=True)) == {date(2023, 10, 31)}
    assert set(parties.values_list("state", flat=True)) == {PartyState.FIXED}
    assert len(set(parties.values_list("institution__jurisdiction", flat=True))) == len(COUNTIES)
    half = Figure(says="", kpi="interviewed_fixed", **TERM | {"on": date(2023, 10, 16), "last": date(2023, 10, 16)})
    assert 0 < int(manager.told(half)["KPI"].removesuffix("家")) < 61
    with clock.set_to(NOW):
        page = manager.client.get(f"/admin/enforcement/interview/{interview.pk}/").content.decode()
    for words in ("61", *PROBLEMS):
        assert words in page


def test_mismatches_of_invoice_contract_and_buyer_are_found(manager):
    year = {**TERM, "last": date(2023, 11, 1)}
    assert manager.told(Figure(says="", kpi="contracts", **year))["KPI"] == "24份"
    manager.finds(Figure(says="21份", kpi="consistent", **year))
    manager.finds(Figure(says="87.50%", kpi="consistent_rate", **year))


def test_the_four_lines(manager):
    assert Agreement.objects.filter(state="signed").count() == len(COUNTIES) * EACH
    assert set(Obstacle.objects.values_list("state", flat=True)) == {ObstacleState.CLOSED}
    assert set(Shift.objects.values_list("focus", flat=True)) == set(JointFocus)
    assert len(set(Shift.objects.values_list("round", flat=True))) == 3
    assert set(GroupVisit.objects.exclude(outcome="").values_list("outcome", flat=True)) == {"corrected", "guided"}
    assert Outreach.objects.filter(happened_on__year=2021, happened_on__month=8, title__contains="规范性文件").exists()
    assert Meeting.objects.filter(happened_on__year=2022, happened_on__month=10).exists()
    assert Campaign.objects.get(name=CAMPAIGN).units.count() == 3 + len(COUNTIES)


def test_the_paragraph_is_written_anew_from_records(case):
    text = told_in_prose("funds", place=QUANZHOU, first=TERM["first"], last=date(2023, 11, 1), now=NOW)
    rates = ("监管账户开设率100.00%", "资金核验率100.00%", "开通支付率100.00%")
    for words in (*rates, "约谈机构61家，整改到位61家"):
        assert words in text
