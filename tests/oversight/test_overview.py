"""One page for an area: its numbers are the sums of what they open, and it asks no more the more there is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alerts.models import ScoreDay
from foundation.core import clock
from oversight import queries
from tests.authz.relations import places
from tests.institutions.factories import AT
from tests.ledger.placed import purse
from tests.payouts.factories import asked, earned, paid, proposed, school

pytestmark = pytest.mark.django_db

OVERVIEW, ROWS = "admin:funds_supervisedaccount_overview", "admin:funds_supervisedaccount_institutions"


def scored(home, tenths: int = 200, level: str = "red") -> ScoreDay:
    parts = [{"alert": 1, "rule": "R08", "grade": level, "tenths": tenths, "halved": False}]
    return ScoreDay.objects.create(institution=home, on=clock.today(), tenths=tenths, level=level, parts=parts)


def test_the_sums_of_an_area_are_those_of_its_institutions(cast):
    home = school(cast)
    contract = paid(cast, home)
    earned(cast, contract, 3)
    purse(places()[0])
    scored(home)
    found = queries.places(cast.officer, towns=True)
    whole = queries.total(found)
    rows = list(queries.listed(cast.officer, {}))
    assert sum(row.unused for row in rows) == whole.balance.unused == 240_000 - 24_000 + 100
    assert sum(row.custody for row in rows) == whole.custody == 240_100
    assert whole.levels["red"] == 1
    assert [row.level for row in rows if row.tenths] == ["red"]
    counties = queries.places(cast.city, towns=False)
    assert queries.total(counties) == whole
    assert queries.places(cast.neighbour, towns=True) == []


def test_a_list_is_narrowed_and_sorted(cast):
    small, big = school(cast), school(cast)
    paid(cast, small, contract_no="HT1", fen=100_000)
    paid(cast, big, contract_no="HT2")
    scored(small)
    scored(big, 230, "orange")
    assert list(queries.listed(cast.officer, {"sort": "unused"})) == [big, small]
    assert list(queries.listed(cast.officer, {"sort": "tenths"})) == [small, big]
    assert list(queries.listed(cast.officer, {"level": "red"})) == [small]
    assert list(queries.listed(cast.officer, {"town": str(big.division_id)})) == [big, small]
    assert list(queries.listed(cast.city, {"county": "1"})) == []


def test_the_page_asks_no_more_for_more_institutions_and_days(cast, enter):
    client, counted = enter(cast.city), []
    client.get(reverse(OVERVIEW))
    for place in (places()[:1], places()[1:4]):
        for each in place:
            purse(each)
        with CaptureQueriesContext(connection) as asked_for:
            page = client.get(reverse(OVERVIEW))
        assert page.status_code == 200
        counted.append(len(asked_for))
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(reverse(ROWS)).status_code == 200
        counted.append(len(asked_for))
    assert counted[:2] == counted[2:]
    assert counted[0] <= 40
    assert counted[1] <= 12


def test_regulators_of_finance_and_banks_see_no_overview(cast, enter):
    for name in ("finance", "bank", "province", "town"):
        assert enter(cast.everyone()[name]).get(reverse(OVERVIEW)).status_code == 403


def test_the_money_page_tells_of_any_day(cast, enter):
    """The day before the money came nothing lies there; today everything does, each row a link."""
    home = school(cast)
    contract = paid(cast, home)
    earned(cast, contract, 3)
    asked(cast, contract, 100_000)
    proposed(cast, home)
    scored(home)
    page, client = reverse("admin:institutions_institution_funds", args=[home.pk]), enter(cast.officer)
    now = client.get(page).content.decode()
    for words in ("余额", "风险预警", "20.0", "合同", "核拨", "退费", "对账差异", "暂停核拨和停付", "三方协议"):
        assert words in now
    assert "¥2,160.00" in now
    assert reverse("admin:contracts_contract_change", args=[contract.pk]) in now
    before = client.get(page, {"on": AT.date() - timedelta(days=1)}).content.decode()
    assert "¥2,160.00" not in before
    assert "没有核拨" in before
    assert "没有退费" in before
    future = client.get(page, {"on": clock.today() + timedelta(days=400)}).content.decode()
    assert "日期不能晚于今天" in future


def test_whoever_sees_no_contracts_and_no_alerts_sees_the_rest(cast, enter):
    home = school(cast)
    contract = paid(cast, home)
    page = enter(cast.discipline).get(reverse("admin:institutions_institution_funds", args=[home.pk])).content.decode()
    assert "¥2,400.00" in page
    assert "风险预警" not in page
    assert reverse("admin:contracts_contract_change", args=[contract.pk]) not in page
