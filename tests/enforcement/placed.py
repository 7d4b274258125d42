"""Rows of enforcement at a place of the authorization matrix."""

from __future__ import annotations

from datetime import timedelta

from enforcement.enums import OrderKind
from enforcement.models import Order
from foundation.core import clock
from inspections.enums import VisitKind
from inspections.models import Visit
from tests.authz.relations import Place
from tests.cast import organ
from tests.inspections.placed import filer, visit


def formal_visit(place: Place) -> Visit:
    """A visit from which a notice may be issued."""
    row = visit(place)
    Visit.objects.filter(pk=row.pk).update(kind=VisitKind.ROUTINE, covert=False)
    return row


def order(place: Place) -> Order:
    """An open notice that another person than the cast's issued, in the name of the place's own bureau."""
    seen, at = formal_visit(place), clock.now()
    today = clock.local_date(at)
    return Order.objects.create(
        kind=OrderKind.RECTIFY,
        visit=seen,
        institution=seen.institution,
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        party_name=seen.subject_name,
        facts=[["B03", "疏散通道堆放杂物", "消防安全管理九项规定"]],
        clauses="《消防安全管理九项规定》",
        requirements=["立即清理"],
        organ=organ(place.jurisdiction.code),
        issued_by=filer(place),
        issued_at=at,
        issued_on=today,
        due_on=today + timedelta(days=15),
        state_at=at,
    )
