"""Writing the score of a day: after each sweep, and as soon as a person ends an alert."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from institutions.models import Institution

from .enums import AlertState, Grade, Rule
from .models import Alert, ScoreDay
from .scoring import scored


def write_score(home: Institution, *, limits: Mapping[str, int], on: date) -> ScoreDay:
    """The score of a day out of the alerts that are open now, instead of what stood there for the day."""
    rows = list(Alert.objects.filter(institution=home, state=AlertState.OPEN).order_by("rule"))
    given = [(Rule(row.rule), Grade(row.grade), row.fresh_on) for row in rows]
    score = scored(given, on=on, limits=limits)
    parts = [
        {"alert": row.pk, "rule": row.rule, "grade": row.grade, "tenths": part.tenths, "halved": part.halved}
        for row, part in zip(rows, score.parts, strict=True)
    ]
    facts = {"tenths": score.tenths, "level": score.level, "parts": parts, "at_once": "、".join(score.at_once)}
    ScoreDay.objects.filter(institution=home, newest=True).exclude(on=on).update(newest=False)
    return ScoreDay.objects.update_or_create(institution=home, on=on, defaults=facts | {"newest": True})[0]
