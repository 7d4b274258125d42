from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from foundation.audit.models import Event
from foundation.audit.record import record
from foundation.audit.sealing import close_day, seal
from foundation.audit.streams import EVENTS
from foundation.audit.verify import verify
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.events import EventKind
from foundation.regions.models import Jurisdiction

KIND = EventKind("test.happened", "测试事项")


def write(count: int) -> list[int]:
    subject = Jurisdiction.objects.get(code="350203")
    return [
        record(KIND, subject=subject, by=job("测试"), at=clock.now(), changes={"n": [None, n]}).pk for n in range(count)
    ]


def as_superuser_would(sql: str, *values) -> None:
    """What only the owner of the tables can do: switch the guard off, change, switch it on again."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql", ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_site_cannot_change_the_trail(sql):
    write(1)
    with (
        pytest.raises(Exception, match=r"permission denied|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.count() == 1


def test_even_the_owner_meets_the_trigger(committed_db):
    write(1)
    with pytest.raises(Exception, match="append-only"), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE audit_event SET reason = 'x'")


@pytest.mark.django_db
def test_an_untouched_trail_is_intact():
    write(3)
    assert seal(EVENTS) == 3
    write(1)
    verdict = verify(EVENTS)
    assert (verdict.links, verdict.unsealed, verdict.fault) == (3, 1, None)


def test_a_changed_row_is_named(committed_db):
    ids = write(5)
    seal(EVENTS)
    as_superuser_would("UPDATE audit_event SET reason = '后补' WHERE id = %s", ids[2])
    verdict = verify(EVENTS)
    assert verdict.row_id == ids[2]
    assert "was changed" in verdict.fault
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=StringIO())


def test_a_deleted_row_is_named(committed_db):
    ids = write(5)
    seal(EVENTS)
    as_superuser_would("DELETE FROM audit_event WHERE id = %s", ids[0])
    verdict = verify(EVENTS)
    assert (verdict.row_id, "deleted" in verdict.fault) == (ids[0], True)


def test_a_cut_tail_is_caught_by_yesterdays_root(committed_db):
    ids = write(4)
    at = clock.now() + timedelta(days=1)
    close_day(EVENTS, day=clock.today(), at=at)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_link DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_link WHERE row_id = %s", [ids[-1]])
    as_superuser_would("DELETE FROM audit_event WHERE id = %s", ids[-1])
    assert "links of" in verify(EVENTS).fault
