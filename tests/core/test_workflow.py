from datetime import UTC, datetime

import pytest
from django.db.models import TextChoices

from foundation.core.errors import IllegalTransition
from foundation.core.workflow import Transition, Workflow, advance

AT = datetime(2026, 3, 1, tzinfo=UTC)


class State(TextChoices):
    DRAFT = "draft", "草稿"
    SENT = "sent", "已送达"
    DONE = "done", "已办结"


SEND = Transition("send", "送达", (State.DRAFT,), State.SENT)
CLOSE = Transition("close", "办结", (State.DRAFT, State.SENT), State.DONE)
FLOW = Workflow(State, initial=State.DRAFT, transitions=(SEND, CLOSE))


class Row:
    def __init__(self, state: str) -> None:
        self.state, self.state_at = state, None

    def get_state_display(self) -> str:
        return State(self.state).label


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", [SEND, CLOSE], ids=lambda step: step.name)
def test_every_state_with_every_step(state, step):
    row = Row(state)
    if state in step.sources:
        assert advance(row, step, at=AT) == ["state", "state_at"]
        assert (row.state, row.state_at) == (step.target, AT)
        return
    with pytest.raises(IllegalTransition) as refused:
        advance(row, step, at=AT)
    assert refused.value.message == f"当前状态为“{State(state).label}”，不能{step.label}。请刷新页面查看最新进展。"
    assert (row.state, row.state_at) == (state, None)


def test_steps_and_ends():
    assert [step.name for step in FLOW.steps_from(State.DRAFT)] == ["send", "close"]
    assert FLOW.steps_from(State.DONE) == []
    assert [FLOW.is_final(state) for state in State] == [False, False, True]


def test_a_table_with_unknown_states_is_refused():
    with pytest.raises(ValueError, match=r"unknown states \['lost'\]"):
        Workflow(State, initial=State.DRAFT, transitions=(Transition("lose", "丢", (State.SENT,), "lost"),))
    with pytest.raises(ValueError, match=r"unknown states \['new'\]"):
        Workflow(State, initial="new", transitions=(SEND,))
