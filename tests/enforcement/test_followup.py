"""Only evidence closes an order: a later visit of two officers to the same party that found it put right."""

from uuid import uuid4

import pytest

from enforcement.enums import OrderKind, OrderState
from enforcement.models import Order, Proof
from enforcement.operations.followup import accept_rectification, refuse_rectification, take_in_proof
from foundation.audit.models import Event
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.notifications.models import Message
from foundation.photos.operations import Sent
from foundation.photos.sending import MOST_PHOTOS
from inspections.enums import Outcome, Slot, VisitKind
from inspections.operations.visits import void_visit
from inspections.reports import Picture
from tests.enforcement.factories import AT, LATER, TWO, inspected, issued, rechecked
from tests.inspections.factories import filed, supervisors_report
from tests.institutions.factories import institution
from tests.photos.factories import jpeg, taken
from tests.supervisors.factories import deliver

pytestmark = pytest.mark.django_db


def sent(number: int) -> Sent:
    return Sent(taken(jpeg(number)), uuid4())


def refused(cast, order, visit, match="同一当事人") -> None:
    before = list(Order.objects.filter(pk=order.pk).values()), Event.objects.count()
    with pytest.raises(InvalidInput, match=match):
        accept_rectification(order=order, visit=visit, by=cast.officer, at=LATER)
    assert (list(Order.objects.filter(pk=order.pk).values()), Event.objects.count()) == before


def test_a_re_check_of_the_same_party_closes(cast):
    order = issued(cast)
    visit = rechecked(cast, order)
    row = accept_rectification(order=order, visit=visit, remark="通道畅通", by=cast.officer, at=LATER)
    assert (row.state, row.closing_visit, row.closed_on) == (OrderState.CLOSED, visit, LATER.date())
    assert row.rechecks.get().passed
    assert Event.objects.filter(kind="order.closed", subject_id=order.pk).count() == 1


def test_the_orders_own_visit_does_not_close_it(cast):
    order = issued(cast, visit=inspected(cast, outcome=Outcome.CORRECTED))
    refused(cast, order, order.visit)


def test_what_was_put_right_on_the_spot_is_closed_by_its_photo(cast):
    shown = Picture(sent(7), "")
    bare = issued(cast, OrderKind.ON_SPOT, visit=inspected(cast, outcome=Outcome.CORRECTED))
    refused(cast, bare, bare.visit, match="照片")
    seen = inspected(cast, outcome=Outcome.CORRECTED, pictures=(shown,))
    order = issued(cast, OrderKind.ON_SPOT, visit=seen)
    assert accept_rectification(order=order, visit=seen, by=cast.officer, at=AT).state == OrderState.CLOSED


def test_a_covert_visit_is_no_re_check(cast):
    order = issued(cast)
    refused(cast, order, rechecked(cast, order, kind=VisitKind.COVERT, covert=True))


def test_nor_is_one_persons_visit(cast):
    order = issued(cast)
    report = supervisors_report(order.institution, cast.supervisor, visited_on=LATER.date())
    refused(cast, order, filed(report, cast.supervisor, at=LATER))


def test_nor_does_a_visit_elsewhere_before_or_void(cast):
    elsewhere = inspected(cast, institution(cast.officer, name="另一家"), outcome=Outcome.CLEAN, problems=())
    order = issued(cast)
    refused(cast, order, elsewhere)
    voided = rechecked(cast, order)
    void_visit(visit=voided, reason="登记错误", by=cast.leader, at=LATER)
    refused(cast, order, voided)


def test_a_re_check_that_found_something_does_not_close(cast):
    order = issued(cast)
    visit = rechecked(cast, order, outcome=Outcome.FOLLOW_UP)
    refused(cast, order, visit, match="待后续处理")
    row = refuse_rectification(order=order, visit=visit, remark="仍有杂物", by=cast.officer, at=LATER)
    assert (row.state, row.rechecks.get().passed) == (OrderState.ISSUED, False)


@pytest.mark.parametrize("who", ["leader", "neighbour", "town", "supervisor", "public"])
def test_who_may_not_close(cast, who):
    order = issued(cast)
    visit = rechecked(cast, order)
    with pytest.raises(NotAllowed):
        accept_rectification(order=order, visit=visit, by=getattr(cast, who), at=LATER)


def test_a_report_waits_for_its_re_check_and_the_organ_is_told(cast):
    order = issued(cast)
    photos = [sent(number) for number in (1, 2)]
    proof = take_in_proof(order=order, text="已清理", given_by="校长", photos=photos, by=cast.officer, at=LATER)
    assert (proof.photos.count(), proof.entered_by_id) == (2, cast.officer.user_id)
    assert Order.objects.get(pk=order.pk).state == OrderState.ANSWERED
    deliver(LATER)
    told = Message.objects.filter(kind="enforcement.order_answered").values_list("recipient", flat=True)
    assert set(told) == {cast.officer.user_id, cast.second_officer.user_id}


@pytest.mark.parametrize("given", [{"text": " "}, {"given_by": ""}], ids=["no words", "nobody"])
def test_a_report_says_what_and_who(cast, given):
    order = issued(cast)
    said = {"text": "已改", "given_by": "校长"} | given
    with pytest.raises(InvalidInput):
        take_in_proof(order=order, by=cast.officer, at=LATER, **said)
    assert Proof.objects.count() == 0


def test_a_report_holds_so_many_photos(cast):
    order = issued(cast)
    photos = [sent(1) for _ in range(MOST_PHOTOS + 1)]
    with pytest.raises(InvalidInput, match="9张"):
        take_in_proof(order=order, text="已改", given_by="校长", photos=photos, by=cast.officer, at=LATER)
    assert (Proof.objects.count(), Order.objects.get(pk=order.pk).state) == (0, OrderState.ISSUED)


def test_two_reports_and_two_rechecks_leave_all_of_them_to_be_read(cast):
    order = issued(cast)
    for text in ("一楼已改", "二楼已改"):
        take_in_proof(order=order, text=text, given_by="校长", by=cast.officer, at=LATER)
    bad = rechecked(cast, order, outcome=Outcome.FOLLOW_UP)
    refuse_rectification(order=order, visit=bad, remark="二楼未改", by=cast.officer, at=LATER)
    good = rechecked(cast, order, slot=Slot.EVENING, officers=TWO)
    accept_rectification(order=order, visit=good, by=cast.officer, at=LATER)
    assert list(order.rechecks.order_by("pk").values_list("passed", flat=True)) == [False, True]
    assert order.proofs.count() == 2
