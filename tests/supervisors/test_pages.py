"""Staff pages: what lists cost, what the overview says, the way from a batch to an appointment through the web."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.core import clock
from supervisors.models import Candidate, Quiz, Recruitment, Supervisor
from tests.inspections.factories import first_version
from tests.institutions.factories import institution
from tests.supervisors.factories import AT, after_publicity, announced, at_ten, in_office_from, opened, visited

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)


def logged_in(client, actor):
    client.logout()  # a session that began earlier would go on
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def address(name: str, *args) -> str:
    return reverse(f"admin:supervisors_{name}", args=args)


@pytest.mark.parametrize("name", ["supervisor", "candidate", "recruitment", "feedback", "proposal", "training"])
def test_a_list_costs_the_same_for_one_and_for_three_rows(cast, client, name, django_assert_max_num_queries):
    for _ in range(3):
        in_office_from(cast, FIRST)
    logged_in(client, cast.city)
    with django_assert_max_num_queries(14):
        assert client.get(address(f"{name}_changelist")).status_code == 200


def test_the_overview_opens_the_rows_behind_each_number(cast, client):
    supervisor = in_office_from(cast, FIRST)
    site = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    visited(supervisor, site, date(2026, 4, 8))
    logged_in(client, cast.city)
    with clock.set_to(at_ten(date(2026, 5, 20))):
        shown = client.get(address("supervisor_overview")).content.decode()
        rows = client.get(address("supervisor_visits", supervisor.pk) + "?month=2026-04").content.decode()
        empty = client.get(address("supervisor_visits", supervisor.pk) + "?month=2026-05").content.decode()
    link = address("supervisor_visits", supervisor.pk) + "?month=2026-04"
    assert all(text in shown for text in (supervisor.name, "1/2", link, "100.00%"))
    assert "1 家次" in rows
    assert site.name in rows
    assert "没有走访" in empty


def test_tiles_count_what_their_lists_show(cast, client):
    row = announced(cast)
    logged_in(client, cast.city)
    with clock.set_to(after_publicity(row)):
        home = client.get(reverse("admin:index")).content.decode()
        listed = client.get(address("candidate_changelist") + "?waiting=appoint").content.decode()
    assert "公示期满可聘任" in home
    assert row.name in listed


def test_from_quota_to_appointment_through_the_web(cast, client):
    batch = opened(cast)
    with clock.set_to(AT):
        logged_in(client, cast.officer)
        facts = {
            "jurisdiction": batch.quotas.get(jurisdiction__in=cast.officer.scope).jurisdiction_id,
            "name": "林育才",
            "birth_year": "1972",
            "workplace": "第一小学",
            "identities": ["principal", "congress_deputy"],
            "phone": "12300000001",
            "statement": "热心教育",
        }
        client.post(address("recruitment_nominate", batch.pk), facts)
        row = Candidate.objects.get(name="林育才")
        logged_in(client, cast.city)
        client.post(address("candidate_pass", row.pk), {"met": batch.conditions})
        client.post(address("recruitment_end-nomination", batch.pk))
        client.post(address("recruitment_start-publicity", batch.pk), {"objection_contact": "0592-1"})
        row.refresh_from_db()
    assert Recruitment.objects.get(pk=batch.pk).state == "publicity"
    row = Candidate.objects.select_related("recruitment").get(pk=row.pk)
    after = after_publicity(row)
    with clock.set_to(after):
        logged_in(client, cast.city)  # the session of a week before is over
        facts = {"area": batch.jurisdiction_id, "term_from_on": after.date().isoformat()}
        answer = client.post(address("candidate_appoint", row.pk), facts)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "未能办理" not in shown, shown
    supervisor = Supervisor.objects.get(candidate=row)
    assert supervisor.user.username in shown
    assert "一次性密码" in shown


def test_a_quiz_is_written_as_text(cast, client):
    logged_in(client, cast.city)
    facts = {"checklist": first_version().pk, "title": "测试", "pass_mark": "80"}
    wrong = {**facts, "questions": "能否罚款？\n能\n不能"}
    assert "唯一的正确选项" in client.post(address("quiz_make"), wrong).content.decode()
    client.post(address("quiz_make"), {**facts, "questions": "能否罚款？\n能\n*不能\n\n看不到？\n*无法查看\n是"})
    questions = Quiz.objects.get().questions.order_by("no").values_list("text", "options", "answer")
    assert list(questions) == [("能否罚款？", ["能", "不能"], 2), ("看不到？", ["无法查看", "是"], 1)]
