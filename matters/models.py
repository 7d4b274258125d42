"""Which visit looked into which clue: known to those who read clues, and to nobody from the visit's side."""

from __future__ import annotations

from django.db import models

from clues.models import Clue
from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.scope import Scope, ScopedQuerySet
from inspections.models import Visit


class ClueVisitQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ClueVisitQuerySet:
        """For those who read clues; that a visit had one would tell others of a tip."""
        return super().visible_to(actor) if actor.can(Can.VIEW_CLUES) else self.none()


class ClueVisit(models.Model):
    """A visit looked into a clue. Said once; a wrong one is answered by linking the right visit too."""

    SCOPE = Scope("clue__jurisdiction_id", division="clue__division_id")

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="check_visits")
    visit = models.ForeignKey(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="clue_checks")
    linked_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField("登记时间")

    objects = ClueVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "线索核查记录"
        verbose_name_plural = "线索核查记录"
        constraints = [
            models.UniqueConstraint(
                fields=["clue", "visit"],
                name="clue_visit_once",
                violation_error_message="这次检查已登记为本线索的核查记录。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clue_id} · {self.visit_id}"
