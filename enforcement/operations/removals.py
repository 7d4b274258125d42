"""广告处置: an outing removes advertisements, passes them on to the market regulator, and can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from assignments.models import Assignment
from assignments.operations.assign import assign
from clues.enums import Claim, ClueState
from clues.models import Sighting
from enforcement import events, removing, rules
from enforcement.enums import REPEAT_ADVERTS, AdOutcome
from enforcement.models import Removal, RemovalCampaign, RemovalItem, RemovalOfficer, RemovalPhoto
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, IllegalTransition, invalid, need_words
from foundation.core.locking import lock, lock_all
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.photos.operations import Sent, keep_photos
from foundation.photos.sending import check_photos
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above
from inspections.enums import CampaignState
from inspections.models import Campaign
from inspections.reports import OnSite
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing

PERSONS_NEEDED = 2
DAYS_TO_ANSWER = 15  # calendar days in which the market regulator is asked to answer a transfer


@dataclass(frozen=True)
class Done:
    """What was done with one advertisement; ``quantity`` in its unit, None for all that is left of it."""

    sighting: Sighting
    outcome: AdOutcome
    quantity: int | None = None
    at_least: bool = False


@dataclass(frozen=True, kw_only=True)
class Outing:
    """Who went on which day, and in which campaigns it counts."""

    done_on: date
    officers: Sequence[OnSite]
    campaigns: Sequence[Campaign] = ()
    photos: Sequence[Sent] = ()
    remark: str = ""


@operation
def record_removal(*, outing: Outing, done: Sequence[Done], by: Actor, at: datetime) -> Removal:
    """Enter what a team did on one outing. What is passed on becomes an assignment to the market regulator.

    Raises NotAllowed (an advertisement elsewhere), InvalidInput (fewer than two persons, nothing done, a day in the
    future or before it was seen, more than is there, no market regulator), Conflict (a clue that was refused or
    merged), IllegalTransition (a campaign that does not take it).
    """
    rows = _locked(done, by=by)
    if not rows:
        raise invalid("sighting", "请至少选择一条广告线索。")
    place = lock(Jurisdiction, rows[0].clue.jurisdiction_id)  # numbers of one bureau are given one after the other
    _check_outing(outing, rows, at=at)
    removal = insert(
        Removal(
            number=next_number(Removal, f"GG-{place.code}-{local_date(at).year}-"),
            jurisdiction=place,
            division_id=rows[0].clue.division_id,
            organ_id=by.organ_id,
            done_on=outing.done_on,
            remark=outing.remark.strip(),
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
    )
    insert_all(
        RemovalOfficer(removal=removal, user=one.user, name=one.name, organ_name=one.organ_name)
        for one in outing.officers
    )
    kept = keep_photos(sent=outing.photos, jurisdiction=place, by=by, at=at) if outing.photos else []
    insert_all(RemovalPhoto(removal=removal, photo=photo) for photo in kept)
    for campaign in outing.campaigns:
        _tag(removal, campaign)
    items = _written(removal, done, rows, by=by, at=at)
    changes = {"officers": [None, len(outing.officers)], "items": [None, [str(item) for item in items]]}
    record(events.REMOVAL_RECORDED, subject=removal, by=by, at=at, changes=changes)
    return removal


@operation
def join_removal(*, removal: Removal, done: Sequence[Done], by: Actor, at: datetime) -> Removal:
    """Enter more of what the same team did on the same outing: its persons count once.

    Raises as ``record_removal`` does, and InvalidInput for an advertisement of another county.
    """
    row = lock(Removal, removal.pk)
    authorize(by, rules.can_change_removal, row)
    rows = _locked(done, by=by)
    if any(one.clue.jurisdiction_id != row.jurisdiction_id for one in rows):
        raise invalid("sighting", "一次处置的广告线索须在同一个县(市、区)。")
    items = _written(row, done, rows, by=by, at=at)
    changes = {"items": [None, [str(item) for item in items]]}
    record(events.REMOVAL_JOINED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def void_removal_item(*, item: RemovalItem, reason: str, by: Actor, at: datetime) -> RemovalItem:
    """A wrong entry no longer counts, and what it removed is there again. Raises NotAllowed, InvalidInput."""
    row = lock(RemovalItem, item.pk)
    authorize(by, rules.can_void_item, row)
    need_words(reason, "reason", "请填写作废理由。")
    row.voided_at, row.void_reason = at, reason.strip()
    changes = update(row, "voided_at", "void_reason")
    record(events.REMOVAL_VOIDED, subject=row.removal, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def tag_removal(*, removal: Removal, campaign: Campaign, by: Actor, at: datetime) -> Removal:
    """Let an outing count in a campaign; said again, nothing changes. Raises NotAllowed, IllegalTransition."""
    row = lock(Removal, removal.pk)
    authorize(by, rules.can_change_removal, row)
    if not RemovalCampaign.objects.filter(removal=row, campaign=campaign).exists():
        _tag(row, campaign)
        record(events.REMOVAL_TAGGED, subject=row, by=by, at=at, changes={"campaigns": [None, campaign.name]})
    return row


@operation
def flag_adverts(*, institution: Institution, reason: str, until: date | None, by: Actor, at: datetime) -> Institution:
    """Set the risk flag of an institution that advertises against the rules again and again: a person decides it.

    Draws then take it in the next stratum. Raises NotAllowed, Conflict (flagged already), InvalidInput (fewer than
    ADVERT_REPEATS confirmed advertisements, no reason).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_flag, row)
    today = local_date(at)
    if removing.is_flagged(row, on=today):
        raise Conflict("已有这个风险标记。")
    if not removing.is_repeater(row, on=today):
        raise invalid("reason", "查实的违规广告还没有达到“反复”的次数。")
    need_words(reason, "reason", "请填写事由。")
    _set_flag(row, "是", until=until, reason=reason, by=by, at=at)
    record(events.ADVERTS_FLAGGED, subject=row, by=by, at=at, changes={"flag": ["", REPEAT_ADVERTS]}, reason=reason)
    return row


