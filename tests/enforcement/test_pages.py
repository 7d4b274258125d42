"""The staff's pages: a notice offered from what a visit found, its report, its re-check, its place on other pages."""

from __future__ import annotations

import pytest

from enforcement.enums import OrderKind, OrderState
from enforcement.models import Order
from enforcement.panels.orders import over_time, to_recheck
from foundation.core import clock
from inspections.enums import Slot
from tests.enforcement.factories import AT, DUE, LATER, TWO, in_state, inspected, issued, rechecked
from tests.institutions.factories import institution
from tests.photos.factories import upload

pytestmark = pytest.mark.django_db
ORDERS, VISITS = "/admin/enforcement/order/", "/admin/inspections/visit/"
LIST_QUERIES = 6


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def posted(visit, **given) -> dict[str, object]:
    return {
        "findings": [finding.pk for finding in visit.findings.order_by("pk")],
        "officers": [officer.pk for officer in visit.officers.order_by("pk")],
        "clauses": "《消防安全管理九项规定》",
        "requirements": "立即清理疏散通道\n公示收费标准\n",
        "due_on": f"{DUE}",
        "contact": "执法股 0592-1234567",
        "on_spot": "on",
    } | given


def test_a_notice_is_offered_from_what_the_visit_found(cast, enter):
    visit = inspected(cast)
    client, address = enter(cast.officer), f"{VISITS}{visit.pk}/order-rectify/"
    page = client.get(address).content.decode()
    for words in ("疏散通道堆放杂物：二楼东侧", "闽D0001", "就“未公示收费标准”完成整改。", f'value="{DUE}"'):
        assert words in page
    assert client.post(address, posted(visit, more_facts="无证人员任教")).status_code == 302
    order = Order.objects.get()
    assert [told for _, told, _ in order.facts] == ["疏散通道堆放杂物：二楼东侧", "未公示收费标准", "无证人员任教"]
    assert (order.requirements, order.on_spot) == (["立即清理疏散通道", "公示收费标准"], True)
    shown = client.get(f"{ORDERS}{order.pk}/").content.decode()
    for words in (order.number, "整改中", "陈晓岚（闽D0001）", visit.number, "当事人还没有报告整改情况"):
        assert words in shown
    for address in (f"{VISITS}{visit.pk}/", f"/admin/institutions/institution/{order.institution_id}/", ORDERS):
        assert order.number in client.get(address).content.decode()


def test_what_is_wrong_is_said_beside_its_field(cast, enter):
    visit = inspected(cast)
    client, address = enter(cast.officer), f"{VISITS}{visit.pk}/order-stop/"
    page = client.post(address, posted(visit, findings=[], officers=[visit.officers.first().pk])).content.decode()
    for words in ("请至少选一项或写一项问题。", "必填项"):
        assert words in page
    given = posted(visit, stop_scope="全部", refund_arrangement="退费", officers=[visit.officers.first().pk])
    assert "2名以上人员签名" in client.post(address, given).content.decode()
    assert Order.objects.count() == 0


def test_an_on_spot_order_is_always_on_the_spot(cast, enter):
    visit = inspected(cast)
    given = posted(visit)
    del given["on_spot"]
    assert enter(cast.officer).post(f"{VISITS}{visit.pk}/order-on-spot/", given).status_code == 302
    assert (Order.objects.get().kind, Order.objects.get().on_spot) == (OrderKind.ON_SPOT, True)


def test_the_buttons_are_not_offered_on_a_covert_visit(cast, enter):
    visit = inspected(cast, kind="covert", covert=True)
    client = enter(cast.officer)
    assert "order-rectify" not in client.get(f"{VISITS}{visit.pk}/").content.decode()
    assert client.get(f"{VISITS}{visit.pk}/order-rectify/").status_code == 403


def test_a_report_with_photos_and_the_re_check_that_closes(cast, enter):
    order = issued(cast)
    client, address = enter(cast.officer), f"{ORDERS}{order.pk}/"
    sent = {"text": "已清理", "given_by": "校长", "photos": [upload(1), upload(2)]}
    assert client.post(f"{address}proof/", sent).status_code == 302
    assert order.proofs.get().photos.count() == 2
    visit = rechecked(cast, order, at=AT, slot=Slot.EVENING)
    assert visit.number in client.get(f"{address}accept/").content.decode()
    assert client.post(f"{address}accept/", {"visit": visit.pk, "remark": "通道畅通"}).status_code == 302
    shown = client.get(address).content.decode()
    for words in ("校长，照片2张", "已清理", "代为登记", "通道畅通", "已办结", visit.number):
        assert words in shown


def test_what_is_no_photo_is_refused_and_nothing_is_kept(cast, enter):
    order = issued(cast)
    sent = {"text": "已清理", "given_by": "校长", "photos": [upload(1), upload(data=b"<script>alert(1)</script>")]}
    page = enter(cast.officer).post(f"{ORDERS}{order.pk}/proof/", sent).content.decode()
    assert "照片" in page
    assert (order.proofs.count(), Order.objects.get().state) == (0, OrderState.ISSUED)


def test_the_tiles_open_their_rows(cast, enter):
    in_state(cast, OrderState.ANSWERED)
    issued(cast)
    assert to_recheck(cast.officer).count == 1
    assert to_recheck(cast.leader) is None
    assert over_time(cast.officer) is None
    with clock.set_to(LATER.replace(month=12, day=20)):
        tile = over_time(cast.officer)
        assert tile.count == 2
        listed = enter(cast.officer).get(tile.url).content.decode()
        assert listed.count("已逾期") == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_query_counts(cast, enter, django_assert_num_queries, rows):
    for number in range(rows):
        issued(cast, visit=inspected(cast, institution(cast.officer), slot=list(Slot)[number], officers=TWO))
    client = enter(cast.officer)
    client.get(ORDERS)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(ORDERS)


def test_another_county_sees_nothing(cast, enter):
    order = issued(cast)
    assert enter(cast.neighbour).get(f"{ORDERS}{order.pk}/").status_code == 404
    assert order.number not in enter(cast.neighbour).get(ORDERS).content.decode()
