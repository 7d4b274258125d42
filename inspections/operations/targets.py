"""A campaign's list of targets: made from records in one go, added to by hand, dropped with a reason, rechecked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import models

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import end_of, local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.queries import jurisdictions_below
from inspections import events, workflow
from inspections.enums import RecheckResult, TargetTag
from inspections.models import Campaign, CampaignTarget, Visit
from inspections.queries.campaigns import evidence_for
from inspections.recording import subject_facts
from inspections.rules import campaigns as rules
from inspections.targeting import SOURCES, Chosen, chosen
from institutions.models import Institution, UnlicensedSite

SLICE = 1000


@operation
def list_targets(
    *,
    campaign: Campaign,
    tags: Sequence[str],
    by: Actor,
    at: datetime,
    on: date | None = None,
    known_on: date | None = None,
) -> Campaign:
    """Put every site that the named sources find on the list, once each; a site that is there gets what tags it lacks.

    ``on`` is the day as of which status and standing are asked (today unless said otherwise), ``known_on`` the day by
    whose end they had to be known. One event for the whole list. Raises NotAllowed, InvalidInput (no source named).
    """
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.is_open, row)
    if not tags or not set(tags) <= set(SOURCES):
        raise InvalidInput("请至少选择一种列入原因。", code="tags", fields={"tags": ["请至少选择一种。"]})
    institutions, sites = chosen(row, tags, on=on or local_date(at), known_at=end_of(known_on))
    made = _bring_in(row, Institution, institutions, at) + _bring_in(row, UnlicensedSite, sites, at)
    changes = {"tags": [None, sorted(tags)], "new": [None, made], "found": [None, len(institutions) + len(sites)]}
    record(events.TARGETS_LISTED, subject=row, by=by, at=at, changes=changes)
    return row


def _bring_in(campaign: Campaign, model: type[models.Model], found: Chosen, at: datetime) -> int:
    """Insert the new ones and complete the tags of the others; returns how many were new."""
    name = "institution" if model is Institution else "unlicensed"
    listed = {
        getattr(target, f"{name}_id"): target
        for target in CampaignTarget.objects.filter(campaign=campaign, **{f"{name}__in": found}).order_by("pk")
    }
    richer = []
    for pk, target in listed.items():
        if missing := [tag for tag in found[pk] if tag not in target.tags]:
            target.tags = [*target.tags, *missing]
            richer.append(target)
    CampaignTarget.objects.bulk_update(richer, ["tags"], batch_size=SLICE)
    subjects = model.objects.filter(pk__in=[pk for pk in found if pk not in listed]).order_by("pk")
    fresh = [_target(campaign, subject, found[subject.pk], at) for subject in subjects.iterator(chunk_size=SLICE)]
    CampaignTarget.objects.bulk_create(fresh, batch_size=SLICE)
    return len(fresh)


def _target(
    campaign: Campaign, subject: Institution | UnlicensedSite, tags: Sequence[str], at: datetime, reason: str = ""
) -> CampaignTarget:
    facts = subject_facts(subject)
    del facts["site_type"]
    facts["site_name"] = facts.pop("subject_name")
    return CampaignTarget(campaign=campaign, tags=list(tags), reason=reason, state_at=at, listed_at=at, **facts)


@operation
def name_target(
    *, campaign: Campaign, subject: Institution | UnlicensedSite, reason: str, by: Actor, at: datetime
) -> CampaignTarget:
    """Put one site on the list by hand. Raises NotAllowed, InvalidInput (no reason, elsewhere, there already)."""
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.is_open, row)
    need_words(reason, "reason", "请填写列入情况。")
    if subject.jurisdiction_id not in jurisdictions_below(row.jurisdiction_id):
        raise InvalidInput("对象不在行动辖区内。", code="elsewhere")
    target = insert(_target(row, subject, [TargetTag.NAMED.value], at, reason.strip()))
    record(events.TARGET_NAMED, subject=target, by=by, at=at, changes={"tags": [None, target.tags]}, reason=reason)
    return target


@operation
def drop_target(*, target: CampaignTarget, reason: str, by: Actor, at: datetime) -> CampaignTarget:
    """Take a site off the list; it stays to be read. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(CampaignTarget, target.pk)
    authorize(by, rules.can_keep_target, row)
    fields = advance(row, workflow.DROP, at=at)
    need_words(reason, "reason", "请填写剔除理由。")
    row.drop_reason = reason.strip()
    changes = update(row, *fields, "drop_reason")
    record(events.TARGET_DROPPED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def restore_target(*, target: CampaignTarget, by: Actor, at: datetime) -> CampaignTarget:
    """Put a dropped site back. Raises NotAllowed, IllegalTransition."""
    row = lock(CampaignTarget, target.pk)
    authorize(by, rules.can_keep_target, row)
    fields = advance(row, workflow.RESTORE, at=at)
    row.drop_reason = ""
    changes = update(row, *fields, "drop_reason")
    record(events.TARGET_RESTORED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def record_recheck(
    *, target: CampaignTarget, result: str, visit: Visit, by: Actor, at: datetime, remark: str = ""
) -> CampaignTarget:
    """Say what became of the site (已整改, 反弹, 变异, 失联), on the evidence of a visit of this campaign there.

    A later visit may change the result. Raises NotAllowed, InvalidInput (no such result, a visit elsewhere).
    """
    row = lock(CampaignTarget, target.pk)
    authorize(by, rules.can_recheck, row)
    if result not in RecheckResult.values:
        raise InvalidInput("请选择复核结果。", code="result", fields={"result": ["请选择复核结果。"]})
    if not evidence_for(row).filter(pk=visit.pk).exists():
        sentence = "复核依据须是本行动中对该对象的检查。"
        raise InvalidInput(sentence, code="visit", fields={"visit": [sentence]})
    row.result, row.result_visit, row.result_remark = result, visit, remark.strip()
    changes = update(row, "result", "result_visit", "result_remark")
    record(events.TARGET_RECHECKED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row
