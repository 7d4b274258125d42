"""What of early warning refers to an institution: made through the operations, for whoever asks whether it may go."""

from __future__ import annotations

from alerts.models import Alert, ScoreDay
from alerts.operations.reporting import enter_runaway, report_sign
from foundation.core import clock
from tests.alerts.factories import moved_away, swept
from tests.cast import Cast


def _swept(row) -> None:
    swept(row, at=clock.now(), **moved_away(clock.today()))


def warned(row, cast: Cast) -> object:
    _swept(row)
    return Alert.objects.get(institution=row)


def graded(row, cast: Cast) -> object:
    _swept(row)
    return ScoreDay.objects.get(institution=row)


def seen(row, cast: Cast) -> object:
    said = {"kind": "rent", "seen_on": clock.today(), "words": "房东来电", "source": "12345"}
    return report_sign(institution=row, **said, by=cast.officer, at=clock.now())


def ran_away(row, cast: Cast) -> object:
    facts = {"kind": "flight", "happened_on": clock.today(), "persons": 1, "amount_fen": 100}
    said = {"name": "", "source": "12345", "words": "人去楼空"}
    return enter_runaway(institution=row, **facts, **said, by=cast.officer, at=clock.now())


REFERRING = {
    ("alerts.Alert", "institution"): warned,
    ("alerts.ScoreDay", "institution"): graded,
    ("alerts.Sign", "institution"): seen,
    ("alerts.Runaway", "institution"): ran_away,
}
