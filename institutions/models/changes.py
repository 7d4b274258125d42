"""When something that the public sees of an institution changed last."""

from __future__ import annotations

from django.db import models

from .register import Institution


class PublicChange(models.Model):
    """One row an institution, kept by triggers on every table that its public page reads (ADR 0015).

    ``changed_at`` is the start of the transaction by the database's own clock: what the public could not see before.
    Without a foreign key in the database: the triggers write what the institution's own rows say, and institutions are
    never deleted; checking the key once more would cost an import a thirtieth of its time.
    """

    institution = models.OneToOneField(
        Institution,
        verbose_name="机构",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )
    changed_at = models.DateTimeField("公开内容最近变更时间")

    class Meta:
        verbose_name = "公开内容变更"
        verbose_name_plural = "公开内容变更"
        indexes = [models.Index(fields=["changed_at", "institution"], name="public_change_by_time")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.changed_at}"
