"""The papers of a case's file, and how those that are handed over reached the party."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.enums import SERVED_PAPERS
from enforcement.enums import Service
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document

from .cases import Case


class CasePaper(models.Model):
    """One official document of a case. A paper that is served has its proof of service (送达回证) beside it."""

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("文书种类", max_length=40, choices=DocumentKind.choices)
    document = models.OneToOneField(Document, verbose_name="文书", on_delete=models.PROTECT, related_name="case_paper")
    turn = models.PositiveSmallIntegerField("拟处罚轮次", default=0)
    made_by = models.ForeignKey(User, verbose_name="制作人", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField("制作日期")
    service = models.CharField("送达方式", max_length=12, choices=Service.choices, default=Service.NONE)
    served_on = models.DateField("送达日期", null=True, blank=True)
    recipient = models.CharField("签收人", max_length=60, blank=True)
    witness = models.CharField("见证人", max_length=120, blank=True)
    receipt = models.OneToOneField(
        Document, verbose_name="送达回证", on_delete=models.PROTECT, null=True, blank=True, related_name="receipt_of"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "案件文书"
        verbose_name_plural = "案件文书"
        constraints = [
            one_of("kind", DocumentKind, name="case_paper_kind_known"),
            one_of("service", Service, name="case_paper_service_known"),
            models.CheckConstraint(
                condition=Q(service=Service.NONE, served_on__isnull=True, receipt__isnull=True)
                | ~Q(service=Service.NONE)
                & Q(served_on__isnull=False, served_on__gte=F("made_on"), receipt__isnull=False),
                name="case_paper_service_proven",
                violation_error_message="送达必须有日期和送达回证，且不早于文书制作日期。",
            ),
            models.CheckConstraint(
                condition=Q(service=Service.NONE) | Q(kind__in=SERVED_PAPERS),
                name="case_paper_may_be_served",
                violation_error_message="这种文书不需要送达。",
            ),
            models.CheckConstraint(
                condition=~Q(service=Service.LEFT) | ~Q(witness=""),
                name="case_paper_left_with_witness",
                violation_error_message="留置送达必须写明见证人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document.number}"
