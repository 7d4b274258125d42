"""Which record counts in which campaign; a record counts once in each, however often it is said."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db.models import QuerySet

from clues.enums import ClueState
from clues.models import Clue
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import DomainError, IllegalTransition, InvalidInput, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.queries import jurisdictions_above
from inspections import events
from inspections.enums import OFFICIAL, CampaignState, Source
from inspections.models import Campaign, CampaignClue, CampaignVisit, Visit
from inspections.models.tags import CampaignTag
from inspections.operations.visits import file_visit
from inspections.reports import VisitReport
from inspections.rules import campaigns as rules


@operation
def tag_visit(*, visit: Visit, campaign: Campaign, by: Actor, at: datetime) -> CampaignVisit:
    """Let a visit count in a campaign; said again, the same tag is given back.

    Raises NotAllowed (a visit elsewhere), IllegalTransition (the campaign does not run, the visit is voided),
    InvalidInput (outside the campaign's period or area, a supervisor's visit).
    """
    row = lock(Visit, visit.pk)
    authorize(by, rules.can_tag, row)
    if tag := CampaignVisit.objects.filter(campaign=campaign, visit=row, ended_at__isnull=True).first():
        return tag
    _check(row, campaign)
    tag = insert(CampaignVisit(campaign=campaign, visit=row, tagged_by_id=by.user_id, tagged_at=at))
    record(events.VISIT_TAGGED, subject=row, by=by, at=at, changes={"campaign": [None, campaign.name]})
    return tag


def _check(visit: Visit, campaign: Campaign) -> None:
    """Raise unless the campaign takes records now and the visit is one of its kind, time and place."""
    now = _taking(campaign, visit.jurisdiction_id, "检查")
    if visit.voided_at is not None:
        raise IllegalTransition("作废的检查记录不计入专项行动。")
    if visit.kind not in OFFICIAL:
        raise InvalidInput("社会监督员的走访不计入专项行动。", code="supervisor")
    if not now.starts_on <= visit.visited_on <= now.ends_on:
        raise InvalidInput(f"检查日期不在{now.name}的行动期间内。", code="period")


def _taking(campaign: Campaign, jurisdiction_id: int, what: str) -> Campaign:
    """The campaign, locked: it runs, and the record lies in its area."""
    now = lock(Campaign, campaign.pk)  # the last lock of every operation that tags: closing waits for it
    if now.state != CampaignState.RUNNING:
        raise IllegalTransition(f"{now.name}{now.get_state_display()}，不能计入{what}。")
    if now.jurisdiction_id not in {jurisdiction_id, *jurisdictions_above(jurisdiction_id)}:
        raise InvalidInput(f"这条{what}不在{now.name}的辖区内。", code="elsewhere")
    return now


@operation
def tag_visit_with(*, visit: Visit, campaigns: Iterable[Campaign], by: Actor, at: datetime) -> Visit:
    """Tag a visit for each of these campaigns, in one go: what a form sends when it files. Raises as tag_visit does."""
    for campaign in campaigns:
        tag_visit(visit=visit, campaign=campaign, by=by, at=at)
    return visit


@operation
def file_tagged_visit(
    *, report: VisitReport, campaigns: Iterable[Campaign], by: Actor, at: datetime, source: str = Source.PHONE
) -> Visit:
    """File a visit that bears campaign tags. A campaign that takes no records any more loses its tag, not the visit:
    the form may have waited for a network longer than the campaign lasted. Raises as ``file_visit`` does.
    """
    visit = file_visit(report=report, by=by, at=at, source=source)
    for campaign in campaigns:
        with suppress(DomainError):
            tag_visit(visit=visit, campaign=campaign, by=by, at=at)
    return visit


@operation
def untag_visit(*, visit: Visit, campaign: Campaign, reason: str, by: Actor, at: datetime) -> CampaignVisit:
    """Take a visit out of a campaign that still runs.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(Visit, visit.pk)
    authorize(by, rules.can_tag, row)
    return _end(CampaignVisit.objects.filter(visit=row), campaign, events.VISIT_UNTAGGED, reason=reason, by=by, at=at)


def _end(
    tags: QuerySet[CampaignTag], campaign: Campaign, kind: EventKind, *, reason: str, by: Actor, at: datetime
) -> CampaignTag:
    """End a record's tag of a campaign that still runs."""
    need_words(reason, "reason", "请填写移出理由。")
    if lock(Campaign, campaign.pk).state != CampaignState.RUNNING:
        raise IllegalTransition("专项行动不在进行中，不能移出。")
    tag = tags.filter(campaign=campaign, ended_at__isnull=True).first()
    if tag is None:
        raise IllegalTransition("这条记录没有计入该专项行动。")
    tag.ended_at, tag.end_reason = at, reason.strip()
    update(tag, "ended_at", "end_reason")
    record(kind, subject=tag.record, by=by, at=at, changes={"campaign": [campaign.name, None]}, reason=reason)
    return tag


# -- clues -----------------------------------------------------------------------------------------------------------
@operation
def tag_clue(*, clue: Clue, campaign: Campaign, by: Actor, at: datetime) -> CampaignClue:
    """Let a clue count in a campaign; said again, the same tag is given back.

    A clue that came in before the campaign may be followed up in it. Raises NotAllowed (a clue elsewhere),
    IllegalTransition (the campaign does not run), InvalidInput (outside the campaign's area, received after it or
    closed before it).
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_tag_clue, row)
    if tag := CampaignClue.objects.filter(campaign=campaign, clue=row, ended_at__isnull=True).first():
        return tag
    now = _taking(campaign, row.jurisdiction_id, "线索")
    if local_date(row.received_at) > now.ends_on:
        raise InvalidInput(f"线索在{now.name}结束后才收到，不能计入。", code="period")
    if row.state == ClueState.CLOSED and local_date(row.state_at) < now.starts_on:
        raise InvalidInput(f"线索在{now.name}开始前已办结，不能计入。", code="period")
    tag = insert(CampaignClue(campaign=now, clue=row, tagged_by_id=by.user_id, tagged_at=at))
    record(events.CLUE_TAGGED, subject=row, by=by, at=at, changes={"campaign": [None, now.name]})
    return tag


@operation
def tag_clue_with(*, clue: Clue, campaigns: Iterable[Campaign], by: Actor, at: datetime) -> Clue:
    """Tag a clue for each of these campaigns, in one go. Raises as tag_clue does."""
    for campaign in campaigns:
        tag_clue(clue=clue, campaign=campaign, by=by, at=at)
    return clue


@operation
def untag_clue(*, clue: Clue, campaign: Campaign, reason: str, by: Actor, at: datetime) -> CampaignClue:
    """Take a clue out of a campaign that still runs. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_tag_clue, row)
    return _end(CampaignClue.objects.filter(clue=row), campaign, events.CLUE_UNTAGGED, reason=reason, by=by, at=at)
