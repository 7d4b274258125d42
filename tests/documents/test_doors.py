"""The public verification page, the staff's register, downloads."""

import re

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.documents.models import Document
from foundation.documents.operations import void_document
from foundation.documents.queries import masked_party, verdict_on

from .factories import AT, issued, organ_of, rectification, rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def login(client):
    def as_actor(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_actor


def shape(page: bytes) -> str:
    """The page without its words."""
    return re.sub(r">[^<]*<", "><", page.decode()).replace("chip-ok", "chip-x").replace("chip-notice", "chip-x")


def test_a_valid_document_is_confirmed_without_login_or_personal_data(client, cast):
    document = issued(cast.officer, fields=rectification(party_name="张小三", person_in_charge="李秘密"))
    page = client.get(reverse("documents:verify", args=[document.verify_code])).content.decode()
    for words in ("有效", document.number, "责令限期整改通知书", "2026-03-02", document.organ.name, "testserver"):
        assert words in page
    assert document.sha256[:4] in page
    assert document.sha256 not in page
    assert "张**" in page
    for secret in ("张小三", "李秘密", "厦禾路", cast.officer.name):
        assert secret not in page


def test_a_void_document_says_so(client, cast):
    document = issued(cast.officer)
    void_document(document=document, reason="当事人名称写错", by=cast.officer, at=AT)
    page = client.get(reverse("documents:verify", args=[document.verify_code])).content.decode()
    assert "已作废" in page
    assert "当事人名称写错" not in page


def test_a_wrong_code_gets_an_answer_of_the_same_shape(client, cast):
    document = issued(cast.officer)
    right = client.get(reverse("documents:verify", args=[document.verify_code]))
    wrong = client.get(reverse("documents:verify", args=["0" * 16]))
    nonsense = client.get(reverse("documents:verify", args=["<script>"]))
    assert right.status_code == wrong.status_code == nonsense.status_code == 200
    asked = shape(right.content).replace(document.verify_code, "0" * 16)  # the page repeats the address it was asked
    assert asked.replace("valid", "unknown") == shape(wrong.content)
    assert b"<script>" not in nonsense.content


def test_a_code_typed_by_hand_leads_to_its_page(client, cast):
    document = issued(cast.officer)
    answer = client.get(
        reverse("documents:ask"), {"code": f" {document.verify_code[:8].lower()}-{document.verify_code[8:]}"}
    )
    assert answer.url == reverse("documents:verify", args=[document.verify_code])
    assert client.get(reverse("documents:ask")).status_code == 200
    assert client.get(reverse("documents:ask"), {"code": "../x"}, follow=True).status_code == 200


def test_asking_too_often_is_slowed_down_per_address(client):
    url = reverse("documents:verify", args=["0" * 16])
    statuses = [client.get(url).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert client.get(url, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get(url, headers={"x-forwarded-for": "1.2.3.4"}).status_code == 429  # no proxy is configured


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", ""), ("张", "张"), ("张三", "张*"), ("欧阳小三", "欧***"), ("启明星培训", "启明****培训")],
)
def test_party_names_are_masked(name, shown):
    assert masked_party(name) == shown


def test_no_verdict_without_code():
    assert verdict_on("").state == "unknown"


@pytest.mark.parametrize("form", ["pdf", "word"])
def test_files_are_attachments_in_scope_and_404_outside(login, cast, form):
    document = rendered(cast.officer)
    url = reverse(f"admin:documents_document_{form}", args=[document.pk])
    answer = login(cast.legal).get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[:4] in (b"%PDF", b"PK\x03\x04")
    assert login(cast.neighbour).get(url).status_code == 404
    assert login(cast.bank).get(url).status_code == 403


def test_a_file_that_is_not_ready_says_so(login, cast):
    document = issued(cast.officer)
    answer = login(cast.officer).get(reverse("admin:documents_document_pdf", args=[document.pk]))
    assert answer.status_code == 302
    assert answer.url == reverse("admin:documents_document_change", args=[document.pk])


def test_voiding_by_page(login, cast):
    document = issued(cast.officer)
    url = reverse("admin:documents_document_void", args=[document.pk])
    assert login(cast.leader).post(url, {"reason": "不该成功的"}).status_code == 403
    assert login(cast.neighbour).post(url, {"reason": "不该成功的"}).status_code == 404
    assert login(cast.officer).post(url, {"reason": "当事人名称写错"}).status_code == 302
    assert Document.objects.get(pk=document.pk).is_void
    assert login(cast.officer).get(url).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(login, cast, rows, django_assert_num_queries):
    for _ in range(rows):
        issued(cast.officer)
    organ_of(cast.officer)
    visitor = login(cast.officer)
    url = reverse("admin:documents_document_changelist")
    visitor.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        page = visitor.get(url).content.decode()
    assert page.count("厦思教责改〔2026〕") == rows


LIST_QUERIES = 6