@operation
def unflag_adverts(*, institution: Institution, reason: str, by: Actor, at: datetime) -> Institution:
    """End the risk flag. Raises NotAllowed, Conflict (no flag), InvalidInput (no reason)."""
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_flag, row)
    if not removing.is_flagged(row, on=local_date(at)):
        raise Conflict("没有这个风险标记。")
    need_words(reason, "reason", "请填写事由。")
    _set_flag(row, "", until=None, reason=reason, by=by, at=at)
    record(events.ADVERTS_UNFLAGGED, subject=row, by=by, at=at, changes={"flag": [REPEAT_ADVERTS, ""]}, reason=reason)
    return row


def _set_flag(row: Institution, value: str, *, until: date | None, reason: str, by: Actor, at: datetime) -> None:
    set_standing(
        institution=row,
        kind=StandingKind.FLAG,
        detail=REPEAT_ADVERTS,
        value=value,
        effective_on=local_date(at),
        until=until,
        reason=reason,
        source="广告处置",
        by=by,
        at=at,
    )


# -- pieces --------------------------------------------------------------------------------------------------------
def _locked(done: Sequence[Done], *, by: Actor) -> list[Sighting]:
    """The advertisements, locked in order, each in the actor's area and still of a clue that counts."""
    rows = lock_all(Sighting, {one.sighting.pk for one in done})
    for row in rows:
        authorize(by, rules.can_remove, row)
        if row.clue.state in (ClueState.REFUSED, ClueState.MERGED):
            raise Conflict(f"{row.clue.number}{row.clue.get_state_display()}，不能登记处置。")
    return rows


def _check_outing(outing: Outing, rows: list[Sighting], *, at: datetime) -> None:
    if len({(one.name, one.organ_name) for one in outing.officers}) < PERSONS_NEEDED:
        raise invalid("officers", f"处置须有{PERSONS_NEEDED}名以上人员。")
    if outing.done_on > local_date(at):
        raise invalid("done_on", "处置日期不能晚于今天。")
    if any(row.clue.happened_on > outing.done_on for row in rows):
        raise invalid("done_on", "处置日期不能早于发现日期。")
    if len({row.clue.jurisdiction_id for row in rows}) > 1:
        raise invalid("sighting", "一次处置的广告线索须在同一个县(市、区)。")
    check_photos(outing.photos)


