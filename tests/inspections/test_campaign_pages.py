"""Pages of campaigns and patrols by real requests: buttons, forms, tiles and their rows, lists at one price."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from foundation.audit.models import Event
from foundation.core import clock
from inspections.counters import COUNTERS, Cut
from inspections.enums import ShiftState, SiteGroup
from inspections.models import Campaign, CampaignReturn, CampaignTarget, GroupVisit, Shift, Visit
from inspections.operations.campaigns import add_unit
from inspections.operations.tagging import tag_visit
from inspections.operations.targets import list_targets
from inspections.panels.campaigns import returns_owed
from inspections.panels.patrols import today as duty_tile
from inspections.queries.campaigns import visits_of
from tests.inspections.campaigning import drafted, organ_of, plan, planned, running, seen, town, under_way
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
CAMPAIGNS, SHIFTS = "/admin/inspections/campaign/", "/admin/inspections/shift/"


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(AT):
        yield


def posted(client, address: str, **facts):
    response = client.post(address, facts)
    assert response.status_code == 302, response.context["form"].errors
    return response


def labels(response) -> list[str]:
    return [button["label"] for button in response.context["buttons"]]


# -- campaigns -------------------------------------------------------------------------------------------------------
def test_a_campaign_from_draft_to_report(cast, enter):
    place = institution(cast.officer)
    visit = filed(officers_report(place, cast.officer, cast.second_officer), cast.officer)
    client = enter(cast.officer)
    facts = {"name": "寒假巡查", "kind": "holiday", "starts_on": "2026-11-10", "ends_on": "2026-12-10"}
    facts |= {"jurisdiction": place.jurisdiction_id, "areas": [town().pk], "daily_returns": "on"}
    posted(client, f"{CAMPAIGNS}draft/", **facts)
    row = Campaign.objects.get()
    here = f"{CAMPAIGNS}{row.pk}/"
    assert [label for label in labels(client.get(here)) if label in {"启动", "报送日报", "结束"}] == ["启动"]
    posted(client, f"{here}unit/", organ=cast.culture.organ_id, role="member", contact="")
    posted(client, f"{here}paper/", kind="plan", title="方案", dated_on="2026-11-10", organ_name="区教育局", text="略")
    assert "范围内：机构1家、无证0处，新列入1家" in client.get(f"{here}list-targets/").content.decode()
    posted(client, f"{here}list-targets/", tags=["scope"], on="2026-11-18")
    posted(client, f"{here}start/")
    posted(client, f"/admin/inspections/visit/{visit.pk}/tag/", campaigns=[row.pk])
    page = client.get(here).content.decode()
    assert "已查1家，待查0家" in page
    posted(client, f"{here}return/", day_on="2026-11-18", led_by_leaders="1", remark="")
    assert CampaignReturn.objects.get().figures["visits"] == "1"
    posted(client, f"{here}close/", report="共检查一家。")
    assert labels(client.get(here)) == ["登记文件", "导出统计表"] or "报送日报" not in labels(client.get(here))


def test_past_status_is_asked_in_the_address(cast, enter):
    row = drafted(cast.officer)
    page = enter(cast.officer).get(f"{CAMPAIGNS}{row.pk}/list-targets/?on=2026-10-01&known_on=x").content.decode()
    assert 'name="on" value="2026-10-01"' in page


@pytest.fixture
def busy(cast):
    row = running(cast.officer)
    for subject in (institution(cast.officer), unlicensed(cast.officer), institution(cast.officer)):
        visit = filed(officers_report(subject, cast.officer, cast.second_officer), cast.officer)
        tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    return row


CUTS = [Cut(), Cut(group=SiteGroup.UNLICENSED), Cut(on=DAY), Cut(on=DAY - timedelta(days=1))]


@pytest.mark.parametrize("key", COUNTERS)
def test_each_number_opens_the_rows_that_it_counts(cast, enter, busy, key):
    client, visits = enter(cast.officer), visits_of(busy, cast.officer)
    for cut in CUTS:
        query = f"counter={key}" + (f"&group={cut.group}" if cut.group else "") + (f"&on={cut.on}" if cut.on else "")
        shown = client.get(f"{CAMPAIGNS}{busy.pk}/rows/?{query}").context["shown"]
        rows = COUNTERS[key].rows(cut.of(visits))
        assert [row.pk for row in shown.paginator.object_list] == [row.pk for row in rows]
        assert shown.paginator.count == len(rows)
    unit = client.get(f"{CAMPAIGNS}{busy.pk}/rows/?counter={key}&unit={cast.officer.organ_id}")
    assert unit.status_code == 200


@pytest.mark.parametrize("query", ["counter=all", "group=x", "unit=999999999", "on=yesterday"])
def test_rows_of_nothing_are_not_found(cast, enter, busy, query):
    assert enter(cast.officer).get(f"{CAMPAIGNS}{busy.pk}/rows/?{query}").status_code == 404


def test_the_table_is_taken_with_a_trace(cast, enter, busy):
    response = enter(cast.officer).post(f"{CAMPAIGNS}{busy.pk}/statistics/")
    rows = list(load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[:2] == [("项目", "指标", "数量", "单位"), ("合计", "检查家次", "3", "家次")]
    assert Event.objects.filter(kind="campaign.statistics_taken").count() == 1


def test_ticked_visits_are_tagged_in_one_go(cast, enter):
    row = running(cast.officer)
    for _ in range(3):
        filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    client, many = enter(cast.officer), "/admin/inspections/visit/tag-many/"
    frozen = client.post(many, {"ids": list(Visit.objects.values_list("pk", flat=True))}).context["frozen"]
    report = client.post(many, {"frozen": frozen, "campaigns": [row.pk]}).context["report"]
    assert (len(report.done), report.refused) == (3, [])
    assert visits_of(row, cast.officer).count() == 3


def test_a_wrong_tag_is_taken_off(cast, enter, busy):
    visit = visits_of(busy, cast.officer).first()
    posted(enter(cast.officer), f"/admin/inspections/visit/{visit.pk}/untag/", campaign=busy.pk, reason="选错")
    assert visits_of(busy, cast.officer).count() == 2


def test_the_tile_of_returns_counts_its_rows(cast, enter):
    owing = running(cast.officer)
    add_unit(campaign=owing, organ=organ_of(cast.culture), by=cast.officer, at=AT)
    running(cast.officer, daily_returns=False)
    tile = returns_owed(cast.culture)
    assert tile.count == 1
    assert list(enter(cast.culture).get(tile.url).context["cl"].queryset) == [owing]
    assert returns_owed(cast.town) is None


def test_targets_by_hand_and_their_result(cast, enter):
    row, place = running(cast.officer, kind="recheck"), institution(cast.officer)
    client = enter(cast.officer)
    posted(client, f"/admin/institutions/institution/{place.pk}/name-target/", campaign=row.pk, reason="家长反映")
    target = CampaignTarget.objects.get()
    here = f"/admin/inspections/campaigntarget/{target.pk}/"
    assert "还没有对该对象的检查" in client.get(f"{here}recheck/").content.decode()
    visit = filed(officers_report(place, cast.officer, cast.second_officer), cast.officer)
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    posted(client, f"{here}recheck/", result="relapsed", visit=visit.pk, remark="")
    listed = client.get(f"/admin/inspections/campaigntarget/?campaign={row.pk}&result__exact=relapsed")
    assert list(listed.context["cl"].queryset) == [target]
    posted(client, f"{here}drop/", reason="已迁出")
    posted(client, f"{here}restore/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(CAMPAIGNS, 7), ("/admin/inspections/campaigntarget/", 8)])
def test_lists_cost_the_same_for_any_number_of_rows(cast, enter, django_assert_num_queries, number, address, queries):
    for _ in range(number):
        institution(cast.officer)
    for _ in range(number):
        list_targets(campaign=running(cast.officer), tags=["scope"], by=cast.officer, at=AT)
    client = enter(cast.officer)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


# -- patrols ---------------------------------------------------------------------------------------------------------
def test_an_evening_from_roster_to_ledger(cast, enter):
    place = institution(cast.officer)
    client = enter(cast.officer)
    facts = {"kind": "joint", "title": "联合夜查", "held_on": "2026-11-18", "slot": "evening"}
    facts |= {"level": "county", "round": "1", "focus": "special", "jurisdiction": place.jurisdiction_id}
    posted(client, f"{SHIFTS}plan/", **facts)
    shift = Shift.objects.get()
    here = f"{SHIFTS}{shift.pk}/"
    group = {"name": "第一组", "areas": [town().pk], "posts": [cast.officer.post_id], "others": "张三(公安分局)、李四"}
    posted(client, f"{here}add-group/", **group, leader="张三")
    [made] = shift.groups.all()
    assert made.members.get(leads=True).name == "张三"
    page = f"/admin/inspections/patrolgroup/{made.pk}/"
    form = client.get(f"{page}edit/").context["form"]
    assert (form["others"].value(), form["leader"].value()) == ("张三(公安分局)、李四", "张三")
    posted(client, f"{page}edit/", **group | {"others": "张三(公安分局)"}, leader="")
    posted(client, f"{here}begin/")
    posted(client, f"{page}attendance/", present=list(made.members.values_list("pk", flat=True)))
    visit = {"subject": f"i{place.pk}", "outcome": "follow_up", "joint_outcome": "closed", "client_id": str(uuid4())}
    lines = {f"{name}_{n}": value for n in (1, 2, 3) for name, value in (("aspect", "safety"), ("severity", "major"))}
    posted(client, f"{page}visit/", **visit, **lines, problem_1="通道堵塞", problem_2="", problem_3="")
    assert GroupVisit.objects.get().outcome == "closed"
    text = client.get(here).content.decode()
    assert "1家（100.00%）" in text
    posted(client, f"/admin/inspections/visit/{Visit.objects.get().pk}/joint-outcome/", outcome="guided")
    posted(client, f"{here}finish/", remark="全部返回")
    response = client.post(f"{here}ledger/")
    rows = list(load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][:2] == (1, place.name)
    assert rows[1][8:11] == ("通道堵塞", "发现问题待后续处理；引导纳管", "待整改")


def test_a_roster_is_copied_and_a_group_removed(cast, enter):
    earlier = planned(cast.officer, plan(cast.officer), plan(cast.second_officer, name="第二组"))
    client = enter(cast.officer)
    facts = {"kind": "patrol", "title": "夜查", "held_on": "2026-11-25", "slot": "evening"}
    posted(client, f"{SHIFTS}plan/", **facts, jurisdiction=earlier.jurisdiction_id, copy_from=earlier.pk)
    later = Shift.objects.get(title="夜查")
    assert later.groups.count() == 2
    response = posted(client, f"/admin/inspections/patrolgroup/{later.groups.first().pk}/remove/")
    assert response.url == f"{SHIFTS}{later.pk}/"
    posted(client, f"{SHIFTS}{later.pk}/edit/", **facts | {"covert": "on"})
    posted(client, f"{SHIFTS}{later.pk}/cancel/", reason="台风")
    later.refresh_from_db()
    assert (later.covert, later.state) == (True, ShiftState.CANCELLED)


def test_a_form_says_what_it_does_not_understand(cast, enter):
    shift = planned(cast.officer)
    client = enter(cast.officer)
    response = client.post(f"{SHIFTS}{shift.pk}/add-group/", {"name": "第二组", "leader": "王五", "others": "张三"})
    assert response.context["form"].errors == {"leader": ["组员中没有“王五”。"]}
    response = client.post(f"{SHIFTS}{shift.pk}/add-group/", {"name": "第二组", "leader": "", "others": ""})
    assert response.context["form"].errors == {"posts": ["请至少选择或填写一名人员。"]}


def test_the_calendar(cast, enter):
    shift = planned(cast.officer, covert=True)
    client = enter(cast.officer)
    page = client.get(f"{SHIFTS}calendar/?month=2026-11-03")
    text = page.content.decode()
    assert "本月 1 个班次，其中班外 1 个、暗访 1 个；出动 2 人、2 人次" in text
    assert text.count(f'href="{SHIFTS}{shift.pk}/"') == 2  # in the grid and in the phone's list
    assert [
        entry["title"]
        for section in page.context["sidebar_navigation"]
        for entry in section["items"]
        if entry["active"]
    ] == ["巡查日历"]
    assert "本月还没有排班" in client.get(f"{SHIFTS}calendar/?month=2019-02-01").content.decode()
    assert client.get(f"{SHIFTS}calendar/?month=rubbish").status_code == 200


def test_the_tile_of_today_counts_its_rows(cast, enter):
    shift = planned(cast.officer, plan(cast.town))
    planned(cast.officer, plan(cast.officer))
    tile = duty_tile(cast.town)
    assert tile.count == 1
    assert list(enter(cast.town).get(tile.url).context["cl"].queryset) == [shift]
    assert duty_tile(cast.culture) is None


def test_coverage_stands_on_the_shifts_page(cast, enter):
    seen_place, waiting = institution(cast.officer), institution(cast.officer)
    shift = under_way(cast.officer, kind="sweep")
    seen(shift.groups.get(), seen_place, cast.officer)
    text = enter(cast.officer).get(f"{SHIFTS}{shift.pk}/").content.decode()
    assert "50%" in text
    assert waiting.name in text
    assert "未安排分组" in text


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(SHIFTS, 8), ("/admin/inspections/patrolgroup/", 7)])
def test_lists_of_patrols_cost_the_same(cast, enter, django_assert_num_queries, number, address, queries):
    for _ in range(number):
        planned(cast.officer)
    client = enter(cast.officer)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_what_an_institutions_and_a_visits_page_say(cast, enter, busy):
    visit = visits_of(busy, cast.officer).exclude(institution=None).first()
    list_targets(campaign=busy, tags=["scope"], by=cast.officer, at=AT)
    client = enter(cast.officer)
    assert busy.name in client.get(f"/admin/inspections/visit/{visit.pk}/").content.decode()
    assert busy.name in client.get(f"/admin/institutions/institution/{visit.institution_id}/").content.decode()


def test_todays_duty_on_the_phone(cast, enter):
    planned(cast.officer, plan(cast.town))
    text = enter(cast.town).get("/m/").content.decode()
    assert "今日巡查" in text
    assert f"同组：{cast.town.name}（组长）、张三" in text
    assert "今日巡查" not in enter(cast.culture).get("/m/").content.decode()
