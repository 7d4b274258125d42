"""数据总览 by department: the categories it is in charge of, what its organs did; each number opens its rows."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from foundation.accounts.enums import OrganKind, TrainingCategory
from foundation.core import clock
from institutions.models import DepartmentCharge
from reports.departments import Department, department
from reports.kpis import kpi_of, kpis
from tests.cast import NEIGHBOUR, OWN, jurisdiction, organ
from tests.enforcement.factories import issued_today
from tests.inspections.factories import AT, filed, officers_report
from tests.institutions.factories import institution
from tests.reports.asked import ask

pytestmark = pytest.mark.django_db
PAGE = "admin:reports_ratiostyle_dashboard"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def asked(kind: str, code: str = OWN):
    question = ask(code)
    return ask(code, department=department(kind, question.area, on=question.on))


@pytest.fixture
def seen(cast):
    """Two visits to places of art, one to one of sport; a notice about one of art."""
    for category in (TrainingCategory.ARTS, TrainingCategory.ARTS, TrainingCategory.SPORT):
        home = institution(cast.officer, category=category)
        filed(officers_report(home, cast.officer, cast.second_officer), cast.officer)
    return cast


def test_each_sees_the_categories_that_it_is_in_charge_of(seen):
    told = {kind: kpi_of("visits").answer(asked(kind)).value for kind in ("culture", "sport", "science", "market")}
    assert told == {"culture": 2, "sport": 1, "science": 0, "market": 0}
    assert kpi_of("visits").answer(ask()).value == 3


def test_what_its_own_organs_did_is_its_own_whatever_the_category(seen):
    visit = kpi_of("visits").list(asked("sport")).get()
    type(visit).objects.bulk_create([_copy(visit, organ(OWN, OrganKind.MARKET))])
    assert kpi_of("visits").answer(asked("market")).value == 1
    assert kpi_of("visits").answer(asked("sport")).value == 2


def _copy(visit, home):
    visit.pk, visit.client_id, visit.number, visit.organ = None, uuid.uuid4(), f"{visit.number}-2", home
    visit.group_key = "copy"
    return visit


def test_a_county_that_set_it_otherwise_counts_otherwise(seen):
    facts = {"charge": "arts", "department": "sport", "effective_from": AT.date()}
    DepartmentCharge.objects.create(jurisdiction=jurisdiction(OWN), **facts)
    assert (kpi_of("visits").answer(asked("sport")).value, kpi_of("visits").answer(asked("culture")).value) == (3, 0)
    assert department("culture", ask(NEIGHBOUR).area, on=AT.date()).charges != ()


def test_number_list_places_and_months_agree_for_every_kpi_and_department(seen):
    issued_today(seen, institution(seen.officer, category=TrainingCategory.ARTS))
    counted = 0
    for kind in ("culture", "market", "fire"):
        question = asked(kind)
        for kpi in (kpi for kpi in kpis() if hasattr(kpi, "list") and not kpi.asked_in_vain(question)):
            rows = kpi.list(question)
            number = kpi.answer(question).value
            if not kpi.total:
                assert (kpi.code, rows.count()) == (kpi.code, number)
            else:
                assert (kpi.code, sum(getattr(row, kpi.total.replace("__", "."), 0) or 0 for row in rows)) == (
                    kpi.code, number,
                )  # fmt: skip
            counted += bool(number)
    assert counted > 5


def test_what_says_neither_is_not_told_by_department(seen):
    question = asked("fire")
    silent = [kpi for kpi in kpis() if kpi.asked_in_vain(question) == "不按部门统计"]
    assert silent
    assert all(kpi.answer(question).value is None for kpi in silent if hasattr(kpi, "list"))
    assert isinstance(question.department, Department)


def test_the_page_narrows_by_choice_and_the_numbers_open_the_same_rows(seen, enter):
    client = enter(seen.officer)
    page = client.get(reverse(PAGE), {"department": "culture"})
    tile = next(tile for tile in page.context["tiles"] if tile.label == "检查家次")
    assert (tile.text, "department=culture" in tile.url) == ("2家次", True)
    assert client.get(tile.url).context["answer"].value == 2
    assert "文化和旅游部门按“部门分工”负责的培训类别" in page.content.decode()
    whole = client.get(reverse(PAGE)).context["tiles"]
    assert next(tile.text for tile in whole if tile.label == "检查家次") == "3家次"


def test_who_watches_over_money_sees_all_of_it(seen, enter):
    client = enter(seen.city)
    pages = [client.get(reverse(PAGE), {"department": kind}) for kind in ("finance_bureau", "")]
    told = [{tile.label: tile.text for tile in page.context["tiles"]} for page in pages]
    codes = ("supervised", "flag_opened_rate", "released_fen", "refunded_fen", "alerts")
    money = [kpi_of(code).label for code in codes]
    assert {label: told[0][label] for label in money} == {label: told[1][label] for label in money}
    assert (told[0]["检查家次"], told[1]["检查家次"]) == ("0家次", "3家次")
    wrong = client.get(reverse(PAGE), {"department": "nothing"})
    assert (wrong.status_code, wrong.context["question"].department) == (200, None)
