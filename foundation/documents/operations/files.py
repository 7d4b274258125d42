"""Keep the files that were made of a document."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.operation import authorize, operation
from foundation.documents import events, rules
from foundation.documents.enums import FileFormat
from foundation.documents.models import Document, DocumentFile


@operation
def file_document(
    *, document: Document, wanted: FileFormat, path: str, sha256: str, size: int, by: Actor, at: datetime
) -> DocumentFile:
    """Note where a rendered file lies and its hash. Raises NotAllowed, InvalidInput (there is one already)."""
    authorize(by, rules.can_file)
    file = insert(DocumentFile(document=document, format=wanted, path=path, sha256=sha256, size=size, made_at=at))
    changes = {wanted.value: [None, {"sha256": sha256, "size": size}]}
    record(events.DOCUMENT_FILED, subject=document, by=by, at=at, changes=changes, matter=document.matter)
    return file
