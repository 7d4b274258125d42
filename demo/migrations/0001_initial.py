from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="LoadedCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="案例")),
                        ("loaded_at", models.DateTimeField(verbose_name="载入时间")),
                    ],
                    options={
                        "verbose_name": "已载入的演示案例",
                        "verbose_name_plural": "已载入的演示案例",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code",), name="loaded_case_once", violation_error_message="该案例已载入。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                name="loaded_case_named",
                                violation_error_message="须写明是哪个案例。",
                            ),
                        ],
                    },
                )
            ]
        ),
    ]
