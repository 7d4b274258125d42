"""现场检查记录: a formal visit as a numbered paper for the party and the officers to sign."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.errors import need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.queries import refuse_second
from inspections import events, records
from inspections.models import Visit
from inspections.rules import visits as rules


@operation
def issue_site_record(
    *, visit: Visit, told: str, situation: str, by: Actor, at: datetime, statement: str = ""
) -> Document:
    """Number and freeze what a visit saw; what it does not say is left to be filled in by hand.

    Raises NotAllowed (another organ's, a covert or voided visit, a volunteer's), Conflict (there is a valid one: void
    it first), InvalidInput (nothing said of what was told or seen, the organ has no 机关代字).
    """
    row = lock(Visit, visit.pk)
    authorize(by, rules.can_issue_record, row)
    authorize(by, rules.can_issue_record_now, row)
    need_words(told, "told", "请写明告知事项。")
    need_words(situation, "situation", "请写明检查情况。")
    refuse_second(row, DocumentKind.SITE_RECORD)
    fields = records.party_fields(row) | {
        "kind": row.get_kind_display(),
        "told": told,
        "situation": situation,
        "facts": records.found_rows(row),
        "heads": records.heads_text(row),
        "photos": records.photo_rows(row),
        "statement": statement,
    }
    organ = Organ.objects.get(pk=by.organ_id)
    document = issue_document(kind=DocumentKind.SITE_RECORD, organ=organ, fields=fields, subject=row, by=by, at=at)
    record(events.SITE_RECORD_ISSUED, subject=row, by=by, at=at, changes={"document": [None, document.number]})
    return document
