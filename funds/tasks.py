"""Each night: agreements that have run out, and files that no row names."""

from __future__ import annotations

import logging
from datetime import time

from foundation.core import clock, outbox, private_files, schedule
from foundation.core.actor import job

from . import notices, queries
from .attaching import FOLDER
from .models import FundsFile
from .operations.agreements import expire_agreement
from .rules import KEEP_AGREEMENTS

log = logging.getLogger(__name__)
KEEPER = job("三方协议到期", KEEP_AGREEMENTS)

schedule.periodic(notices.EXPIRE, schedule.Daily(at=time(0, 30)))
schedule.periodic(notices.SWEEP, schedule.Daily(at=time(3, 55)))


@outbox.handles(notices.EXPIRE)
def end_agreements(message) -> None:
    """Each agreement by itself; twice changes nothing."""
    at = clock.now()
    for row in queries.agreements_over(on=clock.local_date(at)).order_by("pk"):
        expire_agreement(agreement=row, by=KEEPER, at=at)


@outbox.handles(notices.SWEEP)
def sweep(message) -> None:
    if removed := private_files.sweep(FOLDER, named_by=FundsFile, at=clock.now()):
        log.warning("%s files of fund supervision belonged to no row and were removed", removed)
