import django.db.models.deletion
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0002_extension_and_cache")]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Division",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, verbose_name="区划代码")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "省"),
                                    ("city", "设区市"),
                                    ("county", "县(市、区)"),
                                    ("town", "乡镇(街道)"),
                                    ("village", "社区(村)"),
                                ],
                                max_length=10,
                                verbose_name="层级",
                            ),
                        ),
                        ("legal_code", models.CharField(blank=True, max_length=12, verbose_name="民政代码")),
                        ("legal_name", models.CharField(blank=True, max_length=60, verbose_name="法定现名")),
                        ("initials", models.CharField(blank=True, max_length=30, verbose_name="拼音首字母")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="regions.division",
                                verbose_name="上级",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="regions.division",
                                verbose_name="承继区划",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行政区划",
                        "verbose_name_plural": "行政区划",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code",),
                                name="division_code_once",
                                violation_error_message="该区划代码已存在。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["province", "city", "county", "town", "village"])),
                                name="division_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("successor__isnull", False), _connector="OR"
                                ),
                                name="division_abolished_has_successor",
                                violation_error_message="撤销的区划必须指明承继区划。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["parent", "code"], name="division_children"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Jurisdiction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, verbose_name="管辖代码")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "level",
                            models.CharField(
                                choices=[("province", "省级"), ("city", "市级"), ("county", "县级")],
                                max_length=10,
                                verbose_name="层级",
                            ),
                        ),
                        ("initials", models.CharField(blank=True, max_length=30, verbose_name="拼音首字母")),
                        (
                            "division",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jurisdiction",
                                to="regions.division",
                                verbose_name="对应区划",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="regions.jurisdiction",
                                verbose_name="上级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "管辖单位",
                        "verbose_name_plural": "管辖单位",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code",),
                                name="jurisdiction_code_once",
                                violation_error_message="该管辖代码已存在。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["province", "city", "county"])),
                                name="jurisdiction_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", "province"), ("parent__isnull", True)),
                                    models.Q(models.Q(("level", "province"), _negated=True), ("parent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="jurisdiction_only_province_is_root",
                                violation_error_message="只有省级没有上级。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GridArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="网格名称")),
                        ("cycle_days", models.PositiveSmallIntegerField(default=7, verbose_name="巡查周期(天)")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在社区(村)",
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
                    ],
                    options={
                        "verbose_name": "网格",
                        "verbose_name_plural": "网格",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("division", "name"),
                                name="grid_name_once",
                                violation_error_message="该社区已有同名网格。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cycle_days__gte", 1), ("cycle_days__lte", 366)),
                                name="grid_cycle_sane",
                                violation_error_message="巡查周期应在1至366天之间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="片区名称")),
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
                        "verbose_name": "学校片区",
                        "verbose_name_plural": "学校片区",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"),
                                name="school_area_name_once",
                                violation_error_message="已有同名片区。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="School",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="学校名称")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("kindergarten", "幼儿园"),
                                    ("primary", "小学"),
                                    ("junior", "初中"),
                                    ("senior", "高中"),
                                    ("nine_year", "九年一贯制"),
                                    ("complete", "完全中学"),
                                ],
                                max_length=20,
                                verbose_name="学段",
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=20, verbose_name="学校标识码")),
                        ("opened_on", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="撤并日期")),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
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
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.schoolarea",
                                verbose_name="片区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "学校",
                        "verbose_name_plural": "学校",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"),
                                name="school_name_once",
                                violation_error_message="已有同名学校。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        ["kindergarten", "primary", "junior", "senior", "nine_year", "complete"],
                                    )
                                ),
                                name="school_stage_known",
                                violation_error_message="“stage”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="school_period_ordered",
                                violation_error_message="撤并日期不能早于启用日期。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
