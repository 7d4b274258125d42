"""Clues handed to supervisors: where to go and what to look at, never what was said or by whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assignments.enums import Urgency
from clues.enums import ClueState
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from inspections.operations.interests import declare_interest
from supervisors import workflow
from supervisors.enums import TaskState
from supervisors.models import ClueTask
from supervisors.operations.verifying import assign_clue, cancel_task, finish_task
from supervisors.queries import supervisors_for
from tests.clues.factories import accepted
from tests.clues.factories import clue as taken_in
from tests.institutions.factories import institution
from tests.supervisors.factories import acting_as, at_ten, deliver, in_office_from, visited

pytestmark = pytest.mark.django_db
FIRST, DAY = date(2026, 4, 1), date(2026, 4, 8)
SAID = "林某某的孩子晚上九点还在上课，家长电话13812345678"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(at_ten(DAY)):
        yield


@pytest.fixture
def supervisor(cast):
    return in_office_from(cast, FIRST)


@pytest.fixture
def place(cast):
    return institution(cast.officer, at=at_ten(FIRST))


@pytest.fixture
def clue(cast, place):
    row = taken_in(
        cast.officer, institution=place, division=place.division, content=SAID, check_points=["晚上20:30后是否上课"],
        at=at_ten(DAY),
    )  # fmt: skip
    return accepted(row, cast.officer, at=at_ten(DAY), days=0, urgency=Urgency.URGENT)


def test_nobody_is_sent_before_the_day_that_protects_the_sender(cast, place, supervisor):
    row = taken_in(cast.officer, institution=place, division=place.division, at=at_ten(DAY))
    with pytest.raises(Conflict, match="尚未受理"):
        given(cast, row, supervisor)
    accepted(row, cast.officer, at=at_ten(DAY), days=3)
    with pytest.raises(Conflict, match="为保护反映人"):
        given(cast, row, supervisor)
    assert not ClueTask.objects.exists()


def given(cast, clue, supervisor, **facts) -> ClueTask:
    return assign_clue(
        clue=clue,
        supervisor=supervisor,
        by=cast.officer,
        at=at_ten(DAY),
        **{"due_on": DAY + timedelta(days=7), **facts},
    )


def test_a_task_says_where_and_what_and_nothing_else(cast, clue, supervisor, place, client):
    """Neither text nor sender is in the row, in the message or on the phone's pages."""
    task = given(cast, clue, supervisor)
    assert (task.place, task.address, task.points) == (place.name, place.address, ["晚上20:30后是否上课"])
    clue.refresh_from_db()
    assert clue.state == ClueState.CHECKING
    deliver(at_ten(DAY))
    message = Message.objects.get(kind="supervisors.task_given")
    assert (message.recipient_id, message.url) == (supervisor.user_id, "/m/duty/tasks/")
    shown = [str(vars(task)), message.title, message.body]
    for word in ("林某某", "13812345678", "九点"):
        assert all(word not in text for text in shown)
    event = Event.objects.get(kind="supervisors.task_given")
    assert event.changes["supervisor"] == [None, supervisor.number]


def test_the_visit_closes_the_task(cast, clue, supervisor, place):
    task, mine = given(cast, clue, supervisor), acting_as(supervisor)
    before = visited(supervisor, place, DAY - timedelta(days=1))
    elsewhere = visited(supervisor, institution(cast.officer, at=at_ten(FIRST)), DAY)
    for wrong in (before, elsewhere):
        with pytest.raises(InvalidInput, match="派发之后"):
            finish_task(task=task, visit=wrong, result="", by=mine, at=at_ten(DAY))
    visit = visited(supervisor, place, DAY)
    with pytest.raises(NotAllowed):
        finish_task(task=task, visit=visit, result="", by=cast.supervisor, at=at_ten(DAY))
    finish_task(task=task, visit=visit, result="20:40仍有两个班上课", by=mine, at=at_ten(DAY))
    task.refresh_from_db()
    assert (task.state, task.visit, task.result) == (TaskState.DONE, visit, "20:40仍有两个班上课")
    with pytest.raises(IllegalTransition):
        finish_task(task=task, visit=visit, result="", by=mine, at=at_ten(DAY))
    assert Event.objects.filter(kind="supervisors.task_done").count() == 1


