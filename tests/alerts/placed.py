"""Alerts and what goes with them at the places of the authorization matrix: put there, by nobody of the cast."""

from __future__ import annotations

from datetime import timedelta

from alerts.models import Alert, Runaway, ScoreDay, Search, Sign, Threshold
from foundation.core import clock
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.contracts.placed import somebody


def alert(place: Place) -> Alert:
    today, at = clock.today(), clock.now()
    days = dict.fromkeys(("fresh_on", "opened_on", "refreshed_on"), today)
    said = {"words": "搬离原址", "refs": [{"model": "institutions.institution", "pk": 1, "label": "机构"}]}
    facts = {"rule": "R08", "grade": "red", "remedy": "核实", "due_on": today, "state_at": at}
    return Alert.objects.create(institution=institution(place), **days, **said, **facts)


def score(place: Place) -> ScoreDay:
    parts = [{"alert": 1, "rule": "R08", "grade": "red", "tenths": 200, "halved": False}]
    facts = {"on": clock.today(), "tenths": 200, "level": "red", "parts": parts}
    return ScoreDay.objects.create(institution=institution(place), **facts)


def sign(place: Place) -> Sign:
    facts = {"kind": "rent", "seen_on": clock.today(), "words": "房东来电", "source": "12345"}
    return Sign.objects.create(institution=institution(place), **facts, reported_by=somebody(), reported_at=clock.now())


def runaway(place: Place) -> Runaway:
    facts = {"kind": "flight", "happened_on": clock.today(), "persons": 1, "amount_fen": 100}
    said = {"name": "某某培训", "source": "12345", "words": "人去楼空", "entered_at": clock.now()}
    return Runaway.objects.create(jurisdiction=place.jurisdiction, **facts, **said, entered_by=somebody())


def search(place: Place) -> Search:
    facts = {"first_on": clock.today(), "last_on": clock.today(), "sources": "信访", "found": "无"}
    return Search.objects.create(
        jurisdiction=place.jurisdiction, **facts, searched_by=somebody(), searched_at=clock.now()
    )


def threshold(place: Place) -> Threshold:
    later, at = clock.today() + timedelta(days=Threshold.objects.count()), clock.now()
    facts = {"code": "idle_days", "value": 10, "source": "通知", "effective_from": later, "set_at": at, "state_at": at}
    return Threshold.objects.create(jurisdiction=place.jurisdiction, **facts, set_by=somebody())


OBJECTS: dict[str, Objects] = {
    "admin:alerts_alert": Objects(alert, place=True, category=True),
    "admin:alerts_scoreday": Objects(score, place=True, category=True),
    "admin:alerts_sign": Objects(sign, place=True, category=True),
    "admin:alerts_runaway": Objects(runaway),
    "admin:alerts_search": Objects(search),
    "admin:alerts_threshold": Objects(threshold),
}
