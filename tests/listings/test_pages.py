"""The staff's pages of the lists: same rule for button and operation, bulk steps, the tile and its rows."""

from __future__ import annotations

import pytest

from foundation.core import clock
from listings.enums import ListKind, ListState
from listings.models import Edition, ListEntry
from listings.panels.lists import waiting_for_me
from tests.enforcement.factories import named
from tests.institutions.factories import AT, institution
from tests.listings.factories import CONTACT, GROUNDS, deliver, evidence_for, in_state, listed, proposed, seen_clean

QUERIES = 6
pytestmark = pytest.mark.django_db
LIST = "/admin/listings/listentry/"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def test_from_the_institution_to_the_black_list_by_two_people(cast, enter):
    row = institution(cast.officer)
    named(cast.officer)
    keys = evidence_for(cast, row)
    address = f"/admin/institutions/institution/{row.pk}/propose-black/"
    client = enter(cast.officer)
    page = client.get(address).content.decode()
    assert 'value="2027-11-01"' in page
    assert "情节严重的填 2029-11-01" in page
    assert "疏散通道堆放杂物" in page
    facts = {**GROUNDS, "effective_on": "2026-11-02", "until": "2027-11-01", "contact": CONTACT}
    assert "请至少选择一项" in client.post(address, facts).content.decode() or not ListEntry.objects.exists()
    assert client.post(address, {**facts, "records": keys[:1]}).status_code == 302
    entry = ListEntry.objects.get(kind=ListKind.BLACK)
    page = f"{LIST}{entry.pk}/"
    assert client.post(f"{page}approve/", {}).status_code == 403
    assert enter(cast.leader).post(f"{page}approve/", {}).status_code == 403  # not heard yet
    client = enter(cast.officer)
    assert client.post(f"{page}notify/", {}).status_code == 302
    assert (
        client.post(
            f"{page}serve/", {"service": "direct", "served_on": "2026-11-02", "recipient": "陈校长"}
        ).status_code
        == 302
    )
    assert client.post(f"{page}defence/", {"text": "已整改", "given_by": "陈校长"}).status_code == 302
    assert "申辩期至" in client.post(f"{page}close-window/", {}).content.decode()
    assert client.post(f"{page}waive/", {"text": "放弃声明", "given_by": "陈校长"}).status_code == 302
    client = enter(cast.leader)
    assert "请写明复核意见" in client.post(f"{page}approve/", {"remark": "同意"}).content.decode()
    assert client.post(f"{page}approve/", {"remark": "同意", "answer": "不予采纳：复查仍不合格"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.decision_remark) == (ListState.APPROVED, "同意")
    shown = client.get(page).content.decode()
    assert all(word in shown for word in ("陈述申辩", "不予采纳", "名单处理结果告知书", "疏散通道堆放杂物"))


def test_a_repair_takes_an_entry_off_by_a_visit_and_two_people(cast, enter):
    entry = listed(cast, kind=ListKind.BLACK)
    page = f"{LIST}{entry.pk}/"
    client = enter(cast.officer)
    assert client.post(f"{page}repair/", {"text": "已整改并退费", "given_by": "陈校长"}).status_code == 302
    visit = seen_clean(cast, entry.institution)
    assert client.post(f"{page}pass-repair/", {"visit": visit.pk, "remark": "已整改"}).status_code == 302
    assert enter(cast.leader).post(f"{page}approve-removal/", {"remark": ""}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.removal_ground) == (ListState.ENDED, "repaired")


BUTTONS = {
    ("leader", ListState.PROPOSED): ["同意列入", "退回", "一事一页"],
    ("officer", ListState.PROPOSED): ["出具证据卷", "一事一页"],
    ("officer", ListState.APPROVED): ["提请移出", "出具证据卷", "一事一页"],
    ("leader", ListState.APPROVED): ["一事一页"],
    ("leader", ListState.REMOVING): ["同意移出", "不同意移出", "一事一页"],
    ("officer", ListState.REMOVING): ["出具证据卷", "一事一页"],
    ("leader", ListState.ENDED): ["一事一页"],
    ("officer", ListState.REJECTED): ["出具证据卷", "一事一页"],
    ("officer", ListState.NOTIFIED): ["登记送达", "开通网上回执", "出具证据卷", "一事一页"],
    ("leader", ListState.NOTIFIED): ["退回", "一事一页"],
    ("officer", ListState.DEFENDING): [
        "开通网上回执",
        "登记陈述申辩",
        "登记书面放弃",
        "申辩期满转审核",
        "出具证据卷",
        "一事一页",
    ],
    ("leader", ListState.DEFENDING): ["退回", "一事一页"],
    ("officer", ListState.HEARD): ["出具证据卷", "一事一页"],
    ("leader", ListState.HEARD): ["同意列入", "退回", "一事一页"],
}


@pytest.mark.parametrize(("who", "state"), BUTTONS)
def test_buttons_are_the_steps_that_are_open(cast, enter, who, state):
    entry = in_state(cast, state)
    response = enter(getattr(cast, who)).get(f"{LIST}{entry.pk}/")
    assert [button["label"] for button in response.context["buttons"]] == BUTTONS[who, state]


def test_a_removal_by_two_people(cast, enter):
    entry = listed(cast)
    enter(cast.officer).post(f"{LIST}{entry.pk}/propose-removal/", {"reason": "停办", "ground": "other"})
    client = enter(cast.leader)
    page = client.get(f"{LIST}{entry.pk}/approve-removal/").content.decode()
    assert "将从公众网站移出 1 家机构" in page
    client.post(f"{LIST}{entry.pk}/approve-removal/", {"remark": ""})
    entry.refresh_from_db()
    assert (entry.state, entry.ended_on) == (ListState.ENDED, AT.date())


def test_many_are_proposed_with_their_own_terms_and_approved_in_one_go(cast, enter):
    rows = [institution(cast.officer) for _ in range(3)]
    client = enter(cast.officer)
    many = "/admin/institutions/institution/propose-white-many/"
    frozen = client.post(many, {"ids": [row.pk for row in rows]}).context["frozen"]
    facts = {**GROUNDS, "effective_on": "2026-11-02", "until": ""}
    assert len(client.post(many, {"frozen": frozen, **facts}).context["report"].done) == 3
    assert set(ListEntry.objects.values_list("until", flat=True).order_by("pk")) == {listed_until()}
    client = enter(cast.leader)
    frozen = client.post(f"{LIST}approve-many/", {"scope": "all"}).context["frozen"]
    assert len(client.post(f"{LIST}approve-many/", {"frozen": frozen, "remark": ""}).context["report"].done) == 3
    assert ListEntry.objects.filter(state=ListState.APPROVED).count() == 3


def listed_until():
    return AT.date().replace(year=2027, day=1)


@pytest.mark.parametrize("who", ["leader", "city", "officer", "neighbour", "province"])
def test_the_tile_counts_its_rows(cast, enter, who):
    actor = getattr(cast, who)
    for state in ListState.values:
        in_state(cast, state)
    proposed(cast, by=cast.city)
    tile = waiting_for_me(actor)
    if tile is None:
        assert who in {"officer", "neighbour", "province"}
        return
    rows = enter(actor).get(tile.url).context["cl"].queryset
    assert (tile.count, rows.count()) == ({"leader": 4, "city": 3}[who],) * 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(cast, enter, django_assert_num_queries, number):
    for _ in range(number):
        proposed(cast)
    client = enter(cast.leader)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


def test_search_finds_by_two_characters(cast, enter):
    proposed(cast, institution(cast.officer, name="厦门海浪舞蹈培训中心"))
    proposed(cast)
    found = enter(cast.leader).get(f"{LIST}?q=海浪").context["cl"].queryset
    assert [entry.institution.name for entry in found] == ["厦门海浪舞蹈培训中心"]


def test_editions_and_their_changes_are_shown(cast, enter):
    entry = listed(cast)
    with clock.set_to(AT):
        deliver()
    client = enter(cast.officer)
    page = client.get("/admin/listings/edition/").content.decode()
    assert "第1期" in page
    detail = client.get(f"/admin/listings/edition/{Edition.objects.get().pk}/").content.decode()
    assert entry.institution.name in detail
