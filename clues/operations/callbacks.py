"""回访: whether who told us is content with what became of it; said by the sender with the receipt, or asked by us."""

from __future__ import annotations

from datetime import datetime

from clues import events, notices, rules
from clues.enums import ClueState, Satisfaction
from clues.models import CallBack, Clue, Tip
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation


@operation
def rate_as_sender(*, receipt: str, satisfaction: str, words: str = "", by: Actor, at: datetime) -> CallBack:
    """The sender says it, once, when all is done. Raises NotAllowed, Conflict (no such receipt), IllegalTransition."""
    authorize(by, rules.can_send_tip)
    tip = Tip.objects.filter(receipt=receipt).first()
    if tip is None:
        raise Conflict("没有找到这个查询凭证。", code="no_receipt")
    if satisfaction == Satisfaction.UNREACHABLE:
        raise InvalidInput("请选择满意、基本满意或不满意。", code="satisfaction")
    return _call_back(lock(Clue, tip.clue_id), satisfaction, words, by=by, at=at)


@operation
def record_call_back(*, clue: Clue, satisfaction: str, words: str = "", by: Actor, at: datetime) -> CallBack:
    """Whoever handles it asked who told us. Raises NotAllowed, IllegalTransition, InvalidInput (asked before)."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_call_back, row)
    return _call_back(row, satisfaction, words, by=by, at=at)


def _call_back(clue: Clue, satisfaction: str, words: str, *, by: Actor, at: datetime) -> CallBack:
    if (clue.merged_into or clue).state != ClueState.CLOSED:
        raise IllegalTransition("线索办结以后才能回访和评价。")
    row = insert(
        CallBack(clue=clue, satisfaction=satisfaction, words=words.strip(), called_at=at, called_by_id=by.user_id)
    )
    record(events.CALLED_BACK, subject=clue, by=by, at=at, changes={"satisfaction": [None, satisfaction]})
    if satisfaction == Satisfaction.UNSATISFIED:
        outbox.put(notices.UNSATISFIED, at=at, clue_id=clue.pk)
    return row
