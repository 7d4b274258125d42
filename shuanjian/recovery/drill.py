"""Restore the newest backup twice over: to the point of its facts, then to the end of the archive; compare, record."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from . import facts
from .cluster import Throwaway
from .programs import ProgramFailed, Programs
from .store import STAMP, Broken, Store, read_signed, write_signed

PATIENCE = 4 * 3600.0
PAUSED = "SELECT pg_is_in_recovery() AND pg_get_wal_replay_pause_state() = 'paused'"
PROMOTED = "SELECT NOT pg_is_in_recovery()"
#: What recovery came to: the last commit, and the segment of the last record, numbered like the archive's files.
REACHED = """
SELECT extract(epoch FROM pg_last_xact_replay_timestamp())::float8,
 (floor(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') / 16777216))::bigint
"""


@dataclass
class Record:
    """What a drill found. ``ok`` only when nothing is in ``faults`` and it came to its end."""

    at: str
    base: str = ""
    point: str = ""
    ok: bool = False
    faults: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    rto_seconds: float | None = None
    rpo_seconds: float | None = None
    newest_transaction_at: str | None = None
    rows: int | None = None
    files: int | None = None
    files_not_yet_copied: int | None = None

    @contextmanager
    def timed(self, step: str):
        """Note the seconds of a step, also of one that fails."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[step] = round(time.monotonic() - began, 2)


def drill(store: Store, *, at: datetime, user: str, bin_folder: str = "", scratch: str | None = None) -> Record:
    """Carry out a drill and write its record; what goes wrong is in it. Nothing of the throwaway cluster is left."""
    record, began = Record(at=at.isoformat()), time.monotonic()
    try:
        _carry_out(store, record, at=at, user=user, bin_folder=bin_folder, scratch=scratch)
        record.ok = not record.faults
    except (Broken, ProgramFailed, OSError, ValueError) as error:
        record.faults.append(str(error))
    record.rto_seconds = round(time.monotonic() - began, 2)
    store.prepare()
    write_signed(store.drills / f"{at.strftime(STAMP)}.json", asdict(record))
    return record


def _carry_out(store: Store, record: Record, *, at: datetime, user: str, bin_folder: str, scratch: str | None) -> None:
    base = store.newest()
    record.base = base.name
    noted = read_signed(base / "facts.json")
    record.point = noted["point"]["name"]
    cluster = Throwaway(Programs.of(noted["major"], bin_folder), store.wal, scratch)
    who = (user, noted["database"])
    try:
        with record.timed("unpack_and_verify"):
            cluster.unpack(base)
        with record.timed("recover_to_point"):
            cluster.configure(recovery_target_name=record.point, recovery_target_action="pause")
            cluster.start(*who, patience=PATIENCE)
            cluster.until(*who, PAUSED, patience=PATIENCE)
        with record.timed("compare_with_facts"):
            _compare(cluster, record, who, store.files, noted)
        with record.timed("recover_to_end"):
            cluster.stop()
            cluster.configure()
            cluster.start(*who, patience=PATIENCE)
            cluster.until(*who, PROMOTED, patience=PATIENCE)
        with record.timed("check_the_end"):
            _check_the_end(cluster, record, who, store, at)
    finally:
        cluster.remove()


def _compare(cluster: Throwaway, record: Record, who: tuple[str, str], media: Path, noted: dict[str, Any]) -> None:
    """At the point the database must say exactly what it said when the backup was taken."""
    found = json.loads(cluster.manage(*who, media, "recovery_facts", "--at", noted["at"]))
    record.rows = sum(int(rows) for rows, _ in found["tables"].values())
    record.files = found["files"]["files"]
    record.faults += facts.differences(noted["facts"], found)
    record.faults += facts.faults_in(found)


def _check_the_end(cluster: Throwaway, record: Record, who: tuple[str, str], store: Store, at: datetime) -> None:
    """At the end nothing may have come apart, and no archived segment may have been left unread."""
    newest, reached = cluster.ask(*who, REACHED)
    if newest is not None:
        record.newest_transaction_at = datetime.fromtimestamp(newest, tz=at.tzinfo).isoformat(timespec="milliseconds")
        record.rpo_seconds = round(at.timestamp() - newest, 2)
    found = json.loads(cluster.manage(*who, store.files, "recovery_facts", "--without-tables"))
    record.files_not_yet_copied = len(found.pop("files")["faults"])  # younger than the last copy of files
    record.faults += [f"at the end: {fault}" for fault in facts.faults_in(found)]
    last = max((number for _, number, _ in store.segments()), default=0)
    if reached is not None and reached < last:
        record.faults.append("recovery ended before the last archived segment: one before it is missing or damaged")
