"""Backup and restore drill on real servers; each way in which a backup can be bad is seen to be found."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest

from shuanjian.recovery.store import STAMP, Broken, Store, read_signed, write_signed
from tests.operations.recovering import ROOT, Done, Server
from tests.operations.test_units import portal_file

pytestmark = pytest.mark.slow
#: Some six seconds each: PostgreSQL's own programs find these; the others are found by ours, and asked in every run.
FULL = pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="script/prove recovery damages every part")
SESSION = "INSERT INTO django_session VALUES (%s, 'x', now() + interval '1 hour')"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A filled server with one backup, taken while others wrote."""
    server = Server()
    try:
        server.start()
        with Writers(server):
            server.first = server.back_up()
        yield server
    finally:
        server.end()


class Writers:
    """Two sessions that commit all the time, with pauses as people make them."""

    def __init__(self, server: Server) -> None:
        self.server, self.ended, self.rows = server, threading.Event(), 0
        self.threads = [threading.Thread(target=self._write, args=(n,)) for n in range(2)]

    def _write(self, number: int) -> None:
        link = psycopg2.connect(self.server.url("site"))
        link.autocommit = True
        with link.cursor() as cursor:
            while not self.ended.wait(0.03):
                cursor.execute(SESSION, [f"{number}-{self.rows}-{threading.get_ident()}"])
                self.rows += 1
        link.close()

    def __enter__(self) -> Writers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()


def faults_of(done: Done) -> str:
    record = done.record()
    assert (done.code, record["ok"]) == (1, False), done.out
    return "\n".join(record["faults"])


def left_behind(server: Server) -> list[str]:
    """What drills left: folders, or a postgres that still runs in one."""
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    folders = [path.name for path in server.scratch().iterdir()]
    return folders + [line for line in running.splitlines() if f"{server.scratch()}/drill-" in line]


def test_a_backup_taken_while_others_write_restores_to_the_row(server: Server) -> None:
    assert server.first.code == 0, server.first.err
    server.psql("shuanjian", "-c", "INSERT INTO django_session VALUES ('after', 'x', now())")
    server.archive_all()
    done = server.drill()
    record = done.record()
    assert (done.code, record["faults"], record["ok"]) == (0, [], True), done.err
    assert record["rows"] > 1000
    assert record["files"] >= 1
    assert 0 <= record["rpo_seconds"] < 60
    assert record["rto_seconds"] > 0
    [kept] = (server.store / "drills").iterdir()
    assert read_signed(kept) == record
    assert left_behind(server) == []
    print(record)  # noqa: T201


def test_facts_cover_what_the_portal_promises(server: Server) -> None:
    facts = read_signed(Store(server.store).newest() / "facts.json")["facts"]
    assert facts["audit"]["event"]["links"] > 0
    assert facts["editions"]["editions"] > 0
    assert (facts["ledger"]["entries"], facts["ledger"]["amount_fen"], facts["ledger"]["faults"]) == (1, 100_000, [])
    assert sum(column["values"] for column in facts["sealed_fields"].values()) > 0
    assert facts["tables"]["institutions_institution"][0] > 0
    assert len(facts["register_sha256"]) == 64


