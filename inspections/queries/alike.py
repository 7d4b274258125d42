"""Reports that say the same in the same words: pointed out to staff as something to look at, never as guilt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from foundation.core.actor import Actor
from foundation.photos.models import Photo
from inspections.models import Finding, Visit, VisitPhoto

SHOWN = 20


def same_words(actor: Actor, visit: Visit) -> list[tuple[int, str, str, date, str]]:
    """(visit id, number, subject, day, words) of other visits at other sites with the same remark or note.

    Short texts are left out (``reports.text_key``): they are alike by chance. Two queries.
    """
    others = Visit.objects.visible_to(actor).exclude(pk=visit.pk).filter(voided_at__isnull=True)
    columns = ("pk", "number", "subject_name", "visited_on")
    found = []
    if visit.remark_key:
        same = others.filter(remark_key=visit.remark_key).exclude(subject_name=visit.subject_name)
        found += [(*row, visit.remark[:60]) for row in same.order_by("-pk").values_list(*columns)[:SHOWN]]
    keys = Finding.objects.filter(visit=visit).exclude(note_key="").values("note_key")
    notes = Finding.objects.filter(note_key__in=keys, visit__in=others).exclude(visit__subject_name=visit.subject_name)
    named = notes.annotate(number=F("visit__number"), subject=F("visit__subject_name"), day=F("visit__visited_on"))
    rows = named.order_by("-visit_id").values_list("visit_id", "number", "subject", "day", "note")[:SHOWN]
    return found + [(*row[:4], row[4][:60]) for row in rows]


def visits_of(photos: Iterable[Photo]) -> dict[int, Visit]:
    """{photo's id: the visit that it belongs to}, for photos of visits."""
    rows = VisitPhoto.objects.filter(photo__in=[photo.pk for photo in photos]).select_related("visit")
    return {row.photo_id: row.visit for row in rows}
