"""Which rows of an applied batch stay when it is taken back: taken back already, or built on since."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from foundation.core.locking import hold_all
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.stored import stored_slices
from foundation.imports.taking_back import referred_to
from foundation.imports.target import label_of

from .models import Consent, Contract, ContractFinding, ContractParty, Invoice, Payment

#: What the import itself writes of a row, and what is reckoned from it; anything else was built on it by somebody.
OWN: Mapping[type[models.Model], tuple[type[models.Model], ...]] = {
    Contract: (Consent, ContractParty, ContractFinding),
    Payment: (ContractFinding, Invoice),
}


def rows_to_keep(batch: Batch, model: type[models.Model], *, lock: bool = False) -> dict[int, str]:
    """Row id -> why what the row wrote cannot be taken back, in the words of a clerk."""
    kept: dict[int, str] = {}
    for rows in stored_slices(batch, Outcome.CREATED):
        ids = [row.subject_id for row in rows]
        if lock:
            hold_all(model, ids)
        used = referred_to(model, ids, beyond=OWN.get(model, ()))
        why = {pk: f"导入之后已有{label}" for pk, label in used.items()}
        gone = model.objects.filter(pk__in=ids, voided_at__isnull=False)
        why |= dict.fromkeys(gone.values_list("pk", flat=True), "已撤回")
        kept |= {
            row.pk: f"{label_of((row.sheet, row.number))}“{row.title}”{why[row.subject_id]}"
            for row in rows
            if row.subject_id in why
        }
    return kept
