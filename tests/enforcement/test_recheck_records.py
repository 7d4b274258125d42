"""整改复查记录: each fact of the order beside what the re-check saw."""

import pytest

from enforcement.enums import OrderKind, OrderState
from enforcement.operations.followup import accept_rectification, issue_recheck_record, refuse_rectification
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.documents.models import Document
from inspections.enums import Outcome
from tests.documents.factories import organ_of
from tests.enforcement.factories import LATER, in_state, issued, rechecked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(LATER):
        yield


def looked_at(cast, *, passed: bool):
    order = in_state(cast, OrderState.ANSWERED)
    outcome = Outcome.CLEAN if passed else Outcome.FOLLOW_UP
    visit = rechecked(cast, order, outcome=outcome, statement="都清理了")
    step = accept_rectification if passed else refuse_rectification
    step(order=order, visit=visit, remark="通道畅通" if passed else "二楼仍有杂物", by=cast.officer, at=LATER)
    return order.rechecks.get()


@pytest.mark.parametrize(
    ("passed", "told"), [(True, ("合格", "已整改", "可以办结")), (False, ("不合格", "□ 已整改 □ 未整改", "继续有效"))]
)
def test_it_says_what_was_seen(cast, passed, told):
    recheck = looked_at(cast, passed=passed)
    document = issue_recheck_record(recheck=recheck, by=cast.officer, at=LATER)
    fields, text = document.frozen["fields"], document.content
    assert fields["passed"] == told[0]
    assert fields["facts"] == [["B03", "疏散通道堆放杂物：二楼东侧", told[1]]]
    for words in (told[2], recheck.order.number, recheck.visit.number, recheck.remark, "校长：已清理", "都清理了"):
        assert words in text
    assert Event.objects.get(kind="order.recheck_record").changes == {"document": [None, document.number]}
    with pytest.raises(Conflict, match=document.number):
        issue_recheck_record(recheck=recheck, by=cast.second_officer, at=LATER)


@pytest.mark.parametrize("role", ["leader", "neighbour", "city", "town", "legal"])
def test_only_the_organ_that_ordered_issues_it(cast, role):
    organ_of(cast.city, "厦教")
    recheck = looked_at(cast, passed=True)
    with pytest.raises(NotAllowed, match="只有出具通知书的单位"):
        issue_recheck_record(recheck=recheck, by=getattr(cast, role), at=LATER)


def test_the_page_shows_it_once_there_is_a_re_check(cast, enter):
    order = issued(cast, OrderKind.RECTIFY)
    client, address = enter(cast.officer), f"/admin/enforcement/order/{order.pk}/"
    assert client.get(f"{address}recheck-record/").status_code == 403
    recheck = looked_at(cast, passed=False)
    address = f"/admin/enforcement/order/{recheck.order_id}/"
    assert recheck.visit.number in client.get(f"{address}recheck-record/").content.decode()
    assert client.post(f"{address}recheck-record/", {"recheck": recheck.pk}).status_code == 302
    document = Document.objects.get(kind="recheck_record")
    assert document.number in client.get(address).content.decode()
