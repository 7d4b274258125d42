"""Reading documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ
from foundation.core import private_files
from foundation.core.clock import local_date
from foundation.core.errors import Conflict

from . import codes
from .enums import FileFormat, WordingState
from .models import Document, DocumentFile, LocalWording
from .wording import in_use


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
    title: str = ""
    internal: bool = False


def verdict_on(typed: str) -> Verdict:
    """Whether a document with this code was issued and still holds; no personal data in any case.

    A paper to everybody (a list, a letter) is named by its title, one to a party by the masked party; of a record of
    the office there is only that it exists, and its digest.
    """
    code = codes.normalised(typed)
    document = Document.objects.filter(verify_code=code).select_related("organ", "voiding").first() if code else None
    if document is None:
        return Verdict("unknown", "未查到")
    voiding = document.voiding if document.is_void else None
    internal = in_use(document.kind).internal
    return Verdict(
        state="void" if voiding else "valid",
        label="已作废" if voiding else "有效",
        number=document.number,
        kind=document.get_kind_display(),
        organ=document.organ.name,
        issued_on=_day(document.issued_at),
        party="" if internal else masked_party(document.party),
        digest=short_digest(document.sha256),
        voided_on=_day(voiding.voided_at) if voiding else "",
        title="" if internal or document.party else str(document.frozen["title"]),
        internal=internal,
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


def wording_in_force(organ: Organ, kind: str, *, on: date) -> LocalWording | None:
    """The words in which an organ prints a kind on a day: the newest approved; an empty one is the standard again."""
    rows = LocalWording.objects.filter(organ=organ, kind=kind, state=WordingState.APPROVED, effective_on__lte=on)
    return rows.order_by("-effective_on", "-pk").first()


def documents_about(*subjects: models.Model) -> models.QuerySet[Document]:
    """All documents about these objects, newest first; for panels of their page."""
    named = [Q(subject_type=subject._meta.label_lower, subject_id=subject.pk) for subject in subjects]
    rows = Document.objects.filter(reduce(or_, named, Q(pk__in=[])))
    return rows.select_related("voiding").order_by("-issued_at", "-pk")


def file_of(document: Document, wanted: FileFormat) -> DocumentFile | None:
    """The stored file of a document in one format; None while it is being made."""
    return DocumentFile.objects.filter(document=document, format=wanted).first()


def pdf_of(document: Document | None) -> tuple[str, bytes] | None:
    """(name, bytes) of a document's PDF, for its party; None while it is being made, or where its file is lost."""
    file = file_of(document, FileFormat.PDF) if document is not None else None
    try:
        return (f"{document.number}.pdf", private_files.fetch(file.path, sha256=file.sha256)) if file else None
    except Conflict:
        return None


def wording(document: Document) -> list[tuple[str, str]]:
    """The frozen words as (label, text) pairs for the staff's page."""
    frozen = document.frozen
    lines = [("标题", frozen["title"])]
    for number, block in enumerate(frozen["blocks"], start=1):
        if block["kind"] == "table":
            lines += [("；".join(block["columns"]), "；".join(row)) for row in block["rows"]]
        elif block["kind"] == "pictures":
            lines += [(shown["no"], f"{shown['told']}；校验值{shown['sha256']}") for shown in block["pictures"]]
        elif block["kind"] != "blanks":
            lines.append((f"第{number}段", block["text"]))
    return lines


def issued_about(subject: models.Model, kind: str, **fields: object) -> Document | None:
    """The newest valid document of a kind about an object whose frozen fields say this; None when there is none.

    For operations that hold the lock of the object: a second document of the same is refused until the first is void.
    """
    held = documents_about(subject).filter(kind=kind, voiding__isnull=True)
    return next((row for row in held if row.frozen["fields"].items() >= fields.items()), None)


def refuse_second(subject: models.Model, kind: str, **fields: object) -> None:
    """Raise Conflict while a valid document of the same is there."""
    if held := issued_about(subject, kind, **fields):
        raise Conflict(f"已出具{held.number}。需要重新出具的，请先在文书页面作废。", code="issued")
