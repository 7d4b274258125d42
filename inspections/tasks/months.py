"""Every ten minutes the month numbers of visits are folded; between two times they are exact all the same."""

from __future__ import annotations

from foundation.core import outbox, schedule
from inspections import notices
from inspections.folding import fold_visit_months

schedule.periodic(notices.FOLD_MONTHS, schedule.Every(seconds=600))


@outbox.handles(notices.FOLD_MONTHS)
def fold(message) -> None:
    """Twice changes nothing."""
    fold_visit_months()
