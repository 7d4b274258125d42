"""What fees may be taken, as data: by place and category, from a day on, with the clause that says so."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from foundation.accounts.models import DateRange, User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered, other_person
from foundation.core.money import yuan
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above

from ..enums import Delivery, FeeCategory, LimitCode, LimitMeasure, ProposalState


class ContractLimitQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ContractLimitQuerySet:
        """What counts everywhere, what the bureaus of the actor's area set, and what those above decided for it."""
        if not actor.scope:
            return self.none()
        above = Q(jurisdiction__in=jurisdictions_above(*actor.scope), state=ProposalState.APPROVED)
        return self.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction__in=actor.scope) | above)

    def in_force(self, on: date) -> ContractLimitQuerySet:
        """Approved limits that hold on a day, somewhere."""
        holds = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
        return self.filter(holds, state=ProposalState.APPROVED, effective_from__lte=on)


class ContractLimit(models.Model):
    """One limit in one place from one day on. No jurisdiction means everywhere; no category or delivery means any.

    A guide price is for a lesson of ``minutes`` in classes of up to ``pupils_up_to`` (none: any larger class).
    ``needs_review``: the figure or its first day was not yet checked against the text itself.
    """

    SCOPE = Scope("jurisdiction_id")

    code = models.CharField("规定", max_length=30, choices=LimitCode.choices)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="适用管辖单位", on_delete=models.PROTECT, null=True, blank=True
    )
    category = models.CharField("培训类别", max_length=20, choices=FeeCategory.choices, blank=True)
    delivery = models.CharField("培训形式", max_length=10, choices=Delivery.choices, blank=True)
    minutes = models.PositiveSmallIntegerField("每课时分钟数", null=True, blank=True)
    pupils_up_to = models.PositiveSmallIntegerField("班额上限", null=True, blank=True)
    value = models.PositiveIntegerField("数值")
    measure = models.CharField("单位", max_length=20, choices=LimitMeasure.choices)
    source = models.CharField("依据", max_length=300)
    needs_review = models.BooleanField("待核实", default=False)
    reason = models.CharField("变更理由", max_length=300, blank=True)
    effective_from = models.DateField("施行起")
    effective_to = models.DateField("施行止", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    proposed_by = models.ForeignKey(
        User, verbose_name="提出人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, verbose_name="审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("审批意见", max_length=300, blank=True)

    objects = ContractLimitQuerySet.as_manager()

    class Meta:
        verbose_name = "收费规定"
        verbose_name_plural = "收费规定"
        constraints = [
            one_of("code", LimitCode, name="contract_limit_code_known"),
            one_of("category", FeeCategory, name="contract_limit_category_known", blank=True),
            one_of("delivery", Delivery, name="contract_limit_delivery_known", blank=True),
            one_of("measure", LimitMeasure, name="contract_limit_measure_known"),
            one_of("state", ProposalState, name="contract_limit_state_known"),
            ordered("effective_from", "effective_to", name="contract_limit_ordered", message="施行止不能早于施行起。"),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="contract_limit_has_source",
                violation_error_message="收费规定必须写明依据。",
            ),
            models.CheckConstraint(
                condition=Q(code=LimitCode.GUIDE_PRICE, minutes__isnull=False, minutes__gte=10, value__gt=0)
                | (~Q(code=LimitCode.GUIDE_PRICE) & Q(minutes__isnull=True, pupils_up_to__isnull=True)),
                name="contract_limit_price_has_length",
                violation_error_message="指导价必须写明每课时分钟数，其他规定不写分钟数和班额。",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True, decided_by__isnull=True, state=ProposalState.APPROVED)
                | Q(proposed_by__isnull=False, decided_by__isnull=True, state=ProposalState.PROPOSED)
                | (Q(proposed_by__isnull=False, decided_by__isnull=False) & ~Q(state=ProposalState.PROPOSED)),
                name="contract_limit_decided_by_somebody",
                violation_error_message="收费规定由一人提出、另一人审批。",
            ),
            other_person(
                "proposed_by",
                "decided_by",
                name="contract_limit_by_another",
                message="收费规定必须由提出人以外的人审批。",
            ),
            ExclusionConstraint(
                name="contract_limit_one_at_a_time",
                condition=Q(state=ProposalState.APPROVED),
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Coalesce(F("jurisdiction_id"), Value(0)), RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("delivery", RangeOperators.EQUAL),
                    (Coalesce(F("pupils_up_to"), Value(0)), RangeOperators.EQUAL),
                    (
                        DateRange(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一规定在同一地区的施行时间不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}：{self.words}"

    @property
    def words(self) -> str:
        """``3个月``, ``5,000.00元``, ``20:30``, ``50.00元/45分钟``."""
        if self.measure == LimitMeasure.MINUTE_OF_DAY:
            return f"{self.value // 60}:{self.value % 60:02d}"
        if self.measure == LimitMeasure.FEN:
            return f"{yuan(self.value)}元" + (f"/{self.minutes}分钟" if self.minutes else "")
        return f"{self.value}{self.get_measure_display()}"

    @property
    def band(self) -> str:
        """The classes that a guide price is for."""
        if self.code != LimitCode.GUIDE_PRICE:
            return ""
        return f"{self.pupils_up_to}人以下（含）" if self.pupils_up_to else "更大的班"
