"""What the fee rules found at an institution; contracts by their number, nobody by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from institutions.dossier import Record, source
from institutions.models import Institution

from .enums import FindingCode, FindingLevel
from .models import ContractFinding

#: A yellow one is a reminder to complete something, no breach to be held against anybody.
TOLD = (FindingLevel.RED, FindingLevel.ORANGE)


@source("fee", label="收费", order=52, weights=FindingCode.choices)
def fees(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Red and orange findings of these days; one that was put right since says so."""
    found = ContractFinding.objects.filter(institution=institution, level__in=TOLD, found_on__range=(first, last))
    for row in found.select_related("contract", "payment").order_by("found_on", "pk"):
        yield Record(
            "fee",
            row.pk,
            row.found_on,
            f"{row.get_code_display()}：{row.words}",
            weight=row.code,
            result=row.get_level_display(),
            law=row.clause,
            url=reverse("admin:contracts_contractfinding_change", args=[row.pk]),
            void=f"已于{row.cleared_on}消除" if row.cleared_on else "",
        )
