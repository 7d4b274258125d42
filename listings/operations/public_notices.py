"""黑白名单公示 as a numbered document, in the words of a published edition and for the bureau's own area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.templates import MAX_ROWS
from institutions.models import StandingEvent
from listings import events, list_rules, public_notices, rules
from listings.enums import NoticeContent
from listings.models import Edition, PublicNotice


@operation
def issue_public_notice(
    *, edition: Edition, content: str, objection: str, contact: str, by: Actor, at: datetime
) -> PublicNotice:
    """Give the area's institutions of the newest edition a 文号 and freeze them; too many for one paper make several.

    Raises NotAllowed, InvalidInput (no contact, no way to object, the organ has no 机关代字), Conflict (an older
    edition, a list that has changed since, nobody of the area in it, a valid notice of the same).
    """
    authorize(by, rules.can_issue_notice, edition)
    organ = lock(Organ, by.organ_id)
    need_words(objection, "objection", "请写明异议提出方式。")
    need_words(contact, "contact", "请填写联系人和电话。")
    _refuse_second(edition, content, organ)
    found = public_notices.listed(edition, content, area=by.scope, on=local_date(at))
    notice = insert(
        PublicNotice(
            edition=edition,
            jurisdiction_id=organ.jurisdiction_id,
            organ=organ,
            content=content,
            entries=len(found),
            issued_on=local_date(at),
            issued_by_id=by.user_id,
        )
    )
    words = {"objection": objection, "contact": contact}
    made = _issue(notice, found, words, by=by, at=at)
    changes = {"documents": [None, [document.number for document in made]], "entries": [None, notice.entries]}
    record(events.NOTICE_ISSUED, subject=notice, by=by, at=at, changes=changes)
    return notice


def _refuse_second(edition: Edition, content: str, organ: Organ) -> None:
    held = public_notices.valid_papers(edition, organ, content).first()
    if held is not None:
        raise Conflict(f"已出具{held.number}。需要重新出具的，请先在文书页面作废。", code="issued")


def _issue(
    notice: PublicNotice, found: Sequence[StandingEvent], words: dict[str, str], *, by: Actor, at: datetime
) -> list[Document]:
    edition, rule = notice.edition, list_rules.rule_for(notice.edition.kind, notice.organ.jurisdiction, local_date(at))
    parts = [found[start : start + MAX_ROWS] for start in range(0, len(found), MAX_ROWS)]
    made = []
    for number, part in enumerate(parts, start=1):
        which = f"，第{number}份，共{len(parts)}份" if len(parts) > 1 else ""
        fields = words | {
            "list_name": edition.get_kind_display(),
            "batch": f"第{edition.no}期{NoticeContent(notice.content).said}{which}",
            "basis": rule.basis,
            "entries": [public_notices.line(event) for event in part],
            "valid_from": notice.issued_on,
            "removal": rule.removal,
        }
        kind = DocumentKind.LIST_NOTICE
        made.append(issue_document(kind=kind, organ=notice.organ, fields=fields, subject=notice, by=by, at=at))
    return made
