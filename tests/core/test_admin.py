"""What RegisterAdmin promises, tried on the small register of ``tests.core.registers``."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from foundation.audit.models import Event
from foundation.core import changelist, pages, panels
from foundation.core.admin import ReadOnlyRegister
from foundation.core.pages import Page
from foundation.regions.models import School
from tests.cast import NEIGHBOUR
from tests.core import factories, registers

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.registers")]
LIST = "/admin/regions/school/"
STAFF_WITH_REGISTER = {
    *("officer", "leader", "second_officer", "neighbour", "other_city", "city", "province"),
    *("legal", "town", "culture", "discipline"),
}


def detail(school: School, page: str = "") -> str:
    return f"{LIST}{school.pk}/{page}"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Without what higher apps contribute to schools: their addresses are not in this site."""
    for contributed in (panels._makers, pages._contributed, changelist._contributed):
        monkeypatch.delitem(contributed, School, raising=False)


@pytest.fixture
def register():
    return registers.site.get_model_admin(School)


def request_of(actor):
    request = RequestFactory().get(LIST)
    request.actor = actor
    return request


# -- who may ---------------------------------------------------------------------------------------------------------
def test_nobody_may_add_change_or_delete_through_djangos_admin(cast, register):
    school = factories.school("第一小学")
    for name, actor in cast.everyone().items():
        request = request_of(actor)
        allowed = [
            register.has_add_permission(request),
            register.has_change_permission(request, school),
            register.has_delete_permission(request, school),
        ]
        assert allowed == [False, False, False], name


def test_a_register_without_a_rule_is_closed_to_everybody(cast):
    ruleless = registers.RulelessRegister(School, registers.site)
    assert [name for name, actor in cast.everyone().items() if ruleless.has_view_permission(request_of(actor))] == []


def test_the_rule_decides_who_opens_the_list(cast, enter, register):
    opened = {name for name, actor in cast.everyone().items() if register.has_view_permission(request_of(actor))}
    assert opened == STAFF_WITH_REGISTER


def test_staff_whom_the_rule_refuses_get_403_with_its_sentence(cast, enter):
    school = factories.school("第一小学")
    for url in (LIST, detail(school), detail(school, "rename/")):
        response = enter(cast.system).get(url)
        assert response.status_code == 403, url
    assert "您的岗位不查看学校。" in enter(cast.system).get(detail(school)).content.decode()


def test_who_is_not_staff_or_not_logged_in_stays_outside(cast, client, enter):
    assert client.get(LIST).status_code == 302
    assert enter(cast.supervisor).get(LIST).status_code == 403


# -- scope -----------------------------------------------------------------------------------------------------------
def test_an_object_out_of_scope_is_404_for_the_whole_cast(cast, enter):
    own, neighbours = factories.school("第一小学"), factories.school("邻区小学", code=NEIGHBOUR)
    seen = {}
    for name in sorted(STAFF_WITH_REGISTER):
        client = enter(getattr(cast, name))
        seen[name] = [client.get(detail(school)).status_code for school in (own, neighbours)]
    assert seen == {
        **{name: [200, 404] for name in ("officer", "leader", "second_officer", "legal", "town", "culture")},
        "neighbour": [404, 200],
        "other_city": [404, 404],
        **{name: [200, 200] for name in ("city", "province", "discipline")},
    }


def test_a_page_of_an_object_out_of_scope_is_404_before_its_rule_is_asked(cast, enter):
    neighbours = factories.school("邻区小学", code=NEIGHBOUR)
    client = enter(cast.officer)
    assert client.get(detail(neighbours, "rename/")).status_code == 404
    assert client.post(detail(neighbours, "rename/"), {"name": "新名"}).status_code == 404
    neighbours.refresh_from_db()
    assert neighbours.name == "邻区小学"


def test_the_list_and_its_filters_show_only_what_is_in_scope(cast, enter):
    factories.school("第一小学")
    factories.school("邻区小学", code=NEIGHBOUR)
    page = enter(cast.officer).get(LIST).content.decode()
    assert "第一小学" in page
    assert "邻区小学" not in page
    choices = {group.title: group.choices for group in enter(cast.city).get(LIST).context["cl"].filter_groups()}
    offered = {str(choice["display"]) for choice in choices["管辖单位"]}
    assert {"思明区", "集美区"} <= offered
    assert "石狮市" not in offered


