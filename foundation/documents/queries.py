"""Reading documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from foundation.core.clock import local_date

from . import codes
from .enums import FileFormat
from .models import Document, DocumentFile


@dataclass(frozen=True)
class Verdict:
    """What the public may know about a code. A wrong code gives the same shape, with empty facts."""

    state: str  # valid, void or unknown
    label: str
    number: str = ""
    kind: str = ""
    organ: str = ""
    issued_on: str = ""
    party: str = ""
    digest: str = ""
    voided_on: str = ""


def verdict_on(typed: str) -> Verdict:
    """Whether a document with this code was issued and still holds; no personal data in any case."""
    code = codes.normalised(typed)
    document = Document.objects.filter(verify_code=code).select_related("organ", "voiding").first() if code else None
    if document is None:
        return Verdict("unknown", "未查到")
    voiding = document.voiding if document.is_void else None
    return Verdict(
        state="void" if voiding else "valid",
        label="已作废" if voiding else "有效",
        number=document.number,
        kind=document.get_kind_display(),
        organ=document.organ.name,
        issued_on=_day(document.issued_at),
        party=masked_party(document.party),
        digest=short_digest(document.sha256),
        voided_on=_day(voiding.voided_at) if voiding else "",
    )


def _day(at: datetime) -> str:
    return local_date(at).isoformat()


def short_digest(sha256: str) -> str:
    """The first 16 characters in groups of four: enough to compare paper and page by eye."""
    return codes.spaced(sha256[:16])


def masked_party(name: str) -> str:
    """A person keeps the surname (张**); an organisation keeps its first and last characters."""
    if len(name) <= 4:
        return name[:1] + "*" * max(len(name) - 1, 0)
    edge = 3 if len(name) > 8 else 2
    return f"{name[:edge]}****{name[-edge:]}"


def documents_about(subject: models.Model) -> models.QuerySet[Document]:
    """All documents about one object, newest first; for panels of its page."""
    rows = Document.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return rows.select_related("voiding").order_by("-issued_at", "-pk")


def file_of(document: Document, wanted: FileFormat) -> DocumentFile | None:
    """The stored file of a document in one format; None while it is being made."""
    return DocumentFile.objects.filter(document=document, format=wanted).first()


def wording(document: Document) -> list[tuple[str, str]]:
    """The frozen words as (label, text) pairs for the staff's page."""
    frozen = document.frozen
    lines = [("标题", frozen["title"])]
    for number, block in enumerate(frozen["blocks"], start=1):
        if block["kind"] == "table":
            lines += [("；".join(block["columns"]), "；".join(row)) for row in block["rows"]]
        elif block["kind"] != "blanks":
            lines.append((f"第{number}段", block["text"]))
    return lines
