import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("target", models.CharField(max_length=40, verbose_name="导入到")),
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("file_size", models.PositiveBigIntegerField(verbose_name="文件大小(字节)")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件指纹(SHA-256)")),
                        ("encoding", models.CharField(max_length=20, verbose_name="编码")),
                        ("unused", models.JSONField(blank=True, default=list, verbose_name="未导入的列")),
                        ("left_out", models.JSONField(blank=True, default=list, verbose_name="未导入的工作表")),
                        ("mapping", models.JSONField(blank=True, default=dict, verbose_name="列的对应")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("good-rows", "导入合格行，不合格的行退回修改"),
                                    ("all-or-nothing", "全部合格才导入"),
                                ],
                                default="good-rows",
                                max_length=20,
                                verbose_name="导入方式",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unmapped", "待对应列"),
                                    ("uploaded", "校验中"),
                                    ("checked", "待确认"),
                                    ("applying", "导入中"),
                                    ("applied", "已导入"),
                                    ("undoing", "撤销中"),
                                    ("undone", "已撤销"),
                                    ("discarded", "已放弃"),
                                ],
                                default="uploaded",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                        ("uploader", models.CharField(max_length=80, verbose_name="上传人姓名")),
                        ("rows_total", models.PositiveIntegerField(verbose_name="数据行数")),
                        ("rows_checked", models.PositiveIntegerField(default=0, verbose_name="已校验行数")),
                        ("attempt", models.PositiveIntegerField(default=0, verbose_name="第几次校验")),
                        ("counts", models.JSONField(blank=True, default=dict, verbose_name="各结果行数")),
                        ("tidied", models.JSONField(blank=True, default=list, verbose_name="整理和提醒")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="提示")),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="导入时间")),
                        ("applier", models.CharField(blank=True, max_length=80, verbose_name="导入人姓名")),
                        ("digest", models.CharField(blank=True, max_length=64, verbose_name="结果指纹")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                        ("undoer", models.CharField(blank=True, max_length=80, verbose_name="撤销人姓名")),
                        ("undo_reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                                verbose_name="确认岗位",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "导入批次",
                        "verbose_name_plural": "数据导入",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "unmapped",
                                            "uploaded",
                                            "checked",
                                            "applying",
                                            "applied",
                                            "undoing",
                                            "undone",
                                            "discarded",
                                        ],
                                    )
                                ),
                                name="import_batch_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["good-rows", "all-or-nothing"])),
                                name="import_batch_mode_known",
                                violation_error_message="“mode”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("applied_at__isnull", False),
                                        ("digest__regex", "^[0-9a-f]{64}$"),
                                        ("state__in", ("applied", "undoing", "undone")),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("applied", "undoing", "undone")), _negated=True),
                                        ("applied_at__isnull", True),
                                        ("digest", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="import_batch_applied_has_time_and_digest",
                                violation_error_message="已导入的批次必须有导入时间和结果指纹，未导入的不能有。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "undone"), ("undone_at__isnull", True), _connector="XOR"),
                                name="import_batch_undone_has_time",
                                violation_error_message="已撤销的批次必须有撤销时间，未撤销的不能有。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rows_total__gte", 1), ("rows_checked__lte", models.F("rows_total"))
                                ),
                                name="import_batch_rows_counted",
                                violation_error_message="批次的行数不正确。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-uploaded_at"], name="import_batch_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=60, verbose_name="工作表")),
                        ("number", models.PositiveIntegerField(verbose_name="行号")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("created", "新增"),
                                    ("updated", "更新"),
                                    ("unchanged", "无变化"),
                                    ("duplicate", "表内重复"),
                                    ("campus", "校区"),
                                    ("rejected", "不合格"),
                                    ("skipped", "不导入"),
                                ],
                                max_length=10,
                                verbose_name="校验结果",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="名称")),
                        ("code", models.CharField(blank=True, max_length=60, verbose_name="代码")),
                        ("cells", models.JSONField(blank=True, default=dict, verbose_name="原始内容")),
                        ("record", models.JSONField(blank=True, default=dict, verbose_name="导入内容")),
                        ("sealed", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="个人信息")),
                        ("reasons", models.JSONField(blank=True, default=list, verbose_name="原因")),
                        ("warnings", models.JSONField(blank=True, default=list, verbose_name="提醒")),
                        ("before", models.JSONField(blank=True, default=dict, verbose_name="变更前")),
                        ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="imports.batch",
                                verbose_name="批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "导入行",
                        "verbose_name_plural": "导入行",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "sheet", "number"),
                                name="import_row_once",
                                violation_error_message="行号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        [
                                            "created",
                                            "updated",
                                            "unchanged",
                                            "duplicate",
                                            "campus",
                                            "rejected",
                                            "skipped",
                                        ],
                                    )
                                ),
                                name="import_row_outcome_known",
                                violation_error_message="“outcome”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["rejected", "duplicate"]), ("reasons", []), _connector="XOR"
                                ),
                                name="import_row_refused_has_reason",
                                violation_error_message="不合格或重复的行必须写明原因。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome__in", ["created", "unchanged"]), _negated=True),
                                fields=["batch", "outcome", "sheet", "number"],
                                name="import_row_to_look_at",
                            ),
                            models.Index(
                                condition=models.Q(("warnings", []), _negated=True),
                                fields=["batch", "sheet", "number"],
                                name="import_row_remarkable",
                            ),
                            models.Index(
                                condition=models.Q(("outcome__in", ["created", "updated", "campus"])),
                                fields=["subject_id"],
                                name="import_row_by_subject",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchFilePart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="第几部分")),
                        ("content", foundation.core.ciphers.SealedTextField(verbose_name="内容")),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="file_parts",
                                to="imports.batch",
                                verbose_name="批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "导入文件",
                        "verbose_name_plural": "导入文件",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "number"),
                                name="import_file_part_once",
                                violation_error_message="文件内容重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptRow",
                    fields=[
                        (
                            "row",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="kept",
                                serialize=False,
                                to="imports.batchrow",
                                verbose_name="导入行",
                            ),
                        ),
                        ("why", models.CharField(max_length=200, verbose_name="未撤销的原因")),
                    ],
                    options={
                        "verbose_name": "未撤销的行",
                        "verbose_name_plural": "未撤销的行",
                    },
                ),
                migrations.CreateModel(
                    name="CellEdit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=60, verbose_name="工作表")),
                        ("number", models.PositiveIntegerField(verbose_name="行号")),
                        ("column", models.CharField(blank=True, max_length=40, verbose_name="列")),
                        ("value", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="改为")),
                        ("is_repair", models.BooleanField(default=False, verbose_name="采纳建议")),
                        ("edited_at", models.DateTimeField(verbose_name="修改时间")),
                        ("editor", models.CharField(max_length=80, verbose_name="修改人姓名")),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="edits",
                                to="imports.batch",
                                verbose_name="批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单元格修改",
                        "verbose_name_plural": "单元格修改",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "sheet", "number", "column"),
                                name="import_edit_once",
                                violation_error_message="这个单元格已经改过。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeadingChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("target", models.CharField(max_length=40, verbose_name="导入到")),
                        ("heading", models.CharField(max_length=80, verbose_name="表头")),
                        ("column", models.CharField(blank=True, max_length=40, verbose_name="对应的列")),
                        ("chosen_at", models.DateTimeField(verbose_name="指定时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "表头对应",
                        "verbose_name_plural": "表头对应",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "target", "heading"),
                                name="import_heading_chosen_once",
                                violation_error_message="这个表头已经指定过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("heading", ""), _negated=True),
                                name="import_heading_not_empty",
                                violation_error_message="表头不能为空。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
