"""The trail under attack: superuser edits and deletes are all found, and concurrent writers break no link.

At full size (``script/prove``) 200 tamperings and 8 writers x 300 events; here a tenth of it.
"""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from foundation.audit.models import Event
from foundation.audit.record import record
from foundation.audit.sealing import seal
from foundation.audit.streams import EVENTS
from foundation.audit.verify import verify
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.events import EventKind
from foundation.regions.models import Jurisdiction

pytestmark = [pytest.mark.slow, pytest.mark.prove]
FULL = os.environ.get("PROVE_FULL") == "1"
TAMPERINGS = 200 if FULL else 20
WRITERS, EACH = 8, 300 if FULL else 30
KIND = EventKind("test.happened", "测试事项")


def write(number: int) -> None:
    subject = Jurisdiction.objects.get(code="350203")
    record(KIND, subject=subject, by=job("测试"), at=clock.now(), changes={"n": [None, number]})


def unguarded(cursor, sql: str, *values) -> None:
    """What only the owner of the tables can do: switch the guard off, then change the row."""
    cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    cursor.execute(sql, values)


def tampering(dice: random.Random, ids: list[int]) -> tuple[str, list]:
    """One random edit or delete, and the values of its statement; the first one names the row."""
    victim = dice.choice(ids)
    return dice.choice(
        [
            ("UPDATE audit_event SET reason = reason || '。' WHERE id = %s", [victim]),
            ("UPDATE audit_event SET actor_name = '别人' WHERE id = %s", [victim]),
            ("UPDATE audit_event SET at = at - interval '1 day' WHERE id = %s", [victim]),
            ("UPDATE audit_event SET changes = '{}' WHERE id = %s", [victim]),
            ("DELETE FROM audit_event WHERE id = %s", [victim]),
        ]
    )


def test_every_tampering_is_named(committed_db):
    for number in range(50):
        write(number)
    seal(EVENTS)
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    dice, named = random.Random(20210724), 0
    owner = connections["owner"]
    for _ in range(TAMPERINGS):
        sql, values = tampering(dice, ids)
        kept = Event.objects.filter(pk=values[0]).values().get()
        with owner.cursor() as cursor:
            unguarded(cursor, sql, *values)
        verdict = verify(EVENTS)
        named += verdict.row_id == values[0]
        restore = _put_back if Event.objects.filter(pk=values[0]).exists() else _insert_back
        restore(owner, kept)
    assert (named, verify(EVENTS).fault) == (TAMPERINGS, None)


def _put_back(owner, kept: dict) -> None:
    names = [name for name in kept if name != "id"]
    with owner.cursor() as cursor:
        assignments = ", ".join(f"{name} = %s" for name in names)
        cursor.execute(f"UPDATE audit_event SET {assignments} WHERE id = %s", [*_values(kept, names), kept["id"]])


def _insert_back(owner, kept: dict) -> None:
    with owner.cursor() as cursor:
        columns, marks = ", ".join(kept), ", ".join(["%s"] * len(kept))
        cursor.execute(
            f"INSERT INTO audit_event ({columns}) OVERRIDING SYSTEM VALUE VALUES ({marks})", _values(kept, list(kept))
        )


def _values(kept: dict, names: list[str]) -> list:
    field = Event._meta.get_field("changes")
    return [field.get_db_prep_value(kept[n], connections["owner"]) if n == "changes" else kept[n] for n in names]


def test_concurrent_writers_and_sealers_break_no_link(committed_db):
    def writer(worker: int) -> None:
        try:
            for number in range(EACH):
                write(worker * EACH + number)
                if number % 10 == 0:
                    seal(EVENTS)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writer, range(WRITERS)))
    seal(EVENTS)
    verdict = verify(EVENTS)
    assert (verdict.links, verdict.unsealed, verdict.fault) == (WRITERS * EACH, 0, None)
