"""监督员月度报告: what one supervisor did in a month that is over, as a numbered paper."""

from __future__ import annotations

from datetime import date, datetime

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
from supervisors import duties, events, ledger, rules
from supervisors.models import Supervisor
from supervisors.months import Month
from supervisors.telling import TOLD


@operation
def issue_report(*, supervisor: Supervisor, month: Month | None, by: Actor, at: datetime, remark: str = "") -> Document:
    """Number and freeze a month's duties as the ledger has them now; what is entered later changes it no more.

    Raises NotAllowed, InvalidInput (a month that runs, or in which the supervisor held no office), Conflict (there is
    a valid one: void it first).
    """
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_issue_report, row)
    if month not in duties.months_over(row, on=local_date(at)):
        message = "请选择聘期内已经结束的月份。"
        raise InvalidInput(message, code="month", fields={"month": [message]})
    refuse_second(row, DocumentKind.SUPERVISOR_REPORT, month=month.label)
    fields = _fields(row, month) | {"remark": remark}
    kind = DocumentKind.SUPERVISOR_REPORT
    document = issue_document(kind=kind, organ=row.organ, fields=fields, subject=row, by=by, at=at)
    changes = {"month": [None, month.key], "document": [None, document.number]}
    record(events.REPORT_ISSUED, subject=row, by=by, at=at, changes=changes)
    return document


def _fields(row: Supervisor, month: Month) -> dict[str, object]:
    required, done = duties.requirement_for(row, month), duties.done_in(row, month)
    owed = duties.owes(row, month)
    told = [(duty, list(rows)) for duty, rows in ledger.rows_of(row, month)]
    lines = [
        (_day(TOLD[duty.key].day_of(each)), duty.label, TOLD[duty.key].words(each))
        for duty, rows in told
        for each in rows
    ]
    return {
        "name": row.name,
        "number": row.number,
        "area": str(row.area),
        "month": month.label,
        "required": f"至少{required.minimum}家次，目标{required.target}家次" if owed else "当月不满整月，不作要求",
        "standing": f"{done}家次" + (f"（{'达标' if done >= required.minimum else '未达标'}）" if owed else ""),
        "duties": [[duty.label, str(len(rows)), duty.unit] for duty, rows in told],
        "done": [[day.isoformat(), label, words] for day, label, words in sorted(lines, key=lambda line: line[0])],
    }


def _day(day: date | datetime) -> date:
    return local_date(day) if isinstance(day, datetime) else day
