"""催办: the institutions that lacked a flag, given to towns or counties as assignments in one step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assignments.models import Assignment
from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from funds.enums import Flag
from institutions.models import Institution

from .scoped import OF_INSTITUTION, FundsQuerySet


class PushQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> PushQuerySet:
        """Those of the actor's area, and those in which something was given to the actor's organ."""
        if not actor.can(Can.VIEW_FUNDS):
            return self.none()
        given = PushedInstitution.objects.filter(assignment__parts__organ=actor.organ_id).values("push")
        return self.filter(Q(jurisdiction__in=actor.scope) | Q(pk__in=given))


class Push(models.Model):
    """One step of pushing; each organ got an assignment of its own with its own list."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="催办单位管辖", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="催办单位", on_delete=models.PROTECT, related_name="+")
    flag = models.CharField("事项", max_length=10, choices=Flag.choices)
    due_on = models.DateField("办理期限")
    pushed_by = models.ForeignKey(User, verbose_name="催办人", on_delete=models.PROTECT, related_name="+")
    pushed_at = models.DateTimeField("催办时间")

    objects = PushQuerySet.as_manager()

    class Meta:
        verbose_name = "催办"
        verbose_name_plural = "催办记录"
        constraints = [one_of("flag", Flag, name="push_flag_known")]
        indexes = [models.Index(fields=["jurisdiction", "-pushed_at"], name="push_by_bureau")]

    def __str__(self) -> str:
        return f"{self.get_flag_display()}未完成机构催办 {self.pushed_at:%Y-%m-%d}"


class PushedInstitution(models.Model):
    """One institution of a push; without an assignment where no organ was there to give it to."""

    SCOPE = OF_INSTITUTION

    push = models.ForeignKey(Push, verbose_name="催办", on_delete=models.PROTECT, related_name="institutions")
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(
        Assignment, verbose_name="交办事项", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "催办机构"
        verbose_name_plural = "催办机构"
        constraints = [
            models.UniqueConstraint(
                fields=["push", "institution"], name="pushed_once", violation_error_message="同一次催办中机构重复。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}"
