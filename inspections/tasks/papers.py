"""Files of papers whose process died before their row was there are removed each night."""

from __future__ import annotations

import logging
from datetime import time

from foundation.core import clock, outbox, private_files, schedule
from inspections import notices
from inspections.attaching import FOLDER
from inspections.models import PaperFile

log = logging.getLogger(__name__)
schedule.periodic(notices.SWEEP_PAPERS, schedule.Daily(at=time(3, 50)))


@outbox.handles(notices.SWEEP_PAPERS)
def sweep(message) -> None:
    if removed := private_files.sweep(FOLDER, named_by=PaperFile, at=clock.now()):
        log.warning("%s files of papers belonged to no row and were removed", removed)
