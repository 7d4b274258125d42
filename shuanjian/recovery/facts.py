"""What can be said of a database and its files, so exactly that a restored copy either says the same or is not one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Sum

from foundation.audit.models import Link
from foundation.audit.streams import all_streams
from foundation.audit.verify import verify
from foundation.core.ciphers import SealedTextField, Unreadable, open_sealed
from institutions import queries as register
from ledger import invariants
from ledger.models import Entry
from listings import queries as lists
from listings.models import Edition

#: Faults named one by one; more than these are counted.
NAMED = 20
TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p' ORDER BY 1
"""
#: Rows and a sum over the hashes of their texts: any other content gives another sum, in whatever order the rows lie.
CONTENT = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {table} t"
SETTINGS = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL row_security = off",  # rows that a policy hides from this login are an error, not fewer rows
    *("SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0"),
    *("SET LOCAL TimeZone = 'UTC'", "SET LOCAL DateStyle = 'ISO, YMD'", "SET LOCAL IntervalStyle = 'postgres'"),
    *("SET LOCAL extra_float_digits = 1", "SET LOCAL bytea_output = 'hex'"),
)


@contextmanager
def one_view() -> Iterator[None]:
    """One snapshot for all questions asked within; nothing can be written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in SETTINGS:
                cursor.execute(statement)
        yield


def gather(*, with_tables: bool = True) -> dict[str, Any]:
    """All facts, in the view of the current transaction (``one_view``)."""
    return {
        "tables": tables() if with_tables else {},
        "migrations": migrations(),
        "register_sha256": register.content_hash(),
        "audit": audit(),
        "ledger": ledger(),
        "editions": editions(),
        "sealed_fields": sealed_fields(),
        "files": files(Path(settings.MEDIA_ROOT)),
    }


def tables() -> dict[str, list[object]]:
    """Rows and content of each table that survives a crash."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        found: dict[str, list[object]] = {}
        for name in names:
            cursor.execute(CONTENT.format(table=connection.ops.quote_name(name)))
            found[name] = list(cursor.fetchone())
    return found


def migrations() -> dict[str, object]:
    """How many are applied; those that the code has and the database not, and the other way round, are faults."""
    loader = MigrationExecutor(connection).loader
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    ours = {label for label, _ in known}
    missing = [f"not applied: {app}.{name}" for app, name in sorted(known - applied)]
    unknown = [f"unknown: {app}.{name}" for app, name in sorted(applied - known) if app in ours]
    return {"applied": len(applied), **_faults(missing + unknown)}


def audit() -> dict[str, object]:
    """The sealed chain of every stream: its length, its head, and the first row that does not fit."""
    found: dict[str, object] = {}
    for stream in all_streams():
        verdict = verify(stream)
        head = Link.objects.filter(stream=stream.name).order_by("-no").values_list("hash", flat=True).first()
        fault = [verdict.fault] if verdict.fault else []
        found[stream.name] = {"links": verdict.links, "unsealed": verdict.unsealed, "head": head, **_faults(fault)}
    return found


def ledger() -> dict[str, object]:
    """The books: how many entries and what they add up to, and every row that breaks an invariant."""
    sums = Entry.objects.aggregate(entries=Count("pk"), amount_fen=Sum("amount_fen", default=0))
    return {**sums, **_faults([f"{one.invariant}: {one.what} ({one.row_id})" for one in invariants.broken()])}


def editions() -> dict[str, object]:
    """Whether each edition of the lists still gives the hash that it published."""
    every = list(Edition.objects.order_by("kind", "no"))
    wrong = [e for e in every if lists.content_hash(lists.lines_of(e)) != e.content_sha256]
    return {"editions": len(every), **_faults([f"{e.kind} edition {e.no} gives another hash" for e in wrong])}


def sealed_fields() -> dict[str, object]:
    """Whether FIELD_KEY opens every sealed value."""
    found: dict[str, object] = {}
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedTextField):
                column = f"{model._meta.db_table}.{field.column}"
                found[column] = _opened(model._meta.db_table, field.column, column)
    return found


def _opened(table: str, name: str, column: str) -> dict[str, object]:
    quote = connection.ops.quote_name
    count, faults = 0, []
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {quote(name)} FROM {quote(table)} WHERE {quote(name)} <> '' ORDER BY 1")  # noqa: S608
        for (stored,) in cursor:
            count += 1
            try:
                open_sealed(stored, column=column)
            except Unreadable as error:
                faults.append(str(error))
    return {"values": count, **_faults(faults)}


def files(root: Path) -> dict[str, object]:
    """Whether each private file that the database names lies under ``root`` with the hash that was written down."""
    count, faults = 0, []
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        if {"path", "sha256"} <= {field.name for field in model._meta.local_concrete_fields}:
            for path, expected in _named_files(model):
                count += 1
                if fault := _file_fault(root / path, expected):
                    faults.append(f"{path}: {fault}")
    return {"files": count, **_faults(faults)}


def _named_files(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    rows = model._base_manager.exclude(path="").exclude(sha256="").order_by("pk")
    yield from rows.values_list("path", "sha256").iterator()


def _file_fault(path: Path, expected: str) -> str:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if found == expected else "other content than was written down"


def _faults(faults: list[str]) -> dict[str, object]:
    more = [f"and {len(faults) - NAMED} more"] if len(faults) > NAMED else []
    return {"faults": faults[:NAMED] + more}


def faults_in(facts: object, where: str = "") -> list[str]:
    """Every fault that facts name, with the place."""
    if not isinstance(facts, dict):
        return []
    own = [f"{where}: {fault}" for fault in facts.get("faults", [])]
    below = [faults_in(value, f"{where}.{name}" if where else str(name)) for name, value in facts.items()]
    return own + [fault for found in below for fault in found]


def differences(expected: object, found: object, where: str = "") -> list[str]:
    """Where two sets of facts say different things."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = sorted({*expected, *found})
        parts = [differences(expected.get(n), found.get(n), f"{where}.{n}" if where else str(n)) for n in names]
        return [difference for part in parts for difference in part]
    return [] if expected == found else [f"{where}: expected {expected}, found {found}"]
