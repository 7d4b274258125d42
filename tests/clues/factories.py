"""Clues for tests, brought to any state through the operations."""

from __future__ import annotations

from datetime import datetime

from assignments.enums import Urgency
from clues.enums import Channel, ClueState, Subject, Verdict
from clues.models import Clue
from clues.operations import triage
from clues.operations.clues import close_clue, start_checking, take_in_clue
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from tests.cast import NEIGHBOUR, OWN, Cast
from tests.institutions.factories import AT, town

SEEN = "三楼有人上课，门口写着李老师的电话"


def clue(by: Actor, *, county: str = OWN, at: datetime = AT, division: Division | None = None, **given) -> Clue:
    facts = {"subject": Subject.UNLICENSED, "channel": Channel.HOTLINE, "content": SEEN, **given}
    return take_in_clue(
        jurisdiction=Jurisdiction.objects.get(code=county), division=division or town(county), by=by, at=at, **facts
    )


def accepted(row: Clue, by: Actor, *, at: datetime = AT, days: int = 2, urgency: str = Urgency.NORMAL) -> Clue:
    return triage.accept_clue(clue=row, urgency=urgency, delay_days=days, by=by, at=at)


def in_state(cast: Cast, state: str, **given) -> Clue:
    row = clue(cast.officer, **given)
    if state == ClueState.RECEIVED:
        return row
    if state == ClueState.REFUSED:
        return triage.refuse_clue(clue=row, reason="不属于校外培训", by=cast.officer, at=AT)
    if state == ClueState.MERGED:
        return triage.merge_clue(clue=row, into=clue(cast.officer), by=cast.officer, at=AT)
    if state == ClueState.HANDED:
        neighbour = Jurisdiction.objects.get(code=NEIGHBOUR)
        return triage.hand_over(clue=row, to=neighbour, reason="不在本区", by=cast.officer, at=AT)
    row = accepted(row, cast.officer)
    if state == ClueState.ACCEPTED:
        return row
    row = start_checking(clue=row, by=cast.officer, at=AT)
    if state == ClueState.CHECKING:
        return row
    return close_clue(clue=row, verdict=Verdict.TRUE, result="已现场核查", by=cast.officer, at=AT)
