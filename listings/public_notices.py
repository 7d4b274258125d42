"""What a paper notice of an edition says, and which notices of it hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from foundation.accounts.models import Organ
from foundation.core.errors import Conflict
from foundation.documents.models import Document
from institutions import queries as register
from institutions.models import StandingEvent

from . import queries
from .enums import STANDING, Change, ListKind, NoticeContent
from .models import Edition, PublicNotice


def listed(edition: Edition, content: str, *, area: Collection[int], on: date) -> list[StandingEvent]:
    """Who of an area stands on the list, as the newest edition says and the list still does, by name.

    Raises Conflict (an older edition, a list that has changed since, nobody of the area): no paper names an
    institution that has left the list.
    """
    latest = queries.latest_edition(edition.kind)
    if latest is None or latest.pk != edition.pk:
        raise Conflict(f"已有新一期（{latest}），请按最新一期出具公示。", code="older_edition")
    if queries.content_hash(queries.lines_on(edition.kind, on=on)) != edition.content_sha256:
        raise Conflict("名单已有变动，请稍后按新编成的一期出具公示。", code="changed")
    events = register.listed_on(STANDING[ListKind(edition.kind)], on=on)
    if content == NoticeContent.ADDED:
        came = edition.changes.filter(change=Change.ADDED).values("institution")
        events = events.filter(institution__in=came)
    found = list(events.filter(institution__jurisdiction__in=area).order_by("institution__name", "pk"))
    if not found:
        raise Conflict("本期没有本辖区的机构，不需要出具公示。", code="nobody")
    return found


def line(event: StandingEvent) -> list[str]:
    """One institution as the paper shows it."""
    row = event.institution
    until = f"（至{event.until}）" if event.until else ""
    return [row.name, row.credit_code or "未登记", row.address, f"{event.reason}{until}"]


def papers(edition: Edition) -> QuerySet[Document]:
    """The documents that put an edition up, void ones too, the newest first."""
    about = PublicNotice.objects.filter(edition=edition).values("pk")
    rows = Document.objects.filter(subject_type=PublicNotice._meta.label_lower, subject_id__in=about)
    return rows.select_related("voiding", "organ").order_by("-issued_at", "-pk")


def valid_papers(edition: Edition, organ: Organ, content: str) -> QuerySet[Document]:
    """Those of one organ and content that hold."""
    about = PublicNotice.objects.filter(edition=edition, organ=organ, content=content).values("pk")
    return papers(edition).filter(subject_id__in=about, voiding__isnull=True)
