"""Which department looks after which kind of institution: a dated setting that a bureau can change for itself."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import DateRange
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.enums import Charge


class DepartmentChargeQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> DepartmentChargeQuerySet:
        """What counts everywhere, and what the bureaus of the actor's area have set for themselves."""
        return self.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction__in=actor.scope))

    def in_force(self, on: date) -> DepartmentChargeQuerySet:
        """Settings that hold on a day."""
        return self.filter(Q(effective_to__isnull=True) | Q(effective_to__gte=on), effective_from__lte=on)


class DepartmentCharge(models.Model):
    """From a day on, departments of a kind look after a kind of institution. No jurisdiction means everywhere."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="适用管辖单位", on_delete=models.PROTECT, null=True, blank=True
    )
    charge = models.CharField("机构类别", max_length=10, choices=Charge.choices)
    department = models.CharField("责任部门", max_length=20, choices=OrganKind.choices)
    effective_from = models.DateField("施行起")
    effective_to = models.DateField("施行止", null=True, blank=True)

    objects = DepartmentChargeQuerySet.as_manager()

    class Meta:
        verbose_name = "部门分工"
        verbose_name_plural = "部门分工"
        constraints = [
            one_of("charge", Charge, name="charge_known"),
            one_of("department", OrganKind, name="charge_department_known"),
            ordered("effective_from", "effective_to", name="charge_period_ordered", message="施行止不能早于施行起。"),
            ExclusionConstraint(
                name="charge_one_at_a_time",
                expressions=[
                    ("charge", RangeOperators.EQUAL),
                    (Coalesce(F("jurisdiction_id"), Value(0)), RangeOperators.EQUAL),
                    (
                        DateRange(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一类机构在同一地区的施行时间不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_charge_display()} → {self.get_department_display()}"
