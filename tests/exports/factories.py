"""Exports for tests."""

from __future__ import annotations

import csv
import io
from copy import copy

from openpyxl import load_workbook

from foundation.accounts.enums import Role
from foundation.core import clock, outbox, private_files
from foundation.core.actor import Actor
from foundation.documents.models import Document
from foundation.exports.declaring import exportable_of
from foundation.exports.enums import ExportFormat, ExportState
from foundation.exports.models import Export
from foundation.exports.operations import request_export
from tests.cast import organ, person
from tests.documents.factories import AT, issued

DOCUMENTS = "documents.document"
PLAIN = ["number", "party"]
PERSONAL = [*PLAIN, "person_in_charge"]
PURPOSE = "核对本季度整改通知书的负责人信息"


def asked(
    actor: Actor, *, columns=PLAIN, filters=None, format=ExportFormat.XLSX, purpose="", register=DOCUMENTS, at=AT
):
    return request_export(
        exportable=exportable_of(register),
        filters=filters or {},
        columns=columns,
        format=format,
        purpose=purpose,
        by=actor,
        at=at,
    )


def made(actor: Actor, **given) -> Export:
    """An export whose file is there (or was refused)."""
    with clock.set_to(AT):
        export = asked(actor, **given)
        outbox.deliver_all(at=AT)
    export.refresh_from_db()
    return export


def table(export: Export) -> list[list[str]]:
    """The cells of the file, head first."""
    data = private_files.fetch(export.path, sha256=export.sha256)
    if export.format == ExportFormat.CSV:
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def many_documents(actor: Actor, count: int) -> None:
    """Rows without files, made by copying one."""
    first = Document.objects.get(pk=issued(actor).pk)
    rows = []
    for number in range(2, count + 1):
        another = copy(first)
        another.pk, another.serial_no, another.number = None, number, f"厦思教责改〔2026〕{number}号"
        another.verify_code = f"{number:016d}"
        another._state.adding = True
        rows.append(another)
    Document.objects.bulk_create(rows)


def placed(place) -> Export:
    """A waiting export for the authorization matrix; the asker is nobody of the cast, but of the place's bureau."""
    bureau = organ(place.jurisdiction.code)
    post = person(Role.COUNTY_OFFICER, bureau, username=f"asker-{place.relation}-{Export.objects.count()}")
    return Export.objects.create(
        jurisdiction=place.jurisdiction,
        organ=bureau,
        post=post,
        requester=post.user,
        requester_name=post.user.name,
        requested_at=AT,
        register=DOCUMENTS,
        register_label="文书",
        columns=PERSONAL,
        format=ExportFormat.XLSX,
        rows=501,
        personal=True,
        purpose=PURPOSE,
        state=ExportState.PENDING,
        state_at=AT,
    )
