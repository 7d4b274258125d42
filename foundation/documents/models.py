"""Official documents. A document, its files and its voiding are each written once and never changed."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction

from .enums import READ_WITH, DocumentKind, FileFormat, WordingState

HASH = r"^[0-9a-f]{64}$"
CODE = r"^[0-9A-HJKMNP-TV-Z]{16}$"


class NumberSeries(models.Model):
    """The last number given in one organ's series of a year; ``word`` is 机关代字 and kind word as printed."""

    organ = models.ForeignKey(Organ, verbose_name="单位", on_delete=models.PROTECT)
    word = models.CharField("代字", max_length=30)
    year = models.PositiveSmallIntegerField("年份")
    last_no = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = "文号序列"
        verbose_name_plural = "文号序列"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "word", "year"], name="series_once", violation_error_message="该文号序列已存在。"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2021, year__lte=2200),
                name="series_year_sane",
                violation_error_message="文号年份无效。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕"


class DocumentQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """Documents of the actor's area, but of no kind that the post does not read."""
        hidden = [kind for kind, needed in READ_WITH.items() if not actor.can(needed)]
        return super().visible_to(actor).exclude(kind__in=hidden)


class Document(models.Model):
    """One issued document. ``content`` is its canonical JSON, the exact words as issued, sealed at rest."""

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在区划", on_delete=models.PROTECT, null=True, blank=True)
    category = models.CharField("类别", max_length=20, blank=True)
    organ = models.ForeignKey(Organ, verbose_name="出具单位", on_delete=models.PROTECT)
    kind = models.CharField("文书种类", max_length=40, choices=DocumentKind.choices)
    template_version = models.PositiveSmallIntegerField("模板版本")
    series = models.ForeignKey(NumberSeries, verbose_name="文号序列", on_delete=models.PROTECT)
    serial_no = models.PositiveIntegerField("序号")
    number = models.CharField("文号", max_length=60)
    party = models.CharField("当事人", max_length=200, blank=True)
    subject_type = models.CharField("对象类型", max_length=80)
    subject_id = models.BigIntegerField("对象编号")
    subject_label = models.CharField("对象", max_length=200)
    matter = models.CharField("事项编号", max_length=40, blank=True)
    content = SealedTextField("内容")
    sha256 = models.CharField("内容摘要", max_length=64)
    verify_code = models.CharField("核验码", max_length=16)
    issued_at = models.DateTimeField("出具时间")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="出具人", on_delete=models.PROTECT)
    issued_by_name = models.CharField("出具人姓名", max_length=80)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        constraints = [
            one_of("kind", DocumentKind, name="document_kind_known"),
            models.UniqueConstraint(
                fields=["series", "serial_no"], name="document_serial_once", violation_error_message="文号重复。"
            ),
            models.UniqueConstraint(
                fields=["number"],
                name="document_number_once",
                violation_error_message="文号与其他单位重复：两个单位使用了相同的机关代字，请联系系统管理员。",
            ),
            models.UniqueConstraint(
                fields=["verify_code"], name="document_code_once", violation_error_message="核验码重复，请重试。"
            ),
            models.CheckConstraint(
                condition=Q(serial_no__gte=1), name="document_serial_positive", violation_error_message="序号从1开始。"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=HASH) & Q(verify_code__regex=CODE),
                name="document_codes_whole",
                violation_error_message="内容摘要或核验码不完整。",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-issued_at"], name="document_by_jurisdiction"),
            models.Index(fields=["subject_type", "subject_id"], name="document_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @property
    def frozen(self) -> dict:
        return json.loads(self.content)

    @property
    def is_void(self) -> bool:
        """Uses the joined row where the query brought it (``select_related("voiding")``)."""
        return hasattr(self, "voiding")


class Voiding(models.Model):
    """That a document no longer holds, and why. The document itself stays as it was."""

    document = models.OneToOneField(Document, verbose_name="文书", on_delete=models.PROTECT, related_name="voiding")
    voided_at = models.DateTimeField("作废时间")
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="作废人", on_delete=models.PROTECT)
    voided_by_name = models.CharField("作废人姓名", max_length=80)
    reason = models.TextField("作废理由")

    class Meta:
        verbose_name = "文书作废"
        verbose_name_plural = "文书作废"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="voiding_has_reason", violation_error_message="作废文书必须写明理由。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} 作废"


class DocumentFile(models.Model):
    """The PDF or Word form that was made of a document: where it lies, how long it is and its hash."""

    document = models.ForeignKey(Document, verbose_name="文书", on_delete=models.PROTECT, related_name="files")
    format = models.CharField("格式", max_length=10, choices=FileFormat.choices)
    path = models.CharField("存放位置", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "文书文件"
        verbose_name_plural = "文书文件"
        constraints = [
            one_of("format", FileFormat, name="document_file_format_known"),
            models.UniqueConstraint(
                fields=["document", "format"],
                name="document_file_once",
                violation_error_message="该文书的这一格式已经生成。",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(sha256__regex=HASH) & ~Q(path=""),
                name="document_file_whole",
                violation_error_message="文书文件不完整。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.get_format_display()}"


class LocalWording(models.Model):
    """本地文书格式: a kind of document in an organ's own words from a day on; ``local_words`` says how to write them.

    Never changed once approved: a newer one follows it, and one without text brings the standard back.
    """

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="单位", on_delete=models.PROTECT)
    kind = models.CharField("文书种类", max_length=40, choices=DocumentKind.choices)
    title = models.CharField("标题", max_length=60, blank=True)
    text = models.TextField("格式文本", max_length=8000, blank=True)
    basis = models.CharField("依据", max_length=200)
    effective_on = models.DateField("启用日期")
    state = models.CharField("状态", max_length=10, choices=WordingState.choices, default=WordingState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="拟定人", on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decision_remark = models.CharField("审核意见", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "本地文书格式"
        verbose_name_plural = "本地文书格式"
        constraints = [
            one_of("kind", DocumentKind, name="local_wording_kind_known"),
            one_of("state", WordingState, name="local_wording_state_known"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")),
                name="local_wording_two_persons",
                violation_error_message="本地文书格式须由拟定人以外的另一人审核。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[WordingState.APPROVED, WordingState.REFUSED]) | Q(decided_by__isnull=False),
                name="local_wording_decided_by_somebody",
                violation_error_message="审核过的格式必须有审核人。",
            ),
            models.UniqueConstraint(
                fields=["organ", "kind"],
                condition=Q(state=WordingState.PROPOSED),
                name="local_wording_one_proposed",
                violation_error_message="这种文书已有一份待审核的格式。",
            ),
        ]
        indexes = [models.Index(fields=["organ", "kind", "-effective_on"], name="local_wording_in_force")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.effective_on}起）"