def test_taken_back(cast, clue, supervisor):
    task = given(cast, clue, supervisor)
    with pytest.raises(InvalidInput, match="撤回理由"):
        cancel_task(task=task, reason=" ", by=cast.officer, at=at_ten(DAY))
    with pytest.raises(NotAllowed):
        cancel_task(task=task, reason="已由他人核查", by=cast.leader, at=at_ten(DAY))
    cancel_task(task=task, reason="已由他人核查", by=cast.officer, at=at_ten(DAY))
    task.refresh_from_db()
    assert (task.state, task.reason) == (TaskState.CANCELLED, "已由他人核查")
    given(cast, clue, supervisor)


def test_refusals(cast, clue, supervisor, place):
    with pytest.raises(InvalidInput, match="不能早于今天"):
        given(cast, clue, supervisor, due_on=DAY - timedelta(days=1))
    for who in (cast.leader, cast.neighbour, cast.grid, cast.supervisor):
        with pytest.raises(NotAllowed):
            assign_clue(clue=clue, supervisor=supervisor, due_on=DAY, by=who, at=at_ten(DAY))
    given(cast, clue, supervisor)
    with pytest.raises(InvalidInput, match="尚未完成"):
        given(cast, clue, supervisor)
    assert ClueTask.objects.count() == 1


def test_nobody_with_an_interest_is_asked(cast, clue, supervisor, place):
    mine = acting_as(supervisor)
    declare_interest(person=supervisor.user, institution=place, reason="亲属任教", since=FIRST, by=mine, at=at_ten(DAY))
    with pytest.raises(NotAllowed, match="利益关系"):
        given(cast, clue, supervisor)


def test_who_is_offered(cast, clue, supervisor):
    assert list(supervisors_for(clue, on=DAY)) == [supervisor]
    assert not supervisors_for(clue, on=FIRST - timedelta(days=1)).exists()


@pytest.mark.parametrize("state", TaskState)
def test_steps(state):
    for step in (workflow.FINISH_TASK, workflow.CANCEL_TASK):
        assert step.starts_from(state) == (state == TaskState.OPEN)


def test_who_sees_tasks(cast, clue, supervisor):
    task = given(cast, clue, supervisor)
    seen = {name for name, actor in cast.everyone().items() if task in ClueTask.objects.visible_to(actor)}
    assert seen == {"officer", "second_officer", "leader", "city"}
    assert task in ClueTask.objects.own_of(acting_as(supervisor))
    assert task not in ClueTask.objects.own_of(cast.supervisor)


def test_through_the_pages(cast, clue, supervisor, place, enter):
    client = enter(cast.officer)
    page = f"/admin/clues/clue/{clue.pk}/assign-supervisor/"
    assert "看不到反映内容和反映人" in client.get(page).content.decode()
    assert client.post(page, {"supervisor": supervisor.pk, "due_on": "2026-04-15"}).status_code == 302
    task = ClueTask.objects.get()
    assert supervisor.name in client.get(f"/admin/clues/clue/{clue.pk}/").content.decode()
    assert "晚上20:30后是否上课" in client.get(f"/admin/supervisors/cluetask/{task.pk}/").content.decode()
    supervisor.user.must_change_password = False
    supervisor.user.save(update_fields=["must_change_password"])
    phone = enter(acting_as(supervisor))
    shown = phone.get("/m/duty/tasks/").content.decode() + phone.get(f"/m/duty/tasks/{task.pk}/").content.decode()
    assert place.name in shown
    assert "晚上20:30后是否上课" in shown
    assert not any(word in shown for word in ("林某某", "13812345678", clue.number))
    visit = visited(supervisor, place, DAY)
    assert visit.number in phone.get(f"/m/duty/tasks/{task.pk}/").content.decode()
    assert phone.post(f"/m/duty/tasks/{task.pk}/", {"visit": visit.pk, "result": "属实"}).status_code == 302
    task.refresh_from_db()
    assert task.visit == visit
