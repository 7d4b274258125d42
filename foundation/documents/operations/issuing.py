"""Issue a document, and declare one void."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.canonical import canonical, sha256
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.operation import authorize, operation
from foundation.core.scope import Place
from foundation.documents import codes, events, notices, rules
from foundation.documents.freezing import frozen
from foundation.documents.models import Document, Voiding
from foundation.documents.numbering import take_number
from foundation.documents.queries import wording_in_force
from foundation.documents.wording import in_use


@operation
def issue_document(
    *, kind: str, organ: Organ, fields: Mapping[str, object], subject: models.Model, by: Actor, at: datetime
) -> Document:
    """Give the next 文号 and freeze the words; PDF and Word follow after the commit.

    Raises NotAllowed, InvalidInput (a field is missing or wrong, the organ has no 机关代字).
    """
    authorize(by, rules.can_issue, organ, subject)
    template = in_use(kind)
    values = template.checked(fields)
    series, number = take_number(organ, template, at=at)
    on = local_date(at)
    local = wording_in_force(organ, template.kind, on=on)
    content = canonical(frozen(template, values, organ=organ, number=number, on=on, local=local))
    place = type(subject).SCOPE.place_of(subject)
    document = insert(
        Document(
            **_about(subject, place),
            organ=organ,
            kind=template.kind,
            template_version=template.version,
            series=series,
            serial_no=series.last_no,
            number=number,
            party=str(values.get(template.party_field, ""))[:200],
            content=content.decode(),
            sha256=sha256(content),
            verify_code=codes.new_code(),
            issued_at=at,
            issued_by_id=by.user_id,
            issued_by_name=by.name,
        )
    )
    changes = {"number": [None, number], "sha256": [None, document.sha256]}
    record(events.DOCUMENT_ISSUED, subject=document, by=by, at=at, changes=changes, matter=document.matter)
    outbox.put(notices.RENDER, at=at, key=f"{notices.RENDER}:{document.pk}", document_id=document.pk)
    return document


def _about(subject: models.Model, place: Place) -> dict[str, object]:
    return {
        "jurisdiction_id": place.jurisdiction_id,
        "division_id": place.division_id,
        "category": place.category,
        "subject_type": subject._meta.label_lower,
        "subject_id": subject.pk,
        "subject_label": str(subject)[:200],
        "matter": getattr(subject, "matter", ""),
    }


@operation
def void_document(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Declare an issued document void; its words, number and files stay. Raises NotAllowed, InvalidInput.

    The row itself cannot be locked (it is append-only); the unique voiding decides between two callers.
    """
    document = Document.objects.select_related("voiding").get(pk=document.pk)
    authorize(by, rules.can_void, document)
    insert(
        Voiding(document=document, voided_at=at, voided_by_id=by.user_id, voided_by_name=by.name, reason=reason.strip())
    )
    record(
        events.DOCUMENT_VOIDED,
        subject=document,
        by=by,
        at=at,
        changes={"void": [False, True]},
        reason=reason.strip(),
        matter=document.matter,
    )
    return document