# -- nothing writes --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["save_model", "save_related", "save_formset", "delete_model", "delete_queryset"])
def test_djangos_write_hooks_raise(register, name):
    with pytest.raises(ReadOnlyRegister):
        getattr(register, name)(None, None, None, None)


def test_posting_to_list_or_detail_writes_nothing(cast, enter):
    school = factories.school("第一小学")
    client = enter(cast.officer)
    before = list(School.objects.order_by("pk").values())
    data = {"name": "改了", "_save": "1", "action": "delete_selected", "_selected_action": [school.pk], "post": "yes"}
    assert [client.post(url, data).status_code for url in (LIST, detail(school))] == [405, 405]
    assert list(School.objects.order_by("pk").values()) == before
    assert not Event.objects.exists()


@pytest.mark.parametrize("path", ["add/", "{pk}/change/", "{pk}/delete/", "{pk}/history/"])
def test_djangos_own_pages_are_not_there(cast, enter, path):
    school = factories.school("第一小学")
    assert enter(cast.officer).get(LIST + path.format(pk=school.pk)).status_code == 404


@pytest.mark.parametrize("path", ["search/?s=学", "autocomplete/", "jsi18n/", "password_change/", "r/1/1/", "regions/"])
def test_djangos_side_doors_are_not_there(cast, enter, path):
    assert enter(cast.officer).get(f"/admin/{path}").status_code == 404


# -- buttons and their pages -----------------------------------------------------------------------------------------
def test_a_button_is_shown_exactly_where_its_operation_is_allowed(cast, register):
    school = factories.school("第一小学")
    for name, actor in cast.everyone().items():
        shown = {button["label"] for button in register.buttons(actor, school)}
        assert shown == ({"更名", "撤并"} if registers.can_edit_school(actor, school) else set()), name
        bulk = {button["label"] for button in register.bulk_buttons(actor)}
        assert bulk == ({"批量撤并"} if registers.can_edit_school(actor) else set()), name
    assert {button["label"] for button in register.buttons(cast.officer, school)} == {"更名", "撤并"}


def test_a_page_without_its_rule_is_403_with_the_rules_sentence(cast, enter):
    school = factories.school("第一小学")
    client = enter(cast.leader)
    for response in (client.get(detail(school, "rename/")), client.post(detail(school, "rename/"), {"name": "新名"})):
        assert response.status_code == 403
        assert "只有本辖区的经办人可以维护学校。" in response.content.decode()
    school.refresh_from_db()
    assert school.name == "第一小学"


def test_a_page_runs_its_operation_once_and_returns_to_the_row(cast, enter):
    school = factories.school("第一小学")
    response = enter(cast.officer).post(detail(school, "rename/") + "?back=q%3D%E5%B0%8F", {"name": "实验小学"})
    assert (response.status_code, response.url) == (302, detail(school) + "?back=q%3D%E5%B0%8F")
    school.refresh_from_db()
    assert school.name == "实验小学"
    assert [event.kind for event in Event.objects.all()] == ["test.school_renamed"]


def test_what_the_database_refuses_is_said_beside_the_form(cast, enter):
    factories.school("第一小学")
    second = factories.school("第二小学")
    response = enter(cast.officer).post(detail(second, "rename/"), {"name": "第一小学"})
    assert response.status_code == 200
    assert "已有同名学校。" in response.content.decode()
    assert not Event.objects.exists()


def test_a_conflict_answers_409_with_its_sentence(cast, enter):
    school = factories.school("第一小学", closed_on="2024-07-01")
    response = enter(cast.officer).post(detail(school, "close/"), {"closed_on": "2024-07-02", "reason": "并入"})
    assert response.status_code == 409
    assert "该学校已经撤并。" in response.content.decode()


def test_a_form_says_its_effect_marks_what_is_required_and_lists_what_is_wrong(cast, enter):
    school = factories.school("第一小学")
    response = enter(cast.officer).post(detail(school, "close/"), {})
    page = response.content.decode()
    assert "撤并后，该学校不再出现在新的检查和服务中。" in page
    assert page.count("该字段是必填项。") == 4  # in the summary and beside each of the two fields
    assert page.count('class="required"') == 2


