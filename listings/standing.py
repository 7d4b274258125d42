"""What being listed means for the institution: its standing, or for what the bureau keeps inside, a flag."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing

from .enums import INTERNAL_FLAG, STANDING, ListKind
from .models import ListEntry
from .queries import ENTRY_SOURCE

LISTED = "在列"


def set_listed(
    institution: Institution, row: ListEntry, value: str, on: date, *, by: Actor, at: datetime, reason: str
) -> None:
    """Put the institution's standing where an entry says; an empty value ends it. Inside the deciding operation.

    An entry that is not published sets a flag that draws weigh: no public page, interface, search or file reads it.
    """
    kind = STANDING[ListKind(row.kind)] if row.published else StandingKind.FLAG
    set_standing(
        institution=institution,
        kind=kind,
        detail="" if row.published else INTERNAL_FLAG,
        value=value,
        effective_on=on,
        until=row.until if value else None,
        reason=reason,
        source=f"{ENTRY_SOURCE}{row.pk}",
        by=by if row.published else by.allowed(Can.EDIT_REGISTER),
        at=at,
    )
