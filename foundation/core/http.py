"""Errors of operations as HTTP answers, for doors that are not staff pages."""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from . import clock, outbox
from .errors import Conflict, DomainError, IllegalTransition, NotAllowed, Unavailable

STATUS = {NotAllowed: 403, IllegalTransition: 409, Conflict: 409, Unavailable: 503}


def status_of(error: DomainError) -> int:
    """403, 409, 503, or 422 for input that cannot be accepted."""
    return STATUS.get(type(error), 422)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and the age of the outbox decide; Redis is reported but not required."""
    report: dict[str, object] = {"redis": redis_answers()}
    try:
        executor = MigrationExecutor(connection)
        report["unapplied_migrations"] = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        oldest = outbox.oldest_due(at=clock.now())
        report["outbox_age_seconds"] = int((clock.now() - oldest).total_seconds()) if oldest else 0
        report["database"] = True
    except Error as error:
        report.update(database=False, error=type(error).__name__)
    late = report.get("outbox_age_seconds", 0) > settings.OUTBOX_LATE_SECONDS
    ready = bool(report["database"]) and not report.get("unapplied_migrations") and not late
    response = JsonResponse({"status": "ready" if ready else "not ready", **report}, status=200 if ready else 503)
    patch_cache_control(response, no_store=True)
    return response


def redis_answers() -> bool:
    """Whether the broker answers within half a second."""
    try:
        return bool(
            redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=0.5, socket_connect_timeout=0.5).ping()
        )
    except redis.RedisError:
        return False
