"""Which department looks after which kind of institution, as data; the defaults count everywhere until changed."""

from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import foundation.accounts.models

DEFAULTS = {
    "subject": "education", "science": "science", "arts": "culture", "sport": "sport", "other": "education",
    "care": "market",
}  # fmt: skip
SINCE = date(2021, 7, 24)  # 双减


def load(apps, schema_editor) -> None:
    rows = apps.get_model("institutions", "DepartmentCharge").objects.using(schema_editor.connection.alias)
    for charge, department in DEFAULTS.items():
        rows.create(charge=charge, department=department, effective_from=SINCE)


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0006_public_changes"),
        ("regions", "0002_places_of_fujian"),
    ]

    operations = [
        migrations.CreateModel(
            name="DepartmentCharge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "charge",
                    models.CharField(
                        choices=[
                            ("subject", "学科类"),
                            ("science", "科技类"),
                            ("arts", "文化艺术类"),
                            ("sport", "体育类"),
                            ("other", "其他非学科类"),
                            ("care", "托管机构"),
                        ],
                        max_length=10,
                        verbose_name="机构类别",
                    ),
                ),
                (
                    "department",
                    models.CharField(
                        choices=[
                            ("education", "教育行政部门"),
                            ("market", "市场监管部门"),
                            ("civil", "民政部门"),
                            ("culture", "文化和旅游部门"),
                            ("science", "科技部门"),
                            ("sport", "体育部门"),
                            ("police", "公安机关"),
                            ("fire", "消防救援机构"),
                            ("labour", "人力资源社会保障部门"),
                            ("urban", "城市管理部门"),
                            ("central_bank", "人民银行"),
                            ("finance_bureau", "金融监管局"),
                            ("local_finance", "地方金融管理部门"),
                            ("bank", "商业银行"),
                            ("town", "乡镇人民政府(街道办事处)"),
                            ("school", "学校"),
                            ("discipline", "纪检监察与督查"),
                            ("coordination", "领导小组与联席会议办公室"),
                        ],
                        max_length=20,
                        verbose_name="责任部门",
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="施行起")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="regions.jurisdiction",
                        verbose_name="适用管辖单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "部门分工",
                "verbose_name_plural": "部门分工",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("charge__in", ["subject", "science", "arts", "sport", "other", "care"])),
                        name="charge_known",
                        violation_error_message="“charge”的取值不在允许范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "department__in",
                                [
                                    "education",
                                    "market",
                                    "civil",
                                    "culture",
                                    "science",
                                    "sport",
                                    "police",
                                    "fire",
                                    "labour",
                                    "urban",
                                    "central_bank",
                                    "finance_bureau",
                                    "local_finance",
                                    "bank",
                                    "town",
                                    "school",
                                    "discipline",
                                    "coordination",
                                ],
                            )
                        ),
                        name="charge_department_known",
                        violation_error_message="“department”的取值不在允许范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="charge_period_ordered",
                        violation_error_message="施行止不能早于施行起。",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("charge", "="),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("jurisdiction_id"), models.Value(0)
                                ),
                                "=",
                            ),
                            (
                                foundation.accounts.models.DateRange(
                                    "effective_from",
                                    "effective_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="charge_one_at_a_time",
                        violation_error_message="同一类机构在同一地区的施行时间不能重叠。",
                    ),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
