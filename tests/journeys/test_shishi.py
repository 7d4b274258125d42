"""石狮's “四应四尽”: every figure of the bulletin found four ways; a record taken away, it changes everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from django.urls import reverse

from afterschool.models import Participation, Selection
from afterschool.operations.participation import strike_participation
from afterschool.operations.providers import end_selection
from alerts.models import Search
from demo import shishi
from foundation.core import clock
from funds.enums import BankStatus
from funds.models import Bank
from funds.operations.banks import set_bank_status
from funds.queries import banks_on, supervised_on
from inspections.models import Draw, Visit, VisitOfficer
from inspections.operations.visits import void_visit
from institutions.enums import Status
from institutions.models import Institution, UnlicensedSite
from institutions.operations.status import change_status
from ledger.models import Entry, Purse
from listings.enums import ListKind
from listings.models import ListEntry
from payouts import queries as money
from reports.enums import Rounding
from reports.operations import set_style
from tests.journeys import bulletin
from tests.journeys.figures import ROWS, Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = shishi


@pytest.fixture
def officer(case):
    return Reader("shishi.jingban", clock.now())


@pytest.fixture
def leader(case):
    return Reader("shishi.shenhe", clock.now())


def test_every_figure_of_the_bulletin(officer):
    for figure in bulletin.shishi().values():
        officer.finds(figure)


def test_half_up_the_same_rate_is_91_36(leader):
    given = {"places": 2, "rounding": Rounding.HALF_UP, "reason": "按四舍五入公布"}
    place = leader.post.organ.jurisdiction
    set_style(jurisdiction=place, code="reduction_rate", by=leader.actor, at=leader.now, **given)
    with clock.set_to(leader.now):
        page = leader.client.get(reverse(ROWS), bulletin.shishi()["reduction"].query()).content.decode()
    assert '<span class="figure">91.36%</span>' in page


def test_a_visit_voided_is_gone_everywhere(officer, leader):
    """The only visit to a 托管 place: its officers and the place are counted no more."""
    visit = Visit.objects.filter(institution__site_type="care", failed=0, orders=None, findings=None).order_by("pk")[5]
    went = VisitOfficer.objects.filter(visit=visit).count()
    void_visit(visit=visit, reason="重复登记", by=leader.actor, at=leader.now)
    figures = bulletin.shishi()
    officer.finds(replace(figures["went"], says=f"{2051 - went}人次"))
    officer.finds(replace(figures["sites"], says="336家"))


def test_a_subject_institution_closed_today_lowers_what_is_left(officer):
    left = Institution.objects.filter(category="subject", status=Status.NORMAL).order_by("pk")
    assert left.count() == 7
    told = {"effective_on": clock.today(), "reason": "举办者申请终止", "by": officer.actor, "at": officer.now}
    change_status(institution=left[0], status=Status.DEREGISTERED, **told)
    figures = bulletin.shishi()
    officer.finds(replace(figures["left"], says="6家"))
    officer.finds(replace(figures["reduction"], says="92.59%"))
    officer.finds(figures["base"])


def test_a_bank_that_leaves_and_a_provider_that_leaves(officer, leader):
    today = clock.today()
    words = {"reason": "未按期接入平台", "basis": "石教监〔2026〕9号"}
    on = {"effective_on": today, "by": leader.actor, "at": leader.now}
    set_bank_status(bank=Bank.objects.order_by("pk")[0], status=BankStatus.WITHDRAWN, **words, **on)
    figures = bulletin.shishi()
    officer.finds(replace(figures["banks"], says="5家"))
    selection = Selection.objects.order_by("pk")[9]
    day = min(figures["providers"].last, today)
    end_selection(selection=selection, exited_on=day, reason="师资变动", by=leader.actor, at=leader.now)
    officer.finds(replace(figures["providers"], says="166家"))


def test_a_schools_count_struck_is_gone_everywhere(officer):
    row = Participation.objects.order_by("pk")[40]
    strike_participation(row=row, reason="误报，重新统计", by=officer.actor, at=officer.now)
    officer.finds(replace(bulletin.shishi()["joined"], says=f"{87082 - row.joined}人"))


def test_zero_runaways_can_be_shown(officer):
    """Somebody looked through the same sources for every day since the opinion."""
    days = sorted(Search.objects.values_list("first_on", "last_on"))
    assert days[0][0] == bulletin.SINCE
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(days))
    assert (clock.today() - days[-1][1]).days <= 1


def test_two_to_twelve_went_over_years_and_towns(officer):
    visits = Visit.objects.all()
    went = [VisitOfficer.objects.filter(visit=visit).count() for visit in visits]
    assert (min(went), max(went), sum(went), len(went)) == (2, 12, 2051, 461)
    assert len(set(visits.values_list("kind", flat=True))) >= 5
    assert len({visit.division_id for visit in visits}) == 9
    assert len({visit.visited_on.year for visit in visits}) == clock.today().year - 2020
    assert set(UnlicensedSite.objects.values_list("state", flat=True)) == {"disposed"}
    assert Draw.objects.filter(state="published").count() == 2


def test_acts_and_records_agree(officer):
    """The clock stood at each act's own moment: nothing was entered later than the day on which it happened."""
    late = [visit.number for visit in Visit.objects.all() if clock.local_date(visit.recorded_at) != visit.visited_on]
    assert late == []


def test_the_books_balance_and_the_lists_rest_on_records(officer):
    purses = list(Purse.objects.all())
    paid_in = sum(purse.deposited_fen for purse in purses)
    left = sum(purse.deposited_fen - purse.released_fen - purse.repaid_fen for purse in purses)
    assert sum(purse.released_fen for purse in purses) == 380_128_00
    assert sum(purse.repaid_fen for purse in purses) == 993_992_00
    assert paid_in == 380_128_00 + 993_992_00 + left
    assert left > 0
    assert sum(Entry.objects.filter(kind="release").values_list("amount_fen", flat=True)) == 380_128_00
    period = {"first": bulletin.SINCE, "last": clock.today()}
    assert money.released(officer.actor, **period) == (668, 380_128_00)
    assert money.refunded(officer.actor, coordinated=True, **period) == (350, 993_992_00)
    assert banks_on(officer.actor, on=clock.today()).count() == 6
    assert supervised_on(officer.actor, on=clock.today()).count() == 55
    black = ListEntry.objects.get(kind=ListKind.BLACK)
    assert (black.state, black.hearing, black.records.exists()) == ("approved", "lapsed", True)
    assert ListEntry.objects.filter(kind=ListKind.WHITE, state="approved").count() == 24


def test_the_paragraph_is_written_anew_from_records(case):
    today = clock.today()
    text = told_in_prose("four-musts", place="350581", first=bulletin.SINCE, last=today, now=clock.now())
    for words in (
        *(
            "整治前的81家减少至7家，压减率91.35%；无证存量0家",
            "6家银行",
            "55家培训机构",
            "耗课费核拨668人次、金额380,128.00元",
        ),
        *("学生退费350人、金额993,992.00元", "爆雷、跑路0起", "执法人员2051人次，督查各类机构337家"),
        *("整改率100.00%", "学生87082人，占95.3%", "社会组织167家"),
    ):
        assert words in text
