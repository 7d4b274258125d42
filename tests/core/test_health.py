from datetime import timedelta

import pytest
from django.conf import settings as installed
from django.db import connection, connections
from django.test import Client

from foundation.core import clock, outbox
from foundation.core.http import redis_answers


def ready() -> tuple[int, dict]:
    response = Client().get("/readyz")
    assert response.headers["Cache-Control"] == "no-store"
    return response.status_code, response.json()


def test_the_process_answers_without_a_database():
    """No ``db`` mark: pytest-django would refuse any query."""
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_read_only(path):
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


@pytest.mark.django_db
def test_ready_means_migrated_and_not_behind():
    code, report = ready()
    assert (code, report["status"], report["database"]) == (200, "ready", True)
    assert (report["unapplied_migrations"], report["outbox_age_seconds"]) == (0, 0)


def test_an_unapplied_migration_is_not_ready(committed_db):
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    code, report = ready()
    assert (code, report["status"], report["unapplied_migrations"]) == (503, "not ready", 1)


@pytest.mark.django_db
def test_a_message_that_waits_too_long_is_not_ready(settings):
    at = clock.now()
    message = outbox.put("test.late", at=at - timedelta(seconds=settings.OUTBOX_LATE_SECONDS - 5))
    assert ready()[0] == 200
    message.due_at = at - timedelta(seconds=settings.OUTBOX_LATE_SECONDS + 5)
    message.save(update_fields=["due_at"])
    code, report = ready()
    assert (code, report["outbox_age_seconds"] >= settings.OUTBOX_LATE_SECONDS) == (503, True)


@pytest.mark.django_db
def test_a_message_for_later_does_not_count():
    at = clock.now()
    outbox.put("test.later", at=at - timedelta(days=1), due_at=at + timedelta(days=1))
    assert ready()[1]["outbox_age_seconds"] == 0


@pytest.mark.django_db
def test_redis_is_reported_but_not_required(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert not redis_answers()
    code, report = ready()
    assert (code, report["redis"]) == (200, False)


@pytest.mark.django_db
@pytest.mark.skipif("127.0.0.1:1/" in installed.CELERY_BROKER_URL, reason="this run has no Redis")
def test_redis_that_answers_is_reported():
    assert ready()[1]["redis"] is True


def test_a_silent_database_is_not_ready(committed_db):
    kept = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        code, report = ready()
    finally:
        connection.settings_dict["PORT"] = kept
    assert (code, report["database"], report["error"]) == (503, False, "OperationalError")
