"""Scans come in as other files do (``inspections.attaching``): judged by bytes, hashed, sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial

from foundation.core import private_files
from foundation.core.actor import Actor
from foundation.core.constraints import insert_all
from foundation.core.private_files import Upload
from inspections.attaching import Attached, take

from .models import Agreement, FlagEvent, FundsFile

FOLDER = "funds"


def taking(uploads: Iterable[Upload]) -> AbstractContextManager[list[Attached]]:
    """All of these files taken, or none; on the way out those that were not kept are let go."""
    return private_files.taking(uploads, take=partial(take, folder=FOLDER), named_by=FundsFile)


def keep(files: Sequence[Attached], *, beside: Agreement | FlagEvent, by: Actor, at: datetime) -> dict[str, list]:
    """Rows for files that were taken, inside the operation; what the trail says of them."""
    owner = "agreement" if isinstance(beside, Agreement) else "flag"
    about = {owner: beside, "institution": beside.institution}
    rows = insert_all(FundsFile(**about, **one.columns(by=by, at=at)) for one in files)
    return {"files": [None, [{"name": row.filename, "sha256": row.sha256} for row in rows]]} if rows else {}
