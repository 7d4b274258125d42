"""The staff's pages of clues, by real requests."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clues.enums import Channel, ClueState, Verdict
from clues.models import Clue
from foundation.core import clock
from foundation.core.home import todo_tiles
from foundation.exports.declaring import exportable_of
from tests.clues.factories import SEEN, clue, in_state
from tests.institutions.factories import AT, institution, town, unlicensed

pytestmark = pytest.mark.django_db
LIST = "/admin/clues/clue/"
LIST_QUERIES = 12


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def facts(**given) -> dict[str, object]:
    return {
        "channel": "phone", "subject": "fees", "urgency": "urgent", "division": town().pk, "content": SEEN,
        "happened_on": "2026-11-01", "check_points": "请看合同\n\n请看发票\n", **given,
    }  # fmt: skip


def test_a_call_is_entered_checked_and_closed(cast, enter):
    row = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    client = enter(cast.officer)
    client.post(f"{LIST}take-in/", facts(institution="海浪舞蹈"))
    made = Clue.objects.get()
    assert (made.institution, made.channel, made.content) == (row, Channel.PHONE, SEEN)
    assert made.points == ["请看合同", "请看发票"]
    page = f"{LIST}{made.pk}/"
    html = client.get(page).content.decode()
    assert f"已登记，编号 {made.number}。" in html
    assert SEEN in html
    client.post(f"{page}points/", {"check_points": "请看合同"})
    assert client.post(f"{page}start-checking/").status_code == 403
    client.post(f"{page}accept/", {"urgency": "urgent", "delay_days": 0})
    client.post(f"{page}start-checking/")
    client.post(f"{page}close/", {"verdict": Verdict.TRUE, "result": "已退费"})
    made.refresh_from_db()
    assert (made.state, made.verdict, made.points) == (ClueState.CLOSED, Verdict.TRUE, ["请看合同"])
    assert client.get(f"{page}points/").status_code == 403


@pytest.mark.parametrize(
    ("written", "says"),
    [("不存在的机构", "没有找到"), ("启明", "找到多家"), ("思明区启明一号", "")],
)
def test_an_institution_is_found_by_what_was_written(cast, enter, written, says):
    for name in ("思明区启明一号", "思明区启明二号"):
        institution(cast.officer, name=name)
    html = enter(cast.officer).post(f"{LIST}take-in/", facts(institution=written)).content.decode()
    assert says in html
    assert Clue.objects.count() == (0 if says else 1)


def test_the_tile_counts_what_its_list_shows(cast, enter):
    in_state(cast, ClueState.RECEIVED)
    in_state(cast, ClueState.CHECKING)
    [tile] = [tile for tile in todo_tiles(cast.officer) if tile.label == "待受理线索"]
    rows = enter(cast.officer).get(tile.url).context["cl"].result_count
    assert (tile.count, rows) == (1, 1)
    assert "待受理线索" not in {tile.label for tile in todo_tiles(cast.leader)}


@pytest.mark.parametrize(("who", "shown"), [("officer", True), ("leader", True), ("town", False), ("legal", False)])
def test_the_pages_of_institution_and_site_show_clues_to_those_who_read_them(cast, enter, who, shown):
    row, site = institution(cast.officer), unlicensed(cast.officer)
    numbers = [clue(cast.officer, institution=row).number, clue(cast.officer, unlicensed_site=site).number]
    client = enter(getattr(cast, who))
    pages = [
        client.get(reverse(f"admin:institutions_{model}_change", args=[thing.pk])).content.decode()
        for model, thing in (("institution", row), ("unlicensedsite", site))
    ]
    assert [number in html for number, html in zip(numbers, pages, strict=True)] == [shown, shown]
    assert all(SEEN not in html for html in pages)


@pytest.mark.parametrize("who", ["town", "culture", "officer"])
def test_staff_report_from_an_institutions_page(cast, enter, who):
    row, actor = institution(cast.officer), getattr(cast, who)
    url = reverse("admin:institutions_institution_report-clue", args=[row.pk])
    response = enter(actor).post(url, {k: v for k, v in facts().items() if k not in {"channel", "division"}})
    made = Clue.objects.get()
    assert (response.status_code, made.institution, made.channel) == (302, row, Channel.STAFF)
    assert (made.reported_by_id, made.division) == (actor.user_id, row.division)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(cast, enter, django_assert_num_queries, number):
    for _ in range(number):
        clue(cast.officer, institution=institution(cast.officer))
    client = enter(cast.officer)
    with django_assert_num_queries(LIST_QUERIES):
        assert SEEN not in client.get(LIST).content.decode()


def test_the_export_marks_what_may_name_people(cast):
    row = in_state(cast, ClueState.CLOSED)
    exportable = exportable_of("clues.clue")
    assert {column.key for column in exportable.columns if column.personal} == {"content", "result"}
    [listed] = exportable.rows(cast.officer, {})
    values = {column.label: column.value(listed) for column in exportable.columns}
    assert (values["线索编号"], values["收到日期"], values["核查结论"]) == (row.number, AT.date(), "属实")
    assert values["核查要点"].startswith("请核查是否有办学许可")


def test_a_filter_survives(cast, enter):
    in_state(cast, ClueState.CLOSED)
    clue(cast.officer)
    shown = enter(cast.officer).get(f"{LIST}?state__exact=closed&verdict__exact=true").context["cl"].result_count
    assert shown == 1
