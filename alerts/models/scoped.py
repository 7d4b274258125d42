"""Who sees rows of early warning: the bureaus' own people who may, in their area; nobody else."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.scope import ScopedQuerySet


class AlertQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> AlertQuerySet:
        """Rows of the actor's area for who sees alerts, nothing for anybody else."""
        return super().visible_to(actor) if actor.can(Can.VIEW_ALERTS) else self.none()
