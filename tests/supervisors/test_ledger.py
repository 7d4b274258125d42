"""履职台账: a hand-worked month, the same rows behind each number, what a list costs, what an export carries."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.core import clock
from foundation.exports.declaring import exportable_of
from inspections.operations.visits import void_visit
from supervisors import ledger
from supervisors.enums import FeedbackKind, Outlet
from supervisors.models import MonthlyDuty, Supervisor
from supervisors.months import Month
from supervisors.operations.duty import file_feedback, propose, record_activity
from supervisors.operations.terms import dismiss
from supervisors.operations.training import hold_training
from tests.institutions.factories import institution
from tests.supervisors.factories import acting_as, at_ten, in_office_from, visited

pytestmark = pytest.mark.django_db
APRIL, MAY = Month(date(2026, 4, 1)), Month(date(2026, 5, 1))
LIST = reverse("admin:supervisors_monthlyduty_changelist")


def april(cast, supervisor: Supervisor) -> None:
    """Three visits (one void, one late by a month), two feedback, one publicity, one proposal, one training."""
    site, actor = institution(cast.officer, at=at_ten(date(2026, 1, 5))), acting_as(supervisor)
    visited(supervisor, site, date(2026, 4, 8))
    visited(supervisor, site, date(2026, 4, 9), at=at_ten(date(2026, 5, 29)))
    wrong = visited(supervisor, site, date(2026, 4, 10))
    void_visit(visit=wrong, reason="重复登记", by=cast.leader, at=at_ten(date(2026, 4, 11)))
    visited(supervisor, site, date(2026, 5, 2))
    for day in (1, 30):
        at = at_ten(date(2026, 4, day))
        file_feedback(supervisor=supervisor, kind=FeedbackKind.SAFETY, text=f"通道堵塞{day}", by=actor, at=at)
    at = at_ten(date(2026, 4, 20))
    facts = {"outlet": Outlet.SCHOOL, "title": "家长会", "description": "三年级", "held_on": at.date()}
    record_activity(supervisor=supervisor, by=actor, at=at, **facts)
    propose(supervisor=supervisor, title="张贴查询码", text="门口", by=actor, at=at)
    hold_training(title="岗前培训", held_on=at.date(), attended=[supervisor], by=cast.city, at=at)


def numbers(month: Month) -> dict[str, dict[str, int]]:
    rows = ledger.counted_in(MonthlyDuty.objects.order_by("pk"), month)
    return {row.name: {duty.key: getattr(row, duty.key) for duty in ledger.DUTIES} for row in rows}


WORKED = {"supervision": 2, "feedback_filed": 2, "publicity": 1, "proposed": 1, "checked": 0, "trained": 1}


def test_a_hand_worked_month(cast):
    busy, idle = in_office_from(cast, APRIL.first), in_office_from(cast, APRIL.first)
    april(cast, busy)
    nothing = dict.fromkeys(WORKED, 0)
    assert numbers(APRIL) == {busy.name: WORKED, idle.name: nothing}
    assert numbers(MAY) == {busy.name: nothing | {"supervision": 1}, idle.name: nothing}
    assert numbers(Month(date(2026, 3, 1))) == {}


def test_the_rows_behind_each_number_are_as_many(cast):
    busy = in_office_from(cast, APRIL.first)
    april(cast, busy)
    for month in (APRIL, MAY):
        rows = {duty.key: rows.count() for duty, rows in ledger.rows_of(busy, month)}
        assert rows == numbers(month)[busy.name]


def test_whoever_left_is_counted_until_the_last_day(cast):
    supervisor = in_office_from(cast, APRIL.first)
    april(cast, supervisor)
    dismiss(supervisor=supervisor, reason="迁居", by=cast.city, at=at_ten(date(2026, 4, 8)))
    supervisor = Supervisor.objects.get(pk=supervisor.pk)
    found = numbers(APRIL)[supervisor.name]
    assert (found["supervision"], found["feedback_filed"], found["publicity"]) == (1, 1, 0)
    assert {duty.key: rows.count() for duty, rows in ledger.rows_of(supervisor, APRIL)} == found
    assert numbers(MAY) == {}


def test_the_list_opens_the_rows_and_exports_the_chosen_month(cast, client):
    supervisor = in_office_from(cast, APRIL.first)
    april(cast, supervisor)
    client.force_login(User.objects.get(pk=cast.city.user_id))
    page = reverse("admin:supervisors_supervisor_month", args=[supervisor.pk])
    with clock.set_to(at_ten(date(2026, 5, 30))):
        listed = client.get(LIST, {"month": "2026-04"}).content.decode()
        assert f"{page}?month=2026-04#supervision" in listed
        now = client.get(LIST).content.decode()
        assert f"{page}?month=2026-05#supervision" in now
        shown = client.get(page, {"month": "2026-04"}).content.decode()
        told = ("监督 2 家次", "反馈 2 件", "核查 0 项", "通道堵塞30", "岗前培训", "张贴查询码")
        assert [words for words in told if words not in shown] == []
        rows = exportable_of("supervisors.monthlyduty").rows(cast.city, {"month": ["2026-04"]})
        assert [(row.name, row.supervision) for row in rows] == [(supervisor.name, 2)]
        assert client.get(reverse("admin:supervisors_monthlyduty_change", args=[supervisor.pk])).status_code == 200


def test_a_month_to_come_and_nonsense_show_this_month(cast, client):
    in_office_from(cast, APRIL.first)
    client.force_login(User.objects.get(pk=cast.city.user_id))
    with clock.set_to(at_ten(date(2026, 5, 30))):
        for asked in ("2027-01", "x", "2026-13"):
            answer = client.get(LIST, {"month": asked})
            assert answer.status_code in (200, 302), asked


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(cast, client, number, django_assert_max_num_queries):
    for _ in range(number):
        april(cast, in_office_from(cast, APRIL.first))
    client.force_login(User.objects.get(pk=cast.city.user_id))
    with clock.set_to(at_ten(date(2026, 5, 30))), django_assert_max_num_queries(14):
        assert client.get(LIST, {"month": "2026-04"}).status_code == 200


def test_nobody_sees_the_ledger_of_another_area(cast):
    april(cast, in_office_from(cast, APRIL.first))
    seen = [MonthlyDuty.objects.visible_to(who).count() for who in (cast.city, cast.officer, cast.neighbour)]
    assert seen == [1, 1, 0]
