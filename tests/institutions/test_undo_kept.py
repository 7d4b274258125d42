"""What an undo leaves: rows that were changed or built on since, by name; who may not undo; rows that stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, IllegalTransition, NotAllowed
from foundation.imports.models import Batch, BatchRow, KeptRow
from foundation.imports.operations import undo_batch
from institutions import queries
from institutions.enums import Status
from institutions.models import FormerName, Institution, Permit, Site, StatusEvent
from institutions.operations.register import change_institution
from institutions.operations.status import change_status, correct_status
from tests.institutions.factories import credit_code
from tests.institutions.imported import FULL, OTHER, WHY, bring_in, register, row, take_back

pytestmark = pytest.mark.django_db


def history() -> list[list[tuple]]:
    models = (Institution, Site, Permit, StatusEvent, FormerName, Event, KeptRow, Batch)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def kept(batch: Batch) -> list[str]:
    return list(KeptRow.objects.filter(row__batch=batch).order_by("pk").values_list("why", flat=True))


def test_rows_that_a_later_batch_changed_stay_by_name(cast, clerk):
    second = row(name="思明区博雅培训学校", credit_code=credit_code(903), license_no="", address="二路2号")
    bring_in(FULL, second, by=clerk)
    changes = {"remark": "一改", "address": "嘉禾路1号", "license_no": OTHER["license_no"], "status": "停业整改"}
    first = bring_in(row(**changes), second | {"remark": "一改"}, by=clerk)
    later = bring_in(row(**changes) | {"remark": "二改"}, by=clerk)
    take_back(first, clerk)
    assert kept(first) == [f"第2行“{FULL['name']}”导入之后又有改动"]
    assert set(Institution.objects.values_list("remark", flat=True)) == {"二改", "原备注"}
    take_back(later, clerk)
    assert set(Institution.objects.values_list("remark", flat=True)) == {"一改", "原备注"}


def test_other_columns_that_a_later_batch_changed_are_left_alone(cast, clerk):
    bring_in(FULL, by=clerk)
    first = bring_in(row(bank="兴业银行"), by=clerk)
    bring_in(row(bank="兴业银行", remark="二改"), by=clerk)
    take_back(first, clerk)
    assert list(Institution.objects.values_list("bank", "remark")) == [("建设银行", "二改")]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({"address": "嘉禾路1号"}, {"town": "莲前街道"}),
        ({"license_no": OTHER["license_no"]}, {"valid_until": "2029-01-01"}),
        ({"status": "停业整改"}, {"status": "正常"}),
        ({"name": "新名称学校"}, {"name": FULL["name"]}),
    ],
)
def test_a_place_permit_or_status_that_changed_again_stays_and_can_go_afterwards(cast, clerk, first, later):
    bring_in(FULL, by=clerk)
    before = register()
    one = bring_in(row(**first), by=clerk)
    between = register()
    two = bring_in(row(**(first | later)), by=clerk)
    with pytest.raises(Conflict, match="导入之后又有改动"):
        take_back(one, clerk)
    take_back(two, clerk)
    assert register() == between
    take_back(one, clerk)
    assert register() == before


def test_a_status_that_was_planned_or_corrected_since_keeps_the_row(cast, clerk):
    bring_in(FULL, by=clerk)
    batch = bring_in(row(status="停业整改"), by=clerk)
    known, at = Institution.objects.get(), clock.now()
    tomorrow = clock.today() + timedelta(days=1)
    with transaction.atomic():
        change_status(
            institution=known, status="normal", effective_on=tomorrow, reason="整改到期", by=cast.officer, at=at
        )
        with pytest.raises(Conflict, match="导入之后又有改动"):
            take_back(batch, clerk)
        transaction.set_rollback(True)
    event = StatusEvent.objects.latest("pk")
    correct_status(event=event, effective_on=clock.today() - timedelta(days=1), reason="日期", by=cast.officer, at=at)
    held = history()
    with pytest.raises(Conflict, match="导入之后又有改动"):
        take_back(batch, clerk)
    assert history() == held


@pytest.mark.parametrize("facts", [{"remark": "手改"}, {"trade_name": "启明"}, {"platform_id": "P1"}])
def test_a_new_institution_that_somebody_changed_stays_whatever_was_changed(cast, clerk, facts):
    batch = bring_in(row(remark=""), by=clerk)
    change_institution(institution=Institution.objects.get(), facts=facts, by=cast.officer, at=clock.now())
    with pytest.raises(Conflict, match="导入之后又有改动"):
        take_back(batch, clerk)
    assert len(register()) == 1


def test_a_permit_number_that_is_anothers_by_now_keeps_the_row(cast, clerk):
    other = row(name="思明区博雅培训学校", credit_code=credit_code(903), license_no="", address="二路2号")
    bring_in(FULL, other, by=clerk)
    batch = bring_in(row(license_no=OTHER["license_no"]), other | {"remark": "改"}, by=clerk)
    bring_in(other | {"license_no": FULL["license_no"], "remark": "改"}, by=clerk)
    take_back(batch, clerk)
    assert kept(batch) == [f"第2行“{FULL['name']}”原来的许可证号已登记在另一家机构名下"]


def test_nobody_without_the_right_takes_anything_back(cast, clerk):
    batch = bring_in(FULL, by=clerk)
    held = history()
    for actor in (cast.officer, cast.neighbour, cast.city, cast.province, cast.leader, cast.auditor, cast.public):
        with pytest.raises(NotAllowed):
            undo_batch(batch=batch, reason=WHY, by=actor, at=clock.now())
        assert history() == held


def test_a_batch_that_wrote_nothing_and_one_that_is_undone_are_refused(cast, clerk):
    batch = bring_in(FULL, by=clerk)
    same = bring_in(FULL, by=clerk)
    held = history()
    with pytest.raises(NotAllowed, match="没有写入任何数据"):
        take_back(same, clerk)
    assert history() == held
    take_back(batch, clerk)
    held = history()
    with pytest.raises(IllegalTransition):
        take_back(batch, clerk)
    assert history() == held


@pytest.mark.parametrize("state", ["applied", "undone"])
def test_the_rows_of_a_batch_stay_as_they_are(cast, clerk, state):
    """Seen to fail with the trigger of migration imports 0002 for the state undone."""
    batch = bring_in(FULL, by=clerk)
    if state == "undone":
        take_back(batch, clerk)
    for change in (
        lambda: BatchRow.objects.filter(batch=batch).update(title="别的"),
        lambda: BatchRow.objects.filter(batch=batch)._raw_delete("default"),
        lambda: BatchRow.objects.create(batch=batch, number=99, outcome="created"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert batch.rows.get().title == FULL["name"]


def test_one_that_has_ended_was_normal_before_and_goes_with_the_batch(cast, clerk):
    gone = row(status="注销", issue_date="2018-03-01", valid_until="2022-01-01")
    opinion, today, yesterday = date(2021, 7, 24), clock.today(), clock.today() - timedelta(days=1)
    batch = bring_in(gone, by=clerk)
    one = Institution.objects.get()
    statuses = [StatusEvent.objects.as_of(day).get().status for day in (date(2018, 3, 1), opinion, yesterday, today)]
    assert (statuses, one.status) == (["normal"] * 3 + ["deregistered"], "deregistered")
    assert queries.operating_on(clerk, on=opinion, category="subject") == 1
    take_back(batch, clerk)
    assert (kept(batch), list(StatusEvent.objects.believed())) == ([], [])
    bring_in(gone, by=clerk)
    assert queries.operating_on(clerk, on=opinion, category="subject") == 1


@pytest.mark.parametrize(("change", "events"), [
    ({"status": "停业整改", "license_no": ""}, [("suspended", 0)]),
    ({"status": "停业整改", "issue_date": "2024-05-01"}, [("normal", None), ("suspended", 0)]),
    ({"status": "筹设", "issue_date": "2024-05-01"}, [("preparing", None)]),
])  # fmt: skip
def test_the_first_records_of_an_imported_institution(cast, clerk, change, events):
    bring_in(row(**change), by=clerk)
    days = {0: clock.today(), None: date(2024, 5, 1)}
    found = StatusEvent.objects.order_by("effective_on").values_list("status", "effective_on")
    assert list(found) == [(status, days[day]) for status, day in events]


def test_a_first_record_that_was_corrected_keeps_the_row(cast, clerk):
    batch = bring_in(row(status="注销", issue_date="2018-03-01"), by=clerk)
    event, given = queries.last_status_event(Institution.objects.get()), {"by": clerk, "at": clock.now()}
    correct_status(event=event, status=Status.DEREGISTERED, effective_on=date(2022, 5, 1), reason="实际日期", **given)
    with pytest.raises(Conflict, match="新的状态变化"):
        take_back(batch, clerk)
