"""All that an import left in a portal's database, without ids and moments: two clean imports of a file are equal.

Run as a program in the environment of the portal to look into (personal values are compared in the clear).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from foundation.audit.models import Event  # noqa: E402
from foundation.imports.models import Batch, BatchRow  # noqa: E402
from foundation.imports.stored import opened  # noqa: E402
from foundation.imports.target import target_named  # noqa: E402
from institutions.models import Institution, Permit, Site, StatusEvent  # noqa: E402

COUNTED = ("Institution", "Permit", "Site", "StatusEvent", "SearchEntry", "FormerName")
OF_THE_RUN = {"public_id"}  # drawn at random for each new institution


def digest(rows: Iterable[object]) -> str:
    """One hash over rows, in their order."""
    found = hashlib.sha256()
    for row in rows:
        found.update(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode() + b"\n")
    return found.hexdigest()


def content() -> dict[str, object]:
    """Counts and digests of register and verdicts, by name."""
    batch = Batch.objects.latest("pk")
    target = target_named(batch.target)
    stored = BatchRow.objects.order_by("batch__pk", "sheet", "number", "pk")
    verdicts = (
        [
            row.sheet, row.number, row.outcome, row.title, row.code, row.reasons, row.warnings, row.cells,
            {name: value for name, value in opened(row.record, target).items() if name not in OF_THE_RUN},
        ]
        for row in stored.iterator(chunk_size=5000)
    )  # fmt: skip
    facts = [field.attname for field in Institution._meta.concrete_fields]
    facts = [name for name in facts if name not in {"id", "public_id", "registered_at", "changed_at"}]
    registered = Institution.objects.order_by("credit_code", "name").values_list(*facts)
    of = "institution__credit_code"
    return {
        "rows counted": {name: apps.get_model("institutions", name).objects.count() for name in COUNTED},
        "verdicts counted": dict(stored.order_by().values_list("outcome").annotate(Count("pk"))),
        "batch": [batch.state, batch.rows_total, batch.rows_checked, batch.counts, batch.tidied],
        "events of imports": Event.objects.filter(kind__startswith="import").count(),
        "verdicts": digest(verdicts),
        "institutions": digest(registered.iterator(chunk_size=5000)),
        "permits": digest(_rows(Permit, of, "kind", "number", "issuer", "valid_from", "valid_to", "ended_on")),
        "sites": digest(_rows(Site, of, "kind", "name", "division_id", "address", "opened_on", "closed_on")),
        "statuses": digest(_rows(StatusEvent, of, "status", "category", "effective_on", "reason", "withdrawn")),
        "search": _search(),
    }


def _rows(model: type, *names: str) -> Iterable[object]:
    return model.objects.order_by(*names).values_list(*names).iterator(chunk_size=5000)


def _search() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(md5(s.text), '' ORDER BY i.credit_code, i.name)) FROM institutions_searchentry s "
            "JOIN institutions_institution i ON i.id = s.institution_id"
        )
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    print(json.dumps(content(), ensure_ascii=False, default=str))  # noqa: T201
