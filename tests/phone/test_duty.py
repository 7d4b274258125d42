"""A supervisor's pages on the phone, through the web client: own things only."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.core import clock
from supervisors.models import Duty, Feedback, LibrarySection, Proposal, PublicityActivity, QuizResult, ReadMark
from supervisors.operations.library import publish_library_item
from supervisors.operations.training import make_quiz
from tests.inspections.factories import first_version
from tests.institutions.factories import institution
from tests.supervisors.factories import at_ten, in_office_from, visited

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)
NOW = at_ten(date(2026, 4, 20))


@pytest.fixture(autouse=True)
def april():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def supervisor(cast):
    return in_office_from(cast, FIRST)


@pytest.fixture
def phone(client, supervisor):
    return logged_in(client, supervisor)


def logged_in(client, supervisor):
    """Past the first log-in, at which a password of one's own has to be set."""
    User.objects.filter(pk=supervisor.user_id).update(must_change_password=False)
    client.force_login(User.objects.get(pk=supervisor.user_id))
    return client


def page(phone, name: str, *args) -> str:
    response = phone.get(reverse(f"phone:{name}", args=args))
    assert response.status_code == 200, response.content
    return response.content.decode()


def sent(phone, name: str, *args, **data):
    return phone.post(reverse(f"phone:{name}", args=args), data)


def test_the_month_says_how_much_is_done(cast, supervisor, phone):
    site = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    assert "还差 1 家次" in page(phone, "duty")
    visited(supervisor, site, date(2026, 4, 8))
    assert "已达到每月最少 1 家次" in page(phone, "duty")
    visited(supervisor, site, date(2026, 4, 9))
    assert "本月目标已完成" in page(phone, "duty")
    assert site.name in page(phone, "duty_visits")
    other = in_office_from(cast, FIRST)
    logged_in(phone, other)
    assert site.name not in page(phone, "duty_visits")


def test_what_is_still_owed_is_said_and_not_the_whole_minimum(cast, supervisor, phone):
    Duty.objects.update(minimum=3, target=4)
    visited(supervisor, institution(cast.officer, at=at_ten(date(2026, 1, 5))), date(2026, 4, 8))
    assert "还差 2 家次" in page(phone, "duty")


def test_the_quiz_stands_before_the_visit(cast, supervisor, phone):
    assert "去走访" in page(phone, "duty")
    questions = [("能否罚款？", ["能", "不能"], 2)]
    quiz = make_quiz(checklist=first_version(), title="上岗测试", questions=questions, by=cast.city, at=NOW)
    shown = page(phone, "duty")
    assert "先做上岗测试" in shown
    assert "去走访" not in shown
    assert "还有没作答的题" in sent(phone, "duty_quiz", quiz.pk).content.decode()
    assert "未及格" in sent(phone, "duty_quiz", quiz.pk, q1="1").content.decode()
    assert "已及格" in sent(phone, "duty_quiz", quiz.pk, q1="2").content.decode()
    assert list(QuizResult.objects.order_by("pk").values_list("passed", flat=True)) == [False, True]
    assert "去走访" in page(phone, "duty")


def test_feedback_finds_the_institution_by_its_full_name(cast, supervisor, phone):
    site = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    response = sent(phone, "duty_feedback", kind="safety", text="通道堵塞", institution="没有这家")
    assert "没有找到这家机构" in response.content.decode()
    response = sent(phone, "duty_feedback", kind="safety", text="通道堵塞", institution=site.name)
    assert response["Location"] == reverse("phone:duty_own")
    assert Feedback.objects.get().institution == site
    assert "通道堵塞" in page(phone, "duty_own")


def test_publicity_and_proposals_are_sent(supervisor, phone):
    facts = {"outlet": "school", "title": "家长会", "held_on": "2026-04-19"}
    assert "附链接、图片或说明" in sent(phone, "duty_activity", **facts).content.decode()
    sent(phone, "duty_activity", description="三年级", **facts)
    sent(phone, "duty_proposal", title="张贴查询码", text="门口张贴")
    assert (PublicityActivity.objects.count(), Proposal.objects.count()) == (1, 1)
    assert "张贴查询码" in page(phone, "duty_own")


def test_the_handbook_is_read_section_by_section(cast, supervisor, phone):
    item = publish_library_item(
        kind="handbook", title="工作手册", sections=[("一", "甲"), ("二", "乙")], by=cast.city, at=NOW
    )
    assert "已读 0/2" in page(phone, "duty_library")
    first, second = LibrarySection.objects.order_by("no")
    assert "甲" in page(phone, "duty_section", first.pk)
    assert sent(phone, "duty_section", first.pk)["Location"] == reverse("phone:duty_section", args=[second.pk])
    assert sent(phone, "duty_section", second.pk)["Location"] == reverse("phone:duty_item", args=[item.pk])
    assert ReadMark.objects.count() == 2
    assert "已读 2/2" in page(phone, "duty_library")


def test_the_card_shows_what_the_paper_says_and_a_code(supervisor, phone):
    shown = page(phone, "duty_card")
    assert all(words in shown for words in (supervisor.name, supervisor.number, "在聘", "无执法权", "<svg"))


@pytest.mark.parametrize("name", ["duty", "duty_visits", "duty_own", "duty_library", "duty_card"])
def test_pages_cost_few_queries_and_no_more_for_more_rows(cast, supervisor, phone, name, django_assert_max_num_queries):
    site = institution(cast.officer, at=at_ten(date(2026, 1, 5)))
    for day in (8, 9, 10):
        visited(supervisor, site, date(2026, 4, day))
    with django_assert_max_num_queries(24):
        page(phone, name)
