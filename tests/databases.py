"""Databases for the suite: one migrated template keyed by the migrations' content, cloned in milliseconds.

The suite runs as the site's login on its clone. ``committed_db`` tests get a clone of their own, because append-only
tables refuse the flush that Django's TransactionTestCase needs.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from io import StringIO
from pathlib import Path

import django
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from foundation.core import clock

ROOT = Path(__file__).resolve().parent.parent
MAINTENANCE = settings.DATABASES["owner"]["NAME"]
_BUILD_LOCK = 7_350_000
_STALE_SECONDS = 6 * 3600


@contextmanager
def _owner(database: str = MAINTENANCE) -> Iterator[psycopg2.extensions.cursor]:
    login = settings.DATABASES["owner"]
    connection = psycopg2.connect(
        dbname=database, user=login["USER"], password=login["PASSWORD"], host=login["HOST"], port=login["PORT"]
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


@cache
def migrations_hash() -> str:
    """Changes with any migration, with what migrations load, and with the logins that get rights.

    Read once by each process, as is the code below: to look for the files among those of all packages takes a while.
    """
    data = [*ROOT.glob("*/data/*"), *ROOT.glob("foundation/*/data/*")]
    files = sorted([*ROOT.glob("**/migrations/*.py"), *(file for file in data if file.suffix != ".md")])
    digest = hashlib.sha256(settings.DATABASES["default"]["USER"].encode())
    for file in (file for file in files if ".venv" not in file.parts):
        digest.update(file.read_bytes())
    for module in ("append_only.py", "grants.py"):
        digest.update((ROOT / "foundation/core" / module).read_bytes())
    return digest.hexdigest()[:12]


def template() -> str:
    """The name of the migrated template database; built once per content of the migrations."""
    return _built(f"sj_template_{migrations_hash()}", None, partial(call_command, "migrate", verbosity=0))


def demo_template() -> str:
    """The migrated template with the small demo in it; built once per content of the migrations and of our code."""
    with override_settings(DEMO_MODE=True):
        return derived("demo", code_hash(), _load_demo)


@cache
def code_hash() -> str:
    """Changes with the loader of the demo here and with any code of ours."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(file for file in ROOT.glob("**/*.py") if not {"tests", "script", ".venv"} & set(file.parts)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _load_demo() -> None:
    """At ten in the morning: at night what is told would wait (quiet hours)."""
    with clock.set_to(timezone.localtime().replace(hour=10, minute=0)):
        call_command("load_base_demo", verbosity=0, stdout=StringIO())


def derived(kind: str, fingerprint: str, fill: Callable[[], object]) -> str:
    """A template that is the migrated one after ``fill``; built once per fingerprint."""
    return _built(f"sj_template_{migrations_hash()}_{kind}_{fingerprint}", template(), fill)


def _built(name: str, source: str | None, fill: Callable[[], object]) -> str:
    """Build under a lock of its name and another name, so that nobody clones half a template or waits for another."""
    with _owner() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [_BUILD_LOCK, name])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            _drop_stale(cursor)
            building = f"{name}_building"
            cursor.execute(f"DROP DATABASE IF EXISTS {building}")
            cursor.execute(f"CREATE DATABASE {building} TEMPLATE {source or 'template0'} ENCODING 'UTF8'")
            with pointed_at(building):
                fill()
            cursor.execute(f"ALTER DATABASE {building} RENAME TO {name}")
    return name


def _drop_stale(cursor: psycopg2.extensions.cursor) -> None:
    """What killed runs and earlier versions left behind: old clones that nobody uses, all but the newest templates."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^sj_(run|commit)_[0-9]+_'")
    now = time.time()
    stale = [name for (name,) in cursor.fetchall() if now - int(name.split("_")[2]) > _STALE_SECONDS]
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^sj_template_' ORDER BY oid DESC OFFSET 24")
    for name in stale + [name for (name,) in cursor.fetchall()]:
        try:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        except psycopg2.errors.ObjectInUse:
            continue


def clone(source: str, purpose: str) -> str:
    """A copy of a template nobody is connected to; returns its name, which tells when it was made.

    ``file_copy`` took 10 ms and ``wal_log`` 20 to 30 ms for our 13 MB (PostgreSQL 18, fsync off, ext4).
    """
    name = f"sj_{purpose}_{int(time.time())}_{uuid.uuid4().hex[:10]}"
    with _owner() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
    return name


def drop(name: str) -> None:
    """Drop a database of ours. The owner may not end the site's sessions, and one just closed lives on for a moment."""
    with _owner() as cursor:
        for _ in range(50):
            try:
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                return
            except psycopg2.errors.InsufficientPrivilege:
                time.sleep(0.02)
        try:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")  # waits five seconds
        except psycopg2.errors.ObjectInUse:
            return  # a server thread still holds it; the next run clears it away


def point_at(name: str) -> None:
    """Let both of Django's logins work on this database from now on."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    before = connections["default"].settings_dict["NAME"]
    point_at(name)
    try:
        yield
    finally:
        point_at(before)


def begin_at(name: str) -> None:
    """What a process of a test's own does first, before it loads anything that has models."""
    django.setup()
    point_at(name)
