"""Every day: lessons to which nobody objected in time are earned."""

from __future__ import annotations

import logging
from datetime import time

from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.errors import DomainError
from foundation.core.money import yuan

from . import queries
from .operations.lessons import confirm_silent
from .rules import CONFIRM_SILENT

log = logging.getLogger(__name__)

SILENCE = "payouts.confirm_silent"

schedule.periodic(SILENCE, schedule.Daily(at=time(1, 30)))


@outbox.handles(SILENCE)
def earn_silently(message) -> None:
    """Each by itself, so that one contract without cover stops no other; a second run finds nothing more to do."""
    at = clock.now()
    for row in queries.long_silent(on=clock.local_date(at)):
        scope = frozenset({row.contract.jurisdiction_id})
        try:
            confirm_silent(consumptions=[row], by=job("消课默认确认", CONFIRM_SILENT, scope=scope), at=at)
        except DomainError as refusal:
            log.info("lessons of consumption %s (%s yuan) not earned: %s", row.pk, yuan(row.amount_fen), refusal.code)
