"""Campaigns and shifts for tests, made through the operations as their organisers would."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4

from foundation.accounts.models import Organ, Post
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from inspections.enums import CampaignKind, Outcome, ShiftKind, Slot, VisitKind
from inspections.models import Campaign, PatrolGroup, Shift, Visit
from inspections.operations.campaigns import draft_campaign, start_campaign
from inspections.operations.outings import file_group_visit
from inspections.operations.patrols import begin_shift, plan_shift
from inspections.reports import OnSite, VisitReport
from inspections.rosters import GroupPlan
from institutions.models import Institution, UnlicensedSite
from tests.cast import OWN, TOWN
from tests.inspections.factories import AT, DAY, me

_names = count(1)


def drafted(by: Actor, *, at: datetime = AT, county: str = OWN, areas=(), **facts) -> Campaign:
    given = {
        "name": f"寒假巡查{next(_names)}",
        "kind": CampaignKind.HOLIDAY,
        "starts_on": DAY - timedelta(days=10),
        "ends_on": DAY + timedelta(days=20),
    }
    return draft_campaign(
        jurisdiction=Jurisdiction.objects.get(code=county), facts=given | facts, areas=areas, by=by, at=at
    )


def running(by: Actor, *, at: datetime = AT, **given) -> Campaign:
    return start_campaign(campaign=drafted(by, at=at, **given), by=by, at=at)


def named(name: str, organ: str = "思明区公安分局") -> OnSite:
    return OnSite(name, organ)


def town() -> Division:
    return Division.objects.get(code=TOWN)


def plan(by: Actor, *others: OnSite, name: str = "第一组", areas: tuple[Division, ...] = ()) -> GroupPlan:
    return GroupPlan(name, (me(by), *(others or (named("张三"),))), areas or (town(),))


def planned(by: Actor, *plans: GroupPlan, at: datetime = AT, held_on: date = DAY, **facts) -> Shift:
    given = {"kind": ShiftKind.PATROL, "title": "晚间巡查", "held_on": held_on, "slot": Slot.EVENING}
    return plan_shift(
        jurisdiction=Jurisdiction.objects.get(code=OWN),
        facts=given | facts,
        groups=plans or (plan(by),),
        by=by,
        at=at,
    )


def under_way(by: Actor, *plans: GroupPlan, at: datetime = AT, **facts) -> Shift:
    return begin_shift(shift=planned(by, *plans, at=at, **facts), by=by, at=at)


def group_report(subject: Institution | UnlicensedSite, **given) -> VisitReport:
    facts = {
        "client_id": uuid4(),
        "kind": VisitKind.ROUTINE,
        "subject": subject,
        "visited_on": DAY,
        "slot": Slot.EVENING,
        "outcome": Outcome.CLEAN,
    }
    return VisitReport(**facts | given)


def seen(group: PatrolGroup, subject: Institution | UnlicensedSite, by: Actor, *, outcome: str = "", **given) -> Visit:
    return file_group_visit(group=group, report=group_report(subject, **given), outcome=outcome, by=by, at=AT)


def organ_of(actor: Actor) -> Organ:
    return Organ.objects.get(pk=actor.organ_id)


def post_of(actor: Actor) -> Post:
    return Post.objects.get(pk=actor.post_id)
