"""Reading what institutions declare: who has not yet, what shows a fault, which changes wait."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.ciphers import masked
from inspections.models import ChecklistVersion
from institutions.enums import OPERATING
from institutions.models import Institution

from .enums import CHANGEABLE, ChangeState, DeclarationState, InquiryState
from .models import ChangeRequest, Declaration, Inquiry


def items_of(version: ChecklistVersion, sections: list[str]) -> list[list[str]]:
    """(code, text) of the questions of some sections of a checklist."""
    items = version.items.filter(section__code__in=sections).order_by("code")
    return [list(pair) for pair in items.values_list("code", "text")]


def to_ask(inquiry: Inquiry) -> QuerySet[Institution]:
    """Operating institutions of the area that are not in this inquiry yet."""
    rows = Institution.objects.current().filter(jurisdiction=inquiry.jurisdiction, status__in=OPERATING)
    return rows.exclude(pk__in=inquiry.declarations.values("institution")).order_by("pk")


def open_inquiries(actor: Actor) -> QuerySet[Inquiry]:
    """Those into which this actor may take institutions."""
    if not actor.can(Can.EDIT_REGISTER):
        return Inquiry.objects.none()
    return Inquiry.objects.visible_to(actor).filter(state=InquiryState.OPEN).order_by("-opened_at", "-pk")


def counted(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """With how many were asked, how many have declared, and how many of these with a fault; withdrawn ones not."""
    there = Q(declarations__institution__withdrawn_at__isnull=True)
    given = there & Q(declarations__state=DeclarationState.GIVEN)
    return rows.annotate(
        asked=Count("declarations", filter=there),
        given=Count("declarations", filter=given),
        faulty=Count("declarations", filter=given & Q(declarations__faults__gt=0)),
    )


def late(actor: Actor, *, on: date) -> QuerySet[Declaration]:
    """Institutions that have not declared by the last day of an inquiry that is still open."""
    if not actor.can(Can.EDIT_REGISTER):
        return Declaration.objects.none()
    waiting = Declaration.objects.visible_to(actor).filter(state=DeclarationState.OPEN)
    return waiting.filter(inquiry__state=InquiryState.OPEN, inquiry__due_on__lt=on)


def faulty(actor: Actor) -> QuerySet[Declaration]:
    """Self-checks in which the institution itself names something wrong."""
    return Declaration.objects.visible_to(actor).filter(state=DeclarationState.GIVEN, faults__gt=0)


def changes_to_decide(actor: Actor) -> QuerySet[ChangeRequest]:
    """Requests that wait for this actor."""
    if not actor.can(Can.EDIT_REGISTER):
        return ChangeRequest.objects.none()
    return ChangeRequest.objects.visible_to(actor).filter(state=ChangeState.OPEN)


def labels_of(change: ChangeRequest) -> str:
    """Which fields a request is about."""
    return "、".join(CHANGEABLE[name] for name in change.proposed)


def shown_value(name: str, value: str) -> str:
    """A value for pages that more people see than those who decide: the inner telephone number is masked."""
    return masked(value) if name == "phone" else value
