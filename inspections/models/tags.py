"""Which record counts in which campaign. The records know nothing of campaigns: their tags stand here.

One record may bear several tags and counts once in each. A wrong tag is ended, with its trace.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clues.models import Clue
from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.scope import Scope, ScopedQuerySet

from .campaigns import Campaign
from .visits import Visit


class CampaignTag(models.Model):
    """What every tag says: who put it there and when, and if it was taken off, when and why."""

    tagged_by = models.ForeignKey(
        User, verbose_name="计入人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tagged_at = models.DateTimeField("计入时间")
    ended_at = models.DateTimeField("移出时间", null=True, blank=True)
    end_reason = models.CharField("移出理由", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.campaign} · {self.record}"


def tag_constraints(record: str, *, twice: str) -> list[models.BaseConstraint]:
    """Once in each campaign while it holds; taken off with a reason. ``twice`` is said of a tag that is there."""
    return [
        models.UniqueConstraint(
            fields=["campaign", record],
            condition=Q(ended_at__isnull=True),
            name=f"campaign_{record}_once",
            violation_error_message=twice,
        ),
        models.CheckConstraint(
            condition=Q(ended_at__isnull=True, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
            name=f"campaign_{record}_end_says_why",
            violation_error_message="移出专项行动须写明理由。",
        ),
    ]


class CampaignVisit(CampaignTag):
    """A visit counts in a campaign."""

    SCOPE = Scope("visit__jurisdiction_id", division="visit__division_id", category="visit__category")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="visit_tags")
    visit = models.ForeignKey(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="campaign_tags")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "行动检查"
        verbose_name_plural = "行动检查"
        constraints = tag_constraints("visit", twice="这次检查已计入该专项行动。")

    @property
    def record(self) -> Visit:
        return self.visit


class ClueTagQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ClueTagQuerySet:
        """Tags of clues for those who read clues, nothing for anybody else."""
        return super().visible_to(actor) if actor.can(Can.VIEW_CLUES) else self.none()


class CampaignClue(CampaignTag):
    """A clue counts in a campaign."""

    SCOPE = Scope("clue__jurisdiction_id", division="clue__division_id")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="clue_tags")
    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="campaign_tags")

    objects = ClueTagQuerySet.as_manager()

    class Meta:
        verbose_name = "行动线索"
        verbose_name_plural = "行动线索"
        constraints = tag_constraints("clue", twice="这条线索已计入该专项行动。")

    @property
    def record(self) -> Clue:
        return self.clue
