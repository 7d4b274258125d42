"""Sets of a spreadsheet batch: one by one through the one way in, under the ids reserved for them; taken back by id."""

from __future__ import annotations

from datetime import date, datetime

from foundation.core.actor import Actor
from foundation.core.operation import authorize, operation
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.stored import stored_slices
from institutions.models import Institution
from materials import rules
from materials.models import MaterialSet
from materials.operations.sets import SetFacts, pass_inside, register_set

FACTS = ("title", "subject", "stage", "kind", "edition", "isbn", "author")
INSIDE = ("inside_by", "inside_on", "inside_note")


@operation
def write_sets(*, batch: Batch, by: Actor, at: datetime) -> None:
    """A set for each new row, passed inside where the row says by whom, when and how.

    Raises NotAllowed outside the actor's area, InvalidInput when somebody entered one of them meanwhile.
    """
    for rows in stored_slices(batch, Outcome.CREATED):
        authorize(by, rules.can_import, {row.record["jurisdiction"] for row in rows})
        homes = Institution.objects.in_bulk({row.record["home"] for row in rows})
        for row in rows:
            said = row.record
            facts = SetFacts(**{name: said[name] for name in FACTS if said.get(name)})
            home = homes[said["home"]]
            made = register_set(institution=home, facts=facts, by=by, at=at, reserved=row.subject_id)
            if all(said.get(name) for name in INSIDE):
                who, day, note = (said[name] for name in INSIDE)
                told = {"reviewed_by": who, "reviewed_on": date.fromisoformat(day), "note": note}
                pass_inside(material=made, by=by, at=at, **told)


@operation
def take_back_sets(*, batch: Batch, by: Actor, at: datetime) -> None:
    """Sets that nothing refers to are deleted again; rows kept stay. Raises NotAllowed."""
    authorize(by, rules.can_import, {batch.jurisdiction_id})
    for rows in stored_slices(batch, Outcome.CREATED, kept=False):
        MaterialSet.objects.filter(pk__in=[row.subject_id for row in rows]).delete()
