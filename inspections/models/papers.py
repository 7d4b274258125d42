"""Files of a campaign's papers: sealed on the disk, never changed, without an address of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope
from inspections.enums import PaperFormat

from .campaigns import CampaignPaper, CampaignPartQuerySet


class PaperFileQuerySet(CampaignPartQuerySet):
    PATH = "paper__campaign__"


class AttachedFile(models.Model):
    """A file beside a record. ``sha256`` and ``size`` are of its plain bytes, ``sealed_sha256`` of what lies there."""

    name = models.CharField("附件名称", max_length=80)
    format = models.CharField("格式", max_length=8, choices=PaperFormat.choices)
    path = models.CharField("存放位置", max_length=200)
    sealed_sha256 = models.CharField("存放内容摘要", max_length=64)
    sha256 = models.CharField("文件摘要(SHA-256)", max_length=64)
    size = models.PositiveIntegerField("字节数")
    added_by = models.ForeignKey(User, verbose_name="上传人", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("上传时间")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.filename

    @property
    def filename(self) -> str:
        return f"{self.name}.{self.format}"


def attached_file_constraints(prefix: str, *, owner: str) -> list[models.BaseConstraint]:
    """What holds of every such file: a known format, a place of its own, once beside its owner, no empty file."""
    return [
        one_of("format", PaperFormat, name=f"{prefix}_format_known"),
        models.UniqueConstraint(
            fields=["path"], name=f"{prefix}_path_once", violation_error_message="附件的存放位置重复。"
        ),
        models.UniqueConstraint(
            fields=[owner, "sha256"], name=f"{prefix}_once", violation_error_message="这份附件已经上传过。"
        ),
        models.CheckConstraint(
            condition=Q(size__gte=1) & ~Q(path="") & ~Q(name=""),
            name=f"{prefix}_whole",
            violation_error_message="附件不完整。",
        ),
    ]


class PaperFile(AttachedFile):
    """One file beside a paper of a campaign."""

    SCOPE = Scope("paper__campaign__jurisdiction_id")

    paper = models.ForeignKey(CampaignPaper, verbose_name="行动文件", on_delete=models.PROTECT, related_name="files")

    objects = PaperFileQuerySet.as_manager()

    class Meta:
        verbose_name = "行动文件附件"
        verbose_name_plural = "行动文件附件"
        constraints = attached_file_constraints("paper_file", owner="paper")
