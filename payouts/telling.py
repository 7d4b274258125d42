"""What a guardian is told of refunds and fees, in plain words: where it stands, who acts next, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract, Payment
from foundation.core.clock import today
from foundation.core.money import yuan
from foundation.deadlines.models import Deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.working_days import working_days_between
from foundation.documents.templates import cn_date
from ledger.models import Entry
from ledger.proofs import with_receipt

from .enums import RefundState
from .models import Refund

STEPS = ("申请", "机构答复", "核定", "退款")
_AT = {
    RefundState.ASKED: 2,
    RefundState.DISPUTED: 2,
    RefundState.AGREED: 3,
    RefundState.SETTLED: 3,
    RefundState.APPROVED: 4,
}
TONES = {
    RefundState.PAID: "ok",
    RefundState.DISPUTED: "bad",
    RefundState.DECLINED: "plain",
    RefundState.WITHDRAWN: "plain",
}


@dataclass(frozen=True)
class Progress:
    """One refund: its steps with the one that is under way, what happens now, and until when."""

    row: Refund
    tone: str
    asked: str
    now: str
    until: str
    late: bool
    steps: Sequence[tuple[str, str]]


def progress(row: Refund) -> Progress:
    clock = open_clocks_of(row).order_by("due_on").first()
    late = clock is not None and clock.due_on < today()
    return Progress(
        row=row,
        tone="bad" if late else TONES.get(RefundState(row.state), "notice"),
        asked=f"{_day(row.asked_on)}申请退{yuan(row.asked_fen)}元",
        now=_now(row),
        until=_until(row, clock) if clock is not None else "",
        late=late,
        steps=_steps(row),
    )


def _steps(row: Refund) -> list[tuple[str, str]]:
    """(step, done | current | waiting); nothing for what ended otherwise."""
    if row.state in (RefundState.DECLINED, RefundState.WITHDRAWN):
        return []
    reached = _AT.get(RefundState(row.state), len(STEPS) + 1)
    states = ("done" if at < reached else "current" if at == reached else "waiting" for at in range(1, len(STEPS) + 1))
    return list(zip(STEPS, states, strict=True))


def _now(row: Refund) -> str:
    amount = yuan(row.agreed_fen or 0)
    answer = f"机构的答复：{row.answer}。" if row.answer else ""
    if row.state == RefundState.ASKED:
        return f"已交机构答复。{yuan(row.frozen_fen)}元已经冻结，不会付给机构。"
    if row.state == RefundState.AGREED:
        said = "机构没有按期答复，视为同意" if row.silent else "机构同意"
        return f"{said}退{amount}元，等教育部门核定。{answer}"
    if row.state == RefundState.DISPUTED:
        return f"机构不同意，教育部门正在协调。{answer}"
    if row.state == RefundState.SETTLED:
        return f"双方已协商一致退{amount}元，等教育部门核定。"
    if row.state == RefundState.APPROVED:
        return f"已核定退{amount}元，等银行退款。"
    if row.state == RefundState.PAID:
        return f"{amount}元已于{_day(row.paid_on)}退回原来付款的账户。没有收到的，请向付款银行查询。"
    if row.state == RefundState.DECLINED:
        return f"协调没有达成一致：{row.outcome}。您可以向人民法院起诉，或申请仲裁。"
    return "已撤回，冻结的钱已经解冻。"


def _until(row: Refund, clock: Deadline) -> str:
    who = "机构最晚" if row.state == RefundState.ASKED else "退款最晚"
    if clock.due_on < today():
        return f"{who}应在{_day(clock.due_on)}，已经超期。请联系教育部门的经办人。"
    left = working_days_between(today(), clock.due_on).value
    rest = f"还有{left}个工作日" if left else "就是今天"
    if row.state == RefundState.ASKED:
        return f"{who}{_day(clock.due_on)}答复，{rest}；到期不答复的，视为同意退{yuan(row.asked_fen)}元。"
    return f"{who}{_day(clock.due_on)}到账，{rest}。"


def _day(on: date | None) -> str:
    return cn_date(on) if on else ""


@dataclass(frozen=True)
class Fee:
    """One payment, whether it lies in the books, and whether its day is sealed: then there is a receipt."""

    row: Payment
    amount: str
    entry: Entry | None
    sealed: bool

    @property
    def where(self) -> str:
        if self.entry is None:
            return "机构已登记，银行还没有确认到账"
        if self.entry.reversals.all():
            return "已冲正，不在账上"
        return f"{_day(self.entry.happened_on)}存入监管专户"

    @property
    def has_receipt(self) -> bool:
        return self.entry is not None and self.sealed and not self.entry.reversals.all()


def fees(contract: Contract) -> list[Fee]:
    """The contract's payments, the oldest first."""
    rows = list(contract.payments.filter(voided_at__isnull=True).order_by("paid_on", "pk"))
    keys = [key_of(row) for row in rows]
    entries = {row.key: row for row in Entry.objects.filter(key__in=keys).prefetch_related("reversals")}
    sealed = with_receipt([entry.pk for entry in entries.values()])
    found = [(row, entries.get(key)) for row, key in zip(rows, keys, strict=True)]
    return [Fee(row, yuan(row.amount_fen), entry, entry is not None and entry.pk in sealed) for row, entry in found]


def key_of(row: Payment) -> str:
    """Of the posting that put this payment into the books (``books.confirm_deposit``)."""
    return f"payment:{row.pk}"
