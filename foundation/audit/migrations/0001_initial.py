import django.core.serializers.json
import django.db.models.expressions
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="DailyRoot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stream", models.CharField(max_length=40, verbose_name="链")),
                        ("day", models.DateField(verbose_name="日期")),
                        ("first_no", models.BigIntegerField(verbose_name="起始序号")),
                        ("last_no", models.BigIntegerField(verbose_name="截止序号")),
                        ("root", models.CharField(max_length=64, verbose_name="日根")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                    ],
                    options={
                        "verbose_name": "每日封存根",
                        "verbose_name_plural": "每日封存根",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stream", "day"),
                                name="audit_root_once_a_day",
                                violation_error_message="当日已生成封存根。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "last_no__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("first_no"), "-", models.Value(1)
                                        ),
                                    )
                                ),
                                name="audit_root_range_ordered",
                                violation_error_message="封存区间无效。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=80, verbose_name="事项代码")),
                        ("label", models.CharField(max_length=80, verbose_name="事项")),
                        ("at", models.DateTimeField(verbose_name="发生时间")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                        ("actor_id", models.BigIntegerField(null=True, verbose_name="经办人编号")),
                        ("actor_name", models.CharField(max_length=80, verbose_name="经办人")),
                        ("post_id", models.BigIntegerField(null=True, verbose_name="岗位编号")),
                        ("role", models.CharField(blank=True, max_length=40, verbose_name="角色")),
                        ("organ_id", models.BigIntegerField(null=True, verbose_name="单位编号")),
                        ("organ_name", models.CharField(blank=True, max_length=120, verbose_name="单位")),
                        ("subject_type", models.CharField(max_length=80, verbose_name="对象类型")),
                        ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                        ("subject_label", models.CharField(max_length=200, verbose_name="对象")),
                        ("jurisdiction_id", models.BigIntegerField(null=True, verbose_name="管辖单位编号")),
                        ("matter", models.CharField(blank=True, max_length=40, verbose_name="事项编号")),
                        (
                            "changes",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="变更",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="理由")),
                    ],
                    options={
                        "verbose_name": "操作记录",
                        "verbose_name_plural": "操作记录",
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
                            models.Index(
                                condition=models.Q(("matter", ""), _negated=True),
                                fields=["matter", "at"],
                                name="audit_by_matter",
                            ),
                            models.Index(fields=["jurisdiction_id", "-at"], name="audit_by_jurisdiction"),
                            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
                            models.Index(fields=["recorded_at"], name="audit_by_recorded"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", ""), _negated=True), models.Q(("actor_name", ""), _negated=True)
                                ),
                                name="audit_event_names_fact_and_actor",
                                violation_error_message="操作记录必须写明事项和经办人。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stream", models.CharField(max_length=40, verbose_name="链")),
                        ("no", models.BigIntegerField(verbose_name="序号")),
                        ("row_id", models.BigIntegerField(verbose_name="记录编号")),
                        ("hash", models.CharField(max_length=64, verbose_name="哈希")),
                    ],
                    options={
                        "verbose_name": "封存链",
                        "verbose_name_plural": "封存链",
                        "db_table": "audit_link",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stream", "no"),
                                name="audit_link_no_once",
                                violation_error_message="该序号已封存。",
                            ),
                            models.UniqueConstraint(
                                fields=("stream", "row_id"),
                                name="audit_link_row_once",
                                violation_error_message="该记录已封存。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
