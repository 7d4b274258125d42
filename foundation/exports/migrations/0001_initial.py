import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requester_name", models.CharField(max_length=80, verbose_name="申请人姓名")),
                ("requested_at", models.DateTimeField(verbose_name="申请时间")),
                ("register", models.CharField(max_length=80, verbose_name="名册代码")),
                ("register_label", models.CharField(max_length=80, verbose_name="名册")),
                ("filters", models.JSONField(blank=True, default=dict, verbose_name="筛选条件")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None, verbose_name="列"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("xlsx", "Excel（XLSX）"), ("csv", "CSV")], max_length=10, verbose_name="格式"
                    ),
                ),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                ("personal", models.BooleanField(verbose_name="含个人信息")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="用途")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "待审批"),
                            ("making", "生成中"),
                            ("ready", "可下载"),
                            ("expired", "已过期"),
                            ("rejected", "已驳回"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("state_at", models.DateTimeField(verbose_name="状态时间")),
                ("approver_name", models.CharField(blank=True, max_length=80, verbose_name="审批人姓名")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="存放位置")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="文件摘要")),
                ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="字节数")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="到期时间")),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="regions.jurisdiction", verbose_name="管辖单位"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.organ", verbose_name="申请单位"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.post", verbose_name="申请岗位"
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导出",
                "verbose_name_plural": "我的下载",
                "indexes": [
                    models.Index(fields=["requester", "-requested_at"], name="export_by_requester"),
                    models.Index(
                        condition=models.Q(("state", "pending")), fields=["jurisdiction"], name="export_pending"
                    ),
                    models.Index(
                        condition=models.Q(("state", "ready")), fields=["expires_at"], name="export_ready_by_expiry"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "making", "ready", "expired", "rejected"])),
                        name="export_state_known",
                        violation_error_message="“state”的取值不在允许范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["xlsx", "csv"])),
                        name="export_format_known",
                        violation_error_message="“format”的取值不在允许范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver__isnull", True),
                            models.Q(("approver", models.F("requester")), _negated=True),
                            _connector="OR",
                        ),
                        name="export_approver_is_another",
                        violation_error_message="导出必须由申请人以外的人审批。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("personal", False), ("purpose__regex", "^.{10,}$"), _connector="OR"),
                        name="export_personal_has_purpose",
                        violation_error_message="导出个人信息必须写明用途，至少10个字。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personal", False),
                            ("rows__lte", 500),
                            ("approver__isnull", False),
                            ("state__in", ["pending", "rejected"]),
                            _connector="OR",
                        ),
                        name="export_large_has_second_person",
                        violation_error_message="超过500人的个人信息须由第二人审批。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("path", ""), _negated=True),
                                ("expires_at__isnull", False),
                                ("size__gte", 1),
                                ("size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="export_ready_has_file",
                        violation_error_message="可下载的导出必须有文件和到期时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "expired"), _negated=True), ("path", ""), _connector="OR"
                        ),
                        name="export_expired_has_no_file",
                        violation_error_message="已过期的导出不能留有文件。",
                    ),
                ],
            },
        ),
    ]
