"""三一致: invoice = contract = who bought. Pure: which invoice belongs to which payment, whether the three agree, and
the smallest edit that would make them agree.

Names are compared by keyed hash; what is said of them are masks, so no name of a family leaves its seal here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.core.money import yuan

from .enums import Verdict


@dataclass(frozen=True)
class Side:
    """A payment or an invoice: who, how much, when."""

    id: int
    blind: str
    masked: str
    fen: int
    on: date
    number: str = ""


@dataclass(frozen=True)
class Signed:
    """The contract's side: either of the two who signed may pay and be invoiced."""

    parties: frozenset[str]
    guardian: str
    total_fen: int
    is_erased: bool = False

    def has(self, side: Side) -> bool:
        return side.blind in self.parties


@dataclass(frozen=True)
class Group:
    """Payments and the invoices for them: mostly one and one."""

    payments: tuple[Side, ...]
    invoices: tuple[Side, ...]


@dataclass(frozen=True)
class Judged:
    """What becomes of one payment: the verdict, the edits (fewest first), the invoices that it was joined with."""

    verdict: Verdict
    edits: tuple[str, ...] = ()
    invoices: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        return "；".join(self.edits)


Fits = Callable[[Side, Side], bool]
#: From the surest to the weakest sign that an invoice is for a payment.
_PASSES: tuple[Fits, ...] = (
    lambda payment, invoice: payment.fen == invoice.fen and payment.blind == invoice.blind,
    lambda payment, invoice: payment.fen == invoice.fen,
)
_WEAK: tuple[Fits, ...] = (lambda payment, invoice: payment.blind == invoice.blind, lambda payment, invoice: True)


def joined(payments: Iterable[Side], invoices: Iterable[Side]) -> list[Group]:
    """Each payment of one contract with its invoice, each invoice once; sums before weak signs."""
    left, loose = sorted(payments, key=_in_time), sorted(invoices, key=_in_time)
    groups = [group for fits in _PASSES for group in _pairs(left, loose, fits)]
    if len(left) > 1 and len(loose) == 1 and sum(side.fen for side in left) == loose[0].fen:
        return [*groups, Group(tuple(left), tuple(loose))]
    if len(left) == 1 and len(loose) > 1 and sum(side.fen for side in loose) == left[0].fen:
        return [*groups, Group(tuple(left), tuple(loose))]
    groups += [group for fits in _WEAK for group in _pairs(left, loose, fits)]
    return groups + [Group((payment,), ()) for payment in left]


def _in_time(side: Side) -> tuple[date, int]:
    return side.on, side.id


def _pairs(left: list[Side], loose: list[Side], fits: Fits) -> list[Group]:
    """Pairs that fit, of several invoices the one nearest in time; taken out of both lists."""
    found = []
    for payment in tuple(left):
        fitting = [invoice for invoice in loose if fits(payment, invoice)]
        if fitting:
            best = min(fitting, key=lambda invoice: (abs((invoice.on - payment.on).days), invoice.id))
            left.remove(payment)
            loose.remove(best)
            found.append(Group((payment,), (best,)))
    return found


def judge(signed: Signed | None, payments: Sequence[Side], invoices: Sequence[Side]) -> dict[int, Judged]:
    """The verdict on each payment of one contract (or of none)."""
    if signed is not None and signed.is_erased:
        return {payment.id: Judged(Verdict.ERASED) for payment in payments}
    beyond = _beyond(signed, payments)
    found = {}
    for group in joined(payments, invoices):
        ids = tuple(invoice.id for invoice in group.invoices)
        for payment in group.payments:
            found[payment.id] = _judged(signed, payment, group, ids, beyond.get(payment.id, 0))
    return found


def _beyond(signed: Signed | None, payments: Iterable[Side]) -> dict[int, int]:
    """Payment -> by how many fen it takes the sum of all beyond the contract's total."""
    if signed is None:
        return {}
    paid, beyond = 0, {}
    for payment in sorted(payments, key=_in_time):
        over = max(paid + payment.fen - max(paid, signed.total_fen), 0)
        paid += payment.fen
        if over:
            beyond[payment.id] = over
    return beyond


def _judged(signed: Signed | None, payment: Side, group: Group, ids: tuple[int, ...], over: int) -> Judged:
    if signed is None:
        verdict = Verdict.NO_CONTRACT if ids else Verdict.NEITHER
        return Judged(verdict, ("补录合同" if ids else "补录合同并开具发票",), ids)
    edits = [*_names(signed, payment, group.invoices), *_amounts(group, over)]
    if edits:
        return Judged(Verdict.DIFFERS, tuple(edits), ids)
    if not ids:
        return Judged(Verdict.NO_INVOICE, (f"开具发票：购买方“{payment.masked}”，{yuan(payment.fen)}元",), ids)
    return Judged(Verdict.AGREES, (), ids)


def _names(signed: Signed, payment: Side, invoices: Sequence[Side]) -> Iterable[str]:
    wrong = [invoice for invoice in invoices if not signed.has(invoice)]
    if signed.has(payment):
        for invoice in wrong:
            meant = _apart(payment.masked, invoice.masked)
            yield f"重开发票{invoice.number}：购买方由“{invoice.masked}”改为“{meant}”"
        return
    if wrong and all(invoice.blind == payment.blind for invoice in invoices):
        meant = _apart(payment.masked, signed.guardian)
        yield f"更正合同：监护人由“{signed.guardian}”改为“{meant}”"
        return
    yield f"更正付款人：由“{payment.masked}”改为“{_apart(signed.guardian, payment.masked)}”，或补登监护人的代付说明"
    for invoice in wrong:
        meant = _apart(signed.guardian, invoice.masked)
        yield f"重开发票{invoice.number}：购买方由“{invoice.masked}”改为“{meant}”"


def _apart(meant: str, other: str) -> str:
    """A mask that differs from the other's only under the seal is said to."""
    return f"{meant}（同姓不同名）" if meant == other else meant


def _amounts(group: Group, over: int) -> Iterable[str]:
    paid, invoiced = (sum(side.fen for side in sides) for sides in (group.payments, group.invoices))
    if group.invoices and paid != invoiced:
        yield f"更正发票金额：由{yuan(invoiced)}元改为{yuan(paid)}元"
    if over:
        yield f"累计缴费超过合同总价{yuan(over)}元：退回多收的，或补签合同"
