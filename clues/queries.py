"""Reading clues: what waits, what somebody reported, what there is about an institution or a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ, Post
from foundation.core.actor import Actor
from foundation.photos.models import Photo
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, GridArea
from institutions import search
from institutions.enums import Charge
from institutions.models import DepartmentCharge, Institution, UnlicensedSite
from institutions.queries import with_absorbed

from . import workflow
from .enums import Channel, ClueState, SenderKind, Subject, WhistleState
from .models import Clue, CluePhoto, Whistle, WhistleCall
from .rules import NOT_CALLED


@dataclass(frozen=True)
class OwnReport:
    """What a reporter may know of an own clue: that it came in, and how far it is. Never its text."""

    number: str
    subject: str
    place: str
    received_at: datetime
    state: str
    closed: bool


def own_reports(actor: Actor, *, limit: int) -> list[OwnReport]:
    """The actor's own clues, the newest first. Nobody else's, whatever the actor's scope is."""
    if actor.user_id is None:
        return []
    rows = Clue.objects.filter(reported_by=actor.user_id).order_by("-received_at", "-pk")
    found = rows.values_list("number", "subject", "division__name", "received_at", "state")[:limit]
    return [
        OwnReport(number, Subject(subject).label, place, received_at, ClueState(state).label, state == ClueState.CLOSED)
        for number, subject, place, received_at, state in found
    ]


def waiting(actor: Actor) -> QuerySet[Clue]:
    """Clues that nobody has begun to check, in the area of one who may."""
    return Clue.objects.visible_to(actor).filter(state=ClueState.RECEIVED)


def about_institution(actor: Actor, institution: Institution) -> QuerySet[Clue]:
    """Clues about an institution, about those that it absorbed and about sites that were merged into these."""
    same = with_absorbed(institution)
    return Clue.objects.visible_to(actor).filter(Q(institution__in=same) | Q(unlicensed_site__institution__in=same))


def about_site(actor: Actor, site: UnlicensedSite) -> QuerySet[Clue]:
    """Clues about an unlicensed site."""
    return Clue.objects.visible_to(actor).filter(unlicensed_site=site)


def clues_of(photos: Iterable[Photo], actor: Actor) -> dict[int, Clue]:
    """{photo's id: the clue that it came with}, of the clues that the actor sees."""
    rows = CluePhoto.objects.filter(photo__in=[photo.pk for photo in photos], clue__in=Clue.objects.visible_to(actor))
    return {row.photo_id: row.clue for row in rows.select_related("clue")}


#: Whose business a subject is beside the bureau's, whatever the institution teaches (domain.md 2.9).
BY_SUBJECT = {
    Subject.UNLICENSED: OrganKind.MARKET,
    Subject.ADVERT: OrganKind.MARKET,
    Subject.SAFETY: OrganKind.FIRE,
}


def departments_for(clue: Clue, *, on: date) -> QuerySet[Organ]:
    """The organs of the place that a clue's subject and institution point to (部门分工), for a person to send to."""
    kinds = {BY_SUBJECT.get(Subject(clue.subject))} - {None}
    if clue.institution is not None:
        charge = Charge.of(clue.institution.category, clue.institution.site_type)
        rows = DepartmentCharge.objects.in_force(on).filter(charge=charge)
        found = dict(
            rows.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction=clue.institution.jurisdiction_id))
            .order_by(F("jurisdiction").asc(nulls_first=True))
            .values_list("charge", "department")
        )
        kinds |= set(found.values())
    place = clue.institution.jurisdiction_id if clue.institution else clue.jurisdiction_id
    rows = Organ.objects.filter(jurisdiction=place, kind__in=kinds - {OrganKind.EDUCATION}, closed_on__isnull=True)
    return rows.order_by("pk")


def organs_to_call(actor: Actor) -> QuerySet[Organ]:
    """The departments of the actor's county, and its bureau, that a town may call."""
    rows = Organ.objects.filter(jurisdiction__in=actor.scope, closed_on__isnull=True).exclude(kind__in=NOT_CALLED)
    return rows.exclude(pk=actor.organ_id).select_related("jurisdiction").order_by("kind", "pk")


def awaited(actor: Actor) -> QuerySet[Whistle]:
    """Tickets that wait for the actor's organ to report in."""
    calls = WhistleCall.objects.filter(organ=actor.organ_id, reported_at__isnull=True)
    rows = Whistle.objects.visible_to(actor).filter(state=WhistleState.RAISED)
    return rows.filter(pk__in=calls.values("whistle"))


def senders_to_destroy(*, at: datetime) -> QuerySet[Clue]:
    """Clues with a sealed sender that ended longer ago than senders are kept (SENDER_KEPT_DAYS, calendar days)."""
    ended = [state for state in ClueState if workflow.CLUE.is_final(state)]
    before = at - timedelta(days=settings.SENDER_KEPT_DAYS)
    return Clue.objects.filter(sender=SenderKind.SEALED, state__in=ended, state_at__lt=before).order_by("pk")


def reported_from_grid(grid: GridArea, first: date, last: date) -> QuerySet[Clue]:
    """What the workers of a grid reported of their community from first to last, both days included, oldest first."""
    workers = Post.objects.filter(grid=grid, role=Role.GRID_WORKER).values("user")
    rows = Clue.objects.filter(channel=Channel.GRID, division=grid.division, reported_by__in=workers)
    rows = rows.filter(happened_on__range=(first, last)).select_related("institution", "unlicensed_site", "division")
    return rows.order_by("happened_on", "pk")


def nearby(actor: Actor, term: str, *, limit: int) -> list[Institution]:
    """Institutions found by a term in the actor's jurisdictions, and for a narrowed post in or around its areas.

    The register knows many institutions only by their town, so a grid worker is offered those of the town too.
    """
    rows = Institution.objects.current().filter(jurisdiction__in=actor.scope)
    if actor.areas is not None:
        towns = Division.objects.filter(pk__in=actor.areas).values("parent")
        rows = rows.filter(Q(division__in=actor.areas) | Q(division__in=towns, division__level=DivisionLevel.TOWN))
    return list(search.matching(rows, term).select_related("division").order_by("name", "pk")[:limit])


#: By which way a clue comes that somebody reports in the field; everybody else is 工作人员.
CHANNELS = {
    Role.GRID_WORKER: Channel.GRID,
    Role.SUPERVISOR: Channel.SUPERVISOR,
    Role.SCHOOL_SPECIALIST: Channel.SCHOOL,
}


def channel_of(actor: Actor) -> Channel:
    """The channel of what this actor reports."""
    return CHANNELS.get(Role(actor.role), Channel.STAFF) if actor.role else Channel.STAFF
