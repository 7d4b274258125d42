"""Drafting, starting and closing a campaign; who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import lies_in
from inspections import events, notices, workflow
from inspections.enums import CampaignState, UnitRole
from inspections.models import Campaign, CampaignArea, CampaignUnit
from inspections.rules import campaigns as rules

#: What the organiser writes; the state has operations of its own.
EDITABLE = frozenset(
    {"name", "kind", "starts_on", "ends_on", "aim", "categories", "site_types", "former_statuses"}
    | {"checklist", "daily_returns"}
)


@operation
def draft_campaign(
    *, jurisdiction: Jurisdiction, facts: Mapping[str, object], areas: Sequence[Division] = (), by: Actor, at: datetime
) -> Campaign:
    """Put a campaign down as a draft; it is led by the drafter's organ.

    Raises NotAllowed (another area), InvalidInput (a backward period, an area outside the jurisdiction).
    """
    _refuse_unknown(facts)
    place = lock(Jurisdiction, jurisdiction.pk)  # numbers of one bureau are given one after the other
    authorize(by, rules.can_draft_in, place)
    campaign = Campaign(
        number=_next_number(place, at),
        jurisdiction=place,
        organ_id=by.organ_id,
        state_at=at,
        drafted_by_id=by.user_id,
        **facts,
    )
    insert(campaign)
    _set_areas(campaign, areas)
    changes = {"name": [None, campaign.name], "areas": [[], [area.name for area in areas]]}
    record(events.CAMPAIGN_DRAFTED, subject=campaign, by=by, at=at, changes=changes)
    return campaign


def _refuse_unknown(facts: Mapping[str, object]) -> None:
    if unknown := set(facts) - EDITABLE:
        raise TypeError(f"not facts of a campaign: {sorted(unknown)}")


def _next_number(place: Jurisdiction, at: datetime) -> str:
    return next_number(Campaign, f"ZX-{place.code}-{local_date(at).year}-", digits=3)


def _set_areas(campaign: Campaign, areas: Sequence[Division]) -> None:
    outside = [area.name for area in areas if not lies_in(area, campaign.jurisdiction)]
    if outside:
        sentence = f"{'、'.join(outside)}不在{campaign.jurisdiction}辖区内。"
        raise InvalidInput(sentence, code="areas", fields={"areas": [sentence]})
    campaign.areas.exclude(division__in=areas).delete()
    kept = set(campaign.areas.values_list("division", flat=True))
    for area in areas:
        if area.pk not in kept:
            insert(CampaignArea(campaign=campaign, division=area))


@operation
def change_campaign(
    *, campaign: Campaign, facts: Mapping[str, object], areas: Sequence[Division], by: Actor, at: datetime
) -> Campaign:
    """Change what is planned, until the campaign is closed. Raises NotAllowed, InvalidInput."""
    _refuse_unknown(facts)
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.is_open, row)
    for name, value in facts.items():
        setattr(row, name, value)
    changes = update(row, *facts)
    before = sorted(row.areas.values_list("division__name", flat=True))
    _set_areas(row, areas)
    after = sorted(area.name for area in areas)
    if before != after:
        changes["areas"] = [before, after]
    if changes:
        record(events.CAMPAIGN_CHANGED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def start_campaign(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """From now on records may bear its tag and units return figures; they are told.

    Raises NotAllowed, IllegalTransition.
    """
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.can_run, row)
    changes = update(row, *advance(row, workflow.START, at=at))
    record(events.CAMPAIGN_STARTED, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.CAMPAIGN_BEGUN, at=at, campaign_id=row.pk)
    return row


@operation
def close_campaign(*, campaign: Campaign, report: str, by: Actor, at: datetime) -> Campaign:
    """End it with its report; no more tags. Raises NotAllowed, IllegalTransition, InvalidInput (no report)."""
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.can_run, row)
    fields = advance(row, workflow.CLOSE, at=at)
    need_words(report, "report", "请填写总结报告。")
    row.report = report.strip()
    changes = update(row, *fields, "report")
    record(events.CAMPAIGN_CLOSED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def add_unit(
    *, campaign: Campaign, organ: Organ, by: Actor, at: datetime, role: str = UnitRole.MEMBER, contact: str = ""
) -> CampaignUnit:
    """Let an organ of the campaign's area take part from today. Raises NotAllowed, InvalidInput (elsewhere, twice)."""
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.is_open, row)
    if organ.jurisdiction_id not in by.scope:
        raise InvalidInput("只能加入本辖区的单位。", code="organ", fields={"organ": ["只能加入本辖区的单位。"]})
    if organ.pk == row.organ_id:
        raise InvalidInput("牵头单位不必再作为成员单位。", code="organ", fields={"organ": ["这是牵头单位。"]})
    joined = row.starts_on if row.state == CampaignState.DRAFT else local_date(at)
    unit = insert(CampaignUnit(campaign=row, organ=organ, role=role, contact=contact, joined_on=joined))
    record(events.CAMPAIGN_UNIT_JOINED, subject=row, by=by, at=at, changes={"unit": [None, str(unit)]})
    return unit


@operation
def end_unit(*, unit: CampaignUnit, reason: str, by: Actor, at: datetime) -> CampaignUnit:
    """Let an organ leave; today is its last day. Raises NotAllowed, InvalidInput (no reason, left before)."""
    campaign = lock(Campaign, unit.campaign_id)
    authorize(by, rules.is_open, campaign)
    row = lock(CampaignUnit, unit.pk)
    if row.left_on is not None:
        raise InvalidInput("该单位已退出。", code="left")
    need_words(reason, "reason", "请填写退出原因。")
    row.left_on = max(local_date(at), row.joined_on)
    update(row, "left_on")
    changes = {"unit": [str(row), None]}
    record(events.CAMPAIGN_UNIT_LEFT, subject=campaign, by=by, at=at, changes=changes, reason=reason)
    return row
