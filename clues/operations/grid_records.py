"""网格巡查记录: what the workers of one grid reported in a period, as a numbered paper."""

from __future__ import annotations

from datetime import date, datetime

from clues import events, rules
from clues.models import Clue
from clues.queries import reported_from_grid
from foundation.accounts.enums import Role
from foundation.accounts.models import Organ, Post
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.queries import refuse_second
from foundation.documents.templates import MAX_ROWS
from foundation.regions.models import GridArea
from institutions.enums import Net
from institutions.models import Institution, Responsible

LONGEST = 366  # days


@operation
def issue_grid_record(
    *, grid: GridArea, period_from: date, period_to: date, by: Actor, at: datetime, remark: str = ""
) -> Document:
    """Number and freeze who walks the grid, what they reported in the days given (both included) and what became of it.

    It tells subject and place of each report, never its text. Raises NotAllowed, InvalidInput (a period that ends
    after today, is longer than a year or holds more reports than one paper), Conflict (a valid one is there).
    """
    row = lock(GridArea, grid.pk)
    authorize(by, rules.can_issue_grid_record, row)
    _check(period_from, period_to, today=local_date(at))
    kind, days = DocumentKind.GRID_RECORD, {"period_from": period_from.isoformat(), "period_to": period_to.isoformat()}
    refuse_second(row, kind, **days)
    reports = list(reported_from_grid(row, period_from, period_to).visible_to(by)[: MAX_ROWS + 1])
    if len(reports) > MAX_ROWS:
        raise InvalidInput("期间的线索太多，请分几段出具。", code="period", fields={"period_to": ["请缩短期间。"]})
    fields = days | {
        "grid": row.name,
        "place": str(row.division),
        "workers": _workers(row, period_from, period_to),
        "cycle": f"每{row.cycle_days}天",
        "institutions": _in_the_net(row, on=local_date(at)),
        "reports": [_line(clue) for clue in reports],
        "remark": remark,
    }
    organ = Organ.objects.get(pk=by.organ_id)
    document = issue_document(kind=kind, organ=organ, fields=fields, subject=row, by=by, at=at)
    changes = {"period": [None, f"{period_from}至{period_to}"], "document": [None, document.number]}
    record(events.GRID_RECORD_ISSUED, subject=row, by=by, at=at, changes=changes)
    return document


def _check(first: date, last: date, *, today: date) -> None:
    if first > last or last > today or (last - first).days >= LONGEST:
        message = "期间不超过一年，结束日期不早于开始日期，也不晚于今天。"
        raise InvalidInput(message, code="period", fields={"period_to": [message]})


def _workers(grid: GridArea, first: date, last: date) -> list[str]:
    """Who held the grid on a day of the period."""
    held = Post.objects.filter(grid=grid, role=Role.GRID_WORKER, valid_from__lte=last).exclude(valid_to__lt=first)
    return list(dict.fromkeys(held.order_by("valid_from", "pk").values_list("user__name", flat=True)))


def _in_the_net(grid: GridArea, *, on: date) -> str:
    """家 registered in the community, and how many of them have a person of the grid net."""
    registered = Institution.objects.current().filter(division=grid.division)
    named = Responsible.objects.in_force(on).filter(net=Net.GRID, institution__in=registered.values("pk"))
    return f"{registered.count()}家，其中{named.count()}家已落实网格责任人"


def _line(clue: Clue) -> list[str]:
    verdict = f"，{clue.get_verdict_display()}" if clue.verdict else ""
    what = clue.about or str(clue.division)
    return [
        clue.number,
        clue.happened_on.isoformat(),
        what,
        clue.get_subject_display(),
        clue.get_state_display() + verdict,
    ]
