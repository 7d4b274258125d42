"""The scope that all rows about one institution's money share."""

from __future__ import annotations

from typing import ClassVar

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.scope import Scope, ScopedQuerySet

OF_INSTITUTION = Scope(
    "institution__jurisdiction_id",
    division="institution__division_id",
    category="institution__category",
    withdrawn="institution__withdrawn_at",
)


class FundsQuerySet(ScopedQuerySet):
    """Seen by those who see funds, in their area; by a bank's clerk only what lies with the clerk's own bank.

    ``BANK`` is the path to the bank's organ; what has none no clerk of a bank sees. Fails closed: no right, no rows.
    """

    BANK: ClassVar[str] = ""

    def visible_to(self, actor: Actor) -> FundsQuerySet:
        """Rows of the actor's area, or of the clerk's own bank; none without a right of fund supervision."""
        if actor.can(Can.BANK_DESK):
            return self._of_bank(actor)
        return super().visible_to(actor) if actor.can(Can.VIEW_FUNDS) else self.none()

    def _of_bank(self, actor: Actor) -> FundsQuerySet:
        if not self.BANK or actor.organ_id is None:
            return self.none()
        return self.filter(**{self.BANK: actor.organ_id, f"{self.model.SCOPE.withdrawn}__isnull": True})