# -- lists -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(cast, enter, django_assert_num_queries, rows):
    for number in range(rows):
        factories.school(f"第{number}小学")
    client = enter(cast.officer)
    client.get(LIST)  # the session's idle mark is written once a while, not for each page
    with django_assert_num_queries(7):
        response = client.get(LIST)
    assert f"共 <strong>{rows}</strong> 条" in response.content.decode()


def test_page_sizes_travel_in_the_address_and_odd_ones_are_ignored(cast, enter):
    for number in range(12):
        factories.school(f"第{number:02}小学")
    client = enter(cast.officer)
    assert len(client.get(LIST + "?per_page=10").context["cl"].result_list) == 10
    assert len(client.get(LIST + "?per_page=10&p=2").context["cl"].result_list) == 2
    assert len(client.get(LIST + "?per_page=7").context["cl"].result_list) == 12
    assert len(client.get(LIST + "?per_page=10&all=").context["cl"].result_list) == 10
    assert "per_page=10" in client.get(LIST + "?per_page=10").context["cl"].page_links()[1][1]


def test_an_unknown_page_number_shows_the_last_page(cast, enter):
    for number in range(12):
        factories.school(f"第{number:02}小学")
    changelist = enter(cast.officer).get(LIST + "?per_page=10&p=99").context["cl"]
    assert (changelist.page_num, len(changelist.result_list)) == (2, 2)


def test_filters_stay_in_the_address_of_rows_and_come_back(cast, enter):
    school = factories.school("第一小学")
    client = enter(cast.officer)
    row = next(client.get(LIST + "?stage__exact=primary&q=小").context["cl"].rows(), None)
    assert row is None
    row = next(client.get(f"{LIST}?stage__exact={school.stage}&q=小").context["cl"].rows())
    page = client.get(row.url)
    assert page.context["back"] == f"{LIST}?stage__exact={school.stage}&q=%E5%B0%8F"
    assert all("back=" in button["url"] for button in page.context["buttons"])


def test_conditions_that_nobody_knows_are_dropped_and_said(cast, enter):
    factories.school("第一小学")
    response = enter(cast.officer).get(LIST + "?closed_on__exact=昨天", follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "网址里的筛选条件无法识别" in page
    assert "第一小学" in page


def test_a_filter_that_the_register_does_not_offer_is_400_in_chinese(cast, enter):
    response = enter(cast.officer).get(LIST + "?jurisdiction__parent__code=350000")
    assert response.status_code == 400
    assert "请求无法识别" in response.content.decode()


def test_an_empty_list_says_what_it_is_for_and_a_filtered_one_offers_to_clear(cast, enter):
    client = enter(cast.officer)
    assert "这里列出本辖区的学校。" in client.get(LIST).content.decode()
    page = client.get(LIST + "?q=没有").content.decode()
    assert "没有符合条件的学校。" in page
    assert "清除条件" in page


# -- detail ----------------------------------------------------------------------------------------------------------
def test_the_detail_page_shows_facts_summary_and_trail(cast, enter):
    school = factories.school("第一小学")
    client = enter(cast.officer)
    client.post(detail(school, "rename/"), {"name": "实验小学"})
    page = client.get(detail(school)).content.decode()
    assert "chip chip-ok" in page
    assert "更名学校" in page
    assert "学校名称：第一小学 → 实验小学" in page


# -- the way out -----------------------------------------------------------------------------------------------------
def test_logging_out_needs_a_post(cast, enter):
    client = enter(cast.officer)
    assert client.get("/admin/logout/").url == "/accounts/logout/"
    assert client.get(LIST).status_code == 200
    client.post("/admin/logout/")
    assert client.get(LIST).status_code == 302


def test_a_page_may_not_take_the_address_of_the_registers_own(register, monkeypatch):
    """Two pages of one URL name: links to the object's own page would lead to the other."""
    monkeypatch.setattr(type(register), "pages", (type("Taking", (Page,), {"slug": "change"}),))
    with pytest.raises(ImproperlyConfigured, match="change is the address of the register's own page"):
        register.get_urls()
