"""黑白名单公示: which bureau put up which edition of a list on paper for its area."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from listings.enums import NoticeContent

from .lists import Edition


class PublicNotice(models.Model):
    """The area's institutions of one edition, issued as documents (several where one does not hold them all)."""

    SCOPE = Scope("jurisdiction_id")

    edition = models.ForeignKey(Edition, verbose_name="名单期次", on_delete=models.PROTECT, related_name="notices")
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="公示地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="公示单位", on_delete=models.PROTECT)
    content = models.CharField("公示内容", max_length=10, choices=NoticeContent.choices)
    entries = models.PositiveIntegerField("家数")
    issued_on = models.DateField("公示日期")
    issued_by = models.ForeignKey(User, verbose_name="出具人", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "黑白名单公示"
        verbose_name_plural = "黑白名单公示"
        constraints = [
            one_of("content", NoticeContent, name="public_notice_content_known"),
            models.CheckConstraint(
                condition=Q(entries__gte=1),
                name="public_notice_names_somebody",
                violation_error_message="公示应至少列明一家机构。",
            ),
        ]
        indexes = [models.Index(fields=["edition", "organ"], name="public_notice_by_edition")]

    def __str__(self) -> str:
        return f"{self.edition}公示"
