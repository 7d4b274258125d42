"""Which institutions changed for the public since an instant: the feed by which other sites keep a copy.

Triggers note every change of a fact that the public page shows (migration 0006); what changes because a day comes, such
as a permit that runs out, is noted by the nightly job. A transaction's changes carry the time of its start and become
visible with its commit: whoever asks again must go back by ``LATEST_COMMIT``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from .enums import StandingKind

#: No transaction lasts longer: jobs are ended after ten minutes (CELERY_TASK_TIME_LIMIT), pages long before.
LATEST_COMMIT = timedelta(minutes=15)
#: The kinds of standing that public pages show; flags are not among them.
PUBLIC_KINDS = (
    *(StandingKind.WHITE_LIST, StandingKind.BLACK_LIST, StandingKind.WARNING),
    *(StandingKind.AFTERSCHOOL, StandingKind.RED_LIST, StandingKind.GRADE),
)

FEED = """
SELECT i.id, i.public_id, c.changed_at, i.withdrawn_at IS NOT NULL, k.public_id
FROM institutions_publicchange c
JOIN institutions_institution i ON i.id = c.institution_id
LEFT JOIN institutions_institution k ON k.id = i.merged_into_id
WHERE (c.changed_at, c.institution_id) > (%(since)s, %(last)s)
ORDER BY c.changed_at, c.institution_id LIMIT %(size)s
"""
#: Days on which an institution's page says something else than the day before, without anybody writing anything.
TURNS = """
UPDATE institutions_publicchange c SET changed_at = now() FROM (
    SELECT institution_id, max(day) AS day FROM (
        SELECT institution_id, unnest(ARRAY[valid_from, valid_to + 1, ended_on]) AS day FROM institutions_permit
        UNION ALL
        SELECT institution_id, unnest(ARRAY[since, over_on]) FROM institutions_standingperiod
        WHERE kind = ANY(%(kinds)s)
        UNION ALL
        SELECT institution_id, effective_on FROM institutions_statusevent
        {further}
    ) days WHERE day <= %(today)s GROUP BY institution_id
) turned
WHERE turned.institution_id = c.institution_id AND turned.day > (c.changed_at AT TIME ZONE %(zone)s)::date
"""

_further: list[str] = []


def note_turns_of(select: str) -> None:
    """Let days of a higher app's rows turn too: a constant statement of (institution_id, day)."""
    _further.append(select)


class Changed(NamedTuple):
    """One institution of the feed; gone ones were withdrawn, or merged into another."""

    id: int
    public_id: str
    changed_at: datetime
    withdrawn: bool
    merged_into: str | None

    @property
    def gone(self) -> str:
        """Why the public does not see it any more; empty while it does."""
        return "merged" if self.merged_into else "withdrawn" if self.withdrawn else ""


def changed_since(since: datetime, *, last: int = 0, size: int) -> list[Changed]:
    """Up to ``size`` institutions that changed at ``since`` or later, behind institution ``last`` of that instant."""
    with connection.cursor() as cursor:
        cursor.execute(FEED, {"since": since, "last": last, "size": size})
        return [Changed(*row) for row in cursor.fetchall()]


def note_turned_days(*, today: date) -> int:
    """Note the institutions whose day has come since they changed last, in missed nights too; returns how many."""
    with connection.cursor() as cursor:
        given = {"today": today, "zone": settings.TIME_ZONE, "kinds": list(PUBLIC_KINDS)}
        cursor.execute(TURNS.format(further="".join(f"UNION ALL {select} " for select in _further)), given)
        return cursor.rowcount
