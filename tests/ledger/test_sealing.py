"""What the owner of the tables changes is named; a receipt proves its entry with the published root alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from foundation.audit.models import DailyRoot
from foundation.audit.sealing import close_day, seal
from foundation.core import clock
from foundation.core.canonical import merkle_path, merkle_root, sha256
from ledger import proofs, receipts
from ledger.enums import Kind
from ledger.models import Entry
from ledger.operations.posting import post_batch
from ledger.sealing import ENTRIES
from tests import databases
from tests.cast import Cast, build_cast
from tests.institutions.factories import institution
from tests.ledger.factories import AT, line, poster, purse

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_receipt.py"


def filled(cast: Cast, count: int = 7) -> list[int]:
    held = purse(institution(cast.officer), cast.officer)
    lines = [line(Kind.DEPOSIT, 100 + number, held) for number in range(count)]
    return [answer.entry_id for answer in post_batch(lines=lines, by=poster(cast.officer), at=AT)]


def owner_does(*statements: str) -> None:
    """What only the owner of the tables can do: switch the guards off, change, switch them on again."""
    with connections["owner"].cursor() as cursor:
        for table in ("ledger_entry", "audit_link", "audit_dailyroot"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("ledger_entry", "audit_link", "audit_dailyroot"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def verified(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}\nFAULT {error}"
    return out.getvalue()


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """Whatever the owner does meanwhile is gone at the end."""
    tables = ("ledger_entry", "audit_link", "audit_dailyroot")
    owner_does(*(f"CREATE TABLE kept_{table} AS TABLE {table}" for table in tables))
    try:
        yield
    finally:
        back = [(f"DELETE FROM {t}", f"INSERT INTO {t} SELECT * FROM kept_{t}", f"DROP TABLE kept_{t}") for t in tables]
        owner_does(*(statement for each in back for statement in each), "DROP TABLE IF EXISTS held")


@pytest.fixture(scope="module")
def closed(django_db_setup, django_db_blocker) -> Iterator[list[int]]:
    """A database with seven entries, sealed, under yesterday's root."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            cast = build_cast()
            ids = filled(cast)
            assert "0 entries sealed, 7 not yet: intact" in verified()
            assert "7 entries sealed, 0 not yet: intact" in verified("--seal")
            close_day(ENTRIES, day=clock.today(), at=clock.now() + timedelta(days=1))
            later = filled(cast, 2)
            assert "7 entries sealed, 2 not yet: intact" in verified()
            yield ids
            assert Entry.objects.filter(pk__in=later).count() == 2
        databases.drop(name)


def swap(one: int, other: int) -> list[str]:
    columns = ", ".join(f.column for f in Entry._meta.concrete_fields if f.name not in ("id", "key"))
    take = "UPDATE ledger_entry e SET ({0}) = (SELECT {0} FROM ledger_entry o WHERE o.id = {1}) WHERE e.id = {2}"
    hold = f"CREATE TABLE held AS SELECT * FROM ledger_entry WHERE id = {one}"
    back = f"UPDATE ledger_entry e SET ({columns}) = (SELECT {columns} FROM held) WHERE e.id = {other}"
    return [hold, take.format(columns, other, one), back]


@pytest.mark.parametrize("way", ["edited", "cut", "reordered", "cut with its link", "tail cut", "root rewritten"])
def test_what_the_owner_changes_is_named(closed, way):
    ids = closed
    published = DailyRoot.objects.get(stream="ledger")
    kept = f"{published.day}={published.root}"
    assert "FAULT" not in verified("--root", kept)
    third, last = ids[2], ids[-1]
    statements, words = {
        "edited": ([f"UPDATE ledger_entry SET amount_fen = 999 WHERE id = {third}"], f"row {third} (link 3)"),
        "cut": ([f"DELETE FROM ledger_entry WHERE id = {third}"], f"row {third} (link 3) was deleted"),
        "reordered": (swap(third, ids[4]), f"row {third} (link 3)"),
        "cut with its link": (
            [f"DELETE FROM audit_link WHERE row_id = {third}", f"DELETE FROM ledger_entry WHERE id = {third}"],
            "link 3 is missing",
        ),
        "tail cut": (
            [f"DELETE FROM audit_link WHERE row_id = {last}", f"DELETE FROM ledger_entry WHERE id = {last}"],
            "7 were sealed, 6 are there",
        ),
        "root rewritten": ([f"UPDATE audit_dailyroot SET root = '{'0' * 64}'"], "does not fit its links"),
    }[way]
    with undone_afterwards():
        owner_does(*statements)
        said = verified()
    assert f"FAULT {words}" in said or ("FAULT" in said and words in said)
    if way == "edited":
        assert f"entry {third}: 2026-11-20 缴费入账" in said


