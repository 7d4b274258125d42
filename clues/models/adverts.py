"""Advertisements: the dated rules by which their texts are judged, and what was seen of one, where and how many."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can
from foundation.accounts.models import DateRange
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope

from ..enums import SURROUNDINGS, AdRuleKind, AdUnit, Carrier, Claim, Medium, Nearness
from .clues import Clue, ClueQuerySet

#: More of one thing than this is a slip of the finger.
MOST_SEEN = 100_000


class AdvertRuleQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> AdvertRuleQuerySet:
        """The same everywhere: for those who read clues and those who keep parameters."""
        return self.all() if actor.can(Can.VIEW_CLUES) or actor.can(Can.MANAGE_PARAMETERS) else self.none()

    def in_force(self, on: date) -> AdvertRuleQuerySet:
        """Rules that hold on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class AdvertRule(models.Model):
    """One rule of the screening for a time. Another wording is another row: what was marked then stays explained."""

    code = models.CharField("代码", max_length=10)
    kind = models.CharField("种类", max_length=12, choices=AdRuleKind.choices)
    name = models.CharField("名称", max_length=60)
    words = ArrayField(models.CharField(max_length=120), verbose_name="用语", default=list, blank=True)
    unless = ArrayField(models.CharField(max_length=120), verbose_name="同句出现则不标", default=list, blank=True)
    needs = ArrayField(
        models.CharField(max_length=12, choices=AdRuleKind.choices), verbose_name="同时须有", default=list, blank=True
    )
    media = ArrayField(
        models.CharField(max_length=10, choices=Medium.choices), verbose_name="限于媒介", default=list, blank=True
    )
    carrier = models.CharField("载体", max_length=12, choices=Carrier.choices, blank=True)
    claim = models.CharField("虚假宣传类别", max_length=10, choices=Claim.choices, blank=True)
    law = models.CharField("依据", max_length=80, blank=True)
    clause = models.CharField("条款", max_length=40, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    valid_from = models.DateField("施行起")
    valid_to = models.DateField("施行止", null=True, blank=True)

    objects = AdvertRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "广告筛查规则"
        verbose_name_plural = "广告筛查规则"
        constraints = [
            one_of("kind", AdRuleKind, name="advert_rule_kind_known"),
            one_of("carrier", Carrier, name="advert_rule_carrier_known", blank=True),
            one_of("claim", Claim, name="advert_rule_claim_known", blank=True),
            ordered("valid_from", "valid_to", name="advert_rule_period_ordered", message="施行止不能早于施行起。"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(SURROUNDINGS)) | (~Q(law="") & ~Q(reason="")),
                name="advert_rule_says_why",
                violation_error_message="标出违规的规则必须写明依据和理由。",
            ),
            models.CheckConstraint(
                condition=~Q(words=[]) | Q(kind=AdRuleKind.PLACEMENT),
                name="advert_rule_has_words",
                violation_error_message="请至少写一条用语。",
            ),
            ExclusionConstraint(
                name="advert_rule_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一代码的规则施行时间不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Sighting(models.Model):
    """What a clue about an advertisement saw. ``marks``: rows of (start, end, rule, law, reason) of the clue's content.

    ``at_least`` prints 余 behind the quantity: it was not counted to the end. ``digest``: which post of a spreadsheet.
    """

    SCOPE = Scope("clue__jurisdiction_id", division="clue__division_id")

    clue = models.OneToOneField(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="advert")
    medium = models.CharField("媒介", max_length=10, choices=Medium.choices)
    carrier = models.CharField("载体", max_length=12, choices=Carrier.choices, blank=True)
    nearness = models.CharField("离学校", max_length=8, choices=Nearness.choices, blank=True)
    unit = models.CharField("计量单位", max_length=6, choices=AdUnit.choices)
    quantity = models.PositiveIntegerField("数量", validators=[MinValueValidator(1), MaxValueValidator(MOST_SEEN)])
    at_least = models.BooleanField("余", default=False)
    claims = ArrayField(
        models.CharField(max_length=10, choices=Claim.choices), verbose_name="虚假宣传类别", default=list, blank=True
    )
    link = models.CharField("链接", max_length=500, blank=True)
    marks = models.JSONField("标出的用语", default=list, blank=True)
    digest = models.CharField("帖子摘要", max_length=64, blank=True, editable=False)

    objects = ClueQuerySet.as_manager()

    class Meta:
        verbose_name = "广告线索"
        verbose_name_plural = "广告线索"
        constraints = [
            one_of("medium", Medium, name="sighting_medium_known"),
            one_of("carrier", Carrier, name="sighting_carrier_known", blank=True),
            one_of("nearness", Nearness, name="sighting_nearness_known", blank=True),
            one_of("unit", AdUnit, name="sighting_unit_known"),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, MOST_SEEN)),
                name="sighting_quantity_possible",
                violation_error_message=f"数量须在1到{MOST_SEEN}之间。",
            ),
        ]
        indexes = [models.Index(fields=["digest"], condition=~Q(digest=""), name="sighting_by_digest")]

    def __str__(self) -> str:
        return f"{self.clue.number} {self.get_medium_display()} {self.amount}"

    @property
    def amount(self) -> str:
        """``300余张``."""
        return f"{self.quantity}{'余' if self.at_least else ''}{self.get_unit_display()}"
