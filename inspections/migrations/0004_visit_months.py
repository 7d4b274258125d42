"""What visits add up to by month, kept by triggers (``_visit_months``)."""

import django.db.models.deletion
from django.db import migrations, models

from foundation.core.append_only import WrittenByFunction
from foundation.core.creation import CreateModels

from ._visit_months import CREATED, REMOVED


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0003_append_only"),
        ("regions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="VisitMonth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(verbose_name="月份")),
                        ("official", models.BooleanField(verbose_name="执法检查")),
                        ("evening", models.BooleanField(verbose_name="工作日晚间")),
                        ("visits", models.IntegerField(verbose_name="家次")),
                        ("person_times", models.IntegerField(verbose_name="人次")),
                        ("dispersed", models.IntegerField(verbose_name="清散(人)")),
                        ("dispersed_flags", models.IntegerField(verbose_name="清散只记下限的家次")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查月汇总",
                        "verbose_name_plural": "检查月汇总",
                        "indexes": [models.Index(fields=["jurisdiction", "month"], name="visit_month_by_bureau")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)),
                                name="visit_month_is_a_first_day",
                                violation_error_message="月份以当月第一天表示。",
                            )
                        ],
                    },
                )
            ]
        ),
        migrations.RunSQL(CREATED, REMOVED),
        WrittenByFunction("VisitMonth"),
    ]