def test_a_ledger_that_was_rewritten_whole_is_caught_by_the_root_kept_outside(closed):
    """The owner cuts the tail, its links and the root, and lets the portal seal anew: all agrees with itself."""
    published = DailyRoot.objects.get(stream="ledger")
    with undone_afterwards():
        owner_does(
            f"DELETE FROM ledger_entry WHERE id >= {closed[-1]}", "DELETE FROM audit_link WHERE stream = 'ledger'",
            "DELETE FROM audit_dailyroot WHERE stream = 'ledger'",
        )  # fmt: skip
        close_day(ENTRIES, day=published.day, at=clock.now() + timedelta(days=1))
        assert "FAULT" not in verified()
        assert "published was" in verified("--root", f"{published.day}={published.root}")


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_the_path_of_each_leaf_leads_to_the_root(count):
    leaves = [sha256(bytes([number])) for number in range(count)]
    for place, leaf in enumerate(leaves):
        here = leaf
        for side, other in merkle_path(leaves, place):
            pair = (other, here) if side == "left" else (here, other)
            here = sha256(*(bytes.fromhex(each) for each in pair))
        assert here == merkle_root(leaves)


@pytest.mark.django_db
def test_a_receipt_is_there_once_the_day_has_its_root(cast):
    ids = filled(cast)
    entry = Entry.objects.get(pk=ids[0])
    assert proofs.receipt(entry) is None
    seal(ENTRIES)
    assert proofs.receipt(entry) is None
    root = close_day(ENTRIES, day=clock.today(), at=clock.now() + timedelta(days=1))
    later = filled(cast, 4)
    second = close_day(ENTRIES, day=clock.today() + timedelta(days=1), at=clock.now() + timedelta(days=2))
    assert [found.day for found in proofs.roots(most=9)] == [second.day, root.day]
    assert proofs.roots(most=9, on=root.day) == [root]
    for number in [*ids, *later]:
        found = receipts.read_receipt(json.dumps(proofs.receipt(Entry.objects.get(pk=number))))
        assert found["entry"]["id"] == number
        assert receipts.root_of(found) == found["root"] == (root.root if number in ids else second.root)


def script(*arguments: object) -> tuple[int, str]:
    """Without the portal's packages: as on anybody's machine."""
    done = subprocess.run([sys.executable, "-I", "-S", SCRIPT, *map(str, arguments)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.django_db
def test_the_script_checks_a_receipt_by_itself(cast, tmp_path):
    ids = filled(cast)
    root = close_day(ENTRIES, day=clock.today(), at=clock.now() + timedelta(days=1))
    given = proofs.receipt(Entry.objects.get(pk=ids[3]))
    path, roots = tmp_path / "receipt.json", tmp_path / "roots.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    roots.write_text(json.dumps({"roots": [{"day": str(root.day), "root": root.root}]}), encoding="utf-8")
    for words in ([], ["--root", root.root.upper()], ["--roots", roots]):
        assert script(path, *words)[0] == 0, words
    assert script(path, "--root", "0" * 64)[0] == 1
    forged = {**given, "entry": {**given["entry"], "amount_fen": 360_000}}
    path.write_text(json.dumps(forged), encoding="utf-8")
    assert script(path)[0] == 1
    path.write_text(json.dumps({**forged, "root": receipts.root_of(forged)}), encoding="utf-8")
    assert (script(path)[0], script(path, "--roots", roots)[0]) == (0, 1)


HOSTILE = [
    "", "[]", "{}", "null", "[" * 100_000, '{"format":1}', json.dumps({"format": receipts.FORMAT}),
    json.dumps(dict.fromkeys(receipts.FIELDS, 1) | {"format": receipts.FORMAT}),
    json.dumps({"format": receipts.FORMAT, "day": "2026-11-20", "root": "0" * 64, "no": 1, "previous": "x" * 64,
                "entry": {}, "path": []}),
    json.dumps({"format": receipts.FORMAT, "day": "2026-11-20", "root": "0" * 64, "no": 1, "previous": "0" * 64,
                "entry": {"a": [1]}, "path": []}),
    json.dumps({"format": receipts.FORMAT, "day": "昨天", "root": "0" * 64, "no": 1, "previous": "0" * 64,
                "entry": {}, "path": [["left", 5]]}),
    json.dumps({"format": receipts.FORMAT, "day": "2026-11-20", "root": "0" * 64, "no": 1, "previous": "0" * 64,
                "entry": {}, "path": [["up", "0" * 64]]}),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_receipt_is_refused_in_words(text, tmp_path):
    with pytest.raises(ValueError, match="凭证"):
        receipts.read_receipt(text)
    path = tmp_path / "receipt.json"
    path.write_text(text, encoding="utf-8")
    if len(text) < 100:
        assert script(path)[0] == 2


def test_the_script_is_a_copy_of_what_the_portal_runs():
    begins = "FORMAT = "
    texts = [path.read_text("utf-8").partition(begins)[2] for path in (SCRIPT, Path(receipts.__file__))]
    assert texts[0].partition("# -- the copy")[0].strip() == texts[1].partition("# -- and down")[0].strip()
