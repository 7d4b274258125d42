"""Putting an institution into the register and changing what is written there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from institutions import credit_code, events, rules, search
from institutions.enums import SiteKind, Status
from institutions.identity import check_place
from institutions.models import FormerName, Institution, Site, StatusEvent

#: What a clerk may write; status and standing have operations of their own.
EDITABLE = (
    "division",
    "name",
    "trade_name",
    "credit_code",
    "site_type",
    "category",
    "subcategory",
    "stages",
    "mode",
    "legal_type",
    "licence_status",
    "legal_person",
    "phone",
    "public_phone",
    "address",
    "hours",
    "bank",
    "account_tail",
    "platform_id",
    "remark",
)
PERSONAL = frozenset({"phone"})


@operation
def register_institution(
    *,
    jurisdiction: Jurisdiction,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime,
    status: str = Status.NORMAL,
    effective_on: date | None = None,
    reason: str = "",
) -> Institution:
    """Enter a new institution with its approved address and first status (effective today unless said otherwise).

    Raises NotAllowed outside the actor's county, InvalidInput for a bad credit code, a code that is taken, or a
    town that lies elsewhere.
    """
    _refuse_unknown(facts)
    row = Institution(jurisdiction=jurisdiction, status=status, registered_at=at, changed_at=at, **_clean(facts))
    authorize(by, rules.can_edit, row)
    check_place(row.division, jurisdiction)
    insert(row)
    since = effective_on or local_date(at)
    insert(Site(institution=row, kind=SiteKind.MAIN, division=row.division, address=row.address, opened_on=since))
    insert(
        StatusEvent(
            institution=row,
            status=status,
            category=row.category,
            site_type=row.site_type,
            effective_on=since,
            recorded_at=at,
            reason=reason,
        )
    )
    record(events.REGISTERED, subject=row, by=by, at=at, changes=_first_values(row), reason=reason)
    search.refresh([row.pk])
    return row


@operation
def change_institution(
    *,
    institution: Institution,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime,
    reason: str = "",
    category_since: date | None = None,
) -> Institution:
    """Change what the register says, keeping the former name and the former address with their last day; another
    category or type counts from ``category_since`` on (today, if not said).

    Writes nothing and records nothing when no value differs. Raises NotAllowed, InvalidInput (also for a category or
    type that would begin before the present status did, or only in the future).
    """
    _refuse_unknown(facts)
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    former_name = row.name
    for name, value in _clean(facts).items():
        setattr(row, name, value)
    authorize(by, rules.can_edit, row)
    check_place(row.division, row.jurisdiction)
    changes = update(row, *facts)
    if not changes:
        return row
    row.changed_at = at
    row.save(update_fields=["changed_at"])
    today = local_date(at)
    if "name" in changes:
        insert(FormerName(institution=row, name=former_name, until=today))
    if "address" in changes or "division" in changes:
        _move_main_site(row, today)
    if changes.keys() & {"category", "site_type"}:
        words = reason or ("培训类别变更" if "category" in changes else "机构类型变更")
        _go_on_as(row, since=category_since or today, at=at, reason=words)
    record(events.CHANGED, subject=row, by=by, at=at, changes=_masked(changes), reason=reason)
    search.refresh([row.pk])
    return row


def _refuse_unknown(facts: Mapping[str, object]) -> None:
    if unknown := set(facts) - set(EDITABLE):
        raise TypeError(f"not facts of an institution: {sorted(unknown)}")


def _clean(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts with the credit code compacted and checked; no code is stored as NULL."""
    cleaned = dict(facts)
    if "credit_code" in cleaned:
        code = credit_code.compact(str(cleaned["credit_code"] or ""))
        if code and (fault := credit_code.fault(code)):
            raise InvalidInput(fault, code="credit_code", fields={"credit_code": [fault]})
        cleaned["credit_code"] = code or None
    return cleaned


def _move_main_site(row: Institution, today: date) -> None:
    old = Site.objects.select_for_update(of=("self",)).filter(
        institution=row, kind=SiteKind.MAIN, closed_on__isnull=True
    )
    for site in old:
        site.closed_on = max(today, site.opened_on)
        update(site, "closed_on")
    insert(Site(institution=row, kind=SiteKind.MAIN, division=row.division, address=row.address, opened_on=today))


def _go_on_as(row: Institution, *, since: date, at: datetime, reason: str) -> None:
    """The status goes on under the new category and type; changes that were recorded ahead of their day, too."""
    today, believed = local_date(at), StatusEvent.objects.filter(institution=row).believed()
    given = {"institution": row, "category": row.category, "site_type": row.site_type}
    given |= {"recorded_at": at, "reason": reason}
    for planned in list(believed.filter(effective_on__gt=today)):
        insert(StatusEvent(status=planned.status, effective_on=planned.effective_on, replaces=planned, **given))
    present = believed.as_of(today).first()
    if present is None:  # it has not begun yet
        return
    if not present.effective_on <= since <= today:
        words = f"应在{present.effective_on}（当前状态的生效日期）至今天之间。"
        raise InvalidInput(words, code="date_range", fields={"category_since": [words]})
    insert(StatusEvent(status=present.status, effective_on=since, **given))


def _first_values(row: Institution) -> dict[str, list]:
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in EDITABLE}
    return _masked({name: [None, value] for name, value in values.items() if value not in ("", None, [])})


def _masked(changes: Mapping[str, list]) -> dict[str, list]:
    return {name: ["***", "***"] if name in PERSONAL else pair for name, pair in changes.items()}
