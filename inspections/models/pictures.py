"""Which photos belong to which visit, and to which question of its checklist."""

from __future__ import annotations

from django.db import models

from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo

from .visits import Visit


class VisitPhoto(models.Model):
    """One photo of a visit; ``code`` names the item that it shows, empty for the site as a whole."""

    SCOPE = Scope("visit__jurisdiction_id", division="visit__division_id", category="visit__category")

    visit = models.ForeignKey(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_visit")
    code = models.CharField("条目代码", max_length=3, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查照片"
        verbose_name_plural = "检查照片"

    def __str__(self) -> str:
        return f"{self.visit.number} {self.code}".strip()


belongs_to(VisitPhoto, "visit")
