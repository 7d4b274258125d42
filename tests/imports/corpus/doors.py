"""The two doors as a test goes through them: the command and the staff's upload page, told in the same words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from foundation.accounts.enums import Role
from foundation.accounts.models import Post, User
from foundation.core.actor import Actor
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import opened
from foundation.regions.models import Jurisdiction
from institutions.importing import INSTITUTIONS
from tests.cast import acting, organ, person

UPLOAD = "admin:imports_batch_upload"


@dataclass
class Told:
    """What a door says about a file; ``stored`` are the page's rows with all that was kept of them."""

    file_level: str
    codes: list[str]
    words: list[str]
    encoding: str | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    stored: list[BatchRow] = field(default_factory=list)
    batch: Batch | None = None


def by_command(file: Path, bureau: str, *options: str) -> Told:
    out = StringIO()
    call_command("import_institutions", file, "--bureau", bureau, "--json", *options, stdout=out)
    said = json.loads(out.getvalue())
    codes, words = ([reason[key] for reason in said["file_reasons"]] for key in ("code", "message"))
    return Told(said["file_level"], codes, words, said["encoding"], in_order(said["rows"]))


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row.get("sheet") or "", row["row"]))


def officer_of(bureau: str) -> Client:
    """A client that is logged in as an officer of a bureau, who may import there (for a city: into its counties)."""
    name = f"corpus-{bureau}"
    user = User.objects.filter(username=name).first() or person(Role.COUNTY_OFFICER, organ(bureau), username=name).user
    client = Client()
    client.force_login(user)
    return client


def actor_of_officer(bureau: str) -> Actor:
    """The same officer as an operation sees them; ``officer_of`` made the person."""
    return acting(Post.objects.get(user__username=f"corpus-{bureau}"))


def by_page(client: Client, name: str, content: bytes, bureau: str) -> Told:
    """Upload a file and read the verdicts that were stored; or the reasons that the page showed."""
    place = Jurisdiction.objects.get(code=bureau)
    data = {"target": INSTITUTIONS.code, "bureau": place.pk, "mode": "good-rows"}
    before = set(Batch.objects.values_list("pk", flat=True))
    answer = client.post(reverse(UPLOAD), {**data, "file": SimpleUploadedFile(name, content)})
    if answer.status_code == 200:
        errors = answer.context["form"].errors.as_data()
        return Told("rejected", [], [text for each in errors.values() for error in each for text in error.messages])
    assert answer.status_code == 302, answer.content.decode()[:2000]
    batch = Batch.objects.exclude(pk__in=before).get()
    if batch.state == BatchState.UNMAPPED:
        return Told("unmapped", [], [], batch=batch)
    stored = sorted(batch.rows.all(), key=lambda row: (row.sheet, row.number))
    codes = dict(Jurisdiction.objects.values_list("pk", "code"))
    return Told("ok", [], [], batch.encoding, [_as_told(row, codes) for row in stored], stored, batch)


def _as_told(row: BatchRow, codes: dict[int, str]) -> dict[str, Any]:
    """A stored row in the words of ``--json``; the record only of rows to be written: it is kept of them only."""
    record = opened(row.record, INSTITUTIONS)
    shown = {name: column.shown(record.get(name)) or None for name, column in INSTITUTIONS.resource.columns.items()}
    return {
        "sheet": row.sheet or None,
        "row": row.number,
        "outcome": row.outcome,
        "warnings": [_fault(fault) for fault in row.warnings],
        "reasons": [_fault(fault) for fault in row.reasons],
        "record": {**shown, "county_code": codes.get(record.get("jurisdiction"))} if record else None,
    }


def _fault(stored: dict[str, Any]) -> dict[str, str]:
    return {name: stored[name] for name in ("code", "field", "message", "before", "after")}


def apply(client: Client, batch: Batch) -> None:
    client.post(reverse("admin:imports_batch_apply", args=[batch.pk]))
    batch.refresh_from_db()
