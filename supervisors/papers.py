"""聘书 and 监督员证: the two papers of a supervisor, issued together and void together."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from foundation.core.actor import Actor
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document, void_document
from foundation.documents.queries import documents_about
from foundation.photos.queries import copy_hash

from .models import Supervisor

KINDS = (DocumentKind.SUPERVISOR_LETTER, DocumentKind.SUPERVISOR_CARD)


def card_path(supervisor: Supervisor) -> str:
    """The public page that says today whether the holder is in office."""
    return reverse("publicity:supervisor_card", args=[supervisor.public_code])


def issue_papers(supervisor: Supervisor, *, first: date, last: date, by: Actor, at: datetime) -> list[Document]:
    """Letter and card for the days of a term; inside the operation that made it."""
    person = {
        "name": supervisor.name,
        "number": supervisor.number,
        "appointed_as": str(supervisor.recruitment),
        "area": str(supervisor.area),
        "valid_from": first,
        "valid_to": last,
    }
    card = {
        **person,
        "level": f"{supervisor.get_level_display()}（{supervisor.recruitment.batch}）",
        "page": card_path(supervisor),
        "portrait": copy_hash(supervisor.candidate.portrait),
    }
    return [
        issue_document(kind=kind, organ=supervisor.organ, fields=fields, subject=supervisor, by=by, at=at)
        for kind, fields in zip(KINDS, (person, card), strict=True)
    ]


def valid_papers(supervisor: Supervisor) -> QuerySet[Document]:
    return documents_about(supervisor).filter(kind__in=KINDS, voiding__isnull=True)


def void_papers(supervisor: Supervisor, *, reason: str, by: Actor, at: datetime) -> None:
    """Declare the present letter and card void; inside the operation that ends or renews the term."""
    for document in valid_papers(supervisor):
        void_document(document=document, reason=reason, by=by, at=at)
