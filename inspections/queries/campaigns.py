"""Reading campaigns: which visits count in one, which targets are done, which returns are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from clues.models import Clue
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from inspections.enums import CampaignState, RecheckResult, TargetState
from inspections.models import (
    Campaign,
    CampaignClue,
    CampaignReturn,
    CampaignTarget,
    CampaignUnit,
    CampaignVisit,
    Visit,
)

from .visits import REGISTERED, counted, official


def tagged(campaign: Campaign) -> QuerySet[Visit]:
    """Every visit that counts in the campaign, once each; voided ones do not."""
    tags = CampaignVisit.objects.filter(campaign=campaign, ended_at__isnull=True)
    return official(Visit.objects.filter(pk__in=tags.values("visit"), voided_at__isnull=True))


def visits_of(campaign: Campaign, actor: Actor) -> QuerySet[Visit]:
    """The campaign's visits in the actor's area."""
    return counted(actor).filter(pk__in=tagged(campaign).values("pk"))


def campaigns_of(visit: Visit) -> QuerySet[Campaign]:
    """The campaigns in which a visit counts."""
    return Campaign.objects.filter(visit_tags__visit=visit, visit_tags__ended_at__isnull=True).order_by("starts_on")


def clues_of(campaign: Campaign, actor: Actor) -> QuerySet[Clue]:
    """The clues that count in the campaign, once each, for those who may see them."""
    tags = CampaignClue.objects.filter(campaign=campaign, ended_at__isnull=True)
    return Clue.objects.visible_to(actor).filter(pk__in=tags.values("clue"))


def campaigns_of_clue(clue: Clue) -> QuerySet[Campaign]:
    """The campaigns in which a clue counts."""
    return Campaign.objects.filter(clue_tags__clue=clue, clue_tags__ended_at__isnull=True).order_by("starts_on")


def running(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns that take records now, for pickers."""
    rows = Campaign.objects.visible_to(actor).filter(state=CampaignState.RUNNING)
    return rows.select_related("jurisdiction").order_by("-starts_on", "pk")


# -- targets -------------------------------------------------------------------------------------------------------
def with_visited(targets: QuerySet[CampaignTarget]) -> QuerySet[CampaignTarget]:
    """Each target with ``visited``: whether a visit of its campaign was at the site, following merges; and ``doubled``:
    whether it was merged into an institution that is on the same list."""
    visits = official(Visit.objects.filter(voided_at__isnull=True)).annotate(registered=REGISTERED)
    ours = visits.filter(campaign_tags__campaign=OuterRef("campaign"), campaign_tags__ended_at__isnull=True)
    same_site = Q(registered=OuterRef("here")) | Q(unlicensed=OuterRef("unlicensed"))
    twins = CampaignTarget.objects.filter(
        campaign=OuterRef("campaign"), state=TargetState.LISTED, institution=OuterRef("institution__merged_into")
    )
    return targets.annotate(here=Coalesce("institution__merged_into_id", "institution_id")).annotate(
        visited=Exists(ours.filter(same_site)), doubled=Exists(twins)
    )


def listed(targets: QuerySet[CampaignTarget]) -> QuerySet[CampaignTarget]:
    """Of targets ``with_visited`` those that count: not dropped, and each site once."""
    return targets.filter(state=TargetState.LISTED, doubled=False)


def targets_of(campaign: Campaign, actor: Actor) -> QuerySet[CampaignTarget]:
    """The campaign's list in the actor's area as it counts, each with ``visited``."""
    return listed(with_visited(CampaignTarget.objects.visible_to(actor).filter(campaign=campaign)))


def done_and_open(campaign: Campaign, actor: Actor) -> tuple[int, int]:
    """(visited, not yet visited) targets (家)."""
    counts = targets_of(campaign, actor).aggregate(
        done=Count("pk", filter=Q(visited=True)), open=Count("pk", filter=Q(visited=False))
    )
    return counts["done"], counts["open"]


def results(campaign: Campaign, actor: Actor) -> dict[str, int]:
    """How many targets (家) came to which result of the re-check; the empty key: not rechecked yet."""
    rows = targets_of(campaign, actor)
    found = dict(rows.order_by("result").values_list("result").annotate(n=Count("pk")))
    return {value: found.get(value, 0) for value in (*RecheckResult.values, "")}


def evidence_for(target: CampaignTarget) -> QuerySet[Visit]:
    """Visits of the campaign at the target's site: what a result of its re-check may rest on."""
    rows = tagged(target.campaign).annotate(registered=REGISTERED)
    if target.unlicensed_id:
        return rows.filter(unlicensed=target.unlicensed_id).order_by("-visited_on", "-pk")
    here = target.institution.merged_into_id or target.institution_id
    return rows.filter(registered=here).order_by("-visited_on", "-pk")


# -- daily returns -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Due:
    """A unit and a day for which a return is wanted; ``filed`` is its last revision."""

    organ: Organ
    day: date
    filed: CampaignReturn | None = None


def returning_units(campaign: Campaign) -> list[tuple[Organ, date, date]]:
    """(organ, first day, last day) of everybody who returns figures: the one that leads, and the units."""
    spans = [(campaign.organ, campaign.starts_on, campaign.ends_on)]
    for unit in CampaignUnit.objects.filter(campaign=campaign).select_related("organ").order_by("joined_on", "pk"):
        first = max(unit.joined_on, campaign.starts_on)
        spans.append((unit.organ, first, min(unit.left_on or campaign.ends_on, campaign.ends_on)))
    return spans


def last_returns(campaign: Campaign) -> QuerySet[CampaignReturn]:
    """The valid return of each unit and day: its last revision."""
    rows = CampaignReturn.objects.filter(campaign=campaign).select_related("organ")
    return rows.order_by("-day_on", "organ", "-revision").distinct("day_on", "organ")


def returns_due(campaign: Campaign, *, on: date) -> Iterator[Due]:
    """Each unit and day up to ``on`` with its return or without, the newest day first; ends with the campaign."""
    if not campaign.daily_returns or campaign.state == CampaignState.DRAFT:
        return
    filed = {(row.organ_id, row.day_on): row for row in last_returns(campaign)}
    spans = returning_units(campaign)
    day = min(on, campaign.ends_on)
    while day >= campaign.starts_on:
        for organ in dict.fromkeys(organ for organ, first, last in spans if first <= day <= last):
            yield Due(organ, day, filed.get((organ.pk, day)))
        day -= timedelta(days=1)


def missing_returns(campaign: Campaign, *, on: date) -> list[Due]:
    """The units and days that owe a return."""
    return [due for due in returns_due(campaign, on=on) if due.filed is None]


def owed_by(actor: Actor, *, on: date) -> list[Campaign]:
    """Running campaigns for whose day ``on`` the actor's organ has not returned its figures."""
    if actor.organ_id is None:
        return []
    mine = Q(organ=actor.organ_id) | Q(
        pk__in=CampaignUnit.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=on), organ=actor.organ_id, joined_on__lte=on
        ).values("campaign")
    )
    returned = CampaignReturn.objects.filter(campaign=OuterRef("pk"), organ=actor.organ_id, day_on=on)
    rows = Campaign.objects.filter(
        mine, ~Exists(returned), state=CampaignState.RUNNING, daily_returns=True, starts_on__lte=on, ends_on__gte=on
    )
    return list(rows.order_by("starts_on", "pk"))