def test_a_drill_that_is_ended_cleans_up(server: Server) -> None:
    command = server.drill_command(server.store)
    running = subprocess.Popen(
        command, cwd=ROOT, env=server.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    give_up = time.monotonic() + 60
    while not list(server.scratch().glob("drill-*/postgres.log")):
        assert time.monotonic() < give_up
        time.sleep(0.05)
    assert left_behind(server) != []
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    assert (running.returncode, left_behind(server)) == (128 + signal.SIGTERM, [])


def test_the_shipped_logins_leave_no_line_unread(server: Server) -> None:
    assert server.psql("shuanjian", "-c", "SELECT error FROM pg_hba_file_rules WHERE error IS NOT NULL") == ""
    assert server.psql("shuanjian", "-c", "SHOW archive_mode; SHOW log_parameter_max_length_on_error") == "on\n0"
    for role, database in (("site", "postgres"), ("backup", "template1")):
        with pytest.raises(psycopg2.OperationalError, match=r"pg_hba\.conf"):
            psycopg2.connect(server.url(role).replace("/shuanjian", f"/{database}"))


@pytest.mark.turns(2)
def test_doctor_finds_nothing_where_the_handbook_was_followed(server: Server) -> None:
    """Shipped settings, logins and variables together are what production demands."""
    production = {
        **portal_file(), "SECRET_KEY": secrets.token_urlsafe(60), "FIELD_KEY": secrets.token_hex(32), "DEMO_MODE": "0",
        "DATABASE_URL": server.url("site"), "DATABASE_OWNER_URL": server.url("owner"),
    }  # fmt: skip
    done = server.manage("doctor", **production)
    assert (done.code, "检查通过" in done.out) == (0, True), done.out
    refused = server.manage("doctor", **production | {"DATABASE_URL": server.url("owner")})
    assert (refused.code, "shuanjian.E043" in refused.out) == (1, True)


# -- each way to be bad ---------------------------------------------------------------------------------------------
def newest(store: Path) -> Path:
    return Store(store).newest()


def flip(path: Path, at: int = -1) -> None:
    """Change one byte, in the middle unless told."""
    data = bytearray(path.read_bytes())
    data[at if at >= 0 else len(data) // 2] ^= 0x55
    path.write_bytes(bytes(data))


@pytest.mark.prove
@FULL
def test_a_damaged_base_is_found(server: Server) -> None:
    store = server.copied_store("damaged-base")
    flip(newest(store) / "base.tar.gz")
    assert "base.tar.gz" in (said := faults_of(server.drill(store))) or "pg_verifybackup" in said
    assert left_behind(server) == []


@pytest.mark.prove
@FULL
def test_a_file_of_the_base_that_was_changed_and_packed_again_is_found(server: Server) -> None:
    store = server.copied_store("changed-base")
    inside = store / "inside"
    inside.mkdir()
    archive = newest(store) / "base.tar.gz"
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(inside)], check=True)
    largest = max((inside / "base").rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0)
    flip(largest)
    subprocess.run(["tar", "-czf", str(archive), "-C", str(inside), "."], check=True)
    assert "checksum mismatch" in faults_of(server.drill(store))


@pytest.mark.prove
@FULL
def test_a_damaged_or_missing_segment_is_found(server: Server) -> None:
    store = server.copied_store("damaged-log")
    noted = read_signed(newest(store) / "facts.json")["point"]["segment"]
    flip(store / "wal" / f"{noted}.gz")
    assert "recovery target" in faults_of(server.drill(store))


@pytest.mark.prove
@FULL
def test_a_gap_after_the_point_is_found(server: Server) -> None:
    for _ in range(3):
        server.psql("shuanjian", "-c", "DELETE FROM django_session WHERE session_key = 'after'")
        server.psql("shuanjian", "-c", "INSERT INTO django_session VALUES ('after', 'x', now())")
        server.archive_all()
    store = server.copied_store("gap")
    segments = [path for _, _, path in Store(store).segments()]
    segments[-2].unlink()
    assert "before the last archived segment" in faults_of(server.drill(store))


@pytest.mark.prove
@FULL
def test_other_content_than_was_recorded_is_named(server: Server) -> None:
    """Facts of another state, even if signed anew, do not fit: here those of a point after one row more."""
    store = server.copied_store("other-content")
    path = newest(store) / "facts.json"
    body = read_signed(path)
    server.psql("shuanjian", "-c", "INSERT INTO django_session VALUES ('one more', 'x', now())")
    server.psql("shuanjian", "-c", "SELECT pg_create_restore_point('later')")
    server.archive_all()
    shutil.rmtree(store / "wal")
    subprocess.run(["cp", "-a", str(server.store / "wal"), str(store / "wal")], check=True)
    body["point"]["name"] = "later"
    write_signed(path, body)
    assert "tables.django_session: expected" in faults_of(server.drill(store))


