"""What belongs to an institution, through its pages as a clerk uses them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from institutions.models import TrainingClass
from institutions.operations.premises import add_permit, open_campus
from tests.institutions.factories import AT, institution, town
from tests.institutions.test_staff_and_teaching import course, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    row = institution(cast.officer)
    add_permit(institution=row, kind="non_subject", number="教民1号", issuer="思明区教育局", by=cast.officer, at=AT)
    open_campus(
        institution=row,
        name="莲花校区",
        division=town(),
        address="莲花5号",
        opened_on=AT.date(),
        by=cast.officer,
        at=AT,
    )
    course(row, cast.officer)
    teacher(row, cast.officer)
    return row


@pytest.fixture
def officer(client, cast):
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    return client


def page(slug: str, row) -> str:
    return reverse(f"admin:institutions_institution_{slug}", args=[row.pk])


def test_each_page_changes_what_it_says(officer, row):
    permit, campus = row.permits.get(), row.sites.get(kind="campus")
    taught, member = row.courses.get(), row.staff.get()
    day = {"reason": "到期"}
    steps = [
        ("class", {"course": taught.pk, "name": "周六班", "teacher": member.pk, "lessons": 20, "fee": "1,600.00",
                   "timetable": "周六 9:00-10:30；星期日 14：00至15：30", "capacity": 15, "starts_on": "2026-11-02"}),
        ("crime-check", {"member": member.pk, "checked_on": "2026-11-03"}),
        ("red-line", {"member": member.pk, "fact": "体罚学生", "happened_on": "2026-11-03"}),
        ("end-permit", {"permit": permit.pk, "ended_on": "2026-11-03", **day}),
        ("close-campus", {"site": campus.pk, "closed_on": "2026-11-03", **day}),
        ("stop-course", {"course": taught.pk, "stopped_on": "2026-11-03", **day}),
        ("end-staff", {"member": member.pk, "left_on": "2026-11-03"}),
    ]  # fmt: skip
    for slug, form in steps:
        assert officer.post(page(slug, row), form).status_code == 302, slug
    made = TrainingClass.objects.get()
    assert (made.fee_fen, [slot["weekday"] for slot in made.timetable]) == (160_000, [6, 7])
    officer.post(page("void-red-line", row), {"red_line": member.red_lines.get().pk, "reason": "查无实据"})
    assert member.red_lines.get().voided_at is not None
    shown = officer.get(reverse("admin:institutions_institution_change", args=[row.pk])).content.decode()
    assert all(text in shown for text in ("周六 09:00-10:30；周日 14:00-15:30", "体罚学生", "已撤销"))


@pytest.mark.parametrize("text", ["每周六上午", "周六 9:00-10:30 及其他", "周六 11:00-10:00"])
def test_odd_times_are_explained(officer, row, text):
    form = {"course": row.courses.get().pk, "name": "班", "teacher": row.staff.get().pk, "timetable": text,
            "lessons": 1, "fee": "1", "capacity": 1, "starts_on": "2026-11-02"}  # fmt: skip
    answer = officer.post(page("class", row), form)
    assert (answer.status_code, TrainingClass.objects.count()) == (200, 0)
    assert "周六 09:00-10:30" in answer.content.decode() or "上课时间有误" in answer.content.decode()


def test_a_page_without_a_subject_is_not_offered(officer, cast):
    bare = institution(cast.officer)
    shown = officer.get(reverse("admin:institutions_institution_change", args=[bare.pk])).content.decode()
    assert "停开课程" not in shown
    assert officer.get(page("stop-course", bare)).status_code == 403


def test_rows_of_another_institution_cannot_be_chosen(officer, cast, row):
    other = institution(cast.officer)
    theirs = add_permit(
        institution=other, kind="non_subject", number="教民2号", issuer="思明区教育局", by=cast.officer, at=AT
    )
    form = {"permit": theirs.pk, "ended_on": "2026-11-03", "reason": "x"}
    assert officer.post(page("end-permit", row), form).status_code == 200
    theirs.refresh_from_db()
    assert theirs.ended_on is None
