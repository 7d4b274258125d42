"""Databases to measure in: each a fresh copy of the migrated portal, dropped afterwards."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

import psycopg2
from django.conf import settings
from django.db import connection

from tests import databases


def prepare() -> None:
    """Build the template of all copies. From here on a SIGTERM lets every ``finally`` run."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    _template()


@cache
def _template() -> str:
    """Looked up once: a checkout that changes under a long run must not change what is measured."""
    return databases.template()


@contextmanager
def fresh_database() -> Iterator[str]:
    """A copy of the empty portal; making it ends with a checkpoint, so every contender begins after one."""
    name = databases.clone(_template(), "run")
    try:
        with databases.pointed_at(name):
            connection.ensure_connection()
            yield name
    finally:
        databases.drop(name)


def vacuum() -> None:
    """Give the planner figures of the copy in use, as autovacuum does before long; only the owner may."""
    login = settings.DATABASES["owner"]
    owner = psycopg2.connect(
        dbname=connection.settings_dict["NAME"],
        user=login["USER"],
        password=login["PASSWORD"],
        host=login["HOST"],
        port=login["PORT"],
    )
    owner.autocommit = True
    with closing(owner), owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
