"""Reading what institutions declare: who has not yet, what shows a fault, which changes wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.ciphers import masked
from foundation.core.numbers import percent
from inspections.models import ChecklistVersion
from institutions.enums import OPERATING
from institutions.models import Institution

from .enums import CHANGEABLE, ChangeState, DeclarationState, InquiryKind, InquiryState
from .models import ChangeRequest, Declaration, Inquiry, RuleSet


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


def rule_sets_for(actor: Actor) -> QuerySet[RuleSet]:
    """What a commitment of this actor's bureau may refer to, the newest first."""
    return RuleSet.objects.visible_to(actor).order_by("title", "-version")


# -- 承诺书 coverage of a year -------------------------------------------------------------------------------------
def should_sign(actor: Actor) -> QuerySet[Institution]:
    """应签 (家): institutions that operate now."""
    return Institution.objects.current().visible_to(actor).filter(status__in=OPERATING)


def _signatures(year: int) -> QuerySet[Declaration]:
    signed = Declaration.objects.filter(state=DeclarationState.GIVEN, inquiry__kind=InquiryKind.COMMITMENT)
    return signed.filter(inquiry__year=year, institution=OuterRef("pk"))


def signed_commitment(actor: Actor, *, year: int) -> QuerySet[Institution]:
    """已签 (家): of ``should_sign`` those whose commitment of the year came in and was not sent back."""
    return should_sign(actor).filter(Exists(_signatures(year)))


def missing_commitment(actor: Actor, *, year: int) -> QuerySet[Institution]:
    """未签 (家): the others, asked or not."""
    return should_sign(actor).filter(~Exists(_signatures(year)))


@dataclass(frozen=True)
class Covered:
    """One county (None: all of them together) with how many should and did."""

    label: str
    jurisdiction_id: int | None
    should: int
    signed: int

    @property
    def missing(self) -> int:
        return self.should - self.signed

    @property
    def share(self) -> str:
        """签署率, two decimals, cut off; a dash without anybody who should."""
        return percent(self.signed, self.should) if self.should else "—"


def commitment_coverage(actor: Actor, *, year: int) -> list[Covered]:
    """签署率 of a year by county, and last their sum, in two queries."""
    place = ("jurisdiction_id", "jurisdiction__name")
    ordered = should_sign(actor).order_by("jurisdiction__code").values_list(*place).annotate(n=Count("pk"))
    signed = dict(signed_commitment(actor, year=year).order_by().values_list("jurisdiction_id").annotate(n=Count("pk")))
    lines = [Covered(name, pk, number, signed.get(pk, 0)) for pk, name, number in ordered]
    return [*lines, Covered("合计", None, sum(line.should for line in lines), sum(line.signed for line in lines))]
