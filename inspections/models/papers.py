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


class PaperFile(models.Model):
    """One file beside a paper. ``sha256`` and ``size`` are of its plain bytes, ``sealed_sha256`` of what lies there."""

    SCOPE = Scope("paper__campaign__jurisdiction_id")

    paper = models.ForeignKey(CampaignPaper, verbose_name="行动文件", on_delete=models.PROTECT, related_name="files")
    name = models.CharField("附件名称", max_length=80)
    format = models.CharField("格式", max_length=8, choices=PaperFormat.choices)
    path = models.CharField("存放位置", max_length=200)
    sealed_sha256 = models.CharField("存放内容摘要", max_length=64)
    sha256 = models.CharField("文件摘要(SHA-256)", max_length=64)
    size = models.PositiveIntegerField("字节数")
    added_by = models.ForeignKey(User, verbose_name="上传人", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("上传时间")

    objects = PaperFileQuerySet.as_manager()

    class Meta:
        verbose_name = "行动文件附件"
        verbose_name_plural = "行动文件附件"
        constraints = [
            one_of("format", PaperFormat, name="paper_file_format_known"),
            models.UniqueConstraint(
                fields=["path"], name="paper_file_path_once", violation_error_message="附件的存放位置重复。"
            ),
            models.UniqueConstraint(
                fields=["paper", "sha256"], name="paper_file_once", violation_error_message="这份附件已经上传过。"
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1) & ~Q(path="") & ~Q(name=""),
                name="paper_file_whole",
                violation_error_message="附件不完整。",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def filename(self) -> str:
        return f"{self.name}.{self.format}"
