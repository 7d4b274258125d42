"""From when which figure of early warning holds where: data with its source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from alerts.enums import ThresholdCode
from contracts.enums import ProposalState
from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above


class ThresholdQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ThresholdQuerySet:
        """What counts everywhere, in the actor's area and above it."""
        if not actor.can(Can.VIEW_ALERTS) or not actor.scope:
            return self.none()
        places = actor.scope | jurisdictions_above(*actor.scope)
        return self.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction__in=places))


class Threshold(models.Model):
    """One figure from a day on, in one place and below (none: everywhere); the nearest place and newest day counts.

    Proposed by one person, approved by another, as a bureau's fee limits are; what is shipped nobody proposed.
    """

    SCOPE = Scope("jurisdiction_id")

    code = models.CharField("阈值", max_length=20, choices=ThresholdCode.choices)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="适用管辖单位", on_delete=models.PROTECT, null=True, blank=True
    )
    value = models.PositiveIntegerField("数值")
    source = models.CharField("依据", max_length=300)
    effective_from = models.DateField("施行起")
    set_by = models.ForeignKey(
        User, verbose_name="提出人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    decided_by = models.ForeignKey(
        User, verbose_name="审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("审批意见", max_length=300, blank=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = "预警阈值"
        verbose_name_plural = "预警阈值"
        constraints = [
            one_of("code", ThresholdCode, name="threshold_code_known"),
            models.UniqueConstraint(
                F("code"),
                Coalesce(F("jurisdiction_id"), Value(0)),
                F("effective_from"),
                condition=Q(state=ProposalState.APPROVED),
                name="threshold_once_a_day",
                violation_error_message="该阈值这一天已设定。",
            ),
            one_of("state", ProposalState, name="threshold_state_known"),
            models.CheckConstraint(
                condition=Q(set_by__isnull=True, decided_by__isnull=True, state=ProposalState.APPROVED)
                | Q(set_by__isnull=False, decided_by__isnull=True, state=ProposalState.PROPOSED)
                | (Q(set_by__isnull=False, decided_by__isnull=False) & ~Q(state=ProposalState.PROPOSED)),
                name="threshold_decided_by_somebody",
                violation_error_message="阈值由一人提出、另一人审批。",
            ),
            other_person("set_by", "decided_by", name="threshold_by_another", message="阈值必须由提出人以外的人审批。"),
            models.CheckConstraint(
                condition=Q(value__gte=1) & ~Q(source=""),
                name="threshold_has_source",
                violation_error_message="阈值应大于零，并写明依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}：{self.value}"
