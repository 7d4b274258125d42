"""Opening: an institution's bank account with its chart of accounts, and a purse for one contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, invalid
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from .. import events, rules
from ..enums import AT_BANK, AccountKind
from ..models import Account, ClosedDay, Purse


@operation
def open_account(
    *, institution: Institution, number: str, kind: AccountKind = AccountKind.CUSTODY, by: Actor, at: datetime
) -> Account:
    """The institution's account at a bank, known by an opaque number; opens it, or gives the one that is there.

    The other accounts of the institution come with its first one. Raises NotAllowed, InvalidInput.
    """
    authorize(by, rules.can_post, institution)
    if kind not in AT_BANK or not number.strip():
        raise invalid("number", "请填写银行账户代号。")
    there = Account.objects.filter(institution=institution, kind=kind, number=number.strip()).first()
    if there is not None:
        return there
    opened = _called("SELECT ledger_open_account(%s, %s, %s, %s)", institution.pk, kind, number.strip(), at)
    account = Account.objects.select_related("institution").get(pk=opened)
    record(events.ACCOUNT_OPENED, subject=account, by=by, at=at)
    return account


@dataclass(frozen=True, slots=True)
class NewPurse:
    """``number`` is opaque to the ledger: the contract's, or any other that the institution has once only."""

    institution: Institution
    number: str
    custody: Account


@operation
def open_purse(*, institution: Institution, number: str, custody: Account, by: Actor, at: datetime) -> Purse:
    """A purse with nothing in it, whose money lies on the bank account ``custody`` of the same institution.

    The contract's own event tells of it. Raises NotAllowed; InvalidInput when the institution has a purse of this
    number or the account is not its own.
    """
    return open_purses(new=[NewPurse(institution, number, custody)], by=by, at=at)[0]


@operation
def open_purses(*, new: Sequence[NewPurse], by: Actor, at: datetime) -> list[Purse]:
    """Many purses at once, all or none, in the order given. Raises as ``open_purse`` does."""
    for one in new:
        authorize(by, rules.can_post, one.institution)
        if one.custody.institution_id != one.institution.pk or one.custody.kind != AccountKind.CUSTODY:
            raise invalid("custody", "监管专户不是这家机构的。")
    if not new:
        return []
    columns = zip(*((one.institution.pk, one.number.strip(), one.custody.pk) for one in new), strict=True)
    ids = _called("SELECT ledger_open_purses(%s::bigint[], %s::text[], %s::bigint[], %s)", *map(list, columns), at)
    found = Purse.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


@operation
def close_day(*, jurisdiction: Jurisdiction, day: date, by: Actor, at: datetime) -> ClosedDay:
    """From now on nothing is posted into this day or an earlier one. Raises NotAllowed, Conflict, InvalidInput."""
    authorize(by, rules.can_close_day, jurisdiction.pk)
    if ClosedDay.objects.filter(jurisdiction=jurisdiction, day__gte=day).exists():
        raise Conflict(f"{day:%Y-%m-%d}已结账。", code="ledger_day_closed_once")
    closed = ClosedDay.objects.get(
        pk=_called("SELECT ledger_close_day(%s, %s, %s, %s, %s)", jurisdiction.pk, day, by.user_id, by.name, at)
    )
    record(events.DAY_CLOSED, subject=closed, by=by, at=at)
    return closed


def _called(statement: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
