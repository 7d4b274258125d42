"""Reading the files of papers, and how often they were taken out."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from foundation.audit.models import Event
from inspections import events
from inspections.models import PaperFile


def with_downloads(files: QuerySet[PaperFile]) -> QuerySet[PaperFile]:
    """Each file with ``downloads``: how often it was taken out, counted from the trail."""
    taken = Event.objects.filter(
        kind=events.PAPER_FILE_TAKEN.code, subject_type=PaperFile._meta.label_lower, subject_id=OuterRef("pk")
    )
    number = taken.order_by().values("subject_id").annotate(n=Count("pk")).values("n")
    return files.annotate(downloads=Coalesce(Subquery(number), 0))
