"""An inquiry: opened with its items, filled with institutions, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from declarations import clocks, events, notices, rules, workflow
from declarations.enums import InquiryKind, InquiryState
from declarations.models import Declaration, Inquiry, RuleSet
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Jurisdiction
from inspections.models import ChecklistVersion
from institutions.models import Institution


@operation
def open_inquiry(
    *,
    jurisdiction: Jurisdiction,
    kind: str,
    title: str,
    year: int,
    due_on: date,
    items: Sequence[Sequence[str]],
    by: Actor,
    at: datetime,
    version: ChecklistVersion | None = None,
    everyone: bool = False,
    rule_set: RuleSet | None = None,
) -> Inquiry:
    """Ask a bureau's institutions for a self-check or a commitment; ``everyone``: all that operate, after the commit.

    ``items`` are (code, text), kept as they are now. Raises NotAllowed, InvalidInput (no title, no items, a last day
    that has passed, a second commitment of the year, rules of elsewhere or of a self-check).
    """
    authorize(by, rules.can_open, jurisdiction)
    need_words(title, "title", "请填写标题。")
    if due_on < local_date(at):
        raise invalid("due_on", "报送截止不能早于今天。")
    if not items or not all(text.strip() for _, text in items):
        raise invalid("items", "请写明要求申报的事项。")
    if rule_set is not None and (kind != InquiryKind.COMMITMENT or rule_set.jurisdiction_id != jurisdiction.pk):
        raise invalid("rule_set", "只有承诺书可以依据规范制度，而且须是本地区的。")
    row = insert(
        Inquiry(
            jurisdiction=jurisdiction,
            organ_id=by.organ_id,
            kind=InquiryKind(kind),
            title=title.strip(),
            year=year,
            due_on=due_on,
            items=[[code, text.strip()] for code, text in items],
            version=version,
            rule_set=rule_set,
            state_at=at,
            opened_by_id=by.user_id,
            opened_at=at,
        )
    )
    clocks.start(row, by=by, at=at)
    changes = {"due_on": [None, due_on], "items": [None, len(items)]}
    record(events.INQUIRY_OPENED, subject=row, by=by, at=at, changes=changes)
    if everyone:
        outbox.put(notices.FILL, at=at, key=f"{notices.FILL}:{row.pk}", inquiry_id=row.pk)
    return row


@operation
def ask_institution(*, inquiry: Inquiry, institution: Institution, by: Actor, at: datetime) -> Declaration:
    """Let an institution be asked. Raises NotAllowed, Conflict (closed, elsewhere), InvalidInput (asked before)."""
    asked = lock(Inquiry, inquiry.pk)
    authorize(by, rules.can_ask, asked)
    row = lock(Institution, institution.pk)
    _refuse_closed(asked)
    if row.jurisdiction_id != asked.jurisdiction_id or row.withdrawn_at or row.merged_into_id:
        raise Conflict("这家机构不在这次申报的地区内，或者已合并、撤回。", code="elsewhere")
    declaration = insert(Declaration(inquiry=asked, institution=row, state_at=at))
    record(events.ASKED, subject=declaration, by=by, at=at, changes={"state": [None, declaration.state]})
    return declaration


def _refuse_closed(inquiry: Inquiry) -> None:
    if inquiry.state != InquiryState.OPEN:
        raise Conflict("这次申报已经结束收取。", code="closed")


@operation
def close_inquiry(*, inquiry: Inquiry, by: Actor, at: datetime) -> Inquiry:
    """Take nothing in any more; what was declared stays, who did not stays on record as not having declared.

    Raises NotAllowed, IllegalTransition.
    """
    row = lock(Inquiry, inquiry.pk)
    authorize(by, rules.can_handle, row)
    changes = update(row, *advance(row, workflow.CLOSE, at=at))
    clocks.end(row, by=by, at=at)
    record(events.INQUIRY_CLOSED, subject=row, by=by, at=at, changes=changes)
    return row
