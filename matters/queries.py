"""One matter: every record that grew from the same visit or tip, in order, and what happened to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import Case
from clues.models import Clue
from enforcement.models import Order
from foundation.audit.models import Event
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.documents.models import Document
from inspections.enums import ENFORCEMENT
from inspections.models import Finding, Visit
from listings.models import ListEntry

from . import rules
from .models import ClueVisit

Key = tuple[type[models.Model], int]


@dataclass(frozen=True)
class Node:
    """One record of a matter: what it is, what it is called, how it stands, its day and its page."""

    row: models.Model
    kind: str
    title: str
    state: str
    on: date
    url: str


def matter_of(row: models.Model, actor: Actor) -> list[Node]:
    """All records of the row's matter that this actor may read, in the order of their days.

    The way never leads through a record that the actor may not read: what is joined only by a tip stays apart for
    those who do not read tips.
    """
    found: dict[Key, models.Model] = {}
    followed: set[Key] = set()
    todo = [(row, False)]
    while todo:
        current, is_leaf = todo.pop()
        key = (type(current), current.pk)
        if key in followed or (is_leaf and key in found) or not _readable(current, actor):
            continue
        found[key] = current
        if not is_leaf:
            followed.add(key)
            todo += _near(current, start=current == row)
    nodes = [_node(each) for each in found.values()]
    return sorted(nodes, key=lambda node: (node.on, RANK[type(node.row)], node.row.pk))


def trail(nodes: Iterable[Node]) -> list[tuple[Event, Node]]:
    """Every event of the audit log about these records, the oldest first, each with its record."""
    by_key = {(node.row._meta.label_lower, node.row.pk): node for node in nodes}
    wanted = Q(pk__in=[])
    for label, pk in by_key:
        wanted |= Q(subject_type=label, subject_id=pk)
    events = Event.objects.filter(wanted).order_by("at", "pk")
    return [(event, by_key[event.subject_type, event.subject_id]) for event in events]


def checks_for(clue: Clue, actor: Actor) -> models.QuerySet[Visit]:
    """Visits that may have looked into a clue: since its day, where it points or anywhere in its bureau's area."""
    seen = Visit.objects.visible_to(actor).filter(
        jurisdiction=clue.jurisdiction, visited_on__gte=local_date(clue.received_at), voided_at__isnull=True
    )
    if clue.institution_id:
        seen = seen.filter(institution=clue.institution_id)
    elif clue.unlicensed_site_id:
        seen = seen.filter(unlicensed=clue.unlicensed_site_id)
    return seen.exclude(clue_checks__clue=clue).order_by("-visited_on", "-pk")


# -- the ways from record to record ----------------------------------------------------------------------------------
RANK = {Clue: 0, Visit: 1, Order: 2, Case: 3, ListEntry: 4, Document: 5}


def _readable(row: models.Model, actor: Actor) -> bool:
    visible = type(row).objects.visible_to(actor).filter(pk=row.pk)
    return rules.can_view_matter(actor, row) and visible.exists()


def _near(row: models.Model, *, start: bool) -> Iterator[tuple[models.Model, bool]]:
    """(record, is it a leaf) beside a record; a re-check belongs to the matter, what else it looked at does not."""
    match row:
        case Clue():
            yield from ((link.visit, False) for link in row.check_visits.select_related("visit"))
        case Visit():
            yield from _of_visit(row, start=start)
        case Order():
            yield row.visit, False
            yield from ((check.visit, True) for check in row.rechecks.select_related("visit"))
            yield from ((case, False) for case in Case.objects.filter(order=row))
            yield from _listings("order", row.pk)
            yield from _papers([row.document])
        case Case():
            yield from ((each, False) for each in (row.visit, row.order, row.clue) if each)
            yield from _listings("case", row.pk)
            papers = row.papers.select_related("document", "receipt").order_by("pk")
            yield from _papers(document for paper in papers for document in (paper.document, paper.receipt))
        case ListEntry():
            yield from _evidence(row)
            yield from _papers([row.prior_notice])
        case Document() if start:
            yield from _subject(row)


#: Sources of a listing's evidence (``institutions.dossier``) that are records of a matter themselves.
SOURCES: dict[str, type[models.Model]] = {"visit": Visit, "order": Order, "case": Case}


def _evidence(entry: ListEntry) -> Iterator[tuple[models.Model, bool]]:
    for kept in entry.records.order_by("pk"):
        if kept.source == "finding":
            yield from (
                (each.visit, False) for each in Finding.objects.filter(pk=kept.record_id).select_related("visit")
            )
        elif kept.source in SOURCES:
            yield from ((each, False) for each in SOURCES[kept.source].objects.filter(pk=kept.record_id))


def _listings(source: str, *keys: int) -> Iterator[tuple[models.Model, bool]]:
    """Entries that rest on these records."""
    entries = ListEntry.objects.filter(records__source=source, records__record_id__in=keys).distinct()
    yield from ((entry, False) for entry in entries.select_related("institution").order_by("pk"))


def _of_visit(visit: Visit, *, start: bool) -> Iterator[tuple[models.Model, bool]]:
    yield from ((link.clue, False) for link in ClueVisit.objects.filter(visit=visit).select_related("clue"))
    yield from ((order, False) for order in Order.objects.filter(visit=visit))
    yield from ((case, False) for case in Case.objects.filter(visit=visit))
    yield from _listings("visit", visit.pk)
    yield from _listings("finding", *visit.findings.values_list("pk", flat=True))
    if start:
        yield from ((order, False) for order in Order.objects.filter(rechecks__visit=visit))


def _papers(documents: Iterable[Document | None]) -> Iterator[tuple[models.Model, bool]]:
    yield from ((document, True) for document in documents if document)


def _subject(document: Document) -> Iterator[tuple[models.Model, bool]]:
    model = apps.get_model(document.subject_type)
    if model in RANK and (row := model._default_manager.filter(pk=document.subject_id).first()):
        yield row, False


def _node(row: models.Model) -> Node:
    kind, title, state, on = _words(row)
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return Node(row=row, kind=kind, title=title, state=state, on=on, url=url)


def _words(row: models.Model) -> tuple[str, str, str, date]:
    match row:
        case Clue():
            return "线索", row.number, row.get_state_display(), local_date(row.received_at)
        case Visit():
            what = row.get_kind_display() if row.kind in ENFORCEMENT else "走访"
            return what, f"{row.number} {row.subject_name}", row.get_outcome_display(), row.visited_on
        case Order():
            title = f"{row.number} {row.party_name}".strip()
            return row.get_kind_display(), title, row.get_state_display(), row.issued_on
        case Case():
            return "案件", str(row), row.get_state_display(), local_date(row.proposed_at)
        case ListEntry():
            return row.get_kind_display(), str(row.institution), row.get_state_display(), local_date(row.proposed_at)
        case _:
            return row.get_kind_display(), row.number, "已作废" if row.is_void else "有效", local_date(row.issued_at)
