"""States and the steps between them, as data. ``advance`` is the only setter of ``.state``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from .errors import IllegalTransition


@dataclass(frozen=True)
class Transition:
    """One permitted step: from any of ``sources`` to ``target``; ``label`` is the word on its button."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str

    def starts_from(self, state: str) -> bool:
        return state in self.sources


class Workflow:
    """All steps of one kind of object; feeds buttons, documentation and the state x transition tests."""

    def __init__(self, states: type[models.TextChoices], *, initial: str, transitions: tuple[Transition, ...]) -> None:
        known = set(states.values)
        used = {initial} | {state for t in transitions for state in (*t.sources, t.target)}
        if unknown := used - known:
            raise ValueError(f"unknown states {sorted(unknown)}")
        self.states = states
        self.initial = initial
        self.transitions = transitions

    def steps_from(self, state: str) -> list[Transition]:
        return [transition for transition in self.transitions if transition.starts_from(state)]

    def is_final(self, state: str) -> bool:
        return not self.steps_from(state)


def advance(row: models.Model, transition: Transition, *, at: datetime) -> list[str]:
    """Move a locked row on, or raise IllegalTransition. Returns the names of the fields to write."""
    if not transition.starts_from(row.state):  # type: ignore[attr-defined]
        now = row.get_state_display()  # type: ignore[attr-defined]
        raise IllegalTransition(f"当前状态为“{now}”，不能{transition.label}。请刷新页面查看最新进展。")
    row.state = transition.target  # type: ignore[attr-defined]
    row.state_at = at  # type: ignore[attr-defined]
    return ["state", "state_at"]
