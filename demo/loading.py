"""Cases that the worker loads: asked for once, one after the other, and how far that is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from foundation.core import outbox
from foundation.core.models import OutboxMessage, OutboxState

from .case_diary import Tell
from .casebook import CASES, Case, case_of, load_case, loaded
from .notices import LOAD_CASE
from .organs import Login

OPEN = (OutboxState.DUE, OutboxState.CLAIMED)


def _key(case: Case) -> str:
    return f"{LOAD_CASE}:{case.code}"


def ask_worker(cases: Iterable[Case], *, logins_file: Path | None = None, at: datetime) -> int:
    """Promise these cases to the outbox, in their order; returns how many were not waiting or loaded before. One that
    was set aside after several failures is tried again.
    """
    there, asked = loaded(), 0
    for number, case in enumerate(cases):
        if case.code not in there:
            told = {"case": case.code, "logins_file": str(logins_file or "")}
            due_at = at + timedelta(seconds=number)
            put = outbox.put(LOAD_CASE, at=at, due_at=due_at, key=_key(case), **told)
            asked += put is not None or outbox.try_again(_key(case), at=due_at)
    return asked


def keep_logins(path: Path, logins: Iterable[Login]) -> None:
    """Add logins to the file that ``script/server`` prints; only we may read it. Told again, they are there once."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        known = []
    fresh = [asdict(login) for login in logins]
    names = {login["username"] for login in fresh}
    kept = [login for login in known if login["username"] not in names]
    beside = path.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept + fresh, file, ensure_ascii=False, indent=1)
    beside.replace(path)


@transaction.atomic
def load_and_keep(case: Case, file: Path | None, *, tell: Tell) -> list[Login] | None:
    """``load_case``, with the logins in the file, if one is named, before the commit: told for nothing at worst."""
    logins = load_case(case, tell=tell)
    if logins and file:
        keep_logins(file, logins)
    return logins


@dataclass(frozen=True)
class Progress:
    """``number`` of ``total`` cases is being loaded; ``failed`` were set aside after several attempts."""

    number: int
    total: int
    case: Case | None
    failed: int

    def __str__(self) -> str:
        if self.case is not None:
            return f"演示案例载入中 {self.number}/{self.total}：{self.case.place}"
        return f"有 {self.failed} 个演示案例未能载入，请查看运行日志"


def progress() -> Progress | None:
    """How far the worker is, or None when nothing waits and nothing failed."""
    rows = OutboxMessage.objects.filter(key__in=[_key(case) for case in CASES]).order_by("due_at", "pk")
    states = [(row.payload["case"], row.state) for row in rows]
    waiting = [code for code, state in states if state in OPEN]
    failed = sum(state == OutboxState.DEAD for _, state in states)
    if not waiting and not failed:
        return None
    return Progress(len(states) - len(waiting) + 1, len(states), case_of(waiting[0]) if waiting else None, failed)