def test_facts_that_were_rewritten_are_found(server: Server) -> None:
    store = server.copied_store("forged-facts")
    path = newest(store) / "facts.json"
    signed = json.loads(path.read_text(encoding="utf-8"))
    signed["body"]["facts"]["tables"]["django_session"][0] += 1
    path.write_text(json.dumps(signed), encoding="utf-8")
    assert "not signed by this portal" in faults_of(server.drill(store))
    with pytest.raises(Broken):
        read_signed(path)


@pytest.mark.prove
@FULL
def test_a_private_file_that_was_changed_or_lost_is_found(server: Server) -> None:
    store = server.copied_store("files")
    changed, lost = (min((store / "files").rglob(f"*.{ending}")) for ending in ("pdf", "docx"))
    flip(changed)
    lost.unlink()
    found = faults_of(server.drill(store))
    assert ("other content than was written down" in found, "No such file" in found) == (True, True)


@pytest.mark.turns(2)
def test_the_wrong_field_key_is_found(server: Server) -> None:
    assert "sealed by another key" in faults_of(server.drill(FIELD_KEY="ab12" * 16))


@pytest.mark.turns(2)
def test_a_trail_changed_behind_the_portals_back_is_found(server: Server) -> None:
    """A superuser can switch triggers off; the backup of what results is called bad at once, and by the drill."""
    change = "UPDATE audit_event SET reason = 'changed' WHERE id = (SELECT min(id) FROM audit_event)"
    server.psql("shuanjian", "-c", "SET session_replication_role = replica", "-c", change)
    taken = server.back_up()
    assert (taken.code, "audit.event: row" in taken.err) == (1, True)
    assert "audit.event: row" in faults_of(server.drill())


def test_the_backup_login_writes_nothing(server: Server) -> None:
    link = psycopg2.connect(server.url("backup"))
    link.autocommit = True
    with link.cursor() as cursor:
        with pytest.raises(psycopg2.Error, match="read-only"):
            cursor.execute("DELETE FROM django_session")
        cursor.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg2.Error, match="permission denied"):
            cursor.execute("DELETE FROM django_session")
    link.close()


@pytest.mark.turns(2)
def test_rows_that_a_policy_hides_are_an_error_and_not_fewer_rows(server: Server) -> None:
    hide = ("ALTER ROLE shuanjian_backup NOBYPASSRLS", "ALTER TABLE django_session ENABLE ROW LEVEL SECURITY")
    show = ("ALTER ROLE shuanjian_backup BYPASSRLS", "ALTER TABLE django_session DISABLE ROW LEVEL SECURITY")
    try:
        server.psql("shuanjian", *(word for statement in hide for word in ("-c", statement)))
        done = server.manage("recovery_facts")
        assert (done.code, "row-level security policy" in done.err) == (1, True)
    finally:
        server.psql("shuanjian", *(word for statement in show for word in ("-c", statement)))
    assert server.manage("recovery_facts").code == 0


@pytest.mark.prove
@FULL
def test_old_backups_go_with_their_log_and_the_newest_stays(server: Server) -> None:
    store = server.copied_store("old")
    held = Store(store)
    first, last = held.bases()[0], held.bases()[-1]
    assert first != last
    segments = len(list(held.segments()))
    at = datetime.strptime(last.name, STAMP).replace(tzinfo=UTC)
    assert held.prune(now=at + timedelta(days=35), days=36) == []
    gone = held.prune(now=at + timedelta(days=40), days=35)
    assert held.bases() == [last]
    assert gone[0] == first.name
    assert 0 < len(list(held.segments())) == segments - sum(name.endswith(".gz") for name in gone) < segments
    assert server.drill(store).record()["base"] == last.name
