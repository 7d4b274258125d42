"""The words of the lists' papers: what an entry and its party give, as the fields that the templates ask for."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.deadlines.enums import Limit
from foundation.deadlines.queries import limit_for
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.templates import cn_date
from institutions import dossier

from .list_rules import rule_for
from .models import ListEntry

REMEDY = (
    "对本处理不服的，可以依法申请行政复议或者提起行政诉讼；认为所依据的事实有误的，可以向本机关提出核查。"
    "符合移出条件的，可以提出信用修复申请，并附整改材料。"
)


def _party(entry: ListEntry) -> dict[str, object]:
    row = entry.institution
    return {
        "party_name": row.name,
        "party_code": row.credit_code or "",
        "party_address": row.address,
        "person_in_charge": row.legal_person,
        "list_name": entry.get_kind_display(),
    }


def issue_prior_notice(entry: ListEntry, *, by: Actor, at: datetime) -> Document:
    """Number and freeze what the party is told beforehand; inside the operation that notifies."""
    limit = limit_for(Limit.LISTING_STATEMENT, entry.institution.jurisdiction, local_date(at))
    fields = _party(entry) | {
        "cause": entry.reason,
        "evidence": [
            [dossier.label_of(each.source), cn_date(each.happened_on), each.what]
            for each in entry.records.order_by("happened_on", "pk")
        ],
        "basis": entry.basis,
        "since": entry.effective_on,
        "until": entry.until,
        "days": f"{limit.amount}{limit.get_unit_display()}",
        "contact": entry.contact,
    }
    return issue_document(
        kind=DocumentKind.LISTING_PRIOR,
        organ=Organ.objects.get(pk=by.organ_id),
        fields=fields,
        subject=entry,
        by=by,
        at=at,
    )


def issue_result(entry: ListEntry, outcome: str, cause: str, *, by: Actor, at: datetime, term: bool = False) -> None:
    """Tell the party what was decided, as a numbered paper of the decider's organ; inside the deciding operation.

    Only for entries whose party was told beforehand: whoever decides such an entry tells it.
    """
    if entry.prior_notice_id is None:
        return
    rule = rule_for(entry.kind, entry.institution.jurisdiction, local_date(at))
    fields = _party(entry) | {
        "outcome": outcome,
        "decided_on": local_date(at),
        "cause": cause or entry.reason,
        "basis": entry.basis,
        "answer": entry.answer if term else "",
        "since": entry.effective_on if term else None,
        "until": entry.until if term else None,
        "removal": rule.removal if term else "",
        "remedy": REMEDY,
        "contact": entry.contact,
    }
    issue_document(
        kind=DocumentKind.LISTING_RESULT,
        organ=Organ.objects.get(pk=by.organ_id),
        fields=fields,
        subject=entry,
        by=by.allowed(Can.ISSUE_DOCUMENT),
        at=at,
    )
