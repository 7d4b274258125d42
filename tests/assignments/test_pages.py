"""The staff's pages of 交办, by real requests: the actor of a request is lazy, that of a test is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assignments.enums import PartState
from assignments.models import Part
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core import clock
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
DUE = AT.date() + timedelta(days=10)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def press(client):
    """Post a page as an actor of the cast; the answer has to be a redirect."""

    def post(actor, address: str, **facts) -> None:
        client.force_login(User.objects.get(pk=actor.user_id))
        session = client.session
        session[POST_KEY] = actor.post_id
        session.save()
        response = client.post(address, facts)
        assert response.status_code == 302, response.content.decode()

    return post


def given(press, cast) -> Part:
    facts = {"title": "排查", "content": "请排查", "urgency": "normal", "due_on": DUE.isoformat()}
    press(cast.officer, "/admin/assignments/assignment/assign/", organs=[cast.culture.organ_id], **facts)
    return Part.objects.get()


def test_a_department_of_one_category_receives_and_answers(cast, press):
    part = given(press, cast)
    page = f"/admin/assignments/part/{part.pk}"
    press(cast.culture, f"{page}/receive/")
    press(cast.culture, f"{page}/answer/", result="已办")
    press(cast.officer, f"{page}/send-back/", remark="缺照片", due_on=(DUE + timedelta(days=3)).isoformat())
    press(cast.culture, f"{page}/answer/", result="已补")
    press(cast.officer, f"{page}/accept/", remark="")
    part.refresh_from_db()
    assert part.state == PartState.DONE
    assert not Deadline.objects.filter(state=DeadlineState.RUNNING).exists()


def test_taken_back(cast, press):
    part = given(press, cast)
    press(cast.officer, f"/admin/assignments/part/{part.pk}/cancel/", reason="重复")
    part.refresh_from_db()
    assert part.state == PartState.CANCELLED
    assert list(Deadline.objects.values_list("state", flat=True)) == [DeadlineState.CANCELLED]
