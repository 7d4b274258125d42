"""The supervisors' first checklist, 9 sections and 43 items, as rows for the first migration; a proposal to edit."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from inspections.enums import Audience, VersionState

DATA = Path(__file__).parent / "data"
NAME = "校外培训监督检查清单"
NOTE = "随系统提供的9方面43项建议稿，可在此基础上修订启用新版本。"


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the shipped files."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_first_version(models: Any, *, jurisdiction: Any, at: datetime, using: str) -> Any:
    """Insert version 1 as a draft, fill it, put it to use; ``models`` are the four classes by name."""
    checklist = (
        models["Checklist"]
        .objects.using(using)
        .create(jurisdiction=jurisdiction, name=NAME, audience=Audience.SUPERVISORS)
    )
    version = (
        models["ChecklistVersion"]
        .objects.using(using)
        .create(checklist=checklist, number=1, state=VersionState.DRAFT, state_at=at, note=NOTE)
    )
    sections = {
        row["code"]: models["ChecklistSection"].objects.using(using).create(version=version, **row)
        for row in read("sections")
    }
    models["ChecklistItem"].objects.using(using).bulk_create(
        models["ChecklistItem"](
            version=version,
            section=sections[row["code"][0]],
            **{**row, "officer_only": row["officer_only"] == "yes"},
        )
        for row in read("items")
    )
    version.state, version.published_at = VersionState.IN_USE, at
    version.save(using=using, update_fields=["state", "published_at"])
    return version
