"""Supervisors before the public: who is in office, the running list with its objections, the card's verdict."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.core import clock
from supervisors.models import Objection
from supervisors.operations.terms import dismiss
from tests.supervisors.factories import AT, after_publicity, announced, appointed

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cast):
    with clock.set_to(AT):
        yield announced(cast, phone="12345678901")


def words(client, name: str, *args) -> str:
    response = client.get(reverse(f"publicity:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_who_is_in_office_and_no_phone(cast, client):
    row = announced(cast, phone="12345678901")
    supervisor = appointed(cast, row)
    with clock.set_to(after_publicity(row)):
        shown = words(client, "supervisors")
    assert all(text in shown for text in (supervisor.name, supervisor.number, "1 人"))
    assert "12345678901" not in shown
    with clock.set_to(after_publicity(row) + timedelta(days=2)):
        dismiss(supervisor=supervisor, reason="迁居", by=cast.city, at=clock.now())
        assert supervisor.name not in words(client, "supervisors")


def test_the_notice_names_candidates_while_it_runs_and_nobody_afterwards(cast, client, running):
    pk = running.recruitment_id
    shown = words(client, "supervisor_notice", pk)
    assert running.name in shown
    assert "12345678901" not in shown
    assert "正在公示" in words(client, "supervisors")
    with clock.set_to(after_publicity(running)):
        shown = words(client, "supervisor_notice", pk)
    assert running.name not in shown
    assert "已结束" in shown
    assert client.get(reverse("publicity:supervisor_notice", args=[pk + 99])).status_code == 404


def test_an_objection_is_signed_and_sealed(cast, client, running):
    url = reverse("publicity:supervisor_object", args=[running.recruitment_id])
    facts = {"candidate": running.pk, "objector": "李实名", "contact": "12388888888", "reason": "与机构有关系"}
    assert "字段是必填" in client.post(url, {**facts, "objector": ""}).content.decode()
    assert Objection.objects.count() == 0
    assert "已收到您的异议" in client.post(url, facts).content.decode()
    assert Objection.objects.get().objector == "李实名"
    with clock.set_to(after_publicity(running)):
        assert "现在不能" in client.post(url, facts).content.decode()
    assert Objection.objects.count() == 1


def test_ten_objections_an_hour_are_enough(cast, client, running):
    url = reverse("publicity:supervisor_object", args=[running.recruitment_id])
    answers = [client.post(url, {}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_card_holds_today_or_not_and_a_wrong_code_looks_the_same(cast, client):
    supervisor = appointed(cast)
    term = (supervisor.term_from_on, supervisor.term_until_on)
    verdicts = []
    for day in (term[0] - timedelta(days=1), term[0], term[1], term[1] + timedelta(days=1)):
        with clock.set_to(AT.replace(year=day.year, month=day.month, day=day.day)):
            shown = words(client, "supervisor_card", supervisor.public_code)
            verdicts.append("已失效" if "已失效" in shown else "在聘" if "在聘" in shown else "?")
    assert verdicts == ["已失效", "在聘", "在聘", "已失效"]
    wrong = words(client, "supervisor_card", "0" * 16)
    assert "未查到" in wrong
    assert supervisor.name not in wrong
