"""Clues of a case: taken in by their channel, looked into, answered; urgent ones the same hour."""

from __future__ import annotations

from assignments.enums import Urgency
from clues.enums import OWN_PEOPLE, Channel, Subject, Verdict
from clues.models import Clue
from clues.operations.clues import close_clue, start_checking, take_in_clue
from clues.operations.triage import accept_clue
from foundation.core import clock
from foundation.regions.models import Division
from inspections.models import Visit
from matters.operations.checks import link_check

from .case_people import CasePlace


def hear(
    here: CasePlace, town: Division, channel: Channel, subject: Subject, words: str, *, by: str = "jingban", **facts
) -> Clue:
    """Somebody tells of something in a town."""
    told = {"content": words, "by": here.acts(by), "at": clock.now(), **facts}
    return take_in_clue(jurisdiction=here.place, division=town, channel=channel, subject=subject, **told)


def take_up(here: CasePlace, clue: Clue, *, urgent: bool = True) -> Clue:
    """Taken on (an urgent one is looked into at once, another one waits three days) and begun to be checked."""
    given = {"by": here.acts("jingban"), "at": clock.now()}
    if clue.channel not in OWN_PEOPLE:
        urgency, wait = (Urgency.URGENT, 0) if urgent else (Urgency.NORMAL, 3)
        clue = accept_clue(clue=clue, urgency=urgency, delay_days=wait, **given)
    return start_checking(clue=clue, **given)


def answer(here: CasePlace, clue: Clue, words: str, *, visit: Visit | None = None, verdict: str = Verdict.TRUE) -> Clue:
    """Closed with what was found; ``visit`` is the one that looked into it."""
    given = {"by": here.acts("jingban"), "at": clock.now()}
    if visit is not None:
        link_check(clue=clue, visit=visit, **given)
    return close_clue(clue=clue, verdict=verdict, result=words, **given)
