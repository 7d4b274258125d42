"""A person explains a difference, or says what its line is; another person signs the day."""

from __future__ import annotations

from datetime import datetime

from banking import clocks, events, rules, workflow
from banking.booking import held
from banking.models import DayCheck, Difference
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock
from foundation.core.money import yuan
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance

from .drawing import draw_up
from .settling import tie_line


@operation
def explain_difference(*, difference: Difference, reason: str, by: Actor, at: datetime) -> Difference:
    """Say why bank and books differ: the money stays where it stands, the account is freed with its last difference.

    Raises NotAllowed, IllegalTransition, InvalidInput (no words).
    """
    account = held(difference.account)
    row = lock(Difference, difference.pk)
    authorize(by, rules.can_explain_difference, row)
    fields = advance(row, workflow.EXPLAIN, at=at)
    need_words(reason, "reason", "请写明差异的原因和依据。")
    row.explanation, row.explained_by_id = reason.strip(), by.user_id
    changes = update(row, *fields, "explanation", "explained_by")
    record(events.DIFFERENCE_EXPLAINED, subject=row, by=by, at=at, changes=changes, reason=row.explanation)
    clocks.meet(row, by=by, at=at)
    draw_up(account=account, by=by, at=at)
    return row


@operation
def tie_difference(*, difference: Difference, key: str, by: Actor, at: datetime) -> Difference:
    """Say which payment, release or refund the difference's line is; the sums must agree.

    Raises NotAllowed, Conflict (understood already, nothing like it is waited for), and what the books refuse.
    """
    account = held(difference.account)
    row = lock(Difference, difference.pk)
    authorize(by, rules.can_explain_difference, row)
    if row.line is None:
        raise Conflict("这项差异没有银行明细，不能对上。", code="no_line")
    tie_line(line=row.line, key=key, by=by, at=at)
    draw_up(account=account, by=by, at=at)
    row.refresh_from_db()
    return row


@operation
def sign_day(*, check: DayCheck, by: Actor, at: datetime) -> DayCheck:
    """The second person agrees that bank and books are even on a day, or differ by what is explained.

    Raises NotAllowed, IllegalTransition, Conflict (something is unexplained; with the figures).
    """
    row = lock(DayCheck, check.pk)
    authorize(by, rules.can_sign, row)
    fields = advance(row, workflow.SIGN, at=at)
    if row.waiting or row.residue_fen:
        sentence = f"还有{row.waiting}项差异待查、{yuan(abs(row.residue_fen))}元没有说明，不能签认。"
        raise Conflict(sentence, code="not_even")
    row.signed_by_id = by.user_id
    record(events.DAY_SIGNED, subject=row, by=by, at=at, changes=update(row, *fields, "signed_by"))
    return row
