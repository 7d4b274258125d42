"""What people enter: signs seen in the field, runaways, and what was searched."""

from __future__ import annotations

from datetime import date, datetime

from alerts import events, rules
from alerts.models import Runaway, Search, Sign
from alerts.queries import home_of
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import Rule, authorize, operation
from institutions.models import Institution


@operation
def report_sign(
    *, institution: Institution, kind: str, seen_on: date, words: str, source: str, by: Actor, at: datetime
) -> Sign:
    """Write down what was seen; tonight's sweep reckons with it. Raises NotAllowed, InvalidInput."""
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_report, home)
    _need_past("seen_on", seen_on, at)
    need_words(words, "words", "请写明情况。")
    need_words(source, "source", "请写明来源。")
    facts = {"kind": kind, "seen_on": seen_on, "words": words.strip(), "source": source.strip()}
    row = insert(Sign(institution=home, **facts, reported_by_id=by.user_id, reported_at=at))
    changes = {"kind": [None, row.get_kind_display()], "seen_on": [None, seen_on]}
    record(events.SIGN_REPORTED, subject=row, by=by, at=at, changes=changes, reason=row.words)
    return row


@operation
def strike_sign(*, sign: Sign, reason: str, by: Actor, at: datetime) -> Sign:
    """It was wrong: no rule reckons with it any more. Raises NotAllowed, InvalidInput (no reason)."""
    return _strike(sign, rules.can_strike_sign, events.SIGN_STRUCK, reason, by, at)


@operation
def enter_runaway(
    *,
    name: str,
    kind: str,
    happened_on: date,
    persons: int,
    amount_fen: int,
    source: str,
    words: str,
    by: Actor,
    at: datetime,
    institution: Institution | None = None,
) -> Runaway:
    """One event in the own county, of an institution of the register or of another one by its name.

    Raises NotAllowed, InvalidInput (a day to come, no name, no source).
    """
    authorize(by, rules.can_handle_some)
    if institution is not None:
        authorize(by, rules.can_report, institution)
    _need_past("happened_on", happened_on, at)
    named = name.strip() or (institution.name if institution else "")
    need_words(named, "name", "请填写机构名称。")
    place = institution.jurisdiction_id if institution else home_of(by)
    facts = {"kind": kind, "happened_on": happened_on, "persons": persons, "amount_fen": amount_fen}
    said = {"source": source.strip(), "words": words.strip()}
    who = {"jurisdiction_id": place, "institution": institution, "name": named}
    row = insert(Runaway(**who, **facts, **said, entered_by_id=by.user_id, entered_at=at))
    changes = {name: [None, value] for name, value in facts.items()}
    record(events.RUNAWAY_ENTERED, subject=row, by=by, at=at, changes=changes, reason=row.words)
    return row


@operation
def strike_runaway(*, runaway: Runaway, reason: str, by: Actor, at: datetime) -> Runaway:
    """It was none: it counts no more and stays to be read. Raises NotAllowed, InvalidInput (no reason)."""
    return _strike(runaway, rules.can_strike_runaway, events.RUNAWAY_STRUCK, reason, by, at)


@operation
def note_search(*, first_on: date, last_on: date, sources: str, found: str, by: Actor, at: datetime) -> Search:
    """Which sources I looked through for which past days of the own county. Raises NotAllowed, InvalidInput."""
    authorize(by, rules.can_handle_some)
    _need_past("last_on", last_on, at)
    need_words(sources, "sources", "请写明查过哪些来源。")
    need_words(found, "found", "请写明排查结果。")
    facts = {"first_on": first_on, "last_on": last_on, "sources": sources.strip(), "found": found.strip()}
    row = insert(Search(jurisdiction_id=home_of(by), **facts, searched_by_id=by.user_id, searched_at=at))
    changes = {name: [None, value] for name, value in facts.items()}
    record(events.SEARCH_NOTED, subject=row, by=by, at=at, changes=changes)
    return row


def _strike(row: Sign | Runaway, permits: Rule, kind: EventKind, reason: str, by: Actor, at: datetime):
    row = lock(type(row), row.pk)
    authorize(by, permits, row)
    need_words(reason, "reason", "请写明理由。")
    row.struck_at, row.strike_reason = at, reason.strip()
    record(kind, subject=row, by=by, at=at, changes=update(row, "struck_at", "strike_reason"), reason=reason)
    return row


def _need_past(field: str, on: date, at: datetime) -> None:
    if on > local_date(at):
        raise invalid(field, "日期不能晚于今天。")
