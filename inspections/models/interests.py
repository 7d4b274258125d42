"""利益关系: why somebody must not check an institution (回避), declared by the person or for the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import ordered
from foundation.core.scope import Scope, ScopedQuerySet
from institutions.models import Institution

#: Who reads the declarations of an area: those who plan draws or agree to them, and those who manage supervisors.
READ_ALL = (Can.RUN_DRAW, Can.AGREE_REDRAW, Can.MANAGE_SUPERVISORS)


class InterestQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> InterestQuerySet:
        """One's own; those who plan with people see the declarations about institutions of their area."""
        mine = Q(person=actor.user_id) if actor.is_person else Q(pk__in=[])
        if actor.scope and any(map(actor.can, READ_ALL)):
            mine |= self.model.SCOPE.condition(actor)
        return self.filter(mine)

    def in_force(self, on) -> InterestQuerySet:
        """Declarations that hold on a day; both days included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class InterestDeclaration(models.Model):
    """An interest of one person in one institution, from a day until a day (inclusive); general, not only for draws."""

    SCOPE = Scope(
        "institution__jurisdiction_id",
        division="institution__division_id",
        category="institution__category",
        withdrawn="institution__withdrawn_at",
    )

    person = models.ForeignKey(User, verbose_name="申报人员", on_delete=models.PROTECT, related_name="interests")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="interests"
    )
    reason = models.CharField("利益关系", max_length=300)
    since = models.DateField("起始日期")
    until = models.DateField("截止日期", null=True, blank=True)
    declared_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField("登记时间")

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "利益关系申报"
        verbose_name_plural = "利益关系申报(回避)"
        constraints = [
            ordered("since", "until", name="interest_period_ordered", message="截止日期不能早于起始日期。"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="interest_has_reason", violation_error_message="请写明利益关系。"
            ),
            models.UniqueConstraint(
                fields=["person", "institution"],
                condition=Q(until__isnull=True),
                name="interest_open_once",
                violation_error_message="该人员对该机构的利益关系已申报。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.institution}"
