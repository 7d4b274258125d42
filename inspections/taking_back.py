"""Which visits of an applied batch stay when it is taken back: voided by somebody already, or built on since."""

from __future__ import annotations

from django.db.models import F

from foundation.core.locking import hold_all
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import stored_slices
from foundation.imports.taking_back import referred_to
from foundation.imports.target import label_of

from .models import CampaignVisit, Finding, Visit, VisitOfficer

#: What the import itself writes of a visit; anything else that refers to it was built on it by somebody.
OWN = (Finding, VisitOfficer, CampaignVisit)


def visits_to_keep(batch: Batch, *, lock: bool = False) -> dict[int, str]:
    """Row id -> why its visit cannot be voided with the batch, in the words of a clerk."""
    kept: dict[int, str] = {}
    for rows in stored_slices(batch, Outcome.CREATED):
        ids = [row.subject_id for row in rows]
        if lock:
            hold_all(Visit, ids)
        why = _why(ids)
        kept |= {row.pk: _told(row, why[row.subject_id]) for row in rows if row.subject_id in why}
    return kept


def _told(row: BatchRow, why: str) -> str:
    return f"{label_of((row.sheet, row.number))}“{row.title}”{why}"


def _why(ids: list[int]) -> dict[int, str]:
    """Visit -> why it stays."""
    used = referred_to(Visit, ids, beyond=OWN)
    by_hand = CampaignVisit.objects.filter(visit__in=ids).exclude(tagged_at=F("visit__recorded_at"))
    used |= dict.fromkeys(by_hand.values_list("visit_id", flat=True), CampaignVisit._meta.verbose_name)
    findings = dict(Finding.objects.filter(visit__in=ids).values_list("pk", "visit_id"))
    used |= {findings[pk]: label for pk, label in referred_to(Finding, findings).items()}
    found = {pk: f"导入之后已有{label}" for pk, label in used.items()}
    voided = Visit.objects.filter(pk__in=ids, voided_at__isnull=False)
    return found | dict.fromkeys(voided.values_list("pk", flat=True), "已作废")
