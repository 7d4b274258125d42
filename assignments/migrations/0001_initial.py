import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="交办编号")),
                        ("issued_at", models.DateTimeField(verbose_name="交办时间")),
                        ("title", models.CharField(max_length=120, verbose_name="事项")),
                        ("content", models.TextField(max_length=2000, verbose_name="要求")),
                        (
                            "urgency",
                            models.CharField(
                                choices=[("normal", "平件"), ("urgent", "急件"), ("very_urgent", "特急")],
                                default="normal",
                                max_length=12,
                                verbose_name="缓急",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="办理期限")),
                        ("subject_url", models.CharField(blank=True, max_length=300, verbose_name="相关页面")),
                        ("subject_label", models.CharField(blank=True, max_length=200, verbose_name="相关对象")),
                        ("matter", models.CharField(blank=True, max_length=40, verbose_name="事项编号")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="交办人",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="交办单位管辖",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments_given",
                                to="accounts.organ",
                                verbose_name="交办单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "交办事项",
                        "verbose_name_plural": "交办事项",
                    },
                ),
                migrations.CreateModel(
                    name="Part",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "待签收"),
                                    ("working", "办理中"),
                                    ("answered", "已反馈待审"),
                                    ("returned", "退回重办"),
                                    ("done", "已办结"),
                                    ("cancelled", "已撤回"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("due_on", models.DateField(verbose_name="办理期限")),
                        ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="反馈时间")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                        ("result", models.TextField(blank=True, max_length=2000, verbose_name="反馈内容")),
                        ("remark", models.CharField(blank=True, max_length=500, verbose_name="审核意见")),
                        ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="assignments.assignment",
                                verbose_name="交办事项",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="承办单位管辖",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments_due",
                                to="accounts.organ",
                                verbose_name="承办单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "承办任务",
                        "verbose_name_plural": "承办任务",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assignment", "organ"),
                                name="part_organ_once",
                                violation_error_message="同一单位只能承办一次。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["pending", "working", "answered", "returned", "done", "cancelled"])
                                ),
                                name="part_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["answered", "done"]), _negated=True),
                                    models.Q(models.Q(("result", ""), _negated=True), ("answered_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="part_answered_has_result",
                                violation_error_message="反馈必须写明办理情况。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("state", "done")),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("closed_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="part_done_has_time",
                                violation_error_message="办结必须有时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_at__isnull", True),
                                    ("answered_at__isnull", True),
                                    ("answered_at__gte", models.F("received_at")),
                                    _connector="OR",
                                ),
                                name="part_answered_after_received",
                                violation_error_message="反馈时间不能早于签收时间。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["organ", "state", "due_on"], name="part_by_organ"),
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="assignment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passed_on",
                to="assignments.part",
                verbose_name="转办自",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["jurisdiction", "-issued_at"], name="assignment_by_bureau"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("number",), name="assignment_number_once", violation_error_message="交办编号重复。"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("urgency__in", ["normal", "urgent", "very_urgent"])),
                name="assignment_urgency_known",
                violation_error_message="“urgency”的取值不在允许范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("content", ""), _negated=True)),
                name="assignment_says_what",
                violation_error_message="请填写交办事项和要求。",
            ),
        ),
    ]
