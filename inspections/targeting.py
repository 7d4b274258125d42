"""Where a campaign's targets come from: each source is one function over the sites of the campaign's scope.

A source says which registered institutions and which unlicensed sites bear its tag. A site that several sources name
is one target with several tags.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from clues.enums import OWN_PEOPLE, Verdict
from clues.models import Clue
from foundation.regions.queries import divisions_below, jurisdictions_below
from institutions.enums import ENDED, OPERATING, LicenceStatus, StandingKind, Status, UnlicensedState
from institutions.models import Institution, StandingEvent, StatusEvent, UnlicensedSite

from .enums import Aspect, FindingState, Severity, TargetTag
from .models import Campaign, CampaignTarget, Finding

#: Findings older than this are no reason to go again.
EARLIER_DAYS = 365
#: So many complaints make a site one of 投诉强烈.
COMPLAINTS = 2
#: What 回头看 looks at unless the campaign names other former statuses.
FORMER = frozenset({*ENDED, Status.TRANSFORMED, Status.CLOSING})


@dataclass(frozen=True)
class Population:
    """The sites of a campaign's scope, and the day and instant as of which they are judged."""

    institutions: QuerySet[Institution]
    sites: QuerySet[UnlicensedSite]
    former: frozenset[str]
    on: date
    known_at: datetime | None = None


Found = tuple[QuerySet[Institution], QuerySet[UnlicensedSite]]
Source = Callable[[Population], Found]


def population(campaign: Campaign, *, on: date, known_at: datetime | None = None) -> Population:
    """All sites of the campaign's jurisdictions, areas, categories and types, whatever their status."""
    inside = Q(jurisdiction__in=jurisdictions_below(campaign.jurisdiction_id))
    if areas := list(campaign.areas.values_list("division", flat=True)):
        inside &= Q(division__in=divisions_below(*areas))
    if campaign.categories:
        inside &= Q(category__in=campaign.categories)
    if campaign.site_types:
        inside &= Q(site_type__in=campaign.site_types)
    return Population(
        Institution.objects.filter(inside, merged_into__isnull=True, withdrawn_at__isnull=True),
        UnlicensedSite.objects.filter(inside).exclude(state=UnlicensedState.MERGED),
        frozenset(campaign.former_statuses) or FORMER,
        on,
        known_at,
    )


def hazards(among: Population) -> Found:
    """重大安全隐患: a critical safety finding within a year, verified."""
    return _found(among, _findings(among).filter(aspect=Aspect.SAFETY, severity=Severity.CRITICAL))


def without_licence(among: Population) -> Found:
    """无证: open unlicensed sites, and operating institutions that lack permit or registration."""
    lacking = among.institutions.exclude(licence_status=LicenceStatus.COMPLETE).filter(status__in=OPERATING)
    return lacking, among.sites.filter(state=UnlicensedState.OPEN)


def complained_of(among: Population) -> Found:
    """投诉强烈: two or more clues from outside within a year that nobody found untrue."""
    since = among.on - timedelta(days=EARLIER_DAYS)
    heard = Clue.objects.filter(happened_on__range=(since, among.on)).exclude(channel__in=OWN_PEOPLE)
    true = heard.exclude(verdict=Verdict.UNTRUE).order_by()

    def loud(subject: str) -> QuerySet:
        counted = true.filter(**{f"{subject}__isnull": False}).values(subject).annotate(n=Count("pk"))
        return counted.filter(n__gte=COMPLAINTS).values(subject)

    return among.institutions.filter(pk__in=loud("institution")), among.sites.filter(pk__in=loud("unlicensed_site"))


def earlier_problems(among: Population) -> Found:
    """已查问题: any verified finding within a year."""
    return _found(among, _findings(among))


def formerly_closed(among: Population) -> Found:
    """曾停办注销转型: closed, transformed, deregistered or cancelled as of the day, as known then; disposed sites."""
    events = StatusEvent.objects.filter(institution__in=among.institutions).as_of(among.on, among.known_at)
    then = StatusEvent.objects.filter(pk__in=events.values("pk"), status__in=among.former)
    gone = among.sites.filter(state=UnlicensedState.DISPOSED, disposed_on__lte=among.on)
    return among.institutions.filter(pk__in=then.values("institution")), gone


