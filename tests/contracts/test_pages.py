"""The screens of money: the trace forward and back, the three values, coverage figures that open their rows."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.enums import BoughtVia
from contracts.models import Contract, ContractFinding, Lesson, Payment
from contracts.operations.parties import ask_for_party
from contracts.people import People
from contracts.queries import agreeing, figures, limits_waiting, openings_waiting
from contracts.tracing import traced
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.panels import panels_for
from tests.cast import NEIGHBOUR, acting, organ, person
from tests.contracts.factories import invoiced, limit_proposed, paid, signed, taught
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def home(cast):
    return institution(cast.officer)


def enter(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_first_money_pays_for_first_lessons():
    """10 and 5 lessons bought, 8 + 4 + 4 taken: the second payment begins with the last two of the second day."""
    contract = Contract(unit_price_fen=8000)
    first = Payment(pk=1, paid_on=date(2026, 10, 1), lessons=10, amount_fen=1)
    second = Payment(pk=2, paid_on=date(2026, 10, 2), amount_fen=40000)  # 5 by its price
    days = [Lesson(pk=n, held_on=date(2026, 11, n), lessons=number) for n, number in ((1, 8), (2, 4), (3, 4))]
    spent, unpaid = traced(contract, [second, first], days)
    told = [(each.payment.pk, each.bought, each.left, [(day.pk, n) for day, n in each.taken]) for each in spent]
    assert told == [(1, 10, 0, [(1, 8), (2, 2)]), (2, 5, 0, [(2, 2), (3, 3)])]
    assert unpaid == [days[2]]


def test_from_a_payment_to_contract_invoice_lessons_and_back(client, cast, home):
    contract = signed(cast.officer, home)
    payment = paid(cast.officer, home, contract=contract)
    invoice = invoiced(cast.officer, home, contract=contract)
    lesson = taught(cast.officer, contract, starts_time=time(9), ends_time=time(10))
    enter(client, cast.leader)
    pages = {
        row: client.get(reverse(f"admin:contracts_{row._meta.model_name}_change", args=[row.pk])).content.decode()
        for row in (contract, payment, invoice, lesson)
    }
    links = {
        row: set(re.findall(r'<a class="link" href="/admin/contracts/(\w+/\d+)/"', text)) for row, text in pages.items()
    }
    here = {row: f"{row._meta.model_name}/{row.pk}" for row in pages}
    assert links[payment] >= {here[contract], here[invoice], here[lesson]}
    assert links[contract] >= {here[payment], here[invoice], here[lesson]}
    assert links[invoice] >= {here[payment], here[contract]}
    assert links[lesson] >= {here[payment], here[contract]}
    assert "陈大志" not in "".join(pages.values())


def test_the_three_values_and_the_edit_are_shown(client, cast, home):
    contract = signed(cast.officer, home)
    payment = paid(cast.officer, home, contract=contract)
    invoiced(cast.officer, home, contract=contract, buyer="林远", amount_fen=230000)
    page = enter(client, cast.leader).get(reverse("admin:contracts_payment_change", args=[payment.pk])).content.decode()
    for words in ("监护人陈某，学员陈某", "林某", "2,300.00", "重开发票FP1：购买方由“林某”改为“陈某”", "不一致"):
        assert words in page, words


def test_findings_stand_on_the_contract_the_institution_and_in_the_register(client, cast, home):
    contract = signed(cast.officer, home)
    paid(cast.officer, home, contract=contract, lessons=72)
    enter(client, cast.officer)
    addresses = [
        reverse("admin:contracts_contract_change", args=[contract.pk]),
        reverse("admin:institutions_institution_change", args=[home.pk]),
        reverse("admin:contracts_contractfinding_changelist"),
    ]
    for address in addresses:
        assert "一次收费72课时，最多60课时" in client.get(address).content.decode(), address
    assert "收费红色问题" in client.get(reverse("admin:index")).content.decode()


def test_a_panel_costs_little(cast, home):
    contract = signed(cast.officer, home)
    payment = paid(cast.officer, home, contract=contract)
    lesson = taught(cast.officer, contract)
    for row, most in ((contract, 9), (payment, 8), (lesson, 4)):
        with CaptureQueriesContext(connection) as asked:
            panels_for(cast.leader, type(row).objects.get(pk=row.pk))
        assert len(asked) <= most, (row, len(asked))


@pytest.mark.parametrize("name", ["payment", "invoice", "lesson", "contractfinding"])
def test_lists_cost_the_same_for_one_and_three_rows(client, cast, home, name):
    enter(client, cast.leader)
    url = reverse(f"admin:contracts_{name}_changelist")
    counts = []
    for number in (1, 2):
        for each in range(number):
            contract = signed(cast.officer, home, f"HT{number}{each}", on_model_contract=False)
            paid(cast.officer, home, contract=contract, lessons=72)
            invoiced(cast.officer, home, contract=contract)
            taught(cast.officer, contract)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def people(name: str) -> People:
    return People(pupil=f"{name}小满", guardian=f"{name}大志")


def load(cast, home) -> None:
    """Three contracts at home: two on the model contract, one by app, one agrees; one more in the neighbour county."""
    one = signed(cast.officer, home, "A1")
    paid(cast.officer, home, contract=one)
    invoiced(cast.officer, home, contract=one)
    two = signed(cast.officer, home, "A2", people=people("林"), bought_via=BoughtVia.OFFLINE)
    paid(cast.officer, home, contract=two)
    signed(
        cast.officer, institution(cast.officer), "A3", people=people("黄"), bought_via=BoughtVia.OFFLINE,
        on_model_contract=False,
    )  # fmt: skip
    signed(cast.neighbour, institution(cast.neighbour, county=NEIGHBOUR), "B1")


def test_figures_by_institution_for_a_county_and_by_county_for_a_city(cast, home):
    load(cast, home)
    county, city = figures(cast.leader), figures(cast.city)
    assert [(f.contracts, f.on_model, f.via_app, f.agree) for f in county if f.label == home.name] == [(2, 2, 1, 1)]
    assert [(f.label, f.contracts, f.on_model, f.via_app, f.agree) for f in county[-1:]] == [("合计", 3, 2, 1, 1)]
    assert {f.label: (f.contracts, f.on_model, f.via_app, f.agree) for f in city} == {
        "思明区": (3, 2, 1, 1),
        "集美区": (1, 1, 1, 0),
        "合计": (4, 3, 2, 1),
    }
    assert [county[-1].percent(county[-1].on_model), county[-1].percent(3)] == ["66.66%", "100.00%"]
    assert figures(cast.other_city)[-1].percent(0) == "—"


def test_each_number_opens_exactly_its_rows(client, cast, home):
    load(cast, home)
    enter(client, cast.city)
    page = client.get(reverse("admin:contracts_contract_coverage")).content.decode()
    shown = re.findall(r'<td[^>]*><a class="link" href="([^"]+)">(\d+)</a></td>', page)
    assert len(shown) == 11  # three lines of four numbers, one of them none
    for address, number in shown:
        rows = client.get(address.replace("&amp;", "&")).context["cl"].result_count
        assert rows == int(number), address
    below = client.get(reverse("admin:contracts_contract_coverage") + f"?county={home.jurisdiction_id}")
    assert home.name in below.content.decode()


def test_another_city_s_county_is_not_asked_for(client, cast, home):
    load(cast, home)
    enter(client, cast.neighbour)
    page = client.get(reverse("admin:contracts_contract_coverage") + f"?county={home.jurisdiction_id}").content.decode()
    assert home.name not in page


def test_what_was_taken_back_counts_nowhere(cast, home):
    load(cast, home)
    Contract.objects.filter(number="A1").update(voided_at=AT)
    assert figures(cast.leader)[-1].contracts == 2
    assert not agreeing(Contract.objects.visible_to(cast.leader)).exists()


def test_money_is_entered_on_the_contract_s_page(client, cast, home):
    contract = signed(cast.officer, home)
    enter(client, cast.officer)
    pay = {"payer": "陈大志", "amount_fen": "2,400", "paid_on": "2026-10-20", "channel": "wechat", "lessons": "30"}
    forms = {
        "record-payment": {**pay, "told_by": "institution", "reference": "LS1", "account": "6222 0000 0000 1234"},
        "record-invoice": {"number": "FP1", "buyer": "陈大志", "amount_fen": "2400", "issued_on": "2026-10-21"},
        "record-lesson": {"held_on": "2026-11-01", "starts_time": "09:00", "ends_time": "10:00", "lessons": "2"},
    }
    for slug, given in forms.items():
        answer = client.post(reverse(f"admin:contracts_contract_{slug}", args=[contract.pk]), given)
        assert answer.status_code == 302, (slug, answer.context["form"].errors.as_text())
    payment = Payment.objects.get()
    assert (payment.account_tail, payment.verdict, len(payment.account_blind)) == ("1234", "agrees", 64)
    assert not ContractFinding.objects.filter(cleared_on__isnull=True).exists()


def test_a_payment_finds_its_contract_by_hand(client, cast, home):
    contract, payment = signed(cast.officer, home), paid(cast.officer, home)
    enter(client, cast.officer)
    answer = client.post(reverse("admin:contracts_payment_link", args=[payment.pk]), {"contract": contract.pk})
    assert answer.status_code == 302
    payment.refresh_from_db()
    assert payment.contract == contract


def test_what_waits_for_a_second_person_stands_on_its_home_page_and_opens_those_rows(client, cast, home):
    ask_for_party(contract=signed(cast.officer, home), purpose="核对退费收款人", by=cast.officer, at=AT)
    limit_proposed(cast.officer)
    seen = {}
    for name in ("leader", "city", "officer", "second_officer", "neighbour"):
        page = enter(client, getattr(cast, name)).get(reverse("admin:index")).content.decode()
        seen[name] = [label in page for label in ("待审批查看申请", "待审批收费规定")]
    assert seen == {
        "leader": [True, True],
        "city": [True, True],
        "officer": [False, False],
        "second_officer": [False, True],
        "neighbour": [False, False],
    }
    for query in (openings_waiting, limits_waiting):
        assert not query(acting(person(Role.COUNTY_LEADER, organ(NEIGHBOUR), username=query.__name__))).exists()
    enter(client, cast.leader)
    for register in ("partyopening", "contractlimit"):
        url = reverse(f"admin:contracts_{register}_changelist") + "?waiting=1"
        assert client.get(url).context["cl"].result_count == 1
