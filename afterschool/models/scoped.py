"""Who sees what a school reports: those of the area, and a school's own specialist what the own school reports."""

from __future__ import annotations

from foundation.accounts.enums import Can, Role
from foundation.accounts.models import Post
from foundation.core.actor import Actor
from foundation.core.scope import Scope, ScopedQuerySet

OF_SCHOOL = Scope("school__jurisdiction_id", division="school__division_id")


def own_school(actor: Actor):
    """The school of a specialist's post, as a subquery."""
    return Post.objects.filter(pk=actor.post_id, role=Role.SCHOOL_SPECIALIST).values("school")


class SchoolRowsQuerySet(ScopedQuerySet):
    """Rows about schools; fails closed: without the right there are none."""

    def visible_to(self, actor: Actor) -> SchoolRowsQuerySet:
        """Rows of the actor's area, narrowed to the own school for its specialist."""
        if not actor.can(Can.VIEW_AFTERSCHOOL):
            return self.none()
        rows = super().visible_to(actor)
        return rows.filter(school__in=own_school(actor)) if actor.role == Role.SCHOOL_SPECIALIST else rows


class BureauRowsQuerySet(ScopedQuerySet):
    """Rows of a bureau: its blocks, its providers, its selections."""

    def visible_to(self, actor: Actor) -> BureauRowsQuerySet:
        """Rows of the actor's bureaus, for who sees after-school services."""
        return super().visible_to(actor) if actor.can(Can.VIEW_AFTERSCHOOL) else self.none()
