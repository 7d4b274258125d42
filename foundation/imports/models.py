"""A file on its way into a register, and its rows with their verdicts: what was read, decided, changed."""

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Post, User
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction

from .enums import WRITTEN_STATES, BatchState, Mode, Outcome


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
    left_out = models.JSONField("未导入的工作表", default=list, blank=True)
    mapping = models.JSONField("列的对应", default=dict, blank=True)
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
    attempt = models.PositiveIntegerField("第几次校验", default=0)
    counts = models.JSONField("各结果行数", default=dict, blank=True)
    tidied = models.JSONField("整理和提醒", default=list, blank=True)
    note = models.CharField("提示", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        Post, verbose_name="确认岗位", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)
    applier = models.CharField("导入人姓名", max_length=80, blank=True)
    digest = models.CharField("结果指纹", max_length=64, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undoer = models.CharField("撤销人姓名", max_length=80, blank=True)
    undo_reason = models.CharField("撤销原因", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "数据导入"
        constraints = [
            one_of("state", BatchState, name="import_batch_state_known"),
            one_of("mode", Mode, name="import_batch_mode_known"),
            models.CheckConstraint(
                condition=Q(state__in=WRITTEN_STATES, applied_at__isnull=False, digest__regex="^[0-9a-f]{64}$")
                | (~Q(state__in=WRITTEN_STATES) & Q(applied_at__isnull=True, digest="")),
                name="import_batch_applied_has_time_and_digest",
                violation_error_message="已导入的批次必须有导入时间和结果指纹，未导入的不能有。",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.UNDONE) ^ Q(undone_at__isnull=True),
                name="import_batch_undone_has_time",
                violation_error_message="已撤销的批次必须有撤销时间，未撤销的不能有。",
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


class BatchFilePart(models.Model):
    """A part of the file itself, sealed, until the batch is applied or discarded; then its hash and rows remain."""

    SCOPE = Scope("batch__jurisdiction_id")

    batch = models.ForeignKey(
        Batch, verbose_name="批次", on_delete=models.PROTECT, related_name="file_parts", db_index=False
    )
    number = models.PositiveIntegerField("第几部分")
    content = SealedTextField("内容")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导入文件"
        verbose_name_plural = "导入文件"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="import_file_part_once", violation_error_message="文件内容重复。"
            ),
        ]

    def __str__(self) -> str:
        return f"文件第{self.number}部分"


class CellEdit(models.Model):
    """What a clerk put in the place of a cell before the import. An empty column leaves the whole row out.

    ``is_repair``: the value was the portal's suggestion, which the clerk accepted. Sealed: it may be personal.
    """

    SCOPE = Scope("batch__jurisdiction_id")

    batch = models.ForeignKey(
        Batch, verbose_name="批次", on_delete=models.PROTECT, related_name="edits", db_index=False
    )
    sheet = models.CharField("工作表", max_length=60, blank=True)
    number = models.PositiveIntegerField("行号")
    column = models.CharField("列", max_length=40, blank=True)
    value = SealedTextField("改为", blank=True)
    is_repair = models.BooleanField("采纳建议", default=False)
    edited_at = models.DateTimeField("修改时间")
    editor = models.CharField("修改人姓名", max_length=80)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "单元格修改"
        verbose_name_plural = "单元格修改"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "number", "column"],
                name="import_edit_once",
                violation_error_message="这个单元格已经改过。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}行 {self.column}"


class BatchRow(models.Model):
    """One row: its verdict, what it says, what its object was before. Once the batch is applied, a trigger refuses any
    change.

    ``cells`` (as read) are kept where somebody has to look: refused, repeated and remarkable rows. ``record`` is kept
    of rows that are to be written. Personal values stand sealed in ``record`` and ``before`` (for the column that they
    go to), masked in ``cells``, and in full in ``sealed``.
    """

    SCOPE = Scope("batch__jurisdiction_id")

    batch = models.ForeignKey(Batch, verbose_name="批次", on_delete=models.PROTECT, related_name="rows", db_index=False)
    sheet = models.CharField("工作表", max_length=60, blank=True)
    number = models.PositiveIntegerField("行号")
    outcome = models.CharField("校验结果", max_length=10, choices=Outcome.choices)
    title = models.CharField("名称", max_length=200, blank=True)
    code = models.CharField("代码", max_length=60, blank=True)
    cells = models.JSONField("原始内容", default=dict, blank=True)
    record = models.JSONField("导入内容", default=dict, blank=True)
    sealed = SealedTextField("个人信息", blank=True)
    reasons = models.JSONField("原因", default=list, blank=True)
    warnings = models.JSONField("提醒", default=list, blank=True)
    before = models.JSONField("变更前", default=dict, blank=True)
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
            models.Index(
                fields=["batch", "outcome", "sheet", "number"],
                condition=~Q(outcome__in=[Outcome.CREATED, Outcome.UNCHANGED]),
                name="import_row_to_look_at",
            ),
            models.Index(fields=["batch", "sheet", "number"], condition=~Q(warnings=[]), name="import_row_remarkable"),
            models.Index(
                fields=["subject_id"],
                condition=Q(outcome__in=[Outcome.CREATED, Outcome.UPDATED, Outcome.CAMPUS]),
                name="import_row_by_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}行"


class KeptRow(models.Model):
    """A row that was not taken back with its batch, and why."""

    SCOPE = Scope("row__batch__jurisdiction_id")

    row = models.OneToOneField(
        BatchRow, verbose_name="导入行", on_delete=models.PROTECT, primary_key=True, related_name="kept"
    )
    why = models.CharField("未撤销的原因", max_length=200)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "未撤销的行"
        verbose_name_plural = "未撤销的行"

    def __str__(self) -> str:
        return self.why


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
