"""双随机检查结果公示 as a document, in the words of the published results."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.templates import MAX_ROWS
from inspections import events
from inspections.models import Draw
from inspections.queries import draws as queries
from inspections.rules import draws as rules

NOTHING = "—"


@operation
def issue_results(*, draw: Draw, objection: str, contact: str, by: Actor, at: datetime) -> list[Document]:
    """Give published results a 文号 and freeze their words; more objects than one document holds make several.

    Raises NotAllowed (not published, another organ's), Conflict (there is a valid one: void it first), InvalidInput
    (no contact, the organ has no 机关代字).
    """
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_issue_results, row)
    if held := queries.notices_of(row).filter(voiding__isnull=True).first():
        raise Conflict(f"已出具{held.number}。结果更正后需要重新出具的，请先在文书页面作废。", code="issued")
    results = queries.drawn_rows(row)
    facts = _facts(row, drawn=len(results)) | {"objection": objection, "contact": contact}
    parts = [results[start : start + MAX_ROWS] for start in range(0, len(results), MAX_ROWS)]
    made = []
    for number, part in enumerate(parts, start=1):
        fields = facts | {
            "part": f"第{number}份，共{len(parts)}份" if len(parts) > 1 else "",
            "results": [_line(shown) for shown in part],
        }
        made.append(
            issue_document(kind=DocumentKind.DRAW_RESULTS, organ=row.organ, fields=fields, subject=row, by=by, at=at)
        )
    changes = {"documents": [None, [document.number for document in made]]}
    record(events.DRAW_RESULTS_ISSUED, subject=row, by=by, at=at, changes=changes)
    return made


def _facts(draw: Draw, *, drawn: int) -> dict[str, object]:
    return {
        "title": draw.title,
        "number": draw.number,
        "plan": draw.plan,
        "items": draw.items,
        "pool": str(draw.commitment.objects_count),
        "drawn": str(drawn),
        "checked_on": draw.checked_on,
        "published_on": draw.published_on,
        "pool_sha256": draw.commitment.pool_sha256,
    }


def _line(shown: dict[str, object]) -> list[str]:
    officers = [*shown["officers"], *shown["officers_by_hand"]]
    texts = (shown["name"], shown["code"], shown["checked_on"], "、".join(officers), shown["result"])
    return [*(str(text) for text in texts), str(shown["follow_up"]) or NOTHING]
