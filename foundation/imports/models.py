"""A file on its way into a register, and its rows with their verdicts: what was read, decided, changed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Post, User
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction

from .enums import BatchState, Mode, Outcome


class Batch(models.Model):
    """One uploaded file. ``counts`` holds the number of rows per verdict; ``digest`` the hash over the applied rows."""

    SCOPE = Scope("jurisdiction_id")

    target = models.CharField("导入到", max_length=40)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    file_name = models.CharField("文件名", max_length=200)
    file_size = models.PositiveBigIntegerField("文件大小(字节)")
    sha256 = models.CharField("文件指纹(SHA-256)", max_length=64)
    encoding = models.CharField("编码", max_length=20)
    unused = models.JSONField("未导入的列", default=list, blank=True)
    mode = models.CharField("导入方式", max_length=20, choices=Mode.choices, default=Mode.GOOD_ROWS)
    state = models.CharField("状态", max_length=12, choices=BatchState.choices, default=BatchState.UPLOADED)
    state_at = models.DateTimeField("状态时间")
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(
        User, verbose_name="上传人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploader = models.CharField("上传人姓名", max_length=80)
    rows_total = models.PositiveIntegerField("数据行数")
    rows_checked = models.PositiveIntegerField("已校验行数", default=0)
    counts = models.JSONField("各结果行数", default=dict, blank=True)
    note = models.CharField("提示", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        Post, verbose_name="确认岗位", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)
    applier = models.CharField("导入人姓名", max_length=80, blank=True)
    digest = models.CharField("结果指纹", max_length=64, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "数据导入"
        constraints = [
            one_of("state", BatchState, name="import_batch_state_known"),
            one_of("mode", Mode, name="import_batch_mode_known"),
            models.CheckConstraint(
                condition=Q(state=BatchState.APPLIED, applied_at__isnull=False, digest__regex="^[0-9a-f]{64}$")
                | (~Q(state=BatchState.APPLIED) & Q(applied_at__isnull=True, digest="")),
                name="import_batch_applied_has_time_and_digest",
                violation_error_message="已导入的批次必须有导入时间和结果指纹，未导入的不能有。",
            ),
            models.CheckConstraint(
                condition=Q(rows_total__gte=1) & Q(rows_checked__lte=F("rows_total")),
                name="import_batch_rows_counted",
                violation_error_message="批次的行数不正确。",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-uploaded_at"], name="import_batch_by_bureau"),
        ]

    def __str__(self) -> str:
        return self.file_name


class BatchFile(models.Model):
    """The file itself, sealed, until the batch is applied or discarded; then only its hash and rows remain."""

    SCOPE = Scope("batch__jurisdiction_id")

    batch = models.OneToOneField(
        Batch, verbose_name="批次", on_delete=models.PROTECT, primary_key=True, related_name="file"
    )
    content = SealedTextField("内容")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导入文件"
        verbose_name_plural = "导入文件"

    def __str__(self) -> str:
        return f"文件 {self.pk}"


class BatchRow(models.Model):
    """One row: cells as read, values, verdict, what its object was before. Personal values are masked in the open
    columns and stand in ``sealed``. Once the batch is applied, a trigger refuses any change."""

    SCOPE = Scope("batch__jurisdiction_id")

    batch = models.ForeignKey(Batch, verbose_name="批次", on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField("工作表", max_length=60, blank=True)
    number = models.PositiveIntegerField("行号")
    cells = models.JSONField("原始内容", encoder=DjangoJSONEncoder)
    record = models.JSONField("导入内容", encoder=DjangoJSONEncoder)
    sealed = SealedTextField("个人信息", blank=True)
    outcome = models.CharField("校验结果", max_length=10, choices=Outcome.choices)
    reasons = models.JSONField("原因", default=list, blank=True)
    warnings = models.JSONField("提醒", default=list, blank=True)
    before = models.JSONField("变更前", default=dict, blank=True, encoder=DjangoJSONEncoder)
    subject_id = models.BigIntegerField("对象编号", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导入行"
        verbose_name_plural = "导入行"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "number"], name="import_row_once", violation_error_message="行号重复。"
            ),
            one_of("outcome", Outcome, name="import_row_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.REJECTED, Outcome.DUPLICATE]) ^ Q(reasons=[]),
                name="import_row_refused_has_reason",
                violation_error_message="不合格或重复的行必须写明原因。",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome"),
            models.Index(
                fields=["subject_id"], condition=Q(outcome__in=["created", "updated"]), name="import_row_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}行"


class HeadingChoice(models.Model):
    """What a bureau's clerks decided that a heading of their files means; an empty column is left out."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    target = models.CharField("导入到", max_length=40)
    heading = models.CharField("表头", max_length=80)
    column = models.CharField("对应的列", max_length=40, blank=True)
    chosen_at = models.DateTimeField("指定时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "表头对应"
        verbose_name_plural = "表头对应"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "target", "heading"],
                name="import_heading_chosen_once",
                violation_error_message="这个表头已经指定过。",
            ),
            models.CheckConstraint(
                condition=~Q(heading=""),
                name="import_heading_not_empty",
                violation_error_message="表头不能为空。",
            ),
        ]

    def __str__(self) -> str:
        return self.heading
