"""The 导出 page of a list, 我的下载, approval and download by page."""

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.home import todo_tiles
from foundation.exports.admin import ExportAdmin
from foundation.exports.enums import ExportState
from foundation.exports.models import Export
from tests.documents.factories import AT, issued

from .factories import PERSONAL, PURPOSE, asked, made, many_documents

pytestmark = pytest.mark.django_db
LIST = "admin:documents_document_changelist"
PAGE = "admin:documents_document_export"
LIST_QUERIES = 7


@pytest.fixture
def login(client):
    def as_actor(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_actor


def test_the_button_keeps_the_lists_filters(login, cast):
    issued(cast.officer)
    page = login(cast.officer).get(reverse(LIST), {"kind__exact": "rectification_notice"}).content.decode()
    assert f'{reverse(PAGE)}?kind__exact=rectification_notice"' in page
    page = login(cast.town).get(reverse(LIST)).content.decode()
    assert reverse(PAGE) not in page


def test_an_empty_list_offers_no_export(login, cast):
    """Neither without rows nor where the filters leave none; seen to fail with the button always there."""
    assert reverse(PAGE) not in login(cast.officer).get(reverse(LIST)).content.decode()
    issued(cast.officer)
    assert reverse(PAGE) in login(cast.officer).get(reverse(LIST)).content.decode()
    assert reverse(PAGE) not in login(cast.officer).get(reverse(LIST), {"q": "没有这一份"}).content.decode()


def test_the_page_tells_rows_and_marks_personal_columns(login, cast):
    issued(cast.officer)
    issued(cast.officer)
    page = login(cast.officer).get(reverse(PAGE), {"q": "〔2026〕2号"}).content.decode()
    assert "共 <strong>1</strong> 行" in page
    assert "负责人（个人信息）" in page
    page = login(cast.leader).get(reverse(PAGE)).content.decode()
    assert "共 <strong>2</strong> 行" in page
    assert "（个人信息）" not in page
    assert "列表的筛选条件无效" in login(cast.leader).get(reverse(PAGE), {"issued_by__password": "x"}).content.decode()


def test_asking_by_page(login, cast):
    issued(cast.officer)
    issued(cast.officer)
    form = {"columns": PERSONAL, "format": "xlsx", "purpose": ""}
    url = f"{reverse(PAGE)}?q=2号"
    refused = login(cast.officer).post(url, form)
    assert "至少10个字" in refused.content.decode()
    assert not Export.objects.exists()
    answer = login(cast.officer).post(url, {**form, "purpose": PURPOSE})
    export = Export.objects.get()
    assert answer.url == reverse("admin:exports_export_change", args=[export.pk])
    assert (export.rows, export.filters, export.columns) == (1, {"q": ["2号"]}, PERSONAL)
    assert (
        login(cast.leader).post(url, {**form, "purpose": PURPOSE}).status_code == 200
    )  # no such choice for the leader
    assert login(cast.town).post(url, form).status_code == 403
    assert Export.objects.count() == 1


def test_the_trail_is_exported_by_who_may_read_it(login, cast):
    issued(cast.officer)
    url = reverse("admin:audit_event_export")
    assert login(cast.auditor).post(url, {"columns": ["label", "actor_name"], "format": "csv"}).status_code == 302
    assert Export.objects.get().register == "audit.event"
    assert login(cast.officer).get(url).status_code == 403


def test_download_is_a_post_with_a_trace(login, cast):
    issued(cast.officer)
    export = made(cast.officer)
    url = reverse("admin:exports_export_download", args=[export.pk])
    with clock.set_to(AT):
        assert login(cast.officer).get(url).status_code == 200
        assert not Event.objects.filter(kind="export.downloaded").exists()
        answer = login(cast.officer).post(url)
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        assert Event.objects.filter(kind="export.downloaded").count() == 1
        assert login(cast.second_officer).post(url).status_code == 404
        assert login(cast.leader).post(url).status_code == 404


def test_a_file_changed_on_disk_is_not_handed_out(login, cast, private_media):
    issued(cast.officer)
    export = made(cast.officer)
    (private_media / export.path).write_bytes(b"other")
    with clock.set_to(AT):
        answer = login(cast.officer).post(reverse("admin:exports_export_download", args=[export.pk]))
    assert answer.status_code == 302
    assert not Event.objects.filter(kind="export.downloaded").exists()


def test_approval_by_page_and_on_the_home_page(login, cast):
    many_documents(cast.officer, 501)
    export = asked(cast.officer, columns=PERSONAL, purpose=PURPOSE)
    url = reverse("admin:exports_export_approve", args=[export.pk])
    assert login(cast.officer).post(url, {}).status_code == 403
    assert login(cast.neighbour).post(url, {}).status_code == 404
    tile = next(tile for tile in todo_tiles(cast.leader) if tile.label == "待审批导出")
    assert tile.count == 1
    assert cast.officer.name in login(cast.leader).get(tile.url).content.decode()
    assert "501 行" in login(cast.leader).get(url).content.decode()
    assert login(cast.leader).post(url, {"remark": "同意"}).status_code == 302
    assert Export.objects.get().state == ExportState.MAKING
    assert login(cast.leader).post(url, {}).status_code == 403


def test_everybody_sees_their_own_and_approvers_what_waits(cast):
    many_documents(cast.officer, 501)
    own, waiting = asked(cast.officer), asked(cast.officer, columns=PERSONAL, purpose=PURPOSE)
    seen = {
        name: set(ExportAdmin.visible(None, actor).values_list("pk", flat=True))
        for name, actor in cast.everyone().items()
    }
    both = {own.pk, waiting.pk}
    expected = {"officer": both, "leader": {waiting.pk}, "city": {waiting.pk}}
    assert seen == {name: expected.get(name, set()) for name in seen}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(login, cast, rows, django_assert_num_queries):
    issued(cast.officer)
    for _ in range(rows):
        asked(cast.officer)
    visitor = login(cast.officer)
    url = reverse("admin:exports_export_changelist")
    visitor.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        visitor.get(url)
