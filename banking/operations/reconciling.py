"""One account reconciled: its opening balance and lines understood and posted, its differences and days drawn up."""

from __future__ import annotations

from datetime import datetime

from banking.models import DayCheck
from foundation.core.actor import Actor
from foundation.core.operation import operation
from funds.models import SupervisedAccount

from .drawing import draw_up
from .opening import open_books
from .settling import settle_lines


@operation
def reconcile_account(*, account: SupervisedAccount, by: Actor, at: datetime) -> list[DayCheck]:
    """Hold what a bank says of an account against the books; idempotent. Raises NotAllowed."""
    open_books(account=account, by=by, at=at)
    settle_lines(account=account, by=by, at=at)
    return draw_up(account=account, by=by, at=at)
