"""承诺书 and 退费协调记录 of an institution."""

from datetime import timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.documents.models import Document
from foundation.documents.queries import verdict_on
from foundation.documents.wording.institutions import COMMITMENTS
from institutions.operations.papers import (
    RefundTalk,
    issue_commitment,
    record_refund_talk,
)
from tests.documents.factories import organ_of
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def place(cast):
    organ_of(cast.officer)
    return institution(cast.officer, legal_person="陈法人")


def committed(place, by, year=2026):
    return issue_commitment(institution=place, year=year, items=COMMITMENTS, by=by, at=AT)


def talked(place, by, **given):
    facts = {
        "held_on": DAY,
        "place": "区教育局",
        "coordinator": "陈晓岚",
        "paid_fen": 360_000,
        "claimed_fen": 240_000,
        "agreed_fen": 200_000,
        "pay_by": DAY + timedelta(days=7),
        "parents_words": "孩子转学",
        "institutions_words": "同意退未消课部分",
    }
    return record_refund_talk(institution=place, talk=RefundTalk(**facts | given), by=by, at=AT)


def test_a_commitment_of_each_year(cast, place):
    document = committed(place, cast.officer)
    assert document.party == place.name
    for words in (cast.officer.organ_name, "2026年度", COMMITMENTS[0], "陈法人", place.credit_code):
        assert words in document.content
    assert not document.frozen["sealed"]
    with pytest.raises(Conflict, match=document.number):
        committed(place, cast.second_officer)
    assert committed(place, cast.second_officer, year=2027).serial_no == 2
    assert Event.objects.filter(kind="institution.commitment_issued").count() == 2


def test_a_talk_about_a_refund_names_no_child(cast, place):
    document = talked(place, cast.officer)
    for words in ("¥3,600.00", "¥2,400.00", "退还¥2,000.00", "孩子转学", "同意退未消课部分"):
        assert words in document.content
    rows = dict(document.frozen["blocks"][0]["rows"])
    assert (rows["学员姓名"], rows["家长(监护人)姓名"]) == ("________", "________")
    assert verdict_on(document.verify_code).party == ""
    without = talked(place, cast.officer, agreed_fen=None, pay_by=None)
    assert "未达成一致。当事人可以依法申请仲裁" in without.content
    assert Event.objects.filter(kind="institution.refund_talked").count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"held_on": DAY + timedelta(days=1)}, "held_on"),
        ({"claimed_fen": 360_001}, "claimed"),
        ({"claimed_fen": 0}, "claimed"),
        ({"agreed_fen": 240_001}, "agreed"),
        ({"agreed_fen": 0}, "agreed"),
        ({"agreed_fen": None}, "pay_by"),
        ({"pay_by": None}, "pay_by"),
        ({"pay_by": DAY - timedelta(days=1)}, "pay_by"),
    ],
)
def test_amounts_and_days_that_cannot_be(cast, place, given, field):
    with pytest.raises(InvalidInput) as refusal:
        talked(place, cast.officer, **given)
    assert set(refusal.value.fields) == {field}
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["leader", "neighbour", "city", "legal", "town", "culture"])
@pytest.mark.parametrize("issue", [committed, talked])
def test_only_the_bureau_that_keeps_it(cast, place, role, issue):
    organ_of(cast.city, "厦教")
    with pytest.raises(NotAllowed):
        issue(place, getattr(cast, role))


def test_the_pages(cast, place, enter):
    client, address = enter(cast.officer), f"/admin/institutions/institution/{place.pk}/"
    with clock.set_to(AT):
        assert COMMITMENTS[1] in client.get(f"{address}commitment/").content.decode()
        sent = {"year": "2026", "items": "一、守法\n\n二、诚信"}
        assert client.post(f"{address}commitment/", sent).status_code == 302
        sent = {
            "held_on": f"{DAY}",
            "place": "区教育局",
            "coordinator": "陈",
            "paid": "3,600",
            "claimed": "2400.5",
            "parents_words": "转学",
            "institutions_words": "同意",
            "agreed": "",
            "pay_by": "",
        }
        wrong = client.post(f"{address}refund-talk/", sent | {"paid": "很多"}).content.decode()
        assert "金额“很多”无法识别" in wrong
        assert client.post(f"{address}refund-talk/", sent).status_code == 302
        documents = {row.kind: row for row in Document.objects.all()}
        shown = client.get(address).content.decode()
    assert documents["commitment_letter"].frozen["fields"]["items"] == ["一、守法", "二、诚信"]
    assert documents["refund_record"].frozen["fields"]["claimed"] == "¥2,400.50"
    assert all(row.number in shown for row in documents.values())
