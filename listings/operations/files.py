"""Putting what a listing or a grade rests on together on one numbered paper, for the institution."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.operations import issue_document
from listings import filing, rules
from listings.models import ListEntry, Rating


@operation
def issue_evidence_file(*, subject: ListEntry | Rating, by: Actor, at: datetime) -> ListEntry | Rating:
    """Issue the 证据卷 of an entry or a rating as it stands now. The paper is its own fact in the trail.

    Raises NotAllowed (another area, no right to issue papers), InvalidInput (no 机关代字).
    """
    row = lock(type(subject), subject.pk)
    authorize(by, rules.can_issue_file, row)
    fields = filing.of_entry(row) if isinstance(row, ListEntry) else filing.of_rating(row)
    organ = Organ.objects.get(pk=by.organ_id)
    issue_document(kind=DocumentKind.EVIDENCE_FILE, organ=organ, fields=fields, subject=row, by=by, at=at)
    return row
