"""The registers and the overview: each number opens exactly its rows, and lists ask no more for more rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from afterschool.models import Offering, Participation, Provider, Selection
from afterschool.operations.terms import Offered, record_offering
from foundation.audit.models import Event
from foundation.exports.declaring import exportable_of, filters_of
from foundation.regions.models import Division, School
from tests.afterschool.factories import (
    NOW,
    STARTS,
    block,
    counts,
    of_register,
    opened,
    proposed,
    reported,
    school,
    selected,
    social,
    specialist,
    term,
)
from tests.cast import NEIGHBOUR, OWN

pytestmark = pytest.mark.django_db
ROWS, OVERVIEW = "admin:afterschool_participation_changelist", "admin:afterschool_participation_overview"


def number_of_rows(client, url: str) -> int:
    """What the list behind an address says that it has, asked as an export would ask it."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.context_data["cl"].result_count


def tiles(page) -> dict[str, tuple[str, str]]:
    """label -> (number, address) of the overview's tiles."""
    return {one.label: (strip_tags(str(one.value)), one.url) for one in page.context_data["figures"]}


def lived_in(cast) -> tuple[School, School]:
    """Two towns: one school with three grades, one with a short day; one idle, one silent; two providers."""
    towns = list(Division.objects.filter(parent__code=OWN, level="town").order_by("code")[:2])
    big, short, idle = school(division=towns[0]), school(division=towns[1]), school(division=towns[0])
    school(division=towns[1])
    for grade in (1, 2, 3):
        reported(
            cast.officer, big, grade=grade, enrolled=50, joined=45, exempt_hardship=1, subsidy_fen=100, paid_fen=300
        )
    reported(cast.officer, short, enrolled=40, joined=40, minutes_per_day=60)
    reported(cast.officer, short, enrolled=40, joined=30, minutes_per_day=60, on=STARTS + timedelta(days=20))
    reported(cast.officer, idle, enrolled=10, joined=0)
    selected(cast, of_register(cast.officer))
    selected(cast)
    social(cast.officer)
    return big, short


def test_each_number_of_the_overview_opens_its_rows(cast, enter):
    lived_in(cast)
    client = enter(cast.officer)
    found = tiles(client.get(reverse(OVERVIEW)))
    assert {label: value for label, (value, _) in found.items()} == {
        "在校学生": "200 人",
        "自愿参加": "165 人",
        "参与率": "82.5%",
        "已开展学校": "2 所",
        "应开展学校": "4 所",
        "达到5天×2小时": "1 所",
        "未填报学校": "1 所",
        "免收学生": "3 人",
        "财政补助": "¥3.00",
        "家长缴费": "¥9.00",
        "有效入选机构": "2 家",
    }
    rows = {label: number_of_rows(client, url) for label, (_, url) in found.items()}
    assert rows["在校学生"] == rows["参与率"] == 5
    assert (rows["自愿参加"], rows["免收学生"]) == (4, 3)
    schools = ("已开展学校", "应开展学校", "达到5天×2小时", "未填报学校")
    assert [rows[label] for label in schools] == [2, 4, 1, 1]
    assert rows["有效入选机构"] == 2


def test_the_rows_behind_a_sum_add_up_to_it(cast, enter):
    """By town and in the export too: the same rows."""
    lived_in(cast)
    client = enter(cast.officer)
    page = client.get(reverse(OVERVIEW))
    lines = page.context_data["places"]
    assert [line["total"].joined for line in lines] == [135, 30]
    for line in lines:
        listed = client.get(line["url"]).context_data["cl"].result_list
        assert sum(row.joined for row in listed) == line["total"].joined
        assert sum(row.enrolled for row in listed) == line["total"].enrolled
        assert number_of_rows(client, line["serving_url"]) == line["serving"]
        assert number_of_rows(client, line["due_url"]) == line["due"]
    exportable = exportable_of("afterschool.participation")
    query = client.get(reverse(ROWS), {"term__id__exact": term().pk}).wsgi_request.GET
    exported = exportable.rows(cast.officer, filters_of(query))
    assert sum(row.joined for row in exported) == 165


def test_a_city_sees_its_counties_and_another_term_is_chosen(cast, enter):
    reported(cast.officer, school(), enrolled=50, joined=40)
    reported(cast.neighbour, school(NEIGHBOUR), enrolled=50, joined=45)
    page = enter(cast.city).get(reverse(OVERVIEW))
    assert [(line["label"], line["total"].rate) for line in page.context_data["places"]] == [
        ("集美区", "90.0%"),
        ("思明区", "80.0%"),
    ]
    assert number_of_rows(enter(cast.city), page.context_data["places"][0]["url"]) == 1
    assert "0 人" in enter(cast.other_city).get(reverse(OVERVIEW)).content.decode()


def test_without_a_term_the_overview_says_what_to_do(cast, enter):
    assert "还没有登记学期" in enter(cast.officer).get(reverse(OVERVIEW)).content.decode()


def test_lists_ask_no_more_for_more_rows(cast, enter):
    """One and three rows each."""
    client, basic = enter(cast.officer), block(cast.officer)
    asked = {Participation: 10, Offering: 7, Provider: 7, Selection: 7}
    found: dict[type, list[int]] = {model: [] for model in asked}
    for number in (1, 2):
        for _ in range(number):
            here = school()
            reported(cast.officer, here)
            record_offering(school=here, term=term(), block=basic, offered=Offered(9), by=cast.officer, at=NOW)
            selected(cast)
        for model in asked:
            url = reverse(f"admin:afterschool_{model._meta.model_name}_changelist")
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found[model].append(len(queries))
    assert found == {model: [number, number] for model, number in asked.items()}


