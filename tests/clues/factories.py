"""Clues for tests, brought to any state through the operations."""

from __future__ import annotations

from datetime import datetime

from clues.enums import Channel, ClueState, Subject, Verdict
from clues.models import Clue
from clues.operations.clues import close_clue, start_checking, take_in_clue
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from tests.cast import OWN, Cast
from tests.institutions.factories import AT, town

SEEN = "三楼有人上课，门口写着李老师的电话"


def clue(by: Actor, *, county: str = OWN, at: datetime = AT, division: Division | None = None, **given) -> Clue:
    facts = {"subject": Subject.UNLICENSED, "channel": Channel.HOTLINE, "content": SEEN, **given}
    return take_in_clue(
        jurisdiction=Jurisdiction.objects.get(code=county), division=division or town(county), by=by, at=at, **facts
    )


def in_state(cast: Cast, state: str, **given) -> Clue:
    row = clue(cast.officer, **given)
    if state == ClueState.RECEIVED:
        return row
    row = start_checking(clue=row, by=cast.officer, at=AT)
    if state == ClueState.CHECKING:
        return row
    return close_clue(clue=row, verdict=Verdict.TRUE, result="已现场核查", by=cast.officer, at=AT)
