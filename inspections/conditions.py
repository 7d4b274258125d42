"""What a higher app asks before a visit of some kind becomes a record; ``inspections`` knows nothing of its reasons.

The app declares it in its ``filing.py``, which is loaded at the start::

    @condition(VisitKind.SUPERVISOR)
    def in_office(report, by, on): authorize(by, rules.may_file, report.visited_on)

and ``operations.visits.file_visit`` asks it, so that no door has to. It raises what an operation raises.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from foundation.core.actor import Actor
from foundation.core.errors import NotAllowed

from .enums import VisitKind
from .reports import VisitReport

Condition = Callable[[VisitReport, Actor, date], None]
#: Kinds that nobody files unless somebody answers for them: volunteers go out by appointment only.
BY_APPOINTMENT = frozenset({VisitKind.SUPERVISOR})
_conditions: dict[VisitKind, list[Condition]] = {}


def condition(kind: VisitKind) -> Callable[[Condition], Condition]:
    def declare(asked: Condition) -> Condition:
        _conditions.setdefault(kind, []).append(asked)
        return asked

    return declare


def ask_conditions(report: VisitReport, *, by: Actor, on: date) -> None:
    """All that is asked of this kind of visit, filed on that day. Raises what the conditions raise, NotAllowed where
    a kind by appointment is asked nothing."""
    asked = _conditions.get(report.kind, [])
    if report.kind in BY_APPOINTMENT and not asked:
        raise NotAllowed("没有聘任记录可查，不能登记这类检查。")
    for each in asked:
        each(report, by, on)
