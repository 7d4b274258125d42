"""Databases for the suite: one migrated template keyed by the migrations' content, cloned in milliseconds.

The suite runs as the site's login on its clone. ``committed_db`` tests get a clone of their own, because append-only
tables refuse the flush that Django's TransactionTestCase needs.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
MAINTENANCE = settings.DATABASES["owner"]["NAME"]
_BUILD_LOCK = 7_350_000


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


def migrations_hash() -> str:
    """Changes with any migration, with what migrations load, and with the logins that get rights."""
    files = sorted([*ROOT.glob("**/migrations/*.py"), *ROOT.glob("foundation/*/data/*.csv")])
    digest = hashlib.sha256(settings.DATABASES["default"]["USER"].encode())
    for file in (file for file in files if ".venv" not in file.parts):
        digest.update(file.read_bytes())
    for module in ("append_only.py", "grants.py"):
        digest.update((ROOT / "foundation/core" / module).read_bytes())
    return digest.hexdigest()[:12]


def template() -> str:
    """The name of the migrated template database; built once per content of the migrations."""
    name = f"sj_template_{migrations_hash()}"
    with _owner() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_BUILD_LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            _drop_stale(cursor)
            building = f"{name}_building"
            cursor.execute(f"DROP DATABASE IF EXISTS {building}")
            cursor.execute(f"CREATE DATABASE {building} TEMPLATE template0 ENCODING 'UTF8'")
            with pointed_at(building):
                call_command("migrate", verbosity=0, interactive=False)
            cursor.execute(f"ALTER DATABASE {building} RENAME TO {name}")
    return name


def _drop_stale(cursor: psycopg2.extensions.cursor) -> None:
    """What earlier versions or killed runs left behind; databases in use refuse and stay, and so do recent templates."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^sj_(run|commit)_'")
    stale = [name for (name,) in cursor.fetchall()]
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^sj_template_' ORDER BY oid DESC OFFSET 12")
    for name in stale + [name for (name,) in cursor.fetchall()]:
        try:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        except psycopg2.errors.ObjectInUse:
            continue


def clone(source: str, purpose: str) -> str:
    """A copy of a template nobody is connected to; returns its name."""
    name = f"sj_{purpose}_{re.sub('[^a-z0-9]', '', uuid.uuid4().hex[:10])}"
    with _owner() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
    return name


def drop(name: str) -> None:
    with _owner() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


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