def _written(
    removal: Removal, done: Sequence[Done], rows: list[Sighting], *, by: Actor, at: datetime
) -> list[RemovalItem]:
    now = {row.pk: row for row in rows}
    return [_item(removal, one, now[one.sighting.pk], by=by, at=at) for one in done]


def _item(removal: Removal, one: Done, row: Sighting, *, by: Actor, at: datetime) -> RemovalItem:
    quantity = _quantity(one, row)
    passed_on = _pass_on(row, quantity, by=by, at=at) if one.outcome == AdOutcome.TRANSFERRED else None
    at_least = one.at_least or (one.quantity is None and row.at_least)
    return insert(
        RemovalItem(
            removal=removal,
            sighting=row,
            outcome=one.outcome,
            quantity=quantity,
            at_least=at_least,
            assignment=passed_on,
            recorded_at=at,
        )
    )


def _quantity(one: Done, row: Sighting) -> int:
    """How many: never more than were seen, unless more were seen than counted. Raises InvalidInput."""
    told = removing.done_with(row)
    if one.outcome == AdOutcome.TRANSFERRED:
        before = 0
    else:
        before = told["destroyed"] if one.outcome == AdOutcome.DESTROYED else told["cleared"]
    left = row.quantity - before
    quantity = one.quantity if one.quantity is not None else left
    if quantity < 1 or (quantity > left and not row.at_least):
        raise invalid("quantity", f"{row.clue.number}共{row.amount}，已登记{before}，最多还能登记{max(left, 0)}。")
    return quantity


def _pass_on(row: Sighting, quantity: int, *, by: Actor, at: datetime) -> Assignment:
    """Ask the county's market regulator to deal with it; it is told what was seen, never the clue's own words."""
    market = removing.market_organs(row.clue.jurisdiction_id).first()
    if market is None:
        raise invalid("outcome", "本县还没有登记市场监管部门，不能移送。")
    claims = "、".join(Claim(claim).label for claim in row.claims)
    laws = "、".join(dict.fromkeys(law for _, _, _, law, _ in row.marks))
    told = [
        f"地点：{row.clue.division} {row.clue.address}",
        f"广告主：{row.clue.about or '待查'}",
        f"媒介：{row.get_medium_display()}{'（' + row.get_carrier_display() + '）' if row.carrier else ''}",
        f"数量：{quantity}{row.get_unit_display()}",
        *([f"涉嫌虚假宣传：{claims}"] if claims else []),
        *([f"涉嫌违反：{laws}"] if laws else []),
        *([f"链接：{row.link}"] if row.link else []),
    ]
    return assign(
        title=f"移送违规广告 {row.clue.number}",
        content="\n".join(told),
        organs=[Organ.objects.get(pk=market.pk)],
        due_on=local_date(at) + timedelta(days=DAYS_TO_ANSWER),
        subject_url=reverse("admin:clues_sighting_change", args=[row.pk]),
        subject_label=row.clue.number,
        by=by,
        at=at,
    )


def _tag(removal: Removal, campaign: Campaign) -> None:
    """Raises IllegalTransition unless the campaign runs, covers the place and the day."""
    now = lock(Campaign, campaign.pk)
    here = now.jurisdiction_id in {removal.jurisdiction_id, *jurisdictions_above(removal.jurisdiction_id)}
    if now.state != CampaignState.RUNNING or not here:
        raise IllegalTransition(f"{now.name}{now.get_state_display()}或不在本辖区，不能计入。")
    if not now.starts_on <= removal.done_on <= now.ends_on:
        raise IllegalTransition(f"处置日期不在{now.name}的行动期间内。")
    insert(RemovalCampaign(removal=removal, campaign=now))
