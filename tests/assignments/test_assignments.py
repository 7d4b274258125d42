from datetime import timedelta

import pytest

from assignments import queries, workflow
from assignments.enums import PartState
from assignments.models import Assignment, Part
from assignments.operations.assign import accept, answer, assign, cancel, receive, send_back
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.core.models import OutboxMessage
from foundation.deadlines.models import Deadline
from foundation.notifications.models import Message
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
DUE = AT.date() + timedelta(days=10)


def organ_of(actor) -> Organ:
    return Organ.objects.get(pk=actor.organ_id)


def give(by, *to, **given) -> Part:
    row = assign(
        **{"title": "排查无证机构", "content": "请于期限内排查并反馈。", "due_on": DUE, **given},
        organs=[organ_of(actor) for actor in to],
        by=by,
        at=AT,
    )
    return row.parts.order_by("pk").first()


def brought_to(state: str, cast) -> Part:
    """A part from the city to the own county in the wanted state."""
    part = give(cast.city, cast.officer)
    if state == PartState.CANCELLED:
        return cancel(part=part, reason="重复", by=cast.city, at=AT)
    if state != PartState.PENDING:
        part = receive(part=part, by=cast.officer, at=AT)
    if state in {PartState.ANSWERED, PartState.RETURNED, PartState.DONE}:
        part = answer(part=part, result="已排查12家", by=cast.officer, at=AT)
    if state == PartState.RETURNED:
        part = send_back(part=part, remark="缺照片", due_on=DUE, by=cast.city, at=AT)
    if state == PartState.DONE:
        part = accept(part=part, by=cast.city, at=AT)
    return part


def test_each_organ_gets_a_part_and_a_clock(cast):
    part = give(cast.city, cast.officer, cast.neighbour)
    assert part.assignment.parts.count() == 2
    assert list(Deadline.objects.values_list("due_on", flat=True)) == [DUE, DUE]
    assert Event.objects.filter(kind="assignment.assigned").count() == 1


@pytest.mark.parametrize("state", PartState.values)
@pytest.mark.parametrize("step", workflow.PART.transitions, ids=lambda step: step.name)
def test_every_state_and_step(cast, state, step):
    part = brought_to(state, cast)
    steps = {
        "receive": lambda: receive(part=part, by=cast.officer, at=AT),
        "answer": lambda: answer(part=part, result="已办", by=cast.officer, at=AT),
        "send_back": lambda: send_back(part=part, remark="补充", due_on=DUE, by=cast.city, at=AT),
        "accept": lambda: accept(part=part, by=cast.city, at=AT),
        "cancel": lambda: cancel(part=part, reason="撤回", by=cast.city, at=AT),
    }
    if step.starts_from(state):
        assert steps[step.name]().state == step.target
    else:
        events = Event.objects.count()
        with pytest.raises(IllegalTransition):
            steps[step.name]()
        assert (Part.objects.get(pk=part.pk).state, Event.objects.count()) == (state, events)


