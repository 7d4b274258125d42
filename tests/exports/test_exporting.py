"""Ask, approve, make, download, expire; and everybody who may not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts.enums import Can
from foundation.accounts.models import Post, User
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from foundation.core.models import OutboxMessage
from foundation.documents.models import Document
from foundation.exports import notices, tasks, workflow
from foundation.exports.enums import ExportFormat, ExportState
from foundation.exports.models import Export
from foundation.exports.operations import (
    approve_export,
    expire_export,
    finish_export,
    hold_export,
    record_download,
    refuse_export,
    reject_export,
)
from foundation.exports.queries import waiting_for
from tests.documents.factories import AT, issued

from .factories import PERSONAL, PURPOSE, asked, made, many_documents, table

pytestmark = pytest.mark.django_db
TOMORROW = AT + timedelta(hours=24)


def facts(export: Export) -> list[str]:
    return list(
        Event.objects.filter(subject_type="exports.export", subject_id=export.pk)
        .order_by("pk")
        .values_list("kind", flat=True)
    )


@pytest.fixture
def large(cast):
    """501 rows of persons, waiting for the second person."""
    many_documents(cast.officer, 501)
    return asked(cast.officer, columns=PERSONAL, purpose=PURPOSE)


@pytest.mark.parametrize("format", list(ExportFormat))
def test_a_file_is_made_and_lives_a_day(cast, format, private_media):
    issued(cast.officer)
    export = made(cast.officer, format=format)
    assert (export.state, export.rows, export.expires_at) == (ExportState.READY, 1, TOMORROW)
    head, row = table(export)
    assert head == ["文号", "当事人", "导出标记"]
    assert row[:2] == ["厦思教责改〔2026〕1号", "厦门市思明区启明星培训中心有限公司"]
    assert cast.officer.name in row[2]
    assert "2026-03-02 10:00" in row[2]
    assert facts(export) == ["export.requested", "export.made"]
    with clock.set_to(TOMORROW):
        tasks.sweep(None)
    export.refresh_from_db()
    assert (export.state, export.path) == (ExportState.EXPIRED, "")
    assert not [file for file in private_media.rglob("*") if file.parent.name == "exports" and file.is_file()]
    assert facts(export)[-1] == "export.expired"


def test_the_sweep_leaves_fresh_files(cast):
    issued(cast.officer)
    export = made(cast.officer)
    with clock.set_to(TOMORROW - timedelta(seconds=1)):
        tasks.sweep(None)
    export.refresh_from_db()
    assert export.state == ExportState.READY


def test_an_export_has_the_rows_of_the_list_under_its_filters(cast):
    kept, other = issued(cast.officer), issued(cast.officer)
    assert [row[0] for row in table(made(cast.officer, filters={"q": ["责改〔2026〕2号"]}))[1:]] == [other.number]
    assert [row[0] for row in table(made(cast.officer, filters={"o": ["0"]}))[1:]] == [kept.number, other.number]
    with pytest.raises(InvalidInput):
        asked(cast.officer, filters={"kind__exact": ["stop_training_notice"]})
    with pytest.raises(InvalidInput):
        asked(cast.officer, filters={"issued_by__password__startswith": ["!"]})


@pytest.mark.parametrize("role", ["bank", "town", "system", "supervisor", "auditor", "public"])
def test_who_may_not_export_this_register(cast, role):
    issued(cast.officer)
    with pytest.raises(NotAllowed):
        asked(getattr(cast, role))
    assert not Export.objects.exists()


def test_nobody_exports_rows_out_of_scope(cast):
    issued(cast.officer)
    with pytest.raises(InvalidInput) as refusal:
        asked(cast.neighbour)
    assert refusal.value.code == "no_rows"
    assert not Event.objects.filter(kind="export.requested").exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"columns": []}, "columns"),
        ({"columns": ["content"]}, "columns"),
        ({"columns": PERSONAL, "purpose": "太短"}, "purpose"),
        ({"columns": PERSONAL, "purpose": " 核 " * 4}, "purpose"),
    ],
)
def test_wrong_requests_are_refused(cast, given, code):
    issued(cast.officer)
    before = Event.objects.count()
    with pytest.raises(InvalidInput) as refusal:
        asked(cast.officer, **given)
    assert refusal.value.code == code
    assert (Export.objects.count(), Event.objects.count()) == (0, before)


def test_too_many_rows_are_refused(cast, monkeypatch):
    monkeypatch.setattr("foundation.exports.operations.requesting.MAX_ROWS", 1)
    many_documents(cast.officer, 2)
    with pytest.raises(InvalidInput) as refusal:
        asked(cast.officer)
    assert refusal.value.code == "too_many_rows"


def test_personal_columns_need_the_right(cast):
    issued(cast.officer)
    with pytest.raises(NotAllowed):
        asked(cast.leader, columns=PERSONAL, purpose=PURPOSE)
    assert asked(cast.leader).personal is False


def test_up_to_five_hundred_persons_need_no_second_person(cast):
    many_documents(cast.officer, 500)
    export = made(cast.officer, columns=PERSONAL, purpose=PURPOSE)
    assert (export.state, export.personal, export.rows) == (ExportState.READY, True, 500)
    assert table(export)[1][2] == "林某某"


def test_above_five_hundred_persons_a_second_person_decides(cast, large):
    assert large.state == ExportState.PENDING
    assert not OutboxMessage.objects.filter(kind=notices.MAKE).exists()
    assert list(waiting_for(cast.leader)) == [large]
    assert not waiting_for(cast.officer).exists()
    approve_export(export=large, remark="同意", by=cast.leader, at=AT)
    with clock.set_to(AT):
        outbox.deliver_all(at=AT)
    large.refresh_from_db()
    assert (large.state, large.approver_id, large.rows) == (ExportState.READY, cast.leader.user_id, 501)
    assert facts(large) == ["export.requested", "export.approved", "export.made"]


def test_plain_exports_of_any_size_need_no_second_person(cast):
    many_documents(cast.officer, 501)
    assert asked(cast.officer).state == ExportState.MAKING


@pytest.mark.parametrize(
    "role", ["officer", "second_officer", "neighbour", "other_city", "province", "auditor", "public"]
)
@pytest.mark.parametrize("decide", [approve_export, reject_export])
def test_others_do_not_decide(cast, large, role, decide):
    with pytest.raises(NotAllowed):
        decide(export=large, remark="不该成功", by=getattr(cast, role), at=AT)
    large.refresh_from_db()
    assert (large.state, facts(large)) == (ExportState.PENDING, ["export.requested"])


def test_the_asker_never_approves_even_with_the_right(cast, large):
    mighty = replace(cast.officer, capabilities=cast.officer.capabilities | {Can.APPROVE_EXPORT})
    with pytest.raises(NotAllowed):
        approve_export(export=large, by=mighty, at=AT)
    large.approver_id, large.state = cast.officer.user_id, ExportState.MAKING
    with pytest.raises(IntegrityError, match="export_approver_is_another"), transaction.atomic():
        large.save()


def test_the_database_refuses_a_large_personal_file_without_second_person(large):
    large.state = ExportState.MAKING
    with pytest.raises(IntegrityError, match="export_large_has_second_person"), transaction.atomic():
        large.save()


def test_a_rejection_says_why(cast, large):
    with pytest.raises(InvalidInput):
        reject_export(export=large, remark=" ", by=cast.leader, at=AT)
    reject_export(export=large, remark="用途与职责无关", by=cast.leader, at=AT)
    large.refresh_from_db()
    assert (large.state, large.remark) == (ExportState.REJECTED, "用途与职责无关")
    assert facts(large) == ["export.requested", "export.rejected"]


def test_rows_that_grew_past_the_limit_meanwhile_wait_for_the_second_person(cast):
    many_documents(cast.officer, 500)
    export = asked(cast.officer, columns=PERSONAL, purpose=PURPOSE)
    _one_more()
    with clock.set_to(AT):
        outbox.deliver_all(at=AT)
    export.refresh_from_db()
    assert (export.state, export.rows, export.path) == (ExportState.PENDING, 501, "")
    assert facts(export) == ["export.requested", "export.held"]


def _one_more() -> None:
    copy = Document.objects.order_by("pk").first()
    copy.pk, copy.serial_no, copy.number, copy.verify_code = None, 9999, "厦思教责改〔2026〕9999号", "9" * 16
    copy._state.adding = True
    copy.save(force_insert=True)


@pytest.mark.parametrize("ended", ["post", "login"])
def test_who_left_gets_no_file(cast, ended, private_media):
    issued(cast.officer)
    export = asked(cast.officer)
    if ended == "post":
        Post.objects.filter(pk=cast.officer.post_id).update(valid_to=AT.date() - timedelta(days=1))
    else:
        User.objects.filter(pk=cast.officer.user_id).update(is_active=False)
    with clock.set_to(AT):
        outbox.deliver_all(at=AT)
    export.refresh_from_db()
    assert (export.state, export.path) == (ExportState.REJECTED, "")
    assert facts(export) == ["export.requested", "export.rejected"]
    assert not list(private_media.glob("exports/*"))


def test_the_scope_is_that_of_the_day_of_making(cast):
    issued(cast.officer)
    export = asked(cast.city)
    Post.objects.filter(pk=cast.city.post_id).update(organ_id=cast.neighbour.organ_id)
    with clock.set_to(AT):
        outbox.deliver_all(at=AT)
    export.refresh_from_db()
    assert (export.state, export.rows) == (ExportState.READY, 0)


def test_making_twice_makes_one_file(cast, private_media):
    issued(cast.officer)
    export = made(cast.officer)
    tasks.make_file(OutboxMessage(payload={"export_id": export.pk}))
    assert len(list(private_media.glob("exports/*"))) == 1


def test_each_download_is_a_fact_and_only_the_askers(cast):
    issued(cast.officer)
    export = made(cast.officer)
    with clock.set_to(AT):
        record_download(export=export, by=cast.officer, at=AT)
        record_download(export=export, by=cast.officer, at=AT)
        for role in ("second_officer", "leader", "city", "auditor", "public"):
            with pytest.raises(NotAllowed):
                record_download(export=export, by=getattr(cast, role), at=AT)
    assert facts(export).count("export.downloaded") == 2


def test_no_download_past_the_hour_even_before_the_sweep(cast):
    issued(cast.officer)
    export = made(cast.officer)
    with clock.set_to(TOMORROW), pytest.raises(NotAllowed):
        record_download(export=export, by=cast.officer, at=TOMORROW)


def test_people_do_not_finish_exports(cast):
    issued(cast.officer)
    export = asked(cast.officer)
    with pytest.raises(NotAllowed):
        finish_export(export=export, path="x", sha256="0" * 64, size=1, rows=1, by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        expire_export(export=export, by=cast.city, at=AT)


STEPS = {
    "approve": lambda export, cast: approve_export(export=export, by=cast.leader, at=AT),
    "reject": lambda export, cast: reject_export(export=export, remark="不同意", by=cast.leader, at=AT),
    "hold": lambda export, cast: hold_export(export=export, rows=501, by=tasks.MAKER, at=AT),
    "refuse": lambda export, cast: refuse_export(export=export, remark="不在岗", by=tasks.MAKER, at=AT),
    "finish": lambda export, cast: finish_export(
        export=export, path="x", sha256="0" * 64, size=1, rows=1, by=tasks.MAKER, at=AT
    ),
    "expire": lambda export, cast: expire_export(export=export, by=tasks.MAKER, at=AT),
}


@pytest.mark.parametrize("state", list(ExportState))
@pytest.mark.parametrize("step", workflow.WORKFLOW.transitions, ids=lambda step: step.name)
def test_every_state_meets_every_step(cast, state, step):
    issued(cast.officer)
    export = asked(cast.officer)
    given = {"state": state}
    if state == ExportState.READY:
        given |= {"path": "x", "sha256": "0" * 64, "size": 1, "expires_at": TOMORROW}
    Export.objects.filter(pk=export.pk).update(**given)
    before = facts(export)
    if step.starts_from(state):
        STEPS[step.name](export, cast)
        assert len(facts(export)) == len(before) + 1
    else:
        with pytest.raises((IllegalTransition, NotAllowed)) as refusal:
            STEPS[step.name](export, cast)
        assert isinstance(refusal.value, DomainError)
        assert facts(export) == before
    export.refresh_from_db()
    assert export.state == (step.target if step.starts_from(state) else state)