def flagged(among: Population) -> Found:
    """风险标记: a warning, a flag or the black list in force on the day."""
    kinds = [StandingKind.FLAG, StandingKind.WARNING, StandingKind.BLACK_LIST]
    events = StandingEvent.objects.filter(institution__in=among.institutions, kind__in=kinds)
    in_force = StandingEvent.objects.filter(pk__in=events.as_of(among.on, among.known_at).values("pk")).filter(
        ~Q(value=""), Q(until__isnull=True) | Q(until__gte=among.on)
    )
    return among.institutions.filter(pk__in=in_force.values("institution")), among.sites.none()


def whole_scope(among: Population) -> Found:
    """范围内: everything that operates in the scope, and every open unlicensed site."""
    return among.institutions.filter(status__in=OPERATING), among.sites.filter(state=UnlicensedState.OPEN)


#: In the order in which a target's tags stand.
SOURCES: dict[TargetTag, Source] = {
    TargetTag.HAZARD: hazards,
    TargetTag.UNLICENSED: without_licence,
    TargetTag.COMPLAINTS: complained_of,
    TargetTag.EARLIER: earlier_problems,
    TargetTag.FORMER: formerly_closed,
    TargetTag.FLAGGED: flagged,
    TargetTag.SCOPE: whole_scope,
}


def _findings(among: Population) -> QuerySet[Finding]:
    since = among.on - timedelta(days=EARLIER_DAYS)
    return Finding.objects.filter(
        state=FindingState.CONFIRMED, visit__voided_at__isnull=True, visit__visited_on__range=(since, among.on)
    )


def _found(among: Population, findings: QuerySet[Finding]) -> Found:
    """The sites of findings, by what they are now: an institution that was merged is the one that it became."""
    own = Q(pk__in=findings.filter(visit__institution__isnull=False).values("visit__institution"))
    merged = Q(
        pk__in=findings.filter(visit__institution__merged_into__isnull=False).values("visit__institution__merged_into")
    )
    sites = findings.filter(visit__unlicensed__isnull=False).values("visit__unlicensed")
    return among.institutions.filter(own | merged), among.sites.filter(pk__in=sites)


# -- preview and list ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Preview:
    """What a source would bring: institutions (家) and unlicensed sites (处), and how many of both are new."""

    tag: TargetTag
    institutions: int
    sites: int
    new: int


def preview(campaign: Campaign, *, on: date, known_at: datetime | None = None) -> list[Preview]:
    """What each source would bring now, before anything is written."""
    among = population(campaign, on=on, known_at=known_at)
    listed = CampaignTarget.objects.filter(campaign=campaign)
    found = []
    for tag, source in SOURCES.items():
        institutions, sites = source(among)
        new = (
            institutions.exclude(pk__in=listed.filter(institution__isnull=False).values("institution")).count()
            + sites.exclude(pk__in=listed.filter(unlicensed__isnull=False).values("unlicensed")).count()
        )
        found.append(Preview(tag, institutions.count(), sites.count(), new))
    return found


Chosen = dict[int, list[str]]


def chosen(
    campaign: Campaign, tags: Sequence[str], *, on: date, known_at: datetime | None = None
) -> tuple[Chosen, Chosen]:
    """({institution id: tags}, {unlicensed id: tags}) of these sources; each site once."""
    among = population(campaign, on=on, known_at=known_at)
    by_institution: Chosen = defaultdict(list)
    by_site: Chosen = defaultdict(list)
    for tag, source in SOURCES.items():
        if tag not in tags:
            continue
        institutions, sites = source(among)
        for pk in institutions.order_by("pk").values_list("pk", flat=True):
            by_institution[pk].append(tag.value)
        for pk in sites.order_by("pk").values_list("pk", flat=True):
            by_site[pk].append(tag.value)
    return by_institution, by_site
