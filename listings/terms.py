"""How long an entry lasts when nobody says otherwise: the months of the list's rule in that place (domain.md 2.5)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from institutions import queries
from institutions.models import Institution

from .list_rules import rule_for
from .models import ListEntry


def last_day_of(months: int, *, since: date) -> date:
    """The last day (included) of a term of so many months that begins on ``since``."""
    return months_after(months, since=since) - timedelta(days=1)


def months_after(months: int, *, since: date) -> date:
    """The same day some months on, or the last one of a shorter month."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    return date(year, month + 1, min(since.day, calendar.monthrange(year, month + 1)[1]))


def too_early_to_repair(entry: ListEntry, *, on: date) -> str:
    """From when on an entry's party may ask to be taken off early, where that day has not come; else nothing."""
    months = rule_for(entry.kind, entry.institution.jurisdiction, on).repair_after_months
    earliest = months_after(months, since=entry.effective_on)
    return f"列入满{months}个月({earliest})后才能申请信用修复。" if on < earliest else ""


def default_until(institution: Institution, kind: str, *, since: date, severe: bool = False) -> date:
    """The rule's months, or those for severe cases; not beyond the last permit in force where the rule says so."""
    rule = rule_for(kind, institution.jurisdiction, since)
    term = last_day_of(rule.severe_months if severe and rule.severe_months else rule.months, since=since)
    if not rule.until_permit_end:
        return term
    ends = list(queries.permits_in_force(institution, on=since).values_list("valid_to", flat=True))
    if not ends or None in ends:
        return term
    return min(term, max(ends))