def test_the_overview_asks_no_more_for_more_schools(cast, enter):
    client, found = enter(cast.city), []
    client.get(reverse(OVERVIEW))
    for number in (1, 3):
        for _ in range(number):
            reported(cast.officer, school())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(OVERVIEW))
        found.append(len(queries))
    assert found[0] == found[1] <= 22


def test_a_specialist_reports_by_the_page_and_sees_the_own_school_only(cast, enter):
    here, there = school(), school()
    reported(cast.officer, there)
    term()
    client = enter(specialist(here))
    page = client.get(reverse("admin:afterschool_participation_record")).content.decode()
    assert here.name in page
    assert there.name not in page
    given = {name: str(value) for name, value in counts(enrolled=40, joined=41).values().items()}
    given |= {"school": here.pk, "term": term().pk, "grade": 1, "effective_on": STARTS.isoformat()}
    url = reverse("admin:afterschool_participation_record")
    refused = client.post(url, given).content.decode()
    assert "41人，多于在校学生40人" in refused
    assert client.post(url, given | {"joined": "39", "paid_fen": "12.50"}).status_code == 302
    row = Participation.objects.get(school=here)
    assert (row.joined, row.paid_fen) == (39, 1250)
    assert client.get(reverse("admin:afterschool_participation_change", args=[row.pk])).status_code == 200
    theirs = Participation.objects.get(school=there)
    assert client.get(reverse("admin:afterschool_participation_change", args=[theirs.pk])).status_code == 404
    assert there.name not in client.get(reverse(ROWS)).content.decode()
    assert client.post(url, given | {"school": there.pk}).status_code == 200
    assert Participation.objects.filter(school=there).count() == 1


def test_a_record_is_corrected_and_the_list_shows_what_counts(cast, enter):
    row, client = reported(cast.officer, school()), enter(cast.officer)
    given = {name: str(value) for name, value in counts(joined=170).values().items()}
    url = reverse("admin:afterschool_participation_correct", args=[row.pk])
    assert client.post(url, given | {"reason": "看错一行"}).status_code == 302
    assert number_of_rows(client, reverse(ROWS)) == 1
    assert number_of_rows(client, f"{reverse(ROWS)}?records=all") == 2
    page = client.get(reverse("admin:afterschool_participation_change", args=[row.pk])).content.decode()
    for words in ("历次记录", "已更正", "看错一行", "已被更正或撤销"):
        assert words in page
    assert client.get(url).status_code == 403


def test_a_selection_goes_through_its_pages(cast, enter):
    provider, chosen = of_register(cast.officer), opened(cast.officer)
    given = {"round": chosen.pk, "starts_on": "2026-09-01", "ends_on": "2027-08-31", "reason": "评审得分在前"}
    url = reverse("admin:afterschool_provider_propose", args=[provider.pk])
    assert enter(cast.officer).post(url, given).status_code == 302
    row = Selection.objects.get()
    assert "课后服务入选待审核" in enter(cast.leader).get(reverse("admin:index")).content.decode()
    assert number_of_rows(enter(cast.leader), reverse("admin:afterschool_selection_changelist") + "?waiting=me") == 1
    approve = reverse("admin:afterschool_selection_approve", args=[row.pk])
    assert enter(cast.officer).post(approve, {}).status_code == 403
    assert enter(cast.leader).post(approve, {"remark": ""}).status_code == 302
    assert Event.objects.latest("pk").kind == "afterschool.selection_approved"
    for model, pk in (("provider", provider.pk), ("selectionround", chosen.pk)):
        page = enter(cast.city).get(reverse(f"admin:afterschool_{model}_change", args=[pk])).content.decode()
        assert "2027-08-31" in page
    home = reverse("admin:institutions_institution_change", args=[provider.institution_id])
    assert chosen.name in enter(cast.officer).get(home).content.decode()


def test_what_speaks_against_a_provider_stands_over_the_form(cast, enter):
    provider = of_register(cast.officer)
    provider.institution.permits.update(ended_on=NOW.date())
    page = enter(cast.officer).get(reverse("admin:afterschool_provider_propose", args=[provider.pk]))
    assert "提醒：名录中没有该机构在" in page.content.decode()


def test_schools_show_what_they_report_and_offer(cast, enter):
    here = school()
    reported(cast.officer, here)
    record_offering(
        school=here, term=term(), block=block(cast.officer), offered=Offered(90, 200), by=cast.officer, at=NOW
    )
    page = enter(cast.officer).get(reverse("admin:regions_school_change", args=[here.pk])).content.decode()
    for words in ("课后服务参与情况", "90.0%", "课后服务开设内容", "作业辅导", "¥2.00"):
        assert words in page
    assert (
        "课后服务"
        not in enter(cast.town).get(reverse("admin:regions_school_changelist")).content.decode().split("<main")[-1]
    )


def test_a_proposal_of_the_neighbour_is_not_there(cast, enter):
    row = proposed(cast.neighbour, social(cast.neighbour, county=NEIGHBOUR))
    assert enter(cast.leader).get(reverse("admin:afterschool_selection_change", args=[row.pk])).status_code == 404
