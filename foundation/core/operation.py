"""The shape that every write of the portal has: lock -> authorize -> advance -> write -> audit -> outbox.

``@operation`` gives a function its transaction and turns the database's refusals into sentences. Operations take
keywords only, always ``by`` (who) and ``at`` (when), and know nothing of requests, forms or HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from .actor import Actor
from .constraints import translated
from .errors import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")
Rule = Callable[..., bool]


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction, all or nothing."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with translated(), transaction.atomic():
            return function(*args, **kwargs)

    run.is_operation = True  # type: ignore[attr-defined]
    return run


def rule(refusal: str) -> Callable[[Rule], Rule]:
    """Mark a predicate ``(actor, *objects) -> bool`` as a rule; ``refusal`` tells the person why it said no."""

    def mark(predicate: Rule) -> Rule:
        predicate.refusal = refusal  # type: ignore[attr-defined]
        return predicate

    return mark


def authorize(by: Actor, permits: Rule, *about: Any) -> None:
    """Raise NotAllowed with the rule's own sentence unless ``permits(by, *about)``."""
    if not permits(by, *about):
        raise NotAllowed(getattr(permits, "refusal", "您没有办理这一事项的权限。"))
