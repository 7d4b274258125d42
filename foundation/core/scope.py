"""What an actor may see, in one place. Fails closed: no scope, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from .actor import Actor


@dataclass(frozen=True)
class Scope:
    """The paths from a row to its jurisdiction, and where it has them, to its place and category.

    Paths are ORM paths that end in an id or a value, such as ``institution__jurisdiction_id``. ``withdrawn`` leads to
    the instant since which the row counts as never entered: from then on nobody sees it, and no rule covers it.
    """

    jurisdiction: str = "jurisdiction_id"
    division: str | None = None
    category: str | None = None
    withdrawn: str | None = None

    def condition(self, actor: Actor) -> Q:
        condition = Q(**{f"{self.jurisdiction}__in": actor.scope})
        if self.withdrawn:
            condition &= Q(**{f"{self.withdrawn}__isnull": True})
        if actor.areas is not None and self.division:
            condition &= Q(**{f"{self.division}__in": actor.areas})
        if actor.categories is not None and self.category:
            condition &= Q(**{f"{self.category}__in": actor.categories})
        return condition

    def covers(self, actor: Actor, row: models.Model) -> bool:
        """The same question about one row in hand."""
        if _follow(row, self.jurisdiction) not in actor.scope:
            return False
        if self.withdrawn and _follow(row, self.withdrawn) is not None:
            return False
        if actor.areas is not None and self.division and _follow(row, self.division) not in actor.areas:
            return False
        return not (
            actor.categories is not None and self.category and _follow(row, self.category) not in actor.categories
        )

    def place_of(self, row: models.Model) -> Place:
        """Where the row lies, for facts about it that are kept in rows of their own."""
        division = _follow(row, self.division) if self.division else None
        category = _follow(row, self.category) if self.category else None
        return Place(_follow(row, self.jurisdiction), division, category or "")


@dataclass(frozen=True)
class Place:
    """Jurisdiction, division and category of a row; the last two are None and "" where a row has none."""

    jurisdiction_id: int
    division_id: int | None
    category: str


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


class ScopedQuerySet(models.QuerySet):
    """A queryset of a model with a class attribute ``SCOPE``."""

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """Rows of the actor's jurisdictions, areas and categories; none for an actor without a scope."""
        if not actor.scope:
            return self.none()
        return self.filter(self.model.SCOPE.condition(actor))


def covers(actor: Actor, row: models.Model) -> bool:
    """Whether the row lies in the actor's scope; for rules."""
    return type(row).SCOPE.covers(actor, row)  # type: ignore[attr-defined]
