"""Who may say which visit looked into a clue, and who reads a matter as one."""

from __future__ import annotations

from cases.models import Case
from cases.rules import can_view_cases
from clues import rules as clues
from clues.models import Clue
from enforcement.models import Order
from enforcement.rules import can_view_orders
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.documents.models import Document
from foundation.documents.rules import can_view_documents
from inspections.models import Visit
from inspections.rules.visits import can_view_visits
from listings.models import ListEntry
from listings.rules import can_view_lists

#: What a matter consists of, and who reads each kind of record.
READ_BY = {
    Clue: clues.can_view_clues,
    Visit: can_view_visits,
    Order: can_view_orders,
    Case: can_view_cases,
    ListEntry: can_view_lists,
    Document: can_view_documents,
}


@rule("只有本辖区的经办人可以登记线索的核查记录。")
def can_link_check(actor: Actor, clue: Clue) -> bool:
    return clues.can_handle(actor, clue)


@rule("您的岗位不能查看这件事的经过。")
def can_view_matter(actor: Actor, row: object) -> bool:
    """Whoever reads the record reads its matter, as far as they read the other records of it."""
    return READ_BY[type(row)](actor)
