"""What ``ledger_post`` refused, as a sentence with the figures in yuan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from foundation.core.money import yuan

from .enums import Kind


@dataclass(frozen=True)
class Request:
    """What was asked; ``line`` counts from 1 in a batch."""

    kind: str
    amount_fen: int
    happened_on: date
    reversal: bool = False
    line: int = 0


def refusal(outcome: str, request: Request, figures: list[int] | None) -> DomainError:
    """The error for an outcome that is no posting."""
    where = f"第{request.line}笔：" if request.line else ""
    day = f"{request.happened_on:%Y-%m-%d}"
    if outcome == "foreign":
        return NotAllowed(f"{where}您不能为这家机构记账。", code="ledger_foreign")
    if outcome == "other_body":
        return Conflict(f"{where}该幂等键已用于内容不同的另一笔记账，未记账。", code="ledger_key_reused")
    if outcome == "reversed":
        return Conflict(f"{where}该笔记账已冲正。", code="ledger_entry_reversed_once")
    sentences = {
        "is_reversal": "冲正分录不能再冲正，请重新记账。",
        "amount": "记账金额必须大于零。",
        "future": f"记账日期{day}晚于今天，未记账。",
        "closed": f"{day}已结账，不能再记账。",
        "unknown": "没有这一合同资金或银行账户，或者它不属于这种记账，未记账。",
    }
    if outcome == "short":
        sentence = f"银行账户余额{yuan((figures or [0])[0])}元，不足{yuan(request.amount_fen)}元，未记账。"
    elif outcome == "overdrawn":
        sentence = _overdrawn(request, figures or [0] * 6)
    else:
        sentence = sentences[outcome]
    return InvalidInput(where + sentence, code=f"ledger_{outcome}")


def _overdrawn(request: Request, figures: list[int]) -> str:
    """How much this purse lets go at most, and what that rests on."""
    deposited, consumed, released, refunded, repaid, frozen = figures
    free = deposited - released - refunded - frozen
    unused = deposited - consumed - refunded
    room = {
        Kind.CONSUME: unused,
        Kind.RELEASE: min(consumed - released, free),
        Kind.REFUND: min(unused, free),
        Kind.REPAY: refunded - repaid,
        Kind.FREEZE: free,
        Kind.UNFREEZE: frozen,
    }
    stand = (
        f"已缴{yuan(deposited)}元、已消课{yuan(consumed)}元、已核拨{yuan(released)}元、"
        f"核定退费{yuan(refunded)}元(已付{yuan(repaid)}元)、冻结{yuan(frozen)}元"
    )
    if request.reversal or request.kind not in room:
        return f"该合同资金{stand}，不能冲正{Kind(request.kind).label}{yuan(request.amount_fen)}元。"
    most = yuan(max(room[Kind(request.kind)], 0))
    return f"该合同资金{stand}，{Kind(request.kind).label}最多{most}元，不能办理{yuan(request.amount_fen)}元。"
