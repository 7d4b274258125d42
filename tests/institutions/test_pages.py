from datetime import date

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.core.home import figure_tiles
from institutions.forms import NEVER
from institutions.models import Institution, StatusEvent
from institutions.operations.register import EDITABLE
from institutions.operations.status import change_status
from tests.institutions.factories import AT, credit_code, facts, institution, town, unlicensed

pytestmark = pytest.mark.django_db
LIST = reverse("admin:institutions_institution_changelist")


@pytest.fixture
def officer(client, cast):
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    return client


def test_a_clerk_registers_an_institution_and_reads_it(officer, cast):
    jurisdiction = town().parent.jurisdiction
    form = {
        **{name: value for name, value in facts().items() if name != "division"},
        "division": town().pk, "jurisdiction": jurisdiction.pk, "site_type": "training", "mode": "offline",
        "stages": ["primary"], "status": "normal", "effective_on": "2026-11-01", "name": "思明区木棉舞蹈培训中心",
    }  # fmt: skip
    answer = officer.post(reverse("admin:institutions_institution_register"), form)
    row = Institution.objects.get(name="思明区木棉舞蹈培训中心")
    assert (answer.status_code, row.stages) == (302, ["primary"])
    page = officer.get(answer["Location"]).content.decode()
    assert all(text in page for text in ("思明区木棉舞蹈培训中心", "登记机构", "138****0000", "核准办学地址"))
    assert "13800000000" not in page


def test_a_refusal_is_shown_beside_its_field_and_nothing_is_written(officer):
    form = {
        **{name: value for name, value in facts().items() if name != "division"},
        "division": town().pk, "jurisdiction": town().parent.jurisdiction.pk, "site_type": "training",
        "mode": "offline", "status": "normal", "effective_on": "2026-11-01", "credit_code": "91350100M000100Y44",
    }  # fmt: skip
    page = officer.post(reverse("admin:institutions_institution_register"), form).content.decode()
    assert "校验位不正确" in page
    assert Institution.objects.count() == 0


@pytest.mark.parametrize("term", ["木棉", "mmwd", "MJ009", "木棉舞蹈"])
def test_the_list_is_searched_by_two_characters_initials_and_code(officer, cast, term):
    institution(cast.officer, name="木棉舞蹈", credit_code=credit_code(9001))
    institution(cast.officer, name="别家", credit_code=credit_code(8002), address="别处")
    page = officer.get(LIST, {"q": term}).content.decode()
    assert ("木棉舞蹈" in page, "别家" in page) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_for_one_and_three_rows(officer, cast, rows, django_assert_num_queries):
    for _ in range(rows):
        institution(cast.officer)
    officer.get(LIST)
    with django_assert_num_queries(8):
        assert officer.get(LIST).status_code == 200


def test_tiles_open_exactly_the_rows_that_they_count(officer, cast):
    for _ in range(2):
        institution(cast.officer)
    institution(cast.neighbour, county="350211")
    unlicensed(cast.officer, found_on=AT.date())
    tiles = {tile.label: tile for tile in figure_tiles(cast.officer)}
    for label, count in (("正常机构", 2), ("待处置无证场所", 1)):
        listed = officer.get(tiles[label].url).context["cl"].result_count
        assert (tiles[label].count, listed) == (count, count)


def test_the_merge_page_shows_the_pair_side_by_side(officer, cast):
    keep = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    other = institution(cast.officer, name="思明区海浪舞蹈有限公司", credit_code=None)
    url = reverse("admin:institutions_institution_merge", args=[keep.pk])
    assert "思明区海浪舞蹈有限公司" in officer.get(url).content.decode()
    assert officer.post(url, {"absorb": other.pk, "reason": "重复登记"}).status_code == 302
    assert list(Institution.objects.current()) == [keep]


def test_the_register_of_a_past_day_and_its_reduction(officer, cast):
    """Shishi's figures on a page: 81 on 2021-07-24, 7 now, 91.35 % (truncated)."""
    rows = [institution(cast.officer, category="subject", effective_on=date(2021, 7, 24)) for _ in range(81)]
    for row in rows[:74]:
        change_status(
            institution=row, status="deregistered", effective_on=date(2022, 3, 1), reason="终止", by=cast.officer, at=AT
        )
    url = reverse("admin:institutions_institution_as-of")
    page = officer.get(url, {"on": "2026-11-20", "base_on": "2021-07-24"})
    [line] = page.context["lines"]
    assert (line.operating, line.base, line.reduction) == (7, 81, "91.35%")
    assert "91.35%" in page.content.decode()
    then = officer.get(url, {"on": "2022-03-01", "known_on": "2026-11-01"}).context["lines"]
    assert then == []  # all was recorded on 2 November, so nothing was known the day before


def test_daily_work_of_a_higher_app_leads_the_buttons_and_each_tells_its_subject(officer, cast):
    page = officer.get(reverse("admin:institutions_institution_change", args=[institution(cast.officer).pk]))
    buttons = page.context["buttons"]
    assert [button["label"] for button in buttons][:2] == ["登记检查", "变更信息"]
    assert {button["label"]: button["subject"] for button in buttons}["提请立案"] == "案件"
    assert "<p>案件</p>" in page.content.decode()


# -- putting a record right ------------------------------------------------------------------------------------------
@pytest.fixture
def recorded(cast):
    return institution(cast.officer, category="subject", effective_on=date(2021, 7, 24)).status_events.get()


def put_right(officer, event, **given):
    address = reverse("admin:institutions_institution_correct-status", args=[event.institution_id])
    return officer.post(address, {"event": event.pk, "reason": "登记有误", **given})


def test_what_is_left_empty_stays_as_it_was_recorded(officer, recorded):
    assert put_right(officer, recorded, effective_on="2020-09-01").status_code == 302
    now = StatusEvent.objects.believed().get()
    assert (now.status, now.category, now.effective_on) == ("normal", "subject", date(2020, 9, 1))


@pytest.mark.parametrize("given", [{}, {"status": "normal"}, {"category": "subject", "effective_on": "2021-07-24"}])
def test_a_correction_that_corrects_nothing_is_said_and_not_written(officer, recorded, given):
    assert "至少改一项" in put_right(officer, recorded, **given).content.decode()
    assert StatusEvent.objects.count() == 1


def test_a_record_is_withdrawn_only_when_that_is_chosen(officer, cast, recorded):
    given = {"effective_on": date(2026, 1, 1), "reason": "误登", "by": cast.officer, "at": AT}
    row = change_status(institution=recorded.institution, status="lost", **given)
    lost = row.status_events.get(status="lost")
    assert put_right(officer, lost, status=NEVER).status_code == 302
    assert list(StatusEvent.objects.believed()) == [recorded]


def test_another_category_from_a_day_on(officer, recorded):
    row = recorded.institution
    form = {name: getattr(row, name) for name in EDITABLE if getattr(row, name) is not None}
    form |= {"division": row.division_id, "category": "arts", "category_since": "2026-03-01"}
    assert officer.post(reverse("admin:institutions_institution_edit", args=[row.pk]), form).status_code == 302
    known = [(event.effective_on, event.category) for event in row.status_events.order_by("pk")]
    assert known == [(date(2021, 7, 24), "subject"), (date(2026, 3, 1), "arts")]
