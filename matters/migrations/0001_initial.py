import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clues", "0001_initial"),
        ("inspections", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClueVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("linked_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "clue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_visits",
                        to="clues.clue",
                        verbose_name="线索",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clue_checks",
                        to="inspections.visit",
                        verbose_name="检查记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "线索核查记录",
                "verbose_name_plural": "线索核查记录",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clue", "visit"),
                        name="clue_visit_once",
                        violation_error_message="这次检查已登记为本线索的核查记录。",
                    )
                ],
            },
        ),
    ]
