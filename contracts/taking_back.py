"""Which rows of an applied batch stay when it is taken back: taken back already, or built on since."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import models

from foundation.core.locking import hold_all
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.stored import stored_slices
from foundation.imports.taking_back import referred_to
from foundation.imports.target import label_of
from ledger.models import Entry

from .cases import with_siblings
from .models import Consent, Contract, ContractFinding, ContractParty, Invoice, Payment
from .models.payments import deposit_key

#: What the import itself writes of a row, and what is reckoned from it; anything else was built on it by somebody.
OWN: Mapping[type[models.Model], tuple[type[models.Model], ...]] = {
    Contract: (Consent, ContractParty, ContractFinding),
    Payment: (ContractFinding, Invoice),
}


def rows_to_keep(batch: Batch, model: type[models.Model], *, lock: bool = False) -> dict[int, str]:
    """Row id -> why what the row wrote cannot be taken back, in the words of a clerk."""
    kept: dict[int, str] = {}
    if lock and model is not Contract:
        _hold_contracts(batch, model)
    for rows in stored_slices(batch, Outcome.CREATED):
        ids = [row.subject_id for row in rows]
        if lock:
            hold_all(model, ids)
        used = referred_to(model, ids, beyond=OWN.get(model, ()))
        why = {pk: f"导入之后已有{label}" for pk, label in used.items()}
        if model is Payment:
            why |= _deposited(ids)
        gone = model.objects.filter(pk__in=ids, voided_at__isnull=False)
        why |= dict.fromkeys(gone.values_list("pk", flat=True), "已撤回")
        kept |= {
            row.pk: f"{label_of((row.sheet, row.number))}“{row.title}”{why[row.subject_id]}"
            for row in rows
            if row.subject_id in why
        }
    return kept


def _deposited(ids: Collection[int]) -> dict[int, str]:
    """What lies in the books was paid; they know a payment by its key, not by a foreign key."""
    keys = {deposit_key(pk): pk for pk in ids}
    there = Entry.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key]: "导入之后已入账" for key in there}


def _hold_contracts(batch: Batch, model: type[models.Model]) -> None:
    """Before the rows that belong to them, as whoever judges a contract's payments or deposits one."""
    named: set[int] = set()
    for rows in stored_slices(batch, Outcome.CREATED):
        ours = model._base_manager.filter(pk__in=[row.subject_id for row in rows], contract__isnull=False)
        named |= set(ours.values_list("contract_id", flat=True))
    hold_all(Contract, with_siblings(named))
