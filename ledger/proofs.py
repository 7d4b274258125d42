"""Proof that an entry stands in the books of a day: what a parent's receipt carries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from foundation.audit.models import DailyRoot, Link
from foundation.audit.sealing import GENESIS
from foundation.core.canonical import merkle_path

from .models import Entry
from .receipts import FORMAT
from .sealing import ENTRIES


def receipt(entry: Entry) -> dict[str, object] | None:
    """The entry as it was sealed, its link and the way to its day's root; None until that day has a root."""
    link = Link.objects.filter(stream=ENTRIES.name, row_id=entry.pk).first()
    root = link and DailyRoot.objects.filter(stream=ENTRIES.name, first_no__lte=link.no, last_no__gte=link.no).first()
    if link is None or root is None:
        return None
    links = Link.objects.filter(stream=ENTRIES.name)
    before = links.filter(no=link.no - 1).values_list("hash", flat=True).first()
    leaves = list(links.filter(no__range=(root.first_no, root.last_no)).order_by("no").values_list("hash", flat=True))
    return {
        "format": FORMAT,
        "day": root.day.isoformat(),
        "root": root.root,
        "no": link.no,
        "previous": before or GENESIS,
        "entry": json.loads(ENTRIES.rows([entry.pk])[entry.pk]),
        "path": merkle_path(leaves, link.no - root.first_no),
    }


def with_receipt(entry_ids: Sequence[int]) -> set[int]:
    """Those of these entries whose day has a root: a receipt can be given of them."""
    last = DailyRoot.objects.filter(stream=ENTRIES.name).aggregate(no=Max("last_no"))["no"] or 0
    links = Link.objects.filter(stream=ENTRIES.name, row_id__in=entry_ids, no__lte=last)
    return set(links.values_list("row_id", flat=True))


def roots(*, most: int, on: date | None = None) -> list[DailyRoot]:
    """Published roots of the ledger, the newest first; or the one of a day."""
    found = DailyRoot.objects.filter(stream=ENTRIES.name).order_by("-day")
    return list((found.filter(day=on) if on else found)[:most])
