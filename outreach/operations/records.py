"""宣传, 会议 and 荣誉: entered after the fact, voided where wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from outreach import events, rules
from outreach.enums import Channel, MeetingKind
from outreach.models import Honour, Meeting, Noted, Outreach


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting: ``attendees`` are (organ, 人)."""

    kind: str
    title: str
    happened_on: date
    organiser: str
    attendees: Sequence[tuple[str, int]]
    topics: str
    decisions: str = ""


@operation
def record_outreach(
    *,
    channel: str,
    title: str,
    happened_on: date,
    by: Actor,
    at: datetime,
    place: str = "",
    audience: int | None = None,
    at_least: bool = False,
    link: str = "",
) -> Outreach:
    """Enter one action. Raises NotAllowed, InvalidInput (no title, a day to come, a lower bound of nothing)."""
    authorize(by, rules.can_record)
    facts = {"place": place.strip(), "audience": audience, "at_least": at_least, "link": link.strip()}
    row = insert(Outreach(channel=Channel(channel), **facts, **_noted(title, happened_on, by, at)))
    changes = {"channel": [None, row.channel], "audience": [None, audience]}
    record(events.OUTREACH_RECORDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def record_meeting(*, held: Held, by: Actor, at: datetime) -> Meeting:
    """Enter a meeting. Raises NotAllowed, InvalidInput (no title, organiser, topic or attendee, a day to come)."""
    authorize(by, rules.can_record)
    need_words(held.organiser, "organiser", "请填写召集单位。")
    need_words(held.topics, "topics", "请填写议题。")
    if not held.attendees or not all(name.strip() and number > 0 for name, number in held.attendees):
        raise invalid("attendees", "请逐行填写参加单位和人数。")
    facts = {
        "organiser": held.organiser.strip(),
        "attendees": [[name.strip(), number] for name, number in held.attendees],
        "topics": held.topics.strip(),
        "decisions": held.decisions.strip(),
    }
    row = insert(Meeting(kind=MeetingKind(held.kind), **facts, **_noted(held.title, held.happened_on, by, at)))
    changes = {"kind": [None, row.kind], "people": [None, row.people]}
    record(events.MEETING_RECORDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def record_honour(*, title: str, giver: str, happened_on: date, by: Actor, at: datetime, document: str = "") -> Honour:
    """Enter an honour. Raises NotAllowed, InvalidInput (no title, nobody who gave it, a day to come)."""
    authorize(by, rules.can_record)
    need_words(giver, "giver", "请填写授予单位。")
    noted = _noted(title, happened_on, by, at)
    row = insert(Honour(giver=giver.strip(), document=document.strip(), **noted))
    record(events.HONOUR_RECORDED, subject=row, by=by, at=at, changes={"giver": [None, row.giver]})
    return row


def _noted(title: str, happened_on: date, by: Actor, at: datetime) -> dict[str, object]:
    """What the three share, of the actor's own organ."""
    need_words(title, "title", "请填写名称。")
    if happened_on > local_date(at):
        raise invalid("happened_on", "日期不能晚于今天。")
    organ = Organ.objects.get(pk=by.organ_id)
    whose = {"jurisdiction_id": organ.jurisdiction_id, "organ": organ, "recorded_by_id": by.user_id}
    return {**whose, "title": title.strip(), "happened_on": happened_on, "recorded_at": at}


@operation
def void_outreach(*, row: Outreach, reason: str, by: Actor, at: datetime) -> Outreach:
    """Take a wrong row out of every count; it stays on record. Raises NotAllowed (voided before), InvalidInput."""
    found = lock(Outreach, row.pk)
    authorize(by, rules.can_void, found)
    return _void(found, events.OUTREACH_VOIDED, reason, by=by, at=at)


@operation
def void_meeting(*, row: Meeting, reason: str, by: Actor, at: datetime) -> Meeting:
    """As ``void_outreach``. Raises NotAllowed, InvalidInput."""
    found = lock(Meeting, row.pk)
    authorize(by, rules.can_void, found)
    return _void(found, events.MEETING_VOIDED, reason, by=by, at=at)


@operation
def void_honour(*, row: Honour, reason: str, by: Actor, at: datetime) -> Honour:
    """As ``void_outreach``. Raises NotAllowed, InvalidInput."""
    found = lock(Honour, row.pk)
    authorize(by, rules.can_void, found)
    return _void(found, events.HONOUR_VOIDED, reason, by=by, at=at)


def _void(row: Noted, event: EventKind, reason: str, *, by: Actor, at: datetime):
    need_words(reason, "reason", "请写明作废的理由。")
    row.voided_at = at
    record(event, subject=row, by=by, at=at, changes=update(row, "voided_at"), reason=reason)
    return row
