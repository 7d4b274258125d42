"""The three nets' pages: what they count, which rows a number opens, what a button says before it fills."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.accounts.enums import TrainingCategory
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core import clock
from institutions import coverage
from institutions.enums import Category
from institutions.models import DepartmentCharge, Institution, Responsible
from institutions.operations.nets import fill_nets
from tests.cast import NEIGHBOUR, OWN, jurisdiction
from tests.institutions.factories import AT, institution, town
from tests.institutions.test_nets import communities, fill, other_town, school, specialist

pytestmark = pytest.mark.django_db
TODAY = AT.date()
PAGE_QUERIES = 14


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def test_the_page_counts_and_each_number_opens_its_rows(cast, enter):
    rows = [institution(cast.officer) for _ in range(2)]
    rows += [institution(cast.officer, division=place) for place in (communities()[1], other_town())]
    fill(cast.officer, rows[0], rows[3])
    client = enter(cast.officer)
    response = client.get(reverse("admin:institutions_responsible_changelist"))
    whole = {
        cover.net: (cover.institutions, cover.named, cover.gaps, cover.percent) for cover in response.context["whole"]
    }
    assert whole == {"grid": (4, 1, 3, 25), "school": (4, 0, 4, 0), "department": (4, 2, 2, 50)}
    places = {place.label: [place.institutions, *place.named.values()] for place in response.context["places"]}
    assert places == {str(town()): [3, 1, 0, 1], str(other_town()): [1, 0, 0, 1]}
    html = response.content.decode()
    for address, number in re.findall(
        r'<a class="link" href="(/admin/institutions/institution/[^"]*)">(\d+)</a>', html
    ):
        shown = client.get(address.replace("&amp;", "&")).context["cl"].result_count
        assert shown == int(number), address


def test_a_city_sees_its_counties(cast, enter):
    institution(cast.officer)
    institution(cast.neighbour, county=NEIGHBOUR)
    places = enter(cast.city).get(reverse("admin:institutions_responsible_changelist")).context["places"]
    assert [(place.label, place.institutions) for place in places] == [("思明区", 1), ("集美区", 1)]


def test_a_department_of_one_category_counts_its_own(cast):
    institution(cast.officer, category=Category.SPORT)
    row = institution(cast.officer)
    fill(cast.officer, *Institution.objects.all())
    whole, _ = coverage.coverage(cast.culture, on=TODAY)
    assert {cover.net: (cover.institutions, cover.named) for cover in whole}["department"] == (1, 1)
    assert {held.institution for held in Responsible.objects.visible_to(cast.culture)} == {row}


def test_the_button_says_how_many_before_it_fills(cast, enter):
    institution(cast.officer)
    institution(cast.officer, division=other_town())
    client, page = enter(cast.officer), reverse("admin:institutions_responsible_fill")
    assert "将指定3名责任人（社区网格1名、学校包片0名、部门分类包干2名）。" in client.get(page).content.decode()
    assert Responsible.objects.count() == 0
    html = client.post(page, follow=True).content.decode()
    assert "已指定3名责任人，解除0名。" in html
    assert "没有可以补齐的责任人" in client.get(page).content.decode()


def test_nets_are_filled_from_the_list_for_the_ticked_rows(cast, enter):
    rows = [institution(cast.officer) for _ in range(2)]
    client, page = enter(cast.officer), reverse("admin:institutions_institution_fill-nets")
    asked = client.post(page, {"ids": [rows[0].pk]})
    frozen = re.search(r'name="frozen" value="([^"]+)"', asked.content.decode())[1]
    client.post(page, {"frozen": frozen})
    assert set(Responsible.objects.values_list("institution", "net")) == {
        (rows[0].pk, net) for net in ("grid", "department")
    }


def test_the_institutions_page_says_in_words_who_is_missing(cast, enter):
    row = institution(cast.officer)
    fill(cast.officer, row)
    Post.objects.filter(pk=cast.culture.post_id).update(valid_to=TODAY - timedelta(days=1))
    html = enter(cast.officer).get(reverse("admin:institutions_institution_change", args=[row.pk])).content.decode()
    assert cast.grid.name in html
    assert "没有覆盖此地的岗位" in html
    assert f"{cast.culture.name}已不在岗" in html


@pytest.mark.parametrize("who", ["officer", "province"])
def test_the_setting_has_a_page(cast, enter, who):
    where = {"officer": jurisdiction(OWN).pk, "province": ""}[who]
    facts = {"charge": "care", "department": "urban", "jurisdiction": where, "effective_from": "2027-01-01"}
    response = enter(getattr(cast, who)).post(reverse("admin:institutions_departmentcharge_set"), facts)
    assert response.status_code == 302
    made = DepartmentCharge.objects.get(department="urban")
    assert made.jurisdiction_id == (where or None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number(cast, enter, django_assert_num_queries, number):
    rows = [institution(cast.officer) for _ in range(number)]
    fill(cast.officer, *rows)
    client = enter(cast.officer)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(reverse("admin:institutions_responsible_changelist"))


def test_five_thousand_institutions_take_seconds_and_the_same_queries(cast, django_assert_max_num_queries):
    specialist(school("社区小学", communities()[0]))
    made = institution(cast.officer)
    places = [*communities(), town(), other_town()]
    Institution.objects.bulk_create(
        Institution(
            jurisdiction_id=made.jurisdiction_id, division=places[number % len(places)], name=f"批量{number}",
            category=TrainingCategory.ARTS, legal_type=made.legal_type, licence_status=made.licence_status,
            address="一路1号", registered_at=AT, changed_at=AT,
        )
        for number in range(4999)
    )  # fmt: skip
    started = time.process_time()
    with django_assert_max_num_queries(60):
        filled = fill_nets(institutions=Institution.objects.all(), by=cast.officer, at=AT)
    assert filled.named >= 10_000
    assert Event.objects.filter(kind="institution.responsible_named").count() == filled.named
    assert time.process_time() - started < 15  # seconds of this process, whatever else the machine does
