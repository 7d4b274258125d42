"""What the lists and ratings themselves hold of an institution, for the annual check and the evidence file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from institutions.dossier import Record, source
from institutions.models import Institution

from .enums import IN_FORCE, Grade, ListKind, ListState, RatingState
from .models import ListEntry, Rating


@source("listing", label="名单", order=60, weights=ListKind.choices)
def listings(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Published entries that took effect in these days; what a bureau keeps inside is none of these."""
    rows = ListEntry.objects.filter(institution=institution, published=True, effective_on__range=(first, last))
    for entry in rows.filter(state__in=[*IN_FORCE, ListState.ENDED]).order_by("effective_on", "pk"):
        yield Record(
            "listing",
            entry.pk,
            entry.effective_on,
            f"列入{entry.get_kind_display()}：{entry.reason}",
            weight=entry.kind,
            result=entry.get_state_display(),
            law=entry.basis,
            url=reverse("admin:listings_listentry_change", args=[entry.pk]),
        )


@source("rating", label="诚信评价", order=70, weights=Grade.choices)
def ratings(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Grades published in these days."""
    rows = Rating.objects.filter(institution=institution, published_on__range=(first, last))
    for row in rows.filter(state=RatingState.PUBLISHED).order_by("published_on", "pk"):
        yield Record(
            "rating",
            row.pk,
            row.published_on,
            f"{row.year}年度诚信评价",
            weight=row.grade,
            result=f"{row.score}分，{row.get_grade_display()}",
            url=reverse("admin:listings_rating_change", args=[row.pk]),
        )
