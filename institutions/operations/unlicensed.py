"""Unlicensed sites: found in the field, checked in rounds, disposed of or merged into the register."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Division, Jurisdiction
from institutions import events, queries, rules, workflow
from institutions.enums import Discovery, Disposal, LicenceStatus, SiteType, UnlicensedState
from institutions.identity import check_place
from institutions.models import Institution, UnlicensedRound, UnlicensedSite, UnlicensedStateEvent


@operation
def report_unlicensed(
    *,
    jurisdiction: Jurisdiction,
    division: Division,
    address: str,
    category: str,
    found_on: date,
    by: Actor,
    at: datetime,
    discovery: str = Discovery.PATROL,
    licence_status: str = LicenceStatus.NEITHER,
    site_type: str = SiteType.TRAINING,
    subcategory: str = "",
    sign: str = "",
    credit_code: str = "",
    operator: str = "",
    teachers: str = "",
    pupils: int | None = None,
    pupils_at_least: bool = False,
) -> UnlicensedSite:
    """Enter a site that trains without the permit or registration it needs; it is open until disposed of.

    Raises NotAllowed outside the actor's area, InvalidInput (place outside the county, a day in the future).
    """
    if found_on > local_date(at):
        raise InvalidInput("发现日期不能晚于今天。", code="date", fields={"found_on": ["发现日期不能晚于今天。"]})
    place = lock(Jurisdiction, jurisdiction.pk)  # numbers of one bureau are given one after the other
    row = UnlicensedSite(
        number=_next_number(place, found_on),
        jurisdiction=place,
        division=division,
        address=address,
        category=category,
        subcategory=subcategory,
        site_type=site_type,
        licence_status=licence_status,
        discovery=discovery,
        found_on=found_on,
        recorded_at=at,
        state=UnlicensedState.OPEN,
        state_at=at,
        sign=sign,
        credit_code=credit_code,
        operator=operator,
        teachers=teachers,
        pupils=pupils,
        pupils_at_least=pupils_at_least,
    )
    authorize(by, rules.can_report_unlicensed_here, row)
    check_place(division, place)
    insert(row)
    _note(row, found_on, at)
    record(events.UNLICENSED_REPORTED, subject=row, by=by, at=at, changes={"address": [None, address]})
    return row


def _note(row: UnlicensedSite, effective_on: date, at: datetime) -> None:
    insert(UnlicensedStateEvent(site=row, state=row.state, effective_on=effective_on, recorded_at=at))


def _check_day(row: UnlicensedSite, field: str, day: date, at: datetime) -> None:
    """A change takes effect from the day of the last one until today; else figures would go by the older one."""
    label = {"disposed_on": "处置日期", "reopened_on": "反弹日期"}[field]
    last = queries.last_state_event(row)
    words = ""
    if day > local_date(at):
        words = f"{label}不能晚于今天。"
    elif last is not None and day < last.effective_on:
        opened = "发现日期" if last.effective_on == row.found_on else "反弹日期"
        before = opened if last.state == UnlicensedState.OPEN else "处置日期"
        words = f"{label}不能早于{before}{last.effective_on}。"
    if words:
        raise InvalidInput(words, code="date_order", fields={field: [words]})


def _next_number(place: Jurisdiction, found_on: date) -> str:
    return next_number(UnlicensedSite, f"WZ-{place.code}-{found_on.year}-")


@operation
def record_round(
    *,
    site: UnlicensedSite,
    checked_on: date,
    organ: Organ,
    officers: str,
    finding: str,
    still_operating: bool,
    by: Actor,
    at: datetime,
) -> UnlicensedRound:
    """Keep one more round of checking. Raises NotAllowed, IllegalTransition (merged), InvalidInput (too early)."""
    row = lock(UnlicensedSite, site.pk)
    authorize(by, rules.can_handle_unlicensed, row)
    if row.state == UnlicensedState.MERGED:
        raise IllegalTransition("该场所已并入名录，请在机构页面登记检查。")
    if checked_on < row.found_on:
        raise InvalidInput("核查日期不能早于发现日期。", code="date_order")
    made = insert(
        UnlicensedRound(
            site=row,
            no=row.rounds.count() + 1,
            checked_on=checked_on,
            organ=organ,
            officers=officers,
            finding=finding,
            still_operating=still_operating,
            recorded_at=at,
        )
    )
    changes = {"round": [None, made.no], "still_operating": [None, still_operating]}
    record(events.UNLICENSED_CHECKED, subject=row, by=by, at=at, changes=changes, reason=finding)
    return made


@operation
def dispose_unlicensed(
    *, site: UnlicensedSite, disposal: str, disposed_on: date, reason: str, by: Actor, at: datetime
) -> UnlicensedSite:
    """Close an open site as 取缔 / 转型 / 办证 / 自行停办.

    Raises NotAllowed, IllegalTransition, InvalidInput (a day before it was last opened, or in the future).
    """
    row = lock(UnlicensedSite, site.pk)
    authorize(by, rules.can_handle_unlicensed, row)
    fields = advance(row, workflow.DISPOSE, at=at)
    _check_day(row, "disposed_on", disposed_on, at)
    row.disposal, row.disposed_on = disposal, disposed_on
    changes = update(row, *fields, "disposal", "disposed_on")
    _note(row, disposed_on, at)
    record(events.UNLICENSED_DISPOSED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def reopen_unlicensed(
    *, site: UnlicensedSite, reopened_on: date, reason: str, by: Actor, at: datetime
) -> UnlicensedSite:
    """A site disposed of trains again (反弹).

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason; a day before it was disposed of, or in the future).
    """
    row = lock(UnlicensedSite, site.pk)
    authorize(by, rules.can_handle_unlicensed, row)
    need_words(reason, "reason", "请填写反弹情况。")
    fields = advance(row, workflow.REOPEN, at=at)
    _check_day(row, "reopened_on", reopened_on, at)
    row.disposal, row.disposed_on = "", None
    changes = update(row, *fields, "disposal", "disposed_on")
    _note(row, reopened_on, at)
    record(events.UNLICENSED_REOPENED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def merge_unlicensed(
    *, site: UnlicensedSite, institution: Institution, reason: str, by: Actor, at: datetime
) -> UnlicensedSite:
    """Tie a site to the registered institution that it is or became. Raises NotAllowed, IllegalTransition."""
    row = lock(UnlicensedSite, site.pk)
    authorize(by, rules.can_handle_unlicensed, row)
    authorize(by, rules.can_edit, institution)
    fields = advance(row, workflow.MERGE, at=at)
    row.institution = institution
    row.disposal = row.disposal or Disposal.LICENSED
    row.disposed_on = row.disposed_on or local_date(at)
    changes = update(row, *fields, "institution", "disposal", "disposed_on")
    _note(row, row.disposed_on, at)
    record(events.UNLICENSED_MERGED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
