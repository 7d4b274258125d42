"""账户停付: set while money on an account is unexplained, ended with the last difference; one open block an account."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds.models import SupervisedAccount
from payouts import events, queries, rules
from payouts.models import AccountBlock


@operation
def block_account(*, account: SupervisedAccount, reason: str, by: Actor, at: datetime) -> AccountBlock:
    """Let nothing be released from an account; the block that is there takes the new reason. Raises NotAllowed."""
    row = lock(SupervisedAccount, account.pk)
    authorize(by, rules.can_block, row)
    there = queries.block_of(row)
    if there is None:
        there = insert(AccountBlock(account=row, reason=reason, set_at=at))
        record(events.BLOCK_SET, subject=there, by=by, at=at, reason=reason)
    elif there.reason != reason:
        there.reason = reason
        record(events.BLOCK_SET, subject=there, by=by, at=at, changes=update(there, "reason"), reason=reason)
    return there


@operation
def unblock_account(*, account: SupervisedAccount, by: Actor, at: datetime) -> AccountBlock | None:
    """All is explained: releases go on. Where there is no block, nothing happens. Raises NotAllowed."""
    row = lock(SupervisedAccount, account.pk)
    authorize(by, rules.can_block, row)
    there = queries.block_of(row)
    if there is not None:
        there.ended_at = at
        record(events.BLOCK_ENDED, subject=there, by=by, at=at, changes=update(there, "ended_at"))
    return there
