"""Voiding by two people; every step in every state; who may and who sees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts.models import Post
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput
from foundation.notifications.models import Message
from inspections import workflow
from inspections.enums import DrawState
from inspections.models import Draw, DrawnObject
from inspections.operations.draw_results import (
    close_draw,
    finish_check,
    publish_results,
)
from inspections.operations.random_draw import (
    discard_draw,
    freeze_draw,
    plan_draw,
)
from inspections.operations.voiding import agree_void, ask_void, refuse_void
from inspections.queries import draws as queries
from tests.inspections.drawing import (
    CHECKED_AT,
    DRAWN_AT,
    FACTS,
    FROZEN_AT,
    NUMBER_ON,
    SOURCE,
    checked,
    frozen,
    in_state,
    result,
    run,
    unchanged,
)

pytestmark = pytest.mark.django_db
DAY = FROZEN_AT.date()


def test_voiding_takes_two_people_and_both_draws_stay_public(cast):
    draw = in_state(cast, DrawState.DRAWN)
    ask_void(draw=draw, reason="号码录入有误", by=cast.city, at=DRAWN_AT)
    unchanged(draw, lambda: agree_void(draw=draw, by=cast.city, at=DRAWN_AT))
    voided = agree_void(draw=draw, by=cast.leader, at=DRAWN_AT, remark="属实")
    assert (voided.state, voided.void_agreed_by_id) == (DrawState.VOIDED, cast.leader.user_id)
    again = plan_draw(
        facts=FACTS, officers=list(Post.objects.filter(certificate_no__startswith="闽D")), replaces=voided,
        by=cast.officer, at=DRAWN_AT,
    )  # fmt: skip
    again = freeze_draw(draw=again, number_source=SOURCE, number_on=date(2026, 11, 22), by=cast.officer, at=DRAWN_AT)
    assert [row.number[-4:] for row in queries.public_draws()] == ["0002", "0001"]
    assert queries.published(again)["replaces"] == voided.number
    assert queries.published(voided)["void_reason"] == "号码录入有误"
    assert len(queries.published(voided)["drawn"]) == 1
    assert queries.verify(voided) == []
    unchanged(
        voided,
        lambda: plan_draw(
            facts=FACTS, officers=list(Post.objects.filter(certificate_no__startswith="闽D")), replaces=voided,
            by=cast.officer, at=DRAWN_AT,
        ),
    )  # fmt: skip


def test_the_database_itself_wants_another_person(cast):
    draw = in_state(cast, DrawState.FROZEN)
    ask_void(draw=draw, reason="设错", by=cast.city, at=FROZEN_AT)
    with pytest.raises(IntegrityError, match="draw_void_four_eyes"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(state=DrawState.VOIDED, void_agreed_by=cast.city.user_id)


def test_while_voiding_is_asked_for_nothing_else_happens(cast):
    draw = in_state(cast, DrawState.FROZEN)
    ask_void(draw=draw, reason="设错", by=cast.officer, at=FROZEN_AT)
    unchanged(draw, lambda: run(cast, draw), Conflict, "作废申请")
    unchanged(draw, lambda: ask_void(draw=draw, reason="设错", by=cast.second_officer, at=FROZEN_AT))
    unchanged(draw, lambda: refuse_void(draw=draw, remark=" ", by=cast.leader, at=FROZEN_AT), InvalidInput)
    refuse_void(draw=draw, remark="名册无误", by=cast.leader, at=FROZEN_AT)
    unchanged(draw, lambda: refuse_void(draw=draw, remark="名册无误", by=cast.leader, at=FROZEN_AT), Conflict)
    run(cast, draw)
    drawn = draw.drawn.get()
    ask_void(draw=draw, reason="号码有误", by=cast.officer, at=DRAWN_AT)
    unchanged(draw, lambda: result(drawn, cast.officer), Conflict, "作废申请")
    unchanged(draw, lambda: ask_void(draw=draw, reason="x", by=cast.officer, at=DRAWN_AT))


def test_a_request_needs_a_reason(cast):
    draw = in_state(cast, DrawState.FROZEN)
    unchanged(draw, lambda: ask_void(draw=draw, reason=" ", by=cast.officer, at=FROZEN_AT), InvalidInput)


def test_who_decides_is_told_and_so_is_who_asked(cast, at_work):
    draw = in_state(cast, DrawState.FROZEN)
    with clock.set_to(FROZEN_AT):
        ask_void(draw=draw, reason="设错", by=cast.officer, at=FROZEN_AT)
        outbox.deliver_all(at=FROZEN_AT + timedelta(seconds=30))
        refuse_void(draw=draw, remark="无误", by=cast.leader, at=FROZEN_AT)
        outbox.deliver_all(at=FROZEN_AT + timedelta(seconds=60))
    told = dict(Message.objects.values_list("kind", "recipient"))
    assert told["draws.void_to_agree"] == cast.leader.user_id
    assert told["draws.void_not_agreed"] == cast.officer.user_id


STEPS = {
    workflow.FREEZE: lambda cast, draw: frozen(cast, draw),
    workflow.DISCARD: lambda cast, draw: discard_draw(draw=draw, by=cast.officer, at=FROZEN_AT),
    workflow.DRAW_OBJECTS: lambda cast, draw: run(cast, draw),
    workflow.FINISH_CHECK: lambda cast, draw: (
        checked(cast, draw)
        if draw.state == DrawState.DRAWN
        else finish_check(draw=draw, by=cast.officer, at=CHECKED_AT)
    ),
    workflow.PUBLISH_RESULTS: lambda cast, draw: publish_results(draw=draw, by=cast.officer, at=CHECKED_AT),
    workflow.CLOSE_DRAW: lambda cast, draw: close_draw(draw=draw, by=cast.officer, at=CHECKED_AT),
    workflow.VOID_DRAW: lambda cast, draw: agree_void(
        draw=ask_void(draw=draw, reason="有误", by=cast.officer, at=CHECKED_AT), by=cast.leader, at=CHECKED_AT
    ),
}


def test_every_step_is_tried():
    assert set(STEPS) == set(workflow.DRAW.transitions)


@pytest.mark.parametrize("step", list(STEPS), ids=lambda step: step.name)
@pytest.mark.parametrize("state", DrawState.values)
def test_each_step_in_each_state(cast, state, step):
    draw = in_state(cast, state)
    if step.starts_from(state):
        STEPS[step](cast, draw)
        draw.refresh_from_db()
        assert draw.state == step.target
    else:
        unchanged(draw, lambda: STEPS[step](cast, draw), IllegalTransition)


ACTS = {
    "plan": lambda draw, by: plan_draw(
        facts=FACTS, officers=list(Post.objects.exclude(certificate_no="")), by=by, at=FROZEN_AT
    ),
    "freeze": lambda draw, by: freeze_draw(draw=draw, number_source=SOURCE, number_on=NUMBER_ON, by=by, at=FROZEN_AT),
    "discard": lambda draw, by: discard_draw(draw=draw, by=by, at=FROZEN_AT),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_only_the_offices_of_the_area_run_draws(cast, act):
    draw = in_state(cast, DrawState.DRAFT)
    for name, actor in cast.everyone().items():
        if name in {"officer", "second_officer", "city"} or (act == "plan" and name in {"neighbour", "other_city"}):
            continue
        unchanged(draw, lambda actor=actor: ACTS[act](draw, actor))


def test_draws_are_seen_in_their_area(cast):
    draw = in_state(cast, DrawState.DRAWN)
    seen = {name for name, actor in cast.everyone().items() if Draw.objects.visible_to(actor).filter(pk=draw.pk)}
    assert seen == {
        *("officer", "second_officer", "leader", "city", "province", "legal", "town", "culture", "supervisor", "grid"),
        *("discipline", "system", "security", "auditor"),
    }
    drawn = draw.drawn.get()
    seen = {name for name, a in cast.everyone().items() if DrawnObject.objects.visible_to(a).filter(pk=drawn.pk)}
    assert {"neighbour", "other_city", "bank", "finance", "public"}.isdisjoint(seen)
    assert {"officer", "leader", "city", "province"} <= seen
