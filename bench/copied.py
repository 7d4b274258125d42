"""The physical limit: COPY of exactly the rows that a run of the product left in the database.

``taken`` writes down what a step of the product added to and changed in any table; ``put_back`` brings the same rows
into another copy of the same database: COPY for what is new, COPY into a temporary table and one UPDATE for what
changed. The tables keep their indexes, constraints and triggers; it is one transaction, the commit included. What the
triggers write (``institutions_publicchange``) they write here too.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

WHOLE = ("smallint", "integer", "bigint")
TABLES = """
SELECT c.relname, a.attname, format_type(a.atttypid, -1),
       (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
 WHERE i.indisprimary AND i.indnatts = 1 AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
   AND c.relname <> 'institutions_publicchange'
 ORDER BY c.relname
"""


@dataclass(frozen=True)
class Part:
    """Some rows of one table, in a file."""

    table: str
    key: str
    columns: str
    path: Path
    rows: int
    changed: bool  # else new

    @property
    def label(self) -> str:
        return f"{self.table}, changed" if self.changed else self.table


@dataclass
class Taken:
    """All that one step wrote."""

    parts: list[Part] = field(default_factory=list)

    def rows(self) -> dict[str, int]:
        return {part.label: part.rows for part in self.parts}


@contextmanager
def taken(folder: Path, name: str) -> Iterator[Taken]:
    """What the block writes, in files of this folder. The block's own time is not touched: looking comes after it."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [row for row in cursor.fetchall() if row[2] in WHOLE]
        highest = {}
        for table, key, _, _ in tables:
            cursor.execute(f"SELECT coalesce(max({key}), 0) FROM {table}")
            highest[table] = cursor.fetchone()[0]
        cursor.execute("SELECT txid_current()")
        since = cursor.fetchone()[0] % 2**32
    found = Taken()
    yield found
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for table, key, _, columns in tables:
            for changed, rows_of in (
                (False, f"{key} > {highest[table]}"),
                (True, f"{key} <= {highest[table]} AND xmin::text::bigint > {since}"),
            ):
                path = folder / f"{name}.{table}.{'changed' if changed else 'new'}.rows"
                with path.open("wb") as file:
                    query = f"SELECT {columns} FROM {table} WHERE {rows_of} ORDER BY {key}"
                    cursor.copy_expert(f"COPY ({query}) TO STDOUT", file)
                if cursor.rowcount:
                    found.parts.append(Part(table, key, columns, path, cursor.rowcount, changed))
                else:
                    path.unlink()
        cursor.execute("RESET statement_timeout")
    # Changes first: a closed site makes room for the new one. Then many rows before few: a trigger refuses new rows of
    # a batch that is applied already. Foreign keys are checked at the commit.
    found.parts.sort(key=lambda part: (not part.changed, -part.rows))


def put_back(what: Taken) -> dict[str, float]:
    """Seconds per table and for the commit (where the foreign keys are checked), after the same rows are in."""
    seconds: dict[str, float] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for part in what.parts:
            began = time.perf_counter()
            (_update if part.changed else _insert)(cursor, part)
            seconds[part.label] = time.perf_counter() - began
        began = time.perf_counter()
    seconds["commit"] = time.perf_counter() - began
    return seconds


def _insert(cursor, part: Part) -> None:
    with part.path.open("rb") as file:
        cursor.copy_expert(f"COPY {part.table} ({part.columns}) FROM STDIN", file)
    if cursor.rowcount != part.rows:
        raise RuntimeError(f"{part.table}: {cursor.rowcount} rows instead of {part.rows}")


def _update(cursor, part: Part) -> None:
    cursor.execute(f"CREATE TEMPORARY TABLE as_changed ON COMMIT DROP AS TABLE {part.table} WITH NO DATA")
    with part.path.open("rb") as file:
        cursor.copy_expert(f"COPY as_changed ({part.columns}) FROM STDIN", file)
    names = [name for name in part.columns.split(", ") if name != part.key]
    cursor.execute(
        f"UPDATE {part.table} AS old SET ({', '.join(names)}) = ROW({', '.join(f'new.{name}' for name in names)}) "
        f"FROM as_changed AS new WHERE old.{part.key} = new.{part.key}"
    )
    if cursor.rowcount != part.rows:
        raise RuntimeError(f"{part.table}: {cursor.rowcount} rows changed instead of {part.rows}")
    cursor.execute("DROP TABLE as_changed")
