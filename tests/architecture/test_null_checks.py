"""A CHECK is not broken by what it cannot know: ``amount > 0`` lets a missing amount pass unless it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CheckConstraint, F, Model, Q

from tests.architecture.source import app_of


def fields_said(branch: Q, missing: bool) -> set[str]:
    """Fields of which a branch says that they are there, or that they are missing."""
    said: set[str] = set()
    for child in branch.children:
        if isinstance(child, Q):
            said |= fields_said(child, missing) if child.connector == Q.AND and not child.negated else set()
        elif child == (f"{child[0].partition('__')[0]}__isnull", missing):
            said.add(child[0].partition("__")[0])
    return said


def compared_blindly(condition: Q, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Fields compared where nothing says that they are there, nor the other alternative that they are missing."""
    if condition.connector == Q.AND and not condition.negated:
        known |= fields_said(condition, False)
    if condition.connector == Q.OR:
        alone = [child if isinstance(child, Q) else Q(child) for child in condition.children]
        known |= {field for one in alone if len(one.children) == 1 for field in fields_said(one, True)}
    for child in condition.children:
        if isinstance(child, Q):
            yield from compared_blindly(child, known)
        else:
            field, _, lookup = child[0].partition("__")
            if lookup != "isnull" and child[1] is not None and not condition.negated and field not in known:
                yield field


def blind_checks(model: type[Model]) -> list[str]:
    null = {field.name for field in model._meta.concrete_fields if field.null}
    return [
        f"{constraint.name}: {field}"
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q)
        for field in compared_blindly(constraint.condition)
        if field in null
    ]


def test_no_check_is_passed_by_what_is_missing():
    ours = [model for model in apps.get_models() if app_of(model.__module__)]
    assert len(ours) > 130
    assert [blind for model in ours for blind in blind_checks(model)] == []


def test_control_a_sum_that_may_be_missing_shows():
    either = Q(kind="fine", amount__gt=0) | Q(kind="ban", amount__isnull=True)
    assert sorted(compared_blindly(either)) == ["amount", "kind", "kind"]
    assert list(compared_blindly(Q(amount__isnull=True) | Q(amount__gt=F("least")))) == []
    assert list(compared_blindly(Q(amount__isnull=False, amount__gt=0))) == []
