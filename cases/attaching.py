"""Files of evidence come in as those of papers do (``inspections.attaching``): judged by bytes, hashed, sealed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial

from foundation.core import private_files
from foundation.core.private_files import Upload
from inspections.attaching import Attached, take

from .models import EvidenceFile

FOLDER = "evidence"


def taking(uploads: Iterable[Upload]) -> AbstractContextManager[list[Attached]]:
    """All of these files taken, or none; on the way out those that were not kept are let go."""
    return private_files.taking(uploads, take=partial(take, folder=FOLDER), named_by=EvidenceFile)
