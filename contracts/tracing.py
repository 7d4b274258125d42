"""Forward from a payment to the lessons that it paid for, and back: first money pays for first lessons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Contract, Lesson, Payment


@dataclass
class Spent:
    """One payment: how many lessons it bought, which of them were taken so far."""

    payment: Payment
    bought: int
    taken: list[tuple[Lesson, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.bought - sum(number for _, number in self.taken)


def lessons_bought(payment: Payment, contract: Contract) -> int:
    """As the payment says, else as many as its amount pays for."""
    if payment.lessons is not None:
        return payment.lessons
    return payment.amount_fen // contract.unit_price_fen if contract.unit_price_fen else 0


def traced(
    contract: Contract, payments: Iterable[Payment], lessons: Iterable[Lesson]
) -> tuple[list[Spent], list[Lesson]]:
    """(each payment with its lessons, lessons that nothing was paid for), in the order of time."""
    spent = [Spent(each, lessons_bought(each, contract)) for each in sorted(payments, key=lambda p: (p.paid_on, p.pk))]
    unpaid = []
    for lesson in sorted(lessons, key=lambda each: (each.held_on, each.pk)):
        needed = lesson.lessons
        for each in spent:
            number = min(needed, each.left)
            if number:
                each.taken.append((lesson, number))
                needed -= number
        if needed:
            unpaid.append(lesson)
    return spent, unpaid
