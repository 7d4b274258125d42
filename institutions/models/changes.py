"""When something that the public sees of an institution changed last."""

from __future__ import annotations

from django.db import models

from .register import Institution


class PublicChange(models.Model):
    """One row an institution, kept by triggers on every table that its public page reads (ADR 0015).

    ``changed_at`` is the start of the transaction by the database's own clock: what the public could not see before.
    """

    institution = models.OneToOneField(
        Institution, verbose_name="机构", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    changed_at = models.DateTimeField("公开内容最近变更时间")

    class Meta:
        verbose_name = "公开内容变更"
        verbose_name_plural = "公开内容变更"
        indexes = [models.Index(fields=["changed_at", "institution"], name="public_change_by_time")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.changed_at}"