@pytest.mark.parametrize(
    ("by", "to"),
    [("officer", "city"), ("officer", "neighbour"), ("officer", "officer"), ("city", "bank"), ("town", "culture"),
     ("bank", "officer"), ("grid", "town"), ("city", "other_city")],
)  # fmt: skip
def test_nobody_assigns_upward_sideways_to_itself_or_to_a_bank(cast, by, to):
    with pytest.raises(NotAllowed):
        give(getattr(cast, by), getattr(cast, to))
    assert (Assignment.objects.count(), Part.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("who", ["neighbour", "city", "town", "culture", "leader", "public"])
def test_only_the_receiving_organ_answers(cast, who):
    part = brought_to(PartState.WORKING, cast)
    with pytest.raises(NotAllowed):
        answer(part=part, result="代办", by=getattr(cast, who), at=AT)


@pytest.mark.parametrize("who", ["officer", "neighbour", "province", "town"])
def test_only_the_giver_judges(cast, who):
    part = brought_to(PartState.ANSWERED, cast)
    with pytest.raises(NotAllowed):
        accept(part=part, by=getattr(cast, who), at=AT)


def test_an_answer_stops_the_clock_and_a_return_starts_another(cast):
    part = brought_to(PartState.ANSWERED, cast)
    assert [d.met_at for d in Deadline.objects.all()] == [AT]
    later = DUE + timedelta(days=5)
    send_back(part=part, remark="缺照片", due_on=later, by=cast.city, at=AT)
    assert sorted(d.due_on for d in Deadline.objects.filter(met_at__isnull=True)) == [later]


def test_passing_on_goes_down_and_not_beyond_the_own_day(cast):
    part = brought_to(PartState.WORKING, cast)
    with pytest.raises(InvalidInput, match="不能晚于"):
        give(cast.officer, cast.town, parent=part, due_on=DUE + timedelta(days=1))
    passed = give(cast.officer, cast.town, parent=part)
    assert passed.assignment.parent == part
    levels = {p.group: p.all for p in queries.progress_by_level(part.assignment, on=AT.date())}
    kinds = {p.group: p.all for p in queries.progress_by_department(part.assignment, on=AT.date())}
    assert (levels, kinds) == ({"县级": 2}, {"教育行政部门": 1, "乡镇人民政府(街道办事处)": 1})


def test_progress_counts_overdue_and_done(cast):
    first = give(cast.city, cast.officer, cast.neighbour)
    receive(part=first, by=cast.officer, at=AT)
    answer(part=first, result="已办", by=cast.officer, at=AT)
    accept(part=first, by=cast.city, at=AT)
    [county] = queries.progress_by_level(first.assignment, on=DUE + timedelta(days=1))
    assert (county.all, county.open, county.overdue, county.done, county.percent) == (2, 1, 1, 1, 50)


def test_who_sees_a_part(cast):
    part = give(cast.city, cast.officer)
    seen = {
        name for name, actor in cast.everyone().items() if Part.objects.visible_to(actor).filter(pk=part.pk).exists()
    }
    assert seen == {"officer", "second_officer", "leader", "city", "province"}


@pytest.mark.parametrize("step", ["answer", "send_back", "cancel"])
def test_a_step_that_needs_words_refuses_blanks(cast, step):
    part = brought_to(PartState.WORKING if step != "send_back" else PartState.ANSWERED, cast)
    blank = {
        "answer": lambda: answer(part=part, result=" ", by=cast.officer, at=AT),
        "send_back": lambda: send_back(part=part, remark=" ", due_on=DUE, by=cast.city, at=AT),
        "cancel": lambda: cancel(part=part, reason=" ", by=cast.city, at=AT),
    }
    with pytest.raises(InvalidInput):
        blank[step]()


def test_no_day_in_the_past_and_nobody_named(cast):
    with pytest.raises(InvalidInput, match="不能早于今天"):
        give(cast.city, cast.officer, due_on=AT.date() - timedelta(days=1))
    with pytest.raises(InvalidInput, match="至少选择一个"):
        give(cast.city)


def inbox(actor) -> list[str]:
    outbox.deliver_all(at=clock.now())
    return list(Message.objects.filter(recipient=actor.user_id).order_by("pk").values_list("kind", flat=True))


def test_both_sides_are_told_once_and_nobody_else(cast, at_work):
    part = brought_to(PartState.ANSWERED, cast)
    assert inbox(cast.officer) == inbox(cast.second_officer) == ["assignments.given"]
    assert inbox(cast.city) == ["assignments.answered"]
    send_back(part=part, remark="缺照片", due_on=DUE, by=cast.city, at=AT)
    answer(part=part, result="已补", by=cast.officer, at=AT)
    accept(part=part, by=cast.city, at=AT)
    assert inbox(cast.officer) == ["assignments.given", "assignments.returned", "assignments.accepted"]
    assert inbox(cast.city) == ["assignments.answered", "assignments.answered"]
    assert [inbox(actor) for actor in (cast.neighbour, cast.leader, cast.legal, cast.town)] == [[], [], [], []]
    assert OutboxMessage.objects.exclude(state="done").count() == 0


def test_a_refused_step_tells_nobody(cast):
    part = brought_to(PartState.WORKING, cast)
    inbox(cast.officer)
    with pytest.raises(NotAllowed):
        answer(part=part, result="代办", by=cast.neighbour, at=AT)
    assert inbox(cast.city) == []
